//! The tokens of a sequence as runs: neighbouring tokens of one span, and which runs are a message's.

use super::{Part, Sequence, Span};
use std::ops::Range;

/// Neighbouring tokens of one span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The place of the span in the sequence.
    pub span: usize,
    /// The tokens.
    pub tokens: Range<usize>,
}

impl Run {
    /// The runs of tokens in stretches, each with the place of its span and the number of its tokens.
    #[must_use]
    pub(super) fn all(stretches: impl IntoIterator<Item = (usize, usize)>) -> Vec<Self> {
        let mut runs: Vec<Self> = Vec::new();
        let mut from = 0;
        for (span, tokens) in stretches {
            let end = from + tokens;
            match runs.last_mut() {
                Some(last) if last.span == span => last.tokens.end = end,
                _ => runs.push(Self { span, tokens: from..end }),
            }
            from = end;
        }
        runs
    }
}

/// Which runs and spans are those of a message.
#[derive(Debug, Clone)]
pub(super) struct Index {
    runs: Groups,
    spans: Groups,
}

/// Places in groups, one group behind the other.
#[derive(Debug, Clone)]
struct Groups {
    /// Where each group starts in `places`, and where the last one ends.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Groups {
    /// Puts each place into the group that is given for it, if one is, in order.
    fn of(groups: impl Iterator<Item = Option<usize>> + Clone) -> Self {
        let last = groups.clone().flatten().max();
        let mut starts = vec![0; last.map_or(0, |last| last + 1) + 1];
        groups.clone().flatten().for_each(|group| starts[group + 1] += 1);
        (1..starts.len()).for_each(|group| starts[group] += starts[group - 1]);
        let mut places = vec![0; starts.last().map_or(0, |end| *end as usize)];
        let mut next = starts.clone();
        for (place, group) in groups.enumerate() {
            if let Some(group) = group {
                places[next[group] as usize] = place as u32;
                next[group] += 1;
            }
        }
        Self { starts, places }
    }

    fn group(&self, group: usize) -> &[u32] {
        let (Some(start), Some(end)) = (self.starts.get(group), self.starts.get(group + 1)) else { return &[] };
        &self.places[*start as usize..*end as usize]
    }
}

impl Sequence {
    fn by_message(&self) -> &Index {
        self.stages.index.get_or_init(|| Index {
            runs: Groups::of(self.runs().iter().map(|run| self.spans()[run.span].message)),
            spans: Groups::of(self.spans().iter().map(|span| span.message)),
        })
    }

    /// The runs of a message, in order.
    pub fn runs_of(&self, message: usize) -> impl DoubleEndedIterator<Item = &Run> + Clone {
        self.by_message().runs.group(message).iter().map(|place| &self.runs()[*place as usize])
    }

    /// The spans of a message, in order; those in which no token begins too.
    pub fn spans_of(&self, message: usize) -> impl DoubleEndedIterator<Item = &Span> + Clone {
        self.by_message().spans.group(message).iter().map(|place| &self.spans()[*place as usize])
    }

    /// The tokens of a message, from its first to its last; `None` when it has none.
    #[must_use]
    pub fn tokens_of(&self, message: usize) -> Option<Range<usize>> {
        let mut runs = self.runs_of(message);
        let first = runs.next()?.tokens.clone();
        Some(first.start..runs.next_back().map_or(first.end, |last| last.tokens.end))
    }

    /// The tokens of a message behind its header, its end included; empty where there are none.
    #[must_use]
    pub fn answer_of(&self, message: usize) -> Range<usize> {
        let mut runs = self.runs_of(message).filter(|run| self.spans()[run.span].part != Part::Header);
        let first = runs.next().map_or(0..0, |run| run.tokens.clone());
        first.start..runs.next_back().map_or(first.end, |last| last.tokens.end)
    }

    /// The place among the runs of the one that a token belongs to.
    ///
    /// # Panics
    /// When the token is past the end of the sequence.
    #[must_use]
    pub fn run_at(&self, token: usize) -> usize {
        let run = self.runs().partition_point(|run| run.tokens.end <= token);
        assert!(run < self.runs().len(), "token {token} is past the end");
        run
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::{Padding, Shape};
    use crate::tokenizer::EncodedText;

    /// Text of a character a token: `h?c!h.e` of two messages, and padding. `change` is done to the spans before.
    fn sequence(change: impl FnOnce(&mut Vec<Span>)) -> Sequence {
        let span = |bytes, message, part| Span { bytes, message, role: String::new(), part };
        let mut spans = vec![
            span(0..2, Some(0), Part::Header),
            span(2..4, Some(0), Part::Content),
            span(4..5, Some(1), Part::Header),
            span(5..6, Some(1), Part::Content),
            span(6..7, Some(1), Part::End),
        ];
        change(&mut spans);
        let encoded = EncodedText { ids: vec![1; 7], ranges: (0..7).map(|at| at..at + 1).collect() };
        let shape = Shape { max_length: None, padding: Padding::Tokens(1), pad_id: 1 };
        Sequence::new("h?c!h.e".to_owned(), encoded, spans, shape)
    }

    #[test]
    fn a_message_knows_its_tokens() {
        let sequence = sequence(|_| ());
        assert_eq!(
            (sequence.tokens_of(0), sequence.tokens_of(1), sequence.tokens_of(2)),
            (Some(0..4), Some(4..7), None)
        );
        assert_eq!((sequence.answer_of(0), sequence.answer_of(1), sequence.answer_of(9)), (2..4, 5..7, 0..0));
        assert_eq!(sequence.spans_of(1).count(), 3);
        assert_eq!(
            (0..8).map(|token| sequence.runs()[sequence.run_at(token)].span).collect::<Vec<_>>(),
            [0, 0, 1, 1, 2, 3, 4, 5]
        );
    }

    #[test]
    fn messages_may_take_turns() {
        let sequence = sequence(|spans| {
            spans[3].message = Some(0);
            spans[4].message = Some(3);
        });
        assert_eq!(
            (sequence.tokens_of(0), sequence.tokens_of(1), sequence.tokens_of(2)),
            (Some(0..6), Some(4..5), None)
        );
        assert_eq!(sequence.runs_of(0).count(), 3);
    }
}
