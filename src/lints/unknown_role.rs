//! A message has a role that chat templates do not know.
//!
//! ## What it does
//!
//! Reports every message whose role is none of `system`, `developer`, `user`, `assistant`, `tool` and `function`.
//!
//! ## Why it hurts
//!
//! Templates test for the roles that they know. Some drop a message of another role without a word, some write a header
//! for it that the model has never seen, some fail.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "critic", "content": "Check it."},
//!               {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime? Check it."}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Rename the role, or take the message out. Where the template does know it, there is nothing to do.
//!
//! ## 作用
//!
//! 报告角色不是 `system`、`developer`、`user`、`assistant`、`tool` 或 `function` 的每条消息。
//!
//! ## 危害
//!
//! 模板会判断它认识的角色。对于其他角色的消息，有的模板悄悄丢弃，有的写出模型从未见过的角色头，有的则会出错。
//!
//! ## 处理方法
//!
//! 修改角色，或去掉该消息。如果模板认识该角色，则无需处理。

use super::{Check, Family, Lint, Severity};
use crate::error::nearest;
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `unknown-role` lint.
pub(super) static LINT: Lint = Lint {
    code: "unknown-role",
    family: Family::Conversation,
    summary: Said {
        en: "a message has a role that chat templates do not know", zh: "消息使用了对话模板不支持的角色"
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("unknown_role.rs"),
    check: Check::Record(|view, sink| {
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let role = said.role();
            if !KNOWN.contains(&role) {
                let meant = nearest(role, KNOWN.iter().copied());
                let role = role.into();
                sink.at_message(message, ConversationFault::UnknownRole { message, role, meant, known: KNOWN });
            }
        }
    }),
};

/// The roles of OpenAI's and Transformers' conversations.
const KNOWN: &[&str] = &["system", "developer", "user", "assistant", "tool", "function"];
