//! The white space after the end marker is trained.
//!
//! ## What it does
//!
//! Reports, for each mask, trained white space after the end marker of an answer.
//!
//! ## Why it hurts
//!
//! No server waits for that token. It costs next to nothing, and whether it belongs into the loss is a matter of dispute.
//!
//! ## Example
//!
//! Found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Found, with `-p swift --tokenizer chatml`, since ms-swift trains the newline after `<|im_end|>`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p axolotl`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Nothing needs to be done; a policy that trains the end marker alone leaves it out.
//!
//! ## 作用
//!
//! 对每个掩码，报告回答的结束标记之后被训练的空白。
//!
//! ## 危害
//!
//! 没有推理服务会等待这个 token。它几乎没有代价，是否应计入损失尚有争议。
//!
//! ## 处理方法
//!
//! 无需处理；只训练结束标记本身的策略不会训练它。

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `newline-after-end-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "newline-after-end-trained",
    family: Family::Mask,
    summary: Said { en: "the white space after the end marker is trained", zh: "结束标记之后的空白被训练" },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("newline_after_end_trained.rs"),
    check: Check::Mask(|view, sink| {
        let sequence = view.record.sequence;
        let space = |answer: super::parts::AnswerView<'_>| {
            let mut after = answer.end_marker.map_or(0..0, |marker| marker + 1..answer.tokens.end);
            let is_trained = |token: &usize| view.mask.get(*token) && sequence.text_of(*token).trim().is_empty();
            let first = after.find(is_trained)?;
            Some((answer.message, first..after.take_while(is_trained).last().unwrap_or(first) + 1))
        };
        let mut found = answers(view.record).filter_map(space);
        if let Some((message, tokens)) = found.next() {
            sink.at_tokens(tokens, MaskFault::SpaceAfterEnd { message, answers: 1 + found.count() });
        }
    }),
};
