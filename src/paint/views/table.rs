//! The table: one token a row, with a column of bits for each policy.

use super::cells::padded;
use super::{Layout, Measures, Rows, View};
use crate::paint::scene::Scene;
use crate::paint::text::display_width;
use crate::paint::theme::InLoss;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The table view.
pub(super) static VIEW: View = View {
    name: "table",
    summary: "one token a row: position, id, token, bytes, role, a column for each policy",
    rows: Rows::OnePerToken,
    measures: |_, width| Measures { width, gutter: 0, row_height: 1 },
    heading: |scene, width| Some(heading(scene, width)),
    row: |scene, layout, row| vec![line(scene, layout, row)],
    token_at: |_, layout, row, _| Some(layout.row(row).start),
};

/// Columns of the parts of a row, by the room there is.
struct Columns {
    position: usize,
    id: usize,
    token: usize,
    bytes: usize,
    role: usize,
    part: usize,
}

/// A policy's column holds its name; where that leaves too little, the rest is cut.
const POLICY: usize = 12;

impl Columns {
    fn of(width: usize) -> Self {
        let (roomy, tight) = (width >= 80, width < 60);
        Self {
            position: if tight { 5 } else { 7 },
            id: 6,
            token: if roomy { 18 } else { 10 },
            bytes: if width >= 110 { 24 } else { 0 },
            role: if tight { 0 } else { 11 },
            part: if width >= 96 { 11 } else { 0 },
        }
    }
}

/// A policy's name in the heading of its column; at most as wide as the column.
pub(super) fn policy_columns<'a>(scene: &Scene<'a>) -> impl Iterator<Item = (usize, &'a str)> {
    scene.lanes.iter().map(|lane| (display_width(&lane.name).clamp(2, POLICY), lane.name.as_str()))
}

/// The bits of a token, a column for each policy, and what changes.
pub(super) fn bits(scene: &Scene<'_>, token: usize) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    for (lane, (columns, _)) in scene.lanes.iter().zip(policy_columns(scene)) {
        let bit = lane.bit(token);
        let digit = bit.map_or("–", |bit| if bit { "1" } else { "0" });
        spans.push(padded(digit, columns, scene.theme.bit(InLoss::from(bit.unwrap_or(false)))));
        spans.push(Span::raw(" "));
    }
    if let Some(change) = scene.change(token) {
        spans.push(Span::styled(format!("{} {}", change.sign(), change.words()), scene.theme.change(change)));
    }
    spans
}

fn heading(scene: &Scene<'_>, width: usize) -> Line<'static> {
    let columns = Columns::of(width);
    let quiet = scene.theme.quiet();
    let mut spans = Vec::new();
    let mut cell = |name: &str, wide: usize| {
        if wide > 0 {
            spans.push(padded(name, wide, quiet));
            spans.push(Span::raw(" "));
        }
    };
    cell("#", columns.position);
    cell("id", columns.id);
    cell("token", columns.token);
    cell("bytes", columns.bytes);
    cell("role", columns.role);
    cell("part", columns.part);
    for (wide, name) in policy_columns(scene) {
        cell(name, wide);
    }
    if scene.compared.0 != scene.compared.1 {
        spans.push(Span::styled("A to B", quiet));
    }
    Line::from(spans)
}

fn line(scene: &Scene<'_>, layout: &Layout, row: usize) -> Line<'static> {
    let token = layout.row(row).start;
    let columns = Columns::of(layout.measures.width);
    let span = scene.sequence.span(token);
    let quiet = scene.theme.quiet();
    let mut spans = Vec::new();
    let mut cell = |text: &str, wide: usize, style: Style| {
        if wide > 0 {
            spans.push(padded(text, wide, style));
            spans.push(Span::raw(" "));
        }
    };
    cell(&token.to_string(), columns.position, scene.with_cursor(token, quiet));
    cell(&scene.sequence.ids[token].to_string(), columns.id, Style::new());
    cell(&scene.glyphs.text(scene.sequence, token), columns.token, scene.style(token));
    cell(&hexadecimal(&scene.tokenizer.bytes_of(scene.sequence.ids[token])), columns.bytes, quiet);
    cell(&scene.speaker(token), columns.role, Style::new());
    cell(span.part.words(), columns.part, quiet);
    spans.extend(bits(scene, token));
    Line::from(spans)
}

/// Bytes as pairs of hexadecimal digits; the first 32.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().take(32).map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}
