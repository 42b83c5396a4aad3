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
//! Mend the end shift of the scan, or mask by `attention_mask`. minimind trained one pad token a record until January
//! 2026, and mlx-lm does at 0.32.2.

use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::MaskFault;

/// The `padding-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "padding-trained",
    family: Family::Mask,
    summary: "padding is trained",
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
