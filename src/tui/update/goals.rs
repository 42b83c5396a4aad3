//! Going to the next and the previous difference, match and finding, across records.

use super::Effect;
use crate::lints::{Finding, Severity};
use crate::paint::{Scene, Side};
use crate::policies::Changes;
use crate::tui::app::{App, Background, Goal, Landing, Search, Sort};
use crate::tui::keymap::{Command, Compare, Go};
use crate::tui::notice::{self, Notice};
use crate::tui::worker::{Direction, Places, Quest, Target, Work};
use crate::words::notice::Way;
use std::sync::Arc;

impl App {
    /// Goes to the next or the previous match; without a search, to the next or the previous difference.
    pub(super) fn find_match(&mut self, direction: Direction, times: usize) -> Vec<Effect> {
        match self.search.as_ref().map(Search::direction) {
            None => self.find(Goal::Difference, direction, times),
            Some(Direction::Forward) => self.find(Goal::Match, direction, times),
            Some(Direction::Backward) => self.find(Goal::Match, direction.other(), times),
        }
    }

    /// Goes to the next or the previous one, or so many further, in other records too.
    pub(super) fn find(&mut self, goal: Goal, direction: Direction, times: usize) -> Vec<Effect> {
        let (last, left) = self.last_beyond_cursor(goal, direction, times);
        if let Some(token) = last {
            self.leave_place();
            self.move_to(token);
        }
        if left == 0 { self.tell_arrival(goal) } else { self.find_in_others(goal, direction, left) }
    }

    /// Says what is found where the reader has come to, on the way from finding to finding.
    fn tell_arrival(&mut self, goal: Goal) -> Vec<Effect> {
        if goal != Goal::Finding {
            return Vec::new();
        }
        let at = |finding: &&Finding| finding.tokens().filter(|tokens| !tokens.is_empty()).map(|tokens| tokens.start);
        let grave = || self.findings().iter().filter(|finding| finding.severity > Severity::Info);
        let here = grave().find(|finding| at(finding) == Some(self.shown.cursor));
        if let Some(Finding { code, fault, .. }) = here.or_else(|| grave().find(|finding| at(finding).is_none())) {
            let fault = Box::new(fault.clone());
            return self.say(Notice::AtFinding { code, fault });
        }
        match self.surveyed_record(self.shown.record).and_then(|found| found.worst) {
            Some((_, code)) => {
                let key = self.given.keys.name(Command::Compare(Compare::Audit));
                self.say(Notice::AmongRecords { code, key })
            }
            None => Vec::new(),
        }
    }

    /// The token that is so many of what is looked for away from the cursor, or the last of them in the record; and how
    /// many are left to be looked for in other records.
    fn last_beyond_cursor(&self, goal: Goal, direction: Direction, times: usize) -> (Option<usize>, usize) {
        let mut last = None;
        for left in (0..times).rev() {
            match self.beyond(last.unwrap_or(self.shown.cursor), goal, direction) {
                Some(token) => last = Some(token),
                None => return (last, left + 1),
            }
        }
        (last, 0)
    }

    /// Goes to what is looked for in other records: the first that is found there, or so many further.
    fn find_in_others(&mut self, goal: Goal, direction: Direction, times: usize) -> Vec<Effect> {
        let record = self.shown.record;
        let is_end =
            goal == Goal::Match && self.search.as_mut().is_some_and(|search| search.take_end(record, direction));
        let places = if is_end { self.all_places(direction) } else { self.places_beyond(direction) };
        self.search_records(goal, direction, times, places)
    }

    fn search_records(
        &mut self,
        goal: Goal,
        direction: Direction,
        times: usize,
        places: Option<Places>,
    ) -> Vec<Effect> {
        let target = match (goal, &self.search) {
            (Goal::Difference, _) if self.compared.is_pair() => Some(Target::Difference),
            (Goal::Match, Some(search)) => Some(Target::Match(Arc::clone(search.pattern()))),
            (Goal::Finding, _) => Some(Target::Finding),
            _ => None,
        };
        let Some((target, places)) = target.zip(places) else {
            return self.nothing_further(goal, direction);
        };
        if let (Goal::Finding, Some(audit)) = (goal, self.audited().filter(|audit| audit.reach.complete))
            && self.arrangement.sort() == Sort::Files
        {
            return match audit.beyond(self.shown.record, direction) {
                Some(record) => {
                    self.leave_place();
                    self.open_at(record, Landing::At(goal, direction, times))
                }
                None => self.nothing_further(goal, direction),
            };
        }
        self.background = Background::Searching { at: self.shown.record, goal, times };
        self.searches += 1;
        let (filter, comparison) = (self.arrangement.filter().clone(), *self.compared.comparison());
        let number = self.searches;
        vec![Work::Find(Box::new(Quest { number, target, places, direction, filter, comparison })).into()]
    }

    /// All records, from the first on or from the last; `None` where it is not known which is the last.
    fn all_places(&self, direction: Direction) -> Option<Places> {
        if !self.arrangement.is_active() || !self.arrangement.is_complete() {
            let progress = self.list.progress();
            return match direction {
                Direction::Forward => Some(Places::From(0)),
                Direction::Backward => progress.records.checked_sub(1).filter(|_| progress.complete).map(Places::From),
            };
        }
        let mut records: Vec<usize> = (0..self.list.len()).filter_map(|at| self.list.record_at(at)).collect();
        if direction == Direction::Backward {
            records.reverse();
        }
        (!records.is_empty()).then_some(Places::Listed(records))
    }

