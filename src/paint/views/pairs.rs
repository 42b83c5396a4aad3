//! The pairs: what the model sees and what it is trained to say next, X -> Y; Y's bit counts.

use super::cells::padded;
use super::table::Bits;
use super::{Layout, Measures, Rows, View};
use crate::paint::scene::Scene;
use crate::words::paint::PaintWords;
use crate::words::visible::display_width;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::borrow::Cow;

/// The pairs view.
pub(super) static VIEW: View = View {
    name: "pairs",
    rows: Rows::OnePerToken,
    measures: |_, width| Measures { width, gutter: 0, row_height: 1, beside: None },
    heading: |scene, width| Some(heading(scene, width)),
    row: |scene, layout, row| vec![line(scene, layout, row)],
    token_at: |_, layout, row, _| Some(layout.row(row).start),
};

const ARROW: &str = " -> ";

/// The columns of the position.
fn position_columns(width: usize) -> usize {
    if width < 60 { 5 } else { 7 }
}

/// The columns that are left for bits.
fn room(width: usize) -> usize {
    width.saturating_sub(position_columns(width) + 1 + 2 * token_columns(width) + ARROW.len() + 1)
}

/// The columns of X and of Y.
fn token_columns(width: usize) -> usize {
    match width {
        100.. => 20,
        70.. => 16,
        60.. => 9,
        _ => 6,
    }
}

fn heading(scene: &Scene<'_>, width: usize) -> Line<'static> {
    let quiet = scene.theme.quiet();
    let columns = token_columns(width);
    let name = |short: &str, words| {
        let words = scene.language.say(&words);
        if display_width(&words) > columns { short.to_owned() } else { words }
    };
    let mut spans = vec![
        padded("#", position_columns(width), quiet),
        Span::raw(" "),
        padded(&name("X", PaintWords::Sees), columns, quiet),
        Span::styled(ARROW, quiet),
        padded(&name("Y", PaintWords::ToPredict), columns, quiet),
        Span::raw(" "),
    ];
    spans.extend(Bits::of(scene, room(width)).heading(scene));
    Line::from(spans)
}

/// A row is named by Y. The first token of a sequence is never predicted: its X is empty and its bits do not count.
fn line(scene: &Scene<'_>, layout: &Layout, row: usize) -> Line<'static> {
    let token = layout.row(row).start;
    let columns = token_columns(layout.measures.width);
    let quiet = scene.theme.quiet();
    let x = token.checked_sub(1).map_or_else(String::new, |x| scene.glyphs.text(scene.sequence, x).into_owned());
    let fold = layout.folds().beginning_at(token);
    let (y, y_style) = match fold {
        Some(fold) => (Cow::Owned(fold.label()), scene.with_cursor(token, quiet)),
        None => (scene.glyphs.text(scene.sequence, token), scene.style(token)),
    };
    let mut spans = vec![
        padded(&token.to_string(), position_columns(layout.measures.width), scene.with_cursor(token, quiet)),
        Span::raw(" "),
        padded(&x, columns, Style::new()),
        Span::styled(ARROW, quiet),
        padded(&y, columns, y_style),
        Span::raw(" "),
    ];
    if let Some(fold) = fold {
        spans.extend(Bits::of(scene, room(layout.measures.width)).of_fold(scene, fold));
    } else if token == 0 {
        spans.push(Span::styled(scene.language.say(&PaintWords::NotPredicted), quiet));
    } else {
        spans.extend(Bits::of(scene, room(layout.measures.width)).row(scene, token));
    }
    Line::from(spans)
}
