//! Answers of which a policy trains nothing at all, and why, where that can be told.

use super::classify::trains_any;
use super::{Skipped, Turn, Turns};
use crate::conversation::Conversation;
use crate::policies::{LossMask, MaskInput, Policy};
use crate::sequence::Sequence;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A policy with the mask that it gave.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Its mask.
    pub mask: &'a LossMask,
}

/// The answers of which a policy trains nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untrained {
    /// How many.
    pub answers: usize,
    /// The reason of the first; [`Skipped::Unknown`] where they have several.
    pub reason: Option<Skipped>,
}

impl Untrained {
    /// The answers of a record of which the subject trains nothing. Answers without a text do not count.
    #[must_use]
    pub fn of(input: MaskInput<'_>, turns: &Turns, subject: Subject<'_>) -> Self {
        let mut found = Self::default();
        let mut missed: Vec<&Turn> = Vec::new();
        let mut trained = 0;
        let mut last_is_trained = false;
        for turn in turns.iter() {
            let Some(says) = turn.answer().and_then(|answer| answer.from_content.clone()) else { continue };
            last_is_trained = trains_any(subject.mask, Some(says));
            if last_is_trained {
                trained += 1;
            } else {
                found.answers += 1;
                // The rest of many has the reason of the first ones, or none that is worth a wait.
                if missed.len() < EXAMINED {
                    missed.push(turn);
                }
            }
        }
        let only_last = trained == 1 && last_is_trained;
        for turn in missed {
            let untold = if only_last { Skipped::LastOnly } else { Skipped::Unknown };
            let reason = reason(input, subject, turn).unwrap_or(untold);
            found.add_reason(&reason);
        }
        found
    }

    /// Counts those of another record too.
    pub fn add(&mut self, other: &Self) {
        self.answers += other.answers;
        if let Some(reason) = &other.reason {
            self.add_reason(reason);
        }
    }

    fn add_reason(&mut self, reason: &Skipped) {
        match &self.reason {
            None => self.reason = Some(reason.clone()),
            Some(known) if std::mem::discriminant(known) == std::mem::discriminant(reason) => {}
            Some(_) => self.reason = Some(Skipped::Unknown),
        }
    }
}

/// How many answers are asked for their reason.
const EXAMINED: usize = 64;

fn reason(input: MaskInput<'_>, subject: Subject<'_>, turn: &Turn) -> Option<Skipped> {
    let message = turn.span(input.sequence).message?;
    flag(input.conversation, message, subject.policy).or_else(|| marker_reason(input, subject.policy, turn))
}

/// The key that the policy reads and by which a message keeps itself out of the loss.
fn flag(conversation: &Conversation, message: usize, policy: &Policy) -> Option<Skipped> {
    let message = conversation.messages.get(message)?;
    let off = |key: &&str| {
        message.get(key).is_some_and(|value| value.as_bool() == Some(false) || value.as_f64() == Some(0.0))
    };
    policy.flags().into_iter().find(off).map(|key| Skipped::Flag(key.to_owned()))
}

/// What keeps a policy that searches for markers from finding the one before an answer.
fn marker_reason(input: MaskInput<'_>, policy: &Policy, turn: &Turn) -> Option<Skipped> {
    let form = policy.searched_form(input.form)?;
    let marker = &input.markers.form(form).begin.as_ref()?.text;
    let sequence = input.sequence;
    let start = turn.span(sequence).bytes.start as usize;
    let first = turn.content(sequence).next()?;
    let content = sequence.spans()[first.span].bytes.start as usize;
    let Some(at) = sequence.text.get(start..content)?.rfind(marker.as_str()) else {
        return Some(Skipped::NoMarker(marker.clone()));
    };
    let end = start + at + marker.len();
    let tokens = turn.runs(sequence).first()?.tokens.start..first.tokens.start + 1;
    merged_at(sequence, tokens, end).map(|token| Skipped::Merged(sequence.text_of(token).to_owned()))
}

/// The token that goes on over this byte of the text.
fn merged_at(sequence: &Sequence, mut tokens: Range<usize>, byte: usize) -> Option<usize> {
    let byte = byte as u32;
    tokens.find(|token| sequence.ranges()[*token].start < byte && sequence.ranges()[*token].end > byte)
}
