//! A tour of the viewer: keys, and how long each screen stays; as a recording for `asciinema play` and as a moving picture.

use crate::pictures::Sitting;
use maskview::paint::ansi::{self, Color};
use maskview::paint::svg::{Window, svg};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::error::Error;
use std::fmt::Write;

/// The name of its files.
pub const NAME: &str = "tour";

/// Columns and rows.
const SIZE: (u16, u16) = (100, 26);

/// Keys, and how long what they lead to stays, in hundredths of a second. They are written as [`Sitting::press`] reads them.
const STEPS: &[(&str, u32)] = &[
    ("", 180),
    ("⇥", 120),
    ("⇥]c", 100),
    ("v", 140),
    ("V", 40),
    ("M", 150),
    ("⎋e", 160),
    ("⎋/热浪⏎", 120),
    ("a", 160),
    ("⎋f", 140),
    ("⎋ooo", 150),
    ("⎋zz", 120),
    ("z", 60),
];

/// A screen, and when it comes and goes, in hundredths of a second.
struct Frame {
    screen: Buffer,
    from: u32,
    to: u32,
}

/// The tour as a recording (asciicast v2) and as a moving SVG picture.
///
/// # Errors
/// Whatever the viewer fails with.
pub fn record() -> Result<(String, String), Box<dyn Error>> {
    let mut sitting = Sitting::start(&["samples/summer.jsonl", "--theme", "dark", "-p", "legacy,minimind"], SIZE)?;
    let mut frames = Vec::new();
    let mut at = 0;
    for (keys, stays) in STEPS {
        sitting.press(keys)?;
        frames.push(Frame { screen: sitting.screen(SIZE), from: at, to: at + stays });
        at += stays;
    }
    Ok((cast(&frames)?, moving(&frames, at)))
}

/// Hundredths of a second as seconds.
fn seconds(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn cast(frames: &[Frame]) -> Result<String, Box<dyn Error>> {
    let (width, height) = SIZE;
    let mut text = format!("{{\"version\": 2, \"width\": {width}, \"height\": {height}, \"title\": \"maskview\"}}\n");
    for frame in frames {
        let mut drawn = b"\x1b[?25l\x1b[H".to_vec();
        for y in 0..height {
            let mut row = Vec::new();
            ansi::write_line(&mut row, &line(&frame.screen, y), Color::Styled)?;
            drawn.extend_from_slice(row.strip_suffix(b"\n").unwrap_or(&row));
            drawn.extend_from_slice(if y + 1 < height { b"\x1b[K\r\n" } else { b"\x1b[K" });
        }
        let drawn = quoted(&String::from_utf8(drawn)?);
        let _ = writeln!(text, "[{}, \"o\", {drawn}]", seconds(frame.from));
    }
    let end = frames.last().map_or(0, |frame| frame.to);
    let _ = writeln!(text, "[{}, \"o\", \"\"]", seconds(end));
    Ok(text)
}

/// Text as JSON writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            character if character.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", character as u32);
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// A row of a screen as a line of text.
fn line(screen: &Buffer, y: u16) -> Line<'static> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut x = 0;
    while x < screen.area.width {
        let cell = &screen[(x, y)];
        let style = Style::new().fg(cell.fg).bg(cell.bg).add_modifier(cell.modifier);
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push_str(cell.symbol()),
            _ => spans.push(Span::styled(cell.symbol().to_owned(), style)),
        }
        x += maskview::paint::display_width(cell.symbol()).max(1) as u16;
    }
    Line::from(spans)
}

/// All frames in one picture, of which each is seen for its time, over and over.
fn moving(frames: &[Frame], length: u32) -> String {
    let pictures: Vec<String> = frames.iter().map(|frame| svg(&frame.screen, &Window::DARK, "maskview")).collect();
    let size = |name: &str| {
        let first = pictures.first().map_or("", String::as_str);
        let value = first.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().to_owned()
    };
    let (width, height) = (size("width"), size("height"));
    let mut rules = String::new();
    let mut groups = String::new();
    for (number, (frame, picture)) in frames.iter().zip(&pictures).enumerate() {
        let percent = |at: u32| format!("{:.2}%", 100.0 * f64::from(at) / f64::from(length.max(1)));
        let before = if frame.from == 0 { String::new() } else { "0%{visibility:hidden}".to_owned() };
        let after =
            if frame.to >= length { String::new() } else { format!("{}{{visibility:hidden}}", percent(frame.to)) };
        let _ = writeln!(
            rules,
            "@keyframes k{number}{{{before}{}{{visibility:visible}}{after}}}\n.f{number}{{animation:k{number} {}s step-end infinite}}",
            percent(frame.from),
            seconds(length)
        );
        // Without animations the first screen stays.
        let hidden = if number == 0 { "" } else { " visibility=\"hidden\"" };
        let _ = write!(groups, "<g class=\"f{number}\"{hidden}>\n{picture}</g>\n");
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\">\n<title>A tour of maskview</title>\n<style>\n{rules}</style>\n{groups}</svg>\n"
    )
}
