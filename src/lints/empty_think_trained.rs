//! An empty think block is trained.
//!
//! ## What it does
//!
//! Reports, for each mask, a trained token of `<think>` and `</think>` with nothing but white space between.
//!
//! ## Why it hurts
//!
//! The model learns not to think at all, whatever it is asked to do.
//!
//! ## Example
//!
//! Found, with `-p minimind` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "<think>\n\n</think>\n\nYes."}]}
//! ```
//!
//! Not found, with `-p minimind` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Found, with `-p swift --tokenizer chatml`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p swift:add_non_thinking_prefix=false --tokenizer chatml`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p swift:loss_scale=ignore_empty_think --tokenizer chatml`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Keep the block out of the loss, or leave it out of the data and let the template write it into the prompt
//! (`enable_thinking`).
//!
//! ## 作用
//!
//! 对每个掩码，报告只含空白的 `<think>` 与 `</think>` 中被训练的 token。
//!
//! ## 危害
//!
//! 无论要求做什么，模型都会学着不思考。
//!
//! ## 处理方法
//!
//! 不把该思考块计入损失；或从数据中去掉它，由模板写进提示（`enable_thinking`）。

use super::parts::token_behind;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `empty-think-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "empty-think-trained",
    family: Family::Mask,
    summary: Said { en: "an empty think block is trained", zh: "空的思考块被训练" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("empty_think_trained.rs"),
    check: Check::Mask(|view, sink| {
        let sequence = view.record.sequence;
        let (mut blocks, mut first) = (0, None);
        for (at, open) in sequence.text.match_indices("<think>") {
            let inside = at + open.len();
            if !sequence.text[inside..].trim_start().starts_with("</think>") {
                continue;
            }
            let token = token_behind(sequence, at);
            if view.mask.get(token) {
                blocks += 1;
                first.get_or_insert(token);
            }
        }
        if let Some(token) = first {
            sink.at_tokens(token..token + 1, MaskFault::EmptyThinkTrained { blocks });
        }
    }),
};
