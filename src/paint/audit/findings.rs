//! What the lints find, those that could not look, and other policies.

use super::{AuditLine, Goal, Page};
use crate::lints::LINTS;
use crate::paint::{prose, visible};
use crate::report::audit::{FoundAt, Under, WhatIf};
use crate::words::audit::{AuditWords, Heading, Unchecked};
use crate::words::visible::to_left;
use crate::words::{Language, Raw};
use ratatui::text::Line;
use std::collections::BTreeMap;

/// Columns before what is said of a finding.
const INDENT: &str = "           ";

impl Page<'_> {
    pub(super) fn findings(&self) -> Vec<AuditLine> {
        let mut lines: Vec<AuditLine> = self.heading(Heading::Findings).map(AuditLine::from).into();
        let rules = &self.report.rules;
        if rules.is_empty() {
            lines.push(Line::raw(self.say(&AuditWords::NothingFound)).into());
        }
        for rule in rules {
            let count = self.say(&super::count_of(rule));
            let severity = to_left(&self.say(&super::severity(rule.severity)), 8);
            let words = format!("{severity} {:<26} {count}", prose(&rule.code));
            lines.push(Line::styled(words, self.styled(rule.severity)).into());
            lines.extend(rule.places.iter().map(place));
            if let Some(lint) = LINTS.iter().find(|lint| lint.code == rule.code) {
                let cure = prose(&lint.cure(self.language));
                lines.push(Line::styled(format!("{INDENT}{cure}"), self.theme.quiet()).into());
            }
        }
        lines
    }

    /// The lints that could not look, those with one reason together.
    pub(super) fn not_checked(&self) -> Vec<Line<'static>> {
        let mut by_reason: BTreeMap<String, (Unchecked, Vec<Raw>)> = BTreeMap::new();
        for lint in &self.report.not_checked {
            let (_, codes) = by_reason
                .entry(self.say(&AuditWords::Unchecked(lint.reason)))
                .or_insert_with(|| (lint.reason, Vec::new()));
            codes.push(lint.code.as_str().into());
        }
        if by_reason.is_empty() {
            return Vec::new();
        }
        let line = |(why, codes)| {
            let words = self.say(&AuditWords::UncheckedLints { why, codes });
            Line::styled(format!("  {words}"), self.theme.quiet())
        };
        self.heading(Heading::NotChecked).into_iter().chain(by_reason.into_values().map(line)).collect()
    }

    pub(super) fn what_if(&self) -> Vec<Line<'static>> {
        let under = under_policies(&self.report.what_if, &self.report.head.policy, self.language);
        self.heading(Heading::WhatIf).into_iter().chain(under.into_iter().map(|(_, line)| line)).collect()
    }
}

/// What each policy makes of the records, a line each with its name; the one that is audited is marked.
#[must_use]
pub fn under_policies(what_if: &WhatIf, audited: &str, language: Language) -> Vec<(String, Line<'static>)> {
    let line = |(name, under): (&str, &Under)| {
        let share = format!("{:.1}", 100.0 * under.share.of_whole());
        let words = AuditWords::Under { share, nothing: under.nothing, unavailable: under.unavailable };
        let mark = if name == audited { "▸" } else { " " };
        let line = Line::raw(format!("{mark} {:<24}{}", prose(name), language.say(&words)));
        (name.to_owned(), line)
    };
    what_if.iter().map(line).collect()
}

/// The line of a place in a report.
#[must_use]
pub fn place(at: &FoundAt) -> AuditLine {
    let record = match (at.record, at.line) {
        (Some(record), Some(line)) => format!("{}:{line} (#{record})  ", prose(&at.file)),
        _ => String::new(),
    };
    let aside = (!at.snippet.is_empty()).then(|| visible(&at.snippet).into_owned());
    let goal = at.record.map(|record| Goal { record, token: at.tokens.map(|(first, _)| first) });
    AuditLine { line: Line::raw(format!("{INDENT}{record}{}", prose(&at.message))), aside, goal }
}
