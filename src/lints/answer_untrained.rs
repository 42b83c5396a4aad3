//! Some answers of a record are trained and others are not.
//!
//! ## What it does
//!
//! Reports, for each mask, a record of which some answers have trained tokens and others none. Left out are policies that
//! mean to train the last answer alone, and messages with a key of their own that the policy reads.
//!
//! ## Why it hurts
//!
//! A conversation of ten turns teaches what one turn does, at the price of ten.
//!
//! ## Example
//!
//! Found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "    Yes, it is."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No, it is not."}]}
//! ```
//!
//! Not found, with `-p last-turn`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes, it is."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No, it is not."}]}
//! ```
//!
//! ## What to do
//!
//! Where that is not meant, choose a policy that trains every answer, and look whether a marker is merged in those that
//! are skipped.
//!
//! ## 作用
//!
//! 对每个掩码，报告部分回答有 token 被训练、其余回答完全没有训练的记录。本来就只训练最后一个回答的策略，以及带有该
//! 策略所读取的标志的消息，不在此列。
//!
//! ## 危害
//!
//! 十轮对话只起到一轮的训练作用，却付出十轮的代价。
//!
//! ## 处理方法
//!
//! 如果这不是有意为之，请选择训练每个回答的策略，并检查被跳过的回答中标记是否与后面的文本合并成了一个 token。

use super::parts::{answers, means_the_last_alone};
use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `answer-untrained` lint.
pub(super) static LINT: Lint = Lint {
    code: "answer-untrained",
    family: Family::Mask,
    summary: Said {
        en: "some answers of a record are trained and others are not",
        zh: "一条记录中有的回答被训练，有的没有",
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::EveryAnswer],
    source: include_str!("answer_untrained.rs"),
    check: Check::Mask(|view, sink| {
        if means_the_last_alone(view.policy.name()) {
            return;
        }
        let flags = view.policy.flags();
        let messages = &view.record.conversation.messages;
        let has_flag =
            |message: usize| flags.iter().any(|key| messages.get(message).is_some_and(|said| said.get(key).is_some()));
        let (mut count, mut skipped, mut first) = (0, 0, None);
        for answer in answers(view.record) {
            if has_flag(answer.message) || answer.content_tokens().next().is_none() {
                continue;
            }
            count += 1;
            if answer.content_tokens().all(|token| !view.mask.get(token)) {
                skipped += 1;
                first.get_or_insert(answer.message);
            }
        }
        if let Some(message) = first.filter(|_| skipped < count) {
            sink.at_message(message, MaskFault::AnswersUntrained { message, skipped, answers: count });
        }
    }),
};
