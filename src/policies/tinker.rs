//! `tinker` is the mask of the tinker cookbook: what each message's author writes, as one of its renderers writes it.
//!
//! Follows tinker-cookbook 0.6.1: `supervised/data.py` (`conversation_to_datum`), `supervised/common.py`
//! (`datum_from_model_input_weights`), `renderers/base.py` (`Renderer.build_supervised_example`) and the renderers in
//! `role_colon.py`, `llama3.py`, `qwen3.py` and `deepseek_v3.py`.
//!
//! The chat template of the tokenizer is not used. A renderer gives each message a header and an output, tokenized apart;
//! the header is never in the loss (but for `train=all_tokens`), the output of each assistant message is, with the token
//! that stops it. The newline that Qwen3 writes after `<|im_end|>` belongs to the next header and is not trained.
//! `role_colon` ends an answer with an empty line, and the last one with `User:` too, since that is where sampling stops.
//!
//! Name the renderer that you train with: `tinker:renderer=llama3`; without a name it is `qwen3`. Qwen3's renderers write
//! `<|im_end|>` in a content as plain text. They read thoughts in the content, inline or as a part of type `thinking`, and
//! do not read `reasoning_content`: the model learns an empty thought instead. `qwen3` puts that empty thought before the
//! last answer where it has none, in the loss; earlier answers keep inline thoughts as they are. Parts of type `thinking`
//! are left out of them.
//!
//! `train=` is `train_on_what`. With `last_assistant_message` and `last_assistant_turn`, what the generation prompt would
//! have supplied is not in the loss, such as the opening `<think>` of `deepseekv3_thinking`. `qwen3_disable_thinking`
//! raises for them where the last answer has a thought. With `train=customized` every message needs the key `trainable`;
//! with the others none may have it.
//!
//! Tool calls must be objects of the cookbook's own class: the plain ones of a JSON file raise, except with `role_colon`
//! and `llama3`, which drop them without a word. The list of tools is not read. A record is cut at its end.
//!
//! `reduction=mean` divides the weights of a record by their sum, as the cookbook does unless it is told otherwise; without
//! it they are 0 and 1 here, which is `reduction="none"`.
//!
//! ## 中文
//!
//! `tinker` 是 tinker cookbook 的掩码：每条消息的作者所写的内容，由其渲染器写出。
//!
//! 依据 tinker-cookbook 0.6.1：`supervised/data.py`（`conversation_to_datum`）、`supervised/common.py`
//! （`datum_from_model_input_weights`）、`renderers/base.py`（`Renderer.build_supervised_example`），以及
//! `role_colon.py`、`llama3.py`、`qwen3.py` 和 `deepseek_v3.py` 中的渲染器。
//!
//! 它不使用分词器的对话模板。渲染器为每条消息写出角色头和输出，二者分别分词；角色头从不计入损失（`train=all_tokens` 除
//! 外），每条 assistant 消息的输出连同使其停止的 token 计入损失。Qwen3 在 `<|im_end|>` 之后写出的换行属于下一个角色头，
//! 不训练。`role_colon` 以空行结束回答，最后一个回答之后还有 `User:`，因为采样在那里停止。
//!
//! 请指定训练所用的渲染器：`tinker:renderer=llama3`；不指定时为 `qwen3`。Qwen3 的渲染器把内容中的 `<|im_end|>` 写成普通
//! 文本。它们读取内容中的思考内容（写在文本中，或作为 `thinking` 类型的一段），不读取 `reasoning_content`：模型学到的是
//! 空的思考内容。`qwen3` 在没有思考内容的最后一个回答之前加上空的思考内容，并计入损失；较早回答中写在文本里的思考内容原
//! 样保留，`thinking` 类型的段则被去掉。
//!
//! `train=` 即 `train_on_what`。使用 `last_assistant_message` 和 `last_assistant_turn` 时，生成提示会写出的部分不计入损
//! 失，例如 `deepseekv3_thinking` 开头的 `<think>`。如果最后一个回答带有思考内容，`qwen3_disable_thinking` 在这两种方式
//! 下会抛出异常。使用 `train=customized` 时，每条消息都必须有 `trainable` 键；其他方式下则都不得有。
//!
//! 工具调用必须是 cookbook 自己的类的对象：JSON 文件中的普通对象会引发异常，`role_colon` 和 `llama3` 则会悄悄丢弃它们。
//! 不读取工具列表。记录从末尾截断。`reduction=mean` 把记录的权重除以其总和，这是 cookbook 的默认方式；不指定时，这里的
//! 权重为 0 和 1，即 `reduction="none"`。

