//! `sarif`: SARIF 2.1.0, which code scanning and editors read. It has the first places of each lint; how many there are in
//! all stands in the properties of each result.

use super::{How, Reader, Writer, Written, places, safe_json};
use crate::lints::{LINTS, Section, Severity};
use crate::paint::{prose, visible};
use crate::report::audit::{AuditReport, FoundAt, RuleRow};
use crate::words::audit::AuditWords;
use crate::words::documentation::in_one_line;
use crate::words::{Language, Said};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The `sarif` format.
pub(super) static WRITER: Writer = Writer {
    name: "sarif",
    endings: &["sarif"],
    summary: Said {
        en: "SARIF 2.1.0, for code scanning and editors", zh: "SARIF 2.1.0，用于代码扫描和编辑器"
    },
    how: How::Report(write),
    reader: Reader::Program,
    is_read_back: false,
};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

fn write(written: &Written<'_>, mut out: &mut dyn Write) -> io::Result<()> {
    let Written { report, language, .. } = *written;
    let codes: Vec<&str> = LINTS.iter().map(|lint| lint.code).filter(|code| is_part(report, code)).collect();
    let result = |rule: &RuleRow, at: &FoundAt| result(report, &codes, rule, at);
    let results: Vec<Value> =
        report.rules.iter().flat_map(|rule| rule.places.iter().map(move |at| result(rule, at))).collect();
    let run = json!({
        "tool": {"driver": {
            "name": "maskview",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": codes.iter().map(|code| rule(report, code, language)).collect::<Vec<_>>(),
        }},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation(report, language)],
        "results": results,
        "properties": {
            "policy": report.head.policy,
            "tokenizer": report.head.tokenizer,
            "template": report.head.template,
            "complete": report.extent.complete,
            "records": report.records,
            "tokens": report.tokens,
            "trained": report.trained,
            "baseline": report.baseline,
        },
    });
    safe_json::write(&mut out, &json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}))?;
    out.write_all(b"\n")
}

/// Whether a lint was asked for, or has found something that stands in the report.
fn is_part(report: &AuditReport, code: &str) -> bool {
    report.head.lints.contains_key(code) || report.rules.iter().any(|rule| rule.code == code)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn rule(report: &AuditReport, code: &str, language: Language) -> Value {
    let Some(lint) = places::lint(code) else { return json!({"id": code}) };
    let severity = report.head.lints.get(code).copied().unwrap_or(lint.severity);
    json!({
        "id": code,
        "shortDescription": {"text": language.say(&lint.summary)},
        "fullDescription": {"text": in_one_line(&lint.section(Section::Does, language))},
        "help": {"text": lint.cure(language), "markdown": lint.explanation(language)},
        "defaultConfiguration": {"level": level(severity)},
        "properties": {"tags": [lint.family.name()]},
    })
}

fn result(report: &AuditReport, codes: &[&str], rule: &RuleRow, at: &FoundAt) -> Value {
    let mut message = at.message.clone();
    if !at.snippet.is_empty() {
        message = format!("{message}   {}", visible(&at.snippet));
    }
    let mut properties =
        Map::from_iter([("count".to_owned(), rule.count.into()), ("record".to_owned(), at.record.into())]);
    if rule.is_of_records() {
        properties.insert("rate".to_owned(), rule.rate.into());
    }
    if let Some((first, end)) = at.tokens {
        properties.insert("tokens".to_owned(), json!([first, end]));
    }
    let mut result = json!({
        "ruleId": rule.code,
        "level": level(rule.severity),
        "message": {"text": plain(&message)},
        "locations": [location(report, at)],
        "partialFingerprints": {"maskview/v1": at.id},
        "properties": properties,
    });
    if let Some(other) = &at.other {
        let place = json!({"artifactLocation": {"uri": uri(&other.file)}, "region": {"startLine": other.line.max(1)}});
        result["relatedLocations"] = json!([{"physicalLocation": place}]);
    }
    if let Some(index) = codes.iter().position(|code| *code == rule.code) {
        result["ruleIndex"] = index.into();
    }
    result
}

/// Text in which readers of SARIF find no link of a stranger.
fn plain(message: &str) -> String {
    prose(message).replace("](", "] (")
}

/// A line of a file; what is found in the template or in the data set as a whole stands at its first file, since readers of
/// SARIF leave out what stands nowhere.
fn location(report: &AuditReport, at: &FoundAt) -> Value {
    let first = report.head.files.first().map_or("-", String::as_str);
    let file = if at.record.is_some() { &at.file } else { first };
    let mut place = json!({"artifactLocation": {"uri": uri(file)}});
    if let Some(line) = at.line {
        place["region"] = json!({"startLine": line.max(1)});
    }
    json!({"physicalLocation": place})
}

fn invocation(report: &AuditReport, language: Language) -> Value {
    let note = |level: &str, id: &str, text: String| json!({"level": level, "descriptor": {"id": id}, "message": {"text": text}});
    let unchecked = report.not_checked.iter().map(|lint| {
        let reason = language.say(&AuditWords::Unchecked(lint.reason));
        json!({"level": "note", "associatedRule": {"id": lint.code}, "message": {"text": reason}})
    });
    let interrupted =
        crate::paint::audit::interrupted(report).map(|words| note("error", "interrupted", language.say(&words)));
    let failed = report.figures.failed.listed().into_iter().map(|(why, problem)| {
        let why = why.map_or_else(String::new, prose);
        let text = format!("{} × {}: {why}", problem.records, places::of_record(&problem.first));
        note("error", "record-fails", text)
    });
    json!({
        "executionSuccessful": report.extent.complete,
        "toolConfigurationNotifications": unchecked.collect::<Vec<_>>(),
        "toolExecutionNotifications": interrupted.into_iter().chain(failed).collect::<Vec<_>>(),
    })
}

/// A file's name as a reference: relative to where the program runs, unless it is absolute.
fn uri(file: &str) -> String {
    use std::fmt::Write;
    let mut uri = String::new();
    for byte in file.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    if uri.starts_with('/') { format!("file://{uri}") } else { uri }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_references() {
        assert_eq!(uri("data/a b.jsonl"), "data/a%20b.jsonl");
        assert_eq!(uri("/tmp/夏.jsonl"), "file:///tmp/%E5%A4%8F.jsonl");
        assert_eq!(uri("a:b?c#d"), "a%3Ab%3Fc%23d");
    }
}
