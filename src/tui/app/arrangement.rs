//! Which records the list has, in which order: the filter in force, what it is sorted by, and what was found so far.

use super::list::{Chosen, Order};
use crate::filter::Filter;
use crate::words::Said;

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The files' own order.
    #[default]
    Files,
    /// The longest record first.
    Tokens,
    /// The smallest share of trained tokens first.
    Share,
    /// The most tokens that differ first.
    Differences,
    /// The most severe findings first.
    Findings,
}

impl Sort {
    /// Its name for people, in the middle of a sentence.
    #[must_use]
    pub fn words(self) -> Said {
        let (en, zh) = match self {
            Self::Files => ("in the order of the files", "按文件顺序"),
            Self::Tokens => ("by tokens, the longest first", "按 token 数，最长的在前"),
            Self::Share => ("by trained share, the smallest first", "按训练占比，最小的在前"),
            Self::Differences => ("by changes, the most first", "按差异数，最多的在前"),
            Self::Findings => ("by findings, the most severe first", "按问题，最严重的在前"),
        };
        Said { en, zh }
    }

    /// The one after it; the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Files => Self::Tokens,
            Self::Tokens => Self::Share,
            Self::Share => Self::Differences,
            Self::Differences => Self::Findings,
            Self::Findings => Self::Files,
        }
    }
}

/// What a record is sorted by: the larger comes first.
pub type Rank = u64;

/// Which records the list has.
#[derive(Debug, Clone, Default)]
pub struct Arrangement {
    filter: Filter,
    sort: Sort,
    age: u64,
    /// A thread is to be asked.
    wanted: bool,
    /// Records looked at so far.
    scanned: usize,
    complete: bool,
    found: Vec<(Rank, usize)>,
    /// How many of these are in the list.
    arranged: usize,
}

impl Arrangement {
    pub(in crate::tui) fn new(filter: Filter) -> Self {
        let mut arrangement = Self { filter, ..Self::default() };
        arrangement.again();
        arrangement
    }

    /// The filter in force.
    #[must_use]
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// What the list is sorted by.
    #[must_use]
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// Whether the list has other records than the files, or another order.
    #[must_use]
    pub fn is_active(&self) -> bool {
        !self.filter.is_empty() || self.sort != Sort::Files
    }

    /// Whether every record was looked at.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Records looked at so far.
    #[must_use]
    pub fn scanned(&self) -> usize {
        self.scanned
    }

    /// Takes another filter.
    pub(in crate::tui) fn filter_by(&mut self, filter: Filter) {
        self.filter = filter;
        self.again();
    }

    /// Takes another order.
    pub(in crate::tui) fn sort_by(&mut self, sort: Sort) {
        self.sort = sort;
        self.again();
    }

    /// Asks anew, after a change of what records are looked at by.
    pub(in crate::tui) fn again(&mut self) {
        self.age += 1;
        self.wanted = self.is_active();
        self.found.clear();
        (self.scanned, self.arranged, self.complete) = (0, 0, !self.wanted);
    }

    /// Asks for the records from this one on, after more were appended. What was found of those before it holds.
    pub(in crate::tui) fn go_on(&mut self, from: usize) {
        if !self.is_active() {
            return;
        }
        if !self.complete {
            return self.again();
        }
        self.age += 1;
        self.wanted = true;
        self.found.retain(|(_, record)| *record < from);
        self.arranged = self.arranged.min(self.found.len());
        (self.scanned, self.complete) = (from, false);
    }

    /// The age of the answer that a thread is to be asked for and the first record of it, given once.
    pub(in crate::tui) fn take_wanted(&mut self) -> Option<(u64, usize)> {
        std::mem::take(&mut self.wanted).then_some((self.age, self.scanned))
    }

    /// Takes in what a thread has found; false for an answer to an older question.
    pub(in crate::tui) fn take(
        &mut self,
        age: u64,
        records: Vec<(Rank, usize)>,
        scanned: usize,
        complete: bool,
    ) -> bool {
        if age != self.age {
            return false;
        }
        self.found.extend(records);
        (self.scanned, self.complete) = (scanned, complete);
        true
    }

    /// The order of the list, where it is due to change: sorting many records anew for every few that come would cost
    /// more than finding them.
    pub(in crate::tui) fn due(&mut self) -> Option<Order> {
        let is_due = match self.sort {
            Sort::Files => self.found.len() > self.arranged || self.complete,
            _ => self.found.len() >= 2 * self.arranged.max(1) || self.complete,
        };
        if !is_due {
            return None;
        }
        self.arranged = self.found.len();
        if self.sort != Sort::Files {
            // Equal ones stay in the order of the files.
            self.found.sort_by_key(|(rank, record)| (std::cmp::Reverse(*rank), *record));
        }
        Some(Order::Chosen(self.found.iter().map(|(_, record)| *record).collect::<Chosen>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_comes_first_and_answers_to_older_questions_do_not_count() {
        let mut arrangement = Arrangement::new(Filter::default());
        assert!(!arrangement.is_active() && arrangement.take_wanted().is_none());
        arrangement.sort_by(Sort::Tokens);
        let (age, from) = arrangement.take_wanted().unwrap();
        assert_eq!((from, arrangement.take_wanted()), (0, None));
        assert!(!arrangement.take(age - 1, vec![(1, 1)], 1, true));
        assert!(arrangement.take(age, vec![(5, 0), (9, 1), (5, 2)], 3, true));
        assert_eq!(arrangement.due(), Some(Order::Chosen([1, 0, 2].into_iter().collect())));
        // The last record has changed, and another stands behind it.
        arrangement.go_on(2);
        let (age, from) = arrangement.take_wanted().unwrap();
        assert_eq!(from, 2);
        assert!(arrangement.take(age, vec![(7, 2), (1, 3)], 4, true));
        assert_eq!(arrangement.due(), Some(Order::Chosen([1, 2, 0, 3].into_iter().collect())));
    }

    #[test]
    fn every_order_leads_back_to_that_of_the_files() {
        let orders: Vec<Sort> = std::iter::successors(Some(Sort::Files), |sort| Some(sort.next())).take(6).collect();
        assert_eq!((orders[5], orders[1]), (Sort::Files, Sort::Tokens));
    }
}
