//! Drawing: from the state to the screen, changing nothing.

mod body;
mod help;
pub mod inspector;
mod item;
pub mod leads;
mod list;
pub mod matrix;
mod minimap;
pub mod page;
pub mod picker;
mod prompt;
pub mod said;
pub mod source;
pub mod status;
mod title;
mod words;

use super::app::{App, Mode};
use super::geometry::{SMALLEST, is_large_enough};
use super::keymap::{Command, Context, Hint};
use crate::paint::{display_width, prose};
use crate::words::viewer::ViewerWords;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// Draws the whole screen.
pub fn draw(app: &App, buffer: &mut Buffer) {
    if !is_large_enough(app.size()) {
        too_small(app, buffer);
        return;
    }
    let areas = app.areas();
    title::draw(app, areas.title, buffer);
    list::draw(app, areas.list, buffer);
    body::draw(app, &areas, buffer);
    minimap::draw(app, areas.map, buffer);
    inspector::draw(app, areas.inspector, buffer);
    said::draw(app, areas.said, buffer);
    status::draw(app, areas.status, buffer);
    match app.dialog().mode() {
        Mode::Page(page, top) => page::draw(app, *page, *top, buffer),
        Mode::Matrix(chosen) => matrix::draw(app, *chosen, buffer),
        Mode::Leads(leads, choice) => leads::draw(app, *leads, *choice, buffer),
        Mode::Source(top) => source::draw(app, *top, buffer),
        Mode::Picker(picking) => picker::draw(app, picking, &areas, buffer),
        Mode::Normal | Mode::Try | Mode::List(_) | Mode::Prompt(..) => {}
    }
}

/// The command of the hint at a place of the screen.
#[must_use]
pub fn command_at(app: &App, position: Position) -> Option<Command> {
    if position.y + 1 != app.size().1 || app.dialog().pending().text().is_some() {
        return None;
    }
    let column = usize::from(position.x);
    match app.context() {
        Context::Viewer | Context::Try => status::command_at(app, column),
        Context::Matrix => matrix::command_at(app, column),
        _ => None,
    }
}

/// The command of the hint at a column of a line of hints.
fn hint_at(hints: &[Hint], column: usize) -> Option<Command> {
    // A space stands before the first.
    let mut end = 1;
    hints.iter().find_map(|hint| {
        let start = end;
        end += hint.width();
        (start..end.saturating_sub(2)).contains(&column).then_some(hint.command)
    })
}

fn too_small(app: &App, buffer: &mut Buffer) {
    let (width, height) = SMALLEST;
    let words = [ViewerWords::Needs(width, height), ViewerWords::Is(app.size().0, app.size().1)];
    let lines = words.map(|words| app.language().say(&words));
    for (y, line) in (0..buffer.area.height).zip(lines) {
        buffer.set_stringn(0, y, line, usize::from(buffer.area.width), app.theme().alarm());
    }
}

/// Hints at keys in one line.
fn hints(app: &App, hints: &[Hint]) -> Line<'static> {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let mut spans = vec![Span::raw(" ")];
    for (at, hint) in hints.iter().enumerate() {
        // Nothing stands behind the last one, which may end where the screen does.
        let gap = if at + 1 < hints.len() { "  " } else { "" };
        spans.push(Span::styled(hint.keys.clone(), bold));
        spans.push(Span::styled(format!(" {}{gap}", hint.words), app.theme().quiet()));
    }
    Line::from(spans)
}

/// What is said to the reader, and the keys that wait for others, if there is anything.
fn said(app: &App) -> Option<Line<'static>> {
    let dialog = app.dialog();
    if let Some(waiting) = dialog.pending().text() {
        let next = app.keys().continuations(app.context(), dialog.pending().keys());
        let next =
            next.map(|(keys, help)| format!("  {keys} {}", app.language().say(&help))).collect::<Vec<_>>().concat();
        let waiting = Span::styled(format!(" {waiting} …"), app.theme().accent());
        return Some(Line::from(vec![waiting, Span::styled(next, app.theme().quiet())]));
    }
    let notice = dialog.notice()?;
    Some(Line::styled(format!(" {}", prose(&app.language().say(notice))), app.theme().accent()))
}

/// Puts lines one under the other, as far as there is room.
fn put_lines<'a>(buffer: &mut Buffer, area: Rect, lines: impl IntoIterator<Item = Line<'a>>) {
    for (y, line) in (area.top()..area.bottom()).zip(lines) {
        buffer.set_line(area.x, y, &line, area.width);
        let width: usize = line.spans.iter().map(|span| display_width(&span.content)).sum();
        if width > usize::from(area.width) && area.width > 1 {
            mark_cut(buffer, area.right() - 1, y);
        }
    }
}

/// Puts `…` where a line is cut off; half of a wide character before it goes too.
fn mark_cut(buffer: &mut Buffer, x: u16, y: u16) {
    if display_width(buffer[(x - 1, y)].symbol()) > 1 {
        buffer[(x - 1, y)].set_symbol(" ");
    }
    buffer[(x, y)].set_symbol("…");
}

/// Empties an area for something that is laid over what is there.
fn clear(buffer: &mut Buffer, area: Rect) {
    for position in area.intersection(buffer.area).positions() {
        buffer[position].reset();
    }
}
