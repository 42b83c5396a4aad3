//! `junit`: a test for each lint, in the XML that CI systems read. A test fails where the lint's findings fail the run, and
//! is skipped where the lint could not look.

use super::xml::{attribute, text};
use super::{How, Reader, Writer, Written, places};
use crate::lints::{LINTS, Lint};
use crate::paint::{audit, visible};
use crate::report::audit::RuleRow;
use crate::words::Said;
use crate::words::audit::{AuditWords, Heading};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The `junit` format.
pub(super) static WRITER: Writer = Writer {
    name: "junit",
    endings: &["xml"],
    summary: Said { en: "JUnit XML, a test for each lint", zh: "JUnit XML，每个检查项对应一个测试" },
    how: How::Report(write),
    reader: Reader::Program,
    is_read_back: false,
};

/// How a test ended.
enum Outcome {
    Passed,
    /// With what there is to say of it.
    Told(String),
    Skipped(String),
    Failed {
        kind: &'static str,
        message: String,
        text: String,
    },
}

fn write(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = written.report;
    let asked = LINTS.iter().filter(|lint| report.head.lints.contains_key(lint.code));
    let mut cases = vec![("records".to_owned(), "every-record-can-be-read", of_records(written))];
    cases.extend(asked.map(|lint| (lint.family.name().to_owned(), lint.code, of_lint(written, lint))));
    let count = |is_meant: fn(&Outcome) -> bool| cases.iter().filter(|(.., outcome)| is_meant(outcome)).count();
    let failures = count(|outcome| matches!(outcome, Outcome::Failed { .. }));
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped(_)));
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", cases.len());
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"maskview\" {counts} time=\"0\">")?;
    let suite = attribute(&format!("{} {}", report.head.policy, report.head.data));
    writeln!(out, "  <testsuite name=\"{suite}\" {counts} skipped=\"{skipped}\" time=\"0\">\n    <properties>")?;
    let properties = [
        ("policy", report.head.policy.clone()),
        ("tokenizer", report.head.tokenizer.name.clone()),
        ("template", report.head.template.name.clone()),
        ("records", report.records.to_string()),
        ("tokens", report.tokens.to_string()),
        ("trained", report.trained.to_string()),
        ("complete", report.extent.complete.to_string()),
    ];
    for (name, value) in properties {
        writeln!(out, "      <property name=\"{name}\" value=\"{}\"/>", attribute(&value))?;
    }
    writeln!(out, "    </properties>")?;
    for (family, name, outcome) in &cases {
        write_case(out, family, name, outcome)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn write_case(out: &mut dyn Write, family: &str, name: &str, outcome: &Outcome) -> io::Result<()> {
    let head = format!("    <testcase classname=\"maskview.{family}\" name=\"{}\" time=\"0\"", attribute(name));
    match outcome {
        Outcome::Passed => writeln!(out, "{head}/>"),
        Outcome::Told(said) => {
            writeln!(out, "{head}>\n      <system-out>{}</system-out>\n    </testcase>", text(said))
        }
        Outcome::Skipped(why) => {
            writeln!(out, "{head}>\n      <skipped message=\"{}\"/>\n    </testcase>", attribute(why))
        }
        Outcome::Failed { kind, message, text: said } => writeln!(
            out,
            "{head}>\n      <failure type=\"{kind}\" message=\"{}\">{}</failure>\n    </testcase>",
            attribute(message),
            text(said)
        ),
    }
}

/// Whether every record could be read, whether any could be judged, and whether the audit came to its end.
fn of_records(written: &Written<'_>) -> Outcome {
    let failed = &written.report.figures.failed;
    let mut said = String::new();
    for (why, problem) in failed.listed() {
        let others = || written.language.say(&AuditWords::Heading(Heading::OtherReasons));
        let why = why.map_or_else(others, str::to_owned);
        let _ = writeln!(said, "{} × {}: {why}", problem.records, places::of_record(&problem.first));
    }
    if let Some(words) = audit::interrupted(written.report) {
        let message = written.language.say(&words);
        return Outcome::Failed { kind: "interrupted", message, text: said };
    }
    if failed.is_empty() && !written.report.judges_nothing() {
        return Outcome::Passed;
    }
    if written.fails_from.is_none() {
        return Outcome::Told(said);
    }
    let message = written.language.say(&audit::verdict(written.report));
    let kind = if written.report.judges_nothing() { "no-mask" } else { "record" };
    Outcome::Failed { kind, message, text: said }
}

fn of_lint(written: &Written<'_>, lint: &Lint) -> Outcome {
    if let Some(rule) = written.report.rules.iter().find(|rule| rule.code == lint.code) {
        let fails = written.fails_from.is_some_and(|least| rule.severity >= least);
        let said = told(written, rule);
        let message = written.language.say(&audit::count_of(rule));
        let message = format!("{}: {message}", written.language.say(&lint.summary));
        return if fails {
            Outcome::Failed { kind: rule.severity.name(), message, text: said }
        } else {
            Outcome::Told(said)
        };
    }
    match written.report.not_checked.iter().find(|unchecked| unchecked.code == lint.code) {
        Some(unchecked) => Outcome::Skipped(written.language.say(&AuditWords::Unchecked(unchecked.reason))),
        None => Outcome::Passed,
    }
}

/// The first places of a lint, a line each, and what to do.
fn told(written: &Written<'_>, rule: &RuleRow) -> String {
    let mut said = String::new();
    for at in &rule.places {
        let place = places::of_finding(at).map_or_else(String::new, |place| format!("{place}  "));
        let _ = writeln!(said, "{place}{}   {}", at.message, visible(&at.snippet));
    }
    let more = rule.count - rule.places.len().min(rule.count);
    if more > 0 {
        let _ = writeln!(said, "{}", written.language.say(&AuditWords::More { count: more }));
    }
    said + &places::cure(&rule.code, written.language)
}
