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
//! Mend the end marker or the end shift.

use super::parts::answers;
use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::MaskFault;

/// The `run-into-next-role` lint.
pub(super) static LINT: Lint = Lint {
    code: "run-into-next-role",
    family: Family::Mask,
    summary: "the loss goes on from an answer into the next message",
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
