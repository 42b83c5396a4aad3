//! `audit`: every record as the trainer reads it, what is trained of it, and what is wrong.

mod human;
mod json;
mod work;

use super::walk::{Joint, Walk};
use super::{Exit, finished, no_record};
use crate::cli::{AuditFormat, FailOn};
use crate::config::Config;
use crate::dataset::{Dataset, RawRecord};
use crate::error::Error;
use crate::filter::Judge;
use crate::lints::{Gathered, Levels, Severity};
use crate::pipeline::Engine;
use crate::policies::{KINDS, Policy, Rule};
use crate::report::Merge;
use crate::report::audit::Audit;
use crate::survey::Survey;
use std::io::Write;
use work::Worker;

/// Who says which policy is audited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyChoice {
    /// The command line or a trainer's configuration: the first of the policies on show.
    Named,
    /// Nobody: `generation` where the chat template has generation blocks, else `minimind`.
    ByTemplate,
}

/// What to audit and how to write it.
#[derive(Debug)]
pub struct Job<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Who says which policy is audited.
    pub choice: PolicyChoice,
    /// The format.
    pub format: AuditFormat,
    /// Which lints run, and how much their findings matter.
    pub levels: Levels,
    /// What makes the run end with exit code 1.
    pub fail_on: FailOn,
}

/// A whole audit, ready to be written.
struct Report<'a> {
    config: &'a Config,
    engine: &'a Engine,
    policy: &'a Policy,
    choice: PolicyChoice,
    files: String,
    figures: Audit,
}

/// Audits every record.
///
/// # Errors
/// [`Error`] when the data set, the tokenizer or the template cannot be loaded, and what writing gives. A record that fails
/// is counted with its reason.
pub fn run(job: &Job<'_>, out: &mut impl Write) -> Result<Exit, Error> {
    let dataset = super::open(job.config)?;
    dataset.readable()?;
    let engine = job.config.engine()?.with_levels(job.levels.clone());
    audit(job, &dataset, &engine, out)
}

pub(super) fn audit(job: &Job<'_>, dataset: &Dataset, engine: &Engine, out: &mut impl Write) -> Result<Exit, Error> {
    let config = job.config;
    let policies = policies(job, engine)?;
    let worker = Worker { engine, policies: &policies, format: job.format, language: config.language };
    let filter = &config.filter;
    let named = if job.choice == PolicyChoice::Named { config.policies.len() } else { 1 };
    let judge = Judge::of(engine, &policies[..named]);
    let survey = Survey::over(dataset).records(filter.bounds());
    let walk = Walk { survey, engine, language: config.language, joint: Joint::default() };
    let work = |raw: RawRecord| filter.pick(raw, &judge).map(|record| worker.record(&record)).transpose();
    let walked = walk.run(out, work, |(figures, gathered): &mut (Audit, Gathered), (of_record, given)| {
        figures.merge(&of_record);
        gathered.merge(given);
    })?;
    let replaced = walked.check();
    finished(walked.ending)?;
    let (mut figures, gathered) = walked.sum;
    if figures.records == 0 {
        return Err(no_record(dataset, config));
    }
    let first = std::slice::from_ref(&policies[0]);
    let of_template = engine.template_findings(first);
    let of_dataset = engine.dataset_findings(gathered, first);
    for finding in of_template.iter().chain(&of_dataset) {
        figures.rules.add(finding, None, config.language);
        worker.line(out, finding)?;
    }
    let files = dataset.file_names().iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    let report = Report { config, engine, policy: &policies[0], choice: job.choice, files, figures };
    match job.format {
        AuditFormat::Human => human::write(&report, out)?,
        AuditFormat::Json => json::write(&report, out)?,
        AuditFormat::Jsonl => {}
    }
    out.flush()?;
    replaced?;
    Ok(if fails(&report.figures, job.fail_on) { Exit::Findings } else { Exit::Fine })
}

/// The policy that is audited, and after it those whose figures stand beside it: the others that are named, and every kind
/// that reads the tokens that are there.
fn policies(job: &Job<'_>, engine: &Engine) -> Result<Vec<Policy>, Error> {
    let mut policies = match job.choice {
        PolicyChoice::Named => job.config.policies.clone(),
        PolicyChoice::ByTemplate if engine.template().has_generation_blocks() => vec![Policy::parse("generation")?],
        PolicyChoice::ByTemplate => vec![Policy::parse("minimind")?],
    };
    for kind in KINDS.iter().filter(|kind| kind.name != "boundary") {
        let policy = Policy::parse(kind.name)?;
        if matches!(policy.rule(), Rule::Sequence(_)) && !policies.contains(&policy) {
            policies.push(policy);
        }
    }
    Ok(policies)
}

fn fails(figures: &Audit, fail_on: FailOn) -> bool {
    let least = match fail_on {
        FailOn::Never => return false,
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    !figures.failed.is_empty() || figures.rules.iter().any(|(_, rule)| rule.severity >= least)
}
