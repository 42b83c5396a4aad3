//! `trl` is what TRL does with a record: `completion` for a prompt with its completion, `generation` for a conversation,
//! and everything for a text, behind which it puts the EOS unless the text ends with it.
//!
//! Follows TRL `trainer/sft_trainer.py`, `SFTTrainer._prepare_dataset` (at f2cd577), with `assistant_only_loss: true` for
//! conversations. TRL's own default is `assistant_only_loss: false`, which trains every token of a conversation:
//! `trl:assistant_only_loss=false` shows that.
//!
//! `assistant_only_loss` needs a template with generation blocks. TRL has versions with blocks of its own for some
//! templates and refuses the others; here a template without blocks is shown with those that `maskview template mark` puts
//! in, where it is proven on the record that they are what the model would write and that the text stays the same.
//!
//! Beside `--trl CONFIG`, `-p trl` takes what the configuration says.
//!
//! ## 中文
//!
//! `trl` 是 TRL 对记录的处理：由提示和回答组成的记录用 `completion`，对话用 `generation`，文本则训练全部内容，且不以 EOS 结尾
//! 时会补上 EOS。
//!
//! 依据 TRL 的 `trainer/sft_trainer.py` 中的 `SFTTrainer._prepare_dataset`（提交 f2cd577），对话使用
//! `assistant_only_loss: true`。TRL 的默认值是 `assistant_only_loss: false`，会训练对话的每个 token：用
//! `trl:assistant_only_loss=false` 查看。
//!
//! `assistant_only_loss` 需要带 generation 块的模板。TRL 为某些模板准备了自带块的版本，其余一律拒绝；对于没有块的模板，
//! 这里使用 `maskview template mark` 加上块之后的模板，前提是在该记录上证明了块正好是模型要写的内容，且文本不变。
//!
//! 与 `--trl CONFIG` 一起使用时，`-p trl` 以配置为准。

use super::{Kind, LossMask, MaskInput, OptionHelp, Options, RecordInput, RecordRule, Rule, SequenceRule};
use super::{Trained, Unavailable, completion::Completion, generation, generation::Generation};
use crate::error::PolicyError;
use crate::marking::{Bench, Given, Pair};
use crate::sequence::MarkerForm;
use crate::tokenizer::SpecialTokens;
use crate::words::Said;
use crate::words::masks::MaskWords;
use std::sync::{Arc, Mutex, PoisonError};

/// The `trl` policy.
pub(super) static KIND: Kind = Kind {
    name: "trl",
    who: Said {
        en: "TRL `SFTTrainer` with `assistant_only_loss: true`, which is not its default",
        zh: "TRL 的 `SFTTrainer`，设 `assistant_only_loss: true`（TRL 默认为 false）",
    },
    bits: Said {
        en: "`completion` after a prompt, `generation` in a conversation, every token of a text",
        zh: "有 prompt 时同 `completion`，对话同 `generation`，文本则全部计入损失",
    },
    options: &[OptionHelp {
        name: "assistant_only_loss",
        key: None,
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
    Ok(Rule::Record(Arc::new(Trl { conversations, marked: Mutex::default() })))
}

#[derive(Debug)]
struct Trl {
    conversations: Conversations,
    /// The template that was asked for last, with blocks; `None` where it cannot be marked.
    marked: Mutex<Option<Marked>>,
}

/// A template by its source, with what came of marking it.
type Marked = (String, Option<Arc<Pair>>);

impl RecordRule for Trl {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let RecordInput { sequence, conversation, markers, .. } = input;
        if conversation.prompt.is_some() {
            return Completion.train(input);
        }
        if let Some(text) = input.text() {
            return of_text(text, &input);
        }
        let tokens = sequence.unpadded();
        let ids = sequence.ids[..tokens].to_vec();
        if self.conversations == Conversations::Whole {
            let mut all = LossMask::none(tokens);
            all.set(0..tokens);
            return Ok(Trained::new(ids, all));
        }
        let (template, form) = (Some(input.template), MarkerForm::Given);
        match Generation.mask(MaskInput { sequence, conversation, template, markers, form }) {
            Ok(mask) => Ok(Trained::new(ids, mask.fitted(tokens, tokens))),
            Err(why @ Unavailable::NoGenerationBlock { .. }) => {
                let mask = self.by_blocks_put_in(&input).ok_or(why)?;
                let said = Some(MaskWords::PutBlocksIn(KIND.name.into()));
                Ok(Trained { said, ..Trained::new(ids, mask) })
            }
            Err(why) => Err(why),
        }
    }
}

/// What TRL makes of a text: it appends the EOS to a text that does not end with it, and trains everything.
fn of_text(text: &str, input: &RecordInput<'_>) -> Result<Trained, Unavailable> {
    let tokenizer = input.tokenizer;
    let eos = tokenizer.special("eos_token").filter(|eos| !text.ends_with(eos)).unwrap_or_default();
    let mut ids = tokenizer.encode(&[text, eos].concat(), SpecialTokens::Added)?.ids;
    ids.truncate(input.max_length.unwrap_or(usize::MAX));
    let mut all = LossMask::none(ids.len());
    all.set(0..ids.len());
    Ok(Trained::new(ids, all))
}

impl Trl {
    /// The mask that the template gives with blocks put in; `None` where that cannot be done, or is not proven here.
    fn by_blocks_put_in(&self, input: &RecordInput<'_>) -> Option<LossMask> {
        let sequence = input.sequence;
        let given = Given {
            messages: input.messages().ok()?,
            tools: input.given.tools,
            documents: input.given.documents,
            kwargs: input.given.kwargs,
        };
        let written = self.pair(input)?.write(given, input.given.special_tokens, input.given.now).ok()?;
        let blocks = written.generation.filter(|_| written.text == sequence.text)?;
        let tokens = sequence.unpadded();
        let mut mask = LossMask::none(tokens);
        let recorded = blocks.iter().map(|block| block.recorded);
        for range in generation::tokens_of(recorded, &sequence.text, &sequence.ranges()[..tokens]) {
            mask.set(range);
        }
        Some(mask)
    }

    /// The template with blocks put in.
    fn pair(&self, input: &RecordInput<'_>) -> Option<Arc<Pair>> {
        let mut kept = self.marked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pair)) = kept.as_ref().filter(|(source, _)| source == input.template.source()) {
            return pair.clone();
        }
        let special_tokens = input.given.special_tokens;
        let bench = Bench::new(input.template, input.frames, special_tokens, input.variables, input.given.now);
        let pair = Pair::of(&bench).ok().map(Arc::new);
        *kept = Some((input.template.source().to_owned(), pair.clone()));
        pair
    }
}

#[cfg(test)]
mod tests {
    use crate::policies::{Policy, Rule, oracle};
    use crate::template::ChatTemplate;

    #[test]
    fn what_is_no_conversation_is_not_marked() {
        let policy = Policy::parse("trl").unwrap();
        let Rule::Record(rule) = policy.rule() else { panic!("trl works from the messages") };
        let tokenizer = oracle::tokenizer("chatml");
        let template = ChatTemplate::compile("test", "{{ messages[0].content }}").unwrap();
        let record = serde_json::json!({"messages": [{"role": "user", "content": "q"}]});
        let why = oracle::train(&**rule, &tokenizer, &template, &record, None).unwrap_err();
        assert!(matches!(why, super::Unavailable::NoGenerationBlock { .. }), "{why:?}");
    }
}
