//! Trying a boundary: the newline of the markers, the shifts of start and end, live.

use super::Effect;
use crate::paint::markers_in_words;
use crate::policies::Boundary;
use crate::tui::app::{App, Mode};
use crate::tui::notice::{self, Notice};

/// Shifts further out than this are no slip of one or two tokens any more.
const FURTHEST: i32 = 99;

impl App {
    /// Begins to try a boundary.
    pub(super) fn open_trying(&mut self) -> Vec<Effect> {
        self.before_trying = Some(Box::new(self.compared.clone()));
        self.dialog.mode = Mode::Try;
        Vec::new()
    }

    /// Goes back to what was compared before a boundary was tried.
    pub(super) fn stop_trying(&mut self) -> Vec<Effect> {
        self.dialog.mode = Mode::Normal;
        match self.before_trying.take() {
            Some(before) if self.compared.age() != before.age() => {
                self.compared.restore(*before);
                self.dialog.notice = Some(Notice::Reset);
                self.compare_anew()
            }
            _ => Vec::new(),
        }
    }

    /// Keeps what was tried.
    pub(super) fn keep_tried(&mut self) -> Vec<Effect> {
        self.before_trying = None;
        self.dialog.mode = Mode::Normal;
        Vec::new()
    }

    pub(super) fn switch_newline(&mut self) -> Vec<Effect> {
        self.compared.switch_newline();
        let form = self.compared.form();
        let markers = self.engine.as_ref().map(|engine| markers_in_words(engine.markers().form(form)));
        self.dialog.notice = markers.map(Notice::Markers);
        self.compare_anew()
    }

    /// Moves the boundary of the policy on show: a policy of its own takes that one's place.
    pub(super) fn nudge(&mut self, start: i32, end: i32) -> Vec<Effect> {
        let policy = self.compared.policy(self.compared.side());
        let Some(boundary) = policy.boundary() else {
            let notice = notice::no_boundary(self.keys(), policy.name());
            return self.say(notice);
        };
        let moved = Boundary {
            start_shift: boundary.start_shift.saturating_add(start).clamp(-FURTHEST, FURTHEST),
            end_shift: boundary.end_shift.saturating_add(end).clamp(-FURTHEST, FURTHEST),
            ..boundary
        };
        self.dialog.notice = Some(Notice::Boundary { start: moved.start_shift, end: moved.end_shift });
        self.compared.try_boundary(moved);
        self.compare_anew()
    }

    pub(super) fn reset_policies(&mut self) -> Vec<Effect> {
        self.compared.reset();
        self.dialog.notice = Some(Notice::Reset);
        self.compare_anew()
    }
}
