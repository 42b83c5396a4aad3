//! `fixed` is the fix of `legacy` as its analysis describes it: the answer, the end marker left out.
//!
//! The scan of minimind `dataset/lm_dataset.py`, `SFTDataset.generate_labels` (at d65ef2c), ended before the end marker.
//! Every token of the answer is trained and nothing else. The end marker is not: a model trained with this alone is
//! never taught to stop, which is why minimind itself keeps it (see `minimind`).

use super::{Boundary, EndMarker, Kind};
use crate::sequence::MarkerForm;
use crate::words::Said;

/// The `fixed` policy.
pub(super) static KIND: Kind = Kind {
    name: "fixed",
    who: Said {
        en: "the answer only, without the end marker (the model never learns to stop)",
        zh: "只训练回答，不含结束标记（模型学不会停止）",
    },
    bits: Said { en: "[start, end)", zh: "区间 [start, end)" },
    options: &[],
    source: include_str!("fixed.rs"),
    build: |_| {
        Ok(Boundary { start_shift: 0, end_shift: 0, end_marker: EndMarker::LeftOut, form: MarkerForm::Given }.rule())
    },
};
