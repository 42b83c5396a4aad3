//! The background: lines of the list, searches through the records, and counting over the data set.

use super::urgent::Urgent;
use super::walks::{INTERVAL, matches, sieve};
use super::{
    Comparison, Direction, Figures, Found, Job, Places, Quest, Report, Slot, Summary, Target, opener::is_longer,
};
use crate::dataset::{Dataset, RawRecord, Record};
use crate::lints::{Finding, PolicyMask};
use crate::pipeline::{Encoded, Engine, SideEncoded};
use crate::policies::MaskDiff;
use crate::survey::{Control, Ending, Survey, Weigh};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Receiver;
use std::time::Instant;

/// What is not on screen.
#[derive(Clone)]
pub(super) struct Background<F> {
    pub(super) dataset: Dataset,
    pub(super) slot: Arc<Slot>,
    pub(super) report: F,
    /// The number of the newest request.
    pub(super) wanted: Arc<AtomicU64>,
    /// What the reader waits for, and what the background gives way to.
    pub(super) urgent: Urgent,
}

impl<F: Fn(Report) + Clone + Send + 'static> Background<F> {
    /// Takes jobs with the number of their request.
    pub(super) fn run(&self, jobs: &Receiver<(u64, Job)>) {
        while let Ok(job) = jobs.recv() {
            let (request, job) = jobs.try_iter().last().unwrap_or(job);
            let engine = self.slot.wait();
            let background = self.clone();
            // A job that is no longer wanted ends with the records that it works on, and a long one can take minutes: the
            // next job does not wait for it.
            std::thread::spawn(move || background.perform(&engine, job, request));
        }
    }

    pub(super) fn perform(&self, engine: &Engine, job: Job, request: u64) {
        match job {
            Job::Summaries(records, comparison) => self.summaries(engine, records, &comparison, request),
            Job::Find(quest) => self.find(engine, &quest, request),
            Job::Arrange(wish) => self.arrange(engine, &wish, request),
            Job::Tally(wish) => self.tally(engine, &wish, request),
            Job::Audit(wish) => self.audit(engine, &wish, request),
            Job::Frequencies(wish) => self.count_tokens(engine, &wish, request),
            Job::Count(counted, opened) => self.count(engine, *counted, opened.as_ref(), request),
        }
        if engine.doubt().is_some() && self.slot.is_first_to_doubt() {
            (self.report)(Report::Doubted);
        }
    }

    /// What ends a walk when something else is asked for, and lets it wait while a record is opened.
    pub(super) fn control(&self, request: u64) -> Control<'static> {
        let (wanted, urgent) = (Arc::clone(&self.wanted), self.urgent.clone());
        Control::new()
            .cancelled_when(move || wanted.load(Ordering::Relaxed) != request)
            .gives_way_while(move || urgent.is_held())
    }

    fn summaries(&self, engine: &Engine, records: Vec<usize>, comparison: &Comparison, request: u64) {
        let survey = Survey::over(&self.dataset).listed(records.into_iter().map(|record| record..record + 1));
        let work = |raw: RawRecord| summary(engine, &raw.parse(), comparison);
        let is_doubted = engine.doubted_from_now();
        // The list asks for what it shows, even if there are fewer records.
        let _ = survey.run(&self.control(request), work, |index, summary| {
            if is_doubted() {
                return ControlFlow::Break(());
            }
            (self.report)(Report::Summary(index, summary, comparison.age));
            ControlFlow::Continue(())
        });
    }

    fn find(&self, engine: &Engine, quest: &Quest, request: u64) {
        let survey = Survey::over(&self.dataset);
        let survey = match (&quest.places, quest.direction) {
            (Places::From(from), Direction::Forward) => survey.records(*from..),
            (Places::From(from), Direction::Backward) => survey.records(..=*from).backward(),
            (Places::Listed(records), _) => survey.listed(records.iter().map(|record| *record..record + 1)),
        };
        let Quest { number, direction, .. } = *quest;
        let found = |record| (self.report)(Report::Found { number, record, direction });
        let policies = quest.comparison.policies();
        let judge = quest.comparison.judge(engine, &policies);
        let work = |raw: RawRecord| {
            quest.filter.pick(raw, &judge).is_some_and(|record| has(engine, &record, &quest.target, &quest.comparison))
        };
        let sieve = match &quest.target {
            Target::Match(pattern) => sieve(engine, pattern, &quest.comparison),
            Target::Difference | Target::Finding => None,
        };
        let sieve = sieve.or_else(|| quest.filter.sieve(&judge));
        let mut told = Instant::now();
        loop {
            let is_doubted = engine.doubted_from_now();
            let sifting = (sieve.as_ref(), (|| false) as fn() -> bool);
            let ending = survey.clone().run_sifted(&self.control(request), sifting, work, |at, is_found| {
                if is_doubted() {
                    return ControlFlow::Break(Stop::Doubted);
                }
                if is_found {
                    // At once: the walk still waits for the records in work.
                    found(Some(at));
                    return ControlFlow::Break(Stop::Found);
                }
                if told.elapsed() > INTERVAL {
                    (self.report)(Report::Searching { number, at });
                    told = Instant::now();
                }
                ControlFlow::Continue(())
            });
            match ending {
                // What is looked for may stand where the quick engine saw none.
                Ending::Stopped(Stop::Doubted) => {}
                Ending::Complete if is_doubted() => {}
                Ending::Complete | Ending::Missing { .. } => return found(None),
                _ => return,
            }
        }
    }
}

