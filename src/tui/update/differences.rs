//! Going to the next and the previous difference, across records.

use super::Effect;
use crate::paint::Scene;
use crate::tui::app::{App, Background, Landing};
use crate::tui::worker::Direction;

impl App {
    pub(super) fn next_difference(&mut self) -> Vec<Effect> {
        let found = self.scene().and_then(|scene| next_run(&scene, self.cursor));
        match found {
            Some(token) => self.move_to(token),
            None => self.search_records(Some(self.index + 1), Direction::Forward),
        }
    }

    pub(super) fn previous_difference(&mut self) -> Vec<Effect> {
        let found = self.scene().and_then(|scene| previous_run(&scene, self.cursor));
        match found {
            Some(token) => self.move_to(token),
            None => self.search_records(self.index.checked_sub(1), Direction::Backward),
        }
    }

    fn search_records(&mut self, from: Option<usize>, direction: Direction) -> Vec<Effect> {
        let past_end = |from: usize| self.progress.complete && from >= self.progress.records;
        let Some(from) = from.filter(|from| !past_end(*from) && self.compared.0 != self.compared.1) else {
            self.no_difference(direction);
            return Vec::new();
        };
        self.background = Background::Searching(from);
        vec![Effect::FindDifference(from, direction)]
    }

    pub(super) fn no_difference(&mut self, direction: Direction) {
        self.notice = Some(match direction {
            _ if self.compared.0 == self.compared.1 => "there is one policy only; P picks another".to_owned(),
            Direction::Forward => "no further difference between A and B".to_owned(),
            Direction::Backward => "no earlier difference between A and B".to_owned(),
        });
    }

    /// Puts the cursor where the record was opened for.
    pub(super) fn land(&mut self) {
        let Some(scene) = self.scene() else { return };
        let token = match self.landing {
            Landing::Start => Some(0),
            Landing::Difference(Direction::Forward) => {
                (0..scene.sequence.len()).find(|token| scene.change(*token).is_some())
            }
            Landing::Difference(Direction::Backward) => previous_run(&scene, scene.sequence.len()),
        };
        self.landing = Landing::Start;
        self.move_to(token.unwrap_or(0));
    }
}

/// The first token of the next run of tokens that change in the same way.
fn next_run(scene: &Scene<'_>, cursor: usize) -> Option<usize> {
    let mut before = scene.change(cursor);
    (cursor + 1..scene.sequence.len()).find(|&token| {
        let change = scene.change(token);
        let starts = change.is_some() && change != before;
        before = change;
        starts
    })
}

/// The first token of the run before the cursor, or of the cursor's own run if it stands further in.
fn previous_run(scene: &Scene<'_>, cursor: usize) -> Option<usize> {
    let starts = |token: usize| {
        let change = scene.change(token);
        change.is_some() && (token == 0 || scene.change(token - 1) != change)
    };
    (0..cursor).rev().find(|&token| starts(token))
}
