//! The chat template writes nothing of a message that has content.
//!
//! Templates drop messages of roles that they do not know, and system messages that do not come first. What is dropped
//! is neither read nor trained, and nothing says so during training.
//!
//! Look at the rendered text. Rename the role, move the message, or choose a template that knows it.

use super::{Lint, Severity};
use crate::sequence::Part;
use std::collections::BTreeSet;

/// The `message-dropped` lint.
pub(super) static LINT: Lint = Lint {
    code: "message-dropped",
    summary: "the chat template writes nothing of a message that has content",
    severity: Severity::Warning,
    source: include_str!("message_dropped.rs"),
    check: |input| {
        let sequence = input.sequence;
        let written: BTreeSet<usize> = sequence.spans.iter().filter_map(|span| span.message).collect();
        // Where text stands that belongs to no message, a message may be in it unproven.
        let unproven = sequence.spans.iter().any(|span| {
            let text = sequence.text.get(span.bytes.start as usize..span.bytes.end as usize);
            span.part == Part::Scaffold && span.message.is_none() && text.is_some_and(|text| !text.trim().is_empty())
        });
        let messages = input.conversation.messages.iter().enumerate();
        messages
            .filter(|(at, message)| !message.text().trim().is_empty() && !written.contains(at))
            .filter(|(_, message)| !unproven || !sequence.text.contains(message.text().trim()))
            .map(|(at, message)| {
                (
                    at,
                    format!(
                        "nothing of message {at} ({}) is in the rendered text: the chat template drops it",
                        message.role()
                    ),
                )
            })
            .collect()
    },
};

#[cfg(test)]
mod tests {
    use super::super::tests::codes;
    use crate::conversation::Message;

    #[test]
    fn a_message_without_a_token_was_dropped() {
        let messages = vec![Message::new("user", "a"), Message::new("assistant", "b")];
        assert_eq!(codes(messages, &[0]), ["message-dropped"]);
        assert!(codes(vec![Message::new("user", "a"), Message::new("assistant", " ")], &[0]).is_empty());
    }
}
