//! The views of a record. A view is one file here and one line in [`VIEWS`].

mod cells;
mod flow;
mod lanes;
mod pairs;
mod table;

use super::scene::Scene;
use ratatui::text::Line;
use std::ops::Range;

/// One way to look at a sequence.
#[derive(Debug)]
pub struct View {
    /// Its name, as `print --format` takes it.
    pub name: &'static str,
    /// What it shows, in one line.
    pub summary: &'static str,
    /// The rows of a sequence in that many columns.
    pub layout: fn(&Scene<'_>, usize) -> Layout,
    /// A line that stays above the rows; `None` when the view needs none.
    pub heading: fn(&Scene<'_>, usize) -> Option<Line<'static>>,
    /// The lines of one row; as many as the layout's row height.
    pub row: fn(&Scene<'_>, &Layout, usize) -> Vec<Line<'static>>,
    /// The token at a column of a row.
    pub token_at: fn(&Scene<'_>, &Layout, usize, usize) -> Option<usize>,
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
    /// The first token of each row.
    starts: Vec<u32>,
    /// The number of tokens.
    tokens: usize,
    /// Lines that each row takes.
    pub row_height: usize,
    /// Columns that a row may take.
    pub width: usize,
    /// Columns of the gutter.
    pub gutter: usize,
}

impl Layout {
    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.starts.len()
    }

    /// The tokens of a row; none past the last.
    #[must_use]
    pub fn row(&self, row: usize) -> Range<usize> {
        let start = self.starts.get(row).map_or(self.tokens, |start| *start as usize);
        let end = self.starts.get(row + 1).map_or(self.tokens, |start| *start as usize);
        start..end
    }

    /// The row that a token stands in.
    #[must_use]
    pub fn row_of(&self, token: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= token).saturating_sub(1)
    }

    /// One token a row.
    fn one_per_row(tokens: usize, width: usize) -> Self {
        Self { starts: (0..tokens as u32).collect(), tokens, row_height: 1, width, gutter: 0 }
    }
}
