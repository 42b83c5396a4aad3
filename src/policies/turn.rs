//! Where the answer of a message stands among the tokens.

use super::Unavailable;
use crate::conversation::Conversation;
use crate::sequence::{Part, Sequence};
use std::ops::Range;

/// The places of the assistant's messages in a conversation.
pub(super) fn assistants(conversation: &Conversation) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let messages = conversation.messages.iter().enumerate();
    messages.filter(|(_, message)| message.role() == "assistant").map(|(at, _)| at)
}

/// The tokens of messages behind their headers, the end of turn included.
pub(super) struct Answers<'a> {
    sequence: &'a Sequence,
    /// By message; `None` where none of its text is known, empty where nothing of it stands behind a header.
    tokens: Vec<Option<Range<usize>>>,
}

impl<'a> Answers<'a> {
    /// Those of the messages that are asked for, found in one pass, since a key press waits for it.
    pub fn of(sequence: &'a Sequence, wanted: impl Fn(usize) -> bool) -> Self {
        let mut tokens = Vec::new();
        for message in sequence.spans.iter().filter_map(|span| span.message).filter(|message| wanted(*message)) {
            tokens.resize(tokens.len().max(message + 1), None);
            tokens[message] = Some(0..0);
        }
        for (span, own) in sequence.runs() {
            let span = &sequence.spans[span];
            let Some(Some(known)) = span.message.and_then(|message| tokens.get_mut(message)) else { continue };
            if span.part != Part::Header {
                *known = if known.start == known.end { own } else { known.start..own.end };
            }
        }
        Self { sequence, tokens }
    }

    /// The tokens of a message behind its header. Empty where truncation has cut it away, or where the template wrote a
    /// header and an end with nothing between them that is lost.
    ///
    /// # Errors
    /// [`Unavailable`] when it is not proven which tokens are the message's.
    pub fn tokens(&self, message: usize) -> Result<Range<usize>, Unavailable> {
        match self.tokens.get(message).cloned().flatten() {
            Some(tokens) => Ok(tokens),
            None if self.sequence.truncated > 0 => Ok(0..0),
            None => Err(Unavailable::Unproven { message }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::Span;

    #[test]
    fn an_answer_stands_behind_its_header() {
        let span = |bytes, message, part| Span { bytes, message, role: String::new(), part };
        let sequence = Sequence {
            text: "h?c!h.e".to_owned(),
            ids: vec![1; 8],
            ranges: (0..8).map(|at| at..at + 1).collect(),
            spans: vec![
                span(0..2, Some(0), Part::Header),
                span(2..4, Some(0), Part::Content),
                span(4..5, Some(1), Part::Header),
                span(5..6, Some(1), Part::Content),
                span(6..7, Some(1), Part::End),
                span(7..7, None, Part::Padding),
            ],
            span_of: vec![0, 0, 1, 1, 2, 3, 4, 5],
            padding: 1,
            ..Sequence::default()
        };
        let answers = Answers::of(&sequence, |_| true);
        assert_eq!((answers.tokens(0).unwrap(), answers.tokens(1).unwrap()), (2..4, 5..7));
        assert!(answers.tokens(2).is_err());
    }
}
