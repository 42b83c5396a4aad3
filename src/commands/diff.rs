//! `diff`: two policies compared over a whole data set.

mod human;
mod json;
mod outcome;
#[cfg(test)]
mod tests;

use super::walk::{Joint, Walk};
use super::{Exit, finished, no_record};
use crate::cli::ReportFormat;
use crate::config::Config;
use crate::dataset::{Dataset, RawRecord};
use crate::error::{Error, OptionFault};
use crate::filter::Judge;
use crate::pipeline::Engine;
use crate::policies::Policy;
use crate::report::{Comparison, Counts, Merge};
use crate::survey::Survey;
use crate::words::Language;
use std::io::Write;

/// What to compare and how to write it.
#[derive(Debug)]
pub struct Job<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The format.
    pub format: ReportFormat,
}

/// What each record is compared with.
struct Comparing<'a> {
    engine: &'a Engine,
    policies: &'a [Policy; 2],
    format: ReportFormat,
    language: Language,
}

/// Compares the two policies over every record.
///
/// # Errors
/// [`Error`] when not exactly two policies are named, when the data set or the tokenizer cannot be loaded, and what
/// writing gives. A record that fails is counted with its reason.
pub fn run(job: &Job<'_>, out: &mut impl Write) -> Result<Exit, Error> {
    two(job.config)?;
    let dataset = super::open(job.config)?;
    dataset.readable()?;
    compare(job, &dataset, &job.config.engine_for(&dataset)?, out)
}

pub(super) fn compare(job: &Job<'_>, dataset: &Dataset, engine: &Engine, out: &mut impl Write) -> Result<Exit, Error> {
    let policies = &two(job.config)?;
    let language = job.config.language;
    let comparing = Comparing { engine, policies, format: job.format, language };
    let (filter, judge) = (&job.config.filter, Judge::of(engine, policies));
    let survey = Survey::over(dataset).records(filter.bounds());
    let sieve = filter.sieve(&judge);
    let walk = Walk { survey, engine, language, joint: Joint::default(), sieve, interrupt: None };
    let work = |raw: RawRecord| filter.pick(raw, &judge).map(|record| comparing.record(&record)).transpose();
    let walked = walk.run(out, work, |counts: &mut Counts, of_record| counts.merge(&of_record))?;
    let replaced = walked.check();
    finished(walked.ending)?;
    let report = Comparison { counts: walked.sum, ..Comparison::new(policies) };
    if report.counts.records == 0 {
        return Err(no_record(dataset, job.config));
    }
    match job.format {
        ReportFormat::Human => {
            let names: Vec<&str> = dataset.file_names().iter().map(AsRef::as_ref).collect();
            human::write(&report, &names.join(", "), job.config, out)?;
        }
        ReportFormat::Json => {
            crate::writers::safe_json::write(out, &json::report(&report, language))?;
            writeln!(out)?;
        }
        ReportFormat::Jsonl => {}
    }
    out.flush()?;
    replaced?;
    Ok(Exit::Fine)
}

/// The two policies that are named; one beside a trainer's configuration is compared with the configuration's own.
fn two(config: &Config) -> Result<[Policy; 2], Error> {
    let given = match (&config.own_policy, config.policies.as_slice()) {
        (Some(own), [only]) if own != only => vec![own.clone(), only.clone()],
        (_, policies) => policies.to_vec(),
    };
    given.try_into().map_err(|given: Vec<Policy>| Error::Option {
        option: "--policy",
        fault: OptionFault::NotTwoPolicies { given: given.len() },
    })
}
