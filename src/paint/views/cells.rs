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
    let (glyphs, room) = (scene.glyphs, room(layout));
    if !layout.folds().is_empty() {
        return wrap_tokens(glyphs, layout, 0..layout.tokens);
    }
    let pieces = glyphs.pieces(PIECE);
    if pieces.len() < 2 {
        return wrap_piece(glyphs, room, 0..layout.tokens);
    }
    let wrapped: Vec<Vec<u32>> = pieces.into_par_iter().map(|piece| wrap_piece(glyphs, room, piece)).collect();
    wrapped.concat()
}

/// Tokens of a long record that one core wraps at a time.
const PIECE: usize = 1 << 16;

/// The first tokens of rows, of tokens that start a row.
fn wrap_piece(glyphs: &Glyphs, room: usize, tokens: Range<usize>) -> Vec<u32> {
    let mut starts = Vec::new();
    let mut used = 0;
    let mut breaks = true;
    for (token, (text, breaks_after)) in tokens.clone().zip(glyphs.measures(tokens)) {
        let cell = cell_width_in(room, text);
        if breaks || used + cell > room {
            starts.push(token as u32);
            used = 0;
        }
        used += cell;
        breaks = breaks_after;
    }
    starts
}

/// The first tokens of the rows of some tokens, where some are folded.
pub(super) fn wrap_tokens(glyphs: &Glyphs, layout: &Layout, tokens: Range<usize>) -> Vec<u32> {
    let (folds, room): (&Folds, usize) = (layout.folds(), room(layout));
    let mut starts = Vec::new();
    let (mut token, mut used, mut breaks) = (tokens.start, 0, true);
    while token < tokens.end {
        let fold = folds.beginning_at(token);
        let last = fold.map_or(token, |fold| fold.tokens.end - 1);
        let Some((own, breaks_after)) = glyphs.measures(last..last + 1).next() else { break };
        let cell = cell_width_in(room, fold.map_or(own, Fold::width));
        if breaks || used + cell > room {
            starts.push(token as u32);
            used = 0;
        }
        used += cell;
        breaks = breaks_after;
        token = last + 1;
    }
    starts
}

/// The first tokens of rows that have one cell each.
pub(super) fn one_a_row(layout: &Layout) -> Vec<u32> {
    let next = |token: &usize| layout.folds().beginning_at(*token).map_or(token + 1, |fold| fold.tokens.end);
    let tokens = std::iter::successors(Some(0), |token| Some(next(token)));
    tokens.take_while(|token| *token < layout.tokens).map(|token| token as u32).collect()
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
            Some(fold) => (Cow::Borrowed(fold.label.as_str()), scene.with_cursor(cell.token, scene.theme.quiet())),
        };
        let text = fit(&text, columns - 1);
        let fill = columns - display_width(&text);
        spans.push(Span::styled(text.into_owned(), style));
        spans.push(Span::raw(" ".repeat(fill)));
    }
    spans
}
