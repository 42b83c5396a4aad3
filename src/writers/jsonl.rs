//! `jsonl`: one line for each finding, as soon as it is found.

use super::{How, Reader, Writer, safe_json};
use crate::lints::{Finding, LINTS, Place, Severity};
use crate::report::audit::{OtherAt, id_of};
use crate::words::{Language, Said};
use serde::Serialize;
use std::io::{self, Write};

/// The `jsonl` format.
pub(super) static WRITER: Writer = Writer {
    name: "jsonl",
    endings: &["jsonl"],
    summary: Said { en: "One JSON object a line for each finding", zh: "每个问题一行 JSON 对象" },
    how: How::Findings,
    reader: Reader::Program,
    is_read_back: false,
};

#[derive(Serialize)]
struct FindingLine<'a> {
    id: String,
    code: &'a str,
    severity: Severity,
    policy: Option<&'a str>,
    file: Option<&'a str>,
    record: Option<usize>,
    line: Option<usize>,
    tokens: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<OtherAt>,
    message: String,
    help: String,
}

/// Writes a finding as a line.
///
/// # Errors
/// What writing gives.
pub fn line(out: &mut impl Write, finding: &Finding, language: Language) -> io::Result<()> {
    let place = match &finding.place {
        Place::Record(place, _) => Some(place),
        Place::Template | Place::Dataset => None,
    };
    let tokens = finding.tokens().filter(|tokens| !tokens.is_empty()).map(|tokens| [tokens.start, tokens.end]);
    let lint = LINTS.iter().find(|lint| lint.code == finding.code);
    safe_json::write(
        out,
        &FindingLine {
            id: id_of(finding),
            code: finding.code,
            severity: finding.severity,
            policy: finding.policy.as_deref(),
            file: place.map(|place| &*place.file),
            record: place.map(|place| place.number),
            line: place.map(|place| place.line),
            tokens,
            other: OtherAt::of(finding),
            message: language.say(&finding.fault),
            help: lint.map(|lint| lint.cure(Language::English)).unwrap_or_default(),
        },
    )?;
    out.write_all(b"\n")
}
