//! A message has a role that chat templates do not know.
//!
//! ## What it does
//!
//! Reports every message whose role is none of `system`, `developer`, `user`, `assistant`, `tool` and `function`.
//!
//! ## Why it hurts
//!
//! Templates test for the roles that they know. Some drop a message of another role without a word, some write a header
//! for it that the model has never seen, some fail.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "critic", "content": "Check it."},
//!               {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime? Check it."}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Rename the role, or take the message out. Where the template does know it, there is nothing to do.

use super::{Check, Family, Lint, Severity};
use crate::words::faults::ConversationFault;

/// The `unknown-role` lint.
pub(super) static LINT: Lint = Lint {
    code: "unknown-role",
    family: Family::Conversation,
    summary: "a message has a role that chat templates do not know",
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("unknown_role.rs"),
    check: Check::Record(|view, sink| {
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let role = said.role();
            if !KNOWN.contains(&role) {
                sink.at_message(message, ConversationFault::UnknownRole { message, role: role.into(), known: KNOWN });
            }
        }
    }),
};

/// The roles of OpenAI's and Transformers' conversations.
const KNOWN: &[&str] = &["system", "developer", "user", "assistant", "tool", "function"];
