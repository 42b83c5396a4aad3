//! The marker that a policy searches for is nowhere in the record.
//!
//! ## What it does
//!
//! Reports, for each mask of a policy that searches for a begin marker, a record with answers where the text of the
//! marker does not stand before any of them.
//!
//! ## Why it hurts
//!
//! The response part of the configuration belongs to another chat template: nothing is trained at all.
//!
//! ## Example
//!
//! Found, with `-p minimind --begin '<|im_start|>assistant'`:
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
//! Give the header that this template writes (--begin, `response_part`), or leave the option out to have it derived.

use super::parts::answers;
use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::MaskFault;

/// The `marker-absent` lint.
pub(super) static LINT: Lint = Lint {
    code: "marker-absent",
    family: Family::Mask,
    summary: "the marker that a policy searches for is nowhere in the record",
    severity: Severity::Error,
    policy: None,
    needs: &[Need::Markers],
    source: include_str!("marker_absent.rs"),
    check: Check::Mask(|view, sink| {
        let Some(form) = view.policy.searched_form(view.record.form) else { return };
        let Some(marker) = &view.record.setup.markers.form(form).begin else { return };
        let sequence = view.record.sequence;
        let (mut count, mut found) = (0, false);
        for answer in answers(view.record) {
            count += 1;
            found = found || answer.tokens_of_text_before(sequence, &marker.text).is_some();
        }
        if count > 0 && !found && !sequence.text.contains(&marker.text) {
            sink.at_record(MaskFault::MarkerAbsent { marker: marker.text.as_str().into(), answers: count });
        }
    }),
};
