//! What is laid over the record: opening it, moving in it, answering it and closing it.

use super::Effect;
use crate::tui::app::{App, Background, Mode, Page};
use crate::tui::keymap::{Answer, Move};
use crate::tui::notice::Notice;
use crate::tui::views;
use crate::tui::worker::Work;

/// Rows of a list that a page of it moves by.
const PAGE: usize = 10;

/// How many steps a count stands for.
pub(super) fn steps(count: Option<usize>) -> isize {
    count.map_or(1, |count| isize::try_from(count).unwrap_or(isize::MAX))
}

/// The place that a motion leads to among places up to `last`; a count before the keys of an end names a place, counted
/// from 1.
fn moved(at: usize, motion: Move, count: Option<usize>, page: usize, last: usize) -> usize {
    let by = |step: isize| at.saturating_add_signed(step.saturating_mul(steps(count))).min(last);
    let named = count.map(|count| count.saturating_sub(1).min(last));
    match motion {
        Move::Down | Move::Forward | Move::NextMessage => by(1),
        Move::Up | Move::Back | Move::PreviousMessage => by(-1),
        Move::PageDown => by(page as isize),
        Move::PageUp => by(-(page as isize)),
        Move::HalfDown => by((page / 2).max(1) as isize),
        Move::HalfUp => by(-((page / 2).max(1) as isize)),
        Move::First | Move::RowStart => named.unwrap_or(0),
        Move::Last | Move::RowEnd => named.unwrap_or(last),
    }
}

impl App {
    /// Moves in what has the keys.
    pub(super) fn motion(&mut self, motion: Move, count: Option<usize>) -> Vec<Effect> {
        let is_end = matches!(motion, Move::First | Move::Last);
        self.dialog.mode = match std::mem::take(&mut self.dialog.mode) {
            mode @ (Mode::Normal | Mode::Try) => {
                self.dialog.mode = mode;
                return self.move_cursor(motion, count);
            }
            mode @ Mode::Prompt(..) => mode,
            Mode::List(choice) if is_end && count.is_some() => self.choose_record(choice, count),
            Mode::List(choice) => {
                let page = usize::from(self.areas().list.height).saturating_sub(1).max(1);
                Mode::List(moved(choice, motion, count, page, self.list.len().saturating_sub(1)))
            }
            Mode::Page(page, top) => {
                let screen = usize::from(self.panes.size.1.saturating_sub(3)).max(1);
                Mode::Page(page, moved(top, motion, count, screen, views::page::last_top(self, page)))
            }
            Mode::Leads(leads, choice) => {
                let page = usize::from(self.panes.size.1.saturating_sub(3)).max(1);
                let last = views::leads::length(self, leads).saturating_sub(1);
                Mode::Leads(leads, moved(choice, motion, count, page, last))
            }
            Mode::Source(top) => {
                let page = self.source_rows().saturating_sub(1).max(1);
                // A count names a line of the text, of which a long one has several rows.
                let count = if is_end { count.map(|line| self.row_of_line(line) + 1) } else { count };
                Mode::Source(moved(top, motion, count, page, self.last_source_row()))
            }
            Mode::Picker(picking) => {
                let last = picking.choices().len().saturating_sub(1);
                let place = moved(picking.place(), motion, count, PAGE, last);
                Mode::Picker(picking.at(place))
            }
            Mode::Matrix(chosen) => {
                let last = self.matrix.as_ref().map_or(0, |counted| counted.question.policies.len().saturating_sub(1));
                let to = |at| moved(at, motion, count, PAGE, last);
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

    /// The list with the choice on the record of a number.
    fn choose_record(&mut self, choice: usize, number: Option<usize>) -> Mode {
        let record = number.and_then(|number| number.checked_sub(1));
        let position = record.and_then(|record| self.list.position_of(record)).filter(|at| *at < self.list.len());
        if position.is_none() {
            self.dialog.notice = number.map(Notice::NotListed);
        }
        Mode::List(position.unwrap_or(choice))
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
            (Answer::Close, Mode::Normal) => self.close_or_clear(),
            (Answer::Close, Mode::Try) => self.stop_trying(),
            (Answer::Close, _) => self.leave(),
            (Answer::Accept, _) => self.accept(),
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
            Mode::Picker(picking) => self.pick(&picking),
            Mode::Prompt(prompt, typed) => {
                self.dialog.mode = Mode::Normal;
                self.dialog.history.remember(prompt.topic(), typed.text());
                self.entered(prompt, typed.text().to_owned())
            }
        }
    }
}
