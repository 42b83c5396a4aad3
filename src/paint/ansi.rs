//! Styled lines as text with escape sequences, for `print`.

use super::prose;
use ratatui::backend::IntoCrossterm;
use ratatui::text::Line;
use std::borrow::Cow;
use std::io::{self, Write};

/// Whether escape sequences are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// They are.
    Styled,
    /// The text alone.
    Plain,
}

/// Writes a line and a newline. Trailing spaces are left out of plain text.
///
/// # Errors
/// What writing gives.
pub fn write_line(out: &mut impl Write, line: &Line<'_>, color: Color) -> io::Result<()> {
    match color {
        Color::Plain => {
            let text: String = line.spans.iter().map(|span| harmless(&span.content)).collect();
            writeln!(out, "{}", text.trim_end_matches(' '))
        }
        Color::Styled => {
            for span in &line.spans {
                let style: crossterm::style::ContentStyle = span.style.into_crossterm();
                write!(out, "{}", style.apply(harmless(&span.content)))?;
            }
            writeln!(out)
        }
    }
}

/// The text without anything that a terminal would act on: the last line of defence, wherever a text comes from.
fn harmless(text: &str) -> Cow<'_, str> {
    // Joiners and variation selectors stay: they make one picture of several characters.
    let directs = |character: char| matches!(character, '\u{61C}' | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let acts = |character: char| character.is_control() || directs(character);
    if text.contains(acts) { Cow::Owned(prose(text)) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        let line = Line::from("a\u{1b}[31m\u{202e}\u{200b}\u{9b}z 夏天");
        for color in [Color::Plain, Color::Styled] {
            let mut out = Vec::new();
            write_line(&mut out, &line, color).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(!text.contains(['\u{202e}', '\u{200b}', '\u{9b}']), "{text:?}");
            assert!(!text.contains("\u{1b}[31m") && text.contains("夏天"), "{text:?}");
        }
    }
}
