//! The pad token is the end of turn.
//!
//! ## What it does
//!
//! Reports a tokenizer whose pad token is the token that ends a turn.
//!
//! ## Why it hurts
//!
//! Collators such as `DataCollatorForLanguageModeling` mask pads by their id, and the end of every answer with them: the
//! model never learns to stop. Nothing in the masks shown here says so, since they are made before padding.
//!
//! ## Example
//!
//! Found, with `--end '<unk>'`:
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
//! Give the tokenizer a pad token of its own (`<|endoftext|>`, `<|finetune_right_pad_id|>`), or use a collator that pads
//! labels by position.

use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::TokensFault;

/// The `pad-is-end` lint.
pub(super) static LINT: Lint = Lint {
    code: "pad-is-end",
    family: Family::Tokens,
    summary: "the pad token is the end of turn",
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::EndMarker],
    source: include_str!("pad_is_end.rs"),
    check: Check::Template(|view, sink| {
        let Some(marker) = view.setup.marker_texts.end.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            return;
        };
        if view.setup.tokenizer.ids(marker).is_ok_and(|ids| ids == [view.setup.tokenizer.pad_id()]) {
            sink.at_template(TokensFault::PadIsEnd { token: marker.into() });
        }
    }),
};
