//! The template fails on a form of conversation that data sets have.
//!
//! ## What it does
//!
//! Renders the built-in conversations of `maskview template check` once, and reports each form on which the template fails
//! rather than refuses it in words of its own: null content beside tool calls, several results in a row, reasoning, content as
//! a list of parts.
//!
//! ## Why it hurts
//!
//! Every record of that form fails: trainers stop there, or drop it without a word.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content + '</s>' }}
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
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
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Leave it where the data has no such record (`--where fails` shows those that have); else mend the template, or give content
//! as text.

use super::{Check, Family, Lint, Severity};
use crate::error::TemplateError;
use crate::marking::Bench;
use crate::template::Error as JinjaError;
use crate::words::faults::TemplateFault;

/// The `template-breaks-form` lint.
pub(super) static LINT: Lint = Lint {
    code: "template-breaks-form",
    family: Family::Template,
    summary: "the template fails on a form of conversation that data sets have",
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("template_breaks_form.rs"),
    check: Check::Template(|view, sink| {
        let setup = view.setup;
        // A template that fails on plain conversations fails on every record, which says so itself.
        let Some(frames) = setup.frames else { return };
        let (special_tokens, kwargs) = (setup.tokenizer.special_tokens(), &setup.settings.template_kwargs);
        let bench = Bench::new(setup.template, Some(frames), special_tokens, kwargs, setup.settings.now);
        for shape in bench.shapes() {
            match bench.render(shape.given(kwargs), false) {
                Ok(_) | Err(TemplateError(JinjaError::Raised { .. })) => {}
                Err(why) => {
                    sink.at_template(TemplateFault::BreaksForm { about: shape.about, reason: why.to_string().into() });
                }
            }
        }
    }),
};
