//! Going to the next and the previous difference, across records.

use super::Effect;
use crate::paint::{Scene, Side};
use crate::policies::all_have;
use crate::tui::app::{App, Background, Landing};
use crate::tui::notice::Notice;
use crate::tui::worker::{Direction, Work};
use std::ops::Range;

impl App {
    pub(super) fn next_difference(&mut self) -> Vec<Effect> {
        let found = self.scene().and_then(|scene| next_run(&scene, self.shown.cursor));
        match found {
            Some(token) => self.move_to(token),
            None => self.search_records(Some(self.shown.record + 1), Direction::Forward),
        }
    }

    pub(super) fn previous_difference(&mut self) -> Vec<Effect> {
        let found = self.scene().and_then(|scene| previous_run(&scene, self.shown.cursor));
        match found {
            Some(token) => self.move_to(token),
            None => self.search_records(self.shown.record.checked_sub(1), Direction::Backward),
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
            _ if !self.compared.is_pair() => Notice::OnePolicyOnly,
            Direction::Forward => Notice::NoLaterDifference,
            Direction::Backward => Notice::NoEarlierDifference,
        })
    }

    /// Puts the cursor where the record was opened for.
    pub(super) fn land(&mut self) {
        let Some(scene) = self.scene() else { return };
        let token = match self.shown.landing {
            Landing::Start => Some(0),
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

/// Tokens that are compared at once where no run starts, so that a long record is passed over quickly.
const STRETCH: usize = 4096;

/// Whether no run of changes can start at one of these tokens: none changes, or all have the bits of the one before.
fn is_even(scene: &Scene<'_>, tokens: Range<usize>) -> bool {
    let (Some(before), Some(after)) = (scene.lane(Side::A).mask.ready(), scene.lane(Side::B).mask.ready()) else {
        return true;
    };
    let (Some(a), Some(b)) = (before.bits().get(tokens.clone()), after.bits().get(tokens.clone())) else {
        return false;
    };
    a == b || tokens.start.checked_sub(1).is_some_and(|last| all_have(a, b, (before.get(last), after.get(last))))
}

/// The first token of the next run of tokens that change in the same way.
fn next_run(scene: &Scene<'_>, cursor: usize) -> Option<usize> {
    let length = scene.sequence.len();
    let starts = |token: &usize| {
        let change = scene.change(*token);
        change.is_some() && scene.change(token - 1) != change
    };
    let stretches = (cursor + 1..length).step_by(STRETCH).map(|start| start..(start + STRETCH).min(length));
    stretches.filter(|tokens| !is_even(scene, tokens.clone())).find_map(|mut tokens| tokens.find(starts))
}

/// The first token of the run before the cursor, or of the cursor's own run if it stands further in.
fn previous_run(scene: &Scene<'_>, cursor: usize) -> Option<usize> {
    let starts = |token: &usize| {
        let change = scene.change(*token);
        change.is_some() && (*token == 0 || scene.change(token - 1) != change)
    };
    let stretches = (0..cursor).step_by(STRETCH).map(|start| start..(start + STRETCH).min(cursor));
    stretches.rev().filter(|tokens| !is_even(scene, tokens.clone())).find_map(|tokens| tokens.rev().find(starts))
}
