//! The end of turn is several tokens.
//!
//! ## What it does
//!
//! Reports a chat template whose end of turn, without white space, is more than one token.
//!
//! ## Why it hurts
//!
//! No single id says that the turn is over: servers cannot stop at it, and trainers that search for one id do not find
//! it.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}[END]
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
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
//! Add the marker to the tokenizer as a special token and resize the embeddings, or choose a template whose markers this
//! tokenizer has.

use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::TokensFault;

/// The `end-several-tokens` lint.
pub(super) static LINT: Lint = Lint {
    code: "end-several-tokens",
    family: Family::Tokens,
    summary: "the end of turn is several tokens",
    severity: Severity::Error,
    policy: None,
    needs: &[Need::EndMarker],
    source: include_str!("end_several_tokens.rs"),
    check: Check::Template(|view, sink| {
        let Some(marker) = view.setup.marker_texts.end.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            return;
        };
        let ids = view.setup.tokenizer.ids(marker).unwrap_or_default();
        if ids.len() > 1 {
            sink.at_template(TokensFault::EndInPieces { marker: marker.into(), ids });
        }
    }),
};
