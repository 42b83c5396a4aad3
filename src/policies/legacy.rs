//! `legacy` is the mask of minimind's first version: markers that end with a newline, and both ends moved by one.
//!
//! The scan of minimind `dataset/lm_dataset.py`, `SFTDataset.generate_loss_mask` (at c090b69), with the markers that
//! minimind had from 2025-02-09 to 2025-04-01: `<s>assistant\n` and `</s>\n`. The shifts were made for markers without
//! the newline, which they skipped. With it in the marker they drop the first token of every answer and train one token
//! after its end marker: a padding token, or the first of the next turn.
//!
//! The answer `夏天` loses one of its two tokens; an answer of 500 tokens loses one of 500.
//!
//! ## 中文
//!
//! `legacy` 是 minimind 最初版本的掩码：标记以换行结尾，首尾都移动了一个 token。
//!
//! 即 minimind 的 `dataset/lm_dataset.py` 中 `SFTDataset.generate_loss_mask`（提交 c090b69）的扫描，标记为 minimind 在
//! 2025-02-09 至 2025-04-01 所用的 `<s>assistant\n` 和 `</s>\n`。偏移原本是为不带换行的标记设计的，用来跳过换行。标记已
//! 含换行时，它会漏掉每个回答的第一个 token，并多训练结束标记之后的一个 token：填充 token，或下一轮的第一个 token。
//!
//! 回答 `夏天` 的两个 token 会漏掉一个；500 个 token 的回答则只漏掉 500 个中的一个。

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
