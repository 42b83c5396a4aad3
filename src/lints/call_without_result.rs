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
//!
//! ## 作用
//!
//! 报告含有工具调用、但下一条消息的角色不是 `tool` 的每条 assistant 消息。位于记录末尾的调用不报告：它可能正是这条
//! 记录要教的内容。
//!
//! ## 危害
//!
//! 模型会学着在调用之后继续往下写，仿佛已经看到了结果。
//!
//! ## 处理方法
//!
//! 把结果作为角色为 `tool` 的消息补上，或去掉该调用。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `call-without-result` lint.
pub(super) static LINT: Lint = Lint {
    code: "call-without-result",
    family: Family::Conversation,
    summary: Said { en: "a tool is called and no result follows", zh: "调用了工具，之后却没有结果" },
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
