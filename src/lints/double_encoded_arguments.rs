//! The arguments of a tool call are encoded as JSON twice.
//!
//! ## What it does
//!
//! Reports every tool call whose `arguments` are JSON as text where the rendered text holds that text with its quotes
//! escaped.
//!
//! ## Why it hurts
//!
//! The template expects an object and writes it as JSON; text is written as JSON too, with a backslash before each quote.
//! The model learns `"{\\"city\\"…`, which no parser of tool calls accepts.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {%- for message in messages -%}
//! <|im_start|>{{ message.role }}
//! {{ message.content }}{% for call in message.tool_calls or [] %}{{ call.function | tojson }}{% endfor %}<|im_end|>
//! {% endfor -%}
//! ```
//!
//! ```json
//! {"tools": [{"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}}],
//!  "messages": [{"role": "user", "content": "What time is it?"},
//!               {"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": {"name": "clock", "arguments": "{\"zone\": \"UTC\"}"}}]},
//!               {"role": "tool", "content": "12:00"}, {"role": "assistant", "content": "Noon."}]}
//! ```
//!
//! Not found, with this chat template:
//!
//! ```jinja
//! {%- for message in messages -%}
//! <|im_start|>{{ message.role }}
//! {{ message.content }}{% for call in message.tool_calls or [] %}{{ call.function | tojson }}{% endfor %}<|im_end|>
//! {% endfor -%}
//! ```
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
//! Give `arguments` as an object: `json.loads` the text when the data is made.
//!
//! ## 作用
//!
//! 报告 `arguments` 是 JSON 文本、且该文本带着转义的引号出现在渲染后的文本中的每个工具调用。
//!
//! ## 危害
//!
//! 模板期望的是对象，并会把它写成 JSON；JSON 文本则会再编码一次，其中每个引号前都多出一个反斜杠。模型学到的是
//! `"{\\"city\\"…`，没有工具调用解析器能接受它。
//!
//! ## 处理方法
//!
//! 让 `arguments` 为对象：制作数据时用 `json.loads` 解析该文本。

use super::parts::RenderedText;
use super::{Check, Family, Lint, Severity};
use crate::conversation::call_arguments;
use crate::words::Said;
use crate::words::faults::TemplateFault;
use serde_json::Value;

/// The `double-encoded-arguments` lint.
pub(super) static LINT: Lint = Lint {
    code: "double-encoded-arguments",
    family: Family::Template,
    summary: Said {
        en: "the arguments of a tool call are encoded as JSON twice",
        zh: "工具调用的参数被 JSON 编码了两次",
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("double_encoded_arguments.rs"),
    check: Check::Record(|view, sink| {
        let rendered = RenderedText::of(view);
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let texts = call_arguments(said).filter_map(Value::as_str).filter(|text| text.contains('"'));
            // JSON of JSON: every quote inside has a backslash before it. The quotes around it are left out.
            let escaped = texts.map(|text| Value::from(text).to_string());
            let mut inner = escaped.map(|text| text[1..text.len() - 1].to_owned());
            if inner.any(|text| rendered.holds(message, &text)) {
                sink.at_message(message, TemplateFault::DoubleEncoded { message });
            }
        }
    }),
};
