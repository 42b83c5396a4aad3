//! `--baseline`: what became of the figures of an earlier report.

use crate::commands::merge;
use crate::error::{Error, ReportFault};
use crate::lints::Severity;
use crate::paint::audit::baseline::lines;
use crate::report::audit::{AuditReport, Compared, Head};
use crate::words::Language;
use crate::words::audit::{AuditWords, Heading};
use std::io::Write;
use std::path::Path;

/// An earlier report, with the file that it comes from.
pub struct Baseline<'a> {
    path: &'a Path,
    report: AuditReport,
}

impl<'a> Baseline<'a> {
    /// Reads it.
    ///
    /// # Errors
    /// [`Error::Report`] for a file that is no report.
    pub fn read(path: &'a Path) -> Result<Self, Error> {
        Ok(Self { path, report: merge::read(path)? })
    }

    /// Refuses a baseline of another policy, tokenizer, template or length than an audit with this head.
    ///
    /// # Errors
    /// [`Error::Report`].
    pub fn check(&self, head: &Head) -> Result<(), Error> {
        self.report.head.check_baseline(head).map_err(|fault| self.refused(fault))
    }

    fn refused(&self, fault: ReportFault) -> Error {
        Error::Report { path: self.path.to_owned(), fault: Box::new(fault) }
    }
}

/// The report with what became of the figures of a baseline, where there is one.
///
/// # Errors
/// [`Error::Report`] where the baseline is of another policy, tokenizer, template or length.
pub fn beside(report: AuditReport, baseline: Option<&Baseline<'_>>) -> Result<AuditReport, Error> {
    let Some(baseline) = baseline else { return Ok(report) };
    report.beside(&baseline.report).map_err(|fault| baseline.refused(fault))
}

/// Says on standard error whether the run passes beside the baseline, which the counts of the report do not tell.
pub fn conclude(compared: &Compared, least: Option<Severity>, language: Language) {
    let Some(least) = least else { return };
    let words = language.say(&AuditWords::BesideBaseline { worse: compared.worse(least) });
    // Where standard error is closed or full there is no way to say so.
    let _ = writeln!(std::io::stderr(), "maskview: {words}");
}

/// Says it on standard error, beside a report that is read by programs.
pub fn tell(compared: &Compared, language: Language) {
    let heading = language.say(&AuditWords::Heading(Heading::Baseline));
    for line in lines(compared, language) {
        // Where standard error is closed or full there is no way to say so.
        let _ = writeln!(std::io::stderr(), "maskview: {heading}: {line}");
    }
}
