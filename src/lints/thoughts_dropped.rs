//! The template drops the thoughts of an answer.
//!
//! ## What it does
//!
//! Reports the first answer whose thoughts, in `<think>` tags of its content or in `reasoning_content`, are nowhere in
//! the rendered text.
//!
//! ## Why it hurts
//!
//! Templates of reasoning models drop the thoughts of earlier turns, as they do at inference. What is dropped is not
//! trained: of a conversation of many turns only the last thoughts are.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content.split('</think>')[-1] }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "<think>7 has no divisors.</think>Yes."}]}
//! ```
//!
//! Not found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "<think>7 has no divisors.</think>Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Split the conversation so that each answer is the last of a record, or take a template that keeps thoughts.

use super::parts::RenderedText;
use super::{Check, Family, Lint, Severity};
use crate::words::faults::TemplateFault;

/// The `thoughts-dropped` lint.
pub(super) static LINT: Lint = Lint {
    code: "thoughts-dropped",
    family: Family::Template,
    summary: "the template drops the thoughts of an answer",
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("thoughts_dropped.rs"),
    check: Check::Record(|view, sink| {
        let rendered = RenderedText::of(view);
        let is_dropped = |message: usize, thoughts: &str| {
            let thoughts = thoughts.trim();
            !thoughts.is_empty() && !rendered.holds(message, thoughts)
        };
        let messages = view.conversation.messages.iter().enumerate();
        let mut dropped = messages.filter(|(message, said)| {
            let reasoning = said.get("reasoning_content").and_then(|value| value.as_str());
            let inside = said.texts().filter_map(|text| text.split_once("<think>")?.1.split_once("</think>"));
            let mut thoughts = reasoning.into_iter().chain(inside.map(|(inside, _)| inside));
            said.role() == "assistant" && thoughts.any(|thoughts| is_dropped(*message, thoughts))
        });
        if let Some((message, _)) = dropped.next() {
            let answers = 1 + dropped.count();
            sink.at_message(message, TemplateFault::ThoughtsDropped { message, answers });
        }
    }),
};
