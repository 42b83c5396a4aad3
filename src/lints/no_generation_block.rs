//! The policy needs generation blocks, and the template has none.
//!
//! ## What it does
//!
//! Reports a chat template without `{% generation %}` where the policy `generation` is on show.
//!
//! ## Why it hurts
//!
//! `assistant_only_loss` of TRL and `return_assistant_tokens_mask` of Transformers give a mask of zeros: nothing is trained, or the trainer raises.
//!
//! ## Example
//!
//! Found, with `-p generation` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p generation` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {% generation %}{{ message.content }}</s>{% endgeneration %}
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Take the template with blocks that TRL brings for this model, or put the blocks in around what the assistant writes.

use super::{Check, Family, Lint, Severity};
use crate::words::faults::TemplateFault;

/// The `no-generation-block` lint.
pub(super) static LINT: Lint = Lint {
    code: "no-generation-block",
    family: Family::Template,
    summary: "the policy needs generation blocks, and the template has none",
    severity: Severity::Error,
    policy: Some("generation"),
    needs: &[],
    source: include_str!("no_generation_block.rs"),
    check: Check::Template(|view, sink| {
        let is_asked = view.policies.iter().any(|policy| policy.kind().name == "generation");
        if is_asked && !view.setup.template.has_generation_blocks() {
            sink.at_template(TemplateFault::NoGenerationBlock);
        }
    }),
};
