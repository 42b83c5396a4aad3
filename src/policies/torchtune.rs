//! `torchtune` is the mask of torchtune's Hugging Face tokenizer: what each assistant message adds to the ids.
//!
//! Follows meta-pytorch/torchtune at bd2a0fc, `torchtune/modules/transforms/tokenizers/_hf_tokenizer.py`,
//! `HuggingFaceModelTokenizer`, after `OpenAIToMessages`, `mask_messages` and `validate_messages` of
//! `torchtune/data/_messages.py`, with `SFTTransform` of `torchtune/datasets/_sft.py`. The conversation is rendered and
//! tokenized up to each message; the ids beyond the number that the messages before have are the message's.
//!
//! The last message is rendered with a generation prompt: the header of another answer stands behind it, and is trained with
//! it. The EOS behind that is never trained. Where the record is cut, the last token becomes the EOS, untrained.
//!
//! torchtune renders with Jinja2's own settings, not with those of Transformers: newlines and blanks around tags stay, a
//! generation block is an unknown tag, and what is undefined is an error when it is used. Templates that ask for `tools`
//! without looking whether they are there fail, and so do those that write a BOS which `tokenizer_config.json` has as an
//! object (`DeepSeek`) or not at all (Qwen3). A template sees the role and the first text of each message, no calls and no
//! thoughts. Conversations in which a tool answers, the user speaks twice or the assistant first are refused.
//!
//! ## 中文
//!
//! `torchtune` 是 torchtune 的 Hugging Face 分词器的掩码：每条 assistant 消息增加的 id。
//!
//! 依据 meta-pytorch/torchtune（提交 bd2a0fc）的 `torchtune/modules/transforms/tokenizers/_hf_tokenizer.py` 中的
//! `HuggingFaceModelTokenizer`，之前经过 `torchtune/data/_messages.py` 的 `OpenAIToMessages`、`mask_messages` 和
//! `validate_messages`，并使用 `torchtune/datasets/_sft.py` 的 `SFTTransform`。它渲染到每条消息为止的对话并分词；超出之
//! 前各条消息 id 数目的部分，就是该消息的 id。
//!
//! 渲染最后一条消息时加上生成提示：其后会出现下一个回答的角色头，并一起训练。再之后的 EOS 从不训练。记录被截断时，最后
//! 一个 token 变为 EOS，不训练。
//!
//! torchtune 使用 Jinja2 自己的设置渲染，而不是 Transformers 的：标签前后的换行和空白会保留，generation 块是未知标签，
//! 使用未定义的变量会出错。因此，不先判断是否存在就读取 `tools` 的模板会出错；如果模板写出 BOS，而
//! `tokenizer_config.json` 中的 BOS 是对象（`DeepSeek`）或不存在（Qwen3），也会出错。模板只能看到每条消息的角色和第一段
//! 文本，看不到工具调用和思考内容。如果对话中有工具作答、user 连续发言或由 assistant 开头，则会被拒绝。

mod records;
mod tokenizer;

use super::parts::{self, Renderer};
use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::{PolicyError, TemplateError};
use crate::template::{ChatTemplate, Environment, TemplateInput};
use crate::words::Said;
use records::Spoken;
use serde_json::{Map, Value};
use std::sync::{Arc, Mutex, PoisonError};
use tokenizer::Special;

/// The `torchtune` policy.
pub(super) static KIND: Kind = Kind {
    name: "torchtune",
    who: Said { en: "torchtune's `HuggingFaceModelTokenizer`", zh: "torchtune 的 `HuggingFaceModelTokenizer`" },
    bits: Said {
        en: "what each assistant message adds to the ids, its header included",
        zh: "每条 assistant 消息增加的 id，包含角色头",
    },
    options: &[OptionHelp {
        name: "masking_strategy",
        key: None,
        value: "train_on_assistant|train_on_last|train_on_all",
        help: Said { en: "train_on_assistant by default", zh: "默认为 train_on_assistant" },
    }],
    source: include_str!("torchtune.rs"),
    build,
};

/// Which messages are trained.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Strategy {
    #[default]
    Assistant,
    Last,
    All,
}

#[derive(Debug)]
struct Torchtune {
    strategy: Strategy,
    /// The template as torchtune compiles it, since it is the same for all records.
    template: Mutex<Option<Arc<ChatTemplate>>>,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    const STRATEGIES: [(&str, Strategy); 3] = [
        ("train_on_assistant", Strategy::Assistant),
        ("train_on_last", Strategy::Last),
        ("train_on_all", Strategy::All),
    ];
    let strategy = options.one_of("masking_strategy", &STRATEGIES)?.unwrap_or_default();
    Ok(Rule::Record(Arc::new(Torchtune { strategy, template: Mutex::default() })))
}

impl RecordRule for Torchtune {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let renderer = Renderer::new("torchtune", input);
        let special = Special::of(&renderer)?;
        let template = self.template(input.template).map_err(TemplateError)?;
        let spoken = records::spoken(&renderer, input.messages()?)?;
        records::validate(&renderer, &spoken)?;
        let length = spoken.iter().map(|message| message.content.len()).sum();
        renderer.check_work(spoken.len(), length)?;
        let messages: Vec<Value> = spoken.iter().map(Spoken::value).collect();
        let trained = self.trained(&spoken);
        let (variables, none) = (special.variables(renderer.variables()), Map::new());
        let (mut ids, mut bits, mut before) = (Vec::new(), Vec::new(), 0);
        for at in 0..messages.len() {
            let given = TemplateInput {
                messages: &messages[..=at],
                tools: None,
                documents: None,
                add_generation_prompt: at + 1 == messages.len(),
                special_tokens: &none,
                kwargs: &variables,
                now: input.given.now,
            };
            let text = template.render(&given).map_err(TemplateError)?.text;
            let current = special.encode(&text)?;
            let own = current.get(before..).unwrap_or_default();
            before = current.len();
            ids.extend_from_slice(own);
            bits.resize(ids.len(), trained[at]);
        }
        ids.push(special.eos);
        ids.truncate(input.max_length.unwrap_or(usize::MAX));
        if let Some(last) = ids.last_mut() {
            *last = special.eos;
        }
        bits.resize(ids.len(), false);
        if let Some(last) = bits.last_mut() {
            *last = false;
        }
        Ok(parts::trained(ids, bits))
    }

    fn heeds_length(&self) -> bool {
        false
    }
}

impl Torchtune {
    fn template(&self, template: &ChatTemplate) -> Result<Arc<ChatTemplate>, crate::template::Error> {
        let mut kept = self.template.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.source() == template.source()) {
            return Ok(Arc::clone(kept));
        }
        let compiled = Arc::new(ChatTemplate::compile_in(Environment::Strict, template.name(), template.source())?);
        *kept = Some(Arc::clone(&compiled));
        Ok(compiled)
    }

    /// For each message whether it is trained.
    fn trained(&self, spoken: &[Spoken]) -> Vec<bool> {
        let last = spoken.iter().rposition(|message| message.role == "assistant");
        let is_trained = |(at, message): (usize, &Spoken)| match self.strategy {
            Strategy::All => message.role != "system",
            Strategy::Assistant => message.role == "assistant",
            Strategy::Last => Some(at) == last,
        };
        spoken.iter().enumerate().map(is_trained).collect()
    }
}

#[cfg(test)]
mod tests;
