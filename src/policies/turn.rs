//! Where the answer of a message stands among the tokens.

use super::Unavailable;
use crate::conversation::Conversation;
use crate::sequence::Sequence;
use std::ops::Range;

/// The places of the assistant's messages in a conversation.
pub(super) fn assistants(conversation: &Conversation) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let messages = conversation.messages.iter().enumerate();
    messages.filter(|(_, message)| message.role() == "assistant").map(|(at, _)| at)
}

/// The tokens of a message behind its header, the end marker included. Empty where truncation has cut it away, or where
/// the template wrote a header and an end with nothing between them that is lost.
///
/// # Errors
/// [`Unavailable`] when it is not proven which tokens are the message's.
pub(super) fn answer(sequence: &Sequence, message: usize) -> Result<Range<usize>, Unavailable> {
    let is_known = sequence.spans_of(message).next().is_some() || sequence.truncated > 0;
    if is_known { Ok(sequence.answer_of(message)) } else { Err(Unavailable::Unproven { message }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::tests::whole;
    use crate::sequence::{Part, Span};
    use crate::tokenizer::EncodedText;

    #[test]
    fn what_is_cut_away_is_empty_and_what_is_dropped_is_not_proven() {
        let span = Span { bytes: 0..1, message: Some(0), role: String::new(), part: Part::Content };
        let encoded = EncodedText { ids: vec![1], ranges: std::iter::once(0..1).collect() };
        let sequence = whole("a", encoded, vec![span]);
        assert_eq!(answer(&sequence, 0), Ok(0..1));
        assert!(answer(&sequence, 1).is_err());
        assert_eq!(answer(&Sequence { truncated: 1, ..sequence }, 1), Ok(0..0));
    }
}
