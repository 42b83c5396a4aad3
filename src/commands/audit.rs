//! `audit`: every record as the trainer reads it, what is trained of it, and what is wrong.

pub mod against;
mod baseline;
mod count;
mod draw;
mod parted;
mod rest;
mod work;

pub(super) use baseline::{Baseline, beside};
pub use parted::Parted;

use super::chosen::{PolicyChoice, choose};
use super::interrupt::Interrupt;
use super::{Exit, no_record, output};
use crate::cli::FailOn;
use crate::config::Config;
use crate::dataset::Dataset;
use crate::error::Error;
use crate::lints::{Levels, Severity};
use crate::paint::audit::verdict;
use crate::paint::{Theme, ansi};
use crate::pipeline::Engine;
use crate::policies::Policy;
use crate::report::audit::{Audit, AuditReport, Extent, Head, Named, Shard, VERSION};
use crate::words::Language;
use crate::words::audit::{AuditWords, ChosenBy};
use crate::writers::{How, Reader, Writer, Written};
use count::{Counted, count};
use std::io::Write;
use std::path::{Path, PathBuf};
use work::{Lines, Worker};
use xxhash_rust::xxh3::xxh3_128;

/// What to audit and how to write it.
#[derive(Debug)]
pub struct Job<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Who says which policy is audited.
    pub choice: PolicyChoice,
    /// The format.
    pub format: &'static Writer,
    /// Which lints run, and how much their findings matter.
    pub levels: Levels,
    /// What makes the run end with exit code 1.
    pub fail_on: FailOn,
    /// Which part of the records is audited; `None` for all.
    pub shard: Option<Shard>,
    /// The report that this one is compared with.
    pub baseline: Option<PathBuf>,
    /// The files of the data set that it must not overlap with.
    pub against: Vec<PathBuf>,
    /// Where the records go.
    pub parted: Parted,
}

/// What a report looks like.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The language of its words.
    pub language: Language,
    /// The colours of a terminal.
    pub theme: &'a Theme,
    /// Whether they are written.
    pub color: ansi::Color,
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
    let inputs: Vec<PathBuf> = data.iter().chain(&job.baseline).chain(&job.against).cloned().collect();
    job.parted.check(&inputs, report)
}

/// Audits every record.
///
/// # Errors
/// [`Error`] when the data set, the tokenizer or the template cannot be loaded, and what writing gives. A record that fails
/// is counted with its reason.
pub fn run(job: &Job<'_>, out: &mut impl Write) -> Result<Exit, Error> {
    let dataset = super::open(job.config)?;
    dataset.readable()?;
    let engine = job.config.engine_for(&dataset)?.with_levels(job.levels.clone());
    let against = match job.against.as_slice() {
        [] => None,
        files => Some(against::read(files, job.config, &engine)?),
    };
    let engine = engine.with_against(against);
    audit(job, &dataset, &engine, &Interrupt::listen(), out)
}

pub(super) fn audit(
    job: &Job<'_>,
    dataset: &Dataset,
    engine: &Engine,
    interrupt: &Interrupt,
    out: &mut impl Write,
) -> Result<Exit, Error> {
    let config = job.config;
    let (named, chosen_by) = match job.choice {
        PolicyChoice::Named => (config.policies.clone(), ChosenBy::User),
        PolicyChoice::Unnamed => choose(engine, dataset).map(|(policy, by)| (vec![policy], by))?,
    };
    let head = head(job, engine, (&named, chosen_by), dataset);
    // Beside those that are named stands every kind that reads the tokens that are there.
    let policies = Policy::with_kinds_of_tokens(named)?;
    let baseline = job.baseline.as_deref().map(Baseline::read).transpose()?;
    // Before the records are read, which takes its time.
    baseline.as_ref().map_or(Ok(()), |baseline| baseline.check(&head))?;
    let is_whole = matches!(job.format.how, How::Report(_));
    let lines = if is_whole { Lines::LeftOut } else { Lines::Written };
    let worker = Worker { engine, policies: &policies, lines, language: config.language, placed: Default::default() };
    let Counted { mut figures, gathered, mut marks, extent, replaced } = count(job, dataset, &worker, interrupt, out)?;
    // A part of few records may have none.
    if figures.records == 0 && job.shard.is_none() && extent.complete {
        return Err(no_record(dataset, config));
    }
    // Records that terms have chosen, or a part of them, say nothing of the others.
    let is_all = job.shard.is_none() && config.filter.is_empty() && extent.complete;
    if is_all && figures.unread == figures.records {
        return Err(nothing_read(&figures, dataset));
    }
    if is_whole {
        draw::draw(&mut figures.worst, dataset, engine, &policies[0], config.language);
    }
    let least = parted::least(job.fail_on);
    let rest = rest::rest(&worker, job.format, &figures, gathered, |finding| {
        marks.take_finding(finding, least);
        worker.line(out, finding)
    })?;
    let report = beside(AuditReport::new(head, extent, figures, rest), baseline.as_ref())?;
    let look = Look { language: config.language, theme: &config.theme, color: config.color };
    write(&report, job.format, &look, job.fail_on, out)?;
    out.flush()?;
    if extent.complete {
        job.parted.write(config, dataset, &marks)?;
    } else {
        tell_interrupted(extent, config.language);
    }
    replaced?;
    Ok(if extent.complete { exit(&report, job.fail_on) } else { Exit::Signal(INTERRUPTED) })
}

