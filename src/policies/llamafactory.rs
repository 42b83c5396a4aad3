//! `llamafactory` is the mask of LLaMA-Factory's supervised fine-tuning: the answers as its own template writes them.
//!
//! Follows LLaMA-Factory 0.9.5 (at ff6d4d1): `data/converter.py` for how a record is read, `data/template.py`
//! (`encode_multiturn`, `_encode`, `fix_special_tokens`), `data/formatter.py` and `data/tool_utils.py` for what is
//! written, `data/processor/supervised.py` (`_encode_data_example`) and `processor_utils.py` (`infer_seqlen`) for
//! labels and the cut.
//!
//! LLaMA-Factory does not use the chat template of the tokenizer. It has templates of its own under names such as
//! `qwen3` or `llama3`, and tokenizes the question and the answer of each pair apart. With `train_on_prompt: false` the
//! question, its header and the header of the answer are left out of the loss; the answer and what the template puts
//! after it, such as `<|im_end|>\n`, are in it. Templates with `efficient_eos` put nothing there: the first token of
//! the next question is trained in its place, and one EOS at the very end.
//!
//! A mask is given only where LLaMA-Factory's tokens are those of the chat template, and the reason names the first
//! token that differs. Usual causes: a system prompt that only one of the two adds, thoughts that only one of the two
//! writes, white space that the chat template strips, tokens that merge over the edge of a turn.
//!
//! Name the template that you train with: `llamafactory:template=qwen3`. Without a name, the first whose tokens are the
//! same is taken. Reasoning templates such as `qwen3` put empty thoughts before answers that have none, in the loss;
//! with `thinking=off` (`enable_thinking: false`) they take thoughts out, and the empty ones are not in the loss.
//!
//! `history=masked` is `mask_history`: only the last answer is in the loss, and reasoning templates take the thoughts
//! out of earlier answers, unless `past-thoughts=kept` (`preserve_thinking: true`).
//!
//! The turns must alternate: records in which they do not, or which end with a question, are skipped there, and have no
//! mask here. Records with `tool_calls`, or with results of tools in a row, are read as a data set with
//! `formatting: openai` is, and all others as one with `formatting: sharegpt` is; `format=NAME` decides for all. The
//! converter for `openai` adds `detailed thinking off` to the system prompt of every record without tools.
//!
//! Tool calls and tools are written in the tool format of the template, or in that of `tool-format=NAME`. Images, video
//! and sound are out of scope. LLaMA-Factory cuts at `cutoff_len` (2048 if nothing is said); give the same number to
//! `--max-length`. It cuts question and answer of each pair, not the end of the sequence.
//!
//! ## 中文
//!
//! `llamafactory` 是 LLaMA-Factory 监督微调的掩码：由其自带模板写出的回答。
//!
//! 依据 LLaMA-Factory 0.9.5（提交 ff6d4d1）：读取记录依据 `data/converter.py`，输出的内容依据 `data/template.py`
//! （`encode_multiturn`、`_encode`、`fix_special_tokens`）、`data/formatter.py` 和 `data/tool_utils.py`，标签与截断依据
//! `data/processor/supervised.py`（`_encode_data_example`）和 `processor_utils.py`（`infer_seqlen`）。
//!
//! LLaMA-Factory 不使用分词器的对话模板。它有自己的模板，名称如 `qwen3`、`llama3`，并对每一对的提问和回答分别分词。
//! `train_on_prompt: false` 时，提问及其角色头，以及回答的角色头不计入损失；回答和模板写在其后的内容（例如
//! `<|im_end|>\n`）计入损失。带 `efficient_eos` 的模板在回答之后什么都不写：改为训练下一个提问的第一个 token，并在最末
//! 尾训练一个 EOS。
//!
//! 只有 LLaMA-Factory 的 token 与对话模板的 token 相同时才给出掩码，否则在原因中指出第一个不同的 token。常见原因有：只
//! 有一方加入 system 提示，只有一方写出思考内容，对话模板去掉了空白，以及 token 跨越轮次的边界合并。
//!
//! 请指定训练所用的模板：`llamafactory:template=qwen3`。不指定时，采用第一个 token 相同的模板。`qwen3` 等推理模板会在没
//! 有思考内容的回答之前加上空的思考内容，并计入损失；指定 `thinking=off`（`enable_thinking: false`）时则去掉思考内容，
//! 空的思考内容也不计入损失。`history=masked` 即 `mask_history`：只有最后一个回答计入损失，推理模板还会去掉较早回答的思
//! 考内容，除非指定 `past-thoughts=kept`（`preserve_thinking: true`）。
//!
//! 各轮必须交替：不交替或以提问结尾的记录，LLaMA-Factory 会跳过，这里也没有掩码。含有 `tool_calls` 或连续工具结果的记
//! 录，按 `formatting: openai` 的数据集读取，其余按 `formatting: sharegpt` 读取；`format=NAME` 可统一指定。`openai` 的
//! 转换器会在没有工具的每条记录的 system 提示中加上 `detailed thinking off`。
//!
//! 工具调用和工具按模板的工具格式写出，也可以用 `tool-format=NAME` 指定。不支持图片、视频和音频。LLaMA-Factory 按
//! `cutoff_len`（未指定时为 2048）截断，请在 `--max-length` 中给出相同的数字。它截断的是每一对的提问和回答，而不是序列
//! 的末尾。

