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

use super::{Check, Family, Lint, Severity, signs};
use crate::words::faults::ConversationFault;

/// The `bidi-character` lint.
pub(super) static LINT: Lint = Lint {
    code: "bidi-character",
    family: Family::Conversation,
    summary: "a text holds a character that changes the direction of writing",
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("bidi_character.rs"),
    check: Check::Record(|view, sink| {
        let turns = |sign: char| matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        for (message, said) in view.conversation.messages.iter().enumerate() {
            if let Some(sign) = said.texts().find_map(|text| signs::beginning_with(text, [0xE2; 3], turns)) {
                sink.at_message(message, ConversationFault::Bidi { message, code: sign.into() });
            }
        }
    }),
};
