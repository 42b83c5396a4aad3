//! Padding is trained.
//!
//! ## What it does
//!
//! Reports, for each mask, pad tokens that are in the loss.
//!
//! ## Why it hurts
//!
//! The model learns to write pad tokens after an answer.
//!
//! ## Example
//!
//! Found, with `-p legacy`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Found, with `-p mlx:mask_prompt=true`, since mlx-lm trains one pad token of each record that it pads:
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
//! Fix the end shift of the scan, or mask by `attention_mask`. minimind trained one pad token a record until January
//! 2026, and mlx-lm does at 0.32.2.
//!
//! ## 作用
//!
//! 对每个掩码，报告计入损失的 pad token。
//!
//! ## 危害
//!
//! 模型会学着在回答之后输出 pad token。
//!
//! ## 处理方法
//!
//! 修正扫描的终点偏移，或按 `attention_mask` 掩码。minimind 直到 2026 年 1 月，每条记录都会训练一个 pad token；
//! mlx-lm 0.32.2 也是如此。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `padding-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "padding-trained",
    family: Family::Mask,
    summary: Said { en: "padding is trained", zh: "填充被训练" },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::Padding],
    source: include_str!("padding_trained.rs"),
    check: Check::Mask(|view, sink| {
        let sequence = view.record.sequence;
        let padding = sequence.unpadded()..sequence.len();
        let first = padding.clone().find(|token| view.mask.get(*token));
        let last = padding.rev().find(|token| view.mask.get(*token));
        if let (Some(first), Some(last)) = (first, last) {
            let tokens = view.mask.count_in(first..last + 1);
            sink.at_tokens(first..last + 1, MaskFault::PaddingTrained { tokens });
        }
    }),
};
