//! Tokens as cells in wrapped rows, which the flow and the lanes share.

use super::{Fold, Folds, Layout};
use crate::paint::Glyphs;
use crate::paint::scene::Scene;
use crate::paint::theme::Tone;
use crate::words::visible::{display_width, fit};
use ratatui::style::Style;
use ratatui::text::Span;
use rayon::prelude::*;
use std::borrow::Cow;
use std::ops::Range;

/// A cell is never narrower than this, so that `0→1` fits under it and rows stay where they are when bits change.
const NARROWEST: usize = 3;

/// Columns between the gutter's label and the cells.
pub(super) const RULE: &str = " │ ";
const RULE_COLUMNS: usize = 3;

/// A cell of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    /// The token, or the first of those that are folded.
    pub(super) token: usize,
    /// The fold, where several tokens are shown as one cell.
    pub(super) fold: Option<&'a Fold>,
}

impl Cell<'_> {
    /// The tokens that it stands for.
    pub(super) fn tokens(self) -> Range<usize> {
        self.fold.map_or(self.token..self.token + 1, |fold| fold.tokens.clone())
    }
}

/// The cells of a row.
pub(super) fn cells(layout: &Layout, row: usize) -> impl Iterator<Item = Cell<'_>> {
    let tokens = layout.row(row);
    let mut next = tokens.start;
    std::iter::from_fn(move || {
        let token = next;
        let fold = layout.folds().beginning_at(token);
        next = fold.map_or(token + 1, |fold| fold.tokens.end);
        (token < tokens.end).then_some(Cell { token, fold })
    })
}

/// The columns of a cell, with the space after it; at most those of a row.
pub(super) fn cell_width(scene: &Scene<'_>, layout: &Layout, cell: Cell<'_>) -> usize {
    let text = cell.fold.map_or_else(|| scene.glyphs.width(cell.token), Fold::width);
    cell_width_in(room(layout), text)
}

fn cell_width_in(room: usize, text: usize) -> usize {
    (text.max(NARROWEST) + 1).min(room)
}

/// The columns that the cells of a row may take.
fn room(layout: &Layout) -> usize {
    (layout.measures.width.saturating_sub(layout.measures.gutter + RULE_COLUMNS)).max(NARROWEST + 1)
}

/// The first token of each row: a row ends where the next cell has no room, where the turn ends, and after a newline in a
/// content.
pub(super) fn wrap(scene: &Scene<'_>, layout: &Layout) -> Vec<u32> {
    let pieces = pieces(scene.glyphs, layout.folds());
    if pieces.len() < 2 {
        return wrap_tokens(scene.glyphs, layout, 0..layout.tokens);
    }
    let wrapped: Vec<Vec<u32>> = pieces.into_par_iter().map(|piece| wrap_tokens(scene.glyphs, layout, piece)).collect();
    wrapped.concat()
}

/// Tokens of a long record that one core wraps at a time.
const PIECE: usize = 1 << 16;

/// All tokens in pieces, each of which starts a new row; none parts what is folded.
fn pieces(glyphs: &Glyphs, folds: &Folds) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for piece in glyphs.pieces(PIECE) {
        let is_parted = |end: usize| folds.around(end).is_some_and(|fold| fold.tokens.start < end);
        match pieces.last_mut().filter(|last| is_parted(last.end)) {
            Some(last) => last.end = piece.end,
            None => pieces.push(piece),
        }
    }
    pieces
}

/// The first tokens of the rows of some tokens, of which the first starts a row.
pub(super) fn wrap_tokens(glyphs: &Glyphs, layout: &Layout, tokens: Range<usize>) -> Vec<u32> {
    let mut rows = Rows::new(room(layout));
    let mut next = tokens.start;
    for fold in layout.folds().within(tokens.clone()) {
        rows.add_each(glyphs, next..fold.tokens.start);
        let breaks = glyphs.measures(fold.tokens.end - 1..fold.tokens.end).any(|(_, breaks)| breaks);
        rows.add(fold.tokens.start, fold.width(), breaks);
        next = fold.tokens.end;
    }
    rows.add_each(glyphs, next.min(tokens.end)..tokens.end);
    rows.starts
}

