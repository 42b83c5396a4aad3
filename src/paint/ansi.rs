//! Styled lines as text with escape sequences, for `print`.

use ratatui::backend::IntoCrossterm;
use ratatui::text::Line;
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
            let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
            writeln!(out, "{}", text.trim_end_matches(' '))
        }
        Color::Styled => {
            for span in &line.spans {
                let style: crossterm::style::ContentStyle = span.style.into_crossterm();
                write!(out, "{}", style.apply(span.content.as_ref()))?;
            }
            writeln!(out)
        }
    }
}
