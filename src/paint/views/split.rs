//! The split: A on the left and B on the right, each with its own bits. Where the trainer of the other side has tokens of
//! its own, those stand there, level with the tokens that they correspond to.

use super::cells::{self, cell_width, cells, gutter, padded};
use super::flow::{gutter_width, of_fold, tokens};
use super::{Folds, Layout, Measures, Rows, View};
use crate::paint::scene::{Scene, Side};
use crate::paint::theme::InLoss;
use crate::words::paint::PaintWords;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// The split view.
pub(super) static VIEW: View = View {
    name: "split",
    rows: Rows::Level,
    measures,
    heading: |scene, width| Some(heading(scene, width)),
    row,
    token_at,
};

/// Columns from which on both sides have room.
const FROM: usize = 96;

/// Columns between the two sides.
const GAP: usize = 2;

fn has_two(scene: &Scene<'_>) -> bool {
    scene.compared.0 != scene.compared.1
}

fn measures(scene: &Scene<'_>, width: usize) -> Measures {
    let is_split = has_two(scene) && width >= FROM;
    let half = if is_split { (width - GAP) / 2 } else { width };
    let beside = is_split.then_some(half + GAP);
    Measures { width: half, gutter: gutter_width(scene, half), row_height: 2, beside }
}

/// The names of both sides, or why there is only one.
fn heading(scene: &Scene<'_>, width: usize) -> Line<'static> {
    let Some(second) = measures(scene, width).beside else {
        let why = if has_two(scene) {
            PaintWords::SplitNeeds { columns: FROM, has: width }
        } else {
            PaintWords::SplitNeedsTwo
        };
        return Line::styled(scene.language.say(&why), scene.theme.quiet());
    };
    let name = |side: Side, letter: &str, columns: usize| {
        let is_shown = scene.shown == side;
        let style = if is_shown { Style::new().add_modifier(Modifier::BOLD) } else { scene.theme.quiet() };
        padded(&format!("{}{letter} {}", if is_shown { "▸" } else { " " }, scene.lane(side).name), columns, style)
    };
    Line::from(vec![name(Side::A, "A", second), name(Side::B, "B", width - second)])
}

/// What stands on a side, and where; `None` while the tokens of the other trainer are being worked out.
fn side<'a, 'b>(scene: &Scene<'a>, layout: &'b Layout, side: Side) -> Option<(Scene<'a>, &'b Layout)> {
    if side == scene.shown {
        return Some((*scene, layout));
    }
    match (scene.beside, layout.beside.as_deref()) {
        (None, None) => Some((Scene { shown: side, ..*scene }, layout)),
        (Some(beside), Some(layout)) if beside.sequence.len() == layout.tokens => {
            let cursor = scene.cursor.and_then(|token| beside.of_shown(scene.sequence, token));
            let scene = Scene {
                sequence: beside.sequence,
                glyphs: beside.glyphs,
                lanes: beside.lanes,
                compared: (0, 1),
                shown: side,
                cursor,
                matches: &[],
                beside: None,
                ..*scene
            };
            Some((scene, layout))
        }
        _ => None,
    }
}

fn row(scene: &Scene<'_>, layout: &Layout, row: usize) -> Vec<Line<'static>> {
    let Some(second) = layout.measures.beside else {
        return vec![tokens(scene, layout, row), bits(scene, layout, row)];
    };
    let half = |at: Side| match side(scene, layout, at) {
        Some((scene, layout)) => [tokens(&scene, layout, row), bits(&scene, layout, row)],
        None => [Line::default(), Line::default()],
    };
    let (left, right) = (half(Side::A), half(Side::B));
    let join = |(mut left, right): (Line<'static>, Line<'static>)| {
        left.push_span(Span::raw(" ".repeat(second.saturating_sub(left.width()))));
        left.spans.extend(right.spans);
        left
    };
    left.into_iter().zip(right).map(join).collect()
}

/// The bits of one side; those that the other side has otherwise stand out.
fn bits(scene: &Scene<'_>, layout: &Layout, row: usize) -> Line<'static> {
    let mut spans = gutter(scene, layout, "", Style::new());
    for cell in cells(layout, row) {
        let columns = cell_width(scene, layout, cell);
        let digit = || scene.lane(scene.shown).digit(cell.token).to_string();
        let (text, style) = match scene.change(cell.token) {
            _ if cell.fold.is_some() => of_fold(scene, cell),
            Some(change) => (digit(), scene.theme.change(change)),
            None => (digit(), scene.theme.bit(InLoss::from(scene.bit(cell.token).unwrap_or(false)))),
        };
        let length = text.chars().count().min(columns);
        spans.push(padded(&text, length, style));
        spans.push(padded("", columns - length, Style::new()));
    }
    Line::from(spans)
}

/// The token on show at a column; on the other side that to which the token there corresponds, or the one before it.
fn token_at(scene: &Scene<'_>, layout: &Layout, row: usize, column: usize) -> Option<usize> {
    let Some(second) = layout.measures.beside else { return cells::token_at(scene, layout, row, column) };
    let (at, column) = if column < second { (Side::A, column) } else { (Side::B, column - second) };
    let (there, its_layout) = side(scene, layout, at)?;
    let token = cells::token_at(&there, its_layout, row, column)?;
    match scene.beside.filter(|_| at != scene.shown) {
        None => Some(token),
        Some(beside) => {
            let first = its_layout.row(row).start;
            let known = (first..=token).rev().find_map(|token| beside.of_other(scene.sequence, token));
            known.or_else(|| Some(layout.row(row)).filter(|tokens| !tokens.is_empty()).map(|tokens| tokens.start))
        }
    }
}

/// Puts the rows of both sequences level, given those of the sequence on show: where one needs more rows up to the next
/// tokens that correspond, the other has empty ones.
pub(super) fn level(scene: &Scene<'_>, layout: &Layout, starts: Vec<u32>) -> (Vec<u32>, Option<Box<Layout>>) {
    let Some(beside) = scene.beside.filter(|_| layout.measures.beside.is_some()) else { return (starts, None) };
    let length = beside.sequence.len();
    let folds: Folds = layout.folds.carried(|token| beside.of_shown(scene.sequence, token));
    let mut other = Layout { starts: Vec::new(), tokens: length, folds, beside: None, ..layout.clone() };
    let counterpart = |token: usize| beside.of_shown(scene.sequence, token);
    let start_of = |row: usize| starts.get(row).map_or(layout.tokens, |start| *start as usize);
    let (mut own, mut from) = (Vec::with_capacity(starts.len()), 0);
    for (row, start) in starts.iter().enumerate() {
        let (end, end_of_next) = (start_of(row + 1), start_of(row + 2));
        let until = if end == layout.tokens {
            length
        } else {
            let next = (end..end_of_next).find_map(counterpart);
            let last = || (*start as usize..end).rev().find_map(counterpart).map(|last| last + 1);
            next.or_else(last).unwrap_or(from).max(from)
        };
        let rows = cells::wrap_tokens(beside.glyphs, &other, from..until);
        own.push(*start);
        own.extend(std::iter::repeat_n(end as u32, rows.len().saturating_sub(1)));
        if rows.is_empty() {
            other.starts.push(from as u32);
        }
        other.starts.extend(rows);
        from = until;
    }
    (own, Some(Box::new(other)))
}
