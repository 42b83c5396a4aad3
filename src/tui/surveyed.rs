//! What walks over the whole data set have found: the audit of the masks on show, and how often tokens come.

use super::worker::{Direction, Found};
use crate::filter::Filter;
use crate::lints::{LINTS, Severity};
use crate::policies::Policy;
use crate::report::Problems;
use crate::report::audit::{Rules, Sizes, WhatIf};
use crate::report::frequencies::Frequencies;
use crate::sequence::MarkerForm;

/// What a walk is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The policies whose masks are looked at.
    pub policies: Vec<Policy>,
    /// The form of the markers.
    pub form: MarkerForm,
    /// Which records are meant.
    pub filter: Filter,
}

/// How far a walk has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// Records that were looked at.
    pub records: usize,
    /// Whether those are all.
    pub complete: bool,
}

/// What lints find in one record, in little room: there can be one for every record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    record: u32,
    /// The place of the lint of the most severe finding.
    lint: u16,
    severity: Severity,
    count: u16,
}

impl Hit {
    /// What is found in a record, counted from 0; `None` where nothing is.
    #[must_use]
    pub fn of(record: usize, found: Found) -> Option<Self> {
        let (severity, code) = found.worst?;
        let lint = LINTS.iter().position(|lint| lint.code == code)? as u16;
        let count = u16::try_from(found.count).unwrap_or(u16::MAX);
        Some(Self { record: u32::try_from(record).ok()?, lint, severity, count })
    }

    /// The record, counted from 0.
    #[must_use]
    pub fn record(self) -> usize {
        self.record as usize
    }

    /// Takes in what else is found in the same record.
    fn add(&mut self, other: Self) {
        if other.severity > self.severity {
            (self.lint, self.severity) = (other.lint, other.severity);
        }
        self.count = self.count.saturating_add(other.count);
    }

    fn found(self) -> Found {
        Found { worst: Some((self.severity, LINTS[usize::from(self.lint)].code)), count: usize::from(self.count) }
    }
}

/// More of what an audit finds.
#[derive(Debug, Clone, Default)]
pub struct AuditStep {
    /// Whether what was found before does not count.
    pub anew: bool,
    /// What is found in records that were not told of before, in the order of the files.
    pub hits: Vec<Hit>,
    /// What only the whole data set shows of records, which may have been told of before: told at the end, in any order.
    pub late: Vec<Hit>,
    /// The records, counted from 0, that give no sequence and were not told of before, in the order of the files.
    pub failing: Vec<u32>,
    /// What every lint has found so far.
    pub rules: Rules,
    /// Why records give no sequence.
    pub failed: Problems,
    /// How long the records are.
    pub sizes: Sizes,
    /// What each policy makes of the records.
    pub what_if: WhatIf,
    /// How far it is.
    pub reach: Reach,
}

/// What an audit has found.
#[derive(Debug, Clone)]
pub struct Audited {
    /// What was asked.
    pub question: Question,
    /// What every lint has found.
    pub rules: Rules,
    /// Why records give no sequence.
    pub failed: Problems,
    /// How long the records are.
    pub sizes: Sizes,
    /// What each policy makes of the records.
    pub what_if: WhatIf,
    /// How far it is.
    pub reach: Reach,
    hits: Vec<Hit>,
    failing: Vec<u32>,
}

impl Audited {
    fn nothing(question: Question) -> Self {
        Self {
            question,
            rules: Rules::default(),
            failed: Problems::default(),
            sizes: Sizes::default(),
            what_if: WhatIf::default(),
            reach: Reach::default(),
            hits: Vec::new(),
            failing: Vec::new(),
        }
    }

    /// What is found in a record; `None` where nothing is, or where it was not looked at.
    #[must_use]
    pub fn found(&self, record: usize) -> Option<Found> {
        let at = self.hits.binary_search_by_key(&record, |hit| hit.record()).ok()?;
        Some(self.hits[at].found())
    }

    /// The next record in that direction in which an error or a warning is found, or that gives no sequence.
    #[must_use]
    pub fn beyond(&self, record: usize, direction: Direction) -> Option<usize> {
        let nearest =
            [self.hit_beyond(record, direction), self.failing_beyond(record, direction)].into_iter().flatten();
        match direction {
            Direction::Forward => nearest.min(),
            Direction::Backward => nearest.max(),
        }
    }

    fn failing_beyond(&self, record: usize, direction: Direction) -> Option<usize> {
        let failing = match direction {
            Direction::Forward => self.failing.get(self.failing.partition_point(|failing| *failing as usize <= record)),
            Direction::Backward => {
                self.failing[..self.failing.partition_point(|failing| (*failing as usize) < record)].last()
            }
        };
        failing.map(|failing| *failing as usize)
    }

    fn hit_beyond(&self, record: usize, direction: Direction) -> Option<usize> {
        let is_grave = |hit: &&Hit| hit.found().is_grave();
        let hit = match direction {
            Direction::Forward => {
                self.hits[self.hits.partition_point(|hit| hit.record() <= record)..].iter().find(is_grave)
            }
            Direction::Backward => {
                self.hits[..self.hits.partition_point(|hit| hit.record() < record)].iter().rfind(is_grave)
            }
        };
        hit.map(|hit| hit.record())
    }

