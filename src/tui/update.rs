//! How the state changes: one pure function of state and action, which gives what is to be done outside.

mod boundary;
mod copying;
mod files;
mod goals;
mod keys;
mod looks;
mod matrix;
mod mouse;
mod moves;
mod overlays;
mod places;
mod policies;
mod prompt;
mod reports;
mod saving;
mod source;
mod surveys;

pub use saving::{Over, Save, Unsaved};

use super::app::{App, Background, Order};
use super::keymap::{Call, Command};
use super::notice::Notice;
use super::worker::{Arranging, Report, Tallying, Work};
use crate::dataset::{FileChange, Progress};
use crate::error::Error;
use crate::paint::Ground;
use crossterm::event::{KeyEvent, MouseEvent};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// What happens to the viewer.
#[derive(Debug)]
pub enum Action {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used.
    Mouse(MouseEvent),
    /// The screen has this many columns and rows now.
    Resize(u16, u16),
    /// A thread has something to tell.
    Report(Report),
    /// The index has grown.
    Progress(Progress),
    /// Lines were appended: the records from this one on, counted from 0, may be others than before.
    Appended(usize, Progress),
    /// The terminal has this background.
    Ground(Ground),
    /// A picture was written, with these characters as boxes, or cannot be.
    Saved(PathBuf, Result<BTreeSet<char>, Unsaved>),
    /// A file is not what it was.
    FileChanged(FileChange),
    /// The data set was opened again.
    Reloaded(Progress),
    /// It cannot be opened again, for this reason.
    NotReloaded(Error),
    /// The list is to have these records in this order.
    Arrange(Order),
    /// The cursor is to go to this token, counted from 0.
    GoToToken(usize),
    /// What a key stands for; for tests and for whoever drives the viewer.
    Command(Command),
}

/// What is to be done outside of the state.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Have the threads do something.
    Work(Work),
    /// Put this on the terminal's clipboard.
    Copy(String),
    /// Draw everything anew.
    Redraw,
    /// Give the terminal to the shell until it lets the viewer go on.
    Suspend,
    /// Open the data set again.
    Reload,
    /// Draw a picture and write it.
    Save(Box<Save>),
    /// Leave.
    Quit,
}

impl From<Work> for Effect {
    fn from(work: Work) -> Self {
        Self::Work(work)
    }
}

impl App {
    /// Takes an action in. Nothing else changes the state.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = match action {
            Action::Key(event) => self.key(event),
            Action::Paste(text) => self.paste(&text),
            Action::Mouse(event) => self.mouse(event),
            Action::Resize(width, height) => self.resize((width, height)),
            Action::Report(report) => self.report(report),
            Action::Progress(progress) => self.grow(progress),
            Action::Appended(from, progress) => self.appended(from, progress),
            Action::Ground(ground) => self.take_ground(ground),
            Action::Saved(path, saved) => self.saved(&path, &saved),
            Action::FileChanged(change) => self.file_changed(change),
            Action::Reloaded(progress) => self.reloaded(progress),
            Action::NotReloaded(error) => self.say(Notice::NotReloaded(self.given.language.say(&error).into())),
            Action::Arrange(order) => self.arrange(order),
            Action::GoToToken(token) => self.move_to(token),
            Action::Command(command) => self.call(Call::from(command)),
        };
        let wanted = [
            self.missing_masks(),
            self.missing_words(),
            self.missing_beside(),
            self.missing_summaries(),
            self.missing_arrangement(),
            self.missing_tally(),
            self.missing_rows(),
        ];
        effects.extend(wanted.into_iter().flatten().map(Effect::Work));
        effects
    }

    fn resize(&mut self, size: (u16, u16)) -> Vec<Effect> {
        self.panes.size = size;
        self.lay_out();
        self.fit_source();
        Vec::new()
    }

    fn arrange(&mut self, order: Order) -> Vec<Effect> {
        self.list.arrange(order);
        Vec::new()
    }

    /// Takes the theme for the terminal's background, where none is named.
    fn take_ground(&mut self, ground: Ground) -> Vec<Effect> {
        if let Some(themes) = &self.given.by_ground {
            self.given.theme = themes.of(ground).clone();
        }
        Vec::new()
    }

    /// Says something to the reader; a way to end an action that does nothing else.
    fn say(&mut self, notice: Notice) -> Vec<Effect> {
        self.dialog.notice = Some(notice);
        Vec::new()
    }

    /// Asks for the masks that are missing, once.
    fn missing_masks(&mut self) -> Option<Work> {
        let policies = self.lanes.take_wanted()?;
        let opened = Arc::clone(self.shown.opened()?);
        Some(Work::WorkOut { record: self.shown.record, opened, policies })
    }

    /// Asks for what the masks mean, once.
    fn missing_words(&mut self) -> Option<Work> {
        let (masks, age) = self.meaning.take_wanted()?;
        Some(Work::Tell { masks, age })
    }

    /// Asks for the records that the list is to have, once.
    fn missing_arrangement(&mut self) -> Option<Work> {
        self.engine.as_ref()?;
        let (age, from) = self.arrangement.take_wanted()?;
        let (filter, sort) = (self.arrangement.filter().clone(), self.arrangement.sort());
        Some(Work::Arrange(Arranging { filter, sort, comparison: self.compared.comparison(), from, age }))
    }

    /// Asks for the matches of a search, once.
    fn missing_tally(&mut self) -> Option<Work> {
        self.engine.as_ref()?;
        if !std::mem::take(&mut self.tally_wanted) {
            return None;
        }
        let search = self.search.as_mut()?;
        search.count(crate::tui::app::Tally::default());
        let (pattern, filter) = (Arc::clone(search.pattern()), self.arrangement.filter().clone());
        Some(Work::Tally(Tallying { pattern, filter, comparison: self.compared.comparison() }))
    }

    /// Asks for the lines of the list that are on screen and not known, when the background is free.
    fn missing_summaries(&mut self) -> Option<Work> {
        if matches!(self.background, Background::Searching { .. } | Background::Counting) || self.engine.is_none() {
            return None;
        }
        let listed = self.listed().filter_map(|position| self.list.record_at(position));
        let records: Vec<usize> = listed.filter(|record| self.list.summary(*record).is_none()).collect();
        let is_asked =
            |record: &usize| matches!(&self.background, Background::Summaries(busy) if busy.contains(record));
        if records.iter().all(is_asked) {
            return None;
        }
        self.background = Background::Summaries(records.clone());
        Some(Work::Summarise { records, comparison: self.compared.comparison() })
    }
}
