//! Pages: texts that are laid over the whole screen and scrolled.

use super::{help, words};
use crate::paint::display_width;
use crate::tui::app::{App, Page};
use crate::tui::keymap::{Context, KeyMap};
use crate::words::page::PageWords;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Lines of a page in that many columns.
fn lines(app: &App, page: Page, columns: usize) -> Vec<Line<'static>> {
    let page = match page {
        Page::Help => help::page(app.keys(), app.language()),
        Page::Words => words::page(app),
    };
    page.into_iter().flat_map(|item| item.lines(app.theme(), columns)).collect()
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
        .hints(Context::Pages, usize::from(area.width), |command| Some(app.language().say(&KeyMap::hint(command))))
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
