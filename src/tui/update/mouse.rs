//! The mouse.

use super::Effect;
use crate::tui::app::{App, Mode};
use crate::tui::keymap::{Call, Move};
use crate::tui::matrix::Chosen;
use crate::tui::views;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

/// Rows that a turn of the mouse wheel moves.
const WHEEL: usize = 3;

impl App {
    pub(super) fn mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        let position = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::ScrollDown => self.wheel(position, 1),
            MouseEventKind::ScrollUp => self.wheel(position, -1),
            MouseEventKind::Down(MouseButton::Left) => self.click(position),
            _ => Vec::new(),
        }
    }

    fn wheel(&mut self, position: Position, step: isize) -> Vec<Effect> {
        match self.dialog.mode {
            Mode::Normal | Mode::Try if self.areas().list.contains(position) => self.move_records(step),
            Mode::Normal | Mode::Try => self.scroll_by(step * WHEEL as isize),
            _ => self.motion(if step < 0 { Move::Up } else { Move::Down }, None),
        }
    }

    fn click(&mut self, position: Position) -> Vec<Effect> {
        if let Some(command) = views::command_at(self, position) {
            self.dialog.notice = None;
            return self.call(Call::from(command));
        }
        match self.dialog.mode.clone() {
            Mode::Normal | Mode::Try => self.click_on_record(position),
            Mode::List(_) => {
                let place = self.row_of_list(position);
                place.map_or_else(Vec::new, |place| self.take(Mode::List(place)))
            }
            Mode::Picker(picking) => {
                let choice = views::picker::choice_at(self, position);
                choice.map_or_else(Vec::new, |choice| self.take(Mode::Picker(picking.at(choice))))
            }
            Mode::Matrix(chosen) => {
                let pair = views::matrix::pair_at(self, chosen, position);
                pair.map_or_else(Vec::new, |pair| self.choose(pair))
            }
            Mode::Leads(leads, choice) => {
                let line = views::leads::line_at(self, leads, choice, position.y);
                line.map_or_else(Vec::new, |line| self.take(Mode::Leads(leads, line)))
            }
            Mode::Page(..) | Mode::Source(_) | Mode::Prompt(..) => Vec::new(),
        }
    }

    /// Takes what was clicked on.
    fn take(&mut self, mode: Mode) -> Vec<Effect> {
        self.dialog.mode = mode;
        self.accept()
    }

    /// Chooses a pair of the matrix, and takes it where it was chosen before.
    fn choose(&mut self, pair: Chosen) -> Vec<Effect> {
        let pair = Mode::Matrix(pair);
        if self.dialog.mode == pair {
            return self.accept();
        }
        self.dialog.mode = pair;
        Vec::new()
    }

    /// The position in the list of the row that was clicked on.
    fn row_of_list(&self, position: Position) -> Option<usize> {
        let list = self.areas().list;
        let row = list.contains(position).then(|| self.listed().start + usize::from(position.y - list.y))?;
        (row < self.list.len()).then_some(row)
    }

    fn click_on_record(&mut self, position: Position) -> Vec<Effect> {
        if let Some(row) = self.row_of_list(position) {
            self.leave_place();
            return self.list.record_at(row).map_or_else(Vec::new, |record| self.open(record));
        }
        match self.token_at(self.areas().body, position) {
            Some(token) => self.move_to(token),
            None => Vec::new(),
        }
    }

    fn token_at(&self, body: Rect, position: Position) -> Option<usize> {
        if !body.contains(position) {
            return None;
        }
        let scene = self.scene()?;
        let row = self.shown.scroll + usize::from(position.y - body.y) / self.shown.layout.measures.row_height.max(1);
        if row >= self.shown.layout.rows() {
            return None;
        }
        (self.shown.view().token_at)(&scene, &self.shown.layout, row, usize::from(position.x - body.x))
    }
}
