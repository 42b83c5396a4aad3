//! `swift` is the mask of ms-swift's supervised fine-tuning: answers as its own template writes them, weighed by
//! `loss_scale`.
//!
//! Follows ms-swift 4.6.0: `swift/dataset/preprocessor/core.py` (`MessagesPreprocessor`) and
//! `swift/template/template_inputs.py` for how a record is read, `swift/template/base.py` (`Template.encode`, with
//! `_swift_prepare_inputs`, `_swift_encode`, `_encode_context_list`, `_add_dynamic_eos` and `_truncate`),
//! `swift/template/templates` for what is written, `swift/agent_template/hermes.py` and `llama.py` for tools, and
//! `swift/loss_scale` for the weights.
//!
//! ms-swift does not use the chat template of the tokenizer, unless with `template_backend=jinja`, which trains everything.
//! It has templates of its own under names such as `qwen3` or `llama3`: name yours with `swift:template=llama3`; without a
//! name it is `qwen3`. Pieces of text get weights, neighbours of the same weight are joined, and each such run is
//! tokenized alone.
//!
//! Where an answer is trained, what ends its turn is trained too: with `qwen3` `<|im_end|>` and the newline after it. So is
//! the end of a last answer that is itself masked by `"loss": false`, since the end does not look at that key. An answer
//! that ends with a stop word gets no second one.
//!
//! `qwen3` puts `<think>\n\n</think>\n\n` before each answer that does not begin with a thought, and trains it;
//! `loss_scale=ignore_empty_think` takes it out of the loss, `add_non_thinking_prefix=false` out of the text. A
//! `reasoning_content` is dropped without a word. With `preserve_thinking=false` or `loss_scale=last_round` what stands
//! before `</think>` is taken out of earlier answers.
//!
//! Messages of the assistant that follow each other become one answer, those of the user one question without anything
//! between them. A record that ends with a question gets the header of an answer, and the empty thought. Templates without
//! an agent template (`chatml`, `minimind`, `gemma3_text`, `deepseek_v2_5`, `deepseek_r1`) raise on tools and calls.
//!
//! The keys `loss` and `loss_scale` of a message go before the strategy. `loss_scale` is no more than on or off there,
//! unless `is_binary_loss_scale=false`, or a scale with other numbers than 0 and 1 (`hermes`, `react`, `qwen`, `agentflan`,
//! `alpha_umi`) is named: then the weights count.
//!
//! A record that is longer than the maximum length is dropped, or cut with `truncation_strategy=left` or `right`. Images,
//! video and sound are out of scope.
//!
//! ## 中文
//!
//! `swift` 是 ms-swift 监督微调的掩码：由其自带模板写出的回答，按 `loss_scale` 加权。
//!
//! 依据 ms-swift 4.6.0：读取记录依据 `swift/dataset/preprocessor/core.py`（`MessagesPreprocessor`）和
//! `swift/template/template_inputs.py`，编码依据 `swift/template/base.py`（`Template.encode`，以及
//! `_swift_prepare_inputs`、`_swift_encode`、`_encode_context_list`、`_add_dynamic_eos` 和 `_truncate`），输出的内容依
//! 据 `swift/template/templates`，工具依据 `swift/agent_template/hermes.py` 和 `llama.py`，权重依据
//! `swift/loss_scale`。
//!
//! ms-swift 不使用分词器的对话模板，除非设置 `template_backend=jinja`，那样会训练全部内容。它有自己的模板，名称如
//! `qwen3`、`llama3`：请用 `swift:template=llama3` 指定所用的模板；不指定时为 `qwen3`。文本的各段各有权重，权重相同的相
//! 邻段会合并，合并后的每一段单独分词。
//!
//! 训练回答时，结束该轮的内容也会训练：`qwen3` 为 `<|im_end|>` 及其后的换行。最后一个回答即使自身被 `"loss": false` 掩
//! 码，其结束标记也会训练，因为结束标记不看这个键。以停止词结尾的回答不会再加一个。
//!
//! `qwen3` 会在每个不以思考内容开头的回答之前加上 `<think>\n\n</think>\n\n`，并训练它；`loss_scale=ignore_empty_think`
//! 使它不计入损失，`add_non_thinking_prefix=false` 则不写出它。`reasoning_content` 会被悄悄丢弃。设置
//! `preserve_thinking=false` 或 `loss_scale=last_round` 时，较早回答中 `</think>` 之前的内容会被去掉。
//!
//! 连续的 assistant 消息合并为一个回答，连续的 user 消息合并为一个提问，中间不加任何内容。以提问结尾的记录会加上回答的
//! 角色头和空的思考内容。没有 agent template 的模板（`chatml`、`minimind`、`gemma3_text`、`deepseek_v2_5`、
//! `deepseek_r1`）遇到工具和工具调用会抛出异常。
//! 消息的 `loss` 和 `loss_scale` 键优先于策略。其中的 `loss_scale` 只表示计入与否，除非设置
//! `is_binary_loss_scale=false`，或指定了含有 0 和 1 以外数值的 scale（`hermes`、`react`、`qwen`、`agentflan`、
//! `alpha_umi`）：此时权重生效。
//! 超过最大长度的记录会被丢弃；设置 `truncation_strategy=left` 或 `right` 时则截断。不支持图片、视频和音频。

