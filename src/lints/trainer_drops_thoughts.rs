//! The trainer drops the thoughts of an answer.
//!
//! ## What it does
//!
//! Reports, where a policy has tokens of its own, the first answer whose thoughts (`reasoning_content`, or what stands in
//! `<think>` tags of its content) are nowhere in them.
//!
//! ## Why it hurts
//!
//! verl renders each message alone, and a template that shows thoughts only behind a question then writes none; ms-swift
//! does not read `reasoning_content`. The model is trained to answer without thinking, on data that were made for thoughts.
//!
//! ## Example
//!
//! Found, with `-p verl:ignore_input_ids_mismatch=true` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {% if message.reasoning_content and loop.index0 > 0 %}<think>{{ message.reasoning_content }}</think>{% endif %}{{ message.content }}</s>
//! {% endfor %}{% if add_generation_prompt %}<s>assistant
//! {% endif %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"},
//!  {"role": "assistant", "reasoning_content": "7 has no divisors.", "content": "Yes."}]}
//! ```
//!
//! Found, with `-p swift --tokenizer chatml`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"},
//!  {"role": "assistant", "reasoning_content": "7 has no divisors.", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p swift --tokenizer chatml`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"},
//!  {"role": "assistant", "content": "<think>\n7 has no divisors.\n</think>\n\nYes."}]}
//! ```
//!
//! ## What to do
//!
//! Write the thoughts into the content, between the tags that the model has for them, or take a trainer and a template that
//! keep them.
//!
//! ## 作用
//!
//! 当策略有自己的 token 时，报告第一个这样的回答：其思考内容（`reasoning_content`，或内容中 `<think>` 标签之间的部分）
//! 完全没有出现在这些 token 中。
//!
//! ## 危害
//!
//! verl 单独渲染每条消息，而只在提问之后才显示思考内容的模板此时不会写出它；ms-swift 不读取 `reasoning_content`。数
//! 据本为训练思考而准备，训练出的模型却不经思考就回答。
//!
//! ## 处理方法
//!
//! 把思考内容写进内容中，放在模型所用的标签之间；或使用会保留它的训练框架和模板。

use super::parts::dropped_thoughts;
use super::{Check, Family, Lint, Severity};
use crate::sequence::Written;
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `trainer-drops-thoughts` lint.
pub(super) static LINT: Lint = Lint {
    code: "trainer-drops-thoughts",
    family: Family::Mask,
    summary: Said {
        en: "the trainer drops the thoughts of an answer", zh: "训练框架丢弃了回答的思考内容"
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("trainer_drops_thoughts.rs"),
    check: Check::Mask(|view, sink| {
        // The tokens on show are those of the first policy.
        let is_own = view.record.masks.first().is_some_and(|shown| shown.policy == view.policy);
        if !is_own || view.record.sequence.written != Written::Trainer {
            return;
        }
        if let Some((message, answers)) = dropped_thoughts(view.record) {
            sink.at_message(message, MaskFault::TrainerDropsThoughts { message, answers });
        }
    }),
};
