//! How the state changes: one pure function of state and action, which gives what is to be done outside.

mod boundary;
mod differences;
mod keys;
mod matrix;
mod moves;
mod policies;
mod prompt;
mod reports;

use super::app::{App, Background};
use super::keymap::Command;
use super::worker::{Direction, Report};
use crate::dataset::Progress;
use crate::policies::Policy;
use crossterm::event::{KeyEvent, MouseEvent};
use std::ops::Range;

/// What happens to the viewer.
#[derive(Debug)]
pub enum Action {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was used.
    Mouse(MouseEvent),
    /// The screen has this many columns and rows now.
    Resize(u16, u16),
    /// A thread has something to tell.
    Report(Report),
    /// The index has grown.
    Progress(Progress),
    /// What a key stands for; for tests and for whoever drives the viewer.
    Command(Command),
}

/// What is to be done outside of the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Open a record, counted from 0.
    Open(usize),
    /// Work out masks of the record on show, counted from 0.
    WorkOut(usize, Vec<Policy>),
    /// Find out what the masks of A and B mean.
    Tell,
    /// Find out the lines of the list.
    Summarise(Range<usize>),
    /// Find the next record with a difference, from this one on.
    FindDifference(usize, Direction),
    /// Count on which tokens policies disagree.
    Count,
    /// Stop what the background does.
    Cancel,
    /// Give the terminal to the shell until it lets the viewer go on.
    Suspend,
    /// Leave.
    Quit,
}

impl App {
    /// Takes an action in. Nothing else changes the state.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = match action {
            Action::Key(event) => self.key(event),
            Action::Mouse(event) => self.mouse(event),
            Action::Resize(width, height) => self.resize((width, height)),
            Action::Report(report) => self.report(report),
            Action::Progress(progress) => self.grow(progress),
            Action::Command(command) => self.command(command),
        };
        effects.extend(self.missing_masks());
        effects.extend(self.missing_words());
        effects.extend(self.missing_summaries());
        effects
    }

    fn resize(&mut self, size: (u16, u16)) -> Vec<Effect> {
        self.size = size;
        self.lay_out();
        Vec::new()
    }

    fn grow(&mut self, progress: Progress) -> Vec<Effect> {
        self.progress = progress;
        Vec::new()
    }

    /// Asks for the lines of the list that are on screen and not known, when the background is free.
    fn missing_summaries(&mut self) -> Option<Effect> {
        if matches!(self.background, Background::Searching(_) | Background::Counting) || self.engine.is_none() {
            return None;
        }
        let listed = self.listed();
        let first = listed.clone().find(|index| !self.summaries.contains_key(index))?;
        let last = listed.rev().find(|index| !self.summaries.contains_key(index))?;
        let wanted = first..last + 1;
        if let Background::Summaries(busy) = &self.background
            && busy.start <= wanted.start
            && busy.end >= wanted.end
        {
            return None;
        }
        self.background = Background::Summaries(wanted.clone());
        Some(Effect::Summarise(wanted))
    }
}
