//! Chat templates of Hugging Face tokenizers, rendered to the character as Transformers renders them.
//!
//! A template is Jinja2's sandbox as Transformers sets it up: `trim_blocks`, `lstrip_blocks`, loop controls, its `tojson`,
//! `raise_exception` and `strftime_now`, and the `{% generation %}` blocks. It is parsed by Jinja2's own grammar and run
//! on Python's values by Python's rules; what cannot be done as Python does it is an error, never another text.
//!
//! One rendering gives the text, the generation blocks, and for each stretch of the text which statement of the template
//! wrote it and where its characters come from: a literal of the template, or a field of a message and which bytes of it.
//!
//! ```
//! use chat_template::{ChatTemplate, Origin, TemplateInput, Variable};
//! use serde_json::{Map, json};
//!
//! let template = ChatTemplate::compile("chatml", "{% for m in messages %}<{{ m.role }}>{{ m.content | trim }}{% endfor %}")?;
//! let (none, messages) = (Map::new(), [json!({"role": "user", "content": " hello "})]);
//! let rendered = template.render(&TemplateInput {
//!     messages: &messages,
//!     tools: None,
//!     documents: None,
//!     add_generation_prompt: false,
//!     special_tokens: &none,
//!     kwargs: &none,
//!     now: None,
//! })?;
//! assert_eq!(rendered.text, "<user>hello");
//! let Some(Origin::Value { place, bytes, .. }) = &rendered.runs[3].origin else { unreachable!() };
//! let place = &rendered.places[*place];
//! assert_eq!((&place.variable, place.pointer.as_str(), bytes.clone()), (&Variable::Message(0), "/content", 1..6));
//! # Ok::<(), chat_template::Error>(())
//! ```

#![allow(
    clippy::unnecessary_box_returns,
    clippy::needless_pass_by_value,
    clippy::elidable_lifetime_names,
    reason = "failures are boxed where they are made, and the lifetime of values is named wherever values are"
)]
#![allow(clippy::cast_sign_loss, reason = "counts and bounds are made positive before they are cast")]
#![allow(clippy::mutable_key_type, reason = "keys are compared by their characters, which never change")]
#![allow(clippy::option_option, reason = "two numbers may have no order, and two values may be no numbers")]
#![allow(clippy::single_match_else, clippy::large_enum_variant, reason = "loops are rare among objects and made once")]

mod ast;
mod clock;
mod constants;
mod environment;
mod error;
mod escape;
mod evaluate;
mod expressions;
mod filters;
mod functions;
mod input;
pub mod json;
mod lexer;
mod limits;
mod machine;
mod objects;
mod parser;
mod python;
mod reads;
mod rendered;
mod resolver;
mod scopes;
mod seams;
mod series;
mod source;
mod text;
mod tree;
mod value;
mod visit;

use ast::Statement;
pub use clock::{LocalTime, strftime};
pub use environment::Environment;
pub use error::Error;
pub use input::{TemplateInput, Variable};
pub use json::{python_json, python_text};
use lexer::SyntaxError;
use machine::Machine;
pub use rendered::{GenerationBlock, Origin, Place, Rendered, Run};
use resolver::Resolution;
pub use seams::Word;
pub use series::{Series, Stretch};
use source::NormalisedSource;
pub use tree::{Node, NodeKind};

/// A chat template, compiled once and rendered from any thread.
pub struct ChatTemplate {
    name: String,
    original: String,
    source: NormalisedSource,
    statements: Vec<Statement>,
    resolution: Resolution,
    environment: Environment,
}

impl std::fmt::Debug for ChatTemplate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChatTemplate").field("name", &self.name).finish_non_exhaustive()
    }
}

impl ChatTemplate {
    /// Compiles a template; `name` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Syntax`] when the template does not parse, has a tag, filter or test that is not known, or is longer than
    /// a megabyte; [`Error::Unsupported`] when it has what Jinja2 would take and this crate does not.
    pub fn compile(name: &str, source: &str) -> Result<Self, Error> {
        Self::compile_in(Environment::Transformers, name, source)
    }

    /// Compiles a template for Jinja2 in another environment than that of Transformers.
    ///
    /// # Errors
    /// As for [`compile`](Self::compile).
    pub fn compile_in(environment: Environment, name: &str, source: &str) -> Result<Self, Error> {
        let (template, line) = (name.to_owned(), 1);
        if source.len() > limits::MAXIMUM_SOURCE {
            let reason = "the template is longer than 1 MB".to_owned();
            return Err(Error::Syntax { template, line, reason });
        }
        let normalised = NormalisedSource::new(source);
        let syntax = |error: SyntaxError| {
            let (template, line, reason) = (template.clone(), normalised.line(error.at), error.reason);
            if error.is_jinja {
                Error::Unsupported { template, line, reason }
            } else {
                Error::Syntax { template, line, reason }
            }
        };
        let mut statements = parser::parse(&normalised.text, environment).map_err(syntax)?;
        let resolution = resolver::resolve(&normalised.text, &mut statements).map_err(syntax)?;
        Ok(Self {
            name: template,
            original: source.to_owned(),
            source: normalised,
            statements,
            resolution,
            environment,
        })
    }

    /// The name that errors call it by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The template as its author wrote it.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.original
    }

    /// The line of a byte of the template as its author wrote it, from 1.
    #[must_use]
    pub fn line(&self, byte: usize) -> usize {
        source::line_of(&self.original, byte)
    }

    /// Whether the template marks what the assistant generates.
    #[must_use]
    pub fn has_generation_blocks(&self) -> bool {
        self.resolution.has_generation
    }

    /// Renders a conversation.
    ///
    /// # Errors
    /// When Transformers would raise, when Python's answer is not known here, or when the template does too much.
    pub fn render(&self, input: &TemplateInput<'_>) -> Result<Rendered, Error> {
        let mut places = input::Places::new(self.resolution.literals.len() as u32 + 1);
        let mut machine = Machine::new(&self.source.text, &self.resolution, &self.statements, input.now);
        machine.is_strict = self.environment == Environment::Strict;
        let out = input.given(&machine, &mut places).and_then(|given| machine.run(&self.statements, given));
        match out {
            Ok(out) => Ok(self.rendered(out, &machine, &mut places)),
            Err(failure) => Err(failure.error(&self.name, |at| self.source.line(at))),
        }
    }
}

#[cfg(test)]
mod tests;
