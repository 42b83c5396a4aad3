//! `automodel` is the mask of NeMo Automodel's `ChatDataset`: the assistant's messages with their headers, or what stands in
//! the template's generation blocks.
//!
//! Follows NeMo Automodel 0.7.0, `nemo_automodel/components/datasets/llm/chat_dataset.py`, `ChatDataset`, with
//! `format_chat_template` of `formatting_utils.py`. A template with generation blocks says itself what is trained. For any
//! other, the conversation is rendered up to each assistant message and behind it, without a generation prompt, and the
//! tokens between the two lengths are trained: the header too, and what follows the end marker. The ids of each such
//! beginning must be those of the whole, but for an EOS at its end; where they are not, Automodel raises. So Qwen3's own
//! template, which takes the empty think block out of earlier answers, works for a single answer only.
//!
//! Before that, contents that are lists become their texts with spaces between, calls get an id and a type, and their
//! arguments become JSON text, which some templates write with a second layer of quotes. Automodel raises for a role that it
//! does not know, and for a message of a tool without `tool_call_id`.
//!
//! `mask_generation_prompt=true` leaves out what a generation prompt would write of a turn, with and without
//! `enable_thinking`: header and empty think block. `mask_reasoning_content=true` leaves out what changes when
//! `reasoning_content` is emptied. `mask_history=true` keeps the last trained run alone; where the reasoning is left out, it
//! parts a run in two.
//!
//! ## 中文
//!
//! `automodel` 是 NeMo Automodel 的 `ChatDataset` 的掩码：assistant 消息及其角色头，或模板 generation 块中的内容。
//!
//! 依据 NeMo Automodel 0.7.0 的 `nemo_automodel/components/datasets/llm/chat_dataset.py`（`ChatDataset`），以及
//! `formatting_utils.py` 的 `format_chat_template`。带 generation 块的模板自行指定训练范围。对于其他模板，它分别渲染到
//! 每条 assistant 消息之前和之后的对话，不加生成提示，训练这两个长度之间的 token：包括角色头和结束标记之后的内容。每个
//! 这样的开头，其 id 必须与整段对话的开头一致（末尾的 EOS 除外），否则 Automodel 抛出异常。因此，会从较早回答中去掉空思
//! 考块的 Qwen3 原模板，只适用于单个回答的对话。
//!
//! 在此之前，列表形式的内容变为以空格连接的各段文本，工具调用会补上 id 和 type，其参数变为 JSON 字符串，有些模板写出时
//! 会再加一层引号。角色未知时，或工具消息没有 `tool_call_id` 时，Automodel 抛出异常。
//!
//! `mask_generation_prompt=true` 不训练每轮中由生成提示写出的部分（无论是否开启 `enable_thinking`）：角色头和空思考块。
//! `mask_reasoning_content=true` 不训练清空 `reasoning_content` 后会变化的部分。`mask_history=true` 只保留最后一段训练
//! 的 token；去掉思考内容时，一段会被分为两段。

mod normal;
mod spans;

use super::parts::{self, Renderer};
use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable, generation};
use crate::error::PolicyError;
use crate::words::Said;
use serde_json::Value;
use spans::Reference;
use std::sync::Arc;

pub(super) use spans::has_generation;

/// The `automodel` policy.
pub(super) static KIND: Kind = Kind {
    name: "automodel",
    who: Said { en: "NeMo Automodel's `ChatDataset`", zh: "NeMo Automodel 的 `ChatDataset`" },
    bits: Said {
        en: "the template's generation blocks, else the assistant messages with their headers",
        zh: "模板的 generation 块；没有时为 assistant 消息及其角色头",
    },
    options: &[
        OptionHelp {
            name: "mask_history",
            key: None,
            value: "true|false",
            help: Said {
                en: "train the last answer alone; false by default", zh: "只训练最后一个回答；默认为 false"
            },
        },
        OptionHelp {
            name: "mask_reasoning_content",
            key: None,
            value: "true|false",
            help: Said {
                en: "leave out the reasoning; false by default", zh: "不训练思考内容；默认为 false"
            },
        },
        OptionHelp {
            name: "mask_generation_prompt",
            key: None,
            value: "true|false",
            help: Said {
                en: "leave out what a generation prompt writes; false by default",
                zh: "不训练生成提示写出的部分；默认为 false",
            },
        },
    ],
    source: include_str!("automodel.rs"),
    build,
};

#[derive(Debug)]
struct Automodel {
    mask_history: bool,
    mask_reasoning: bool,
    mask_generation_prompt: bool,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    Ok(Rule::Record(Arc::new(Automodel {
        mask_history: options.boolean("mask_history")?.unwrap_or(false),
        mask_reasoning: options.boolean("mask_reasoning_content")?.unwrap_or(false),
        mask_generation_prompt: options.boolean("mask_generation_prompt")?.unwrap_or(false),
    })))
}

impl RecordRule for Automodel {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let renderer = Renderer::new("NeMo Automodel", input);
        let messages = normal::messages(&renderer, input.messages()?)?;
        let tools = match input.given.tools {
            Some(Value::Array(tools)) if tools.is_empty() => None,
            Some(tools) if !tools.is_array() => {
                return Err(renderer.raises("`tools` must be a list or JSON-encoded list"));
            }
            tools => tools,
        };
        let renderer = renderer.with_tools(tools);
        let whole = renderer.whole(&messages)?;
        let length = input.max_length.map_or(whole.ids.len(), |maximum| whole.ids.len().min(maximum));
        let reference = Reference { renderer, messages: &messages, whole: &whole, length };
        let mut bits = vec![false; length];
        match &whole.generation {
            Some(blocks) if has_generation(renderer.template_source()) => {
                let recorded = blocks.iter().map(|block| block.recorded);
                let tokens = generation::tokens_of(recorded, &whole.text, &whole.ranges[..length]);
                parts::set_all(&mut bits, tokens);
            }
            _ => parts::set_all(&mut bits, reference.answers(input.max_length)?),
        }
        if self.mask_generation_prompt {
            clear(&mut bits, reference.generation_prompts(input.max_length)?);
        }
        if self.mask_reasoning {
            clear(&mut bits, reference.reasoning()?);
        }
        if self.mask_history {
            keep_last_run(&mut bits);
        }
        let ids = whole.ids[..length].to_vec();
        Ok(parts::trained(ids, bits))
    }
}

fn clear(bits: &mut [bool], tokens: Vec<std::ops::Range<usize>>) {
    for token in tokens.into_iter().flatten() {
        if let Some(bit) = bits.get_mut(token) {
            *bit = false;
        }
    }
}

/// Keeps the last run of trained tokens; the first token of all is none of them.
fn keep_last_run(bits: &mut [bool]) {
    let Some((_, bits)) = bits.split_first_mut() else { return };
    let Some(last) = bits.iter().rposition(|bit| *bit) else { return };
    let start = bits[..last].iter().rposition(|bit| !*bit).map_or(0, |before| before + 1);
    bits[..start].fill(false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::oracle;

    #[test]
    fn it_gives_what_the_trainer_gives() {
        oracle::agrees("automodel");
    }

    #[test]
    fn the_last_run_is_kept() {
        let kept = |digits: &str| {
            let mut bits: Vec<bool> = digits.chars().map(|digit| digit == '1').collect();
            keep_last_run(&mut bits);
            bits.into_iter().map(|bit| if bit { '1' } else { '0' }).collect::<String>()
        };
        assert_eq!(kept("0110110"), "0000110");
        assert_eq!(kept("0111"), "0111");
        assert_eq!(kept("000"), "000");
    }
}
