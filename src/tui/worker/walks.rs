//! Walks over the whole data set that go on beside what the reader does: which records the list has, and how many matches
//! a search has.

use super::background::findings;
use super::{Background, Comparison, Report};
use crate::dataset::{RawRecord, Record};
use crate::filter::{Filter, Judge, Pattern};
use crate::pipeline::Engine;
use crate::policies::{MaskDiff, Policy, Rule};
use crate::survey::{Ending, Survey, Weigh};
use crate::tui::app::{Rank, Sort, Tally};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How often the reader is told what was found.
const INTERVAL: Duration = Duration::from_millis(100);

/// Which records the list is to have, and in which order.
#[derive(Debug, Clone)]
pub struct Arranging {
    /// The filter.
    pub filter: Filter,
    /// What the list is sorted by.
    pub sort: Sort,
    /// What is compared.
    pub comparison: Box<Comparison>,
    /// The first record that is looked at, counted from 0: those before it are known.
    pub from: usize,
    /// The age of the answer.
    pub age: u64,
}

/// Matches that are to be counted.
#[derive(Debug, Clone)]
pub struct Tallying {
    /// The pattern.
    pub pattern: std::sync::Arc<Pattern>,
    /// The filter in force.
    pub filter: Filter,
    /// What is compared.
    pub comparison: Box<Comparison>,
}

impl Weigh for u64 {}

impl<F: Fn(Report) + Clone + Send + 'static> Background<F> {
    pub(super) fn arrange(&self, engine: &Engine, wish: &Arranging, request: u64) {
        let policies = wish.comparison.policies();
        let judge = wish.comparison.judge(engine, &policies);
        let work = |raw: RawRecord| {
            let record = wish.filter.pick(raw, &judge)?;
            Some(rank(engine, &record, wish.sort, &wish.comparison))
        };
        let (mut found, mut scanned, mut told) = (Vec::new(), wish.from, Instant::now());
        let tell = |found: &mut Vec<(Rank, usize)>, scanned, complete| {
            (self.report)(Report::Arranged { age: wish.age, records: std::mem::take(found), scanned, complete });
        };
        let bounds = wish.filter.bounds();
        let survey = Survey::over(&self.dataset).records(bounds.start.max(wish.from)..bounds.end);
        let ending: Ending<()> = survey.run(&self.control(request), work, |at, rank| {
            scanned = at + 1;
            let is_first = rank.is_some() && found.is_empty() && told.elapsed() > INTERVAL / 4;
            found.extend(rank.map(|rank| (rank, at)));
            if is_first || told.elapsed() > INTERVAL {
                tell(&mut found, scanned, false);
                told = Instant::now();
            }
            ControlFlow::Continue(())
        });
        if ending == Ending::Complete {
            tell(&mut found, scanned, true);
        }
    }

    pub(super) fn tally(&self, engine: &Engine, wish: &Tallying, request: u64) {
        let policies = wish.comparison.policies();
        let judge = wish.comparison.judge(engine, &policies);
        let work = |raw: RawRecord| match wish.filter.pick(raw, &judge) {
            Some(record) => matches(engine, &record, &wish.pattern, &wish.comparison),
            None => 0,
        };
        let (mut tally, mut told) = (Tally::default(), Instant::now());
        let tell = |tally| (self.report)(Report::Tallied { pattern: std::sync::Arc::clone(&wish.pattern), tally });
        let survey = Survey::over(&self.dataset).records(wish.filter.bounds());
        let ending: Ending<()> = survey.run(&self.control(request), work, |_, matches| {
            tally.scanned += 1;
            tally.matches += matches;
            tally.records += usize::from(matches > 0);
            if told.elapsed() > INTERVAL {
                tell(tally);
                told = Instant::now();
            }
            ControlFlow::Continue(())
        });
        if ending == Ending::Complete {
            tell(Tally { complete: true, ..tally });
        }
    }
}

/// The matches in a record, of its first side where it has two: the one that is shown first.
#[must_use]
pub fn matches(engine: &Engine, record: &Record, pattern: &Pattern, comparison: &Comparison) -> usize {
    let text = match comparison.shown.rule() {
        Rule::Sequence(_) => engine.texts(record).into_iter().next(),
        // Its trainer may write another text.
        Rule::Record(_) => {
            let ((_, encoded), _) = engine.encode_sides(record, &comparison.shown);
            encoded.ok().map(|encoded| encoded.sequence.text)
        }
    };
    text.map_or(0, |text| pattern.text().find_iter(&text).filter(|found| !found.is_empty()).count())
}

/// What a record is sorted by.
#[must_use]
pub fn rank(engine: &Engine, record: &Record, sort: Sort, comparison: &Comparison) -> Rank {
    if sort == Sort::Files {
        return 0;
    }
    let Ok(encoded) = engine.encode(record) else { return 0 };
    match sort {
        Sort::Files => 0,
        Sort::Tokens => (encoded.sequence.unpadded() + encoded.sequence.truncated) as Rank,
        Sort::Share => engine.annotate(&encoded, &comparison.before, comparison.form).map_or(0, |mask| {
            let share = 1_000_000 * mask.count() as Rank / mask.len().max(1) as Rank;
            // The smallest share comes first.
            2_000_000 - share
        }),
        Sort::Differences => {
            let mask = |policy| engine.annotate(&encoded, policy, comparison.form);
            match (mask(&comparison.before), mask(&comparison.after)) {
                (Ok(before), Ok(after)) => MaskDiff::count(&before, &after).total() as Rank,
                _ => 0,
            }
        }
        Sort::Findings => {
            let found = findings(engine, record, &encoded, comparison);
            found.worst.map_or(0, |(severity, _)| ((severity as Rank + 1) << 32) + found.count as Rank)
        }
    }
}

impl Comparison {
    /// A and B; A alone where they are the same.
    #[must_use]
    pub fn policies(&self) -> Vec<Policy> {
        let mut policies = vec![self.before.clone()];
        if self.after != self.before {
            policies.push(self.after.clone());
        }
        policies
    }

    /// What answers the terms of filters with these policies.
    #[must_use]
    pub fn judge<'a>(&self, engine: &'a Engine, policies: &'a [Policy]) -> Judge<'a> {
        Judge { form: self.form, ..Judge::of(engine, policies) }
    }
}
