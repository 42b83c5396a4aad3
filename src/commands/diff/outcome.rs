//! What comparing one record gives.

use super::Comparing;
use super::report::Lengths;
use crate::cli::ReportFormat;
use crate::commands::safe_json;
use crate::conversation::Choice;
use crate::dataset::{Record, Unit};
use crate::error::Error;
use crate::pipeline::{Encoded, SideEncoded};
use crate::policies::LossMask;
use crate::policies::causes::{Compared, Place, Subject, Tally, Turn, kind_of};
use crate::sequence::{MarkerForm, Sequence, Span};
use crate::survey::Weigh;
use serde::Serialize;
use std::sync::Arc;

/// Where a record stands.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RecordAt {
    #[serde(serialize_with = "as_text")]
    pub file: Arc<str>,
    pub record: usize,
    pub line: usize,
    #[serde(skip)]
    pub unit: Unit,
    /// Only of records with two sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<&'static str>,
}

fn as_text<S: serde::Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

/// A place for the reader to look at.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Example {
    #[serde(flatten)]
    pub at: RecordAt,
    pub token: usize,
    pub text: String,
}

/// What comparing one side of a record gives, and the lines that are written of it.
pub(super) struct Outcome {
    pub at: RecordAt,
    pub result: Result<Figures, Reason>,
    pub lines: Vec<u8>,
}

impl Weigh for Outcome {
    fn weight(&self) -> usize {
        self.lines.weight()
    }
}

/// Why a record cannot be compared.
pub(super) enum Reason {
    Failed(String),
    Unavailable(String),
}

/// What is counted in a record.
#[derive(Default)]
pub(super) struct Figures {
    pub tokens: usize,
    pub in_loss: [usize; 2],
    pub tally: Tally,
    pub lengths: Lengths,
    /// The first place of each cause.
    pub examples: Vec<(crate::policies::causes::Cause, Example)>,
}

/// One run of differing tokens, as a line of `--format jsonl`.
#[derive(Serialize)]
struct PlaceLine<'a> {
    #[serde(flatten)]
    at: &'a RecordAt,
    tokens: [usize; 2],
    change: &'static str,
    cause: &'static str,
    role: Option<&'a str>,
    message: Option<usize>,
    text: &'a str,
}

/// A record that cannot be compared, as such a line.
#[derive(Serialize)]
struct ProblemLine<'a> {
    #[serde(flatten)]
    at: &'a RecordAt,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unavailable: Option<&'a str>,
}

impl Comparing<'_> {
    /// Compares the record, on both sides where it has two.
    pub(super) fn record(&self, record: &Record) -> Result<Vec<Outcome>, Error> {
        let (first, other) = self.engine.encode_sides(record);
        [Some(first), other].into_iter().flatten().map(|side| self.side(record, side)).collect()
    }

    fn side(&self, record: &Record, (choice, encoded): SideEncoded) -> Result<Outcome, Error> {
        let at = RecordAt {
            file: Arc::clone(&record.file),
            record: record.number,
            line: record.line,
            unit: record.unit,
            side: choice.map(Choice::name),
        };
        let mut lines = Vec::new();
        let result = match encoded {
            Err(error) => Err(Reason::Failed(self.language.say(&error))),
            Ok(encoded) => self.masks(&encoded).map(|masks| (encoded, masks)).map_err(Reason::Unavailable),
        };
        let result = match result {
            Ok((encoded, masks)) => Ok(self.figures(&at, &encoded, &masks, &mut lines)?),
            Err(reason) => {
                self.problem(&at, &reason, &mut lines)?;
                Err(reason)
            }
        };
        Ok(Outcome { at, result, lines })
    }

    fn masks(&self, encoded: &Encoded) -> Result<[LossMask; 2], String> {
        let [before, after] = self.policies.each_ref().map(|policy| {
            self.engine
                .annotate(encoded, policy, MarkerForm::Given)
                .map_err(|why| format!("`{}` is not available: {}", policy.name(), self.language.say(&why)))
        });
        Ok([before?, after?])
    }

    fn problem(&self, at: &RecordAt, reason: &Reason, lines: &mut Vec<u8>) -> Result<(), Error> {
        let (error, unavailable) = match reason {
            Reason::Failed(why) => (Some(why.as_str()), None),
            Reason::Unavailable(why) => (None, Some(why.as_str())),
        };
        self.line(lines, &ProblemLine { at, error, unavailable })
    }

    fn line(&self, lines: &mut Vec<u8>, line: &impl Serialize) -> Result<(), Error> {
        if self.format == ReportFormat::Jsonl {
            safe_json::write(lines, line)?;
            lines.push(b'\n');
        }
        Ok(())
    }

    fn figures(
        &self,
        at: &RecordAt,
        encoded: &Encoded,
        masks: &[LossMask; 2],
        lines: &mut Vec<u8>,
    ) -> Result<Figures, Error> {
        let sequence = &encoded.sequence;
        let compared = Compared { sequence, turns: &encoded.turns, before: &masks[0], after: &masks[1] };
        let mut figures =
            Figures { tokens: sequence.len(), in_loss: masks.each_ref().map(LossMask::count), ..Figures::default() };
        let mut written = Ok(());
        compared.each_turn(|turn, places| {
            figures.turn(at, compared, turn, places);
            for place in places {
                if written.is_ok() {
                    written = self.line(lines, &place_line(at, sequence, encoded.turns.span(turn, sequence), place));
                }
            }
        });
        written?;
        figures.tally.finish(compared);
        figures.tally.untrained = [0, 1].map(|side| {
            let subject = Subject { policy: &self.policies[side], mask: &masks[side] };
            self.engine.untrained(encoded, subject, MarkerForm::Given)
        });
        Ok(figures)
    }
}

impl Figures {
    fn turn(&mut self, at: &RecordAt, compared: Compared<'_>, turn: &Turn, places: &[Place]) {
        let sequence = compared.sequence;
        self.tally.turn(compared, turn, places);
        if turn.answer().is_some() {
            let own: Vec<_> = compared.turns.content(turn, sequence).map(|run| run.tokens.clone()).collect();
            let length = own.iter().map(ExactSizeIterator::len).sum();
            let inside = places.iter().filter(|place| own.iter().any(|run| run.contains(&place.tokens.start)));
            self.lengths.add_answer(length, inside.map(|place| place.tokens.len()).sum());
        }
        for place in places {
            if !self.examples.iter().any(|(cause, _)| *cause == place.cause) {
                let (token, text) = (place.tokens.start, shortened(text(sequence, place)));
                self.examples.push((place.cause, Example { at: at.clone(), token, text }));
            }
        }
    }
}

fn place_line<'a>(at: &'a RecordAt, sequence: &'a Sequence, span: &'a Span, place: &Place) -> PlaceLine<'a> {
    PlaceLine {
        at,
        tokens: [place.tokens.start, place.tokens.end],
        change: place.change.words(),
        cause: kind_of(place.cause).name,
        role: Some(span.role.as_str()).filter(|role| !role.is_empty()),
        message: span.message,
        text: text(sequence, place),
    }
}

/// The text that the tokens of a place stand for.
fn text<'a>(sequence: &'a Sequence, place: &Place) -> &'a str {
    let start = sequence.ranges[place.tokens.start].start as usize;
    let end = sequence.ranges[place.tokens.end - 1].end as usize;
    sequence.text.get(start..end).unwrap_or_default()
}

/// As much of a text as a table has room for.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 24;
    text.chars().take(SHOWN).collect()
}
