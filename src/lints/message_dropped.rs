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
//! Not found, with the tokenizer's own chat template:
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
//!
//! ## 作用
//!
//! 报告文本完全没有出现在渲染文本中的每条消息，以及没有其他文本、而工具调用也完全没有出现的每条消息。渲染文本中若有
//! 无法确认来自哪条消息的部分，而消息的文本原样出现在其中，则视为已输出。
//!
//! ## 危害
//!
//! 模板会丢弃角色未知的消息，以及不在开头的 system 消息。被丢弃的内容既不会被读到，也不会被训练，训练时没有任何提
//! 示。
//!
//! ## 处理方法
//!
//! 查看渲染后的文本；修改角色，移动消息，或选择支持它的模板。

use super::parts::RenderedText;
use super::{Check, Family, Lint, RecordView, Severity};
use crate::sequence::Part;
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `message-dropped` lint.
pub(super) static LINT: Lint = Lint {
    code: "message-dropped",
    family: Family::Template,
    summary: Said {
        en: "the chat template writes nothing of a message that has content or tool calls",
        zh: "对话模板没有输出消息的内容或工具调用",
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("message_dropped.rs"),
    check: Check::Record(|view, sink| {
        let rendered = RenderedText::of(view);
        let is_unproven = has_unproven_text(view);
        for (message, own) in view.conversation.messages.iter().enumerate() {
            let role = || own.role().into();
            let mut texts = own.texts().map(str::trim).filter(|text| !text.is_empty()).peekable();
            if texts.peek().is_none() {
                if own.has_tool_calls() && !says_something(view, message) {
                    sink.at_message(message, TemplateFault::CallsDropped { message, role: role() });
                }
            } else if !rendered.has_any_of(message) {
                let may_be_written = is_unproven && texts.all(|text| rendered.holds(message, text));
                if !may_be_written {
                    sink.at_message(message, TemplateFault::MessageDropped { message, role: role() });
                }
            }
        }
    }),
};

/// Whether the template wrote more of a message than what stands around what it says.
fn says_something(view: &RecordView<'_>, message: usize) -> bool {
    view.sequence.spans_of(message).any(|span| matches!(span.part, Part::Content | Part::Scaffold))
}

/// Whether text stands somewhere that belongs to no message: a message may be in it unproven.
fn has_unproven_text(view: &RecordView<'_>) -> bool {
    view.sequence.spans().iter().any(|span| {
        let text = view.sequence.text.get(span.bytes.start as usize..span.bytes.end as usize);
        span.part == Part::Scaffold && span.message.is_none() && text.is_some_and(|text| !text.trim().is_empty())
    })
}
