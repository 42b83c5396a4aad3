//! Everything is trained, prompts too.
//!
//! ## What it does
//!
//! Reports, for each mask, a record with messages of other roles of which every token before the padding is trained. The
//! policy `full` means to do that and is left out.
//!
//! ## Why it hurts
//!
//! The configuration asks for answers, and the trainer trains questions: the model learns to ask.
//!
//! ## Example
//!
//! Found, with `-p boundary:start=-99:end=9:keep-end`:
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
//! Look at the configuration of the trainer: the option that masks prompts is off, or does not reach its template.

use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::MaskFault;

/// The `everything-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "everything-trained",
    family: Family::Mask,
    summary: "everything is trained, prompts too",
    severity: Severity::Error,
    policy: None,
    needs: &[Need::Claim],
    source: include_str!("everything_trained.rs"),
    check: Check::Mask(|view, sink| {
        let sequence = view.record.sequence;
        let is_meant = view.policy.kind().name == "full";
        let tokens = sequence.unpadded();
        let has_others = view.record.conversation.messages.iter().any(|message| message.role() != "assistant");
        // Nothing stands before the first token to predict it from.
        if !is_meant && has_others && tokens > 1 && (1..tokens).all(|token| view.mask.get(token)) {
            sink.at_record(MaskFault::EverythingTrained { tokens });
        }
    }),
};
