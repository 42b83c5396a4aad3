//! `legacy-bare` is the mask of minimind from April 2025 to January 2026: the shifts of `legacy`, and markers without
//! the newline, for which the shifts are right.
//!
//! Follows minimind `dataset/lm_dataset.py`, `SFTDataset.generate_loss_mask` (at c090b69). The trailing newlines of
//! whatever markers are in force are dropped. The start moves over the newline of the header, the end over the newline
//! of the end marker: on ordinary answers the mask is that of `minimind`, bit for bit. They part where the tokenizer
//! merges the newline with what follows it, as it does before an answer that begins with a tab.
//!
//! ## 中文
//!
//! `legacy-bare` 是 minimind 2025 年 4 月至 2026 年 1 月的掩码：偏移与 `legacy` 相同，标记不带换行，因此偏移是正确的。
//!
//! 依据 minimind 的 `dataset/lm_dataset.py` 中 `SFTDataset.generate_loss_mask`（提交 c090b69）。无论使用什么标记，都去
//! 掉末尾的换行。起点跳过角色头的换行，终点跳过结束标记的换行：对于普通的回答，掩码与 `minimind` 逐位相同。如果分词器把
//! 换行与其后的内容合并（例如回答以制表符开头），两者就会不同。

use super::{Boundary, EndMarker, Kind};
use crate::sequence::MarkerForm;
use crate::words::Said;

/// The `legacy-bare` policy.
pub(super) static KIND: Kind = Kind {
    name: "legacy-bare",
    who: Said {
        en: "minimind April 2025 to January 2026: the same shifts, markers without the newline",
        zh: "minimind 2025-04 至 2026-01：偏移相同，标记不带换行",
    },
    bits: Said {
        en: "[start+1, min(end+len(end marker)+1, length))", zh: "[start+1, min(end+len(结束标记)+1, 长度))"
    },
    options: &[],
    source: include_str!("legacy_bare.rs"),
    build: |_| Ok(Boundary { start_shift: 1, end_shift: 1, end_marker: EndMarker::Kept, form: MarkerForm::Bare }.rule()),
};
