//! Tool arguments hold nulls that Arrow filled in.
//!
//! ## What it does
//!
//! Reports every message whose tool calls pass null for two arguments or more.
//!
//! ## Why it hurts
//!
//! A data set in Arrow or Parquet has one schema for all rows: keys that other calls have are filled in with null. The
//! template writes them, and the model learns to pass every argument of every tool.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"tools": [{"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}}],
//!  "messages": [{"role": "user", "content": "What time is it?"},
//!               {"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": {"name": "clock", "arguments": {"zone": null, "city": null}}}]},
//!               {"role": "tool", "content": "12:00"}, {"role": "assistant", "content": "Noon."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"tools": [{"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}}],
//!  "messages": [{"role": "user", "content": "What time is it?"},
//!               {"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": {"name": "clock", "arguments": {"zone": "UTC"}}}]},
//!               {"role": "tool", "content": "12:00"}, {"role": "assistant", "content": "Noon."}]}
//! ```
//!
//! ## What to do
//!
//! Drop the nulls when the data is read (`{k: v for k, v in arguments.items() if v is not None}`), or keep `arguments` as
//! JSON text in the table and parse it before training.

use super::{Check, Family, Lint, Severity};
use crate::conversation::call_arguments;
use crate::words::faults::ConversationFault;
use serde_json::Value;

/// The `null-arguments` lint.
pub(super) static LINT: Lint = Lint {
    code: "null-arguments",
    family: Family::Conversation,
    summary: "tool arguments hold nulls that Arrow filled in",
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("null_arguments.rs"),
    check: Check::Record(|view, sink| {
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let calls = call_arguments(said).filter_map(Value::as_object);
            let empty = calls.flat_map(|arguments| arguments.iter().filter(|(_, value)| value.is_null()));
            let mut keys = empty.map(|(key, _)| key);
            if let (Some(key), Some(_)) = (keys.next(), keys.next()) {
                let key = key.as_str().into();
                sink.at_message(message, ConversationFault::NullArguments { message, key });
            }
        }
    }),
};
