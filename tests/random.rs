//! Keys pressed at random on screens of every size, over every sample: nothing panics, no row is wider than the screen, and
//! nothing of a record acts on the terminal. `MASKVIEW_RANDOM_SECONDS=600 cargo test random` goes on for longer, from
//! another seed each time.

use crate::support::{Viewer, rows};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use maskview::paint::display_width;
use maskview::tui::update::Action;
use maskview::words::visible::is_hidden;
use std::time::{Duration, Instant};

/// Numbers by chance, the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

const CODES: [KeyCode; 15] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::F(1),
    KeyCode::BackTab,
];

fn action(chance: &mut Chance) -> Action {
    let key = |code, modifiers| Action::Key(KeyEvent::new(code, modifiers));
    match chance.below(20) {
        0 => Action::Resize(chance.below(220) as u16, chance.below(70) as u16),
        1 => {
            let kind = chance.of(&[
                MouseEventKind::Down(MouseButton::Left),
                MouseEventKind::ScrollDown,
                MouseEventKind::ScrollUp,
            ]);
            let (column, row) = (chance.below(220) as u16, chance.below(70) as u16);
            Action::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
        }
        2 => Action::Paste("夏天 \u{1b}[2J\u{202e}(".to_owned()),
        3 => key(KeyCode::Char(chance.of(&['o', 'i', 'd', 'u', 'f', 'b', 'l', 'h'])), KeyModifiers::CONTROL),
        4..8 => key(chance.of(&CODES), KeyModifiers::NONE),
        _ => key(KeyCode::Char(char::from(b' ' + chance.below(95) as u8)), KeyModifiers::NONE),
    }
}

/// Presses so many keys, and looks at every screen.
fn press(sample: &str, seed: u64, keys: usize) {
    let mut chance = Chance(seed | 1);
    let language = chance.of(&["en", "zh"]);
    let policies = chance.of(&["legacy,fixed", "minimind", "legacy,minimind,unsloth,llamafactory,generation"]);
    let mut viewer = Viewer::open(&[sample, "--lang", language, "-p", policies], (80, 24));
    let mut pressed = Vec::new();
    for _ in 0..keys {
        let action = action(&mut chance);
        pressed.push(format!("{action:?}"));
        if let Action::Resize(0, _) | Action::Resize(_, 0) = action {
            continue;
        }
        viewer.act(action);
        let screen = viewer.screen();
        let told = || format!("{sample}, seed {seed}, after {}", pressed.join("\n"));
        for row in rows(&screen) {
            assert!(display_width(&row) <= usize::from(viewer.app.size().0), "{}: {row}", told());
            assert!(!row.chars().any(|sign| is_hidden(sign) || sign.is_control()), "{}: {row:?}", told());
        }
        if let Some(scene) = viewer.app.scene() {
            assert!(viewer.app.shown().cursor() < scene.sequence.len().max(1), "{}", told());
        }
    }
}

fn samples() -> Vec<String> {
    let entries = std::fs::read_dir("samples").unwrap().map(|entry| entry.unwrap().path());
    let mut samples: Vec<String> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .map(|path| path.display().to_string())
        .collect();
    samples.sort();
    samples
}

#[test]
fn any_keys_on_any_screen_do_no_harm() {
    let seconds = std::env::var("MASKVIEW_RANDOM_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let Some(seconds) = seconds else {
        samples().iter().enumerate().for_each(|(at, sample)| press(sample, 0x9e37_79b9 * (at as u64 + 1), 150));
        return;
    };
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
    let mut runs = 0;
    while Instant::now() < until {
        for sample in samples() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            press(&sample, seed, 300);
            runs += 1;
        }
    }
    println!("{runs} runs of 300 keys");
}
