//! `minimind` is the mask of minimind since 2026-01-15: newline markers, no shifts, the end marker kept.
//!
//! Follows minimind `dataset/lm_dataset.py`, `SFTDataset.generate_labels` (at d65ef2c), which is the same as
//! `DPODataset.generate_loss_mask` there. The answer and its end marker with the newline after it are trained. A turn
//! whose marker is not found, because the tokenizer merges its newline with the answer, is not trained at all.

use super::{Boundary, EndMarker, Kind};
use crate::sequence::MarkerForm;
use crate::words::Said;

/// The `minimind` policy.
pub(super) static KIND: Kind = Kind {
    name: "minimind",
    who: Said {
        en: "minimind since 2026-01-15: newline markers, no shifts, end marker kept",
        zh: "minimind 自 2026-01-15 起：标记带换行，无偏移，保留结束标记",
    },
    bits: Said { en: "[start, min(end+len(end marker), length))", zh: "[start, min(end+len(结束标记), 长度))" },
    options: &[],
    source: include_str!("minimind.rs"),
    build: |_| {
        Ok(Boundary { start_shift: 0, end_shift: 0, end_marker: EndMarker::Kept, form: MarkerForm::Given }.rule())
    },
};
