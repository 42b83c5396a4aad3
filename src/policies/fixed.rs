//! `fixed` is the fix of `legacy` as its analysis describes it: the answer, the end marker left out.
//!
//! The scan of minimind `dataset/lm_dataset.py`, `SFTDataset.generate_labels` (at d65ef2c), ended before the end marker.
//! Every token of the answer is trained and nothing else. The end marker is not: a model trained with this alone is
//! never taught to stop, which is why minimind itself keeps it (see `minimind`).
//!
//! ## 中文
//!
//! `fixed` 是 `legacy` 的修正，与对它的分析所述一致：训练回答，不含结束标记。
//!
//! 相当于 minimind 的 `dataset/lm_dataset.py` 中 `SFTDataset.generate_labels`（提交 d65ef2c）的扫描，但在结束标记之前停
//! 止。回答的每个 token 都被训练，此外什么都不训练。结束标记不在其中：只用它训练的模型学不会停止，因此 minimind 自己保
//! 留了结束标记（见 `minimind`）。

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
