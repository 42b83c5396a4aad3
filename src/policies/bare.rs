//! `bare` is the half fix: the shifts dropped, but the markers left without their newline.
//!
//! The scan of minimind `dataset/lm_dataset.py` without its shifts, for markers such as `<s>assistant` and `</s>`. The
//! newline that ends the header is trained as the first token of every answer, and the newline after the end marker is
//! not.

use super::{Boundary, EndMarker, Kind};
use crate::sequence::MarkerForm;

/// The `bare` policy.
pub(super) static KIND: Kind = Kind {
    name: "bare",
    who: "the half fix that users asked for: bare markers, no shifts",
    bits: "[start, min(end+len(end marker), length))",
    options: &[],
    source: include_str!("bare.rs"),
    build: |_| Ok(Boundary { start_shift: 0, end_shift: 0, end_marker: EndMarker::Kept, form: MarkerForm::Bare }.rule()),
};
