//! An answer is ended twice.
//!
//! ## What it does
//!
//! Reports the first answer whose end marker stands twice with nothing but white space between.
//!
//! ## Why it hurts
//!
//! The model learns to write the end marker, to go on, and to write another. Servers that stop at the first hide it; the
//! probability of the first one suffers.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes.</s>"}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Remove the marker from the content: the chat template writes one.

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::faults::TokensFault;

/// The `double-end` lint.
pub(super) static LINT: Lint = Lint {
    code: "double-end",
    family: Family::Tokens,
    summary: "an answer is ended twice",
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("double_end.rs"),
    check: Check::Record(|view, sink| {
        let ids = &view.sequence.ids;
        for answer in answers(view) {
            let Some(marker) = answer.end_marker else { continue };
            let before =
                (answer.tokens.start..marker).rev().find(|token| !view.sequence.text_of(*token).trim().is_empty());
            if let Some(before) = before.filter(|before| ids[*before] == ids[marker]) {
                let fault =
                    TokensFault::DoubleEnd { message: answer.message, marker: view.sequence.text_of(marker).into() };
                sink.at_tokens(before..marker + 1, fault);
                return;
            }
        }
    }),
};
