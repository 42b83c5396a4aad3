//! `diff`: two policies compared over a whole data set.

mod human;
mod outcome;
mod report;

use crate::cli::ReportFormat;
use crate::config::Config;
use crate::dataset::{Dataset, RawRecord};
use crate::error::Error;
use crate::pipeline::Engine;
use crate::policies::Policy;
use crate::words::Language;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use outcome::Outcome;
use rayon::prelude::*;
use report::Report;
use std::io::Write;

/// Records that are read before they are worked on by all cores.
const BATCH: usize = 128;

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
pub fn run(job: &Job<'_>, out: &mut impl Write) -> Result<(), Error> {
    let policies = two(&job.config.policies)?;
    let dataset = job.config.dataset()?;
    dataset.readable()?;
    let engine = job.config.engine()?;
    let language = job.config.language;
    let comparing = Comparing { engine: &engine, policies, format: job.format, language };
    let progress = Progress::start(&dataset);
    let mut report = Report::new(policies);
    let mut records = dataset.raw_records(0);
    loop {
        let batch: Vec<RawRecord> = records.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let read = batch.len();
        let outcomes: Vec<Vec<Outcome>> =
            batch.into_par_iter().map(|raw| comparing.record(&raw.parse())).collect::<Result<_, _>>()?;
        for outcome in outcomes.into_iter().flatten() {
            out.write_all(&outcome.lines)?;
            report.add(outcome);
        }
        report.records += read;
        progress.went_on(&dataset, report.records);
    }
    progress.bar.finish_and_clear();
    match job.format {
        ReportFormat::Human => {
            let names: Vec<&str> = dataset.file_names().iter().map(AsRef::as_ref).collect();
            human::write(&report, &names.join(", "), job.config, out)?;
        }
        ReportFormat::Json => {
            super::safe_json::write(out, &report.json(language))?;
            writeln!(out)?;
        }
        ReportFormat::Jsonl => {}
    }
    out.flush()?;
    Ok(())
}

fn two(policies: &[Policy]) -> Result<&[Policy; 2], Error> {
    policies.try_into().map_err(|_| Error::Option {
        option: "--policy",
        reason: format!(
            "diff compares two policies, and {} {} given; name A and B, such as `-p legacy,fixed`",
            policies.len(),
            if policies.len() == 1 { "is" } else { "are" }
        ),
    })
}

/// The bar on standard error; hidden where that is no terminal.
struct Progress {
    bar: ProgressBar,
}

/// What is shown while it is not known how many records there are.
const COUNTING: &str = "{spinner} {pos} records";

/// What is shown when it is.
const BAR: &str = "{wide_bar} {pos} of {len} records";

impl Progress {
    fn start(dataset: &Dataset) -> Self {
        let bar = Self { bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()) };
        bar.look_like(COUNTING);
        bar.went_on(dataset, 0);
        bar
    }

    fn look_like(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
    }

    fn went_on(&self, dataset: &Dataset, done: usize) {
        let total = dataset.progress();
        if total.complete && self.bar.length().is_none() {
            self.bar.set_length(total.records as u64);
            self.look_like(BAR);
        }
        self.bar.set_position(done as u64);
    }
}
