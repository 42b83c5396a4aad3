//! The renderers for `DeepSeek` V3.

use super::content::{Content, Message, Part};
use super::renderer::{Place, Rendered, single};
use crate::policies::Unavailable;
use crate::tokenizer::Tokenizer;
use crate::words::unavailable::Tinker as Refusal;
use serde_json::Value;
use std::borrow::Cow;

/// Whether the model thinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thinking {
    On,
    Off,
}

const USER: &str = "<｜User｜>";
const ASSISTANT: &str = "<｜Assistant｜>";
const OPEN: &str = "<think>";
const CLOSE: &str = "</think>";

pub(super) fn rendered(
    message: &Message<'_>,
    place: Place,
    thinking: Thinking,
    tokenizer: &Tokenizer,
) -> Result<Rendered, Unavailable> {
    let rendered = match message.role {
        "system" if place.at == 0 => Rendered { output: tokenizer.ids(message.text()?)?, ..Rendered::default() },
        "system" => return Err(Unavailable::Tinker(Refusal::LateSystem)),
        "user" => Rendered {
            header: vec![single(USER, tokenizer)?],
            output: tokenizer.ids(message.text()?)?,
            ..Rendered::default()
        },
        "assistant" => return answer(message, place, thinking, tokenizer),
        "tool" => Rendered {
            header: tokenizer.ids("<｜tool▁output▁begin｜>")?,
            output: tokenizer.ids(&format!("{}<｜tool▁output▁end｜>", message.text()?))?,
            ..Rendered::default()
        },
        role => return Err(Unavailable::Tinker(Refusal::Role { role: role.into() })),
    };
    check_calls(message)?;
    Ok(rendered)
}

fn answer(
    message: &Message<'_>,
    place: Place,
    thinking: Thinking,
    tokenizer: &Tokenizer,
) -> Result<Rendered, Unavailable> {
    let content = message.content()?;
    let is_own_turn = !place.follows_tool;
    let is_stripped = thinking == Thinking::Off && is_own_turn;
    let text = match content {
        Content::Text(text) if is_stripped => without_thoughts(text),
        Content::Text(text) => Cow::Borrowed(text),
        Content::Parts(parts) => Cow::Owned(joined(parts, is_stripped || !place.is_last)?),
    };
    check_calls(message)?;
    let mut output = Vec::new();
    if thinking == Thinking::On && is_own_turn && place.is_last && !content.is_empty() && !content.thinks()? {
        output.extend(tokenizer.ids(&[OPEN, CLOSE].concat())?);
    }
    output.extend(tokenizer.ids(&text)?);
    let says_something = if is_stripped { !text.is_empty() } else { !content.is_empty() };
    if says_something {
        output.push(single("<｜end▁of▁sentence｜>", tokenizer)?);
    }
    let mut header = if is_own_turn { vec![single(ASSISTANT, tokenizer)?] } else { Vec::new() };
    if is_own_turn && (thinking == Thinking::Off || !place.is_last) {
        header.extend(tokenizer.ids(CLOSE)?);
    }
    Ok(Rendered { header, output, overlap: Vec::new() })
}

/// The parts of an answer as one text.
fn joined(parts: &[Value], drops_thoughts: bool) -> Result<String, Unavailable> {
    let mut whole = String::new();
    for part in Content::parts(parts)? {
        match part {
            Part::Text(text) => whole.push_str(text),
            Part::Thinking(thought) if !drops_thoughts => whole.extend([OPEN, thought, CLOSE]),
            Part::Thinking(_) | Part::Other => {}
        }
    }
    Ok(whole)
}

/// A text without the thoughts that it encloses in tags.
fn without_thoughts(text: &str) -> Cow<'_, str> {
    let (mut rest, mut kept) = (text, String::new());
    while let Some((before, thought)) = rest.split_once(OPEN)
        && let Some((_, after)) = thought.split_once(CLOSE)
    {
        kept.push_str(before);
        rest = after;
    }
    if kept.is_empty() && rest.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(kept + rest) }
}

/// Calls that a record brings are no objects of the cookbook's class, and writing them fails.
fn check_calls(message: &Message<'_>) -> Result<(), Unavailable> {
    let is_nothing = |calls: &Value| match calls {
        Value::Null | Value::Bool(false) => true,
        Value::Array(calls) => calls.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Bool(true) => false,
    };
    if message.calls().is_none_or(is_nothing) { Ok(()) } else { Err(Unavailable::Tinker(Refusal::PlainCalls)) }
}

pub(super) fn generation_suffix(
    next: Place,
    thinking: Thinking,
    tokenizer: &Tokenizer,
) -> Result<Vec<u32>, Unavailable> {
    if next.follows_tool {
        return Ok(Vec::new());
    }
    let mut ids = vec![single(ASSISTANT, tokenizer)?];
    ids.extend(tokenizer.ids(if thinking == Thinking::On { OPEN } else { CLOSE })?);
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enclosed_thoughts_are_taken_out() {
        let stripped = ["a<think>b</think>c<think>d\n</think>", "<think>a", "a</think>"].map(without_thoughts);
        assert_eq!(stripped, ["ac", "<think>a", "a</think>"]);
    }
}
