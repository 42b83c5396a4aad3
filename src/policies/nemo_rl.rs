//! `nemo-rl` is the mask of NeMo-RL's SFT: what each assistant message adds to the text, its header included.
//!
//! Follows NVIDIA-NeMo/RL at 7ea279a, `nemo_rl/data/processors.py`, `sft_processor`, with `get_formatted_message_log` and
//! `add_loss_mask_to_message_log` of `nemo_rl/data/llm_message_utils.py`, and the values of `examples/configs/sft.yaml`. The
//! conversation is rendered up to each message. What comes after the common start with the text before is the message's
//! part; the parts are tokenized one by one. The BOS is put before the first and the EOS behind the last where the tokenizer
//! has them and they do not stand there (a newline behind the EOS does no harm).
//!
//! A chat template that writes earlier messages in another way once more follow has text in it twice: with Qwen3 the empty
//! think block of an answer goes when the next message comes, and the part of that next message begins with the answer once
//! more.
//!
//! `add_generation_prompt=true` renders messages of the user and of tools with a generation prompt, so that the header is no
//! part of the answer. `only_unmask_final=true` trains the last message alone, whatever its role. A record that reaches the
//! maximum length is cut to a stub that weighs nothing.
//!
//! ## 中文
//!
//! `nemo-rl` 是 NeMo-RL 的 SFT 的掩码：每条 assistant 消息给文本增加的部分，包含角色头。
//!
//! 依据 NVIDIA-NeMo/RL（提交 7ea279a）的 `nemo_rl/data/processors.py` 中的 `sft_processor`，以及
//! `nemo_rl/data/llm_message_utils.py` 的 `get_formatted_message_log` 和 `add_loss_mask_to_message_log`，参数取自
//! `examples/configs/sft.yaml`。它渲染到每条消息为止的对话，与之前的文本相比，共同开头之后的部分就是该消息的部分；各部
//! 分逐一分词。如果分词器有 BOS 和 EOS，而首尾没有它们，则在最前面加上 BOS，在最后面加上 EOS（EOS 之后有换行也算已
//! 有）。
//!
//! 如果对话模板在后面还有消息时对前面的消息写法不同，文本会重复：使用 Qwen3 时，下一条消息出现后，回答的空思考块会消
//! 失，于是下一条消息的部分又从该回答重新开始。
//!
//! `add_generation_prompt=true` 在渲染 user 和工具的消息时加上生成提示，使角色头不属于回答。`only_unmask_final=true` 只
//! 训练最后一条消息，无论其角色。达到最大长度的记录会被截成权重为零的一小段。

use super::parts::{self, Renderer};
use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::PolicyError;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use crate::words::unavailable::Why;
use std::sync::Arc;

/// The `nemo-rl` policy.
pub(super) static KIND: Kind = Kind {
    name: "nemo-rl",
    who: Said { en: "NeMo-RL's SFT", zh: "NeMo-RL 的 SFT" },
    bits: Said {
        en: "what each assistant message adds to the text, its header included",
        zh: "每条 assistant 消息给文本增加的部分，包含角色头",
    },
    options: &[
        OptionHelp {
            name: "add_generation_prompt",
            key: None,
            value: "true|false",
            help: Said {
                en: "`data.add_generation_prompt`; false by default",
                zh: "`data.add_generation_prompt`；默认为 false",
            },
        },
        OptionHelp {
            name: "only_unmask_final",
            key: None,
            value: "true|false",
            help: Said {
                en: "`sft.only_unmask_final`; false by default", zh: "`sft.only_unmask_final`；默认为 false"
            },
        },
    ],
    source: include_str!("nemo_rl.rs"),
    build,
};

#[derive(Debug)]
struct NemoRl {
    add_generation_prompt: bool,
    only_final: bool,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    Ok(Rule::Record(Arc::new(NemoRl {
        add_generation_prompt: options.boolean("add_generation_prompt")?.unwrap_or(false),
        only_final: options.boolean("only_unmask_final")?.unwrap_or(false),
    })))
}

impl RecordRule for NemoRl {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let renderer = Renderer::new("NeMo-RL", input);
        let messages = input.messages()?;
        let special = |name| renderer.tokenizer().special(name);
        let whole = renderer.text(messages, GenerationPrompt::LeftOut)?;
        renderer.check_beginnings(messages.len(), whole.len())?;
        let beginnings = renderer.beginnings(messages);
        let (mut ids, mut bits) = (Vec::new(), Vec::new());
        let mut before = String::new();
        for (at, message) in messages.iter().enumerate() {
            let role = parts::role(message);
            let prompt = match role {
                "user" | "tool" if self.add_generation_prompt => GenerationPrompt::Added,
                _ => GenerationPrompt::LeftOut,
            };
            let text = beginnings.text(at + 1, prompt)?;
            let mut part = text[parts::common_text(&before, &text)..].to_owned();
            if let Some(bos) = special("bos_token").filter(|bos| at == 0 && !part.starts_with(bos)) {
                part.insert_str(0, bos);
            }
            let is_last = at + 1 == messages.len();
            let ends = |eos: &&str| part.trim_end_matches('\n').ends_with(*eos);
            if let Some(eos) = special("eos_token").filter(|eos| is_last && !ends(eos)) {
                part.push_str(eos);
            }
            let is_trained = if self.only_final { is_last } else { role == "assistant" };
            let mut own = renderer.ids(&part)?;
            bits.resize(bits.len() + own.len(), is_trained);
            ids.append(&mut own);
            before = text;
        }
        if let Some(maximum) = input.max_length.filter(|maximum| ids.len() >= *maximum) {
            return Err(renderer.refused(Why::DropsAtLength { length: ids.len(), maximum }));
        }
        Ok(parts::trained(ids, bits))
    }

    fn heeds_length(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::policies::oracle;

    #[test]
    fn it_gives_what_the_trainer_gives() {
        oracle::agrees("nemo-rl");
    }
}
