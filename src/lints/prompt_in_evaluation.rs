//! A prompt stands in the evaluation set too.
//!
//! ## What it does
//!
//! With `--against`, reports every record in which a prompt of that data set stands before an answer, be it before the first
//! of several: letter by letter, or once system messages, spaces, case and punctuation are left out. Prompts with fewer than
//! 8 letters are not looked for, and a conversation that is there as a whole has a lint of its own.
//!
//! ## Why it hurts
//!
//! The model is trained on the questions that it is to be measured by.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ```jsonl against
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}]}
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
//! Take these records out of the training data, or the question out of the evaluation set.

use super::against::{Likeness, Prints};
use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::DatasetFault;

/// The `prompt-in-evaluation` lint.
pub(super) static LINT: Lint = Lint {
    code: "prompt-in-evaluation",
    family: Family::Dataset,
    summary: "a prompt stands in the evaluation set too",
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::AnotherDataSet],
    source: include_str!("prompt_in_evaluation.rs"),
    check: Check::Record(|view, sink| {
        let Some(against) = view.against else { return };
        let prints = Prints::of(view.conversation);
        if against.conversation(&prints).is_some() {
            return;
        }
        if let Some((likeness, at)) = against.prompt(&prints) {
            sink.at_record(DatasetFault::PromptInEvaluation { same: likeness == Likeness::Same, at });
        }
    }),
};
