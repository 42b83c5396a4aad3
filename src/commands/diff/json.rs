//! The comparison as JSON, and the lines of `--format jsonl`.

use crate::conversation::Choice;
use crate::policies::Change;
use crate::policies::causes::CauseKind;
use crate::report::{Class, Comparison, Example, Problem, RecordAt};
use crate::words::Language;
use crate::writers::safe_json;
use serde::Serialize;
use serde_json::{Value, json};
use std::io;

/// Where a record stands.
#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    record: usize,
    line: usize,
    /// Only of records with two sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<Choice>,
}

impl<'a> From<&'a RecordAt> for At<'a> {
    fn from(at: &'a RecordAt) -> Self {
        Self { file: &at.file, record: at.record, line: at.line, side: at.side }
    }
}

#[derive(Serialize)]
struct First<'a> {
    #[serde(flatten)]
    at: At<'a>,
    token: usize,
    text: &'a str,
}

/// A line about a place or a record.
#[derive(Serialize)]
struct Line<'a, W> {
    #[serde(flatten)]
    at: At<'a>,
    #[serde(flatten)]
    what: W,
}

/// One run of differing tokens.
#[derive(Serialize)]
pub(super) struct PlaceWords<'a> {
    pub(super) tokens: [usize; 2],
    pub(super) change: &'static str,
    pub(super) cause: &'static str,
    pub(super) role: Option<&'a str>,
    pub(super) message: Option<usize>,
    pub(super) text: &'a str,
}

/// Why a record cannot be compared.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reason {
    /// It gives no sequence.
    #[serde(rename = "error")]
    Failed(String),
    /// A policy gives no mask of it.
    Unavailable(String),
}

/// Writes one line.
pub(super) fn line(out: &mut Vec<u8>, at: &RecordAt, what: impl Serialize) -> io::Result<()> {
    safe_json::write(out, &Line { at: at.into(), what })?;
    out.push(b'\n');
    Ok(())
}

/// The whole report.
pub(super) fn report(report: &Comparison, language: Language) -> Value {
    let counts = &report.counts;
    let [enters, leaves] = [Change::Enters, Change::Leaves].map(|change| counts.changed(change));
    let policy = |side: usize| {
        json!({
            "policy": report.policies[side], "in_loss": counts.in_loss[side], "unmatched": counts.unmatched[side],
            "answers_untrained": counts.tally.untrained[side].answers,
        })
    };
    json!({
        "policies": [policy(0), policy(1)],
        "records": counts.records, "compared": counts.compared, "differing": counts.differing,
        "tokens": counts.tokens, "enters": enters, "leaves": leaves,
        "sentences": report.sentences(language),
        "causes": counts.causes().map(|(kind, first)| cause(report, kind, first, language)).collect::<Vec<_>>(),
        "lengths": counts.lengths.classes().map(class).collect::<Vec<_>>(),
        "unavailable": counts.unavailable.listed().iter().map(problem).collect::<Vec<_>>(),
        "errors": counts.failed.listed().iter().map(problem).collect::<Vec<_>>(),
    })
}

fn cause(report: &Comparison, kind: &CauseKind, first: &[Example], language: Language) -> Value {
    let [enters, leaves] = [Change::Enters, Change::Leaves].map(|change| report.counts.tally.count(kind.cause, change));
    let first: Vec<First<'_>> =
        first.iter().map(|Example { at, token, text }| First { at: at.into(), token: *token, text }).collect();
    json!({
        "cause": kind.name, "words": language.say(&kind.cause),
        "enters": enters.tokens, "leaves": leaves.tokens, "places": enters.places + leaves.places,
        "first": first,
    })
}

fn class((from, to, class): (usize, usize, Class)) -> Value {
    json!({
        "from": from, "to": to, "answers": class.answers, "differing": class.differing,
        "tokens": class.tokens, "differing_tokens": class.differing_tokens, "share": class.share(),
    })
}

fn problem((why, problem): &(Option<&str>, Problem)) -> Value {
    json!({ "reason": why.unwrap_or("other reasons"), "records": problem.records, "first": At::from(&problem.first) })
}
