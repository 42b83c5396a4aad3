//! The first token of an answer is left out of the loss.
//!
//! ## What it does
//!
//! Reports, for each mask, answers whose first content token is not trained though a later one is.
//!
//! ## Why it hurts
//!
//! The first token decides how an answer begins. On short answers it is half of what there is to learn: a yes or no is
//! not trained at all.
//!
//! ## Example
//!
//! Found, with `-p legacy`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes, it is."}]}
//! ```
//!
//! Not found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes, it is."}]}
//! ```
//!
//! ## What to do
//!
//! Fix the shift or the marker: with a newline in the marker there is nothing to skip. `minimind` does it right.
//!
//! ## 作用
//!
//! 对每个掩码，报告内容的第一个 token 没有训练、而后面的 token 有训练的回答。
//!
//! ## 危害
//!
//! 第一个 token 决定回答如何开头。在短回答中，它占了要学内容的一半：只有“是”或“否”的回答则完全没有训练。
//!
//! ## 处理方法
//!
//! 修正偏移或标记：标记已含换行时，没有什么需要跳过。`minimind` 的做法是正确的。

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `first-token-lost` lint.
pub(super) static LINT: Lint = Lint {
    code: "first-token-lost",
    family: Family::Mask,
    summary: Said {
        en: "the first token of an answer is left out of the loss", zh: "回答的第一个 token 没有计入损失"
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("first_token_lost.rs"),
    check: Check::Mask(|view, sink| {
        let (mut lost, mut first) = (0, None);
        for answer in answers(view.record) {
            let mut content = answer.content_tokens();
            let Some(start) = content.next() else { continue };
            if !view.mask.get(start) && content.any(|token| view.mask.get(token)) {
                lost += 1;
                first.get_or_insert((answer.message, start));
            }
        }
        if let Some((message, token)) = first {
            let text = view.record.sequence.text_of(token).into();
            sink.at_tokens(token..token + 1, MaskFault::FirstLost { message, token: text, answers: lost });
        }
    }),
};
