//! The assistant's header is trained.
//!
//! ## What it does
//!
//! Reports, for each mask, trained tokens of an assistant's header that are not white space.
//!
//! ## Why it hurts
//!
//! The chat template writes the header at inference; the model learns to write another one.
//!
//! ## Example
//!
//! Found, with `-p boundary:start=-2:keep-end`:
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
//! Fix the marker or the shift, so that the loss starts behind the header.
//!
//! ## 作用
//!
//! 对每个掩码，报告 assistant 角色头中被训练的非空白 token。
//!
//! ## 危害
//!
//! 推理时角色头由对话模板写出；模型会学着再写一个。
//!
//! ## 处理方法
//!
//! 修正标记或偏移，使损失从角色头之后开始。

use super::parts::answers;
use super::{Check, Family, Lint, Need, Severity};
use crate::sequence::Part;
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `header-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "header-trained",
    family: Family::Mask,
    summary: Said { en: "the assistant's header is trained", zh: "assistant 的角色头被训练" },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::Claim],
    source: include_str!("header_trained.rs"),
    check: Check::Mask(|view, sink| {
        if view.policy.kind().name == "full" {
            return;
        }
        let sequence = view.record.sequence;
        for answer in answers(view.record) {
            let headers = answer.runs.iter().filter(|run| sequence.spans()[run.span].part == Part::Header);
            let mut tokens = headers.flat_map(|run| run.tokens.clone());
            let is_fault = |token: &usize| view.mask.get(*token) && !sequence.text_of(*token).trim().is_empty();
            if let Some(token) = tokens.find(is_fault) {
                let fault = MaskFault::HeaderTrained { message: answer.message, token: sequence.text_of(token).into() };
                sink.at_tokens(token..token + 1, fault);
                return;
            }
        }
    }),
};
