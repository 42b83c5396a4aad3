//! The chat template writes nothing of a message that has content or tool calls.
//!
//! ## What it does
//!
//! Reports every message of whose text the rendered text holds nothing, and every message with tool calls and no other
//! text of whose calls it holds nothing. Where the rendered text has stretches that are not proven to come from a message,
//! a message whose text stands there word for word is taken for written.
//!
//! ## Why it hurts
//!
//! Templates drop messages of roles that they do not know, and system messages that do not come first. What is dropped
//! is neither read nor trained, and nothing says so during training.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {%- for message in messages if message.role in ['user', 'assistant'] -%}
//! <s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor -%}
//! ```
//!
//! ```json
//! {"messages": [{"role": "system", "content": "Answer in verse."}, {"role": "user", "content": "Summer?"},
//!               {"role": "assistant", "content": "Warm days."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "system", "content": "Answer in verse."}, {"role": "user", "content": "Summer?"},
//!               {"role": "assistant", "content": "Warm days."}]}
//! ```
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {%- for message in messages -%}
//! <s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor -%}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "What time is it?"},
//!               {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "clock", "arguments": {}}}]}]}
//! ```
//!
//! ## What to do
//!
//! Look at the rendered text. Rename the role, move the message, or choose a template that knows it.

use super::{Check, Family, Lint, RecordView, Severity};
use crate::conversation::Message;
use crate::sequence::Part;
use crate::words::faults::TemplateFault;
use serde_json::Value;
use std::collections::BTreeSet;

/// The `message-dropped` lint.
pub(super) static LINT: Lint = Lint {
    code: "message-dropped",
    family: Family::Template,
    summary: "the chat template writes nothing of a message that has content or tool calls",
    severity: Severity::Warning,
    policy: None,
    source: include_str!("message_dropped.rs"),
    check: Check::Record(|view, sink| {
        let spans = &view.sequence.spans;
        let written: BTreeSet<usize> = spans.iter().filter_map(|span| span.message).collect();
        let says = spans.iter().filter(|span| matches!(span.part, Part::Content | Part::Scaffold));
        let said: BTreeSet<usize> = says.filter_map(|span| span.message).collect();
        let is_unproven = has_unproven_text(view);
        for (message, own) in view.conversation.messages.iter().enumerate() {
            let (text, role) = (own.text(), || own.role().into());
            let text = text.trim();
            if text.is_empty() {
                if has_calls(own) && !said.contains(&message) {
                    sink.at_message(message, TemplateFault::CallsDropped { message, role: role() });
                }
            } else if !written.contains(&message) {
                let may_be_written = is_unproven && view.sequence.text.contains(text);
                if !may_be_written {
                    sink.at_message(message, TemplateFault::MessageDropped { message, role: role() });
                }
            }
        }
    }),
};

fn has_calls(message: &Message) -> bool {
    message.get("tool_calls").and_then(Value::as_array).is_some_and(|calls| !calls.is_empty())
}

/// Whether text stands somewhere that belongs to no message: a message may be in it unproven.
fn has_unproven_text(view: &RecordView<'_>) -> bool {
    view.sequence.spans.iter().any(|span| {
        let text = view.sequence.text.get(span.bytes.start as usize..span.bytes.end as usize);
        span.part == Part::Scaffold && span.message.is_none() && text.is_some_and(|text| !text.trim().is_empty())
    })
}
