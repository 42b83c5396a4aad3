//! Packed conversations see each other.
//!
//! ## What it does
//!
//! Reports, for rows that are tokenized already, the first conversation behind another one in a row, known by its system message,
//! where `position_ids` do not begin at 0 again: they run on or are not there, and nor are the `seq_lengths` of TRL.
//!
//! ## Why it hurts
//!
//! Attention goes from one conversation to those before it, and positions are those of a long text: the model learns to answer
//! with what stands in strangers' conversations.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"input_ids": [1, 4171, 201, 36, 71, 5278, 16, 2, 201, 1, 3167, 201, 43, 85, 6148, 3316, 3330, 33, 2,
//!     201, 1, 3271, 201, 59, 2963, 16, 2, 201, 1, 4171, 201, 36, 71, 5278, 16, 2, 201, 1, 3167, 201, 43,
//!     85, 6148, 3316, 3330, 33, 2, 201, 1, 3271, 201, 59, 2963, 16, 2, 201]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"input_ids": [1, 4171, 201, 36, 71, 5278, 16, 2, 201, 1, 3167, 201, 43, 85, 6148, 3316, 3330, 33, 2,
//!     201, 1, 3271, 201, 59, 2963, 16, 2, 201, 1, 4171, 201, 36, 71, 5278, 16, 2, 201, 1, 3167, 201, 43,
//!     85, 6148, 3316, 3330, 33, 2, 201, 1, 3271, 201, 59, 2963, 16, 2, 201],
//! "position_ids": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
//!     24, 25, 26, 27, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
//!     23, 24, 25, 26, 27]}
//! ```
//!
//! ## What to do
//!
//! Pack with `position_ids` that begin again (axolotl's `sample_packing`, TRL's `packing_strategy: bfd` with flash attention), or
//! do not pack.

use super::{Check, Family, Lint, Severity};
use crate::sequence::Written;
use crate::words::faults::TokensFault;
use serde_json::{Map, Value};

/// The `packed-runs-on` lint.
pub(super) static LINT: Lint = Lint {
    code: "packed-runs-on",
    family: Family::Tokens,
    summary: "packed conversations see each other",
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("packed_runs_on.rs"),
    check: Check::Record(|view, sink| {
        let Some(fields) = view.fields().filter(|_| matches!(view.sequence.written, Written::Tokens(_))) else {
            return;
        };
        if fields.get("seq_lengths").is_some_and(Value::is_array) {
            return;
        }
        let messages = view.conversation.messages.iter().enumerate().skip(1);
        let starts = messages.filter(|(_, message)| message.role() == "system");
        let mut starts = starts.filter_map(|(message, _)| Some(view.sequence.tokens_of(message)?.start));
        if let Some(start) = starts.find(|start| !begins_again(fields, *start)) {
            sink.at_tokens(start..start + 1, TokensFault::PackedRunsOn);
        }
    }),
};

/// Whether positions begin again at a token.
fn begins_again(fields: &Map<String, Value>, token: usize) -> bool {
    let position = fields.get("position_ids").and_then(|positions| positions.get(token));
    position.and_then(Value::as_u64) == Some(0)
}
