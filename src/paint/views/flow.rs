//! The flow: the text as tokens, wrapped, each a cell with its bit under it.

use super::cells::{Cell, cell_width, cells, gutter, padded, speaker, texts, token_at};
use super::{Layout, Measures, Rows, View};
use crate::paint::scene::Scene;
use crate::paint::theme::InLoss;
use crate::policies::Change;
use ratatui::style::Style;
use ratatui::text::Line;

/// The flow view.
pub(super) static VIEW: View = View {
    name: "flow",
    rows: Rows::Wrapped,
    measures: |scene, width| Measures { width, gutter: gutter_width(scene, width), row_height: 2, beside: None },
    heading: |_, _| None,
    row: |scene, layout, row| vec![tokens(scene, layout, row), bits(scene, layout, row)],
    token_at,
};

/// Columns of the widest name that the template has in the gutter, in any language.
const TEMPLATE: usize = 8;

/// The gutter holds the longest role of the record, within reason.
pub(super) fn gutter_width(scene: &Scene<'_>, width: usize) -> usize {
    scene.glyphs.widest_role().clamp(TEMPLATE, 12).min(width / 4)
}

/// The line of the tokens.
pub(super) fn tokens(scene: &Scene<'_>, layout: &Layout, row: usize) -> Line<'static> {
    let mut spans = speaker(scene, layout, row);
    spans.extend(texts(scene, layout, row));
    Line::from(spans)
}

/// The bit of A and that of B, in as many columns as this has bytes.
const BOTH: &str = "0>1";

fn both(change: Change) -> &'static str {
    match change {
        Change::Enters => "0→1",
        Change::Leaves => "1→0",
    }
}

fn bits(scene: &Scene<'_>, layout: &Layout, row: usize) -> Line<'static> {
    let mut spans = gutter(scene, layout, "", Style::new());
    for cell in cells(layout, row) {
        let (token, columns) = (cell.token, cell_width(scene, layout, cell));
        let bit = scene.bit(token);
        let digit = scene.lane(scene.shown).digit(token);
        let (text, style) = match scene.change(token) {
            _ if cell.fold.is_some() => of_fold(scene, cell),
            // On the narrowest screens a row may have no room for both bits.
            Some(change) if columns > BOTH.len() => (both(change).to_owned(), scene.theme.change(change)),
            Some(change) => (change.sign().to_string(), scene.theme.change(change)),
            None => (digit.to_string(), scene.theme.bit(InLoss::from(bit.unwrap_or(false)))),
        };
        let length = text.chars().count().min(columns);
        spans.push(padded(&text, length, style));
        spans.push(padded("", columns - length, Style::new()));
    }
    Line::from(spans)
}

/// What stands under folded tokens: their bit, or how many of them are trained; and how many change.
pub(super) fn of_fold(scene: &Scene<'_>, cell: Cell<'_>) -> (String, Style) {
    let tokens = cell.tokens();
    let changes = scene.changes_in(tokens.clone());
    if changes > 0 {
        return (format!("±{changes}"), scene.theme.accent());
    }
    let length = tokens.len();
    let trained = scene.lane(scene.shown).mask.ready().map_or(0, |mask| mask.count_in(tokens));
    let style = scene.theme.bit(InLoss::from(trained > 0));
    match trained {
        0 => ("0".to_owned(), style),
        all if all == length => ("1".to_owned(), style),
        some => (format!("{some}/{length}"), style),
    }
}
