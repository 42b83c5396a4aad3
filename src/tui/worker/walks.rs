//! Walks over the whole data set that go on beside what the reader does: which records the list has, and how many matches
//! a search has.

use super::background::findings;
use super::{Background, Comparison, Report};
use crate::dataset::{RawRecord, Record, Sieve};
use crate::filter::{Filter, Judge, Pattern};
use crate::pipeline::Engine;
use crate::policies::{MaskDiff, Policy, Rule};
use crate::survey::{Ending, Survey, Weigh};
use crate::tui::app::{Rank, Sort, Tally};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How often the reader is told what was found.
pub(super) const INTERVAL: Duration = Duration::from_millis(100);

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
        let is_doubted = engine.doubted_from_now();
        let bounds = wish.filter.bounds();
        let survey = Survey::over(&self.dataset).records(bounds.start.max(wish.from)..bounds.end);
        let sieve = wish.filter.sieve(&judge);
        let ending = survey.run_sifted(&self.control(request), (sieve.as_ref(), || None), work, |at, rank| {
            if is_doubted() {
                return ControlFlow::Break(());
            }
            scanned = at + 1;
            let is_first = rank.is_some() && found.is_empty() && told.elapsed() > INTERVAL / 4;
            found.extend(rank.map(|rank| (rank, at)));
            if is_first || told.elapsed() > INTERVAL {
                tell(&mut found, scanned, false);
                told = Instant::now();
            }
            ControlFlow::Continue(())
        });
        if ending == Ending::Complete && !is_doubted() {
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
        let is_doubted = engine.doubted_from_now();
        let bounds = wish.filter.bounds();
        let survey = Survey::over(&self.dataset).records(bounds.clone());
        let sieve = sieve(engine, &wish.pattern, &wish.comparison).or_else(|| wish.filter.sieve(&judge));
        let ending = survey.run_sifted(&self.control(request), (sieve.as_ref(), || 0), work, |at, matches| {
            if is_doubted() {
                return ControlFlow::Break(());
            }
            tally.scanned = at + 1 - bounds.start;
            tally.matches += matches;
            tally.records += usize::from(matches > 0);
            if told.elapsed() > INTERVAL {
                tell(tally);
                told = Instant::now();
            }
            ControlFlow::Continue(())
        });
        if ending == Ending::Complete && !is_doubted() {
            tell(Tally { complete: true, ..tally });
        }
    }
}

/// What keeps every record in which [`matches()`] finds something.
#[must_use]
pub fn sieve(engine: &Engine, pattern: &Pattern, comparison: &Comparison) -> Option<Sieve> {
    Judge::of(engine, std::slice::from_ref(&comparison.shown)).sieve(pattern)
}

/// The matches in a record, of its first side where it has two: the one that is shown first.
#[must_use]
pub fn matches(engine: &Engine, record: &Record, pattern: &Pattern, comparison: &Comparison) -> usize {
    let text = match comparison.shown.rule() {
        Rule::Sequence(_) => engine.texts(record).into_iter().next(),
        // Its trainer may write another text.
        Rule::Record(_) => {
            let ((_, encoded), _) = engine.many().encode_sides(record, &comparison.shown);
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
    let read_by = if sort == Sort::Share { &comparison.before } else { &comparison.shown };
    let ((_, encoded), _) = engine.many().encode_sides(record, read_by);
    let Ok(encoded) = encoded else { return 0 };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Arguments;
    use crate::config::{Config, Environment};
    use crate::dataset::Dataset;
    use crate::sequence::MarkerForm;
    use crate::tui::worker::urgent::Urgent;
    use crate::tui::worker::{Job, Slot};
    use clap::Parser;
    use std::sync::atomic::AtomicU64;
    use std::sync::mpsc::{Receiver, channel};
    use std::sync::{Arc, Mutex};

    /// Records in all; the last 150 hold the word that the engine gets wrong. It is compared with the reference on the
    /// first 200 texts and on the 1001st.
    const RECORDS: usize = 1100;
    const WORD: &str = "夏天";

    fn dataset() -> Dataset {
        let record = |at: usize| {
            let content = if at >= RECORDS - 150 { WORD.repeat(9) } else { "river".to_owned() };
            serde_json::json!({"messages": [{"role": "user", "content": content}]}).to_string() + "\n"
        };
        let text = (0..RECORDS).map(record).collect::<String>();
        Dataset::from_reader("data", std::io::Cursor::new(text)).unwrap()
    }

    fn background(
        engine: Engine,
    ) -> (Background<impl Fn(Report) + Clone + Send + 'static>, Arc<Engine>, Receiver<Report>) {
        let (sender, reports) = channel();
        let sender = Arc::new(Mutex::new(sender));
        let report = move |report| drop(sender.lock().unwrap().send(report));
        let (slot, wanted, urgent) = (Arc::new(Slot::default()), Arc::new(AtomicU64::new(1)), Urgent::default());
        (Background { dataset: dataset(), slot, report, wanted, urgent }, Arc::new(engine), reports)
    }

    /// Arranges all records by their tokens.
    fn arrange(background: &Background<impl Fn(Report) + Clone + Send + 'static>, engine: &Engine) {
        let [before, after] = ["legacy", "minimind"].map(|name| Policy::parse(name).unwrap());
        let comparison = Comparison { shown: before.clone(), before, after, form: MarkerForm::Given, age: 0 };
        let (filter, sort) = ("tokens>1".parse().unwrap(), Sort::Tokens);
        let wish = Arranging { filter, sort, comparison: Box::new(comparison), from: 0, age: 1 };
        background.perform(engine, Job::Arrange(wish), 1);
    }

    fn told(reports: &Receiver<Report>) -> (Vec<(Rank, usize)>, bool, usize) {
        let (mut records, mut is_complete, mut doubts) = (Vec::new(), false, 0);
        for report in reports.try_iter() {
            match report {
                Report::Arranged { records: more, complete, .. } => {
                    records.extend(more);
                    is_complete |= complete;
                }
                Report::Doubted => doubts += 1,
                other => panic!("{other:?}"),
            }
        }
        (records, is_complete, doubts)
    }

    #[test]
    fn a_list_that_the_quick_engine_made_is_asked_for_anew_after_a_doubt() {
        let config =
            Config::resolve(Arguments::parse_from(["maskview", "data"]).viewer, &Environment::default()).unwrap();
        let (right, engine, reports) = background(config.engine().unwrap());
        arrange(&right, &engine);
        let all = told(&reports);
        assert_eq!((all.0.len(), all.1, all.2), (RECORDS, true, 0));
        let wrong = config.engine().unwrap().with_fast_engine_of(|other| {
            other.add_tokens([tokenizers::AddedToken::from(WORD, false)]).unwrap();
        });
        let (wrong, engine, reports) = background(wrong);
        arrange(&wrong, &engine);
        assert!(engine.doubt().is_some());
        let (_, is_complete, doubts) = told(&reports);
        assert_eq!((is_complete, doubts), (false, 1));
        arrange(&wrong, &engine);
        assert_eq!(told(&reports), all, "the reference answers, and the doubt is told once");
    }
}
