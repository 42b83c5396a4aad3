//! The views of a record. A view is one file here and one line in [`VIEWS`].

mod cells;
mod flow;
mod fold;
mod lanes;
mod pairs;
mod split;
mod table;

pub use fold::{Fold, Folding, Folds};

use super::scene::Scene;
use ratatui::text::Line;
use std::ops::Range;

/// One way to look at a sequence.
#[derive(Debug)]
pub struct View {
    /// Its name, as `print --format` takes it.
    pub name: &'static str,
    /// How tokens stand in rows.
    pub rows: Rows,
    /// What its rows measure in that many columns.
    pub measures: fn(&Scene<'_>, usize) -> Measures,
    /// A line that stays above the rows; `None` when the view needs none.
    pub heading: fn(&Scene<'_>, usize) -> Option<Line<'static>>,
    /// The lines of one row; as many as the layout's row height.
    pub row: fn(&Scene<'_>, &Layout, usize) -> Vec<Line<'static>>,
    /// The token at a column of a row.
    pub token_at: fn(&Scene<'_>, &Layout, usize, usize) -> Option<usize>,
}

impl View {
    /// The rows of a sequence in that many columns.
    #[must_use]
    pub fn layout(&self, scene: &Scene<'_>, width: usize) -> Layout {
        self.layout_again(scene, width, Layout::default(), Folds::default())
    }

    /// The rows of a sequence in that many columns, where it was laid out before: only what has changed is done anew.
    #[must_use]
    pub fn layout_again(&self, scene: &Scene<'_>, width: usize, old: Layout, folds: Folds) -> Layout {
        let measures = (self.measures)(scene, width);
        let tokens = scene.sequence.len();
        let layout = Layout { starts: Vec::new(), tokens, rows: self.rows, measures, folds, beside: None };
        let (starts, beside) = match self.rows {
            Rows::OnePerToken if layout.folds.is_empty() => (Vec::new(), None),
            _ if old.wraps_like(&layout) && old.beside.is_some() == layout.has_two_sequences(scene) => {
                (old.starts, old.beside)
            }
            Rows::OnePerToken => (cells::one_a_row(&layout), None),
            Rows::Wrapped => (cells::wrap(scene, &layout), None),
            Rows::Level => split::level(scene, &layout, cells::wrap(scene, &layout)),
        };
        Layout { starts, beside, ..layout }
    }
}

/// How tokens stand in rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rows {
    /// As many in a row as there is room for.
    Wrapped,
    /// As many as there is room for, level with those of another sequence.
    Level,
    /// One in each row, or one cell of folded tokens.
    #[default]
    OnePerToken,
}

/// What rows measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measures {
    /// Columns that a row may take.
    pub width: usize,
    /// Columns of the gutter.
    pub gutter: usize,
    /// Lines that each row takes.
    pub row_height: usize,
    /// The column where the rows of the other side begin, where A and B stand side by side.
    pub beside: Option<usize>,
}

/// Every view, in the order in which the viewer's key goes through them.
pub static VIEWS: &[&View] = &[&flow::VIEW, &lanes::VIEW, &table::VIEW, &pairs::VIEW, &split::VIEW];

/// The place of the view of that name in [`VIEWS`].
#[must_use]
pub fn by_name(name: &str) -> Option<usize> {
    VIEWS.iter().position(|view| view.name == name)
}

/// A sequence laid out in rows of tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The first token of each row; empty where each token has its own. A row without tokens begins where the next does.
    starts: Vec<u32>,
    /// The number of tokens.
    tokens: usize,
    /// How tokens stand in rows.
    rows: Rows,
    /// What the rows measure.
    pub measures: Measures,
    folds: Folds,
    /// The rows of the other side's own tokens.
    beside: Option<Box<Layout>>,
}

impl Layout {
    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        if self.is_plain() { self.tokens } else { self.starts.len() }
    }

    /// Whether every token has a row of its own.
    fn is_plain(&self) -> bool {
        self.rows == Rows::OnePerToken && self.folds.is_empty()
    }

    /// Whether the other side has tokens of its own beside those on show.
    fn has_two_sequences(&self, scene: &Scene<'_>) -> bool {
        self.measures.beside.is_some() && scene.beside.is_some()
    }

    /// The row itself, or the next one that has tokens: further down, or further up.
    #[must_use]
    pub fn filled(&self, row: usize, down: bool) -> usize {
        let has_tokens = |row: &usize| !self.row(*row).is_empty();
        let found = if down { (row..self.rows()).find(has_tokens) } else { (0..=row).rev().find(has_tokens) };
        found.unwrap_or(row)
    }

    /// The tokens of a row; none past the last.
    #[must_use]
    pub fn row(&self, row: usize) -> Range<usize> {
        let of_row = |row: usize| self.starts.get(row).map_or(self.tokens, |start| *start as usize);
        let start = |row: usize| if self.is_plain() { row.min(self.tokens) } else { of_row(row) };
        start(row)..start(row + 1)
    }

    /// The tokens that are shown as one cell.
    #[must_use]
    pub fn folds(&self) -> &Folds {
        &self.folds
    }

    /// The row that a token stands in.
    #[must_use]
    pub fn row_of(&self, token: usize) -> usize {
        if self.is_plain() {
            return token.min(self.tokens.saturating_sub(1));
        }
        self.starts.partition_point(|start| *start as usize <= token).saturating_sub(1)
    }

    /// Whether the same sequence is wrapped at the same places.
    fn wraps_like(&self, other: &Self) -> bool {
        let place = |layout: &Self| {
            let Measures { width, gutter, beside, .. } = layout.measures;
            (layout.rows, layout.tokens, width, gutter, beside)
        };
        place(self) == place(other) && self.folds == other.folds
    }
}
