//! What comparing one record gives.

use super::Comparing;
use super::json::{self, PlaceWords, Reason};
use crate::cli::ReportFormat;
use crate::commands::walk::Piece;
use crate::dataset::Record;
use crate::error::{EncodeError, Error};
use crate::pipeline::Encoded;
use crate::policies::LossMask;
use crate::policies::causes::{Compared, Place, Subject, Turn, kind_of};
use crate::report::{Counts, Example, Merge, Problems, RecordAt};
use crate::sequence::{MarkerForm, Sequence, Span};
use serde::Serialize;

/// What comparing a record gives, and the lines that are written of it.
type Outcome = Piece<Counts>;

impl Comparing<'_> {
    /// Compares the record, on both sides where it has two.
    pub(super) fn record(&self, record: &Record) -> Result<Outcome, Error> {
        let mut outcome = Outcome { figures: Counts { records: 1, ..Counts::default() }, lines: Vec::new() };
        let (first, other) = self.engine.many().encode_sides(record, &self.policies[0]);
        for (choice, encoded) in [Some(first), other].into_iter().flatten() {
            let counts = self.side(&RecordAt::of(record, choice), encoded, &mut outcome.lines)?;
            outcome.figures.merge(&counts);
        }
        Ok(outcome)
    }

    fn side(&self, at: &RecordAt, encoded: Result<Encoded, EncodeError>, lines: &mut Vec<u8>) -> Result<Counts, Error> {
        let reason = match encoded {
            Err(error) => Reason::Failed(self.language.say(&error)),
            Ok(encoded) => match self.masks(&encoded) {
                Ok(masks) => return self.counts(at, &encoded, &masks, lines),
                Err(why) => Reason::Unavailable(why),
            },
        };
        self.line(lines, at, &reason)?;
        Ok(match reason {
            Reason::Failed(why) => Counts { failed: Problems::one(why, at.clone()), ..Counts::default() },
            Reason::Unavailable(why) => Counts { unavailable: Problems::one(why, at.clone()), ..Counts::default() },
        })
    }

    fn masks(&self, encoded: &Encoded) -> Result<[LossMask; 2], String> {
        let [before, after] = self.policies.each_ref().map(|policy| {
            self.engine
                .annotate(encoded, policy, MarkerForm::Given)
                .map_err(|why| format!("`{}` is not available: {}", policy.name(), self.language.say(&why)))
        });
        Ok([before?, after?])
    }

    fn line(&self, lines: &mut Vec<u8>, at: &RecordAt, what: impl Serialize) -> Result<(), Error> {
        if self.format == ReportFormat::Jsonl {
            json::line(lines, at, what)?;
        }
        Ok(())
    }

    fn counts(
        &self,
        at: &RecordAt,
        encoded: &Encoded,
        masks: &[LossMask; 2],
        lines: &mut Vec<u8>,
    ) -> Result<Counts, Error> {
        let sequence = &encoded.sequence;
        let compared = Compared { sequence, turns: encoded.turns(), before: &masks[0], after: &masks[1] };
        let mut counts = Counts {
            compared: 1,
            tokens: sequence.len(),
            in_loss: masks.each_ref().map(LossMask::count),
            unmatched: [masks[0].unmatched_by(&masks[1]), masks[1].unmatched_by(&masks[0])],
            ..Counts::default()
        };
        let mut written = Ok(());
        compared.each_turn(|turn, places| {
            count_turn(&mut counts, at, compared, (turn, places));
            for place in places {
                if written.is_ok() {
                    let words = place_words(sequence, turn.span(sequence), place);
                    written = self.line(lines, at, words);
                }
            }
        });
        written?;
        counts.tally.finish(compared);
        counts.differing = usize::from(counts.tally.tokens() > 0);
        counts.tally.untrained = [0, 1].map(|side| {
            let subject = Subject { policy: &self.policies[side], mask: &masks[side] };
            self.engine.untrained(encoded, subject, MarkerForm::Given)
        });
        Ok(counts)
    }
}

fn count_turn(counts: &mut Counts, at: &RecordAt, compared: Compared<'_>, (turn, places): (&Turn, &[Place])) {
    let sequence = compared.sequence;
    counts.tally.turn(compared, turn, places);
    if turn.answer().is_some() {
        let own: Vec<_> = turn.content(sequence).map(|run| run.tokens.clone()).collect();
        let length = own.iter().map(ExactSizeIterator::len).sum();
        let inside = places.iter().filter(|place| {
            let start = place.tokens.start;
            own.get(own.partition_point(|run| run.end <= start)).is_some_and(|run| run.start <= start)
        });
        counts.lengths.add_answer(length, inside.map(|place| place.tokens.len()).sum());
    }
    for place in places {
        counts.examples.entry(place.cause).or_insert_with(|| {
            let (token, text) = (place.tokens.start, shortened(text(sequence, place)));
            vec![Example { at: at.clone(), token, text }]
        });
    }
}

fn place_words<'a>(sequence: &'a Sequence, span: &'a Span, place: &Place) -> PlaceWords<'a> {
    PlaceWords {
        tokens: [place.tokens.start, place.tokens.end],
        change: place.change.name(),
        cause: kind_of(place.cause).name,
        role: Some(span.role.as_str()).filter(|role| !role.is_empty()),
        message: span.message,
        text: text(sequence, place),
    }
}

/// The text that the tokens of a place stand for.
fn text<'a>(sequence: &'a Sequence, place: &Place) -> &'a str {
    let start = sequence.ranges()[place.tokens.start].start as usize;
    let end = sequence.ranges()[place.tokens.end - 1].end as usize;
    sequence.text.get(start..end).unwrap_or_default()
}

/// As much of a text as a table has room for.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 24;
    text.chars().take(SHOWN).collect()
}
