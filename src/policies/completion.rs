//! `completion` is the mask of TRL for records of a prompt and a completion: everything after the prompt.
//!
//! Follows TRL `trainer/sft_trainer.py`, `SFTTrainer._prepare_dataset` with its `tokenize_fn` and `add_eos` (at f2cd577).
//! The prompt is tokenized alone, with a generation prompt if it is a list of messages, and prompt and completion
//! together; as many tokens as the prompt alone has are left out of the loss. Where the prompt alone is tokenized
//! otherwise than at the start of the whole, TRL warns, and the edge is off by the difference.
//!
//! A prompt and completion that are texts go through no chat template: TRL joins them, appends the EOS, and tokenizes
//! with the tokenizer's own special tokens. `--chat-template none` shows them so (with `--add-special-tokens` where the
//! tokenizer has a BOS).
//!
//! ## 中文
//!
//! `completion` 是 TRL 对由提示和回答（prompt、completion）组成的记录的掩码：提示之后的全部内容。
//!
//! 依据 TRL 的 `trainer/sft_trainer.py` 中 `SFTTrainer._prepare_dataset` 及其 `tokenize_fn` 和 `add_eos`（提交
//! f2cd577）。提示单独分词（若为消息列表，则加上生成提示），提示与回答再一起分词；提示单独分词时有多少个 token，就有多
//! 少个 token 不计入损失。如果提示单独分词的结果与整体的开头不同，TRL 会发出警告，边界也会相应偏移。
//!
//! 如果提示和回答是文本，则不经过对话模板：TRL 把两者拼接，加上 EOS，并使用分词器自己的特殊 token 分词。用
//! `--chat-template none` 可以这样显示（分词器有 BOS 时再加 `--add-special-tokens`）。

use super::{Kind, LossMask, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::conversation::Prompt;
use crate::template::TemplateInput;
use crate::tokenizer::SpecialTokens;
use crate::words::Said;
use std::sync::Arc;

/// The `completion` policy.
pub(super) static KIND: Kind = Kind {
    name: "completion",
    who: Said { en: "TRL with `prompt` and `completion`", zh: "TRL 的 `prompt` 加 `completion` 数据" },
    bits: Said { en: "everything after the prompt", zh: "prompt 之后的全部 token" },
    options: &[],
    source: include_str!("completion.rs"),
    build: |_| Ok(Rule::Record(Arc::new(Completion))),
};

#[derive(Debug)]
pub(super) struct Completion;

impl RecordRule for Completion {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        match &input.conversation.prompt {
            Some(Prompt::Messages(count)) => messages(input, *count),
            Some(Prompt::Text { prompt, completion }) => text(input, prompt, completion),
            None => Err(Unavailable::NoCompletion),
        }
    }
}

fn messages(input: RecordInput<'_>, prompt: usize) -> Result<Trained, Unavailable> {
    let all = input.messages()?;
    let asked = TemplateInput { messages: &all[..prompt], add_generation_prompt: true, ..input.given };
    let prompt = input.ids(&asked)?.len();
    let ids = input.ids(&input.given)?;
    Ok(after(prompt, ids))
}

fn text(input: RecordInput<'_>, prompt: &str, completion: &str) -> Result<Trained, Unavailable> {
    let ids = |text: &str| Ok::<_, Unavailable>(input.tokenizer.encode(text, SpecialTokens::Added)?.ids);
    Ok(after(ids(prompt)?.len(), ids(&joined(prompt, completion, input.tokenizer.special("eos_token")))?))
}

/// Prompt and completion as TRL joins them, with the EOS behind unless it stands there.
#[must_use]
pub fn joined(prompt: &str, completion: &str, eos: Option<&str>) -> String {
    let eos = eos.filter(|eos| !completion.ends_with(eos)).unwrap_or_default();
    [prompt, completion, eos].concat()
}

fn after(prompt: usize, ids: Vec<u32>) -> Trained {
    let mut mask = LossMask::none(ids.len());
    mask.set(prompt..ids.len());
    Trained::new(ids, mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_written_once() {
        assert_eq!(joined("a", " b", Some("</s>")), "a b</s>");
        assert_eq!(joined("a", " b</s>", Some("</s>")), "a b</s>");
        assert_eq!(joined("a", "b", None), "ab");
    }

    #[test]
    fn all_after_the_prompt_is_trained() {
        assert_eq!(after(2, vec![5, 6, 7]).mask.tokens().collect::<Vec<_>>(), [2]);
        assert_eq!(after(9, vec![5, 6]).mask.count(), 0);
    }
}
