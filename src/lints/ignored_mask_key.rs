//! A key says what is to be trained, and this policy does not read it.
//!
//! ## What it does
//!
//! Reports, for each mask, a record with messages that have one of the keys `train`, `training`, `weight`, `loss`,
//! `loss_mask`, `loss_weight`, `masked`, `trainable` or `step_loss_mask` that turns training off, where the policy trains
//! tokens of that message nevertheless.
//!
//! ## Why it hurts
//!
//! Every trainer has keys of its own for this, and reads no other: what the data keeps out of the loss is trained.
//!
//! ## Example
//!
//! Found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "No.", "loss_mask": 0},
//!               {"role": "user", "content": "Sure?"}, {"role": "assistant", "content": "Yes, it is."}]}
//! ```
//!
//! Not found, with `-p messages`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "No.", "weight": 0},
//!               {"role": "user", "content": "Sure?"}, {"role": "assistant", "content": "Yes, it is."}]}
//! ```
//!
//! ## What to do
//!
//! Rename the key to that of the trainer (`train` for axolotl, `loss` for ms-swift, `weight` for OpenAI-like trainers),
//! or choose the policy that reads it.
//!
//! ## 作用
//!
//! 对每个掩码，报告这样的记录：其中有消息用 `train`、`training`、`weight`、`loss`、`loss_mask`、`loss_weight`、
//! `masked`、`trainable` 或 `step_loss_mask` 之一关闭了训练，而策略仍然训练了该消息的 token。
//!
//! ## 危害
//!
//! 每个训练框架都有自己的键，不读取其他键：数据要求排除在损失之外的内容仍被训练。
//!
//! ## 处理方法
//!
//! 把键改为训练框架所用的名称（axolotl 为 `train`，ms-swift 为 `loss`，类 OpenAI 的训练框架为 `weight`），或选择读
//! 取该键的策略。

use super::{Check, Family, Lint, Severity};
use crate::conversation::Message;
use crate::words::Said;
use crate::words::faults::MaskFault;
use serde_json::Value;

/// The `ignored-mask-key` lint.
pub(super) static LINT: Lint = Lint {
    code: "ignored-mask-key",
    family: Family::Mask,
    summary: Said {
        en: "a key says what is to be trained, and this policy does not read it",
        zh: "记录用键指定了训练范围，而该策略不读取它",
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("ignored_mask_key.rs"),
    check: Check::Mask(|view, sink| {
        for turn in view.record.turns().iter() {
            let sequence = view.record.sequence;
            let Some(message) = turn.span(sequence).message else { continue };
            let Some(key) = view.record.conversation.messages.get(message).and_then(turned_off) else { continue };
            let mut content = turn.content(sequence).flat_map(|run| run.tokens.clone());
            if content.any(|token| view.mask.get(token)) {
                sink.at_message(message, MaskFault::IgnoredKey { message, key });
            }
        }
    }),
};

/// Keys that trainers read, with the value that turns training off.
const KEYS: &[(&str, bool)] = &[
    ("train", false),
    ("training", false),
    ("weight", false),
    ("loss", false),
    ("loss_mask", false),
    ("loss_weight", false),
    ("masked", true),
    ("trainable", false),
    ("step_loss_mask", false),
];

/// The first key by which the message keeps itself out of the loss.
pub(super) fn turned_off(message: &Message) -> Option<&'static str> {
    KEYS.iter().find(|(key, off)| message.get(key).and_then(truth) == Some(*off)).map(|(key, _)| *key)
}

/// Whether a flag or a number says yes; `None` for anything else.
fn truth(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| value.as_f64().map(|number| number != 0.0))
}
