//! `mlx` is the mask of mlx-lm: every token after the first, or with `mask_prompt` those of the last message.
//!
//! Follows mlx-lm 0.32.2, `mlx_lm/tuner/datasets.py` (`create_dataset` and the data sets that it makes) with
//! `iterate_batches` and `default_loss` of `mlx_lm/tuner/trainer.py`.
//!
//! `mask_prompt=true` renders the messages without the last one, with a generation prompt where the last one is the
//! assistant's, and leaves as many tokens out of the loss as that has. So only the last message is trained, whatever its
//! role. Where the chat template writes earlier messages in another way once more follow (Qwen3 drops their thoughts), the
//! number is that of another text.
//!
//! One pad token behind each record is trained, in both modes: the loss counts its positions from 1 and goes up to the
//! record's length, which is one too far. A record that fills the maximum length has no such token.
//!
//! The template is told `enable_thinking`: true where the vocabulary has the tokens of thinking, such as `<think>`, and false
//! where it has not; `--template-kwargs` goes before that.
//!
//! `prompt` with `completion` become a message of the user and one of the assistant. A `text` is tokenized with the special
//! tokens that the tokenizer adds, gets the EOS unless it ends with it, and does not go with `mask_prompt`.
//!
//! ## 中文
//!
//! `mlx` 是 mlx-lm 的掩码：第一个 token 之后的全部 token，设置 `mask_prompt` 时只有最后一条消息的 token。
//!
//! 依据 mlx-lm 0.32.2 的 `mlx_lm/tuner/datasets.py`（`create_dataset` 及其创建的数据集），以及
//! `mlx_lm/tuner/trainer.py` 的 `iterate_batches` 和 `default_loss`。
//!
//! `mask_prompt=true` 渲染除最后一条以外的消息（最后一条为 assistant 时加上生成提示），其结果有多少个 token，就有多少个
//! token 不计入损失。因此无论最后一条消息是什么角色，都只训练它。如果对话模板在后面还有消息时对前面的消息写法不同
//! （Qwen3 会丢弃思考内容），这个数目对应的就是另一段文本。
//!
//! 两种方式都会在每条记录之后训练一个 pad token：计算损失时位置从 1 数起，直到记录的长度，多了一个。长度达到最大长度的
//! 记录没有这个 token。
//!
//! 模板会收到 `enable_thinking`：词表含有思考 token（如 `<think>`）时为 true，否则为 false；`--template-kwargs` 优先。
//!
//! `prompt` 与 `completion` 变为一条 user 消息和一条 assistant 消息。`text` 连同分词器加入的特殊 token 一起分词，若不以
//! EOS 结尾则加上 EOS，不能与 `mask_prompt` 一起使用。

use super::parts::{self, Renderer};
use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::conversation::Prompt;
use crate::error::PolicyError;
use crate::sequence::turns::GenerationPrompt;
use crate::tokenizer::SpecialTokens;
use crate::words::Said;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::sync::Arc;

/// The `mlx` policy.
pub(super) static KIND: Kind = Kind {
    name: "mlx",
    who: Said { en: "mlx-lm's `mlx_lm.lora`", zh: "mlx-lm 的 `mlx_lm.lora`" },
    bits: Said {
        en: "everything, or with `mask_prompt` the last message; and one pad token behind it",
        zh: "全部 token，设置 `mask_prompt` 时只有最后一条消息；外加其后的一个填充 token",
    },
    options: &[OptionHelp {
        name: "mask_prompt",
        key: None,
        value: "true|false",
        help: Said { en: "`mask_prompt`; false by default", zh: "`mask_prompt`；默认为 false" },
    }],
    source: include_str!("mlx.rs"),
    build,
};

#[derive(Debug)]
struct Mlx {
    mask_prompt: bool,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    Ok(Rule::Record(Arc::new(Mlx { mask_prompt: options.boolean("mask_prompt")?.unwrap_or(false) })))
}

impl RecordRule for Mlx {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let variables = with_thinking(&input);
        let renderer = Renderer::new("mlx-lm", input).with_variables(&variables);
        let (mut ids, offset) = match input.text() {
            Some(text) => (self.text(&renderer, text)?, 0),
            None => self.messages(&renderer, &input)?,
        };
        let whole = ids.len();
        ids.truncate(input.max_length.unwrap_or(whole));
        let length = ids.len();
        let bits = (0..length).map(|token| token >= offset).collect();
        let is_padded = input.max_length.is_none_or(|maximum| length < maximum);
        Ok(Trained { padding_trained: usize::from(is_padded && offset <= length), ..parts::trained(ids, bits) })
    }

    fn heeds_length(&self) -> bool {
        false
    }
}

/// Pairs of tokens by which mlx-lm knows a vocabulary that thinks (`mlx_lm/tokenizer_utils.py`, `_infer_thinking`).
const THINKING: [[&str; 2]; 4] = [
    ["<think>", "</think>"],
    ["<longcat_think>", "</longcat_think>"],
    ["<|think:start|>", "<|think:end|>"],
    ["<|channel>", "<channel|>"],
];

/// Tokens that together mean the same.
const MARKUP: [&str; 4] = ["<|open|>", "<|close|>", "<|sep|>", "<|end_of_msg|>"];

/// The template's variables with what mlx-lm adds to them.
fn with_thinking(input: &RecordInput<'_>) -> Map<String, Value> {
    let has = |entry: &str| input.tokenizer.id_of(entry).is_some();
    let thinks =
        THINKING.iter().any(|pair| pair.iter().all(|entry| has(entry))) || MARKUP.iter().all(|entry| has(entry));
    let mut variables = input.variables.clone();
    variables.entry("enable_thinking").or_insert(thinks.into());
    variables
}

impl Mlx {
    /// The ids of the messages, and how many of them are the prompt's.
    fn messages(&self, renderer: &Renderer<'_>, input: &RecordInput<'_>) -> Result<(Vec<u32>, usize), Unavailable> {
        let given = input.messages()?;
        let messages: Cow<'_, [Value]> = match &input.conversation.prompt {
            Some(Prompt::Messages(count)) => Cow::Owned(vec![
                json!({"role": "user", "content": given[..*count]}),
                json!({"role": "assistant", "content": given[*count..]}),
            ]),
            _ => Cow::Borrowed(given),
        };
        let whole = renderer.whole(&messages)?;
        if !self.mask_prompt {
            return Ok((whole.ids, 0));
        }
        let Some((last, before)) = messages.split_last() else { return Ok((whole.ids, 0)) };
        let prompt = match parts::role(last) {
            "assistant" => GenerationPrompt::Added,
            _ => GenerationPrompt::LeftOut,
        };
        let offset = whole.ids_of(&renderer.text(before, prompt)?)?.len();
        Ok((whole.ids, offset))
    }

    fn text(&self, renderer: &Renderer<'_>, text: &str) -> Result<Vec<u32>, Unavailable> {
        if self.mask_prompt {
            return Err(renderer.raises("Prompt masking not supported for text dataset."));
        }
        let mut ids = renderer.tokenizer().encode(text, SpecialTokens::Added)?.ids;
        let Some(last) = ids.last().copied() else { return Err(renderer.raises("list index out of range")) };
        let eos = renderer.tokenizer().special_id("eos_token");
        let eos = eos.ok_or_else(|| renderer.raises("the tokenizer has no EOS, and None is no token id"))?;
        if last != eos {
            ids.push(eos);
        }
        Ok(ids)
    }
}

#[cfg(test)]
mod tests {
    use crate::policies::oracle;

    #[test]
    fn it_gives_what_the_trainer_gives() {
        oracle::agrees("mlx");
    }
}
