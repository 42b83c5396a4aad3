//! `trl` is what TRL does with a record: `completion` for a prompt with its completion, `generation` for a conversation,
//! and everything for a text.
//!
//! Follows TRL `trainer/sft_trainer.py`, `SFTTrainer._prepare_dataset` (at f2cd577), with `assistant_only_loss: true` for
//! conversations. TRL's own default is `assistant_only_loss: false`, which trains every token of a conversation:
//! `trl:assistant_only_loss=false` shows that. Beside `--trl CONFIG`, `-p trl` takes what the configuration says.

use super::{Kind, LossMask, MaskInput, OptionHelp, Options, RecordInput, RecordRule, Rule, SequenceRule};
use super::{Trained, Unavailable, completion::Completion, generation::Generation};
use crate::conversation::Source;
use crate::error::PolicyError;
use crate::sequence::MarkerForm;
use crate::words::Said;
use std::sync::Arc;

/// The `trl` policy.
pub(super) static KIND: Kind = Kind {
    name: "trl",
    who: Said {
        en: "TRL `SFTTrainer`, by the form of the record", zh: "TRL 的 `SFTTrainer`，按记录的形式而定"
    },
    bits: Said {
        en: "`completion` after a prompt, `generation` in a conversation, every token of a text",
        zh: "有 prompt 时同 `completion`，对话同 `generation`，文本则全部计入损失",
    },
    options: &[OptionHelp {
        name: "assistant_only_loss",
        value: "true|false",
        help: Said {
            en: "true by default; TRL's own default is false, which trains all of a conversation",
            zh: "默认为 true；TRL 自身默认为 false，即对话的全部 token 都计入损失",
        },
    }],
    source: include_str!("trl.rs"),
    build,
};

/// What is trained of a conversation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Conversations {
    #[default]
    Assistant,
    Whole,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    let only = [("true", Conversations::Assistant), ("false", Conversations::Whole)];
    let conversations = options.one_of("assistant_only_loss", &only)?.unwrap_or_default();
    Ok(Rule::Record(Arc::new(Trl { conversations })))
}

#[derive(Debug)]
struct Trl {
    conversations: Conversations,
}

impl RecordRule for Trl {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let RecordInput { sequence, conversation, markers, .. } = input;
        if conversation.prompt.is_some() {
            return Completion.train(input);
        }
        let tokens = sequence.unpadded();
        let is_text = matches!(conversation.source, Source::Text(_));
        let mask = if is_text || self.conversations == Conversations::Whole {
            let mut all = LossMask::none(tokens);
            all.set(0..tokens);
            all
        } else {
            let (template, form) = (Some(input.template), MarkerForm::Given);
            Generation.mask(MaskInput { sequence, conversation, template, markers, form })?.fitted(tokens, tokens)
        };
        Ok(Trained::new(sequence.ids[..tokens].to_vec(), mask))
    }
}
