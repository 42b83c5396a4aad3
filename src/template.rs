//! Chat templates: Jinja as Transformers runs it, so that a rendered text is equal to the last character.
//!
//! A template is parsed by Jinja2's own grammar, translated to a template of the engine in which every operator,
//! filter and method is ours, and run by the engine. What cannot be done as Python does it is an error, never another text.

mod ast;
mod characters;
mod clock;
mod expressions;
mod filters;
mod functions;
mod input;
mod lexer;
mod long_integer;
mod objects;
mod parser;
mod printed;
mod provenance;
mod python;
mod reads;
mod render;
mod scope;
mod size;
mod source;
mod texts;
mod translate;
mod translate_expressions;
mod values;
mod visit;

use std::ops::Range;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};

pub use characters::CharacterCounter;
pub use clock::LocalTime;
pub(crate) use clock::strftime;
pub use input::TemplateInput;
pub use printed::{python_json, python_text};
pub use provenance::Provenance;
pub use texts::Field;

use crate::error::TemplateError;
use lexer::SyntaxError;
use render::{Marks, Progress, Sink, Writer};
use source::NormalisedSource;

/// How much a rendering may do: about that many steps of the engine, and 64 bytes of text for each.
const FUEL: u64 = 32_000_000;

/// How deep loops and macro calls may nest.
const RECURSION: usize = 1200;

/// The name of the one template in its environment.
const NAME: &str = "chat_template";

/// A chat template, compiled once and rendered from any thread.
pub struct ChatTemplate {
    name: String,
    original: String,
    source: NormalisedSource,
    environment: Environment<'static>,
    outputs: Vec<Range<usize>>,
    positions: Vec<(usize, usize)>,
    has_generation: bool,
    uses_clock: bool,
}

/// What a template made of one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Character spans of the generation blocks exactly as Transformers records them, faults included: inside macros,
    /// set, call and filter blocks they are wrong, and empty ones end before they start. `None` without such blocks.
    pub generation: Option<Vec<(usize, usize)>>,
    /// What wrote which bytes of the text, in order and without gaps.
    pub origins: Vec<Origin>,
}

/// A part of a rendered text and what in the template wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Byte range of the rendered text.
    pub bytes: Range<usize>,
    /// Byte range of the template as its author wrote it: text, an expression without its braces, or a whole block.
    pub source: Range<usize>,
    /// Line of the template, from 1.
    pub line: usize,
    /// What kind of thing it is.
    pub kind: OriginKind,
}

