//! `diff`: two policies compared over a whole data set.

mod human;
mod json;
mod outcome;
#[cfg(test)]
mod tests;

use super::{Bar, Exit, finished, no_record};
use crate::cli::ReportFormat;
use crate::config::Config;
use crate::dataset::RawRecord;
use crate::error::{Error, OptionFault};
use crate::filter::Judge;
use crate::pipeline::Engine;
use crate::policies::Policy;
use crate::report::{Comparison, Merge};
use crate::survey::{Control, Survey};
use crate::words::Language;
use outcome::Outcome;
use std::io::Write;
use std::ops::ControlFlow;

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
    let policies = two(&job.config.policies)?;
    let dataset = job.config.dataset()?;
    dataset.readable()?;
    let engine = job.config.engine()?;
    let language = job.config.language;
    let comparing = Comparing { engine: &engine, policies, format: job.format, language };
    let (control, bar) = (Control::new(), Bar::start(language));
    let mut report = Comparison::new(policies);
    let mut take = |outcome: Outcome| -> Result<(), Error> {
        out.write_all(&outcome.lines)?;
        report.counts.merge(&outcome.counts);
        bar.show(control.progress());
        Ok(())
    };
    let (filter, judge) = (&job.config.filter, Judge::of(&engine, policies));
    let work = |raw: RawRecord| filter.pick(raw, &judge).map(|record| comparing.record(&record)).transpose();
    let survey = Survey::over(&dataset).records(filter.bounds());
    let ending =
        survey.run(&control, work, |_, outcome| match outcome.and_then(|outcome| outcome.map_or(Ok(()), &mut take)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        });
    bar.clear();
    finished(ending)?;
    if report.counts.records == 0 {
        return Err(no_record(&dataset, job.config));
    }
    match job.format {
        ReportFormat::Human => {
            let names: Vec<&str> = dataset.file_names().iter().map(AsRef::as_ref).collect();
            human::write(&report, &names.join(", "), job.config, out)?;
        }
        ReportFormat::Json => {
            super::safe_json::write(out, &json::report(&report, language))?;
            writeln!(out)?;
        }
        ReportFormat::Jsonl => {}
    }
    out.flush()?;
    Ok(Exit::Fine)
}

fn two(policies: &[Policy]) -> Result<&[Policy; 2], Error> {
    policies
        .try_into()
        .map_err(|_| Error::Option { option: "--policy", fault: OptionFault::NotTwoPolicies { given: policies.len() } })
}
