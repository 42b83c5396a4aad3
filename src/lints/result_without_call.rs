//! A tool answers that was not called.
//!
//! ## What it does
//!
//! Reports every message of the role `tool` with no assistant message with tool calls between it and the last user
//! message.
//!
//! ## Why it hurts
//!
//! The model learns that results appear from nowhere; templates that pair calls with results raise or write them wrongly.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "Wait."},
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
//! Add the call, as `tool_calls` of the assistant message before. Calls that stand as text in its content are not seen by
//! the template.
//!
//! ## 作用
//!
//! 报告与上一条 user 消息之间没有带工具调用的 assistant 消息的每条 `tool` 消息。
//!
//! ## 危害
//!
//! 模型学到的是结果会凭空出现；把调用与结果配对的模板会抛出异常，或输出错误的内容。
//!
//! ## 处理方法
//!
//! 把调用补进前一条 assistant 消息的 `tool_calls`。以文本形式写在内容中的调用，模板看不到。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `result-without-call` lint.
pub(super) static LINT: Lint = Lint {
    code: "result-without-call",
    family: Family::Conversation,
    summary: Said { en: "a tool answers that was not called", zh: "没有调用工具，却有工具结果" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("result_without_call.rs"),
    check: Check::Record(|view, sink| {
        if !view.conversation.messages.iter().any(|said| said.role() == "tool") {
            return;
        }
        let mut is_called = false;
        for (message, said) in view.conversation.messages.iter().enumerate() {
            match said.role() {
                "user" => is_called = false,
                "assistant" => is_called |= said.has_tool_calls() || said.texts().any(has_written_call),
                "tool" if !is_called => {
                    sink.at_message(message, ConversationFault::ResultWithoutCall { message });
                }
                _ => {}
            }
        }
    }),
};

/// Data of trainers without `tool_calls` write calls into the text, in these marks.
fn has_written_call(text: &str) -> bool {
    ["<tool_call>", "<|python_tag|>", "[TOOL_CALLS]", "<function"].iter().any(|mark| text.contains(mark))
}
