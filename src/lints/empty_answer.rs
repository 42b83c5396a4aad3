//! An answer of the assistant has no text.
//!
//! ## What it does
//!
//! Reports every assistant message whose content is empty or white space, and which has neither tool calls nor reasoning
//! beside it that stands in the rendered text.
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
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"},
//!               {"role": "assistant", "content": "  ", "reasoning": "Yes, it has no divisor but 1 and 7."}]}
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
//! Give the message its text, or remove the turn. Where the text stands in a key that the chat template does not read,
//! move it into the content.
//!
//! ## 作用
//!
//! 报告内容为空或只有空白、且既没有工具调用、也没有出现在渲染文本中的思考内容的每条 assistant 消息。
//!
//! ## 危害
//!
//! 模型会学着什么都不说，立即停止。只需少量这样的记录，模型就可能以沉默作答。
//!
//! ## 处理方法
//!
//! 为该消息补上文本，或去掉这一轮。如果文本放在对话模板不读取的键中，请移到内容里。

use super::parts::RenderedText;
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
        let rendered = RenderedText::of(view);
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let is_empty = said.content().is_some_and(|content| !content.is_null())
                && said.texts().all(|text| text.trim().is_empty());
            let says_more = || said.has_tool_calls() || said.thoughts().any(|thought| rendered.holds(message, thought));
            if said.role() == "assistant" && is_empty && !says_more() {
                sink.at_message(message, ConversationFault::EmptyAnswer { message });
            }
        }
    }),
};