/// What kind of thing wrote a part of a rendered text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginKind {
    /// Text of the template.
    Text,
    /// An expression, or a block whose output is written in one piece.
    Expression,
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
    ///
    /// When the template does not parse or uses what cannot be rendered as Python would.
    pub fn compile(name: &str, source: &str) -> Result<Self, TemplateError> {
        let normalised = NormalisedSource::new(source);
        let syntax = |error: SyntaxError| TemplateError::Syntax {
            template: name.to_owned(),
            line: normalised.line(error.at),
            reason: error.reason,
        };
        let statements = parser::parse(&normalised.text).map_err(syntax)?;
        let translation = translate::translate(&normalised.text, &statements).map_err(syntax)?;
        let mut environment = Environment::empty();
        let failed = |error: &minijinja::Error, at: usize| TemplateError::Syntax {
            template: name.to_owned(),
            line: normalised.line(at),
            reason: error.to_string(),
        };
        let delimiter = translation.delimiter;
        let config = SyntaxConfig::builder()
            .block_delimiters(format!("{delimiter}%"), format!("%{delimiter}"))
            .variable_delimiters(format!("{delimiter}{{"), format!("}}{delimiter}"))
            .comment_delimiters(format!("{delimiter}#"), format!("#{delimiter}"))
            .keep_trailing_newline(true)
            .build()
            .map_err(|error| failed(&error, 0))?;
        environment.set_syntax(config);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_undefined_behavior(UndefinedBehavior::Lenient);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION);
        filters::register(&mut environment);
        environment.add_template_owned(NAME, translation.source).map_err(|error| {
            let at = error.range().map_or(0, |range| position(&translation.positions, range.start));
            failed(&error, at)
        })?;
        Ok(Self {
            name: name.to_owned(),
            original: source.to_owned(),
            uses_clock: source.contains("strftime_now"),
            source: normalised,
            environment,
            outputs: translation.outputs,
            positions: translation.positions,
            has_generation: translation.has_generation,
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

    /// Whether the template marks what the assistant generates.
    #[must_use]
    pub fn has_generation_blocks(&self) -> bool {
        self.has_generation
    }

    /// Whether the template may ask for the time.
    #[must_use]
    pub fn uses_clock(&self) -> bool {
        self.uses_clock
    }

    /// Renders a conversation.
    ///
    /// # Errors
    ///
    /// When Transformers would raise, when the template does what is not supported, or when it does not end.
    pub fn render(&self, input: &TemplateInput<'_>) -> Result<Rendered, TemplateError> {
        let progress = self.run(input, None)?;
        let text = self.checked_text(progress.text)?;
        let generation = self.has_generation.then(|| {
            let mut starts = CharacterCounter::new(&text);
            progress
                .generation
                .iter()
                .map(|&(bytes, length)| {
                    let start = starts.at(bytes);
                    (start, start + length)
                })
                .collect()
        });
        let origins = self.origins(&progress.parts);
        Ok(Rendered { text, generation, origins })
    }

    /// Where the output of the generation blocks really stands, in characters, in the order of the text.
    ///
    /// The blocks' output is marked in a second rendering; `None` when the template changes under the marks, so that
    /// nothing is proven, or has no such blocks.
    ///
    /// # Errors
    ///
    /// When rendering fails.
    pub fn generation_truth(&self, input: &TemplateInput<'_>) -> Result<Option<Vec<(usize, usize)>>, TemplateError> {
        if !self.has_generation {
            return Ok(None);
        }
        let plain = self.run(input, None)?.text;
        let plain = String::from_utf8_lossy(&plain);
        let mut unused = ('\u{f0100}'..'\u{ffffd}').filter(|c| !plain.contains(*c) && !self.original.contains(*c));
        let (Some(begin), Some(end)) = (unused.next(), unused.next()) else {
            return Ok(None);
        };
        let Ok(marked) = self.run(input, Some((begin, end))) else {
            return Ok(None);
        };
        let marked = String::from_utf8_lossy(&marked.text).into_owned();
        let (mut spans, mut open, mut stripped, mut at) = (Vec::new(), Vec::new(), String::new(), 0);
        for c in marked.chars() {
            if c == begin {
                open.push(spans.len());
                spans.push((at, at));
            } else if c == end {
                let Some(index) = open.pop() else {
                    return Ok(None);
                };
                spans[index].1 = at;
            } else {
                stripped.push(c);
                at += 1;
            }
        }
        Ok((open.is_empty() && stripped == plain).then_some(spans))
    }

    /// The text alone.
    fn text(&self, input: &TemplateInput<'_>) -> Result<String, TemplateError> {
        let progress = self.run(input, None)?;
        self.checked_text(progress.text)
    }

    fn checked_text(&self, bytes: Vec<u8>) -> Result<String, TemplateError> {
        let no_text = |_| self.error_at(&input::InputError::Value("the output is no text".to_owned()), 0);
        String::from_utf8(bytes).map_err(no_text)
    }

    fn run(&self, input: &TemplateInput<'_>, marks: Option<Marks>) -> Result<Progress, TemplateError> {
        let context = input.context().map_err(|error| self.error_at(&error, 0))?;
        let template =
            self.environment.get_template(NAME).map_err(|error| self.error_at(&minijinja_detail(&error), 0))?;
        let progress = Progress::new(template.source(), input.now, marks);
        let (result, mut progress) = render::with(progress, || template.render_captured_to(context, Sink).map(|_| ()));
        let Err(error) = result else {
            return Ok(progress);
        };
        let mut cause = &error;
        while let Some(source) = std::error::Error::source(cause).and_then(|source| source.downcast_ref()) {
            cause = source;
        }
        let at = position(&self.positions, place(cause, template.source()));
        if progress.too_long {
            // The engine forgets where it was when it cannot write; what was written last is not far.
            let line = self.origins(&progress.parts).last().map_or(1, |origin| origin.line);
            return Err(self.limit("the text that it writes grows longer than 32 MB", line));
        }
        if cause.kind() == ErrorKind::OutOfFuel {
            return Err(self.limit("it does too much for one conversation", self.source.line(at)));
        }
        if let Some(message) = progress.raised.take() {
            return Err(TemplateError::Raised { template: self.name.clone(), line: self.source.line(at), message });
        }
        Err(self.error_at(&minijinja_detail(cause), at))
    }

    fn limit(&self, reason: &'static str, line: usize) -> TemplateError {
        TemplateError::Limit { template: self.name.clone(), line, reason }
    }

    fn error_at(&self, reason: &input::InputError, at: usize) -> TemplateError {
        match reason {
            input::InputError::Template(error) => error.clone(),
            input::InputError::Value(reason) => TemplateError::Render {
                template: self.name.clone(),
                line: self.source.line(at),
                reason: reason.clone(),
            },
        }
    }

    fn origins(&self, parts: &[(usize, Writer)]) -> Vec<Origin> {
        let mut origins = Vec::with_capacity(parts.len());
        let mut at = 0;
        for &(length, writer) in parts {
            let bytes = at..at + length;
            at += length;
            let (span, kind) = match writer {
                Writer::Output(number) => (self.outputs.get(number).cloned(), OriginKind::Expression),
                Writer::Data(start) => {
                    let start = position(&self.positions, start);
                    (Some(start..start + length), OriginKind::Text)
                }
                Writer::Unknown => (None, OriginKind::Expression),
            };
            let Some(span) = span else { continue };
            origins.push(Origin {
                bytes,
                line: self.source.line(span.start),
                source: self.source.original(span),
                kind,
            });
        }
        origins
    }
}

fn minijinja_detail(error: &minijinja::Error) -> input::InputError {
    input::InputError::Value(error.detail().map_or_else(|| error.to_string(), str::to_owned))
}

/// Where in the translation an error happened, or the beginning of its line where no more is known.
fn place(error: &minijinja::Error, translation: &str) -> usize {
    let start_of = |line: usize| translation.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    error.range().map_or_else(|| error.line().map_or(0, start_of), |range| range.start)
}

/// The position in the normalised source for one in the translation.
fn position(positions: &[(usize, usize)], at: usize) -> usize {
    let after = positions.partition_point(|&(translated, _)| translated <= at);
    after.checked_sub(1).map_or(0, |index| positions[index].1)
}

#[cfg(test)]
mod tests;
