//! `oumi` is the mask of Oumi's `text_completions_only_with_padding`: what stands between the assistant's header and the end
//! of turn, which is trained too.
//!
//! Follows oumi 0.9, `oumi/builders/collators.py`, `resolve_collator_templates`, with `DataCollatorForCompletionOnlyLM` of
//! `oumi/core/collators/trl_data_collator_for_completion_only_lm.py`. Header and end marker are found by rendering a probe
//! conversation. The header loses its newlines at the end and a think block, so a newline behind it is trained with the
//! answer; it is no longer than the generation prompt. Its ids are looked for in the ids of the conversation, and from there
//! on those of the end marker.
//!
//! Pad tokens at the end of a record do not count as part of it. Where the pad token is the EOS, as with DeepSeek, the last
//! end marker is not trained; and where an end is not found, the answer goes on to the end of the record.
//!
//! `train_target=final_assistant_turn` trains everything behind the last header but for pad tokens.
//!
//! Records go through Oumi's own types first, which keep only the keys that they know, want an `id` for each call, and bring
//! arguments to the form that the chat template is found to take.
//!
//! ## 中文
//!
//! `oumi` 是 Oumi 的 `text_completions_only_with_padding` 的掩码：从 assistant 角色头之后到轮次结束，结束标记也训
//! 练。
//!
//! 依据 oumi 0.9 的 `oumi/builders/collators.py` 中的 `resolve_collator_templates`，以及
//! `oumi/core/collators/trl_data_collator_for_completion_only_lm.py` 的 `DataCollatorForCompletionOnlyLM`。角色头和轮次
//! 结束标记由渲染一段试探对话得出。角色头会去掉末尾的换行和思考块，因此其后的换行会与回答一起训练；它不会比生成提示更
//! 长。它在对话的 id 中搜索角色头的 id，再从那里搜索结束标记的 id。
//!
//! 记录末尾的 pad token 不算记录的一部分。如果 pad token 就是 EOS（例如 DeepSeek），最后一个结束标记不训练；如果找
//! 不到结束标记，回答会一直延续到记录末尾。
//!
//! `train_target=final_assistant_turn` 训练最后一个角色头之后除 pad token 以外的全部内容。
//!
//! 记录会先经过 Oumi 自己的类型：只保留已知的键，要求每个工具调用有 `id`，并把参数变为对话模板所接受的形式。

mod probe;
mod typed;

use super::parts::{self, Renderer};
use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::PolicyError;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use probe::Boundaries;
use std::sync::Arc;

/// The `oumi` policy.
pub(super) static KIND: Kind = Kind {
    name: "oumi",
    who: Said { en: "Oumi's `train_target`", zh: "Oumi 的 `train_target`" },
    bits: Said {
        en: "from the assistant's header, without its newline, to the end marker",
        zh: "从 assistant 角色头（不含换行）之后到结束标记",
    },
    options: &[OptionHelp {
        name: "train_target",
        key: None,
        value: "all_assistant_turns|final_assistant_turn",
        help: Said { en: "all_assistant_turns by default", zh: "默认为 all_assistant_turns" },
    }],
    source: include_str!("oumi.rs"),
    build,
};

/// Which turns are trained.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Target {
    #[default]
    All,
    Final,
}

#[derive(Debug)]
struct Oumi {
    target: Target,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    const TARGETS: [(&str, Target); 2] =
        [("all_assistant_turns", Target::All), ("final_assistant_turn", Target::Final)];
    Ok(Rule::Record(Arc::new(Oumi { target: options.one_of("train_target", &TARGETS)?.unwrap_or_default() })))
}

impl RecordRule for Oumi {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let renderer = Renderer::new("Oumi", input).with_tools(None);
        let boundaries = Boundaries::found_by(&renderer)?;
        let (messages, tools) = typed::conversation(&renderer, input.messages()?, input.given.tools)?;
        let renderer = renderer.with_tools(tools.as_ref());
        let mut ids = renderer.rendered_ids(&messages, GenerationPrompt::LeftOut)?;
        ids.truncate(input.max_length.unwrap_or(usize::MAX));
        let pad = renderer.tokenizer().special_id("pad_token");
        let bits = match self.target {
            Target::All => boundaries.all_turns(&ids, pad),
            Target::Final => boundaries.final_turn(&ids, pad),
        };
        Ok(parts::trained(ids, bits))
    }

    fn heeds_length(&self) -> bool {
        false
    }
}

impl Boundaries {
    fn all_turns(&self, ids: &[u32], pad: Option<u32>) -> Vec<bool> {
        let mut bits = vec![false; ids.len()];
        let length = ids.iter().rposition(|id| Some(*id) != pad).map_or(0, |last| last + 1);
        let ids = &ids[..length];
        let mut from = 0;
        while let Some(header) = parts::find(ids, &self.header, from) {
            let start = header + self.header.len();
            let end = parts::find(ids, &self.end, start);
            if start < end.unwrap_or(length) {
                parts::set(&mut bits, start..end.map_or(length, |end| end + self.end.len()));
            }
            from = header + 1;
        }
        bits
    }

    fn final_turn(&self, ids: &[u32], pad: Option<u32>) -> Vec<bool> {
        let headers = ids.windows(self.header.len().max(1));
        // Pad tokens are masked before the header is looked for.
        let is_header = |window: &[u32]| window == self.header && !window.iter().any(|id| Some(*id) == pad);
        let start = headers.enumerate().rfind(|(_, window)| is_header(window));
        let start = start.map_or(ids.len(), |(at, _)| at + self.header.len());
        ids.iter().enumerate().map(|(at, id)| at >= start && Some(*id) != pad).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::oracle;

    #[test]
    fn it_gives_what_the_trainer_gives() {
        oracle::agrees("oumi");
    }

    #[test]
    fn an_end_that_is_the_pad_token_is_not_trained_at_the_end() {
        let boundaries = Boundaries { header: vec![7], end: vec![1] };
        let digits = |bits: Vec<bool>| bits.into_iter().map(|bit| if bit { '1' } else { '0' }).collect::<String>();
        assert_eq!(digits(boundaries.all_turns(&[7, 2, 1, 3, 7, 2, 1], Some(1))), "0110010");
        assert_eq!(digits(boundaries.all_turns(&[7, 2, 1, 3, 7, 2, 1], None)), "0110011");
        assert_eq!(digits(boundaries.final_turn(&[7, 2, 1, 3, 7, 2, 1], Some(1))), "0000010");
        assert_eq!(digits(boundaries.final_turn(&[2, 1], Some(1))), "00");
    }
}
