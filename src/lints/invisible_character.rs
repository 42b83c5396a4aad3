//! A text holds a character without width.
//!
//! ## What it does
//!
//! Reports every message whose text holds a zero-width space, a word joiner, a byte order mark or a tag character, with
//! the first of them. Joiners, which scripts and emoji need, are not reported.
//!
//! ## Why it hurts
//!
//! Nobody sees these characters, and the tokenizer does: words with one of them inside are other tokens. Tag characters
//! can carry whole hidden sentences.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Ye\u200bs."}]}
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
//! Strip them when the data is made.
//!
//! ## 作用
//!
//! 报告文本中含有零宽空格、word joiner、字节顺序标记或 tag 字符的每条消息，并给出其中第一个字符。某些文字和 emoji
//! 所需的连接符不报告。
//!
//! ## 危害
//!
//! 人看不到这些字符，分词器却看得到：夹有它们的词会切成不同的 token。tag 字符还能携带整句隐藏的文本。
//!
//! ## 处理方法
//!
//! 制作数据时去掉它们。

use super::{Check, Family, Lint, Severity, signs};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `invisible-character` lint.
pub(super) static LINT: Lint = Lint {
    code: "invisible-character",
    family: Family::Conversation,
    summary: Said { en: "a text holds a character without width", zh: "文本含有不占宽度的字符" },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("invisible_character.rs"),
    check: Check::Record(|view, sink| {
        let is_invisible =
            |sign: char| matches!(sign, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{E0001}'..='\u{E007F}');
        for (message, said) in view.conversation.messages.iter().enumerate() {
            if let Some(sign) =
                said.texts().find_map(|text| signs::beginning_with(text, [0xE2, 0xEF, 0xF3], is_invisible))
            {
                signs::report(sink, view, (message, sign), ConversationFault::Invisible { message, code: sign.into() });
            }
        }
    }),
};
