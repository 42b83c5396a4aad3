//! The trainer drops the thoughts of an answer.
//!
//! ## What it does
//!
//! Reports, where a policy has tokens of its own, the first answer whose thoughts (`reasoning_content`, or what stands in
//! `<think>` tags of its content) are nowhere in them.
//!
//! ## Why it hurts
//!
//! verl renders each message alone, and a template that shows thoughts only behind a question then writes none; ms-swift
//! does not read `reasoning_content`. The model is trained to answer without thinking, on data that were made for thoughts.
//!
//! ## Example
//!
//! Found, with `-p verl:ignore_input_ids_mismatch=true` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {% if message.reasoning_content and loop.index0 > 0 %}<think>{{ message.reasoning_content }}</think>{% endif %}{{ message.content }}</s>
//! {% endfor %}{% if add_generation_prompt %}<s>assistant
//! {% endif %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"},
//!  {"role": "assistant", "reasoning_content": "7 has no divisors.", "content": "Yes."}]}
//! ```
//!
//! Found, with `-p swift --tokenizer chatml`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"},
//!  {"role": "assistant", "reasoning_content": "7 has no divisors.", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p swift --tokenizer chatml`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"},
//!  {"role": "assistant", "content": "<think>\n7 has no divisors.\n</think>\n\nYes."}]}
//! ```
//!
//! ## What to do
//!
//! Write the thoughts into the content, between the tags that the model has for them, or take a trainer and a template that
//! keep them.

use super::parts::dropped_thoughts;
use super::{Check, Family, Lint, Severity};
use crate::sequence::Written;
use crate::words::faults::MaskFault;

/// The `trainer-drops-thoughts` lint.
pub(super) static LINT: Lint = Lint {
    code: "trainer-drops-thoughts",
    family: Family::Mask,
    summary: "the trainer drops the thoughts of an answer",
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("trainer_drops_thoughts.rs"),
    check: Check::Mask(|view, sink| {
        // The tokens on show are those of the first policy.
        let is_own = view.record.masks.first().is_some_and(|shown| shown.policy == view.policy);
        if !is_own || view.record.sequence.written != Written::Trainer {
            return;
        }
        if let Some((message, answers)) = dropped_thoughts(view.record) {
            sink.at_message(message, MaskFault::TrainerDropsThoughts { message, answers });
        }
    }),
};
