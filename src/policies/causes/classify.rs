//! Which cause tokens that differ have.

use super::{Cause, Run, Turn, turns};
use crate::policies::{Change, LossMask};
use crate::sequence::{Part, Sequence};
use std::ops::Range;

/// Two masks of one sequence.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The tokens.
    pub sequence: &'a Sequence,
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

impl Compared<'_> {
    /// Hands over every turn with the places in it, in order.
    pub fn turns(self, mut each: impl FnMut(&Turn, &[Place])) {
        let mut places = Vec::new();
        for turn in turns(self.sequence) {
            places.clear();
            for run in &turn.runs {
                self.run(&turn, run, &mut places);
            }
            each(&turn, &places);
        }
    }

    /// Every place in order.
    pub fn places(self, mut each: impl FnMut(&Place)) {
        self.turns(|_, places| places.iter().for_each(&mut each));
    }

    fn change(self, token: usize) -> Option<Change> {
        Change::between(self.before.get(token), self.after.get(token))
    }

    /// The places of one run.
    fn run(self, turn: &Turn, run: &Run, places: &mut Vec<Place>) {
        let mut from = run.tokens.start;
        // Asked once for a run: it reads the run's text.
        let mut thought = None;
        while let Some(start) = self.next_change(from..run.tokens.end) {
            let change = self.change(start);
            let end = (start + 1..run.tokens.end).find(|token| self.change(*token) != change);
            let tokens = start..end.unwrap_or(run.tokens.end);
            from = tokens.end;
            if let Some(change) = change {
                let thought = *thought.get_or_insert_with(|| is_thought(self.sequence, turn, run));
                let seen = Seen { turn, run, change, thought };
                self.pieces(&seen, tokens, places);
            }
        }
    }

    /// The first token of a range that differs.
    fn next_change(self, tokens: Range<usize>) -> Option<usize> {
        let (before, after) = (self.before.bits(), self.after.bits());
        let end = tokens.end.min(before.len()).min(after.len());
        let mut stretches = (tokens.start..end).step_by(STRETCH).map(|start| start..(start + STRETCH).min(end));
        let changed = stretches.find(|stretch| before[stretch.clone()] != after[stretch.clone()])?;
        changed.clone().find(|token| before[*token] != after[*token])
    }

    /// Tokens of one run that differ in the same way, parted by their cause.
    fn pieces(self, seen: &Seen<'_>, tokens: Range<usize>, places: &mut Vec<Place>) {
        let Seen { turn, run, change, .. } = *seen;
        let part = self.sequence.spans[run.span].part;
        if part == Part::Content && turn.is_answer(self.sequence) {
            let cause = self.cause_in_answer(seen, &tokens);
            places.push(Place { tokens, change, cause });
            return;
        }
        for token in tokens {
            let cause = self.cause_outside(seen, token);
            match places.last_mut() {
                Some(last) if last.cause == cause && last.change == change && last.tokens.end == token => {
                    last.tokens.end = token + 1;
                }
                _ => places.push(Place { tokens: token..token + 1, change, cause }),
            }
        }
    }

    /// The cause of tokens of an answer's own text.
    fn cause_in_answer(self, seen: &Seen<'_>, tokens: &Range<usize>) -> Cause {
        let Seen { turn, run, change, thought } = *seen;
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
        trains_any(leaving_out, turn.from_content(self.sequence))
    }

    /// The cause of a token outside of answers' own text.
    fn cause_outside(self, seen: &Seen<'_>, token: usize) -> Cause {
        let Seen { turn, run, change, thought } = *seen;
        let span = &self.sequence.spans[run.span];
        match span.part {
            Part::Padding => Cause::Padding,
            Part::GenerationPrompt => Cause::GenerationPrompt,
            _ if span.role.is_empty() => Cause::Scaffold,
            _ if span.role != "assistant" => Cause::OtherRole,
            _ if is_blank(self.sequence.text_of(token)) && span.part == Part::End => Cause::Space,
            Part::End => Cause::EndMarker,
            // The answer begins inside of this token.
            Part::Header if self.sequence.ranges[token].end > span.bytes.end && turn.runs.len() > 1 => {
                if self.trains_answer(turn, change) { Cause::First } else { Cause::Whole }
            }
            Part::Header | Part::Scaffold if thought => Cause::Thoughts,
            Part::Header => Cause::Header,
            Part::Scaffold | Part::Content => Cause::Scaffold,
        }
    }
}

/// Bits that are compared at once where nothing changes.
const STRETCH: usize = 4096;

/// Whether a mask has any of these tokens in the loss.
pub(super) fn trains_any(mask: &LossMask, tokens: Option<Range<usize>>) -> bool {
    let bits = tokens.and_then(|tokens| mask.bits().get(tokens));
    bits.is_some_and(|bits| bits.contains(&true))
}

/// Whether a text is white space and nothing else.
pub(super) fn is_blank(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_whitespace)
}

/// The marks that templates put around thoughts.
const THOUGHT_MARKS: [&str; 4] = ["<think>", "</think>", "<|channel|>analysis", "[/THINK]"];

/// Whether a run is what the model thinks, or the marks around that: text between the header and the answer.
fn is_thought(sequence: &Sequence, turn: &Turn, run: &Run) -> bool {
    let text = |run: &Run| -> &str {
        let bytes = &sequence.spans[run.span].bytes;
        sequence.text.get(bytes.start as usize..bytes.end as usize).unwrap_or_default()
    };
    let has_mark = |text: &str| THOUGHT_MARKS.iter().any(|mark| text.contains(mark));
    if sequence.spans[run.span].part != Part::Content {
        return has_mark(text(run));
    }
    // A thought is followed by its closing mark, outside of what the message says.
    let next = turn.runs.iter().find(|other| other.tokens.start == run.tokens.end);
    next.is_some_and(|next| {
        sequence.spans[next.span].part != Part::Content && text(next).trim_start().starts_with("</think>")
    })
}