    fn take(&mut self, step: AuditStep) {
        if step.anew {
            self.hits.clear();
            self.failing.clear();
        }
        self.failing.extend(step.failing);
        self.hits.extend(step.hits);
        if !step.late.is_empty() {
            self.hits.extend(step.late);
            self.hits.sort_by_key(|hit| hit.record);
            self.hits.dedup_by(|later, first| {
                let is_same = later.record == first.record;
                if is_same {
                    first.add(*later);
                }
                is_same
            });
        }
        (self.rules, self.failed, self.reach) = (step.rules, step.failed, step.reach);
        (self.sizes, self.what_if) = (step.sizes, step.what_if);
    }
}

/// How often tokens come.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What was asked.
    pub question: Question,
    /// The counts.
    pub frequencies: Frequencies,
    /// How far it is.
    pub reach: Reach,
}

/// What walks over the whole data set have found.
#[derive(Debug, Clone, Default)]
pub struct Surveyed {
    audit: Option<Audited>,
    counted: Option<Counted>,
}

impl Surveyed {
    /// What the audit has found, if it was asked that.
    #[must_use]
    pub fn audit(&self, question: &Question) -> Option<&Audited> {
        self.audit.as_ref().filter(|audit| audit.question == *question)
    }

    /// How often tokens come, if that was asked.
    #[must_use]
    pub fn counted(&self, question: &Question) -> Option<&Counted> {
        self.counted.as_ref().filter(|counted| counted.question == *question)
    }

    /// Whether a walk is not done.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let reaches =
            [self.audit.as_ref().map(|audit| audit.reach), self.counted.as_ref().map(|counted| counted.reach)];
        reaches.into_iter().flatten().any(|reach| !reach.complete)
    }

    /// Begins an audit.
    pub(super) fn begin_audit(&mut self, question: Question) {
        self.audit = Some(Audited::nothing(question));
    }

    /// Begins to count.
    pub(super) fn begin_counting(&mut self, question: Question) {
        self.counted = Some(Counted { question, frequencies: Frequencies::default(), reach: Reach::default() });
    }

    pub(super) fn take_audit(&mut self, question: &Question, step: AuditStep) {
        if let Some(audit) = self.audit.as_mut().filter(|audit| audit.question == *question) {
            audit.take(step);
        }
    }

    pub(super) fn take_counted(&mut self, answer: Counted) {
        if self.counted.as_ref().is_some_and(|counted| counted.question == answer.question) {
            self.counted = Some(answer);
        }
    }

    /// Forgets everything, after the data set has changed.
    pub(super) fn forget(&mut self) {
        (self.audit, self.counted) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_found_and_gone_through() {
        let found = |count| Found { worst: Some((Severity::Error, LINTS[3].code)), count };
        let hits = [(2, 1), (5, 70_000), (9, 2)].map(|(record, count)| Hit::of(record, found(count)).unwrap());
        let question = Question { policies: Vec::new(), form: MarkerForm::Given, filter: Filter::default() };
        let mut audit = Audited::nothing(question);
        audit.take(AuditStep { hits: hits.to_vec(), ..AuditStep::default() });
        assert_eq!((audit.found(5).map(|found| found.count), audit.found(4)), (Some(65_535), None));
        assert_eq!((audit.beyond(2, Direction::Forward), audit.beyond(9, Direction::Forward)), (Some(5), None));
        assert_eq!((audit.beyond(9, Direction::Backward), audit.beyond(2, Direction::Backward)), (Some(5), None));
        audit.take(AuditStep { anew: true, ..AuditStep::default() });
        assert_eq!(audit.found(5), None);
        assert_eq!(Hit::of(1, Found::default()), None);
        // What is no fault is not gone to.
        let remark = Found { worst: Some((Severity::Info, LINTS[3].code)), count: 1 };
        let hits = [(2, remark), (5, found(1)), (7, remark)].map(|(record, found)| Hit::of(record, found).unwrap());
        audit.take(AuditStep { hits: hits.to_vec(), ..AuditStep::default() });
        assert_eq!((audit.beyond(0, Direction::Forward), audit.beyond(5, Direction::Forward)), (Some(5), None));
        assert_eq!((audit.beyond(9, Direction::Backward), audit.beyond(5, Direction::Backward)), (Some(5), None));
        // A record that cannot be shown is an error.
        audit.take(AuditStep { failing: vec![3, 8], ..AuditStep::default() });
        let gone_through = |from, direction| {
            std::iter::successors(Some(from), |record| audit.beyond(*record, direction)).skip(1).collect::<Vec<_>>()
        };
        assert_eq!(gone_through(0, Direction::Forward), [3, 5, 8]);
        assert_eq!(gone_through(9, Direction::Backward), [8, 5, 3]);
    }
}
