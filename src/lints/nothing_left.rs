//! The maximum length cuts away everything that would be trained.
//!
//! ## What it does
//!
//! Reports, for each mask, a record that the maximum length cuts and of which no token is left in the loss.
//!
//! ## Why it hurts
//!
//! The record costs a whole step and teaches nothing; a batch of such records has a loss of 0 or NaN.
//!
//! ## Example
//!
//! Found, with `-p minimind --max-length 6`:
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
//! Raise the maximum length, shorten or drop the record, or cut the prompt instead of the answer where the trainer can.

use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::MaskFault;

/// The `nothing-left` lint.
pub(super) static LINT: Lint = Lint {
    code: "nothing-left",
    family: Family::Length,
    summary: "the maximum length cuts away everything that would be trained",
    severity: Severity::Error,
    policy: None,
    needs: &[Need::MaximumLength],
    source: include_str!("nothing_left.rs"),
    check: Check::Mask(|view, sink| {
        let cut = view.record.sequence.truncated;
        if cut > 0 && view.mask.count() == 0 {
            sink.at_record(MaskFault::NothingLeft { cut });
        }
    }),
};
