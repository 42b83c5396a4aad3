//! A conversation has no message of the assistant.
//!
//! ## What it does
//!
//! Reports every record whose messages are all of other roles.
//!
//! ## Why it hurts
//!
//! There is no answer to train on. The record costs a step of the trainer and teaches nothing, or trains the question
//! where a policy trains everything.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Is 7 prime?"}]}
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
//! Remove the record, or look whether the role that answers has another name or is misspelt: then rename it to
//! `assistant`.
//!
//! ## 作用
//!
//! 报告所有消息都属于其他角色的每条记录。
//!
//! ## 危害
//!
//! 没有可训练的回答。该记录占用训练的一步却什么也没教；如果策略训练全部内容，则会训练提问。
//!
//! ## 处理方法
//!
//! 去掉该记录，或检查作答的角色是否用了其他名称或拼写有误：若是，请改为 `assistant`。

use super::{Check, Family, Lint, Severity};
use crate::conversation::Message;
use crate::error::nearest;
use crate::words::faults::ConversationFault;
use crate::words::{Raw, Said};

/// The `no-assistant` lint.
pub(super) static LINT: Lint = Lint {
    code: "no-assistant",
    family: Family::Conversation,
    summary: Said { en: "a conversation has no message of the assistant", zh: "对话中没有 assistant 消息" },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("no_assistant.rs"),
    check: Check::Record(|view, sink| {
        let messages = &view.conversation.messages;
        if !messages.is_empty() && messages.iter().all(|message| message.role() != "assistant") {
            let misspelt = messages.iter().map(Message::role).find(|role| nearest(role, ["assistant"]).is_some());
            let misspelt = misspelt.map(Raw::from);
            sink.at_record(ConversationFault::NoAssistant { messages: messages.len(), misspelt });
        }
    }),
};
