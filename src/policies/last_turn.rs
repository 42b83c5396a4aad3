//! `last-turn` trains on the last assistant message alone, with its end marker.
//!
//! What tinker's cookbook calls `TrainOnWhat.LAST_ASSISTANT_MESSAGE` (`tinker_cookbook/renderers`), and what many
//! hand-written collators do. Nothing is searched for: the message is the one that the template wrote it from. What
//! stands between its header and its end is in the loss, thoughts and tool calls too, and so is the end marker.
//!
//! In a conversation of several turns the earlier answers are context only. To train on each of them, make a record of
//! each turn, or choose another policy.
//!
//! ## 中文
//!
//! `last-turn` 只训练最后一条 assistant 消息及其结束标记。
//!
//! tinker cookbook 称之为 `TrainOnWhat.LAST_ASSISTANT_MESSAGE`（`tinker_cookbook/renderers`），许多手写的 collator 也是
//! 这样做的。它不搜索标记：消息的位置由模板的输出得知。角色头与结尾之间的全部内容都计入损失，包括思考内容和工具调用，
//! 结束标记也计入。
//!
//! 在多轮对话中，较早的回答只作为上下文。要训练每个回答，请把每一轮做成一条记录，或选择其他策略。

use super::turn::{answer, assistants};
use super::{Kind, LossMask, MaskInput, Rule, SequenceRule, Unavailable};
use crate::words::Said;
use std::sync::Arc;

/// The `last-turn` policy.
pub(super) static KIND: Kind = Kind {
    name: "last-turn",
    who: Said {
        en: "tinker's last assistant message, and many hand-written collators",
        zh: "tinker 的最后一条 assistant 消息，以及许多手写的 collator",
    },
    bits: Said {
        en: "the last assistant message with its end marker", zh: "最后一条 assistant 消息及其结束标记"
    },
    options: &[],
    source: include_str!("last_turn.rs"),
    build: |_| Ok(Rule::Sequence(Arc::new(LastTurn))),
};

#[derive(Debug)]
struct LastTurn;

impl SequenceRule for LastTurn {
    fn mask(&self, input: MaskInput<'_>) -> Result<LossMask, Unavailable> {
        let last = assistants(input.conversation).next_back().ok_or(Unavailable::NoAssistant)?;
        let mut mask = LossMask::none(input.sequence.len());
        mask.set(answer(input.sequence, last)?);
        Ok(mask)
    }
}
