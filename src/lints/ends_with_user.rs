//! The last message of a conversation is not an answer.
//!
//! ## What it does
//!
//! Reports every record that has an assistant message and whose last message is of another role.
//!
//! ## Why it hurts
//!
//! The question at the end has no answer: it is read by the model and never trained. Some trainers, LLaMA-Factory among
//! them, drop the whole record.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!               {"role": "user", "content": "And 9?"}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Add the answer, or cut the conversation after its last answer.

use super::{Check, Family, Lint, Severity};
use crate::words::faults::ConversationFault;

/// The `ends-with-user` lint.
pub(super) static LINT: Lint = Lint {
    code: "ends-with-user",
    family: Family::Conversation,
    summary: "the last message of a conversation is not an answer",
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("ends_with_user.rs"),
    check: Check::Record(|view, sink| {
        let messages = &view.conversation.messages;
        let Some(last) = messages.last().filter(|last| last.role() != "assistant") else { return };
        if messages.iter().any(|message| message.role() == "assistant") {
            let (message, role) = (messages.len() - 1, last.role().into());
            sink.at_message(message, ConversationFault::EndsUnanswered { message, role });
        }
    }),
};