/// That no record of the data set can be read, with what is wrong with the first.
fn nothing_read(figures: &Audit, dataset: &Dataset) -> Error {
    let first = figures.failed.listed().into_iter().next();
    let first = first.map(|(why, problem)| (problem.first, why.unwrap_or_default().to_owned()));
    let (place, why) = first.map_or_else(Default::default, |(at, why)| (format!("{}:{}", at.file, at.line), why));
    Error::NothingRead { files: dataset.file_names().join(", "), records: figures.records, place, why }
}

/// Says on standard error that the audit was interrupted, whatever reads the report.
fn tell_interrupted(extent: Extent, language: Language) {
    tell(&AuditWords::Interrupted { read: extent.records_read, all: extent.records_in_all }, language);
}

/// Says it on standard error.
fn tell(words: &AuditWords, language: Language) {
    // Where standard error is closed or full there is no way to say so.
    let _ = writeln!(std::io::stderr(), "maskview: {}", language.say(words));
}

fn head(job: &Job<'_>, engine: &Engine, (named, chosen_by): (&[Policy], ChosenBy), dataset: &Dataset) -> Head {
    let files: Vec<String> = dataset.file_names().iter().map(|name| (*name).to_string()).collect();
    let (tokenizer, template) = (engine.tokenizer(), engine.template());
    let hash = format!("{:032x}", xxh3_128(template.source().as_bytes()));
    Head {
        version: VERSION,
        data: files.join(", "),
        files,
        shard: job.shard,
        policy: named[0].name().to_owned(),
        policies_beside: named[1..].iter().map(|policy| policy.name().to_owned()).collect(),
        policy_chosen_by: chosen_by,
        tokenizer: Named { name: tokenizer.name().to_owned(), hash: tokenizer.hash() },
        template: Named { name: template.name().to_owned(), hash },
        max_length: engine.setup().settings.max_length,
        against: engine.against().map(|against| Named { name: names(&job.against), hash: against.hash() }),
        lints: engine.levels().severities(),
    }
}

fn names(files: &[PathBuf]) -> String {
    files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// Writes a report in a format. What became of a baseline is told beside reports that programs read.
///
/// # Errors
/// What writing gives.
pub(super) fn write(
    report: &AuditReport,
    format: &Writer,
    look: &Look<'_>,
    fail_on: FailOn,
    out: &mut impl Write,
) -> Result<(), Error> {
    let Look { language, theme, color } = *look;
    if let How::Report(write) = format.how {
        write(&Written { report, language, theme, color, fails_from: least(fail_on) }, out)?;
    }
    if let (Some(compared), Reader::Program) = (&report.baseline, format.reader) {
        baseline::tell(compared, language);
    }
    if report.judges_nothing() {
        if format.reader == Reader::Program {
            tell(&verdict(report), language);
        }
    } else if let Some(compared) = &report.baseline {
        baseline::conclude(compared, least(fail_on), language);
    }
    Ok(())
}

/// How a run ends that has made that report.
pub(super) fn exit(report: &AuditReport, fail_on: FailOn) -> Exit {
    if least(fail_on).is_some_and(|least| report.fails_at(least)) { Exit::Findings } else { Exit::Fine }
}

/// The number of the signal that Ctrl-C sends.
const INTERRUPTED: i32 = 2;

/// From which severity on a finding fails the run.
fn least(fail_on: FailOn) -> Option<Severity> {
    match fail_on {
        FailOn::Never => None,
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
    }
}
