//! A message has a role that chat templates do not know.
//!
//! Templates test for `system`, `user`, `assistant` and `tool`. Some drop a message of another role without a word, some
//! write a header for it that the model has never seen, some fail.
//!
//! Rename the role, or take the message out. Where the template does know it, there is nothing to do.

use super::{Lint, Severity};

/// The `unknown-role` lint.
pub(super) static LINT: Lint = Lint {
    code: "unknown-role",
    summary: "a message has a role that chat templates do not know",
    severity: Severity::Warning,
    policy: None,
    source: include_str!("unknown_role.rs"),
    check: |input| {
        let messages = input.conversation.messages.iter().enumerate();
        let unknown = messages.filter(|(_, message)| !KNOWN.contains(&message.role()));
        unknown
            .map(|(at, message)| {
                let role = message.role();
                (at, format!("message {at} has the role `{role}`; templates know {}: rename it", KNOWN.join(", ")))
            })
            .collect()
    },
};

/// The roles of OpenAI's and Transformers' conversations.
const KNOWN: &[&str] = &["system", "developer", "user", "assistant", "tool", "function"];

#[cfg(test)]
mod tests {
    use super::super::tests::codes;
    use crate::conversation::Message;

    #[test]
    fn a_critic_is_unknown() {
        assert_eq!(codes(vec![Message::new("critic", "no")], &[0]), ["unknown-role"]);
    }
}
