//! A few rows of a record, to stand in a report: kept as text with the names of its looks, and painted with any theme.

use super::scene::Scene;
use super::theme::Theme;
use super::views::{self, VIEWS};
use crate::report::audit::Drawing;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// Columns of an excerpt.
pub const WIDTH: usize = 96;

/// Rows of tokens, and those of them that stand before the token that it is about.
const ROWS: usize = 6;
const BEFORE: usize = 2;

/// What stands for letters that are bold and have no other look, and what is added for the token under the cursor.
const BOLD: &str = "bold";
const CURSOR: &str = " cursor";

/// The rows of the flow around the cursor.
#[must_use]
pub fn excerpt(scene: &Scene<'_>) -> Drawing {
    let view = VIEWS[views::by_name("flow").unwrap_or(0)];
    let layout = view.layout(scene, WIDTH);
    let first = layout.row_of(scene.cursor.unwrap_or(0)).saturating_sub(BEFORE);
    let first = first.min(layout.rows().saturating_sub(ROWS));
    let rows = first..(first + ROWS).min(layout.rows());
    let lines = rows.flat_map(|row| (view.row)(scene, &layout, row));
    Drawing(lines.map(|line| named(&line, scene.theme)).collect())
}

/// A line as pieces with the names of their looks.
fn named(line: &Line<'_>, theme: &Theme) -> Vec<(String, String)> {
    let mut pieces: Vec<(String, String)> = Vec::new();
    for span in &line.spans {
        let plain = span.style.remove_modifier(Modifier::REVERSED);
        let is_cursor = span.style.add_modifier.contains(Modifier::REVERSED);
        let plain = Style { sub_modifier: Modifier::empty(), ..plain };
        let mut look = match theme.role_of(plain) {
            Some(role) => role.to_owned(),
            None if plain.add_modifier.contains(Modifier::BOLD) => BOLD.to_owned(),
            None => String::new(),
        };
        if is_cursor {
            look.push_str(CURSOR);
        }
        match pieces.last_mut() {
            Some((last, text)) if *last == look => text.push_str(&span.content),
            _ => pieces.push((look, span.content.to_string())),
        }
    }
    pieces
}

/// An excerpt as a screen in the colours of a theme.
#[must_use]
pub fn painted(drawing: &Drawing, theme: &Theme) -> Buffer {
    let mut screen = Buffer::empty(Rect::new(0, 0, WIDTH as u16, drawing.0.len().min(2 * ROWS) as u16));
    for (row, pieces) in drawing.0.iter().take(2 * ROWS).enumerate() {
        let spans = pieces.iter().map(|(look, text)| {
            let (look, is_cursor) = look.strip_suffix(CURSOR).map_or((look.as_str(), false), |look| (look, true));
            let style = match look {
                BOLD => Style::new().add_modifier(Modifier::BOLD),
                role => theme.style_of(role).unwrap_or_default(),
            };
            let style = if is_cursor { style.add_modifier(Modifier::REVERSED) } else { style };
            // A report may come from a stranger.
            Span::styled(super::prose(text), style)
        });
        screen.set_line(0, row as u16, &Line::from(spans.collect::<Vec<_>>()), WIDTH as u16);
    }
    screen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paint::{InLoss, Tone};

    #[test]
    fn looks_have_names_and_come_back_in_any_theme() {
        let (dark, light) = (Theme::by_name("dark").unwrap(), Theme::by_name("light").unwrap());
        let token = dark.token(Tone::Assistant, InLoss::Yes);
        let line = Line::from(vec![
            Span::styled("夏", token),
            Span::styled("天", token),
            Span::raw(" "),
            Span::styled("x", token.add_modifier(Modifier::REVERSED)),
            Span::styled("1", dark.bit(InLoss::Yes)),
        ]);
        let pieces = named(&line, &dark);
        let shown: Vec<(&str, &str)> = pieces.iter().map(|(look, text)| (look.as_str(), text.as_str())).collect();
        let looks = [("assistant-trained", "夏天"), ("", " "), ("assistant-trained cursor", "x"), ("bold", "1")];
        assert_eq!(shown, looks);
        let screen = painted(&Drawing(vec![pieces]), &light);
        assert_eq!(screen[(0, 0)].symbol(), "夏");
        assert_eq!(screen[(0, 0)].style().bg, light.token(Tone::Assistant, InLoss::Yes).bg);
        assert!(
            screen[(5, 0)].modifier.contains(Modifier::REVERSED) && screen[(6, 0)].modifier.contains(Modifier::BOLD)
        );
    }
}
