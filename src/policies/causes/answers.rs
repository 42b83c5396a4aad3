//! A sequence as turns: the tokens of one message, or of one stretch outside of messages.

use crate::sequence::{Part, Sequence, Span};
use std::ops::Range;

/// Neighbouring tokens of one span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The place of the span in the sequence.
    pub span: usize,
    /// The tokens.
    pub tokens: Range<usize>,
}

/// The runs of one message, or of one stretch outside of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Its runs in order; never empty.
    pub runs: Vec<Run>,
}

impl Turn {
    /// The first span, which tells message and role.
    #[must_use]
    pub fn span<'a>(&self, sequence: &'a Sequence) -> &'a Span {
        &sequence.spans[self.runs[0].span]
    }

    /// Whether the model speaks here.
    #[must_use]
    pub fn is_answer(&self, sequence: &Sequence) -> bool {
        let span = self.span(sequence);
        span.message.is_some() && span.role == "assistant"
    }

    /// The runs of what the message itself says.
    #[must_use = "it only looks"]
    pub fn content<'a>(&'a self, sequence: &'a Sequence) -> impl DoubleEndedIterator<Item = &'a Run> + Clone {
        self.runs.iter().filter(|run| sequence.spans[run.span].part == Part::Content)
    }

    /// The tokens from the first of the content to the last of the turn.
    #[must_use]
    pub fn from_content(&self, sequence: &Sequence) -> Option<Range<usize>> {
        let first = self.content(sequence).next()?;
        Some(first.tokens.start..self.runs.last()?.tokens.end)
    }
}

/// The turns of a sequence in order.
pub fn turns(sequence: &Sequence) -> impl Iterator<Item = Turn> + '_ {
    let mut from = 0;
    let mut runs = std::iter::from_fn(move || {
        let span = *sequence.span_of.get(from)?;
        // Rather by stretches than one by one: this runs over a whole record at a key press.
        let length = sequence.span_of[from..].chunks(STRETCH).position(|stretch| stretch.iter().any(|at| *at != span));
        let stretch = length.map_or(sequence.len(), |at| from + at * STRETCH);
        let more = sequence.span_of[stretch..].iter().take_while(|at| **at == span).count();
        let tokens = from..stretch + more;
        from = tokens.end;
        Some(Run { span: span as usize, tokens })
    })
    .peekable();
    std::iter::from_fn(move || {
        let mut turn = vec![runs.next()?];
        let first = &sequence.spans[turn[0].span];
        let same = |run: &Run| {
            let span = &sequence.spans[run.span];
            span.message == first.message && span.role == first.role && first.message.is_some()
        };
        while let Some(run) = runs.next_if(same) {
            turn.push(run);
        }
        Some(Turn { runs: turn })
    })
}

/// Tokens that are looked at together.
const STRETCH: usize = 256;