mod content;
mod deepseek;
mod plain;
mod qwen;
mod renderer;

use super::{Kind, LossMask, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::PolicyError;
use crate::words::Said;
use crate::words::unavailable::Tinker as Refusal;
use content::Message;
use renderer::{Place, Renderer};
use std::sync::Arc;

/// The `tinker` policy.
pub(super) static KIND: Kind = Kind {
    name: "tinker",
    who: Said { en: "the tinker cookbook, `conversation_to_datum`", zh: "tinker cookbook 的 `conversation_to_datum`" },
    bits: Said {
        en: "what the assistant writes, with the token that stops it, by its own renderer",
        zh: "其自带渲染器写出的 assistant 输出，含停止 token",
    },
    options: &[
        OptionHelp {
            name: "renderer",
            key: None,
            value: "NAME",
            help: Said { en: "`renderer_name`; qwen3 by default", zh: "`renderer_name`；默认为 qwen3" },
        },
        OptionHelp {
            name: "train",
            key: Some("train_on_what"),
            value: "WHAT",
            help: Said {
                en: "`train_on_what`; all_assistant_messages by default",
                zh: "`train_on_what`；默认为 all_assistant_messages",
            },
        },
        OptionHelp {
            name: "reduction",
            key: None,
            value: "none|mean",
            help: Said {
                en: "`reduction`: mean makes the weights of a record sum to 1; none by default",
                zh: "`reduction`：mean 使一条记录的权重之和为 1；默认为 none",
            },
        },
    ],
    source: include_str!("tinker.rs"),
    build,
};

/// Which messages are in the loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TrainOn {
    LastAssistantMessage,
    LastAssistantTurn,
    AllAssistantMessages,
    AllMessages,
    AllTokens,
    AllUserAndSystemMessages,
    Customized,
}

const TRAIN_ON: [(&str, TrainOn); 7] = [
    ("last_assistant_message", TrainOn::LastAssistantMessage),
    ("last_assistant_turn", TrainOn::LastAssistantTurn),
    ("all_assistant_messages", TrainOn::AllAssistantMessages),
    ("all_messages", TrainOn::AllMessages),
    ("all_tokens", TrainOn::AllTokens),
    ("all_user_and_system_messages", TrainOn::AllUserAndSystemMessages),
    ("customized", TrainOn::Customized),
];

/// What is made of the weights of a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Reduction {
    #[default]
    None,
    Mean,
}

#[derive(Debug)]
struct Tinker {
    renderer: Renderer,
    train_on: TrainOn,
    reduction: Reduction,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    let reductions = [("none", Reduction::None), ("mean", Reduction::Mean)];
    Ok(Rule::Record(Arc::new(Tinker {
        renderer: options.one_of("renderer", &renderer::NAMES)?.unwrap_or(renderer::USUAL),
        train_on: options.one_of("train", &TRAIN_ON)?.unwrap_or(TrainOn::AllAssistantMessages),
        reduction: options.one_of("reduction", &reductions)?.unwrap_or_default(),
    })))
}

