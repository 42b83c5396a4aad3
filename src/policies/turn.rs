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

/// The tokens of a message behind its header, its end of turn included. Empty where truncation has cut it away, or where
/// the template wrote a header and an end with nothing between them that is lost.
///
/// # Errors
/// [`Unavailable`] when it is not proven which tokens are the message's.
pub(super) fn answer_of(sequence: &Sequence, message: usize) -> Result<Range<usize>, Unavailable> {
    let of_message = |token: &usize| sequence.span(*token).message == Some(message);
    let behind_header = |token: &usize| sequence.span(*token).part != Part::Header;
    let unpadded = 0..sequence.unpadded();
    let mut tokens = unpadded.clone().filter(of_message).filter(behind_header);
    if let Some(first) = tokens.next() {
        let last = tokens.next_back().unwrap_or(first);
        return Ok(first..last + 1);
    }
    let written = sequence.spans.iter().any(|span| span.message == Some(message));
    if written || sequence.truncated > 0 {
        return Ok(0..0);
    }
    Err(Unavailable(format!(
        "it is not proven which tokens are those of message {message}: the chat template drops it, or writes it in \
         another form"
    )))
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
        assert_eq!((answer_of(&sequence, 0).unwrap(), answer_of(&sequence, 1).unwrap()), (2..4, 5..7));
        assert!(answer_of(&sequence, 2).is_err());
    }
}
