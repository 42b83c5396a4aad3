//! The roles of a conversation are not in the usual order.
//!
//! ## What it does
//!
//! Reports the first message of a record that follows one of the same role (user after user, assistant after assistant),
//! a system message that is not the first, and an assistant message before any question. Messages of tools may follow
//! each other, and an assistant message with tool calls may be followed by another.
//!
//! ## Why it hurts
//!
//! Trainers that alternate between question and answer drop such a record, train the wrong half, or raise; chat templates
//! write turns that no chat at inference time has.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "user", "content": "Be brief."},
//!               {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "assistant", "content": "Ask me."}, {"role": "user", "content": "Is 7 prime?"},
//!               {"role": "assistant", "content": "Yes."}]}
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
//! Join messages of one role into one, move the system message to the front, or add what is missing.
//!
//! ## 作用
//!
//! 报告记录中第一条这样的消息：与前一条消息角色相同（user 接 user，assistant 接 assistant），不在开头的 system 消
//! 息，或出现在任何提问之前的 assistant 消息。工具的消息可以连续出现，带工具调用的 assistant 消息之后也可以再接一
//! 条。
//!
//! ## 危害
//!
//! 要求提问与回答交替的训练框架会丢弃这样的记录、训练错误的一半，或抛出异常；对话模板写出的轮次，在推理时的对话中不
//! 会出现。
//!
//! ## 处理方法
//!
//! 合并角色相同的消息，把 system 消息移到开头，或补上缺少的消息。

use super::{Check, Family, Lint, Severity};
use crate::conversation::Message;
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `roles-out-of-order` lint.
pub(super) static LINT: Lint = Lint {
    code: "roles-out-of-order",
    family: Family::Conversation,
    summary: Said {
        en: "the roles of a conversation are not in the usual order", zh: "对话中角色的顺序不寻常"
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("roles_out_of_order.rs"),
    check: Check::Record(|view, sink| {
        let messages = &view.conversation.messages;
        let before = |at: usize| at.checked_sub(1).map(|before| &messages[before]);
        let found = messages.iter().enumerate().find(|(at, message)| is_out_of_order(before(*at), message));
        if let Some((message, said)) = found {
            let after = before(message).map(|before| before.role().into()).unwrap_or_default();
            sink.at_message(message, ConversationFault::OutOfOrder { message, role: said.role().into(), after });
        }
    }),
};

fn is_out_of_order(before: Option<&Message>, message: &Message) -> bool {
    let Some(before) = before else { return message.role() == "assistant" };
    match message.role() {
        "system" => true,
        "user" => before.role() == "user",
        "assistant" => {
            let follows_calls = before.role() == "assistant" && before.has_tool_calls();
            matches!(before.role(), "assistant" | "system") && !follows_calls
        }
        _ => false,
    }
}
