//! The mask is the right one moved by one token.
//!
//! ## What it does
//!
//! Reports, for each mask, a record whose mask is that of the answers with their end markers moved by one token to the
//! left or to the right.
//!
//! ## Why it hurts
//!
//! Labels are shifted once by the model. A trainer that shifts them too, or hands over shifted ones, trains each token on
//! the one after the next.
//!
//! ## Example
//!
//! Found, with `-p boundary:start=1:end=2`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p axolotl`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Shift once: hand over labels that are aligned with `input_ids`.
//!
//! ## 作用
//!
//! 对每个掩码，报告其掩码等于回答及其结束标记向左或向右移动一个 token 的记录。
//!
//! ## 危害
//!
//! 模型会对标签移位一次。如果训练框架也移位，或传入已经移位的标签，每个 token 的训练目标就成了再下一个 token。
//!
//! ## 处理方法
//!
//! 只移位一次：传入与 `input_ids` 对齐的标签。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `shifted-mask` lint.
pub(super) static LINT: Lint = Lint {
    code: "shifted-mask",
    family: Family::Mask,
    summary: Said {
        en: "the mask is the right one moved by one token", zh: "掩码是正确掩码移动了一个 token"
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("shifted_mask.rs"),
    check: Check::Mask(|view, sink| {
        let sequence = view.record.sequence;
        let expected = view.record.turns().expected(sequence.len());
        let moved = |by: isize| {
            (0..sequence.len()).all(|token| {
                let from = token.checked_add_signed(-by).is_some_and(|from| expected.get(from));
                view.mask.get(token) == from
            })
        };
        if expected.count() > 0
            && let Some(by) = [1, -1].into_iter().find(|by| moved(*by))
        {
            sink.at_record(MaskFault::Shifted { right: by > 0 });
        }
    }),
};
