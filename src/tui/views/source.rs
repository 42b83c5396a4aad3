//! The texts behind a record on the whole screen.

use super::body::{failure, wrapped};
use crate::paint::wrap::Row;
use crate::paint::{Scene, prose};
use crate::tui::app::App;
use crate::tui::keymap::{Context, KeyMap};
use crate::tui::source::{GUTTER, Source, SourceText};
use crate::words::page::PageWords;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use std::ops::Range;

pub(super) fn draw(app: &App, top: usize, buffer: &mut Buffer) {
    let area = Rect::new(0, 0, app.size().0, app.size().1);
    super::clear(buffer, area);
    let fault = fault_lines(app);
    let above = 1 + fault.len() as u16;
    let inner = Rect { y: above, height: (area.height - 1).saturating_sub(above), ..area };
    let title = match app.source() {
        Some(text) if text.is_pending() => {
            format!("{}: {}", title(app, text), app.language().say(&PageWords::BreakingLines))
        }
        Some(text) => title(app, text),
        None => app.language().say(&PageWords::ReadingSource),
    };
    super::put_lines(buffer, Rect { height: 1, ..area }, [Line::styled(format!(" {title}"), app.theme().accent())]);
    let fault = fault.into_iter().map(|line| Line::styled(format!(" {line}"), app.theme().alarm()));
    super::put_lines(buffer, Rect { y: 1, height: above - 1, ..area }, fault);
    if let Some(text) = app.source() {
        let scene = app.scene().filter(|_| matches!(text.source, Source::Rendered | Source::Message));
        let rows = text.rows().iter().skip(top).take(usize::from(inner.height));
        super::put_lines(buffer, inner, rows.map(|row| line(app, text, scene.as_ref(), row)));
    }
    let words = |command| Some(app.language().say(&KeyMap::hint(command)));
    let hints = app.keys().hints(Context::Pages, usize::from(area.width).saturating_sub(1), words);
    let foot = super::said(app).unwrap_or_else(|| super::hints(app, &hints));
    super::put_lines(buffer, Rect { y: area.bottom() - 1, height: 1, ..area }, [foot]);
}

/// What is wrong with the record, as far as that has room beside its text.
#[must_use]
pub fn fault_lines(app: &App) -> Vec<String> {
    let Some(opened) = app.shown().opened() else { return Vec::new() };
    let Err(error) = &opened.content else { return Vec::new() };
    let (width, height) = app.size();
    let mut lines = wrapped(&prose(&failure(app, &opened.record, error)), usize::from(width).saturating_sub(2));
    lines.truncate(usize::from(height) / 3);
    lines
}

fn title(app: &App, text: &SourceText) -> String {
    let name = prose(&text.name);
    app.language().say(&match text.source {
        Source::Record => PageWords::RecordSource { record: app.shown().record() + 1, line: &name },
        Source::Rendered => PageWords::RenderedSource,
        Source::Template => PageWords::TemplateSource(&name),
        Source::Message => PageWords::MessageSource(&name),
    })
}

fn line(app: &App, text: &SourceText, scene: Option<&Scene<'_>>, row: &Row) -> Line<'static> {
    let quiet = app.theme().quiet();
    let mut spans = Vec::new();
    if text.has_numbers() {
        let number = if row.begins { row.line.to_string() } else { String::new() };
        spans.push(Span::styled(format!("{number:>width$} │ ", width = GUTTER - 3), quiet));
    } else {
        spans.push(Span::raw(" "));
    }
    match scene {
        Some(scene) => tokens(scene, text, row, &mut spans),
        None => plain(app, text, row, &mut spans),
    }
    Line::from(spans)
}

/// Text in which one stretch stands out.
fn plain(app: &App, text: &SourceText, row: &Row, spans: &mut Vec<Span<'static>>) {
    let end = row.bytes.start + text.text[row.bytes.clone()].trim_end_matches('\n').len();
    let lit = text.lit.clone().unwrap_or(0..0);
    let style = match text.source {
        Source::Record => app.theme().alarm().add_modifier(Modifier::REVERSED),
        _ => app.theme().found(),
    };
    let inside = lit.start.clamp(row.bytes.start, end)..lit.end.clamp(row.bytes.start, end);
    let mut push = |bytes: Range<usize>, style: Style| {
        if !bytes.is_empty() {
            spans.push(Span::styled(prose(&text.text[bytes]), style));
        }
    };
    push(row.bytes.start..inside.start, Style::new());
    push(inside.clone(), style);
    push(inside.end..end, Style::new());
    // What is cut off has nothing that could stand out.
    if lit.is_empty() && text.lit.is_some() && row.bytes.end == text.text.len() && lit.start == text.text.len() {
        spans.push(Span::styled(" ", style));
    }
}

/// The rendered text in the looks of its tokens.
fn tokens(scene: &Scene<'_>, text: &SourceText, row: &Row, spans: &mut Vec<Span<'static>>) {
    let ranges = &scene.sequence.ranges()[..scene.sequence.unpadded()];
    let (start, end) = (text.base + row.bytes.start, text.base + row.bytes.end);
    let mut at = start;
    let mut token = ranges.partition_point(|range| range.end as usize <= start);
    while at < end {
        let range = ranges.get(token).map_or(end..end, |range| range.start as usize..range.end as usize);
        let stop = if range.start > at { range.start.min(end) } else { range.end.min(end) };
        if let Some(piece) = scene.sequence.text.get(at..stop).filter(|piece| !piece.is_empty()) {
            let style = if range.start > at { scene.theme.quiet() } else { looks(scene, ranges, token) };
            spans.push(Span::styled(prose(piece), style));
        }
        if range.start <= at {
            token += 1;
        }
        at = at.max(stop);
    }
}

/// The look of a token; of several that share a character, that of the one with the cursor.
fn looks(scene: &Scene<'_>, ranges: &[Range<u32>], token: usize) -> Style {
    let shares = scene.cursor.filter(|cursor| ranges.get(*cursor) == Some(&ranges[token]));
    scene.style(shares.unwrap_or(token))
}
