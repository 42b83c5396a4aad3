//! The loss goes on from an answer into the next message.
//!
//! ## What it does
//!
//! Reports, for each mask, a run of trained tokens that begins in an answer and goes on into a message of another role.
//!
//! ## Why it hurts
//!
//! The model learns to write the turn of the user after its own.
//!
//! ## Example
//!
//! Found, with `-p boundary:end=4:keep-end`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes, it is."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No, it is not."}]}
//! ```
//!
//! Not found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes, it is."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No, it is not."}]}
//! ```
//!
//! ## What to do
//!
//! Fix the end marker or the end shift.
//!
//! ## 作用
//!
//! 对每个掩码，报告从回答开始、一直延续到其他角色的消息中的一段训练 token。
//!
//! ## 危害
//!
//! 模型会学着在自己的回答之后替用户发言。
//!
//! ## 处理方法
//!
//! 修正结束标记或终点偏移。

use super::parts::answers;
use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `run-into-next-role` lint.
pub(super) static LINT: Lint = Lint {
    code: "run-into-next-role",
    family: Family::Mask,
    summary: Said {
        en: "the loss goes on from an answer into the next message", zh: "损失从回答延续到下一条消息"
    },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::Claim],
    source: include_str!("run_into_next_role.rs"),
    check: Check::Mask(|view, sink| {
        if view.policy.kind().name == "full" {
            return;
        }
        let sequence = view.record.sequence;
        for answer in answers(view.record) {
            let (last, next) = (answer.tokens.end - 1, answer.tokens.end);
            if next < sequence.unpadded() && view.mask.get(last) && view.mask.get(next) {
                let (role, token) = (sequence.span(next).role.as_str().into(), sequence.text_of(next).into());
                if sequence.span(next).role != "assistant" {
                    sink.at_tokens(next..next + 1, MaskFault::RunsOn { message: answer.message, role, token });
                    return;
                }
            }
        }
    }),
};
