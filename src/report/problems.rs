//! Records that fail, by reason.

use super::{Merge, RecordAt};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Reasons that are counted apart. Of more, the first in alphabetical order are kept and the rest is counted together:
/// whether a reason is kept then does not depend on the order in which parts of a data set are merged, so that every kept
/// reason's count is exact.
const KEPT: usize = 1000;

/// Reasons that a reader is shown.
const SHOWN: usize = 20;

/// Records that fail, by reason. The size does not grow with the number of records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems {
    /// How many fail.
    records: usize,
    kept: BTreeMap<String, Problem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    others: Option<Problem>,
}

/// Records that fail for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How many, each side of a record by itself.
    pub records: usize,
    /// The first of them.
    pub first: RecordAt,
    /// How many failed before the first, for whatever reason.
    before: usize,
    /// What this reason has in common with others whose sentences differ in numbers only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
}

impl Problem {
    fn merge(known: Option<&mut Self>, other: Self) -> Option<Self> {
        let Some(known) = known else { return Some(other) };
        known.records += other.records;
        if other.before < known.before {
            known.before = other.before;
            known.first = other.first;
        }
        None
    }
}

impl Problems {
    /// One record that fails.
    #[must_use]
    pub fn one(why: String, first: RecordAt) -> Self {
        Self::of_kind(None, why, first)
    }

    /// One record that fails, with what its reason has in common with others whose sentences differ in numbers only.
    #[must_use]
    pub fn of_kind(kind: Option<&str>, why: String, first: RecordAt) -> Self {
        let problem = Problem { records: 1, first, before: 0, kind: kind.map(str::to_owned) };
        Self { records: 1, kept: BTreeMap::from([(why, problem)]), others: None }
    }

    /// Whether none fails.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// How many fail.
    #[must_use]
    pub fn records(&self) -> usize {
        self.records
    }

    /// The reasons in the order in which they were met, those of one kind together under the first of them, and the last
    /// ones together without a reason where there are many.
    #[must_use]
    pub fn listed(&self) -> Vec<(Option<&str>, Problem)> {
        let mut all: Vec<(&str, &Problem)> = self.kept.iter().map(|(why, problem)| (why.as_str(), problem)).collect();
        all.sort_by_key(|(_, problem)| problem.before);
        let mut listed: Vec<(Option<&str>, Problem)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (why, problem) in all {
            let kind = problem.kind.as_deref();
            if let Some(place) = kind.and_then(|kind| places.get(kind)) {
                listed[*place].1.records += problem.records;
                continue;
            }
            places.extend(kind.map(|kind| (kind, listed.len())));
            listed.push((Some(why), problem.clone()));
        }
        let rest = listed.split_off(SHOWN.min(listed.len())).into_iter().map(|(_, problem)| problem);
        let mut others: Option<Problem> = None;
        for problem in rest.chain(self.others.clone()) {
            others = Problem::merge(others.as_mut(), problem).or(others);
        }
        listed.extend(others.map(|others| (None, others)));
        listed
    }

    fn add(&mut self, why: &str, problem: Problem) {
        if let Some(new) = Problem::merge(self.kept.get_mut(why), problem) {
            self.kept.insert(why.to_owned(), new);
        }
    }

    fn add_other(&mut self, problem: Problem) {
        if let Some(new) = Problem::merge(self.others.as_mut(), problem) {
            self.others = Some(new);
        }
    }
}

impl Merge for Problems {
    fn merge(&mut self, later: &Self) {
        let failed_before = self.records;
        self.records += later.records;
        let moved = |problem: &Problem| Problem { before: problem.before + failed_before, ..problem.clone() };
        for (why, problem) in &later.kept {
            self.add(why, moved(problem));
        }
        if let Some(others) = &later.others {
            self.add_other(moved(others));
        }
        while self.kept.len() > KEPT {
            if let Some((_, problem)) = self.kept.pop_last() {
                self.add_other(problem);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Unit;
    use crate::report::law;

    fn at(record: usize) -> RecordAt {
        RecordAt { file: "a".into(), record, line: record, unit: Unit::Line, side: None }
    }

    /// The problems of records with these reasons, one after the other.
    fn all(reasons: &[usize], first: usize) -> Problems {
        let mut all = Problems::default();
        for (place, reason) in reasons.iter().enumerate() {
            all.merge(&Problems::one(reason.to_string(), at(first + place)));
        }
        all
    }

    #[test]
    fn the_first_reasons_are_listed_and_the_others_counted_together() {
        let reasons: Vec<usize> = (0..100).rev().chain(50..60).collect();
        let problems = all(&reasons, 1);
        let listed = problems.listed();
        let (first, last) = (&listed[0], &listed[SHOWN]);
        assert_eq!((listed.len(), first.0, first.1.records, first.1.first.record), (SHOWN + 1, Some("99"), 1, 1));
        assert_eq!((last.0, last.1.records, last.1.first.record), (None, 90, SHOWN + 1));
        assert_eq!(problems.records(), 110);
    }

    #[test]
    fn reasons_of_one_kind_are_listed_together() {
        let mut problems = Problems::default();
        for (record, (kind, why)) in
            [(Some("long"), "300 tokens"), (None, "no text"), (Some("long"), "200 tokens")].into_iter().enumerate()
        {
            problems.merge(&Problems::of_kind(kind, why.to_owned(), at(record + 1)));
        }
        let listed: Vec<_> = problems.listed().into_iter().map(|(why, problem)| (why, problem.records)).collect();
        assert_eq!(listed, [(Some("300 tokens"), 2), (Some("no text"), 1)]);
        law::come_back(&problems);
    }

    #[test]
    fn merging_parts_is_counting_all_at_once_however_many_reasons_there_are() {
        // More reasons than are kept, some of them often, spread over all parts.
        let reasons: Vec<usize> = (0..3000).map(|place| place * 7 % 1499 % (place + 1)).collect();
        let whole = all(&reasons, 1);
        assert_eq!((whole.kept.len(), whole.records()), (KEPT, 3000));
        law::holds(&Problems::default(), reasons.len(), |record| {
            Problems::one(reasons[record].to_string(), at(record))
        });
        law::come_back(&whole);
    }
}
