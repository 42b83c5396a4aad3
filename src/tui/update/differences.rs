//! Going to the next and the previous difference, across records.

use super::Effect;
use crate::paint::{Scene, Side};
use crate::policies::Changes;
use crate::tui::app::{App, Background, Landing};
use crate::tui::notice::{self, Notice};
use crate::tui::worker::{Direction, Work};

impl App {
    /// Goes to the next or the previous difference, in other records too.
    pub(super) fn find_difference(&mut self, direction: Direction) -> Vec<Effect> {
        let record = self.shown.record;
        let (run, beyond): (fn(&Scene<'_>, usize) -> Option<usize>, _) = match direction {
            Direction::Forward => (next_run, Some(record + 1)),
            Direction::Backward => (previous_run, record.checked_sub(1)),
        };
        match self.scene().and_then(|scene| run(&scene, self.shown.cursor)) {
            Some(token) => self.move_to(token),
            None => self.search_records(beyond, direction),
        }
    }

    fn search_records(&mut self, from: Option<usize>, direction: Direction) -> Vec<Effect> {
        let progress = self.list.progress();
        let past_end = |from: usize| progress.complete && from >= progress.records;
        let Some(from) = from.filter(|from| !past_end(*from) && self.compared.is_pair()) else {
            return self.no_difference(direction);
        };
        self.background = Background::Searching(from);
        vec![Work::FindDifference { from, direction, comparison: self.compared.comparison() }.into()]
    }

    pub(super) fn no_difference(&mut self, direction: Direction) -> Vec<Effect> {
        self.say(match direction {
            _ if !self.compared.is_pair() => notice::one_policy_only(self.keys()),
            Direction::Forward => Notice::NoLaterDifference,
            Direction::Backward => Notice::NoEarlierDifference,
        })
    }

    /// Puts the cursor where the record was opened for.
    pub(super) fn land(&mut self) {
        let Some(scene) = self.scene() else { return };
        let token = match self.shown.landing {
            Landing::Start => Some(0),
            Landing::Token(token) => Some(token.min(scene.sequence.len().saturating_sub(1))),
            Landing::Difference(Direction::Forward) => {
                if scene.change(0).is_some() {
                    Some(0)
                } else {
                    next_run(&scene, 0)
                }
            }
            Landing::Difference(Direction::Backward) => previous_run(&scene, scene.sequence.len()),
        };
        self.shown.landing = Landing::Start;
        self.move_to(token.unwrap_or(0));
    }
}

/// The changes from A to B; `None` where one of them gives no mask.
fn changes<'a>(scene: &'a Scene<'_>) -> Option<Changes<'a>> {
    Some(Changes::between(scene.lane(Side::A).mask.ready()?, scene.lane(Side::B).mask.ready()?))
}

/// The first token of the next run of tokens that change in the same way.
fn next_run(scene: &Scene<'_>, cursor: usize) -> Option<usize> {
    changes(scene)?.first_start_in(cursor + 1..scene.sequence.len())
}

/// The first token of the run before the cursor, or of the cursor's own run if it stands further in.
fn previous_run(scene: &Scene<'_>, cursor: usize) -> Option<usize> {
    changes(scene)?.last_start_in(0..cursor)
}
