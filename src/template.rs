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
mod tests {
    use serde_json::{Map, Value, json};

    use super::*;

    fn render(source: &str, messages: &Value) -> Result<Rendered, TemplateError> {
        let template = ChatTemplate::compile("test", source)?;
        let (tokens, kwargs) = (Map::new(), Map::new());
        template.render(&TemplateInput {
            messages: messages.as_array().unwrap(),
            tools: None,
            documents: None,
            add_generation_prompt: false,
            special_tokens: &tokens,
            kwargs: &kwargs,
            now: None,
        })
    }

    fn hello() -> Value {
        json!([{"role": "user", "content": "hello"}])
    }

    #[test]
    fn origins_lead_back_to_the_authors_text() {
        let source = "{%- for m in messages %}\r\n<{{ m.role | upper }}>\r\n{{- m.content }}{% endfor %}";
        let rendered = render(source, &hello()).unwrap();
        assert_eq!(rendered.text, "<USER>hello");
        let found: Vec<(&str, &str, usize)> = rendered
            .origins
            .iter()
            .map(|origin| (&rendered.text[origin.bytes.clone()], &source[origin.source.clone()], origin.line))
            .collect();
        assert_eq!(found, [("<", "<", 2), ("USER", "m.role | upper", 2), (">", ">", 2), ("hello", "m.content", 3),]);
    }

    #[test]
    fn errors_name_the_line_and_the_templates_own_words() {
        let error = render("a\nb\n{{ raise_exception('no tools, please') }}", &hello()).unwrap_err();
        let expected = TemplateError::Raised { template: "test".into(), line: 3, message: "no tools, please".into() };
        assert_eq!(error, expected);
        let error = render("a\n{{ 'x' + 1 }}", &hello()).unwrap_err();
        assert!(matches!(error, TemplateError::Render { line: 2, .. }), "{error}");
        let error = render("a\n\n{% if %}", &hello()).unwrap_err();
        assert!(matches!(error, TemplateError::Syntax { line: 3, .. }), "{error}");
        assert_eq!(render("", &json!([])).unwrap_err(), TemplateError::EmptyConversation);
        let error = render("", &json!([1])).unwrap_err();
        assert!(matches!(error, TemplateError::InvalidMessage { number: 1, .. }), "{error}");
    }

    #[test]
    fn reckoning_with_integers_beyond_128_bits_is_refused() {
        let digits = "9".repeat(40);
        let messages = crate::json::parse(&format!("[{{\"role\": \"user\", \"n\": {digits}}}]")).unwrap();
        let n = "messages[0].n";
        assert_eq!(render(&format!("{{{{ {n} }}}}"), &messages).unwrap().text, digits);
        for operation in ["+ 1", "* 2", "/ 2", "// 2", "% 2", "** 2", "- 1", "is odd", "| round"] {
            let error = render(&format!("{{{{ {n} {operation} }}}}"), &messages).unwrap_err().to_string();
            assert!(error.contains("128 bits"), "{operation}: {error}");
        }
    }

    #[test]
    fn the_true_places_of_generation_blocks_are_found() {
        let source =
            "{% macro f(x) %}é{% generation %}{{ x }}{% endgeneration %}{% endmacro %}a{{ f('1') }}{{ f('22') }}";
        let template = ChatTemplate::compile("test", source).unwrap();
        let (tokens, kwargs, messages) = (Map::new(), Map::new(), hello());
        let input = TemplateInput {
            messages: messages.as_array().unwrap(),
            tools: None,
            documents: None,
            add_generation_prompt: false,
            special_tokens: &tokens,
            kwargs: &kwargs,
            now: None,
        };
        let rendered = template.render(&input).unwrap();
        assert_eq!(rendered.text, "aé1é22");
        assert_eq!(rendered.generation, Some(vec![(1, 2), (3, 5)]));
        assert_eq!(template.generation_truth(&input).unwrap(), Some(vec![(2, 3), (4, 6)]));
    }

