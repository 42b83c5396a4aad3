//! The end of turn is not trained after an answer that is.
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

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::faults::MaskFault;

/// The `end-not-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "end-not-trained",
    family: Family::Mask,
    summary: "the end of turn is not trained after an answer that is",
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