mod convert;
mod encode;
mod guess;
mod process;
mod table;
mod template;
mod tools;
mod vocabulary;

use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::{OptionValue, PolicyError};
use crate::words::Said;
use convert::Converter;
use guess::Guess;
use std::sync::Arc;
use template::Template;
use tools::ToolFormat;

/// The `llamafactory` policy.
pub(super) static KIND: Kind = Kind {
    name: "llamafactory",
    who: Said {
        en: "LLaMA-Factory, `train_on_prompt: false`",
        zh: "LLaMA-Factory 的默认设置，`train_on_prompt: false`",
    },
    bits: Said { en: "responses as its template encodes them", zh: "其模板编码出的回答" },
    options: &[
        OptionHelp {
            name: "template",
            key: None,
            value: "NAME",
            help: Said {
                en: "LLaMA-Factory's template; found automatically by default",
                zh: "LLaMA-Factory 的模板；不指定时自动识别",
            },
        },
        OptionHelp {
            name: "history",
            key: Some("mask_history"),
            value: "masked",
            help: Said {
                en: "only the last answer is trained: `mask_history: true`",
                zh: "只训练最后一个回答：`mask_history: true`",
            },
        },
        OptionHelp {
            name: "prompt",
            key: Some("train_on_prompt"),
            value: "trained",
            help: Said {
                en: "questions are trained too: `train_on_prompt: true`",
                zh: "提问也计入损失：`train_on_prompt: true`",
            },
        },
        OptionHelp {
            name: "thinking",
            key: Some("enable_thinking"),
            value: "on|off|unset",
            help: Said {
                en: "`enable_thinking: true` (the default), `false` or `null`, for reasoning templates",
                zh: "`enable_thinking: true`（默认）、`false` 或 `null`，用于推理模板",
            },
        },
        OptionHelp {
            name: "past-thoughts",
            key: Some("preserve_thinking"),
            value: "kept",
            help: Said {
                en: "thoughts of earlier answers stay with history=masked: `preserve_thinking: true`",
                zh: "history=masked 时保留之前回答的思考内容：`preserve_thinking: true`",
            },
        },
        OptionHelp {
            name: "tools",
            key: None,
            value: "read",
            help: Said {
                en: "the record's tools are read: `columns` of dataset_info.json names `tools`",
                zh: "读取记录中的工具：dataset_info.json 的 `columns` 指定了 `tools`",
            },
        },
        OptionHelp {
            name: "tool-format",
            key: Some("tool_format"),
            value: "NAME",
            help: Said {
                en: "how tools and calls are written: `tool_format`",
                zh: "工具与工具调用的写法：`tool_format`",
            },
        },
        OptionHelp {
            name: "format",
            key: Some("formatting"),
            value: "sharegpt|openai",
            help: Said { en: "how the data set is read: `formatting`", zh: "数据集的读取方式：`formatting`" },
        },
    ],
    source: include_str!("llamafactory.rs"),
    build,
};

/// Whether earlier answers are in the loss.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum History {
    #[default]
    Trained,
    Masked,
}

