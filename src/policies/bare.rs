//! `bare` is the half fix: the shifts dropped, but the markers left without their newline.
//!
//! The scan of minimind `dataset/lm_dataset.py` without its shifts, for markers such as `<s>assistant` and `</s>`. The
//! newline that ends the header is trained as the first token of every answer, and the newline after the end marker is
//! not.
//!
//! ## 中文
//!
//! `bare` 是只改了一半的修正：去掉偏移，但标记不带换行。
//!
//! 相当于 minimind 的 `dataset/lm_dataset.py` 中的扫描去掉偏移，标记为 `<s>assistant` 和 `</s>`。角色头末尾的换行会作为
//! 每个回答的第一个 token 被训练，而结束标记之后的换行不训练。

use super::{Boundary, EndMarker, Kind};
use crate::sequence::MarkerForm;
use crate::words::Said;

/// The `bare` policy.
pub(super) static KIND: Kind = Kind {
    name: "bare",
    who: Said { en: "no shifts, markers without the newline", zh: "无偏移，标记不带换行" },
    bits: Said { en: "[start, min(end+len(end marker), length))", zh: "[start, min(end+len(结束标记), 长度))" },
    options: &[],
    source: include_str!("bare.rs"),
    build: |_| Ok(Boundary { start_shift: 0, end_shift: 0, end_marker: EndMarker::Kept, form: MarkerForm::Bare }.rule()),
};
