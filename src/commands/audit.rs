//! `audit`: every record as the trainer reads it, what is trained of it, and what is wrong.

mod baseline;
mod human;
mod parted;
mod work;

pub(super) use baseline::{Baseline, beside, tell};
pub use parted::Parted;

use super::walk::{Joint, Piece, Walk};
use super::{Exit, finished, no_record, output, safe_json};
use crate::cli::{AuditFormat, FailOn};
use crate::config::Config;
use crate::dataset::{Dataset, RawRecord};
use crate::error::Error;
use crate::filter::Judge;
use crate::lints::{Check, Gathered, LINTS, Levels, Severity};
use crate::pipeline::Engine;
use crate::policies::{KINDS, Policy, Rule};
use crate::report::Merge;
use crate::report::audit::{Audit, AuditReport, Beside, Head, Named, NotChecked, Rules, Shard, VERSION, state_of};
use crate::survey::Survey;
use parted::Marks;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use work::Worker;
use xxhash_rust::xxh3::xxh3_128;

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
    /// Which part of the records is audited; `None` for all.
    pub shard: Option<Shard>,
    /// The report that this one is compared with.
    pub baseline: Option<PathBuf>,
    /// Where the records go.
    pub parted: Parted,
}

/// Refuses outputs that lead to what is read.
///
/// # Errors
/// [`Error::Option`].
pub fn check_outputs(job: &Job<'_>, report: Option<&Path>) -> Result<(), Error> {
    let data = &job.config.files;
    if let Some(report) = report {
        output::check_inputs("--output", report, data)?;
    }
    let inputs: Vec<PathBuf> = data.iter().chain(&job.baseline).cloned().collect();
    job.parted.check(&inputs, report)
}

/// What is added up in the walk.
type Sum = (Audit, Gathered, Marks);

/// A whole audit, ready to be shown.
struct Shown<'a> {
    config: &'a Config,
    engine: &'a Engine,
    choice: PolicyChoice,
    report: &'a AuditReport,
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
    let files = dataset.file_names().iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    let head = head(job, engine, &policies[0], files);
    let baseline = job.baseline.as_deref().map(Baseline::read).transpose()?;
    // Before the records are read, which takes its time.
    baseline.as_ref().map_or(Ok(()), |baseline| baseline.check(&head))?;
    let worker = Worker { engine, policies: &policies, format: job.format, language: config.language };
    let filter = &config.filter;
    let named = if job.choice == PolicyChoice::Named { config.policies.len() } else { 1 };
    let judge = Judge::of(engine, &policies[..named]);
    let survey = Survey::over(dataset).records(records(dataset, filter.bounds(), job.shard)?);
    let walk = Walk { survey, engine, language: config.language, joint: Joint::default() };
    let work = |raw: RawRecord| {
        let number = raw.number;
        let piece = filter.pick(raw, &judge).map(|record| worker.record(&record)).transpose()?;
        Ok(piece.map(|Piece { lines, figures }| Piece { lines, figures: (number, figures) }))
    };
    let (marked, least) = (job.parted.is_asked(), parted::least(job.fail_on));
    let walked = walk.run(out, work, |(figures, gathered, marks): &mut Sum, (number, (of_record, given))| {
        if marked {
            marks.take(number, &of_record, least);
        }
        figures.merge(&of_record);
        gathered.merge(given);
    })?;
    let replaced = walked.check();
    finished(walked.ending)?;
    let (figures, gathered, mut marks) = walked.sum;
    // A part of few records may have none.
    if figures.records == 0 && job.shard.is_none() {
        return Err(no_record(dataset, config));
    }
    let of_template = engine.template_findings(std::slice::from_ref(&policies[0]));
    let mut beside = Beside { template_rules: Rules::of(&of_template, config.language), ..Beside::default() };
    if job.format == AuditFormat::Json {
        beside.state = state_of(&gathered).map_err(std::io::Error::from)?;
    }
    let of_dataset = engine.dataset_findings(gathered);
    beside.dataset_rules = Rules::of(&of_dataset, config.language);
    for finding in of_template.iter().chain(&of_dataset) {
        worker.line(out, finding)?;
    }
    let not_checked = not_checked(&figures);
    let report = baseline::beside(AuditReport::new(head, figures, beside, not_checked), baseline.as_ref())?;
    match job.format {
        AuditFormat::Human => human::write(&Shown { config, engine, choice: job.choice, report: &report }, out)?,
        AuditFormat::Json => json(&report, out)?,
        AuditFormat::Jsonl => {}
    }
    out.flush()?;
    if let (Some(compared), AuditFormat::Json | AuditFormat::Jsonl) = (&report.baseline, job.format) {
        tell(compared, config.language);
    }
    marks.take_findings(&of_dataset, least);
    job.parted.write(config, dataset, &marks)?;
    replaced?;
    Ok(exit(&report, job.fail_on))
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

/// The records of a shard among those within bounds, counted from 0: equal parts, each behind the other.
fn records(dataset: &Dataset, bounds: Range<usize>, shard: Option<Shard>) -> Result<Range<usize>, Error> {
    let Some(Shard { part, of }) = shard else { return Ok(bounds) };
    let count = dataset.readable().map(|()| dataset.count())?;
    let edge = |part: usize| count * part / of;
    Ok(bounds.start.max(edge(part - 1))..bounds.end.min(edge(part)))
}

fn head(job: &Job<'_>, engine: &Engine, policy: &Policy, data: String) -> Head {
    let (tokenizer, template) = (engine.tokenizer(), engine.template());
    let hash = format!("{:032x}", xxh3_128(template.source().as_bytes()));
    Head {
        version: VERSION,
        data,
        shard: job.shard,
        policy: policy.name().to_owned(),
        policy_chosen_by: match job.choice {
            PolicyChoice::Named => "user",
            PolicyChoice::ByTemplate => "template",
        }
        .to_owned(),
        tokenizer: Named { name: tokenizer.name().to_owned(), hash: tokenizer.hash() },
        template: Named { name: template.name().to_owned(), hash },
        max_length: engine.setup().settings.max_length,
        lints: engine.levels().severities(),
    }
}

/// Lints of masks, where the policy gives no mask for any record.
fn not_checked(figures: &Audit) -> Vec<NotChecked> {
    if figures.share.tokens > 0 {
        return Vec::new();
    }
    let of_masks = LINTS.iter().filter(|lint| matches!(lint.check(), Check::Mask(_)));
    let reason = "the policy gives no mask for any record";
    of_masks.map(|lint| NotChecked { code: lint.code.to_owned(), reason: reason.to_owned() }).collect()
}

/// Writes a report as one JSON object.
pub(super) fn json(report: &AuditReport, out: &mut impl Write) -> Result<(), Error> {
    safe_json::write(out, report)?;
    Ok(out.write_all(b"\n")?)
}

/// How a run ends with that report.
pub(super) fn exit(report: &AuditReport, fail_on: FailOn) -> Exit {
    let least = match fail_on {
        FailOn::Never => return Exit::Fine,
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    if report.fails_at(least) { Exit::Findings } else { Exit::Fine }
}
