//! Keys and sizes of the screen. Each byte is a key; 0xFF is followed by a size.
use super::file;
use crate::support::Viewer;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use maskview::tui::update::Action;

const OTHERS: [KeyCode; 12] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Home,
    KeyCode::Backspace,
];

fn key(byte: u8) -> KeyEvent {
    match byte {
        0x20..=0x7E => KeyEvent::new(KeyCode::Char(char::from(byte)), KeyModifiers::NONE),
        0x00..=0x1F => KeyEvent::new(KeyCode::Char(char::from(b'a' + byte % 26)), KeyModifiers::CONTROL),
        _ => KeyEvent::new(OTHERS[usize::from(byte) % OTHERS.len()], KeyModifiers::NONE),
    }
}

/// Runs the target on one input.
pub fn run(data: &[u8]) {
    let sample = file("samples/unicode.jsonl");
    let mut viewer = Viewer::open(&[&sample, "--isolated"], (80, 24));
    let mut bytes = data.iter().copied().take(200);
    while let Some(byte) = bytes.next() {
        match byte {
            0xFF => {
                let (width, height) = (bytes.next().unwrap_or(1), bytes.next().unwrap_or(1));
                viewer.act(Action::Resize(u16::from(width), u16::from(height)));
            }
            // The program would end, or stop.
            0x02 | 0x19 => {}
            byte => viewer.act(Action::Key(key(byte))),
        }
        let _ = viewer.screen();
    }
}
