//! The background: lines of the list, the search after differences, and counting over the data set.

use super::{Comparison, Direction, Figures, Job, RETRY, Report, Slot, Summary, is_longer};
use crate::dataset::{Dataset, Lookup, Record};
use crate::pipeline::{Encoded, Engine};
use crate::policies::MaskDiff;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Receiver;

/// The thread of what is not on screen.
pub(super) struct Background<F> {
    pub(super) dataset: Dataset,
    pub(super) slot: Arc<Slot>,
    pub(super) report: F,
    /// The number of the newest request.
    pub(super) wanted: Arc<AtomicU64>,
}

impl<F: Fn(Report)> Background<F> {
    pub(super) fn run(&self, jobs: &Receiver<Job>) {
        while let Ok(job) = jobs.recv() {
            let job = jobs.try_iter().last().unwrap_or(job);
            let request = self.wanted.load(Ordering::Relaxed);
            let engine = self.slot.wait();
            match job {
                Job::Summaries(records, comparison) => self.summaries(&engine, records, &comparison, request),
                Job::Difference(index, direction, comparison) => {
                    self.difference(&engine, index, direction, &comparison, request);
                }
                Job::Count(counted, opened) => self.count(&engine, *counted, opened.as_ref(), request),
            }
        }
    }

    /// Whether nothing else was asked for since.
    pub(super) fn is_wanted(&self, request: u64) -> bool {
        self.wanted.load(Ordering::Relaxed) == request
    }

    /// The record, waiting for the index as long as the request is wanted.
    pub(super) fn record(&self, index: usize, request: u64) -> Option<Record> {
        while self.is_wanted(request) {
            match self.dataset.try_record(index) {
                Lookup::Ready(record) => return Some(record),
                Lookup::NotYet => std::thread::sleep(RETRY),
                Lookup::PastEnd => return None,
            }
        }
        None
    }

    fn summaries(&self, engine: &Engine, records: Vec<usize>, comparison: &Comparison, request: u64) {
        for index in records {
            let Some(record) = self.record(index, request) else { return };
            (self.report)(Report::Summary(index, summary(engine, &record, comparison), comparison.age));
        }
    }

    fn difference(&self, engine: &Engine, from: usize, direction: Direction, comparison: &Comparison, request: u64) {
        let mut index = Some(from);
        while let Some(at) = index {
            let Some(record) = self.record(at, request) else { break };
            if has_difference(engine, &record, comparison) {
                (self.report)(Report::Found(Some(at), direction));
                return;
            }
            if at % 256 == 0 {
                (self.report)(Report::Searching(at));
            }
            index = match direction {
                Direction::Forward => Some(at + 1),
                Direction::Backward => at.checked_sub(1),
            };
        }
        if self.is_wanted(request) {
            (self.report)(Report::Found(None, direction));
        }
    }
}

fn has_difference(engine: &Engine, record: &Record, comparison: &Comparison) -> bool {
    let Ok(encoded) = engine.encode(record) else { return false };
    diff(engine, &encoded, comparison).total() > 0
}

fn diff(engine: &Engine, encoded: &Encoded, comparison: &Comparison) -> MaskDiff {
    let mask = |policy| engine.annotate(encoded, policy, comparison.form);
    match (mask(&comparison.before), mask(&comparison.after)) {
        (Ok(before), Ok(after)) => MaskDiff::count(&before, &after),
        _ => MaskDiff::default(),
    }
}

/// Records longer than this are not tokenized for the list alone: it would take seconds and much memory.
const TOO_LONG: usize = 8_000_000;

/// Characters of a record's first words that the list may need.
const WORDS: usize = 40;

fn summary(engine: &Engine, record: &Record, comparison: &Comparison) -> Summary {
    if record.value.as_ref().is_ok_and(|value| is_longer(value, TOO_LONG)) {
        return Summary { words: "a very long record".to_owned(), figures: Figures::TooLong };
    }
    match engine.encode(record) {
        Err(error) => Summary { words: error.to_string(), figures: Figures::Failed },
        Ok(encoded) => {
            let shown = engine.annotate(&encoded, &comparison.shown, comparison.form);
            let figures = Figures::Counted {
                tokens: encoded.sequence.len(),
                in_loss: shown.ok().map(|mask| mask.count()),
                diff: diff(engine, &encoded, comparison),
            };
            Summary { words: encoded.conversation.first_words(WORDS), figures }
        }
    }
}
