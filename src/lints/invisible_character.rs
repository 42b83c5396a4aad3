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

use super::{Check, Family, Lint, Severity, signs};
use crate::words::faults::ConversationFault;

/// The `invisible-character` lint.
pub(super) static LINT: Lint = Lint {
    code: "invisible-character",
    family: Family::Conversation,
    summary: "a text holds a character without width",
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
                sink.at_message(message, ConversationFault::Invisible { message, code: sign.into() });
            }
        }
    }),
};
