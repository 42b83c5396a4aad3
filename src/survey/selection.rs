//! Which records a walk goes over, and how they are read.

use crate::dataset::{self, Dataset, Lookup, PassedOver, RawRecord, RawRecords, Sieve};
use std::ops::{Bound, Range, RangeBounds};
use std::time::Duration;

/// Fewer records in a row are read one by one: reading on from a place reads a megabyte at a time.
const RUN: usize = 16;

/// What an index past the last record means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PastEnd {
    /// The end.
    Ends,
    /// That somebody asks for what is not there, where a range begins so.
    IsMissing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
}

/// Records by their positions.
#[derive(Debug, Clone)]
pub(super) struct Selection {
    ranges: Vec<Range<usize>>,
    past_end: PastEnd,
    direction: Direction,
}

impl Selection {
    pub(super) fn all() -> Self {
        let everything = 0..usize::MAX;
        Self { ranges: vec![everything], past_end: PastEnd::Ends, direction: Direction::Forward }
    }

    pub(super) fn of_range(self, records: impl RangeBounds<usize>) -> Self {
        let start = match records.start_bound() {
            Bound::Included(start) => *start,
            Bound::Excluded(before) => before.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match records.end_bound() {
            Bound::Included(last) => last.saturating_add(1),
            Bound::Excluded(end) => *end,
            Bound::Unbounded => usize::MAX,
        };
        let ranges = Some(start..end).filter(|range| !range.is_empty()).into_iter().collect();
        Self { ranges, past_end: PastEnd::Ends, ..self }
    }

    pub(super) fn of_list(self, ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        let ranges = ranges.into_iter().filter(|range| !range.is_empty()).collect();
        Self { ranges, past_end: PastEnd::IsMissing, ..self }
    }

    pub(super) fn reversed(self) -> Self {
        Self { direction: Direction::Backward, ..self }
    }

    /// As many records at most.
    pub(super) fn most(&self) -> usize {
        self.ranges.iter().map(ExactSizeIterator::len).fold(0, usize::saturating_add)
    }

    /// How many records these are, where the index has come so far that it can be said.
    pub(super) fn total(&self, known: dataset::Progress) -> Option<usize> {
        let reached = self.ranges.iter().all(|range| range.end <= known.records);
        let within = |range: &Range<usize>| range.end.min(known.records).saturating_sub(range.start);
        (reached || known.complete).then(|| self.ranges.iter().map(within).sum())
    }
}

/// What the reader gives.
pub(super) enum Step {
    Record(usize, RawRecord),
    /// Records that the sieve does not keep, up to the one at this position.
    PassedOver(usize, PassedOver),
    NotYet,
    End,
    Missing {
        asked: usize,
        count: usize,
    },
}

/// Reads the selected records one by one.
pub(super) struct Reader {
    dataset: Dataset,
    past_end: PastEnd,
    direction: Direction,
    /// The ranges that have not been begun, the next one last.
    waiting: Vec<Range<usize>>,
    /// What is left of the one that has.
    current: Range<usize>,
    /// Nothing was read of it yet.
    is_fresh: bool,
    /// Reads it, where many records in a row are read forward.
    run: Option<RawRecords>,
}

impl Reader {
    pub(super) fn new(dataset: Dataset, selection: Selection) -> Self {
        let Selection { ranges: mut waiting, past_end, direction } = selection;
        if direction == Direction::Forward {
            waiting.reverse();
        }
        Self { dataset, past_end, direction, waiting, current: 0..0, is_fresh: false, run: None }
    }

    /// The next record, or those before it that the sieve does not keep, if the index comes so far before `patience` is at
    /// its end.
    pub(super) fn next(&mut self, sieve: Option<&Sieve>, patience: Duration) -> Step {
        loop {
            if self.current.is_empty() && !self.begin() {
                return Step::End;
            }
            if let (Some(run), Some(sieve)) = (&mut self.run, sieve) {
                let passed = run.pass_over(sieve, self.current.len(), patience);
                if passed.records > 0 {
                    let last = self.current.start + passed.records - 1;
                    self.went_past(last);
                    return Step::PassedOver(last, passed);
                }
            }
            let index = match self.direction {
                Direction::Forward => self.current.start,
                Direction::Backward => self.current.end - 1,
            };
            let found = match &mut self.run {
                Some(run) => run.next_within(patience),
                None => self.dataset.raw_record_within(index, patience),
            };
            match found {
                Lookup::Ready(raw) => {
                    self.went_past(index);
                    return Step::Record(index, raw);
                }
                Lookup::NotYet => return Step::NotYet,
                Lookup::PastEnd => {
                    if let Some(missing) = self.cut() {
                        return missing;
                    }
                }
            }
        }
    }

    /// Goes on to the next range; false when there is none.
    fn begin(&mut self) -> bool {
        let Some(range) = self.waiting.pop() else { return false };
        let goes_on = self.run.is_some() && range.start == self.current.end;
        if !goes_on {
            let at_one_go = self.direction == Direction::Forward && self.is_run(&range);
            self.run = at_one_go.then(|| self.dataset.raw_records(range.start));
        }
        self.current = range;
        self.is_fresh = true;
        true
    }

    /// Whether enough records follow each other from the start of a range on, be it by the ranges after it.
    fn is_run(&self, first: &Range<usize>) -> bool {
        let mut end = first.end;
        for next in self.waiting.iter().rev() {
            if next.start != end || end - first.start >= RUN {
                break;
            }
            end = next.end;
        }
        end - first.start >= RUN
    }

    fn went_past(&mut self, index: usize) {
        self.is_fresh = false;
        match self.direction {
            Direction::Forward => self.current.start = index + 1,
            Direction::Backward => self.current.end = index,
        }
    }

    /// Leaves out what is past the last record, now that its number is known.
    fn cut(&mut self) -> Option<Step> {
        let count = self.dataset.progress().records;
        let asked = self.current.start;
        if asked >= count && self.is_fresh && self.past_end == PastEnd::IsMissing {
            return Some(Step::Missing { asked, count });
        }
        self.current.end = self.current.end.min(count).max(asked);
        None
    }
}
