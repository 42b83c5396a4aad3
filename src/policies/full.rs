//! `full` trains on every token but padding: plain language modelling on the rendered conversation.
//!
//! What TRL's `SFTTrainer` does with conversations unless `assistant_only_loss` or a completion says otherwise (TRL
//! `trainer/sft_trainer.py`, `DataCollatorForLanguageModeling.torch_call`, at 1.16.0): labels are the ids, and -100 where
//! there is padding. The model learns to write the user's part as well as its own.
//!
//! ## 中文
//!
//! `full` 训练除填充以外的每个 token：对渲染后的对话做普通的语言建模。
//!
//! TRL 的 `SFTTrainer` 对对话就是这样做的，除非设置了 `assistant_only_loss` 或记录有 completion（TRL
//! `trainer/sft_trainer.py`，`DataCollatorForLanguageModeling.torch_call`，1.16.0）：标签就是各 token 的 id，填充处为
//! -100。模型既学习自己的部分，也学习用户的部分。

use super::{Kind, LossMask, MaskInput, Rule, SequenceRule, Unavailable};
use crate::words::Said;
use std::sync::Arc;

/// The `full` policy.
pub(super) static KIND: Kind = Kind {
    name: "full",
    who: Said {
        en: "TRL without `assistant_only_loss`, and plain language modelling",
        zh: "TRL 未开启 `assistant_only_loss` 时，以及普通的语言建模",
    },
    bits: Said { en: "every token but padding", zh: "除填充以外的所有 token" },
    options: &[],
    source: include_str!("full.rs"),
    build: |_| Ok(Rule::Sequence(Arc::new(Full))),
};

#[derive(Debug)]
struct Full;

impl SequenceRule for Full {
    fn mask(&self, input: MaskInput<'_>) -> Result<LossMask, Unavailable> {
        let mut mask = LossMask::none(input.sequence.len());
        mask.set(0..input.sequence.unpadded());
        Ok(mask)
    }
}
