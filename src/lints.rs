//! Lints: faults of one record that a reader should know of before training.
//!
//! A lint is one file here and one line in [`LINTS`]. The file's own documentation is what `maskview explain` shows.

mod generation_shifted;
mod message_dropped;
mod null_content;
mod unknown_role;

use crate::conversation::Conversation;
use crate::sequence::Sequence;
use serde::Serialize;
use std::ops::Range;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look.
    Warning,
    /// The record trains something else than was meant.
    Error,
}

/// One fault that a lint reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The lint's code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The policy that it concerns; `None` when it concerns all.
    pub policy: Option<String>,
    /// The tokens that it concerns: the first, and the one after the last. Empty when it is about what is not there.
    pub tokens: (usize, usize),
    /// What is wrong and what to do.
    pub message: String,
}

/// What a lint reads.
#[derive(Debug, Clone, Copy)]
pub struct LintInput<'a> {
    /// The record after normalisation.
    pub conversation: &'a Conversation,
    /// Its tokens.
    pub sequence: &'a Sequence,
}

impl LintInput<'_> {
    /// The tokens of a message; `None` when it has none.
    #[must_use]
    pub fn tokens_of(&self, message: usize) -> Option<Range<usize>> {
        let is_of = |token: &usize| self.sequence.span(*token).message == Some(message);
        let first = (0..self.sequence.len()).find(is_of)?;
        let last = (first..self.sequence.len()).rev().find(is_of)?;
        Some(first..last + 1)
    }
}

/// One lint.
#[derive(Debug)]
pub struct Lint {
    /// Its code.
    pub code: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// The policy that its findings concern; `None` when they concern all.
    pub policy: Option<&'static str>,
    /// The source of its file, of which the leading documentation is what `explain` shows.
    source: &'static str,
    /// The messages it finds fault with, each with the words for the reader.
    check: fn(LintInput<'_>) -> Vec<(usize, String)>,
}

impl Lint {
    /// The documentation of the lint for the reader, as Markdown.
    #[must_use]
    pub fn explanation(&self) -> String {
        crate::policies::leading_documentation(self.source)
    }

    /// What it finds in a record.
    #[must_use]
    pub fn findings(&self, input: LintInput<'_>) -> Vec<Finding> {
        let finding = |(message, words): (usize, String)| {
            let tokens = input.tokens_of(message).unwrap_or(0..0);
            Finding {
                code: self.code,
                severity: self.severity,
                policy: self.policy.map(str::to_owned),
                tokens: (tokens.start, tokens.end),
                message: words,
            }
        };
        (self.check)(input).into_iter().map(finding).collect()
    }
}

/// Every lint, in the order of tables and lists.
pub static LINTS: &[&Lint] =
    &[&unknown_role::LINT, &null_content::LINT, &message_dropped::LINT, &generation_shifted::LINT];

/// What all lints find in a record.
#[must_use]
pub fn findings(input: LintInput<'_>) -> Vec<Finding> {
    LINTS.iter().flat_map(|lint| lint.findings(input)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Message;
    use crate::sequence::{Part, Span};

    /// The codes found in a conversation of which the messages in `rendered` have one token each.
    pub(super) fn codes(messages: Vec<Message>, rendered: &[usize]) -> Vec<&'static str> {
        let spans = rendered
            .iter()
            .map(|&message| Span { bytes: 0..1, message: Some(message), role: String::new(), part: Part::Content })
            .collect::<Vec<_>>();
        let sequence = Sequence {
            text: "x".repeat(rendered.len()),
            ids: vec![1; rendered.len()],
            ranges: vec![0..1; rendered.len()],
            span_of: (0..rendered.len() as u32).collect(),
            spans,
            ..Sequence::default()
        };
        let conversation = Conversation::of(messages);
        findings(LintInput { conversation: &conversation, sequence: &sequence }).iter().map(|f| f.code).collect()
    }

    #[test]
    fn every_lint_explains_itself() {
        for lint in LINTS {
            assert!(lint.explanation().lines().count() > 3, "{}", lint.code);
        }
    }

    #[test]
    fn a_plain_record_has_no_finding() {
        assert!(codes(vec![Message::new("user", "a"), Message::new("assistant", "b")], &[0, 1]).is_empty());
    }
}
