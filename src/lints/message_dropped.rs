//! The chat template writes nothing of a message that has content or tool calls.
//!
//! Templates drop messages of roles that they do not know, and system messages that do not come first. What is dropped
//! is neither read nor trained, and nothing says so during training.
//!
//! Look at the rendered text. Rename the role, move the message, or choose a template that knows it.

use super::{Lint, Severity};
use crate::conversation::Message;
use crate::sequence::Part;
use serde_json::Value;
use std::collections::BTreeSet;

/// The `message-dropped` lint.
pub(super) static LINT: Lint = Lint {
    code: "message-dropped",
    summary: "the chat template writes nothing of a message that has content or tool calls",
    severity: Severity::Warning,
    policy: None,
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
        let has_calls = |message: &Message| {
            message.get("tool_calls").and_then(Value::as_array).is_some_and(|calls| !calls.is_empty())
        };
        let said: BTreeSet<usize> = sequence
            .spans
            .iter()
            .filter(|span| matches!(span.part, Part::Content | Part::Scaffold))
            .filter_map(|span| span.message)
            .collect();
        let silent_calls = messages
            .clone()
            .filter(|(at, message)| has_calls(message) && message.text().trim().is_empty() && !said.contains(at))
            .map(|(at, message)| {
                let words = "its tool calls are not in the rendered text: choose a chat template that writes them";
                (at, format!("message {at} ({}): {words}", message.role()))
            });
        silent_calls
            .chain(
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
                    }),
            )
            .collect()
    },
};

#[cfg(test)]
mod tests {
    use super::super::tests::codes;
    use super::*;

    #[test]
    fn a_message_without_a_token_was_dropped() {
        let messages = vec![Message::new("user", "a"), Message::new("assistant", "b")];
        assert_eq!(codes(messages, &[0]), ["message-dropped"]);
        assert!(codes(vec![Message::new("user", "a"), Message::new("assistant", " ")], &[0]).is_empty());
        let calls = serde_json::json!({"content": "", "tool_calls": [{"name": "f"}]});
        let calls = Message::with_role(calls.as_object().unwrap().clone(), "assistant");
        assert_eq!(codes(vec![Message::new("user", "a"), calls], &[0]), ["message-dropped"]);
    }
}
