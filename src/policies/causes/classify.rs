//! Which cause tokens that differ have.

use super::{Cause, Turn, Turns};
use crate::policies::{Change, Changes, LossMask};
use crate::sequence::{Part, Run, Sequence};
use std::ops::Range;

/// Two masks of one sequence.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The tokens.
    pub sequence: &'a Sequence,
    /// Its turns.
    pub turns: &'a Turns,
    /// The mask of A.
    pub before: &'a LossMask,
    /// The mask of B.
    pub after: &'a LossMask,
}

/// Neighbouring tokens that differ in one way and for one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The tokens.
    pub tokens: Range<usize>,
    /// Whether they enter or leave the loss.
    pub change: Change,
    /// Why.
    pub cause: Cause,
}

/// Where tokens that differ stand.
#[derive(Clone, Copy)]
struct Seen<'a> {
    turn: &'a Turn,
    run: &'a Run,
    change: Change,
    /// Whether the run is what the model thinks.
    thought: bool,
}

impl<'a> Compared<'a> {
    /// Hands over every turn with the places in it, in order.
    pub fn each_turn(self, mut each: impl FnMut(&'a Turn, &[Place])) {
        let mut places = Vec::new();
        let mut change = self.changes().first_in(0..self.sequence.len());
        for turn in self.turns.iter() {
            places.clear();
            let runs = turn.runs(self.sequence);
            let end = runs.last().map_or(0, |run| run.tokens.end);
            // Most turns of a long record have none.
            if let Some(first) = change.filter(|first| *first < end) {
                let changed = runs.partition_point(|run| run.tokens.end <= first);
                runs[changed..].iter().for_each(|run| self.run(turn, run, &mut places));
                change = self.changes().first_in(end..self.sequence.len());
            }
            each(turn, &places);
        }
    }

    fn changes(self) -> Changes<'a> {
        Changes::between(self.before, self.after)
    }

    /// The places of one run.
    fn run(self, turn: &Turn, run: &Run, places: &mut Vec<Place>) {
        let mut from = run.tokens.start;
        // Asked once for a run: it reads the run's text.
        let mut thought = None;
        while let Some(start) = self.changes().first_in(from..run.tokens.end) {
            let tokens = start..self.changes().end_of_run(start..run.tokens.end);
            from = tokens.end;
            if let Some(change) = self.changes().at(start) {
                let thought = *thought.get_or_insert_with(|| self.is_thought(turn, run));
                self.pieces(Seen { turn, run, change, thought }, tokens, places);
            }
        }
    }

    /// Tokens of one run that differ in the same way, grouped by cause.
    fn pieces(self, seen: Seen<'_>, tokens: Range<usize>, places: &mut Vec<Place>) {
        let Seen { turn, run, change, thought } = seen;
        let span = &self.sequence.spans()[run.span];
        let is_answer = turn.answer().is_some();
        let mut put = |tokens: Range<usize>, cause: Cause| match places.last_mut() {
            Some(last) if last.cause == cause && last.change == change && last.tokens.end == tokens.start => {
                last.tokens.end = tokens.end;
            }
            _ => places.push(Place { tokens, change, cause }),
        };
        match span.part {
            Part::Content if is_answer => {
                let cause = self.cause_in_answer(seen, &tokens);
                places.push(Place { tokens, change, cause });
            }
            Part::Padding => put(tokens, Cause::Padding),
            Part::GenerationPrompt => put(tokens, Cause::GenerationPrompt),
            _ if span.role.is_empty() => put(tokens, Cause::Scaffold),
            _ if span.role != "assistant" => put(tokens, Cause::OtherRole),
            Part::End => {
                for token in tokens {
                    let is_space = is_blank(self.sequence.text_of(token));
                    put(token..token + 1, if is_space { Cause::Space } else { Cause::EndMarker });
                }
            }
            Part::Header => self.header(seen, tokens, put),
            Part::Scaffold if thought => put(tokens, Cause::Thoughts),
            // Such as what a template writes around a tool call: the model is to say it too.
            Part::Scaffold if is_answer => put(tokens, Cause::Inside),
            Part::Scaffold | Part::Content => put(tokens, Cause::Scaffold),
        }
    }

    /// The causes of tokens of an assistant's header. The answer may begin inside of the last of them.
    fn header(self, seen: Seen<'_>, tokens: Range<usize>, mut put: impl FnMut(Range<usize>, Cause)) {
        let Seen { turn, run, change, thought } = seen;
        let end = self.sequence.spans()[run.span].bytes.end;
        let goes_on = |token: &usize| self.sequence.ranges()[*token].end > end && turn.runs(self.sequence).len() > 1;
        let begins_answer = (tokens.end - 1..tokens.end).find(goes_on);
        let own = tokens.start..begins_answer.unwrap_or(tokens.end);
        if !own.is_empty() {
            put(own, if thought { Cause::Thoughts } else { Cause::Header });
        }
        if let Some(token) = begins_answer {
            let rest_is_trained = self.trains_answer(turn, change);
            put(token..token + 1, if rest_is_trained { Cause::First } else { Cause::Whole });
        }
    }

    /// The cause of tokens of an answer's own text.
    fn cause_in_answer(self, seen: Seen<'_>, tokens: &Range<usize>) -> Cause {
        let Seen { turn, run, change, thought } = seen;
        if thought {
            return Cause::Thoughts;
        }
        let is_all = *tokens == run.tokens;
        // An answer of one token may be all first token: it is whole only where nothing else of it is trained.
        if is_all && (tokens.len() > 1 || !self.trains_answer(turn, change)) {
            return Cause::Whole;
        }
        if tokens.start == run.tokens.start {
            Cause::First
        } else if tokens.end == run.tokens.end {
            Cause::Last
        } else {
            Cause::Inside
        }
    }

    /// Whether the policy that leaves tokens out trains anything of the answer.
    fn trains_answer(self, turn: &Turn, change: Change) -> bool {
        let leaving_out = if change == Change::Enters { self.before } else { self.after };
        trains_any(leaving_out, turn.answer().and_then(|answer| answer.from_content.clone()))
    }

    /// Whether a run is what the model thinks, or the marks around that: text between the header and the answer.
    fn is_thought(self, turn: &Turn, run: &Run) -> bool {
        let sequence = self.sequence;
        if sequence.spans()[run.span].role != "assistant" {
            return false;
        }
        let text = |run: &Run| -> &str {
            let bytes = &sequence.spans()[run.span].bytes;
            sequence.text.get(bytes.start as usize..bytes.end as usize).unwrap_or_default()
        };
        if sequence.spans()[run.span].part != Part::Content {
            return THOUGHT_MARKS.iter().any(|mark| text(run).contains(mark));
        }
        // A thought is followed by its closing mark, outside of what the message says.
        let runs = turn.runs(self.sequence);
        let next = runs.get(runs.partition_point(|other| other.tokens.start < run.tokens.end));
        next.is_some_and(|next| {
            sequence.spans()[next.span].part != Part::Content && text(next).trim_start().starts_with("</think>")
        })
    }
}

/// Whether a mask has any of these tokens in the loss.
pub(super) fn trains_any(mask: &LossMask, tokens: Option<Range<usize>>) -> bool {
    tokens.is_some_and(|tokens| mask.any_in(tokens))
}

/// Whether a text is white space and nothing else.
pub(super) fn is_blank(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_whitespace)
}

/// The marks that templates put around thoughts.
const THOUGHT_MARKS: [&str; 4] = ["<think>", "</think>", "<|channel|>analysis", "[/THINK]"];
