//! Tokens of system or user messages are trained.
//!
//! ## What it does
//!
//! Reports, for each mask, trained tokens of the content of messages of the roles `system`, `developer` and `user`. The
//! policy `full` means to do that and is left out.
//!
//! ## Why it hurts
//!
//! The model learns to write what users and system prompts say.
//!
//! ## Example
//!
//! Found, with `-p boundary:start=-99:keep-end`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Choose a policy that trains answers only, or take the roles out of the ones that the trainer trains.
//!
//! ## 作用
//!
//! 对每个掩码，报告角色为 `system`、`developer` 和 `user` 的消息内容中被训练的 token。策略 `full` 本意如此，不在此
//! 列。
//!
//! ## 危害
//!
//! 模型会学着写用户和 system 提示所说的话。
//!
//! ## 处理方法
//!
//! 选择只训练回答的策略，或从训练框架要训练的角色中去掉它们。

use super::parts::trained_of_roles;
use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `prompt-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "prompt-trained",
    family: Family::Mask,
    summary: Said {
        en: "tokens of system or user messages are trained", zh: "system 或 user 消息的 token 被训练"
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::Claim],
    source: include_str!("prompt_trained.rs"),
    check: Check::Mask(|view, sink| {
        if let Some((tokens, message)) = trained_of_roles(view, &["system", "developer", "user"]) {
            let role = view.record.conversation.messages.get(message).map_or("", |said| said.role()).into();
            sink.at_message(message, MaskFault::PromptTrained { message, role, tokens });
        }
    }),
};
