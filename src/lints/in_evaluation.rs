//! A conversation stands in the evaluation set too.
//!
//! ## What it does
//!
//! With `--against`, reports every record whose conversation is one of that data set: letter by letter, or once system
//! messages, spaces, case and punctuation are left out. A hash of 16 bytes is kept of each form of each record of that data
//! set, up to 400 bytes of memory in all, and nothing of the records that are audited.
//!
//! ## Why it hurts
//!
//! The evaluation measures what the model has learnt by heart, and no longer what it can do.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ```jsonl against
//! {"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "No."}]}
//! {"messages": [{"role": "user", "content": "Is 7  prime"}, {"role": "assistant", "content": "yes"}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ```jsonl against
//! {"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ## What to do
//!
//! Take these records out of the training data, for instance with `--write-clean`.

use super::against::{Likeness, Prints};
use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::DatasetFault;

/// The `in-evaluation` lint.
pub(super) static LINT: Lint = Lint {
    code: "in-evaluation",
    family: Family::Dataset,
    summary: "a conversation stands in the evaluation set too",
    severity: Severity::Error,
    policy: None,
    needs: &[Need::AnotherDataSet],
    source: include_str!("in_evaluation.rs"),
    check: Check::Record(|view, sink| {
        let Some(against) = view.against else { return };
        if let Some((likeness, at)) = against.conversation(&Prints::of(view.conversation)) {
            sink.at_record(DatasetFault::InEvaluation { same: likeness == Likeness::Same, at });
        }
    }),
};
