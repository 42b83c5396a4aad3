//! The template writes an earlier answer otherwise once later turns follow.
//!
//! ## What it does
//!
//! Renders a conversation up to an earlier answer and reports the first answer that the whole conversation does not hold in
//! this form: thoughts that are dropped, an empty think block that only the last answer gets, a note that only the last
//! question has. What differs behind an answer alone, such as an EOS behind the whole, is left out. Whether a template does
//! so is found out once; records are rendered again only where it does.
//!
//! ## Why it hurts
//!
//! Trainers that render turn by turn, or find the length of a prompt by rendering it, put their masks on the wrong tokens. And
//! what the model is trained on in an earlier turn is not what it will see when that turn is the last.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {% if message.role == 'assistant' and loop.last %}<think>
//!
//! </think>
//!
//! {% endif %}{{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! Not found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ## What to do
//!
//! Split the conversation so that each answer is the last of a record, or take a template that writes every turn alike.

use super::{Check, Family, Lint, Severity};
use crate::conversation::Source;
use crate::sequence::Written;
use crate::words::faults::TemplateFault;

/// The `earlier-turn-changed` lint.
pub(super) static LINT: Lint = Lint {
    code: "earlier-turn-changed",
    family: Family::Template,
    summary: "the template writes an earlier answer otherwise once later turns follow",
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("earlier_turn_changed.rs"),
    check: Check::Record(|view, sink| {
        if view.conversation.source != Source::Template || view.sequence.written != Written::Template {
            return;
        }
        if let Some(changed) = view.prefixes.changed(view) {
            let (alone, whole) = (changed.alone.into(), changed.whole.into());
            let fault = TemplateFault::EarlierTurnChanged { message: changed.message, alone, whole };
            sink.at_message(changed.message, fault);
        }
    }),
};
