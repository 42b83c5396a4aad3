//! An answer of the assistant has no text.
//!
//! ## What it does
//!
//! Reports every assistant message whose content is empty or white space, and which has neither tool calls nor reasoning
//! beside it.
//!
//! ## Why it hurts
//!
//! The model is trained to say nothing and to stop at once. A few such records are enough for a model that answers with
//! silence.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "  "}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Give the message its text, or remove the turn.
//!
//! ## 作用
//!
//! 报告内容为空或只有空白、且既没有工具调用也没有思考内容的每条 assistant 消息。
//!
//! ## 危害
//!
//! 模型会学着什么都不说，立即停止。只需少量这样的记录，模型就可能以沉默作答。
//!
//! ## 处理方法
//!
//! 为该消息补上文本，或去掉这一轮。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `empty-answer` lint.
pub(super) static LINT: Lint = Lint {
    code: "empty-answer",
    family: Family::Conversation,
    summary: Said { en: "an answer of the assistant has no text", zh: "assistant 的回答没有文本" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("empty_answer.rs"),
    check: Check::Record(|view, sink| {
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let is_empty = said.content().is_some_and(|content| !content.is_null())
                && said.texts().all(|text| text.trim().is_empty());
            if said.role() == "assistant" && is_empty && !said.says_more() {
                sink.at_message(message, ConversationFault::EmptyAnswer { message });
            }
        }
    }),
};