impl RecordRule for Tinker {
    fn flags(&self) -> Vec<&str> {
        if self.train_on == TrainOn::Customized { vec![content::TRAINABLE] } else { Vec::new() }
    }

    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let messages: Vec<Message<'_>> = input.messages()?.iter().map(Message::of).collect();
        let (mut ids, mut weights) = self.example(&messages, input)?;
        self.leave_out_the_generation_prompt(&messages, &ids, &mut weights, input)?;
        let length = input.max_length.map_or(ids.len(), |most| most.min(ids.len()));
        if length < 2 {
            return Err(Unavailable::Tinker(Refusal::TooShort));
        }
        ids.truncate(length);
        weights.truncate(length);
        // Nothing stands before the first token, from which it could be predicted.
        weights[0] = 0.0;
        if self.reduction == Reduction::Mean {
            let total: f32 = weights.iter().sum();
            if total > 0.0 {
                for weight in &mut weights {
                    *weight /= total;
                }
            }
        }
        Ok(Trained::new(ids, LossMask::of_weights(&weights)))
    }

    fn heeds_length(&self) -> bool {
        false
    }
}

impl Tinker {
    /// The tokens of a conversation, each with its weight.
    fn example(&self, messages: &[Message<'_>], input: RecordInput<'_>) -> Result<(Vec<u32>, Vec<f32>), Unavailable> {
        let tokenizer = input.tokenizer;
        let mut ids = self.renderer.bos(tokenizer)?;
        let mut weights = vec![0.0; ids.len()];
        let turn = renderer::after_last_user(&messages[..messages.len().saturating_sub(1)]);
        let header_weight = if self.train_on == TrainOn::AllTokens { 1.0 } else { 0.0 };
        for (at, message) in messages.iter().enumerate() {
            if message.trainable().is_some() != (self.train_on == TrainOn::Customized) {
                return Err(Unavailable::Tinker(match self.train_on {
                    TrainOn::Customized => Refusal::NotTrainable { message: at },
                    _ => Refusal::Trainable { message: at },
                }));
            }
            let place = Place::of(messages, at);
            let mut rendered = self.renderer.rendered(message, place, tokenizer)?;
            let weight = self.weight(message, place.is_last, at >= turn)?;
            ids.append(&mut rendered.header);
            weights.resize(ids.len(), header_weight);
            ids.append(&mut rendered.output);
            if place.is_last {
                ids.append(&mut rendered.overlap);
            }
            weights.resize(ids.len(), weight);
        }
        Ok((ids, weights))
    }

    /// How much the output of a message weighs.
    fn weight(&self, message: &Message<'_>, is_last: bool, is_in_last_turn: bool) -> Result<f32, Unavailable> {
        let is_assistant = message.role == "assistant";
        let is_trained = match self.train_on {
            TrainOn::LastAssistantMessage => is_assistant && is_last,
            TrainOn::LastAssistantTurn => is_assistant && is_in_last_turn,
            TrainOn::AllAssistantMessages => is_assistant,
            TrainOn::AllMessages | TrainOn::AllTokens => true,
            TrainOn::AllUserAndSystemMessages => matches!(message.role, "user" | "system"),
            TrainOn::Customized => return message.weight(),
        };
        Ok(if is_trained { 1.0 } else { 0.0 })
    }

    /// Takes what sampling would have been given out of the loss, where only the turn that it would produce is trained.
    fn leave_out_the_generation_prompt(
        &self,
        messages: &[Message<'_>],
        ids: &[u32],
        weights: &mut [f32],
        input: RecordInput<'_>,
    ) -> Result<(), Unavailable> {
        let boundary = match self.train_on {
            TrainOn::LastAssistantMessage => messages.len().checked_sub(1),
            TrainOn::LastAssistantTurn => Some(renderer::after_last_user(messages)),
            _ => None,
        };
        let is_answer = |at: &usize| messages.get(*at).is_some_and(|message| message.role == "assistant");
        let Some(boundary) = boundary.filter(is_answer) else { return Ok(()) };
        let prompt = self.renderer.generation_prompt(&messages[..boundary], input.tokenizer)?;
        if ids.starts_with(&prompt) {
            weights[..prompt.len()].fill(0.0);
        } else if self.renderer.disables_thinking() {
            return Err(Unavailable::Tinker(Refusal::ThinksAnyway));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
