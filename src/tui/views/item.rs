//! What pages are made of: headings, paragraphs, and names with what there is to say of them.

use crate::paint::wrap::wrapped;
use crate::paint::{Theme, display_width};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// Columns before the text of a page.
const INDENT: usize = 2;

/// Text beside a name has at least that many columns, or stands below it.
const LEAST: usize = 16;

/// Columns of a page's right margin, so that nothing looks cut off.
const MARGIN: usize = 1;

/// A piece of a page.
pub(super) enum Item {
    /// A heading; an empty line stands before all but the first.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A name in a column of that many columns, and what there is to say of it.
    Entry(usize, String, String),
    /// An empty line.
    Gap,
}

impl Item {
    pub(super) fn lines(self, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
        let room = columns.saturating_sub(INDENT + MARGIN).max(1);
        let indent = || Span::raw(" ".repeat(INDENT));
        match self {
            Self::Gap => vec![Line::default()],
            Self::Heading(text) => {
                wrapped(&text, room).into_iter().map(|text| Line::styled(format!(" {text}"), theme.accent())).collect()
            }
            Self::Text(text) => {
                wrapped(&text, room).into_iter().map(|text| Line::from(vec![indent(), Span::raw(text)])).collect()
            }
            Self::Entry(column, name, text) => {
                let bold = Style::new().add_modifier(Modifier::BOLD);
                let names = broken(&name, column.saturating_sub(1));
                // A name that is longer than its column pushes the text away on its line alone.
                let first = column.max(names.iter().map(|name| display_width(name) + 1).max().unwrap_or(0));
                if first + LEAST > room {
                    let below = wrapped(&text, room.saturating_sub(INDENT).max(1));
                    let mut lines = vec![Line::from(vec![indent(), Span::styled(name, bold)])];
                    lines.extend(below.into_iter().map(|text| Line::from(vec![indent(), indent(), Span::raw(text)])));
                    return lines;
                }
                let texts = wrapped(&text, room - first);
                let line = |at: usize| {
                    let [name, text] = [&names, &texts].map(|rows| rows.get(at).cloned().unwrap_or_default());
                    let fill = " ".repeat(first.saturating_sub(display_width(&name)));
                    Line::from(vec![indent(), Span::styled(name, bold), Span::raw(fill), Span::raw(text)])
                };
                (0..names.len().max(texts.len())).map(line).collect()
            }
        }
    }
}

/// A name in rows of that many columns, where it has words that fit into them; in one row otherwise.
fn broken(name: &str, columns: usize) -> Vec<String> {
    let fits = |word: &str| display_width(word) <= columns;
    if name.split(' ').all(fits) { wrapped(name, columns) } else { vec![name.to_owned()] }
}
