//! A tool is called that the record does not offer.
//!
//! ## What it does
//!
//! Reports every call of a function that is not among the `tools` of the record. Records without `tools` are not looked
//! at.
//!
//! ## Why it hurts
//!
//! The model learns to call what it was not offered, that is to invent functions.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"tools": [{"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}}],
//!  "messages": [{"role": "user", "content": "What time is it?"},
//!               {"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": {"name": "weather", "arguments": {}}}]},
//!               {"role": "tool", "content": "12:00"}, {"role": "assistant", "content": "Noon."}]}
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
//! Add the definition to `tools`, or fix the name.
//!
//! ## 作用
//!
//! 报告对不在记录的 `tools` 中的函数的每个调用。没有 `tools` 的记录不检查。
//!
//! ## 危害
//!
//! 模型会学着调用没有提供给它的工具，也就是编造函数。
//!
//! ## 处理方法
//!
//! 把定义补进 `tools`，或更正名称。

use super::{Check, Family, Lint, Severity};
use crate::conversation::called_names;
use crate::words::Said;
use crate::words::faults::ConversationFault;
use serde_json::Value;
use std::collections::HashSet;

/// The `undefined-tool` lint.
pub(super) static LINT: Lint = Lint {
    code: "undefined-tool",
    family: Family::Conversation,
    summary: Said {
        en: "a tool is called that the record does not offer", zh: "调用了记录中没有提供的工具"
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("undefined_tool.rs"),
    check: Check::Record(|view, sink| {
        let Some(tools) = view.conversation.tools.as_ref().and_then(Value::as_array) else { return };
        let name = |tool: &'_ Value| {
            tool.get("function").unwrap_or(tool).get("name").and_then(Value::as_str).map(str::to_owned)
        };
        let offered: HashSet<String> = tools.iter().filter_map(name).collect();
        for (message, said) in view.conversation.messages.iter().enumerate() {
            for tool in called_names(said).filter(|name| !offered.contains(*name)) {
                sink.at_message(message, ConversationFault::UndefinedTool { message, tool: tool.into() });
            }
        }
    }),
};
