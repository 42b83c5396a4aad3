//! What is shown of the data set: a record, in a view, with a cursor.

use crate::paint::views::{Folding, Layout, VIEWS, View};
use crate::pipeline::Encoded;
use crate::tui::worker::{Direction, Opened, Preview};
use std::sync::Arc;

/// What the viewer has of the current record.
#[derive(Debug, Clone, Default)]
pub enum Content {
    /// It is being read.
    #[default]
    Waiting,
    /// As it stands in the file.
    Preview(Arc<Preview>),
    /// With its tokens, or with what is wrong with it.
    Opened {
        /// The answer on show.
        shown: Arc<Opened>,
        /// The other answer of a preference record.
        other: Option<Arc<Opened>>,
    },
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// A token that differs between A and B.
    Difference,
    /// A match of the pattern searched for.
    Match,
    /// A finding.
    Finding,
}

/// Where the cursor goes when a record opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Landing {
    /// To the first token.
    #[default]
    Start,
    /// To the first difference, or else to the first finding.
    Notable,
    /// To this token, or to the last one before it that is there.
    Token(usize),
    /// To the first or the last of what was looked for, and from there so many further.
    At(Goal, Direction, usize),
}

/// What is shown of the data set.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The record that was asked for last, counted from 0. The content is of the one before until this one is there.
    pub(in crate::tui) record: usize,
    /// What there is of it.
    pub(in crate::tui) content: Content,
    /// Where the cursor goes when it is there.
    pub(in crate::tui) landing: Landing,
    /// The place of the view in [`VIEWS`].
    pub(in crate::tui) view: usize,
    /// What is folded.
    pub(in crate::tui) folding: Folding,
    /// Tokens whose folds are open.
    pub(in crate::tui) unfolded: Vec<usize>,
    /// The rows of the content in the view.
    pub(in crate::tui) layout: Layout,
    /// The token under the cursor.
    pub(in crate::tui) cursor: usize,
    /// The first row on screen.
    pub(in crate::tui) scroll: usize,
}

impl Shown {
    /// The record that was asked for last, counted from 0.
    #[must_use]
    pub fn record(&self) -> usize {
        self.record
    }

    /// What there is of the record.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The record with its tokens, where they are known.
    #[must_use]
    pub fn opened(&self) -> Option<&Arc<Opened>> {
        match &self.content {
            Content::Opened { shown, .. } => Some(shown),
            Content::Waiting | Content::Preview(_) => None,
        }
    }

    /// The tokens of the record, where it has any.
    #[must_use]
    pub fn encoded(&self) -> Option<&Encoded> {
        self.opened()?.content.as_ref().ok().map(|(encoded, _)| encoded)
    }

    /// The view.
    #[must_use]
    pub fn view(&self) -> &'static View {
        VIEWS[self.view]
    }

    /// What is folded.
    #[must_use]
    pub fn folding(&self) -> Folding {
        self.folding
    }

    /// The rows of the record in the view.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The token under the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first row on screen.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }
}
