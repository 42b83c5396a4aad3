//! What several formats say of findings and of records.

use crate::lints::{LINTS, Lint};
use crate::paint::prose;
use crate::report::RecordAt;
use crate::report::audit::{AuditReport, FoundAt};
use crate::words::Language;
use crate::words::audit::AuditWords;

/// `file:line`, safe for any reader; `None` for the template and for the data set as a whole.
pub(super) fn of_finding(at: &FoundAt) -> Option<String> {
    let (record, line) = (at.record?, at.line?);
    Some(format!("{}:{line} (#{record})", prose(&at.file)))
}

/// The same of a record, with which of its answers is meant.
pub(super) fn of_record(at: &RecordAt) -> String {
    let side = at.side.map_or_else(String::new, |side| format!(" {}", side.name()));
    format!("{}:{} (#{}){side}", prose(&at.file), at.line, at.record)
}

/// The lint of a code.
pub(super) fn lint(code: &str) -> Option<&'static Lint> {
    LINTS.iter().copied().find(|lint| lint.code == code)
}

/// What to do about what a lint finds, in one line.
pub(super) fn cure(code: &str, language: Language) -> String {
    lint(code).map(|lint| prose(&lint.cure(language))).unwrap_or_default()
}

/// The lints that could not look, those with one reason together.
pub(super) fn not_checked(report: &AuditReport, language: Language) -> Vec<(String, Vec<String>)> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for lint in &report.not_checked {
        let why = language.say(&AuditWords::Unchecked(lint.reason));
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, codes)) => codes.push(prose(&lint.code)),
            None => reasons.push((why, vec![prose(&lint.code)])),
        }
    }
    reasons
}