mod agent;
mod context;
mod dialogue;
mod loss_scale;
mod record;
mod table;
mod thoughts;

use super::{Kind, LossMask, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::PolicyError;
use crate::json::is_true;
use crate::template::TemplateInput;
use crate::words::Said;
use crate::words::unavailable::Swift as Refusal;
use context::Piece;
use dialogue::Dialogue;
use loss_scale::{LossScale, Strategy};
use serde_json::{Value, json};
use std::sync::Arc;
use table::Template;
pub use table::{is_hybrid, names as template_names};

/// The `swift` policy.
pub(super) static KIND: Kind = Kind {
    name: "swift",
    who: Said { en: "ms-swift, `swift sft`", zh: "ms-swift 的 `swift sft`" },
    bits: Said {
        en: "answers as its template encodes them, with their end marker, weighed by `loss_scale`",
        zh: "其模板编码出的回答（含结束标记），按 `loss_scale` 加权",
    },
    options: &[
        OptionHelp {
            name: "template",
            key: None,
            value: "NAME",
            help: Said { en: "`--template`; qwen3 by default", zh: "`--template`；默认为 qwen3" },
        },
        OptionHelp {
            name: "loss_scale",
            key: None,
            value: "A+B",
            help: Said { en: "`--loss_scale`; default by default", zh: "`--loss_scale`；默认为 default" },
        },
        OptionHelp {
            name: "add_non_thinking_prefix",
            key: None,
            value: "true|false",
            help: Said {
                en: "whether answers without a thought get an empty one; true by default",
                zh: "是否为没有思考内容的回答补上空的思考块；默认为 true",
            },
        },
        OptionHelp {
            name: "preserve_thinking",
            key: None,
            value: "true|false",
            help: Said {
                en: "whether earlier answers keep their thoughts; by default they do, unless loss_scale=last_round",
                zh: "之前的回答是否保留思考内容；默认保留，loss_scale=last_round 时除外",
            },
        },
        OptionHelp {
            name: "enable_thinking",
            key: None,
            value: "true|false",
            help: Said {
                en: "`--enable_thinking`; by default as the template says",
                zh: "`--enable_thinking`；默认由模板决定",
            },
        },
        OptionHelp {
            name: "is_binary_loss_scale",
            key: None,
            value: "true|false",
            help: Said {
                en: "whether weights are only on or off; by default they are where the scale has 0 and 1 alone",
                zh: "权重是否只分计入与不计入；scale 只含 0 和 1 时默认如此",
            },
        },
        OptionHelp {
            name: "template_backend",
            key: None,
            value: "swift|jinja",
            help: Said {
                en: "jinja renders the tokenizer's chat template and trains everything; swift by default",
                zh: "jinja 渲染分词器的对话模板，并训练全部 token；默认为 swift",
            },
        },
        OptionHelp {
            name: "truncation_strategy",
            key: None,
            value: "delete|left|right",
            help: Said {
                en: "what is done with records longer than the maximum length; delete by default",
                zh: "如何处理超过最大长度的记录；默认为 delete",
            },
        },
    ],
    source: include_str!("swift.rs"),
    build,
};

/// What is done with a record that is longer than the maximum length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Long {
    #[default]
    Deleted,
    CutLeft,
    CutRight,
}

/// What writes the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Backend {
    /// ms-swift's own template.
    #[default]
    Swift,
    /// The tokenizer's chat template.
    Jinja,
}

/// Whether an answer without a thought gets an empty one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum EmptyThought {
    #[default]
    Added,
    LeftOut,
}