    /// The records after the one on show, as the list has them; `None` where there are none.
    fn places_beyond(&self, direction: Direction) -> Option<Places> {
        let record = self.shown.record;
        if !self.arrangement.is_active() || !self.arrangement.is_complete() {
            let progress = self.list.progress();
            let from = match direction {
                Direction::Forward => Some(record + 1),
                Direction::Backward => record.checked_sub(1),
            };
            return from.filter(|from| !progress.complete || *from < progress.records).map(Places::From);
        }
        let position = self.list.position_of(record);
        let records = |positions: std::ops::Range<usize>| positions.filter_map(|at| self.list.record_at(at));
        let records: Vec<usize> = match direction {
            Direction::Forward => records(position.map_or(0, |at| at + 1)..self.list.len()).collect(),
            Direction::Backward => {
                let mut before: Vec<usize> = records(0..position.unwrap_or_else(|| self.list.len())).collect();
                before.reverse();
                before
            }
        };
        (!records.is_empty()).then_some(Places::Listed(records))
    }

    pub(super) fn nothing_further(&mut self, goal: Goal, direction: Direction) -> Vec<Effect> {
        let way = match direction {
            Direction::Forward => Way::Later,
            Direction::Backward => Way::Earlier,
        };
        let notice = match goal {
            Goal::Difference if !self.compared.is_pair() => notice::one_policy_only(self.keys()),
            Goal::Difference => Notice::NoFurtherDifference(way),
            Goal::Finding => Notice::NoFurtherFinding(way),
            Goal::Match => match self.search.as_ref().filter(|search| search.finds_nothing()) {
                // On the other side there may be matches that are not counted yet.
                Some(search) if search.tally().complete || self.places_beyond(direction.other()).is_none() => {
                    Notice::NoMatch(search.pattern().source().into())
                }
                _ => self.end_of_search(direction, way),
            },
        };
        self.say(notice)
    }

    /// Says that the search has come to an end; the same key goes on from the other one.
    fn end_of_search(&mut self, direction: Direction, way: Way) -> Notice {
        let record = self.shown.record;
        let is_its_own = self.search.as_ref().is_none_or(|search| search.direction() == direction);
        if let Some(search) = &mut self.search {
            search.end_at(record, direction);
        }
        let key = self.given.keys.name(Command::Go(if is_its_own { Go::NextMatch } else { Go::PreviousMatch }));
        Notice::EndOfSearch { way, key }
    }

    /// The token after a token, or before it, with what is looked for.
    fn beyond(&self, cursor: usize, goal: Goal, direction: Direction) -> Option<usize> {
        let scene = self.scene()?;
        match (goal, direction) {
            (Goal::Difference, Direction::Forward) => next_run(&scene, cursor),
            (Goal::Difference, Direction::Backward) => previous_run(&scene, cursor),
            (Goal::Match, _) => {
                let found = self.search.as_ref()?.beyond(scene.sequence.ranges().get(cursor)?, direction)?;
                Some(token_at(&scene, found))
            }
            (Goal::Finding, Direction::Forward) => {
                let places = self.meaning.places();
                places.get(places.partition_point(|token| *token <= cursor)).copied()
            }
            (Goal::Finding, Direction::Backward) => {
                let places = self.meaning.places();
                places[..places.partition_point(|token| *token < cursor)].last().copied()
            }
        }
    }

    /// The first token of the record with what is looked for, or the last one.
    fn first_token(&self, goal: Goal, direction: Direction) -> Option<usize> {
        let scene = self.scene()?;
        match (goal, direction) {
            (Goal::Difference, Direction::Forward) if scene.change(0).is_some() => Some(0),
            (Goal::Difference, Direction::Forward) => next_run(&scene, 0),
            (Goal::Difference, Direction::Backward) => previous_run(&scene, scene.sequence.len()),
            (Goal::Match, _) => Some(token_at(&scene, self.search.as_ref()?.first(direction)?)),
            (Goal::Finding, Direction::Forward) => self.meaning.places().first().copied(),
            (Goal::Finding, Direction::Backward) => self.meaning.places().last().copied(),
        }
    }

    /// Puts the cursor where the record was opened for.
    pub(super) fn land(&mut self) -> Vec<Effect> {
        if self.scene().is_none_or(|scene| scene.sequence.is_empty()) {
            return self.land_without_tokens();
        }
        let landing = std::mem::take(&mut self.shown.landing);
        let token = match landing {
            Landing::Start => Some(0),
            Landing::Token(token) => Some(token),
            Landing::Notable => [Goal::Difference, Goal::Finding]
                .into_iter()
                .find_map(|goal| self.first_token(goal, Direction::Forward)),
            Landing::At(goal, direction, _) => self.first_token(goal, direction),
        };
        self.move_to(token.unwrap_or(0));
        match landing {
            Landing::At(goal, direction, times) if times > 1 => self.find(goal, direction, times - 1),
            Landing::At(goal, ..) => self.tell_arrival(goal),
            _ => Vec::new(),
        }
    }

    /// Goes on from a record that cannot be shown, where it is one of several errors that are to be passed.
    fn land_without_tokens(&mut self) -> Vec<Effect> {
        let is_failing = self.shown.opened().is_some_and(|opened| opened.content.is_err());
        match self.shown.landing {
            Landing::At(Goal::Finding, direction, times) if is_failing && times > 1 => {
                self.shown.landing = Landing::Start;
                self.find(Goal::Finding, direction, times - 1)
            }
            _ => Vec::new(),
        }
    }
}

/// The token that a byte of the text belongs to.
fn token_at(scene: &Scene<'_>, byte: u32) -> usize {
    let ranges = &scene.sequence.ranges()[..scene.sequence.unpadded()];
    ranges.partition_point(|range| range.end <= byte).min(ranges.len().saturating_sub(1))
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
