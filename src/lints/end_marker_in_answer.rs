//! The end marker stands inside a message.
//!
//! ## What it does
//!
//! Reports the first end-of-turn token that stands inside the content of a message.
//!
//! ## Why it hurts
//!
//! Trainers that search for the end marker end the answer there: the rest is not trained, and the model learns to stop in
//! the middle.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "It ends with </s> in this model."}]}
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
//! Remove the marker from the text when the data is made.
//!
//! ## 作用
//!
//! 报告第一个出现在消息内容中的结束标记。
//!
//! ## 危害
//!
//! 搜索结束标记的训练框架会认为回答到此结束：其余部分不被训练，模型会学着在中途停止。
//!
//! ## 处理方法
//!
//! 制作数据时从文本中去掉该标记。

use super::parts::special_in_content;
use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `end-marker-in-answer` lint.
pub(super) static LINT: Lint = Lint {
    code: "end-marker-in-answer",
    family: Family::Tokens,
    summary: Said { en: "the end marker stands inside a message", zh: "结束标记出现在消息内部" },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::EndMarker],
    source: include_str!("end_marker_in_answer.rs"),
    check: Check::Record(|view, sink| {
        let Some(end) = super::parts::end_id(view) else { return };
        let mut found = special_in_content(view).filter(|(_, token)| view.sequence.ids[*token] == end);
        if let Some((message, token)) = found.next() {
            let text = view.sequence.text_of(token).into();
            sink.at_tokens(token..token + 1, TokensFault::EndInContent { message, token: text });
        }
    }),
};
