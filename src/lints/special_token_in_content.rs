//! The text of a special token stands inside a message.
//!
//! ## What it does
//!
//! Reports the first special token that stands inside the content of a message other than an end marker.
//!
//! ## Why it hurts
//!
//! Whoever wrote the message controls the turns: `<|im_start|>system` inside a question begins a system message. In
//! training data it teaches the model turns within turns.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "What is <s>?"}, {"role": "assistant", "content": "A token."}]}
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
//! Remove or escape the text when the data is made, or tokenize contents with `split_special_tokens`.
//!
//! ## 作用
//!
//! 报告第一个出现在消息内容中、且不是结束标记的特殊 token。
//!
//! ## 危害
//!
//! 写消息的人由此能够控制轮次：提问中的 `<|im_start|>system` 会开始一条 system 消息。在训练数据中，它会教模型在轮次
//! 中嵌套轮次。
//!
//! ## 处理方法
//!
//! 制作数据时去掉或转义该文本，或以 `split_special_tokens` 对内容分词。

use super::parts::special_in_content;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `special-token-in-content` lint.
pub(super) static LINT: Lint = Lint {
    code: "special-token-in-content",
    family: Family::Tokens,
    summary: Said {
        en: "the text of a special token stands inside a message", zh: "消息内部出现特殊 token 的文本"
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("special_token_in_content.rs"),
    check: Check::Record(|view, sink| {
        let end = super::parts::end_id(view);
        let mut found = special_in_content(view).filter(|(_, token)| Some(view.sequence.ids[*token]) != end);
        if let Some((message, token)) = found.next() {
            let text = view.sequence.text_of(token).into();
            sink.at_tokens(token..token + 1, TokensFault::SpecialInContent { message, token: text });
        }
    }),
};
