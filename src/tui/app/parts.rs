//! The parts of the state, as drawing and tests read them.

use super::{
    App, Arrangement, Background, Compared, Dialog, Following, Given, Inspector, Lanes, List, Meaning, Search, Shown,
    Visited,
};
use crate::lints::Finding;
use crate::paint::Theme;
use crate::pipeline::Engine;
use crate::tui::keymap::{Context, KeyMap};
use crate::tui::matrix::Counted;
use crate::tui::source::SourceText;
use crate::words::Language;
use std::sync::Arc;

impl App {
    /// What is given at the start and stays.
    #[must_use]
    pub fn given(&self) -> &Given {
        &self.given
    }

    /// The colours.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.given.theme
    }

    /// The language of what is said.
    #[must_use]
    pub fn language(&self) -> Language {
        self.given.language
    }

    /// The tokenizer and template, once loaded.
    #[must_use]
    pub fn engine(&self) -> Option<&Arc<Engine>> {
        self.engine.as_ref()
    }

    /// What is compared.
    #[must_use]
    pub fn compared(&self) -> &Compared {
        &self.compared
    }

    /// What is shown.
    #[must_use]
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The masks of the record on show.
    #[must_use]
    pub fn lanes(&self) -> &Lanes {
        &self.lanes
    }

    /// What they mean.
    #[must_use]
    pub fn meaning(&self) -> &Meaning {
        &self.meaning
    }

    /// The list of records.
    #[must_use]
    pub fn list(&self) -> &List {
        &self.list
    }

    /// Which records the list has.
    #[must_use]
    pub fn arrangement(&self) -> &Arrangement {
        &self.arrangement
    }

    /// What is searched for.
    #[must_use]
    pub fn search(&self) -> Option<&Search> {
        self.search.as_ref()
    }

    /// Places that the reader comes back to.
    #[must_use]
    pub fn visited(&self) -> &Visited {
        &self.visited
    }

    /// What was counted for the matrix, if it was opened.
    #[must_use]
    pub fn matrix(&self) -> Option<&Counted> {
        self.matrix.as_ref()
    }

    /// What the background is busy with.
    #[must_use]
    pub fn background(&self) -> &Background {
        &self.background
    }

    /// A text behind the record, where one is on show.
    #[must_use]
    pub fn source(&self) -> Option<&SourceText> {
        self.source.as_ref()
    }

    /// Whether what is appended is followed.
    #[must_use]
    pub fn following(&self) -> Following {
        self.following
    }

    /// What has the keys, and what is said.
    #[must_use]
    pub fn dialog(&self) -> &Dialog {
        &self.dialog
    }

    /// The keys.
    #[must_use]
    pub fn keys(&self) -> &KeyMap {
        &self.given.keys
    }

    /// Which keys work.
    #[must_use]
    pub fn context(&self) -> Context {
        self.dialog.mode.context()
    }

    /// Columns and rows of the screen.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.panes.size
    }

    /// How much of the token the inspector shows.
    #[must_use]
    pub fn inspector(&self) -> Inspector {
        self.panes.inspector
    }

    /// What is found in the record and in the masks of A and B, once that is known.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.meaning.findings()
    }
}