/// Rows that are filled with cells, one after the other.
struct Rows {
    room: usize,
    /// The first token of each row.
    starts: Vec<u32>,
    used: usize,
    /// Whether the next cell begins a row.
    breaks: bool,
}

impl Rows {
    fn new(room: usize) -> Self {
        Self { room, starts: Vec::new(), used: 0, breaks: true }
    }

    /// A cell with a text of that many columns.
    fn add(&mut self, token: usize, text: usize, breaks_after: bool) {
        let cell = cell_width_in(self.room, text);
        if self.breaks || self.used + cell > self.room {
            self.starts.push(token as u32);
            self.used = 0;
        }
        self.used += cell;
        self.breaks = breaks_after;
    }

    /// A cell for each of these tokens.
    fn add_each(&mut self, glyphs: &Glyphs, tokens: Range<usize>) {
        for (token, (text, breaks_after)) in tokens.clone().zip(glyphs.measures(tokens)) {
            self.add(token, text, breaks_after);
        }
    }
}

/// The first tokens of rows that have one cell each.
pub(super) fn one_a_row(layout: &Layout) -> Vec<u32> {
    let mut starts = Vec::new();
    let mut next = 0;
    for fold in layout.folds().within(0..layout.tokens) {
        starts.extend(next as u32..=fold.tokens.start as u32);
        next = fold.tokens.end;
    }
    starts.extend(next as u32..layout.tokens as u32);
    starts
}

/// The token at a column of a row.
pub(super) fn token_at(scene: &Scene<'_>, layout: &Layout, row: usize, column: usize) -> Option<usize> {
    let mut at = layout.measures.gutter + RULE_COLUMNS;
    let found = cells(layout, row).find(|cell| {
        at += cell_width(scene, layout, *cell);
        column < at
    });
    found.map(|cell| cell.token)
}

/// The gutter of a row's first line: who speaks, on the first row of a turn.
pub(super) fn speaker(scene: &Scene<'_>, layout: &Layout, row: usize) -> Vec<Span<'static>> {
    let tokens = layout.row(row);
    if tokens.is_empty() {
        return gutter(scene, layout, "", Style::new());
    }
    let first = tokens.start;
    let starts_turn = first == 0 || !scene.sequence.same_turn(first, first - 1);
    let label = if starts_turn { scene.speaker(first) } else { Cow::Borrowed("") };
    gutter(scene, layout, &label, scene.theme.label(Tone::of(scene.sequence.span(first))))
}

/// A gutter with a label.
pub(super) fn gutter(scene: &Scene<'_>, layout: &Layout, label: &str, style: Style) -> Vec<Span<'static>> {
    vec![padded(label, layout.measures.gutter, style), Span::styled(RULE, scene.theme.quiet())]
}

/// Text cut or filled up to exactly that many columns.
pub(super) fn padded(text: &str, columns: usize, style: Style) -> Span<'static> {
    let text = fit(text, columns);
    let fill = columns - display_width(&text);
    Span::styled(format!("{text}{}", " ".repeat(fill)), style)
}

/// The texts of a row's tokens as cells.
pub(super) fn texts(scene: &Scene<'_>, layout: &Layout, row: usize) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    for cell in cells(layout, row) {
        let columns = cell_width(scene, layout, cell);
        let (text, style) = match cell.fold {
            None => (scene.glyphs.text(scene.sequence, cell.token), scene.style(cell.token)),
            Some(fold) => (Cow::Owned(fold.label()), scene.with_cursor(cell.token, scene.theme.quiet())),
        };
        let text = fit(&text, columns - 1);
        let fill = columns - display_width(&text);
        spans.push(Span::styled(text.into_owned(), style));
        spans.push(Span::raw(" ".repeat(fill)));
    }
    spans
}
