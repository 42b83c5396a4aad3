//! A tool is called and no result follows.
//!
//! ## What it does
//!
//! Reports every assistant message with tool calls that is followed by a message of another role than `tool`. A call at
//! the end of the record is not reported: it may be what the record teaches.
//!
//! ## Why it hurts
//!
//! The model learns to go on after a call as if it had seen a result.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"tools": [{"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}}],
//!  "messages": [{"role": "user", "content": "What time is it?"},
//!               {"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": {"name": "clock", "arguments": {}}}]},
//!               {"role": "user", "content": "Well?"}, {"role": "assistant", "content": "Noon."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"tools": [{"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}}],
//!  "messages": [{"role": "user", "content": "What time is it?"},
//!               {"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": {"name": "clock", "arguments": {}}}]},
//!               {"role": "tool", "content": "12:00"}, {"role": "assistant", "content": "Noon."}]}
//! ```
//!
//! ## What to do
//!
//! Add the result as a message of the role `tool`, or remove the call.

use super::{Check, Family, Lint, Severity};
use crate::words::faults::ConversationFault;

/// The `call-without-result` lint.
pub(super) static LINT: Lint = Lint {
    code: "call-without-result",
    family: Family::Conversation,
    summary: "a tool is called and no result follows",
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("call_without_result.rs"),
    check: Check::Record(|view, sink| {
        for (message, pair) in view.conversation.messages.windows(2).enumerate() {
            if pair[0].has_tool_calls() && !matches!(pair[1].role(), "tool" | "function" | "observation") {
                sink.at_message(message, ConversationFault::CallWithoutResult { message });
            }
        }
    }),
};
