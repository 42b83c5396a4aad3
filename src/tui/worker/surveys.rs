//! Walks over the whole data set for reports: the audit of the masks on show, and how often tokens come.

use super::background::found_of;
use super::{Background, Report};
use crate::dataset::{RawRecord, Record};
use crate::error::Error;
use crate::filter::Judge;
use crate::lints::{Finding, Gathered, Place, PolicyMask, together};
use crate::pipeline::{Encoded, Engine};
use crate::policies::Policy;
use crate::report::audit::{Audit, Rules, Sight, Sizes, WhatIf};
use crate::report::frequencies::Frequencies;
use crate::report::{Merge, Problems, RecordAt};
use crate::survey::{Ending, Survey, Weigh};
use crate::tui::surveyed::{AuditStep, Counted, Hit, Question, Reach};
use crate::words::Language;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How often the reader is told what was found.
const INTERVAL: Duration = Duration::from_millis(200);

/// What a walk for a report is to find out.
#[derive(Debug, Clone)]
pub struct Surveying {
    /// The question.
    pub question: Question,
    /// The language of what is found.
    pub language: Language,
}

/// What a record gives to an audit.
#[derive(Debug, Default)]
struct OfRecord {
    failed: Problems,
    failing: Option<u32>,
    hit: Option<Hit>,
    rules: Rules,
    gathered: Gathered,
    figures: Audit,
}

impl Weigh for OfRecord {}

impl Weigh for Frequencies {}

/// What an audit is made of: the sum so far, and what was not told of it.
#[derive(Default)]
struct Sum {
    step: AuditStep,
    gathered: Gathered,
    figures: Audit,
}

impl Sum {
    fn take(&mut self, record: OfRecord) {
        self.step.reach.records += 1;
        self.step.failed.merge(&record.failed);
        self.step.failing.extend(record.failing);
        self.step.hits.extend(record.hit);
        self.step.rules.merge(&record.rules);
        self.gathered.merge(record.gathered);
        self.figures.merge(&record.figures);
    }

    /// Takes the figures over into what is told.
    fn draw_up(&mut self, engine: &Engine, question: &Question) {
        self.step.sizes = Sizes::of(&self.figures, engine.setup().settings.max_length);
        let audited = question.policies.first().map_or("", Policy::name);
        self.step.what_if = WhatIf::of(&self.figures.what_if, audited);
    }

    /// What is to be told now.
    fn told(&mut self, engine: &Engine, question: &Question) -> AuditStep {
        self.draw_up(engine, question);
        let (hits, failing) = (std::mem::take(&mut self.step.hits), std::mem::take(&mut self.step.failing));
        let told = AuditStep { hits, failing, ..self.step.clone() };
        self.step.anew = false;
        told
    }
}

/// What an audit finds in a record, with the quick engine's ids; `all` are the policies of the question, and after them those
/// whose figures stand beside theirs. Both answers of a record that has two are looked at.
fn of_record(engine: &Engine, record: &Record, wish: &Surveying, all: &[Policy]) -> OfRecord {
    let (first, other) = engine.many().encode_sides(record, &all[0]);
    let mut sum = OfRecord::default();
    let mut found = Vec::new();
    for (choice, encoded) in std::iter::once(first).chain(other) {
        match encoded {
            Ok(encoded) => found.extend(of_side(engine, (record, &encoded), wish, all, &mut sum)),
            Err(error) => {
                let at = RecordAt::of(record, choice);
                sum.failed.merge(&Problems::one(wish.language.say(&error), at));
                sum.failing = u32::try_from(record.number - 1).ok();
            }
        }
    }
    sum.hit = Hit::of(record.number - 1, found_of(&found));
    sum
}

fn of_side(
    engine: &Engine,
    (record, encoded): (&Record, &Encoded),
    wish: &Surveying,
    all: &[Policy],
    sum: &mut OfRecord,
) -> Vec<Finding> {
    let Question { policies, form, .. } = &wish.question;
    let masks: Vec<_> = all.iter().map(|policy| engine.annotate(encoded, policy, *form)).collect();
    sum.figures.take_sizes(encoded, all, &masks);
    let masks = PolicyMask::of(policies, &masks[..policies.len()]);
    let findings = engine.findings(record, encoded, &masks, *form);
    let name = |id| engine.tokenizer().decode_one(id);
    for (finding, of) in together(&findings, wish.language) {
        // With one policy there is nothing to tell apart.
        let of = if policies.len() > 1 { &of[..] } else { &[] };
        sum.rules.add_of(finding, of, Some(Sight { sequence: &encoded.sequence, name: &name }), wish.language);
    }
    sum.gathered.merge(engine.gather(record, encoded, &masks, *form));
    findings
}

/// How often tokens come in a record.
fn frequencies_of(engine: &Engine, record: &Record, question: &Question) -> Frequencies {
    let counted = || {
        let shown = question.policies.first()?;
        let ((_, encoded), _) = engine.many().encode_sides(record, shown);
        let encoded = encoded.ok()?;
        let mask = engine.annotate(&encoded, shown, question.form).ok()?;
        Some(Frequencies::of(&encoded.sequence, &mask))
    };
    counted().unwrap_or_default()
}

