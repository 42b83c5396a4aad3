//! Findings: what a lint has found, and where.

use super::{Lint, Severity};
use crate::conversation::Choice;
use crate::dataset::Record;
use crate::words::{Fault, Language};
use serde::Serialize;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// One fault that a lint has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The lint's code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The policy that it concerns; `None` when it concerns all.
    pub policy: Option<String>,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub fault: Fault,
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the chat template.
    Template,
    /// In the data set as a whole.
    Dataset,
    /// In one record.
    Record(RecordPlace, Within),
}

/// Which record of a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPlace {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// The number of the record in the whole data set, from 1.
    pub number: usize,
    /// The line or row of the file in which it begins, from 1.
    pub line: usize,
    /// Which of its two answers, where it has two.
    pub choice: Option<Choice>,
}

impl RecordPlace {
    /// The place of a record.
    #[must_use]
    pub fn of(record: &Record, choice: Option<Choice>) -> Self {
        Self { file: Arc::clone(&record.file), number: record.number, line: record.line, choice }
    }
}

/// Where in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// All of it.
    Whole,
    /// A message, from 0. Its tokens are looked up when the finding is made; empty where it has none.
    Message(usize, Range<usize>),
    /// These tokens.
    Tokens(Range<usize>),
}

impl Finding {
    /// What a lint has found.
    #[must_use]
    pub(super) fn of(lint: &Lint, severity: Severity, policy: Option<String>, place: Place, fault: Fault) -> Self {
        let policy = policy.or_else(|| lint.policy.map(str::to_owned));
        Self { code: lint.code, severity, policy, place, fault }
    }

    /// The tokens that it concerns; `None` where it concerns none.
    #[must_use]
    pub fn tokens(&self) -> Option<Range<usize>> {
        match &self.place {
            Place::Record(_, Within::Message(_, tokens) | Within::Tokens(tokens)) => Some(tokens.clone()),
            _ => None,
        }
    }
}

/// Findings with the policies that they are about: what is wrong in the same place under several is one.
#[must_use]
pub fn together(findings: &[Finding], language: Language) -> Vec<(&Finding, Vec<&str>)> {
    let mut places: HashMap<(&str, Option<Range<usize>>, String), usize> = HashMap::new();
    let mut merged: Vec<(&Finding, Vec<&str>)> = Vec::new();
    for finding in findings {
        let place = (finding.code, finding.tokens(), language.say(&finding.fault));
        let at = *places.entry(place).or_insert(merged.len());
        if at == merged.len() {
            merged.push((finding, Vec::new()));
        }
        merged[at].1.extend(finding.policy.as_deref());
    }
    merged
}

/// A finding beside its record, as JSON.
#[derive(Debug, Serialize)]
pub struct FindingJson {
    code: &'static str,
    severity: Severity,
    policy: Option<String>,
    /// The first, and the one after the last. Empty when it is about what is not there.
    tokens: (usize, usize),
    message: String,
}

impl FindingJson {
    /// A finding in words of that language.
    #[must_use]
    pub fn new(finding: &Finding, language: Language) -> Self {
        let tokens = finding.tokens().unwrap_or_default();
        Self {
            code: finding.code,
            severity: finding.severity,
            policy: finding.policy.clone(),
            tokens: (tokens.start, tokens.end),
            message: language.say(&finding.fault),
        }
    }
}