    #[test]
    fn what_grows_without_end_is_refused_before_it_is_made() {
        let large = "'a' * 30000000";
        let text = [
            "{{ 'a' * 10 ** 9 }}".to_owned(),
            "{% set n = namespace(x='ab') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}".to_owned(),
            "{% set n = namespace(x='ab') %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}".to_owned(),
            "{{ ('a' * 10000000).replace('a', 'b' * 1000) }}".to_owned(),
            "{{ ('a' * 1000000) | replace('', 'b' * 100) }}".to_owned(),
            "{{ ('a' * 1000000).join(['b'] * 1000) }}".to_owned(),
            "{{ range(100000) | join('a' * 100000) }}".to_owned(),
            "{{ 'a' | center(10 ** 9) }}{{ 1 }}".to_owned(),
            "{{ 'a'.ljust(10 ** 9) }}".to_owned(),
            "{{ '\t'.expandtabs(10 ** 9) }}".to_owned(),
            "{{ ('%(a)99999d' * 10000) % {'a': 1} }}".to_owned(),
            "{{ ('{0:99999}' * 10000).format(1) }}".to_owned(),
            "{{ ('%(a)99999d' * 10000) | format(a=1) }}".to_owned(),
            "{{ ([1] * 100000) | tojson(separators=('a' * 10000, 'b')) }}".to_owned(),
            "{% set x %}{% for i in range(9999) %}{{ 'a' * 1000000 }}{% endfor %}{% endset %}".to_owned(),
            format!(
                "{{% set x %}}{{% for i in range(99999) %}}{}{{% endfor %}}{{% endset %}}",
                "abcdefghij".repeat(1000)
            ),
            "{% macro f() %}{% for i in range(9999) %}{{ 'a' * 1000000 }}{% endfor %}{% endmacro %}{{ f() }}"
                .to_owned(),
            "{% generation %}{% for i in range(9999) %}{{ 'a' * 1000000 }}{% endfor %}{% endgeneration %}".to_owned(),
        ];
        let list = [
            "{{ [0] * 10 ** 9 }}".to_owned(),
            "{% set n = namespace(x=[1]) %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}".to_owned(),
            "{{ ('a ' * 9000000).split() }}".to_owned(),
            "{{ ('a ' * 9000000).split(' ') }}".to_owned(),
            "{{ ('a\n' * 9000000).splitlines() }}".to_owned(),
            format!("{{{{ ({large}) | list }}}}"),
        ];
        let content = [
            "{{ (['a' * 1000000] * 1000) | join }}".to_owned(),
            format!(
                "{{% set n = namespace(l=[]) %}}{{% for i in range(99) %}}{{% set n.l = n.l + [{large}] %}}{{% endfor %}}"
            ),
            "{% set n = namespace(x=['a']) %}{% for a in range(99) %}{% set n.x = [n.x, n.x] %}{% endfor %}".to_owned(),
            "{% set n = namespace(x={}) %}{% for a in range(99) %}{% set n.x = {'a': n.x, 'b': n.x} %}{% endfor %}"
                .to_owned(),
            "{{ (['a'] * 1000) | map('center', 16000000) | list }}".to_owned(),
            format!("{{% set n = namespace(a={large}) %}}{{% set n.b = {large} %}}{{% set n.c = {large} %}}"),
        ];
        let sentences =
            ["a text longer than 32 MB", "a list of more than 1000000 items", "a list or dict of more than 64 MB"];
        for (sources, sentence) in [text.as_slice(), &list, &content].into_iter().zip(sentences) {
            for source in sources {
                let source = source.replace("\\t", "\t");
                let error = render(&source, &hello()).unwrap_err().to_string();
                assert!(error.contains(sentence), "{}: {error}", &source[..source.len().min(90)]);
            }
        }
    }

    #[test]
    fn a_template_that_is_stopped_says_where() {
        let loops = |inside: &str| {
            format!(
                "a\n{{% for a in range(99999) %}}\n{{% for b in range(99999) %}}\n{inside}\n{{% endfor %}}{{% endfor %}}"
            )
        };
        for (source, line) in [
            (loops("{% set x = b %}"), 2..=4),
            (loops("{{ 'x' * 99999 }}"), 3..=4),
            (loops("a long text of the template"), 3..=4),
            ("\n\n{% macro f() %}{{ f() }}{% endmacro %}\n{{ f() }}".to_owned(), 3..=3),
        ] {
            match render(&source, &hello()).unwrap_err() {
                TemplateError::Limit { line: found, .. } | TemplateError::Render { line: found, .. } => {
                    assert!(line.contains(&found), "{source}: {found}");
                }
                other => panic!("{source}: {other}"),
            }
        }
    }

    #[test]
    fn hostile_templates_are_stopped() {
        let nested = "(".repeat(5_000) + &")".repeat(5_000);
        let sum = "1".to_owned() + &"+1".repeat(100_000);
        let blocks = "{% if 1 %}".repeat(10_000);
        let hostile = [
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}".to_owned(),
            "{% for a in range(99999) %}{{ 'x' * 60000000 }}{% endfor %}".to_owned(),
            "{{ 'x' * 10 ** 12 }}".to_owned(),
            "{{ [0] * 10 ** 9 }}".to_owned(),
            "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}".to_owned(),
            "{% set n = namespace(x=[]) %}{% for a in range(99999) %}{% set n.x = [n.x] %}{% endfor %}{{ n.x }}"
                .to_owned(),
            "{% set n = namespace(x='ab') %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}".to_owned(),
            "{% set n = namespace(x=[1]) %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}".to_owned(),
            "{{ 9 ** 9 ** 9 }}".to_owned(),
            "{{ '%999999999d' | format(1) }}".to_owned(),
            format!("{{{{ {nested} }}}}"),
            format!("{{{{ {sum} }}}}"),
            blocks,
        ];
        for source in hostile {
            assert!(render(&source, &hello()).is_err(), "{}", &source[..source.len().min(80)]);
        }
    }

    #[test]
    fn templates_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<ChatTemplate>();
    }
}
