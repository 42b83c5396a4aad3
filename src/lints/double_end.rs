//! An answer is ended twice.
//!
//! ## What it does
//!
//! Reports the first answer whose end marker stands twice with nothing but white space between.
//!
//! ## Why it hurts
//!
//! The model learns to write the end marker, to go on, and to write another. Servers that stop at the first hide it; the
//! probability of the first one suffers.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes.</s>"}]}
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
//! Remove the marker from the content: the chat template writes one.
//!
//! ## 作用
//!
//! 报告第一个这样的回答：其结束标记连续出现两次（中间只有空白）。
//!
//! ## 危害
//!
//! 模型会学着输出结束标记后继续输出，再写一个结束标记。推理服务在第一个标记处停止，因而掩盖了问题；但第一个标记的概
//! 率会降低。
//!
//! ## 处理方法
//!
//! 从内容中去掉该标记：对话模板会写入一个。

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `double-end` lint.
pub(super) static LINT: Lint = Lint {
    code: "double-end",
    family: Family::Tokens,
    summary: Said { en: "an answer is ended twice", zh: "回答结束了两次" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("double_end.rs"),
    check: Check::Record(|view, sink| {
        let ids = &view.sequence.ids;
        for answer in answers(view) {
            let Some(marker) = answer.end_marker else { continue };
            let before =
                (answer.tokens.start..marker).rev().find(|token| !view.sequence.text_of(*token).trim().is_empty());
            if let Some(before) = before.filter(|before| ids[*before] == ids[marker]) {
                let fault =
                    TokensFault::DoubleEnd { message: answer.message, marker: view.sequence.text_of(marker).into() };
                sink.at_tokens(before..marker + 1, fault);
                return;
            }
        }
    }),
};
