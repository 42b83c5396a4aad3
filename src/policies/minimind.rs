//! `minimind` is the mask of minimind since 2026-01-15: newline markers, no shifts, the end marker kept.
//!
//! Follows minimind `dataset/lm_dataset.py`, `SFTDataset.generate_labels` (at d65ef2c), which is the same as
//! `DPODataset.generate_loss_mask` there. The answer and its end marker with the newline after it are trained. A turn
//! whose marker is not found, because the tokenizer merges its newline with the answer, is not trained at all.
//!
//! Today's minimind draws lots for each record and each epoch (`pre_processing_chat`, `post_processing_chat`): before a fifth
//! of the records that have neither a system message nor tools it puts one of ten system prompts, and from four fifths of the
//! texts that hold `<think>\n\n</think>\n\n` it takes that out. `minimind` alone is the mask of the record as it stands.
//! `minimind:system=1` to `system=10` puts that prompt before it, `system=none` does not; `minimind:think=removed` takes the
//! empty think blocks out, `think=kept` does not. What minimind does most often today is
//! `minimind:system=none:think=removed`: of a hundred records with an empty thought, 64 are so, 16 have the thought, 16 a
//! system prompt, and 4 both.
//!
//! ## 中文
//!
//! `minimind` 是 minimind 自 2026-01-15 起的掩码：标记带换行，没有偏移，保留结束标记。
//!
//! 依据 minimind 的 `dataset/lm_dataset.py` 中 `SFTDataset.generate_labels`（提交 d65ef2c），与其中的
//! `DPODataset.generate_loss_mask` 相同。训练回答、结束标记及其后的换行。如果分词器把标记的换行与回答合并，因而找不到标
//! 记，这一轮就完全不训练。
//!
//! 如今的 minimind 在每个 epoch 对每条记录随机处理（`pre_processing_chat`、`post_processing_chat`）：既没有 system 消息
//! 也没有工具的记录，有五分之一会在前面加上十个 system 提示之一；含有 `<think>\n\n</think>\n\n` 的文本，有五分之四会去
//! 掉它。单独的 `minimind` 是记录原样的掩码。`minimind:system=1` 至 `system=10` 在前面加上相应的提示，`system=none` 不
//! 加；`minimind:think=removed` 去掉空思考块，`think=kept` 不去掉。minimind 如今最常见的情形是
//! `minimind:system=none:think=removed`：一百条带空思考内容的记录中，64 条如此，16 条保留思考块，16 条带 system 提示，4
//! 条两者兼有。

mod drawn;

use super::{Boundary, EndMarker, Kind, OptionHelp, Rule};
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
    options: &[
        OptionHelp {
            name: "system",
            key: None,
            value: "none|1..10",
            help: Said {
                en: "which of its ten system prompts stands before a record without one, as for a fifth of them",
                zh: "没有 system 消息的记录前面加上十条 system 提示中的哪一条；五分之一的记录会加",
            },
        },
        OptionHelp {
            name: "think",
            key: None,
            value: "kept|removed",
            help: Said {
                en: "whether empty think blocks stay, as in a fifth of the records, or are taken out",
                zh: "空的思考块保留（五分之一的记录如此）还是去掉",
            },
        },
    ],
    source: include_str!("minimind.rs"),
    build: |options| {
        let boundary = Boundary { start_shift: 0, end_shift: 0, end_marker: EndMarker::Kept, form: MarkerForm::Given };
        Ok(drawn::Case::of(options)?.map_or_else(|| boundary.rule(), |case| Rule::Record(case.rule(boundary))))
    },
};
