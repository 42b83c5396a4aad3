//! The last message of a conversation is not an answer.
//!
//! ## What it does
//!
//! Reports every record that has an assistant message and whose last message is of another role.
//!
//! ## Why it hurts
//!
//! The question at the end has no answer: it is read by the model and never trained. Some trainers, LLaMA-Factory among
//! them, drop the whole record.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!               {"role": "user", "content": "And 9?"}]}
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
//! Add the answer, or cut the conversation after its last answer.
//!
//! ## 作用
//!
//! 报告含有 assistant 消息、而最后一条消息属于其他角色的每条记录。
//!
//! ## 危害
//!
//! 末尾的提问没有回答：模型会读到它，但永远不会训练。有些训练框架（包括 LLaMA-Factory）会丢弃整条记录。
//!
//! ## 处理方法
//!
//! 补上回答，或在最后一个回答之后截断对话。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `ends-with-user` lint.
pub(super) static LINT: Lint = Lint {
    code: "ends-with-user",
    family: Family::Conversation,
    summary: Said {
        en: "the last message of a conversation is not an answer", zh: "对话的最后一条消息不是回答"
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("ends_with_user.rs"),
    check: Check::Record(|view, sink| {
        let messages = &view.conversation.messages;
        let Some(last) = messages.last().filter(|last| last.role() != "assistant") else { return };
        if messages.iter().any(|message| message.role() == "assistant") {
            let (message, role) = (messages.len() - 1, last.role().into());
            sink.at_message(message, ConversationFault::EndsUnanswered { message, role });
        }
    }),
};
