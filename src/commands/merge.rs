//! `merge`: the reports of audits of parts, added up.

use super::{Exit, audit};
use crate::cli::FailOn;
use crate::error::{Error, Mismatch, ReportFault};
use crate::report::audit::{AuditReport, VERSION};
use crate::words::Language;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is added up.
#[derive(Debug)]
pub struct Job<'a> {
    /// The reports.
    pub reports: &'a [PathBuf],
    /// What makes the run end with exit code 1.
    pub fail_on: FailOn,
    /// The report that their sum is compared with.
    pub baseline: Option<&'a Path>,
    /// The language of what is written for people.
    pub language: Language,
}

/// Reads the reports and writes their sum, which is that of one audit of the whole.
///
/// # Errors
/// [`Error::Report`] for a file that is no report or of another version, for reports that do not belong together, and where
/// a shard is missing; [`Error::Output`] where the sum cannot be written.
pub fn run(job: &Job<'_>, out: &mut impl Write) -> Result<Exit, Error> {
    let Job { reports: files, fail_on, baseline, language } = *job;
    let baseline = baseline.map(audit::Baseline::read).transpose()?;
    let parts = files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let refused = |(at, why): (usize, Mismatch)| fault(&files[at], ReportFault::Mismatch(why));
    let Some(report) = AuditReport::merged(parts, language).map_err(refused)? else { return Ok(Exit::Fine) };
    let report = audit::beside(report, baseline.as_ref())?;
    if let Some(compared) = &report.baseline {
        audit::tell(compared, language);
    }
    audit::json(&report, out)?;
    out.flush()?;
    Ok(audit::exit(&report, fail_on))
}

fn fault(file: &Path, fault: ReportFault) -> Error {
    Error::Report { path: file.to_owned(), fault: Box::new(fault) }
}

pub(super) fn read(file: &Path) -> Result<AuditReport, Error> {
    let text = std::fs::read(file).map_err(|error| fault(file, ReportFault::Unreadable(error.to_string())))?;
    let value: Value =
        serde_json::from_slice(&text).map_err(|error| fault(file, ReportFault::NotReport(error.to_string())))?;
    let version = value.get("version").and_then(Value::as_u64);
    if version != Some(u64::from(VERSION)) {
        return Err(fault(file, ReportFault::Version { found: version, known: VERSION }));
    }
    serde_json::from_value(value).map_err(|error| fault(file, ReportFault::NotReport(error.to_string())))
}
