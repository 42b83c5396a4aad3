//! `legacy-bare` is the mask of minimind from April 2025 to January 2026: the shifts of `legacy`, and markers without
//! the newline, for which the shifts are right.
//!
//! Follows minimind `dataset/lm_dataset.py`, `SFTDataset.generate_loss_mask` (at c090b69). The trailing newlines of
//! whatever markers are in force are dropped. The start moves over the newline of the header, the end over the newline
//! of the end marker: on ordinary answers the mask is that of `minimind`, bit for bit. They part where the tokenizer
//! merges the newline with what follows it, as it does before an answer that begins with a tab.

use super::{Boundary, EndMarker, Kind};
use crate::sequence::MarkerForm;

/// The `legacy-bare` policy.
pub(super) static KIND: Kind = Kind {
    name: "legacy-bare",
    who: "minimind April 2025 to January 2026: the same shifts, markers without the newline",
    bits: "[start+1, min(end+len(end marker)+1, length))",
    options: &[],
    source: include_str!("legacy_bare.rs"),
    build: |_| Ok(Boundary { start_shift: 1, end_shift: 1, end_marker: EndMarker::Kept, form: MarkerForm::Bare }.rule()),
};
