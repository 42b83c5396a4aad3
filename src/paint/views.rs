//! The views of a record. A view is one file here and one line in [`VIEWS`].

mod cells;
mod flow;
mod fold;
mod lanes;
mod pairs;
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

    /// The rows of a sequence in that many columns, where it was laid out before: only what has changed is done anew. Views
    /// with a row for each token fold nothing.
    #[must_use]
    pub fn layout_again(&self, scene: &Scene<'_>, width: usize, old: Layout, folds: Folds) -> Layout {
        let measures = (self.measures)(scene, width);
        let folds = if self.rows == Rows::Wrapped { folds } else { Folds::default() };
        let layout = Layout { starts: Vec::new(), tokens: scene.sequence.len(), rows: self.rows, measures, folds };
        let starts = match self.rows {
            Rows::OnePerToken => Vec::new(),
            Rows::Wrapped if old.wraps_like(&layout) => old.starts,
            Rows::Wrapped => cells::wrap(scene, &layout),
        };
        Layout { starts, ..layout }
    }
}

/// How tokens stand in rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rows {
    /// As many in a row as there is room for.
    Wrapped,
    /// One in each row.
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
}

/// Every view, in the order in which the viewer's key goes through them.
pub static VIEWS: &[&View] = &[&flow::VIEW, &lanes::VIEW, &table::VIEW, &pairs::VIEW];

/// The place of the view of that name in [`VIEWS`].
#[must_use]
pub fn by_name(name: &str) -> Option<usize> {
    VIEWS.iter().position(|view| view.name == name)
}

/// A sequence laid out in rows of tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The first token of each row; empty where each token has its own.
    starts: Vec<u32>,
    /// The number of tokens.
    tokens: usize,
    /// How tokens stand in rows.
    rows: Rows,
    /// What the rows measure.
    pub measures: Measures,
    folds: Folds,
}

impl Layout {
    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        match self.rows {
            Rows::Wrapped => self.starts.len(),
            Rows::OnePerToken => self.tokens,
        }
    }

    /// The tokens of a row; none past the last.
    #[must_use]
    pub fn row(&self, row: usize) -> Range<usize> {
        let start = |row: usize| match self.rows {
            Rows::Wrapped => self.starts.get(row).map_or(self.tokens, |start| *start as usize),
            Rows::OnePerToken => row.min(self.tokens),
        };
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
        match self.rows {
            Rows::Wrapped => self.starts.partition_point(|start| *start as usize <= token).saturating_sub(1),
            Rows::OnePerToken => token.min(self.tokens.saturating_sub(1)),
        }
    }

    /// Whether the same sequence is wrapped at the same places.
    fn wraps_like(&self, other: &Self) -> bool {
        let place = |layout: &Self| (layout.rows, layout.tokens, layout.measures.width, layout.measures.gutter);
        place(self) == place(other) && self.folds == other.folds
    }
}
