//! A message has no content, and no tool call instead of it.
//!
//! ## What it does
//!
//! Reports every message whose content is null or missing and that has no tool calls.
//!
//! ## Why it hurts
//!
//! An assistant message with `content: null` is meant to carry tool calls. Without them there is nothing to train, and
//! depending on the template the record fails, trains an empty answer, or trains the word `None`.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {%- for message in messages -%}
//! <s>{{ message.role }}
//! {{ message.content }}{{ message.tool_calls or '' }}</s>
//! {% endfor -%}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": null}]}
//! ```
//!
//! Not found, with this chat template:
//!
//! ```jinja
//! {%- for message in messages -%}
//! <s>{{ message.role }}
//! {{ message.content }}{{ message.tool_calls or '' }}</s>
//! {% endfor -%}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "What time is it?"},
//!               {"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "clock", "arguments": {}}}]}]}
//! ```
//!
//! ## What to do
//!
//! Give the message its text, or take the turn out.
//!
//! ## 作用
//!
//! 报告内容为 null 或缺失、且没有工具调用的每条消息。
//!
//! ## 危害
//!
//! assistant 消息的 `content: null` 应当与工具调用一起出现。没有工具调用就没有可训练的内容；视模板而定，记录会出
//! 错、训练空回答，或训练 `None` 这个词。
//!
//! ## 处理方法
//!
//! 为该消息补上文本，或去掉这一轮。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::ConversationFault;
use serde_json::Value;

/// The `null-content` lint.
pub(super) static LINT: Lint = Lint {
    code: "null-content",
    family: Family::Conversation,
    summary: Said {
        en: "a message has no content, and no tool call instead of it",
        zh: "消息没有内容，也没有工具调用",
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("null_content.rs"),
    check: Check::Record(|view, sink| {
        let empty =
            |value: Option<&Value>| value.is_none_or(|value| value.is_null() || *value == Value::Array(Vec::new()));
        for (message, said) in view.conversation.messages.iter().enumerate() {
            if said.content().is_none_or(Value::is_null) && empty(said.get("tool_calls")) {
                sink.at_message(message, ConversationFault::NullContent { message, role: said.role().into() });
            }
        }
    }),
};
