//! What passes between the viewer and the reader: what has the keys, and what is said.

use crate::tui::matrix::Chosen;
use crate::tui::notice::Notice;

/// What has the keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mode {
    /// The record.
    #[default]
    Normal,
    /// A page with the line that is its first on screen.
    Page(Page, usize),
    /// The matrix, with the chosen pair.
    Matrix(Chosen),
    /// The list of policies, with the place of the choice.
    Picker(usize),
    /// A line that asks for something.
    Prompt(Prompt, String),
}

/// What a prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// A record's number.
    Record,
    /// A text to search for.
    Search,
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
    /// The text searched for last.
    pub(in crate::tui) searched: String,
}

impl Dialog {
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
}
