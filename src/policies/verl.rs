//! `verl` is the mask of verl's SFT: each message rendered alone, the assistant's without their header.
//!
//! Follows verl 0.9.1, `verl/utils/dataset/multiturn_sft_dataset.py`, `MultiTurnSFTDataset`, with
//! `verl/utils/tokenizer/chat_template.py`. Each message is rendered and tokenized by itself, the first one with the tools.
//! What the template writes before a lone message of the user (a default system prompt, a BOS) is cut off from every message
//! but the first and those of the system. All of an assistant message is trained but for as many tokens as the generation
//! prompt has.
//!
//! A template that writes a message in another way when others stand around it gives other tokens for the whole: Qwen3's puts
//! an empty think block into an answer only behind a question, and shows the thoughts of the last answer only. verl raises
//! then. `ignore_input_ids_mismatch=true` trains on the pieces all the same, in which all thoughts under
//! `reasoning_content` are lost. Where a lone message is refused (Gemma 3's answers may not begin), verl renders it behind an
//! empty message of the user and cuts that off.
//!
//! `enable_thinking` is `enable_thinking_default`. Records longer than the maximum length stop the training unless
//! `truncation=left|right` cuts them; both cut at the right end, except for `left` with `pad_mode=right`.
//!
//! ## 中文
//!
//! `verl` 是 verl 的 SFT 的掩码：每条消息单独渲染，assistant 消息不含角色头。
//!
//! 依据 verl 0.9.1 的 `verl/utils/dataset/multiturn_sft_dataset.py` 中的 `MultiTurnSFTDataset`，以及
//! `verl/utils/tokenizer/chat_template.py`。每条消息单独渲染并分词，第一条连同工具一起。模板在单独一条 user 消息之前写
//! 出的内容（默认的 system 提示、BOS），会从第一条消息和 system 消息以外的每条消息中去掉。assistant 消息除去与生成提示
//! 同样多的 token，其余全部训练。
//!
//! 如果模板在周围有其他消息时对某条消息的写法不同，拼接结果就与整段对话的 token 不同：Qwen3 的模板只在提问之后的回答中
//! 加入空思考块，也只显示最后一个回答的思考内容。此时 verl 抛出异常。`ignore_input_ids_mismatch=true` 照样以拼接结果训
//! 练，其中 `reasoning_content` 下的思考内容会全部丢失。如果模板拒绝单独的一条消息（Gemma 3 的对话不能以回答开头），
//! verl 会在它之前加一条空的 user 消息渲染，再把那部分去掉。
//!
//! `enable_thinking` 即 `enable_thinking_default`。超过最大长度的记录会使训练中止，除非设置 `truncation=left|right` 截
//! 断；两者都从右端截断，只有 `left` 与 `pad_mode=right` 一起使用时例外。

use super::parts::{self, Renderer};
use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::PolicyError;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use crate::words::unavailable::Why;
use serde_json::{Value, json};
use std::slice;
use std::sync::Arc;

/// The `verl` policy.
pub(super) static KIND: Kind = Kind {
    name: "verl",
    who: Said { en: "verl's SFT (`MultiTurnSFTDataset`)", zh: "verl 的 SFT（`MultiTurnSFTDataset`）" },
    bits: Said {
        en: "the assistant messages, each rendered alone, without their header",
        zh: "逐条单独渲染的 assistant 消息，不含角色头",
    },
    options: &[
        OptionHelp {
            name: "ignore_input_ids_mismatch",
            key: None,
            value: "true|false",
            help: Said {
                en: "train where the pieces are not the tokens of the whole; false by default",
                zh: "拼接结果与整段对话的 token 不一致时照样训练；默认为 false",
            },
        },
        OptionHelp {
            name: "enable_thinking",
            key: None,
            value: "true|false",
            help: Said {
                en: "`enable_thinking_default`; not given to the template by default",
                zh: "`enable_thinking_default`；默认不传给模板",
            },
        },
        OptionHelp {
            name: "record_thinking",
            key: None,
            value: "read",
            help: Said {
                en: "the record's own `enable_thinking` goes before it, as beside `--verl`",
                zh: "记录自带的 `enable_thinking` 优先，与 `--verl` 一致",
            },
        },
        OptionHelp {
            name: "truncation",
            key: None,
            value: "error|left|right",
            help: Said { en: "`truncation`; error by default", zh: "`truncation`；默认为 error" },
        },
        OptionHelp {
            name: "pad_mode",
            key: None,
            value: "no_padding|right",
            help: Said { en: "`pad_mode`; no_padding by default", zh: "`pad_mode`；默认为 no_padding" },
        },
    ],
    source: include_str!("verl.rs"),
    build,
};

#[derive(Debug)]
struct Verl {
    ignores_mismatch: bool,
    enable_thinking: Option<bool>,
    record_thinking: RecordThinking,
    truncation: Truncation,
    pad_mode: PadMode,
}

/// Whether the record's own `enable_thinking` counts, which verl reads from a column of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum RecordThinking {
    #[default]
    Unread,
    Read,
}

/// What is done with a record that is too long.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Truncation {
    #[default]
    Error,
    Left,
    Right,
}