#[derive(Debug)]
struct Swift {
    template: &'static Template,
    loss_scale: LossScale,
    empty_thought: EmptyThought,
    preserve_thinking: Option<bool>,
    enable_thinking: Option<bool>,
    is_binary: Option<bool>,
    backend: Backend,
    long: Long,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    const LONG: [(&str, Long); 3] = [("delete", Long::Deleted), ("left", Long::CutLeft), ("right", Long::CutRight)];
    let templates: Vec<_> = table::TEMPLATES.iter().map(|template| (template.name, template)).collect();
    let prefix = [("true", EmptyThought::Added), ("false", EmptyThought::LeftOut)];
    let backends = [("swift", Backend::Swift), ("jinja", Backend::Jinja)];
    Ok(Rule::Record(Arc::new(Swift {
        template: options.one_of("template", &templates)?.unwrap_or(&table::QWEN3),
        loss_scale: LossScale::of(options)?,
        empty_thought: options.one_of("add_non_thinking_prefix", &prefix)?.unwrap_or_default(),
        preserve_thinking: options.boolean("preserve_thinking")?,
        enable_thinking: options.boolean("enable_thinking")?,
        is_binary: options.boolean("is_binary_loss_scale")?,
        backend: options.one_of("template_backend", &backends)?.unwrap_or_default(),
        long: options.one_of("truncation_strategy", &LONG)?.unwrap_or_default(),
    })))
}

/// A reason of ms-swift.
fn refused(why: Refusal) -> Unavailable {
    Unavailable::Swift(why)
}

impl RecordRule for Swift {
    fn flags(&self) -> Vec<&str> {
        vec!["loss", "loss_scale"]
    }

    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let mut dialogue = record::dialogue(&input)?;
        dialogue.prepare(self.template, self.backend)?;
        let pieces = match self.backend {
            Backend::Swift => self.own_pieces(&mut dialogue, input)?,
            Backend::Jinja => vec![(Piece::Text(self.rendered(&dialogue, input)?), 1.0)],
        };
        let encoded = self.encoded(&pieces, input)?;
        self.cut(encoded, input.max_length)
    }

    fn heeds_length(&self) -> bool {
        false
    }
}

impl Swift {
    fn strategy(&self) -> Strategy {
        self.loss_scale.strategy
    }

    /// A setting of the command line, where the record does not bring its own.
    fn setting(name: &str, own: Option<bool>, dialogue: &Dialogue) -> Option<bool> {
        dialogue.template_kwargs.get(name).filter(|value| !value.is_null()).map(is_true).or(own)
    }

    fn thinks(&self, dialogue: &Dialogue) -> bool {
        Self::setting("enable_thinking", self.enable_thinking, dialogue)
            .unwrap_or(self.template.is_thinking && self.template.non_thinking_prefix.is_empty())
    }

    fn preserves_thoughts(&self, dialogue: &Dialogue) -> bool {
        Self::setting("preserve_thinking", self.preserve_thinking, dialogue).unwrap_or_else(|| {
            let is_thinking = self.template.is_thinking || self.thinks(dialogue);
            !is_thinking || self.strategy() != Strategy::LastRound
        })
    }

    /// What ms-swift's own template writes, in pieces with their weights.
    fn own_pieces(&self, dialogue: &mut Dialogue, input: RecordInput<'_>) -> Result<Vec<(Piece, f64)>, Unavailable> {
        let template = self.template;
        if template.joins_system {
            dialogue.join_system()?;
        }
        if self.empty_thought == EmptyThought::Added {
            thoughts::add_empty(&mut dialogue.turns, template, self.strategy());
        }
        if !self.preserves_thoughts(dialogue) {
            thoughts::remove_from_history(&mut dialogue.turns);
        }
        let system = context::system(dialogue, template)?;
        dialogue.complete();
        let prefix = match dialogue.template_kwargs.get("response_prefix") {
            Some(Value::String(prefix)) => prefix.clone(),
            None | Some(Value::Null) if self.thinks(dialogue) => template.thinking_prefix.to_owned(),
            None | Some(Value::Null) => template.non_thinking_prefix.to_owned(),
            Some(_) => return Err(refused(Refusal::ResponsePrefix)),
        };
        let contexts = context::contexts(dialogue, template, system.as_deref(), &prefix, input.tokenizer)?;
        self.loss_scale.weighed(contexts, &dialogue.turns)
    }

