//! Messages as NeMo Automodel hands them to the chat template.

use super::super::parts::{self, Renderer};
use super::Unavailable;
use crate::template;
use serde_json::{Map, Value};

/// The roles that it knows.
const ROLES: [&str; 4] = ["system", "user", "assistant", "tool"];

/// The key of the thoughts.
pub const REASONING: &str = "reasoning_content";

/// The messages with contents that are texts, and calls that are complete.
///
/// # Errors
/// [`Unavailable`] where Automodel raises.
pub fn messages(renderer: &Renderer<'_>, messages: &[Value]) -> Result<Vec<Value>, Unavailable> {
    messages.iter().filter_map(Value::as_object).map(|fields| message(renderer, fields)).collect()
}

fn message(renderer: &Renderer<'_>, fields: &Map<String, Value>) -> Result<Value, Unavailable> {
    let role = fields.get("role").and_then(Value::as_str).unwrap_or_default();
    if !ROLES.contains(&role) {
        return Err(renderer.raises(format!("Unsupported role in messages: {role}")));
    }
    let mut out = fields.clone();
    out.insert("content".to_owned(), content(fields.get("content")).map_err(|why| renderer.raises(why))?.into());
    if role == "assistant" {
        match fields.get(REASONING) {
            None | Some(Value::String(_)) => {}
            Some(Value::Null) => drop(out.insert(REASONING.to_owned(), "".into())),
            Some(_) => {
                return Err(renderer.raises("assistant message `reasoning_content` must be a string when provided"));
            }
        }
        if let Some(calls) = fields.get("tool_calls") {
            out.insert("tool_calls".to_owned(), calls_of(renderer, calls)?);
        }
    }
    let id = fields.get("tool_call_id").and_then(Value::as_str).unwrap_or_default();
    if role == "tool" && id.is_empty() {
        return Err(renderer.raises("tool message `tool_call_id` must be a non-empty string"));
    }
    Ok(Value::Object(out))
}

fn content(content: Option<&Value>) -> Result<String, String> {
    match content {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Array(parts)) => {
            let texts = parts.iter().filter_map(|part| part.as_object()?.get("text"));
            let text = |text: &Value| {
                text.as_str().map(str::to_owned).ok_or_else(|| "expected str instance in a content part".to_owned())
            };
            Ok(texts.map(text).collect::<Result<Vec<_>, _>>()?.join(" "))
        }
        Some(other) => template::python_text(other),
    }
}

fn calls_of(renderer: &Renderer<'_>, calls: &Value) -> Result<Value, Unavailable> {
    let must_be = |what: &str| renderer.raises(format!("assistant message `tool_calls` {what}"));
    let list = calls.as_array().ok_or_else(|| must_be("must be a list"))?;
    let call = |(at, call): (usize, &Value)| {
        let mut call = call.as_object().cloned().ok_or_else(|| must_be("must hold dicts"))?;
        for (key, usual) in [("id", format!("call_{at}")), ("type", "function".to_owned())] {
            match call.get(key) {
                None | Some(Value::Null) => drop(call.insert(key.to_owned(), usual.into())),
                Some(Value::String(text)) if text.is_empty() => drop(call.insert(key.to_owned(), usual.into())),
                Some(Value::String(_)) => {}
                Some(_) => return Err(must_be("must have texts under `id` and `type` when provided")),
            }
        }
        let function = call.get_mut("function").and_then(Value::as_object_mut);
        let function = function.ok_or_else(|| must_be("must have a dict under `function`"))?;
        if function.get("name").and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(must_be("must have a non-empty `function.name`"));
        }
        match function.get("arguments") {
            None | Some(Value::Null) => return Err(must_be("must have `function.arguments`")),
            Some(Value::String(_)) => {}
            Some(arguments) => {
                let text = parts::ascii_json(arguments).map_err(|why| renderer.raises(why))?;
                function.insert("arguments".to_owned(), text.into());
            }
        }
        Ok(Value::Object(call))
    };
    list.iter().enumerate().map(call).collect::<Result<Vec<_>, _>>().map(Value::Array)
}