/// Whether records are filled up to the maximum length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum PadMode {
    #[default]
    NoPadding,
    Right,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    const TRUNCATIONS: [(&str, Truncation); 3] =
        [("error", Truncation::Error), ("left", Truncation::Left), ("right", Truncation::Right)];
    const PAD_MODES: [(&str, PadMode); 2] = [("no_padding", PadMode::NoPadding), ("right", PadMode::Right)];
    Ok(Rule::Record(Arc::new(Verl {
        ignores_mismatch: options.boolean("ignore_input_ids_mismatch")?.unwrap_or(false),
        enable_thinking: options.boolean("enable_thinking")?,
        record_thinking: options.one_of("record_thinking", &[("read", RecordThinking::Read)])?.unwrap_or_default(),
        truncation: options.one_of("truncation", &TRUNCATIONS)?.unwrap_or_default(),
        pad_mode: options.one_of("pad_mode", &PAD_MODES)?.unwrap_or_default(),
    })))
}

impl RecordRule for Verl {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let probes = Renderer::new("verl", input).with_tools(None);
        let around = Around::found_by(&probes)?;
        let mut variables = input.variables.clone();
        let of_record = input.conversation.template_kwargs.get("enable_thinking").and_then(Value::as_bool);
        let of_record = of_record.filter(|_| self.record_thinking == RecordThinking::Read);
        if let Some(enable_thinking) = of_record.or(self.enable_thinking) {
            variables.insert("enable_thinking".to_owned(), enable_thinking.into());
        }
        let renderer = probes.with_variables(&variables);
        let messages = input.messages()?;
        let (mut ids, mut bits) = (Vec::new(), Vec::new());
        for (at, message) in messages.iter().enumerate() {
            if let Some(missing) = ["content", "role"].into_iter().find(|key| message.get(key).is_none()) {
                return Err(renderer.raises(format!("KeyError: '{missing}'")));
            }
            let tools = input.given.tools.filter(|_| at == 0);
            let mut own = alone(&renderer.with_tools(tools), message)?;
            if at > 0 && parts::role(message) != "system" {
                own.drain(..around.system_prompt.min(own.len()));
            }
            let is_trained = parts::role(message) == "assistant";
            bits.extend((0..own.len()).map(|token| is_trained && token >= around.generation_prompt));
            ids.append(&mut own);
        }
        let whole = renderer.with_tools(input.given.tools).rendered_ids(messages, GenerationPrompt::LeftOut)?;
        if whole != ids && !self.ignores_mismatch {
            return Err(renderer.refused(Why::NotTheWhole));
        }
        if let Some(maximum) = input.max_length.filter(|maximum| ids.len() > *maximum) {
            match (self.truncation, self.pad_mode) {
                (Truncation::Error, _) => {
                    let (length, remedy) = (ids.len(), "truncation=right");
                    return Err(renderer.refused(Why::StopsAtLength { length, maximum, remedy }));
                }
                (Truncation::Left, PadMode::Right) => {
                    ids.drain(..ids.len() - maximum);
                    bits.drain(..bits.len() - maximum);
                }
                _ => {
                    ids.truncate(maximum);
                    bits.truncate(maximum);
                }
            }
        }
        Ok(parts::trained(ids, bits))
    }

    fn heeds_length(&self) -> bool {
        false
    }
}

/// What the template writes around a lone message, in tokens.
struct Around {
    system_prompt: usize,
    generation_prompt: usize,
}

impl Around {
    /// Compares what the template writes for one empty message of the user, for two, and for one with a generation prompt.
    fn found_by(renderer: &Renderer<'_>) -> Result<Self, Unavailable> {
        let empty = json!({"role": "user", "content": ""});
        let length = |messages: &[Value], prompt| Ok::<_, Unavailable>(renderer.rendered_ids(messages, prompt)?.len());
        let one = length(slice::from_ref(&empty), GenerationPrompt::LeftOut)?;
        let two = length(&[empty.clone(), empty.clone()], GenerationPrompt::LeftOut)?;
        let prompted = length(slice::from_ref(&empty), GenerationPrompt::Added)?;
        // Python's slice up to the negative of the difference: none where it is 0.
        let system_prompt = match two.checked_sub(one) {
            Some(0) => 0,
            Some(second) => one.saturating_sub(second),
            None => one - two,
        };
        Ok(Self { system_prompt, generation_prompt: prompted.saturating_sub(one) })
    }
}

/// The ids of one message; where the template refuses it, those behind an empty message of the user.
fn alone(renderer: &Renderer<'_>, message: &Value) -> Result<Vec<u32>, Unavailable> {
    if let Ok(text) = renderer.try_text(slice::from_ref(message), GenerationPrompt::LeftOut) {
        return renderer.ids(&text);
    }
    let question = json!({"role": "user", "content": [{"type": "text", "text": ""}]});
    let before = renderer.rendered_ids(slice::from_ref(&question), GenerationPrompt::LeftOut)?.len();
    let mut ids = renderer.rendered_ids(&[question, message.clone()], GenerationPrompt::LeftOut)?;
    ids.drain(..before.min(ids.len()));
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use crate::policies::oracle;

    #[test]
    fn it_gives_what_the_trainer_gives() {
        oracle::agrees("verl");
    }
}
