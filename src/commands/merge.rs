//! `merge`: the reports of audits of parts, added up.

use super::Exit;
use super::audit::{self, Look};
use crate::cli::FailOn;
use crate::error::{Error, Mismatch, ReportFault};
use crate::report::audit::{AuditReport, VERSION};
use crate::writers::Writer;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What to add up and how to write it.
#[derive(Debug)]
pub struct Job<'a> {
    /// The reports.
    pub reports: &'a [PathBuf],
    /// The format of their sum.
    pub format: &'static Writer,
    /// What makes the run end with exit code 1.
    pub fail_on: FailOn,
    /// The report that their sum is compared with.
    pub baseline: Option<&'a Path>,
    /// What the sum looks like.
    pub look: Look<'a>,
}

/// Reads the reports and writes their sum, which is that of one audit of the whole.
///
/// # Errors
/// [`Error::Report`] for a file that is no report or of another version, for reports that do not belong together, and where
/// a shard is missing; [`Error::Output`] where the sum cannot be written.
pub fn run(job: &Job<'_>, out: &mut impl Write) -> Result<Exit, Error> {
    let baseline = job.baseline.map(audit::Baseline::read).transpose()?;
    let parts = job.reports.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let refused = |(at, why): (usize, Mismatch)| fault(&job.reports[at], ReportFault::Mismatch(why));
    let Some(report) = AuditReport::merged(parts, job.look.language).map_err(refused)? else { return Ok(Exit::Fine) };
    let report = audit::beside(report, baseline.as_ref())?;
    audit::write(&report, job.format, &job.look, job.fail_on, out)?;
    out.flush()?;
    Ok(audit::exit(&report, job.fail_on))
}

fn fault(file: &Path, fault: ReportFault) -> Error {
    Error::Report { path: file.to_owned(), fault: Box::new(fault) }
}

pub(super) fn read(file: &Path) -> Result<AuditReport, Error> {
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => ReportFault::NoFile,
        _ => ReportFault::Unreadable(error.to_string()),
    };
    let text = std::fs::read(file).map_err(|error| fault(file, unreadable(error)))?;
    let value: Value =
        serde_json::from_slice(&text).map_err(|error| fault(file, ReportFault::NotReport(error.to_string())))?;
    if let Some(number) = beyond_counting(&value) {
        return Err(fault(file, ReportFault::NotReport(format!("{number} is no count of anything"))));
    }
    let version = value.get("version").and_then(Value::as_u64);
    if version != Some(u64::from(VERSION)) {
        return Err(fault(file, ReportFault::Version { found: version, known: VERSION }));
    }
    serde_json::from_value(value).map_err(|error| fault(file, ReportFault::NotReport(error.to_string())))
}

/// Larger numbers are exact in no language that reads JSON as floats, and no count of records or tokens comes near.
const MOST: u64 = 1 << 53;

/// A number that is larger than any count, so that what is added up and multiplied later stays in bounds.
fn beyond_counting(report: &Value) -> Option<u64> {
    let mut left = vec![report];
    while let Some(value) = left.pop() {
        match value {
            Value::Number(number) => {
                if let Some(number) = number.as_u64().filter(|number| *number > MOST) {
                    return Some(number);
                }
            }
            Value::Array(values) => left.extend(values),
            Value::Object(fields) => left.extend(fields.values()),
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }
    None
}
