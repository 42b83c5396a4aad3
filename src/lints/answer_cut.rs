//! The maximum length cuts an answer before its end.
//!
//! ## What it does
//!
//! Reports a record that the maximum length cuts inside an answer, so that its end marker is gone.
//!
//! ## Why it hurts
//!
//! The model learns the beginning of a long answer and no end. Many of them teach it never to stop.
//!
//! ## Example
//!
//! Found, with `--max-length 40`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes: it has no divisor but 1 and 7, and that is what prime means."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Raise the maximum length, split the conversation, or drop such records.
//!
//! ## 作用
//!
//! 报告在回答中间被最大长度截断、因而丢失结束标记的记录。
//!
//! ## 危害
//!
//! 模型学到的是没有结尾的长回答。这样的记录多了，模型就学不会停止。
//!
//! ## 处理方法
//!
//! 增大最大长度，拆分对话，或丢弃这类记录。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `answer-cut` lint.
pub(super) static LINT: Lint = Lint {
    code: "answer-cut",
    family: Family::Length,
    summary: Said {
        en: "the maximum length cuts an answer before its end", zh: "回答在结束之前被最大长度截断"
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::MaximumLength],
    source: include_str!("answer_cut.rs"),
    check: Check::Record(|view, sink| {
        if let Some(message) = view.turns().cut_answer(view.sequence) {
            let cut = view.sequence.truncated;
            sink.at_message(message, TokensFault::AnswerCut { message, cut });
        }
    }),
};
