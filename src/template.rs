//! Chat templates (stopgap until the full floor is merged).
use crate::error::TemplateError;
use serde_json::{Map, Value};
use std::ops::Range;

/// x
#[derive(Debug)]
pub struct ChatTemplate {
    env: minijinja::Environment<'static>,
    source: String,
}
/// x
#[derive(Debug, Clone, Copy)]
pub struct TemplateInput<'a> {
    /// x
    pub messages: &'a [Value],
    /// x
    pub tools: Option<&'a Value>,
    /// x
    pub documents: Option<&'a Value>,
    /// x
    pub add_generation_prompt: bool,
    /// x
    pub special_tokens: &'a Map<String, Value>,
    /// x
    pub kwargs: &'a Map<String, Value>,
    /// x
    pub now: Option<&'a str>,
}
/// x
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// x
    pub bytes: Range<usize>,
    /// x
    pub line: usize,
    /// x
    pub source: Range<usize>,
}
/// x
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// x
    pub text: String,
    /// x
    pub generation: Option<Vec<Range<usize>>>,
    /// x
    pub origins: Vec<Origin>,
}
impl ChatTemplate {
    /// x
    /// # Errors
    /// x
    pub fn compile(name: &str, source: &str) -> Result<Self, TemplateError> {
        let mut env = minijinja::Environment::new();
        env.set_syntax(
            minijinja::syntax::SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap(),
        );
        env.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        env.add_function("raise_exception", |m: String| -> Result<String, minijinja::Error> {
            Err(minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, m))
        });
        let text = source.replace(" endgeneration ", " endif ").replace(" generation ", " if true ");
        env.add_template_owned("chat", text).map_err(|e| TemplateError::Syntax {
            template: name.to_owned(),
            line: e.line().unwrap_or(0),
            reason: e.to_string(),
        })?;
        Ok(Self { env, source: source.to_owned() })
    }
    /// x
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
    /// x
    /// # Errors
    /// x
    pub fn render(&self, input: &TemplateInput<'_>) -> Result<Rendered, TemplateError> {
        let mut context = input.kwargs.clone();
        context.extend(input.special_tokens.clone());
        context.insert("messages".into(), Value::Array(input.messages.to_vec()));
        context.insert("add_generation_prompt".into(), input.add_generation_prompt.into());
        if let Some(t) = input.tools {
            context.insert("tools".into(), t.clone());
        }
        let (text, spans) = self
            .env
            .get_template("chat")
            .unwrap()
            .render_with_spans(minijinja::Value::from(minijinja::value::Serde(&context)))
            .map_err(|e| TemplateError::Syntax {
                template: "chat".into(),
                line: e.line().unwrap_or(0),
                reason: e.to_string(),
            })?;
        let origins = spans
            .iter()
            .map(|s| Origin { bytes: s.output_range(), line: s.line(), source: s.source_range() })
            .collect();
        Ok(Rendered { text, generation: None, origins })
    }
    /// x
    #[must_use]
    pub fn provenance(&self, input: &TemplateInput<'_>, rendered: &Rendered) -> Vec<(Range<usize>, usize)> {
        let mut from = 0;
        let mut found = Vec::new();
        for (i, m) in input.messages.iter().enumerate() {
            if let Some(c) = m["content"].as_str()
                && !c.is_empty()
                && let Some(at) = rendered.text[from..].find(c)
            {
                found.push((from + at..from + at + c.len(), i));
                from += at + c.len();
            }
        }
        found
    }
}