/// Whether questions are in the loss.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Prompt {
    #[default]
    Masked,
    Trained,
}

/// What is done with the thoughts of a reasoning template.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Thinking {
    #[default]
    On,
    Off,
    Unset,
}

/// What becomes of the thoughts of earlier answers, where history is masked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum PastThoughts {
    #[default]
    Discarded,
    Kept,
}

/// The arguments of LLaMA-Factory that change the mask.
#[derive(Debug, Clone, Copy, Default)]
struct Settings {
    history: History,
    prompt: Prompt,
    thinking: Thinking,
    past_thoughts: PastThoughts,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    Ok(Rule::Record(Arc::new(LlamaFactory::of(options)?)))
}

#[derive(Debug)]
struct LlamaFactory {
    /// The template that was named.
    template: Option<&'static Template<'static>>,
    settings: Settings,
    /// The tool format that was named.
    tools: Option<ToolFormat>,
    /// The converter that was named.
    converter: Option<Converter>,
    offered: OfferedTools,
}

/// Whether the tools of a record are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum OfferedTools {
    /// They are not, as long as `dataset_info.json` names no column for them.
    #[default]
    Unread,
    Read,
}

/// The most tokens that a record may have.
fn cutoff(input: RecordInput<'_>) -> usize {
    input.max_length.unwrap_or(usize::MAX)
}

impl LlamaFactory {
    fn of(options: &mut Options) -> Result<Self, PolicyError> {
        let names: Vec<_> = table::templates().map(|template| (template.name, template.name)).collect();
        let formats: Vec<_> = ToolFormat::ALL.iter().map(|format| (format.name, *format)).collect();
        let thinking = [("on", Thinking::On), ("off", Thinking::Off), ("unset", Thinking::Unset)];
        let settings = Settings {
            history: options.one_of("history", &[("masked", History::Masked)])?.unwrap_or_default(),
            prompt: options.one_of("prompt", &[("trained", Prompt::Trained)])?.unwrap_or_default(),
            thinking: options.one_of("thinking", &thinking)?.unwrap_or_default(),
            past_thoughts: options.one_of("past-thoughts", &[("kept", PastThoughts::Kept)])?.unwrap_or_default(),
        };
        if settings.history == History::Masked && settings.prompt == Prompt::Trained {
            return Err(options.bad_value(
                "prompt",
                "trained",
                OptionValue::NotWith { trainer: "LLaMA-Factory", other: "history=masked" },
            ));
        }
        let template = options.one_of("template", &names)?.and_then(table::by_name);
        let tools = options.one_of("tool-format", &formats)?;
        let converters = [("sharegpt", Converter::Sharegpt), ("openai", Converter::OpenAi)];
        let converter = options.one_of("format", &converters)?;
        let offered = options.one_of("tools", &[("read", OfferedTools::Read)])?.unwrap_or_default();
        Ok(Self { template, settings, tools, converter, offered })
    }

    /// A template with the tool format that was named.
    fn with_tools(&self, template: &Template<'static>) -> Template<'static> {
        self.tools.map_or(*template, |format| template.with_tool_format(format))
    }

    fn outcome(&self, input: RecordInput<'_>) -> Result<Guess, Unavailable> {
        input.messages()?;
        let mut dialogue = convert::dialogue(input.conversation, input.schema, self.converter)?;
        if self.offered == OfferedTools::Unread {
            dialogue.tools = None;
        }
        let Some(template) = self.template.map(|template| self.with_tools(template)) else {
            return guess::guess(input, &dialogue, self.settings, self.tools);
        };
        let pairs = encode::pairs(&template, &dialogue, self.settings, input.given.now)?;
        let vocabulary = vocabulary::Vocabulary::of(input.tokenizer, &template);
        let trained = process::trained(&template, &pairs, &vocabulary, self.settings, cutoff(input));
        Ok(Guess { name: template.name.to_owned(), trained })
    }
}

impl RecordRule for LlamaFactory {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let Guess { name, trained } = self.outcome(input)?;
        trained.map_err(|why| Unavailable::WithLlamaFactoryTemplate { template: name.into(), why: Box::new(why) })
    }

    fn heeds_length(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
