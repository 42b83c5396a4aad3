//! Marks, and the way back through places that were jumped from.

use super::Effect;
use crate::tui::app::{App, Place};
use crate::tui::notice::Notice;

impl App {
    fn here(&self) -> Place {
        Place { record: self.shown.record, token: self.shown.cursor }
    }

    /// Remembers the place that is jumped from.
    pub(super) fn leave_place(&mut self) {
        let here = self.here();
        self.visited.leave(here);
    }

    pub(super) fn mark(&mut self, letter: Option<char>) -> Vec<Effect> {
        let Some(letter) = letter else { return Vec::new() };
        let here = self.here();
        self.visited.mark(letter, here);
        self.say(Notice::Marked(letter))
    }

    pub(super) fn go_to_mark(&mut self, letter: Option<char>) -> Vec<Effect> {
        let Some(letter) = letter else { return Vec::new() };
        match self.visited.marked(letter) {
            Some(place) => {
                self.leave_place();
                self.go_to_place(place)
            }
            None => self.say(Notice::NoMark(letter)),
        }
    }

    pub(super) fn go_back(&mut self, times: usize) -> Vec<Effect> {
        let here = self.here();
        match self.visited.back(here, times) {
            Some(place) => self.go_to_place(place),
            None => self.say(Notice::NoPlaceBefore),
        }
    }

    pub(super) fn go_onward(&mut self, times: usize) -> Vec<Effect> {
        let here = self.here();
        match self.visited.onward(here, times) {
            Some(place) => self.go_to_place(place),
            None => self.say(Notice::NoPlaceAfter),
        }
    }
}
