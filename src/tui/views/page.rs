//! Pages: texts that are laid over the whole screen and scrolled.

use super::body::wrapped;
use super::{help, words};
use crate::paint::display_width;
use crate::tui::app::{App, Page};
use crate::tui::keymap::{Context, KeyMap};
use crate::words::page::PageWords;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// Columns before the text of a page.
const INDENT: usize = 2;

/// Text beside a name has at least that many columns, or stands below it.
const LEAST: usize = 16;

/// Columns of a page's right margin, so that nothing looks cut off.
const MARGIN: usize = 1;

/// Lines of a page in that many columns.
fn lines(app: &App, page: Page, columns: usize) -> Vec<Line<'static>> {
    let page = match page {
        Page::Help => help::page(app.keys(), app.language()),
        Page::Words => words::page(app),
    };
    page.into_iter().flat_map(|item| item.lines(app, columns)).collect()
}

/// What pages are made of.
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
    fn lines(self, app: &App, columns: usize) -> Vec<Line<'static>> {
        let room = columns.saturating_sub(INDENT + MARGIN).max(1);
        let indent = || Span::raw(" ".repeat(INDENT));
        match self {
            Self::Gap => vec![Line::default()],
            Self::Heading(text) => wrapped(&text, room)
                .into_iter()
                .map(|text| Line::styled(format!(" {text}"), app.theme().accent()))
                .collect(),
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

/// The furthest that a page can be scrolled down.
#[must_use]
pub fn last_top(app: &App, page: Page) -> usize {
    let height = usize::from(app.size().1.saturating_sub(2));
    lines(app, page, usize::from(app.size().0)).len().saturating_sub(height)
}

pub(super) fn draw(app: &App, page: Page, top: usize, buffer: &mut Buffer) {
    let area = Rect::new(0, 0, app.size().0, app.size().1);
    super::clear(buffer, area);
    let lines = lines(app, page, usize::from(area.width));
    let inner = Rect { height: area.height - 2, ..area };
    let below = lines.len().saturating_sub(top + usize::from(inner.height));
    super::put_lines(buffer, inner, lines.into_iter().skip(top));
    let more = if below > 0 { format!("{}   ", app.language().say(&PageWords::Below(below))) } else { String::new() };
    let version = format!("   maskview {}", env!("CARGO_PKG_VERSION"));
    let hints: Vec<String> = app
        .keys()
        .hints(Context::Pages, usize::from(area.width), |command| app.language().say(&KeyMap::hint(command)))
        .into_iter()
        .map(|hint| format!("{} {}", hint.keys, hint.words))
        .collect();
    let mut foot = format!(" {more}{}", hints.join("  "));
    if display_width(&foot) + version.len() < usize::from(area.width) {
        foot.push_str(&version);
    }
    let foot = super::said(app).unwrap_or_else(|| Line::styled(foot, app.theme().quiet()));
    super::put_lines(buffer, Rect { y: area.bottom() - 1, height: 1, ..area }, [foot]);
}
