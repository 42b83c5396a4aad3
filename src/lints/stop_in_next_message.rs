//! The token that ends an answer belongs to the next message.
//!
//! ## What it does
//!
//! Reports an answer without an end marker of its own that is followed by another message, and an answer that has one
//! where the last answer of the record has none.
//!
//! ## Why it hurts
//!
//! What ends the answer is the header of the next message. No policy that trains answers trains that token, and in the
//! last turn it is not there at all: the model goes on with a turn of the user.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes, it is."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No, it is not."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes, it is."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No, it is not."}]}
//! ```
//!
//! ## What to do
//!
//! Choose a chat template that ends each turn, or one that the model was trained with.

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::faults::TokensFault;

/// The `stop-in-next-message` lint.
pub(super) static LINT: Lint = Lint {
    code: "stop-in-next-message",
    family: Family::Tokens,
    summary: "the token that ends an answer belongs to the next message",
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("stop_in_next_message.rs"),
    check: Check::Record(|view, sink| {
        // A template that ends turns with the next header ends every answer but the last one of a conversation.
        let (mut first, mut last_is_open) = (None, false);
        for answer in answers(view) {
            let is_open = answer.end_marker.is_none();
            if !answer.is_last && (is_open || first.is_none()) {
                first = Some((answer.message, is_open || first.is_some_and(|(_, is_open)| is_open)));
            }
            last_is_open |= answer.is_last && is_open && view.sequence.truncated == 0;
        }
        if let Some((message, _)) = first.filter(|(_, is_open)| *is_open || last_is_open) {
            sink.at_message(message, TokensFault::StopInNext { message });
        }
    }),
};
