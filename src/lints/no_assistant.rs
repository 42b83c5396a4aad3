//! A conversation has no message of the assistant.
//!
//! ## What it does
//!
//! Reports every record whose messages are all of other roles.
//!
//! ## Why it hurts
//!
//! There is no answer to train on. The record costs a step of the trainer and teaches nothing, or trains the question
//! where a policy trains everything.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Is 7 prime?"}]}
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
//! Remove the record, or look whether the roles are named otherwise (`gpt`, `bot`, `model`): then name the schema with
//! --schema.

use super::{Check, Family, Lint, Severity};
use crate::words::faults::ConversationFault;

/// The `no-assistant` lint.
pub(super) static LINT: Lint = Lint {
    code: "no-assistant",
    family: Family::Conversation,
    summary: "a conversation has no message of the assistant",
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("no_assistant.rs"),
    check: Check::Record(|view, sink| {
        let messages = &view.conversation.messages;
        if !messages.is_empty() && messages.iter().all(|message| message.role() != "assistant") {
            sink.at_record(ConversationFault::NoAssistant { messages: messages.len() });
        }
    }),
};
