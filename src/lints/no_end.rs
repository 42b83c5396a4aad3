//! Nothing ends an answer.
//!
//! ## What it does
//!
//! Reports the first answer that has nothing but white space between its content and the end of the text, where nothing
//! was cut off.
//!
//! ## Why it hurts
//!
//! There is no token from which the model could learn to stop.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}{{ message.role }}: {{ message.content }}
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Found:
//!
//! ```json
//! {"text": "<s>user\nIs 7 prime?</s>\n<s>assistant\nYes."}
//! ```
//!
//! Not found, with the tokenizer's own chat template:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Choose a chat template that writes an end marker, or append the EOS token to the content. No template writes a record
//! that is plain text: append the end marker to the text itself.
//!
//! ## 作用
//!
//! 报告第一个这样的回答：从它的内容之后到文本末尾只有空白；被截断的不计。
//!
//! ## 危害
//!
//! 没有任何 token 可以让模型学会停止。
//!
//! ## 处理方法
//!
//! 选择会写出结束标记的对话模板，或在内容末尾加上 EOS token。纯文本记录不经过模板：请在文本末尾加上结束标记。

use super::parts::{answers, writer};
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `no-end` lint.
pub(super) static LINT: Lint = Lint {
    code: "no-end",
    family: Family::Tokens,
    summary: Said { en: "nothing ends an answer", zh: "回答之后没有结束标记" },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("no_end.rs"),
    check: Check::Record(|view, sink| {
        let last = answers(view).last().filter(|answer| answer.end_marker.is_none() && answer.is_last);
        if let (Some(answer), 0) = (last, view.sequence.truncated) {
            let (message, writer) = (answer.message, writer(view));
            sink.at_message(message, TokensFault::NoEnd { message, writer });
        }
    }),
};
