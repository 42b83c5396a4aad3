//! A text holds a character that changes the direction of writing.
//!
//! ## What it does
//!
//! Reports every message whose text holds one of the bidirectional controls U+202A to U+202E and U+2066 to U+2069, with
//! the first of them.
//!
//! ## Why it hurts
//!
//! What a person reads is not what the model reads: an override shows text in another order. Such characters hide
//! instructions in data, and the model learns to write them.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "\u202eseY"}]}
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
//! Look at the record, and strip these characters unless the language of the text needs them.
//!
//! ## 作用
//!
//! 报告文本中含有双向控制字符（U+202A 至 U+202E、U+2066 至 U+2069）的每条消息，并给出其中第一个字符。
//!
//! ## 危害
//!
//! 人看到的与模型读到的不同：方向覆盖字符会以另一种顺序显示文本。这类字符可以在数据中隐藏指令，模型也会学着输出它
//! 们。
//!
//! ## 处理方法
//!
//! 检查该记录；除非文本所用的语言确实需要，否则去掉这些字符。

use super::{Check, Family, Lint, Severity, signs};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `bidi-character` lint.
pub(super) static LINT: Lint = Lint {
    code: "bidi-character",
    family: Family::Conversation,
    summary: Said {
        en: "a text holds a character that changes the direction of writing",
        zh: "文本含有改变书写方向的字符",
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("bidi_character.rs"),
    check: Check::Record(|view, sink| {
        let turns = |sign: char| matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        for (message, said) in view.conversation.messages.iter().enumerate() {
            if let Some(sign) = said.texts().find_map(|text| signs::beginning_with(text, [0xE2; 3], turns)) {
                signs::report(sink, view, (message, sign), ConversationFault::Bidi { message, code: sign.into() });
            }
        }
    }),
};