    /// What the tokenizer's chat template writes.
    fn rendered(&self, dialogue: &Dialogue, input: RecordInput<'_>) -> Result<String, Unavailable> {
        let mut messages: Vec<Value> = dialogue.turns.iter().map(dialogue::Turn::message).collect();
        let system = dialogue.system.as_deref().or(self.template.default_system);
        if let Some(system) = system {
            messages.insert(0, json!({"role": "system", "content": system}));
        }
        let Some(last) = messages.last() else { return Err(refused(Refusal::NoTurns)) };
        let add_generation_prompt = last["role"] != "assistant";
        let mut kwargs = input.given.kwargs.clone();
        kwargs.remove("add_generation_prompt");
        if self.template.is_thinking || self.thinks(dialogue) {
            let own =
                [("enable_thinking", self.thinks(dialogue)), ("preserve_thinking", self.preserves_thoughts(dialogue))];
            for (name, value) in own {
                kwargs.entry(name).or_insert(Value::Bool(value));
            }
        }
        let tools = dialogue.tools.as_ref().map(|tools| Value::Array(tools.clone()));
        input.render(&TemplateInput {
            messages: &messages,
            tools: tools.as_ref(),
            add_generation_prompt,
            kwargs: &kwargs,
            ..input.given
        })
    }

    /// The tokens of the pieces, and their weights; 0 for those that are not in the loss.
    fn encoded(&self, pieces: &[(Piece, f64)], input: RecordInput<'_>) -> Result<Encoded, Unavailable> {
        let is_binary = self.is_binary.unwrap_or_else(|| self.loss_scale.is_binary());
        let mut encoded = Encoded::default();
        for (piece, weight) in context::joined(pieces) {
            match piece {
                Piece::Text(text) => encoded.ids.append(&mut input.tokenizer.ids(&text)?),
                Piece::Ids(mut ids) => encoded.ids.append(&mut ids),
            }
            encoded.labelled.resize(encoded.ids.len(), weight > 0.0);
            encoded
                .weights
                .resize(encoded.ids.len(), if is_binary { f64::from(u8::from(weight > 0.0)) } else { weight });
        }
        encoded.train_ends(&input.tokenizer.ids(self.template.suffix)?);
        encoded.forget_first().ok_or_else(|| refused(Refusal::NothingWritten))?;
        Ok(encoded)
    }

    fn cut(&self, mut encoded: Encoded, maximum: Option<usize>) -> Result<Trained, Unavailable> {
        let length = encoded.ids.len();
        let mut places = Vec::new();
        if let Some(maximum) = maximum.filter(|maximum| length > *maximum) {
            let kept = match self.long {
                Long::Deleted => return Err(refused(Refusal::TooLong { length, maximum })),
                Long::CutLeft => length - maximum..length,
                Long::CutRight => 0..maximum,
            };
            encoded = encoded.slice(kept.clone());
            places.push(kept);
            encoded.forget_first().ok_or_else(|| refused(Refusal::NothingWritten))?;
        }
        let weights: Vec<f32> = encoded
            .labelled
            .iter()
            .zip(&encoded.weights)
            .map(|(labelled, weight)| if *labelled { *weight as f32 } else { 0.0 })
            .collect();
        Ok(Trained { kept: places, ..Trained::new(encoded.ids, LossMask::of_weights(&weights)) })
    }
}

/// Tokens with their labels and weights.
#[derive(Debug, Default)]
struct Encoded {
    ids: Vec<u32>,
    /// Whether a token has a label.
    labelled: Vec<bool>,
    weights: Vec<f64>,
}

impl Encoded {
    /// Trains the end of a turn where it stands without a label behind trained tokens.
    fn train_ends(&mut self, suffix: &[u32]) {
        let mut start = 0;
        for at in 1..=self.labelled.len() {
            let is_end = at == self.labelled.len();
            if self.labelled[at - 1] {
                if !is_end && !self.labelled[at] {
                    start = at;
                }
            } else if start > 0
                && (is_end || self.labelled[at])
                && at - start >= suffix.len()
                && self.ids[start..start + suffix.len()] == *suffix
            {
                let end = start..start + suffix.len();
                self.labelled[end.clone()].fill(true);
                if self.weights[end.clone()].iter().all(|weight| *weight == 0.0) {
                    self.weights[end].fill(1.0);
                }
            }
        }
    }

    /// Takes the first token out of the loss; `None` where there is none.
    fn forget_first(&mut self) -> Option<()> {
        *self.labelled.first_mut()? = false;
        *self.weights.first_mut()? = 0.0;
        Some(())
    }

    fn slice(self, kept: std::ops::Range<usize>) -> Self {
        Self {
            ids: self.ids[kept.clone()].to_vec(),
            labelled: self.labelled[kept.clone()].to_vec(),
            weights: self.weights[kept].to_vec(),
        }
    }
}

#[cfg(test)]
mod tests;
