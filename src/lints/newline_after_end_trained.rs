//! The white space after the end of turn is trained.
//!
//! ## What it does
//!
//! Reports, for each mask, trained white space after the end marker of an answer.
//!
//! ## Why it hurts
//!
//! No server waits for that token. It costs next to nothing, and whether it belongs into the loss is a matter of dispute.
//!
//! ## Example
//!
//! Found, with `-p minimind`:
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
//! Nothing needs to be done; a policy that trains the end marker alone leaves it out.

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::faults::MaskFault;

/// The `newline-after-end-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "newline-after-end-trained",
    family: Family::Mask,
    summary: "the white space after the end of turn is trained",
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("newline_after_end_trained.rs"),
    check: Check::Mask(|view, sink| {
        let sequence = view.record.sequence;
        let is_trained = |answer: &super::parts::AnswerView<'_>| {
            let after = answer.end_marker.map_or(0..0, |marker| marker + 1..answer.tokens.end);
            after.into_iter().any(|token| view.mask.get(token) && sequence.text_of(token).trim().is_empty())
        };
        let mut found = answers(view.record).filter(is_trained);
        if let Some(first) = found.next() {
            let fault = MaskFault::SpaceAfterEnd { message: first.message, answers: 1 + found.count() };
            sink.at_message(first.message, fault);
        }
    }),
};
