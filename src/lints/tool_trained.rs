//! Results of tools are trained.
//!
//! ## What it does
//!
//! Reports, for each mask, trained tokens of the content of messages of the roles `tool`, `function`, `observation` and
//! `ipython`. The policy `full` means to do that and is left out.
//!
//! ## Why it hurts
//!
//! The model learns to invent what tools return instead of calling them.
//!
//! ## Example
//!
//! Found, with `-p boundary:start=-99:keep-end`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "content": "<tool_call>clock</tool_call>"},
//!               {"role": "tool", "content": "It is 12:00."}, {"role": "assistant", "content": "Noon."}]}
//! ```
//!
//! Not found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "content": "<tool_call>clock</tool_call>"},
//!               {"role": "tool", "content": "It is 12:00."}, {"role": "assistant", "content": "Noon."}]}
//! ```
//!
//! ## What to do
//!
//! Choose a policy that trains answers only, or mask results of tools.
//!
//! ## 作用
//!
//! 对每个掩码，报告角色为 `tool`、`function`、`observation` 和 `ipython` 的消息内容中被训练的 token。策略 `full` 本
//! 意如此，不在此列。
//!
//! ## 危害
//!
//! 模型会学着编造工具的返回值，而不是调用工具。
//!
//! ## 处理方法
//!
//! 选择只训练回答的策略，或掩码工具结果。

use super::parts::trained_of_roles;
use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `tool-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "tool-trained",
    family: Family::Mask,
    summary: Said { en: "results of tools are trained", zh: "工具结果被训练" },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::Claim],
    source: include_str!("tool_trained.rs"),
    check: Check::Mask(|view, sink| {
        if let Some((tokens, message)) = trained_of_roles(view, &["tool", "function", "observation", "ipython"]) {
            sink.at_message(message, MaskFault::ToolTrained { message, tokens });
        }
    }),
};
