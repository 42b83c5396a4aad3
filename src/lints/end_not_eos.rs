//! The end of turn is not the tokenizer's EOS.
//!
//! ## What it does
//!
//! Reports a chat template whose end of turn is another token than the `eos_token` of the tokenizer.
//!
//! ## Why it hurts
//!
//! Servers stop at the EOS of the tokenizer or of `generation_config.json`. A model that was trained to end with another
//! token runs on, unless that token is named there too; a trainer that appends EOS trains both.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}<|im_end|>
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
//! Set `eos_token` of the tokenizer (in TRL: `eos_token`), or add the token to `eos_token_id` of `generation_config.json`.

use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::TokensFault;

/// The `end-not-eos` lint.
pub(super) static LINT: Lint = Lint {
    code: "end-not-eos",
    family: Family::Tokens,
    summary: "the end of turn is not the tokenizer's EOS",
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::EndMarker, Need::Eos],
    source: include_str!("end_not_eos.rs"),
    check: Check::Template(|view, sink| {
        let (Some(end), Some(eos)) = (&view.setup.marker_texts.end, view.setup.tokenizer.special("eos_token")) else {
            return;
        };
        let marker = end.trim();
        if !marker.is_empty() && !marker.contains(eos) {
            sink.at_template(TokensFault::EndNotEos { marker: marker.into(), eos: eos.into() });
        }
    }),
};
