//! A message has no content, and no tool call instead of it.
//!
//! An assistant message with `content: null` is meant to carry tool calls. Without them there is nothing to train, and
//! depending on the template the record fails, trains an empty answer, or trains the word `None`.
//!
//! Give the message its text, or take the turn out.

use super::{Lint, Severity};
use serde_json::Value;

/// The `null-content` lint.
pub(super) static LINT: Lint = Lint {
    code: "null-content",
    summary: "a message has no content, and no tool call instead of it",
    severity: Severity::Warning,
    policy: None,
    source: include_str!("null_content.rs"),
    check: |input| {
        let empty =
            |value: Option<&Value>| value.is_none_or(|value| value.is_null() || *value == Value::Array(Vec::new()));
        let messages = input.conversation.messages.iter().enumerate();
        messages
            .filter(|(_, message)| message.content().is_none_or(Value::is_null) && empty(message.get("tool_calls")))
            .map(|(at, message)| {
                (
                    at,
                    format!("message {at} ({}) has no content: give it its text, or take the turn out", message.role()),
                )
            })
            .collect()
    },
};

#[cfg(test)]
mod tests {
    use super::super::tests::codes;
    use crate::conversation::Message;
    use serde_json::{Value, json};

    #[test]
    fn null_is_found_unless_there_are_tool_calls() {
        assert_eq!(codes(vec![Message::new("assistant", Value::Null)], &[0]), ["null-content"]);
        let mut fields = json!({"content": null, "tool_calls": [1]}).as_object().unwrap().clone();
        assert!(codes(vec![Message::with_role(std::mem::take(&mut fields), "assistant")], &[0]).is_empty());
    }
}
