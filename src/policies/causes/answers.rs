//! A sequence as turns: the tokens of one message, or of one stretch outside of messages.

use super::classify::is_blank;
use crate::policies::LossMask;
use crate::sequence::{Part, Run, Sequence, Span};
use std::ops::Range;
use std::sync::OnceLock;

/// The runs of one message, or of one stretch outside of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The places of its runs among those of the sequence; never empty.
    runs: Range<usize>,
    /// Where the model speaks here.
    answer: Option<Answer>,
}

/// What there is to know of a turn of the model, told once so that a key press need not look for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The tokens from the first of what it says to the last of the turn; `None` where it says nothing.
    pub from_content: Option<Range<usize>>,
    /// The first token of its end marker that is no white space.
    pub end_marker: Option<usize>,
}

impl Turn {
    /// Its runs.
    #[must_use]
    pub fn runs<'a>(&self, sequence: &'a Sequence) -> &'a [Run] {
        &sequence.runs()[self.runs.clone()]
    }

    /// Its first span, which tells message and role.
    #[must_use]
    pub fn span<'a>(&self, sequence: &'a Sequence) -> &'a Span {
        &sequence.spans()[sequence.runs()[self.runs.start].span]
    }

    /// The runs of what its message itself says.
    pub fn content<'a>(&self, sequence: &'a Sequence) -> impl Iterator<Item = &'a Run> {
        content(self.runs(sequence), sequence)
    }

    /// The answer, where the model speaks here.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref()
    }
}

/// All turns of a sequence in order. They depend on no policy, so that a record has them once.
#[derive(Debug, Clone, Default)]
pub struct Turns {
    turns: Vec<Turn>,
}

/// The turns of a sequence, found when somebody asks first.
#[derive(Debug, Clone, Default)]
pub struct LaterTurns(OnceLock<Turns>);

impl LaterTurns {
    /// The turns, of the sequence whose they are.
    #[must_use]
    pub fn of(&self, sequence: &Sequence) -> &Turns {
        self.0.get_or_init(|| Turns::of(sequence))
    }
}

impl Turns {
    /// The turns of a sequence.
    #[must_use]
    pub fn of(sequence: &Sequence) -> Self {
        let mut turns = Vec::new();
        let same = |first: &Run, next: &Run| {
            let (first, next) = (&sequence.spans()[first.span], &sequence.spans()[next.span]);
            next.message == first.message && next.role == first.role && first.message.is_some()
        };
        let mut from = 0;
        for runs in sequence.runs().chunk_by(same) {
            let place = from..from + runs.len();
            from = place.end;
            turns.push(Turn { runs: place, answer: answer(sequence, runs) });
        }
        Self { turns }
    }

    /// What a mask is expected to train of a sequence of that many tokens: every answer with its end marker.
    #[must_use]
    pub fn expected(&self, length: usize) -> LossMask {
        let mut mask = LossMask::none(length);
        for answer in self.turns.iter().filter_map(Turn::answer) {
            if let Some(says) = &answer.from_content {
                mask.set(says.start..answer.end_marker.map_or(says.end, |marker| marker + 1));
            }
        }
        mask
    }

    /// The message of the answer that the maximum length cuts before its end; `None` where it cuts nothing, or elsewhere.
    #[must_use]
    pub fn cut_answer(&self, sequence: &Sequence) -> Option<usize> {
        let mut said = self.turns.iter().rev().filter_map(|turn| Some((turn, turn.span(sequence).message?)));
        let (last, message) = said.next().filter(|_| sequence.truncated > 0)?;
        last.answer()?.end_marker.is_none().then_some(message)
    }

    /// Each turn.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Turn> {
        self.turns.iter()
    }
}

fn content<'a>(runs: &'a [Run], sequence: &'a Sequence) -> impl Iterator<Item = &'a Run> {
    runs.iter().filter(|run| sequence.spans()[run.span].part == Part::Content)
}

fn answer(sequence: &Sequence, runs: &[Run]) -> Option<Answer> {
    let span = &sequence.spans()[runs.first()?.span];
    if span.message.is_none() || span.role != "assistant" {
        return None;
    }
    let end = runs.last()?.tokens.end;
    let end_run = runs.iter().find(|run| sequence.spans()[run.span].part == Part::End);
    Some(Answer {
        from_content: content(runs, sequence).next().map(|first| first.tokens.start..end),
        end_marker: end_run.and_then(|run| run.tokens.clone().find(|token| !is_blank(sequence.text_of(*token)))),
    })
}
