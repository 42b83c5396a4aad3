//! `template mark`: the template with generation blocks on standard output, and what is proven on standard error.

use super::super::output::into;
use super::super::walk::{Joint, Piece, Walk};
use super::super::{Exit, finished, no_record};
use super::{Job, bench, conversations, given, place};
use crate::dataset::{RawRecord, Record};
use crate::error::Error;
use crate::filter::Judge;
use crate::marking::{Bench, Fault, Marked, Proof, mark};
use crate::pipeline::Engine;
use crate::survey::Survey;
use crate::words::template::TemplateWords;
use crate::words::visible;
use std::io::Write;

/// How the proof went on records.
#[derive(Default)]
struct Tally {
    proven: usize,
    no_answer: usize,
    refused: usize,
    /// The first record that it fails on.
    fault: Option<(Record, Fault)>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.proven += other.proven;
        self.no_answer += other.no_answer;
        self.refused += other.refused;
        self.fault = self.fault.take().or(other.fault);
    }
}

pub(super) fn run(job: &Job<'_>, engine: &Engine, out: &mut impl Write) -> Result<Exit, Error> {
    let bench = bench(engine);
    let marked = match mark(&bench) {
        Ok(marked) => marked,
        Err(why) => {
            job.tell(&TemplateWords::NotMarked(&why));
            return Ok(Exit::Findings);
        }
    };
    let tally = if job.config.files.is_empty() { None } else { Some(prove(job, engine, &bench, &marked)?) };
    let line = marked.lines.first().copied().unwrap_or(1);
    if let Some((record, fault)) = tally.as_ref().and_then(|tally| tally.fault.as_ref()) {
        job.tell(&TemplateWords::RecordUnproven { at: place(record), line, fault });
        return Ok(Exit::Findings);
    }
    let source = marked.template.source();
    into(job.output, out, |out| {
        if job.is_terminal {
            writeln!(out, "{}", visible::lines(source))?;
        } else {
            out.write_all(source.as_bytes())?;
        }
        Ok(out.flush()?)
    })?;
    let Marked { lines, proven, refused, unknown, .. } = &marked;
    job.tell(&TemplateWords::Marked { lines, shapes: proven.len(), refused, unknown });
    if let Some(Tally { proven, no_answer, refused, .. }) = tally {
        job.tell(&TemplateWords::Records { proven, no_answer, refused });
    }
    Ok(Exit::Fine)
}

/// Proves the blocks on every record.
fn prove(job: &Job<'_>, engine: &Engine, bench: &Bench<'_>, marked: &Marked) -> Result<Tally, Error> {
    let dataset = job.config.dataset()?;
    dataset.readable()?;
    let (filter, judge) = (&job.config.filter, Judge::of(engine, &job.config.policies));
    let work = |raw: RawRecord| {
        let record = filter.pick(raw, &judge);
        Ok(record.map(|record| Piece { lines: Vec::new(), figures: of_record(engine, bench, marked, record) }))
    };
    let survey = Survey::over(&dataset).records(filter.bounds());
    let sieve = filter.sieve(&judge);
    let walk = Walk { survey, engine, language: job.config.language, joint: Joint::default(), sieve, interrupt: None };
    let walked = walk.run(&mut std::io::sink(), work, Tally::add)?;
    finished(walked.ending)?;
    let Tally { proven, no_answer, refused, fault } = &walked.sum;
    if proven + no_answer + refused == 0 && fault.is_none() {
        return Err(no_record(&dataset, job.config));
    }
    Ok(walked.sum)
}

fn of_record(engine: &Engine, bench: &Bench<'_>, marked: &Marked, record: Record) -> Tally {
    let mut tally = Tally::default();
    let conversations = conversations(engine, &record);
    if conversations.is_empty() {
        tally.refused = 1;
    }
    for conversation in conversations {
        let (messages, kwargs) = (conversation.values(), engine.setup().kwargs_of(&conversation));
        match bench.prove(&marked.template, given(&conversation, &messages, &kwargs)) {
            Ok(Proof::Proven) => tally.proven += 1,
            Ok(Proof::NoAnswer) => tally.no_answer += 1,
            Ok(Proof::Refused) => tally.refused += 1,
            Err(fault) => {
                tally.fault = Some((record, fault));
                break;
            }
        }
    }
    tally
}
