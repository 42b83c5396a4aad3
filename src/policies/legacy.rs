//! `legacy` is the mask of minimind's first version: markers that end with a newline, and both ends moved by one.
//!
//! The scan of minimind `dataset/lm_dataset.py`, `SFTDataset.generate_loss_mask` (at c090b69), with the markers that
//! minimind had from 2025-02-09 to 2025-04-01: `<s>assistant\n` and `</s>\n`. The shifts were made for markers without
//! the newline, which they skipped. With it in the marker they drop the first token of every answer and train one token
//! after its end marker: a padding token, or the first of the next turn.
//!
//! The answer `夏天` loses one of its two tokens; an answer of 500 tokens loses one of 500.

use super::{Boundary, EndMarker, Kind};
use crate::sequence::MarkerForm;
use crate::words::Said;

/// The `legacy` policy.
pub(super) static KIND: Kind = Kind {
    name: "legacy",
    who: Said {
        en: "minimind's first version: newline markers with both shifts",
        zh: "minimind 最初版本：标记带换行，首尾都有偏移",
    },
    bits: Said {
        en: "[start+1, min(end+len(end marker)+1, length))", zh: "[start+1, min(end+len(结束标记)+1, 长度))"
    },
    options: &[],
    source: include_str!("legacy.rs"),
    build: |_| {
        Ok(Boundary { start_shift: 1, end_shift: 1, end_marker: EndMarker::Kept, form: MarkerForm::Given }.rule())
    },
};