/// Why a search stops before the last record.
enum Stop {
    Found,
    /// What was passed over may differ after all.
    Doubted,
}

impl Weigh for Summary {}

/// Whether a record has what is looked for. What the reader is led to is certain: the quick engine's word is not enough.
/// A record that cannot be shown is an error, as it is for an audit.
#[must_use]
pub fn has(engine: &Engine, record: &Record, target: &Target, comparison: &Comparison) -> bool {
    let holds: &dyn Fn(&Encoded) -> bool = match target {
        Target::Match(pattern) => return matches(engine, record, pattern, comparison) > 0,
        Target::Difference => &|encoded| diff(engine, encoded, comparison).total() > 0,
        Target::Finding => &|encoded| findings(engine, record, encoded, comparison).is_grave(),
    };
    let shows = |(first, other): (SideEncoded, Option<SideEncoded>)| match target {
        Target::Finding => {
            std::iter::once(first).chain(other).any(|(_, encoded)| encoded.map_or(true, |encoded| holds(&encoded)))
        }
        // What differs is shown of the first side.
        _ => first.1.is_ok_and(|encoded| holds(&encoded)),
    };
    shows(engine.many().encode_sides(record, &comparison.shown))
        && shows(engine.encode_sides(record, &comparison.shown))
}

/// What lints find in a record and in its masks of A and B.
pub(super) fn findings(engine: &Engine, record: &Record, encoded: &Encoded, comparison: &Comparison) -> Found {
    let policies = comparison.policies();
    let masks: Vec<_> = policies.iter().map(|policy| engine.annotate(encoded, policy, comparison.form)).collect();
    let found = engine.findings(record, encoded, &PolicyMask::of(&policies, &masks), comparison.form);
    found_of(&found)
}

/// What findings come to.
pub(super) fn found_of(found: &[Finding]) -> Found {
    // The first of equally grave ones.
    let worst = found.iter().rev().max_by_key(|finding| finding.severity);
    Found { worst: worst.map(|finding| (finding.severity, finding.code)), count: found.len() }
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
        return Summary { words: Ok(String::new()), figures: Figures::TooLong };
    }
    let ((_, encoded), _) = engine.many().encode_sides(record, &comparison.shown);
    match encoded {
        Err(error) => Summary { words: Err(error), figures: Figures::Failed },
        Ok(encoded) => {
            let shown = engine.annotate(&encoded, &comparison.shown, comparison.form);
            let figures = Figures::Counted {
                tokens: encoded.sequence.len(),
                in_loss: shown.ok().map(|mask| mask.count()),
                diff: diff(engine, &encoded, comparison),
                found: findings(engine, record, &encoded, comparison),
            };
            Summary { words: Ok(encoded.conversation.first_words(WORDS)), figures }
        }
    }
}
