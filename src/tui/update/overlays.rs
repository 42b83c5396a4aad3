//! What is laid over the record: opening it, moving in it, answering it and closing it.

use super::Effect;
use crate::tui::app::{App, Background, Mode, Page};
use crate::tui::keymap::{Answer, Move};
use crate::tui::views;
use crate::tui::worker::Work;

/// Rows of a list that a page of it moves by.
const PAGE: usize = 10;

/// The place that a motion leads to among places up to `last`.
fn moved(at: usize, motion: Move, times: isize, page: usize, last: usize) -> usize {
    let by = |step: isize| at.saturating_add_signed(step.saturating_mul(times)).min(last);
    match motion {
        Move::Down | Move::Forward | Move::NextMessage => by(1),
        Move::Up | Move::Back | Move::PreviousMessage => by(-1),
        Move::PageDown => by(page as isize),
        Move::PageUp => by(-(page as isize)),
        Move::HalfDown => by((page / 2).max(1) as isize),
        Move::HalfUp => by(-((page / 2).max(1) as isize)),
        Move::First | Move::RowStart => 0,
        Move::Last | Move::RowEnd => last,
    }
}

impl App {
    /// Moves in what has the keys.
    pub(super) fn motion(&mut self, motion: Move, times: isize) -> Vec<Effect> {
        self.dialog.mode = match self.dialog.mode {
            Mode::Normal | Mode::Try => return self.move_cursor(motion, times),
            Mode::Prompt(..) => return Vec::new(),
            Mode::List(choice) => {
                let page = usize::from(self.areas().list.height).saturating_sub(1).max(1);
                Mode::List(moved(choice, motion, times, page, self.list.len().saturating_sub(1)))
            }
            Mode::Page(page, top) => {
                let screen = usize::from(self.panes.size.1.saturating_sub(3)).max(1);
                Mode::Page(page, moved(top, motion, times, screen, views::page::last_top(self, page)))
            }
            Mode::Leads(leads, choice) => {
                let page = usize::from(self.panes.size.1.saturating_sub(3)).max(1);
                let last = views::leads::length(self, leads).saturating_sub(1);
                Mode::Leads(leads, moved(choice, motion, times, page, last))
            }
            Mode::Source(top) => {
                let page = self.source_rows().saturating_sub(1).max(1);
                Mode::Source(moved(top, motion, times, page, self.last_source_row()))
            }
            Mode::Picker(choice) => {
                Mode::Picker(moved(choice, motion, times, PAGE, self.compared.choices().len().saturating_sub(1)))
            }
            Mode::Matrix(chosen) => {
                let last = self.matrix.as_ref().map_or(0, |counted| counted.question.policies.len().saturating_sub(1));
                let to = |at| moved(at, motion, times, PAGE, last);
                let (row, column) = match motion {
                    Move::Forward | Move::Back => (chosen.row, to(chosen.column)),
                    Move::First | Move::Last => (to(chosen.row), to(chosen.column)),
                    _ => (to(chosen.row), chosen.column),
                };
                Mode::Matrix(crate::tui::matrix::Chosen { row, column, ..chosen })
            }
        };
        Vec::new()
    }

    pub(super) fn open_help(&mut self) -> Vec<Effect> {
        let effects = self.leave();
        self.dialog.mode = Mode::Page(Page::Help, 0);
        effects
    }

    pub(super) fn open_words(&mut self) -> Vec<Effect> {
        self.dialog.mode = Mode::Page(Page::Words, 0);
        Vec::new()
    }

    pub(super) fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match (answer, &self.dialog.mode) {
            (Answer::Close, Mode::Normal) => self.close_inspector(),
            (Answer::Close, Mode::Try) => self.stop_trying(),
            (Answer::Close, _) => self.leave(),
            (Answer::Accept, _) => self.accept(),
            (Answer::Erase, _) => self.erase(),
            (Answer::Clear, _) => self.clear_line(),
            (Answer::OtherScope, _) => self.turn_scope(),
            (Answer::EveryPolicy, _) => self.count_all(),
        }
    }

    /// Goes back to the record.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        let was_counting = matches!(self.dialog.mode, Mode::Matrix(_)) && self.background == Background::Counting;
        self.dialog.mode = Mode::Normal;
        self.source = None;
        if was_counting {
            self.background = Background::Idle;
            return vec![Work::Cancel.into()];
        }
        Vec::new()
    }

    /// Takes what is chosen or typed.
    pub(super) fn accept(&mut self) -> Vec<Effect> {
        match self.dialog.mode.clone() {
            Mode::Normal | Mode::Page(..) | Mode::Source(_) => Vec::new(),
            Mode::Leads(leads, line) => self.follow_lead(leads, line),
            Mode::Try => self.keep_tried(),
            Mode::List(choice) => {
                self.dialog.mode = Mode::Normal;
                self.leave_place();
                self.list.record_at(choice).map_or_else(Vec::new, |record| self.open(record))
            }
            Mode::Matrix(chosen) => self.go_to_pair(chosen),
            Mode::Picker(choice) => self.pick(choice),
            Mode::Prompt(prompt, text) => {
                self.dialog.mode = Mode::Normal;
                self.typed(prompt, text)
            }
        }
    }
}
