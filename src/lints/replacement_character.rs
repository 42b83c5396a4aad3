//! A text holds the replacement character U+FFFD.
//!
//! ## What it does
//!
//! Reports every message whose text holds U+FFFD, with how many there are.
//!
//! ## Why it hurts
//!
//! The character stands for bytes that were lost when the data was read with the wrong encoding or cut inside a
//! character. The model learns to write it.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Summer?"}, {"role": "assistant", "content": "Warm d\ufffdys."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Summer?"}, {"role": "assistant", "content": "Warm days."}]}
//! ```
//!
//! ## What to do
//!
//! Read the source again with its true encoding (`errors="strict"` in Python finds the place), or remove the record.
//!
//! ## 作用
//!
//! 报告文本中含有 U+FFFD 的每条消息，并给出其个数。
//!
//! ## 危害
//!
//! 该字符代表丢失的字节：数据以错误的编码读取，或在一个字符的中间被截断。模型会学着输出它。
//!
//! ## 处理方法
//!
//! 以正确的编码重新读取源数据（Python 中用 `errors="strict"` 可找到位置），或去掉该记录。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `replacement-character` lint.
pub(super) static LINT: Lint = Lint {
    code: "replacement-character",
    family: Family::Conversation,
    summary: Said { en: "a text holds the replacement character U+FFFD", zh: "文本含有替换字符 U+FFFD" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("replacement_character.rs"),
    check: Check::Record(|view, sink| {
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let count = said.texts().map(|text| memchr::memmem::find_iter(text.as_bytes(), REPLACEMENT).count()).sum();
            if count > 0 {
                sink.at_message(message, ConversationFault::Replacement { message, count });
            }
        }
    }),
};

/// U+FFFD in UTF-8.
const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();
