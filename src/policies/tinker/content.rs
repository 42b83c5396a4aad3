//! Messages as the renderers read them.

use crate::policies::Unavailable;
use crate::words::unavailable::Tinker as Refusal;
use serde_json::Value;

/// The key that says of a message whether it is trained.
pub(super) const TRAINABLE: &str = "trainable";

/// A message of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Message<'a> {
    pub role: &'a str,
    fields: &'a Value,
}

/// What a message says.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'a> {
    Text(&'a str),
    Parts(&'a [Value]),
}

/// A part of a content that a text renderer reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    Thinking(&'a str),
    /// An image or a sound, which is left out.
    Other,
}

impl<'a> Message<'a> {
    pub fn of(fields: &'a Value) -> Self {
        Self { role: fields.get("role").and_then(Value::as_str).unwrap_or_default(), fields }
    }

    pub fn trainable(&self) -> Option<&'a Value> {
        self.fields.get(TRAINABLE)
    }

    /// The weight that the message gives itself, as Python's `int` reads it.
    pub fn weight(&self) -> Result<f32, Unavailable> {
        let number = match self.trainable() {
            None | Some(Value::Bool(false)) => Some(0.0),
            Some(Value::Bool(true)) => Some(1.0),
            Some(Value::Number(number)) => number.as_f64().map(f64::trunc),
            Some(Value::String(text)) => text.trim().parse::<i32>().ok().map(f64::from),
            Some(_) => None,
        };
        let weight = number.map(|number| number as f32);
        weight
            .ok_or_else(|| Unavailable::Tinker(Refusal::NoWeight { value: self.fields[TRAINABLE].to_string().into() }))
    }

    /// The tool calls, if the record brings the key.
    pub fn calls(&self) -> Option<&'a Value> {
        self.fields.get("tool_calls")
    }

    /// # Errors
    /// [`Unavailable`] where it is neither text nor a list.
    pub fn content(&self) -> Result<Content<'a>, Unavailable> {
        match self.fields.get("content") {
            Some(Value::String(text)) => Ok(Content::Text(text)),
            Some(Value::Array(parts)) => Ok(Content::Parts(parts)),
            _ => Err(not_text()),
        }
    }

    /// The text of a content that is one text.
    ///
    /// # Errors
    /// [`Unavailable`] where it is something else.
    pub fn text(&self) -> Result<&'a str, Unavailable> {
        match self.content()? {
            Content::Text(text) => Ok(text),
            Content::Parts([only]) => match Part::of(only)? {
                Part::Text(text) => Ok(text),
                Part::Thinking(_) | Part::Other => Err(not_text()),
            },
            Content::Parts(_) => Err(not_text()),
        }
    }
}

fn not_text() -> Unavailable {
    Unavailable::Tinker(Refusal::NotText)
}

impl<'a> Part<'a> {
    fn of(part: &'a Value) -> Result<Self, Unavailable> {
        let text = |key: &str| part.get(key).and_then(Value::as_str).ok_or_else(not_text);
        match text("type")? {
            "text" => Ok(Self::Text(text("text")?)),
            "thinking" => Ok(Self::Thinking(text("thinking")?)),
            _ => Ok(Self::Other),
        }
    }
}

impl<'a> Content<'a> {
    pub fn parts(parts: &'a [Value]) -> Result<Vec<Part<'a>>, Unavailable> {
        parts.iter().map(Part::of).collect()
    }

    /// Whether there is anything in it.
    pub fn is_empty(self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Parts(parts) => parts.is_empty(),
        }
    }

    /// Whether it holds a thought.
    pub fn thinks(self) -> Result<bool, Unavailable> {
        Ok(match self {
            Self::Text(text) => text.contains("<think>"),
            Self::Parts(parts) => Self::parts(parts)?.iter().any(|part| matches!(part, Part::Thinking(_))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn weights_are_read_as_python_reads_numbers() {
        let weight = |value: Value| Message::of(&json!({"role": "user", "trainable": value})).weight().ok();
        let weights: Vec<_> = [json!(true), json!(false), json!(2.7), json!(" -1 "), json!("yes"), json!(null)]
            .into_iter()
            .map(weight)
            .collect();
        assert_eq!(weights, [Some(1.0), Some(0.0), Some(2.0), Some(-1.0), None, None]);
    }

    #[test]
    fn one_text_is_a_text() {
        let text =
            |content: Value| Message::of(&json!({"role": "user", "content": content})).text().ok().map(str::to_owned);
        let part = json!({"type": "text", "text": "a"});
        assert_eq!(text(json!([part])), Some("a".to_owned()));
        assert_eq!(text(json!([part, part])), None);
        assert_eq!(text(json!([{"type": "thinking", "thinking": "a"}])), None);
        assert_eq!(text(Value::Null), None);
    }
}
