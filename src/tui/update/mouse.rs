//! The mouse.

use super::Effect;
use crate::tui::app::{App, Mode};
use crate::tui::keymap::Move;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

/// Rows that a turn of the mouse wheel moves.
const WHEEL: usize = 3;

impl App {
    pub(super) fn mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        let position = Position::new(event.column, event.row);
        match (event.kind, &self.dialog.mode) {
            (MouseEventKind::ScrollDown, Mode::Page(..)) => self.motion(Move::Down, 1),
            (MouseEventKind::ScrollUp, Mode::Page(..)) => self.motion(Move::Up, 1),
            (MouseEventKind::ScrollDown, Mode::Normal) => self.wheel(position, 1),
            (MouseEventKind::ScrollUp, Mode::Normal) => self.wheel(position, -1),
            (MouseEventKind::Down(MouseButton::Left), Mode::Normal) => self.click(position),
            _ => Vec::new(),
        }
    }

    fn wheel(&mut self, position: Position, step: isize) -> Vec<Effect> {
        if self.areas().list.contains(position) {
            return self.move_records(step);
        }
        self.scroll_by(step * WHEEL as isize)
    }

    fn click(&mut self, position: Position) -> Vec<Effect> {
        let areas = self.areas();
        if areas.list.contains(position) {
            let row = self.listed().start + usize::from(position.y - areas.list.y);
            return self.list.record_at(row).map_or_else(Vec::new, |record| self.open(record));
        }
        if let Some(token) = self.token_at(areas.body, position) {
            return self.move_to(token);
        }
        Vec::new()
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