impl Surveying {
    /// The whole audit at once, for tests and pictures.
    ///
    /// # Errors
    /// [`Error::Gathered`].
    pub fn audit(&self, engine: &Engine, records: impl Iterator<Item = RawRecord>) -> Result<AuditStep, Error> {
        let (judge, all) = (self.question.judge(engine), self.question.all());
        let mut sum = Sum::default();
        records.filter_map(|raw| self.question.filter.pick(raw, &judge)).for_each(|record| {
            sum.take(of_record(engine, &record, self, &all));
        });
        self.ended(engine, sum)
    }

    /// All counts at once, for tests and pictures.
    #[must_use]
    pub fn count(&self, engine: &Engine, records: impl Iterator<Item = RawRecord>) -> Counted {
        let judge = self.question.judge(engine);
        let (mut frequencies, mut reach) = (Frequencies::default(), Reach { records: 0, complete: true });
        records.filter_map(|raw| self.question.filter.pick(raw, &judge)).for_each(|record| {
            frequencies.merge(&frequencies_of(engine, &record, &self.question));
            reach.records += 1;
        });
        Counted { question: self.question.clone(), frequencies, reach }
    }

    /// The audit with what concerns the template and the data set as a whole.
    fn ended(&self, engine: &Engine, mut sum: Sum) -> Result<AuditStep, Error> {
        sum.draw_up(engine, &self.question);
        let Sum { mut step, gathered, .. } = sum;
        step.rules.merge(&Rules::of(&engine.template_findings(&self.question.policies), self.language));
        let late = &mut step.late;
        let take = |finding: Finding| {
            step.rules.add(&finding, None, self.language);
            if let Place::Record(at, _) = &finding.place {
                let record = at.number - 1;
                late.extend(Hit::of(record, found_of(std::slice::from_ref(&finding))));
            }
        };
        engine.dataset_findings(gathered, take).map_err(Error::Gathered)?;
        step.reach.complete = true;
        Ok(step)
    }
}

impl Question {
    /// The policies, and after them those that have figures of their own.
    fn all(&self) -> Vec<Policy> {
        Policy::with_kinds_of_tokens(self.policies.clone()).unwrap_or_else(|_| self.policies.clone())
    }

    fn judge<'a>(&'a self, engine: &'a Engine) -> Judge<'a> {
        Judge { form: self.form, ..Judge::of(engine, &self.policies) }
    }
}

impl<F: Fn(Report) + Clone + Send + 'static> Background<F> {
    pub(super) fn audit(&self, engine: &Engine, wish: &Surveying, request: u64) {
        let tell = |step| (self.report)(Report::Audited(Box::new(step), Box::new(wish.question.clone())));
        let all = wish.question.all();
        let work = |record: &Record| of_record(engine, record, wish, &all);
        let fresh = || {
            let mut sum = Sum::default();
            sum.step.anew = true;
            sum
        };
        let sum = self.add_up(engine, &wish.question, request, (fresh, work), Sum::take, |sum| {
            tell(sum.told(engine, &wish.question));
        });
        if let Some(sum) = sum {
            wish.ended(engine, sum).map_or_else(|error| (self.report)(Report::Failed(error)), tell);
        }
    }

    pub(super) fn count_tokens(&self, engine: &Engine, wish: &Surveying, request: u64) {
        let tell = |(frequencies, records): &(Frequencies, usize), complete| {
            let reach = Reach { records: *records, complete };
            let counted = Counted { question: wish.question.clone(), frequencies: frequencies.clone(), reach };
            (self.report)(Report::Frequencies(Box::new(counted)));
        };
        let work = |record: &Record| frequencies_of(engine, record, &wish.question);
        let take = |sum: &mut (Frequencies, usize), record: Frequencies| {
            sum.0.merge(&record);
            sum.1 += 1;
        };
        let fresh = <(Frequencies, usize)>::default;
        let sum = self.add_up(engine, &wish.question, request, (fresh, work), take, |sum| tell(sum, false));
        if let Some(sum) = sum {
            tell(&sum, true);
        }
    }

    /// Adds up what the records of a question give, telling the reader now and then. Where the quick engine is found to be
    /// wrong, all is counted again. `None` when it is no longer wanted.
    fn add_up<T: Weigh + Send, S>(
        &self,
        engine: &Engine,
        question: &Question,
        request: u64,
        (fresh, work): (impl Fn() -> S, impl Fn(&Record) -> T + Sync),
        take: impl Fn(&mut S, T),
        tell: impl Fn(&mut S),
    ) -> Option<S> {
        let judge = question.judge(engine);
        let work = |raw: RawRecord| question.filter.pick(raw, &judge).map(|record| work(&record));
        let sieve = question.filter.sieve(&judge);
        loop {
            let (is_doubted, mut sum, mut told) = (engine.doubted_from_now(), fresh(), Instant::now());
            let survey = Survey::over(&self.dataset).records(question.filter.bounds());
            let sifting = (sieve.as_ref(), (|| None) as fn() -> _);
            let ending = survey.run_sifted(&self.control(request), sifting, work, |_, given| {
                if is_doubted() {
                    return ControlFlow::Break(());
                }
                if let Some(given) = given {
                    take(&mut sum, given);
                }
                if told.elapsed() > INTERVAL {
                    tell(&mut sum);
                    told = Instant::now();
                }
                ControlFlow::Continue(())
            });
            match ending {
                Ending::Stopped(()) => {}
                Ending::Complete if is_doubted() => {}
                Ending::Complete | Ending::Missing { .. } => return Some(sum),
                Ending::Cancelled => return None,
            }
        }
    }
}
