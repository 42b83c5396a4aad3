//! What a term asks of a record, and what the answer costs.

use super::judge::{Judge, Seen};
use super::number::{Count, Share};
use super::pattern::Pattern;
use super::sieve;
use crate::dataset::{RawRecord, Sieve};
use crate::lints::Severity;
use crate::pipeline::Encoded;
use crate::policies::MaskDiff;
use std::ops::Range;

/// What has to be known of a record before the term can be answered. The order is that of the cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Where it stands.
    Place,
    /// Its bytes.
    Bytes,
    /// Its messages.
    Messages,
    /// Its text.
    Text,
    /// Its tokens.
    Tokens,
    /// Its masks.
    Masks,
    /// What lints find in it.
    Findings,
}

/// What a term asks.
#[derive(Debug)]
pub(super) enum Test {
    Record(Range<usize>),
    File(String),
    Raw(Pattern),
    Schema(&'static str),
    Role(String),
    Messages(Count),
    Fails,
    Cut,
    Tokens(Count),
    Answer(Count),
    Id(u32),
    Text(Pattern),
    Trained(Count),
    Share(Share),
    Differs,
    Trains(u32),
    /// With this code, or with any.
    Finding(Option<&'static str>),
    Level(Severity),
}

impl Test {
    pub(super) fn stage(&self) -> Stage {
        match self {
            Self::Record(_) | Self::File(_) => Stage::Place,
            Self::Raw(_) => Stage::Bytes,
            Self::Schema(_) | Self::Role(_) | Self::Messages(_) => Stage::Messages,
            Self::Text(_) => Stage::Text,
            Self::Fails | Self::Cut | Self::Tokens(_) | Self::Answer(_) | Self::Id(_) => Stage::Tokens,
            Self::Trained(_) | Self::Share(_) | Self::Differs | Self::Trains(_) => Stage::Masks,
            Self::Finding(_) | Self::Level(_) => Stage::Findings,
        }
    }

    /// The records, counted from 0, outside of which it never holds.
    pub(super) fn bounds(&self) -> Option<Range<usize>> {
        match self {
            Self::Record(records) => Some(records.clone()),
            _ => None,
        }
    }

    /// What keeps every record for which it holds.
    pub(super) fn sieve(&self, judge: &Judge<'_>) -> Option<Sieve> {
        match self {
            Self::Raw(pattern) => sieve::of_line(pattern),
            Self::Text(pattern) => judge.sieve(pattern),
            _ => None,
        }
    }

    /// The answer, where it is known before the record is parsed.
    pub(super) fn early(&self, raw: &RawRecord) -> Option<bool> {
        match self {
            Self::Record(records) => Some(records.contains(&(raw.number - 1))),
            Self::File(name) => Some(is_called(&raw.file, name)),
            Self::Raw(pattern) => raw.bytes().map(|bytes| pattern.bytes().is_match(bytes)),
            _ => None,
        }
    }

    /// The answer for a record that is parsed.
    pub(super) fn holds(&self, seen: &Seen<'_>) -> bool {
        let side = |asked: &dyn Fn(&Encoded) -> bool| seen.encoded().any(asked);
        let mask = |asked: &dyn Fn(&Encoded, &crate::policies::LossMask) -> bool| {
            side(&|encoded| seen.mask_of_a(encoded).is_some_and(|mask| asked(encoded, &mask)))
        };
        match self {
            Self::Record(records) => records.contains(&(seen.record.number - 1)),
            Self::File(name) => is_called(&seen.record.file, name),
            Self::Raw(pattern) => seen.json().is_some_and(|json| pattern.text().is_match(&json)),
            Self::Schema(name) => seen.schema() == Some(*name),
            Self::Role(role) => seen.conversations(|said| said.messages.iter().any(|message| message.role() == role)),
            Self::Messages(count) => seen.conversations(|said| count.holds(said.messages.len())),
            Self::Fails => seen.fails(),
            Self::Cut => side(&|encoded| encoded.sequence.truncated > 0),
            Self::Tokens(count) => side(&|encoded| count.holds(length(encoded))),
            Self::Answer(count) => side(&|encoded| shortest_answer(encoded).is_some_and(|length| count.holds(length))),
            Self::Id(id) => side(&|encoded| encoded.sequence.unpadded_ids().contains(id)),
            Self::Text(pattern) => seen.texts().iter().any(|text| pattern.text().is_match(text)),
            Self::Trained(count) => mask(&|_, mask| count.holds(mask.count())),
            Self::Share(share) => mask(&|_, mask| share.holds(mask.count(), mask.len())),
            Self::Trains(id) => mask(&|encoded, mask| mask.tokens().any(|token| encoded.sequence.ids[token] == *id)),
            Self::Differs => side(&|encoded| match (seen.mask_of_a(encoded), seen.mask_of_b(encoded)) {
                (Some(before), Some(after)) => MaskDiff::count(&before, &after).total() > 0,
                _ => false,
            }),
            Self::Finding(code) => seen.findings().iter().any(|finding| code.is_none_or(|code| finding.code == code)),
            Self::Level(level) => seen.findings().iter().any(|finding| finding.severity == *level),
        }
    }
}

/// Whether a file has that name, with or without its folders.
fn is_called(file: &str, name: &str) -> bool {
    file == name || std::path::Path::new(file).file_name().is_some_and(|own| own.to_str() == Some(name))
}

/// The tokens of a record before it is cut, without padding.
fn length(encoded: &Encoded) -> usize {
    encoded.sequence.unpadded() + encoded.sequence.truncated
}

/// The tokens that the shortest answer itself has; `None` for a record without an answer.
fn shortest_answer(encoded: &Encoded) -> Option<usize> {
    let sequence = &encoded.sequence;
    let answers = encoded.turns().iter().filter(|turn| turn.answer().is_some());
    answers.map(|turn| turn.content(sequence).map(|run| run.tokens.len()).sum()).min()
}
