//! The end marker is not trained after an answer that is.
//!
//! ## What it does
//!
//! Reports, for each mask, the first answer with trained tokens whose end marker is not in the loss.
//!
//! ## Why it hurts
//!
//! The model learns the words of the answer and never learns to stop: at inference it goes on until the length runs out.
//!
//! ## Example
//!
//! Found, with `-p fixed`:
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
//! Choose a policy that keeps the end marker (`minimind` instead of `fixed`), or an option of the trainer such as
//! `train_on_eos: turn`. A trainer that masks pad tokens by their id masks the end too where both are one token.
//!
//! ## 作用
//!
//! 对每个掩码，报告第一个有 token 被训练、而结束标记不计入损失的回答。
//!
//! ## 危害
//!
//! 模型学会了回答的内容，却学不会停止：推理时会一直输出到长度用尽。
//!
//! ## 处理方法
//!
//! 选择保留结束标记的策略（用 `minimind` 代替 `fixed`），或使用训练框架的相应选项，例如 `train_on_eos: turn`。如果 pad
//! token 与结束标记是同一个 token，按 id 掩码填充的训练框架会把结束标记也一并掩码。

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `end-not-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "end-not-trained",
    family: Family::Mask,
    summary: Said {
        en: "the end marker is not trained after an answer that is",
        zh: "训练了回答，却没有训练其后的结束标记",
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("end_not_trained.rs"),
    check: Check::Mask(|view, sink| {
        let trained = answers(view.record).filter(|answer| answer.content_tokens().any(|token| view.mask.get(token)));
        let (mut of, mut missed, mut first) = (0, 0, None);
        for answer in trained {
            let Some(marker) = answer.end_marker else { continue };
            of += 1;
            if !view.mask.get(marker) {
                missed += 1;
                first.get_or_insert((answer.message, marker));
            }
        }
        if let Some((message, token)) = first {
            let marker = view.record.sequence.text_of(token).into();
            sink.at_tokens(token..token + 1, MaskFault::EndNotTrained { message, marker, answers: missed, of });
        }
    }),
};
