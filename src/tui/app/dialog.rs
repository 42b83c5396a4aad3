//! What passes between the viewer and the reader: what has the keys, and what is said.

use super::{History, Picking, Topic, Typed};
use crate::filter::Filter;
use crate::tui::keymap::{Context, Pending};
use crate::tui::matrix::Chosen;
use crate::tui::notice::Notice;
use crate::tui::views::leads::Leads;
use crate::tui::worker::Direction;

/// What has the keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mode {
    /// The record.
    #[default]
    Normal,
    /// The record, while a boundary is tried.
    Try,
    /// The list of records, with the position of the choice.
    List(usize),
    /// A page with the line that is its first on screen.
    Page(Page, usize),
    /// A report over the data set, with the line of the choice.
    Leads(Leads, usize),
    /// A text behind the record, with the row that is its first on screen.
    Source(usize),
    /// The matrix, with the chosen pair.
    Matrix(Chosen),
    /// The list of policies.
    Picker(Picking),
    /// A line that asks for something.
    Prompt(Prompt, Typed),
}

impl Mode {
    /// Which keys work.
    #[must_use]
    pub fn context(&self) -> Context {
        match self {
            Self::Normal => Context::Viewer,
            Self::Try => Context::Try,
            Self::List(_) => Context::List,
            Self::Page(..) | Self::Source(_) => Context::Pages,
            Self::Leads(..) => Context::Report,
            Self::Matrix(_) => Context::Matrix,
            Self::Picker(_) => Context::Picker,
            Self::Prompt(..) => Context::Prompt,
        }
    }
}

/// What a prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// A place to go to.
    Line,
    /// A pattern to search for.
    Search(Direction),
    /// The terms of a filter.
    Filter,
    /// The file that a picture is written to.
    Export(Exported),
}

impl Prompt {
    /// What its lines are about, so that each kind has a history.
    #[must_use]
    pub fn topic(self) -> Topic {
        match self {
            Self::Line => Topic::Place,
            Self::Search(_) => Topic::Pattern,
            Self::Filter => Topic::Terms,
            Self::Export(_) => Topic::File,
        }
    }
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exported {
    /// The screen as it is.
    Screen,
    /// The whole record in its view.
    Record,
}

/// A text that is laid over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The keys, and how to read the screen.
    Help,
    /// What the masks mean.
    Words,
}

/// What passes between the viewer and the reader.
#[derive(Debug, Clone, Default)]
pub struct Dialog {
    /// What has the keys.
    pub(in crate::tui) mode: Mode,
    /// What is said until the next key.
    pub(in crate::tui) notice: Option<Notice>,
    /// The keys that wait for others.
    pub(in crate::tui) pending: Pending,
    /// The lines that were entered.
    pub(in crate::tui) history: History,
}

impl Dialog {
    /// At the start: what is said, and the filter in force, which can be called back as if it had been typed.
    pub(in crate::tui) fn new(notice: Option<Notice>, filter: &Filter) -> Self {
        let mut history = History::default();
        history.remember(Topic::Terms, &filter.to_string());
        Self { notice, history, ..Self::default() }
    }

    /// What has the keys.
    #[must_use]
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// What is said until the next key.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The keys that wait for others.
    #[must_use]
    pub fn pending(&self) -> &Pending {
        &self.pending
    }
}
