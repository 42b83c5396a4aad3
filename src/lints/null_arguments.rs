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
//!
//! ## 作用
//!
//! 报告工具调用中有两个或更多参数为 null 的每条消息。
//!
//! ## 危害
//!
//! Arrow 或 Parquet 数据集的所有行共用一个 schema：其他调用才有的键会用 null 填上。模板会写出它们，模型会学着为每个
//! 工具传入全部参数。
//!
//! ## 处理方法
//!
//! 读取数据时去掉 null（`{k: v for k, v in arguments.items() if v is not None}`），或在表中把 `arguments` 存为 JSON 文
//! 本，训练前再解析。

use super::{Check, Family, Lint, Severity};
use crate::conversation::call_arguments;
use crate::words::Said;
use crate::words::faults::ConversationFault;
use serde_json::Value;

/// The `null-arguments` lint.
pub(super) static LINT: Lint = Lint {
    code: "null-arguments",
    family: Family::Conversation,
    summary: Said {
        en: "tool arguments hold nulls that Arrow filled in", zh: "工具参数中含有 Arrow 填入的 null"
    },
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
