//! Nothing of a record is trained.
//!
//! ## What it does
//!
//! Reports, for each mask, a record with answers and without a single trained token, where nothing was cut off.
//!
//! ## Why it hurts
//!
//! The record costs a step and teaches nothing; a batch of such records has a loss of 0 or NaN.
//!
//! ## Example
//!
//! Found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "    Yes, it is."}]}
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
//! Look at the other findings of the record: a marker that is merged or belongs to another template, or keys that turn
//! training off.

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::faults::MaskFault;

/// The `nothing-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "nothing-trained",
    family: Family::Mask,
    summary: "nothing of a record is trained",
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("nothing_trained.rs"),
    check: Check::Mask(|view, sink| {
        let answers = answers(view.record).count();
        if answers > 0 && view.mask.count() == 0 && view.record.sequence.truncated == 0 {
            sink.at_record(MaskFault::NothingTrained { answers });
        }
    }),
};
