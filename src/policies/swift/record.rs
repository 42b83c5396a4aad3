//! A record as `MessagesPreprocessor` and `StdTemplateInputs` read it: calls and results of tools as messages of their own.

mod anthropic;

use super::dialogue::{Content, Dialogue, Keyed, Role, Turn};
use super::refused;
use crate::conversation::Prompt;
use crate::json::{self, is_true};

use crate::policies::{RecordInput, Unavailable};
use crate::template::python_json;
use crate::words::unavailable::Swift as Refusal;
use anthropic::is_anthropic;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::HashMap;

/// Reads a record.
///
/// # Errors
/// [`Unavailable`] where ms-swift drops the record or raises.
pub(super) fn dialogue(input: &RecordInput<'_>) -> Result<Dialogue, Unavailable> {
    if matches!(input.conversation.prompt, Some(Prompt::Messages(_))) {
        return Err(refused(Refusal::PromptMessages));
    }
    let written;
    let messages = match input.text() {
        // `text` is one of the names of the answer, and there is no question.
        Some(text) => {
            written = [json!({"role": "assistant", "content": text})];
            &written[..]
        }
        None => input.messages()?,
    };
    let mut turns = canonical(messages)?.into_iter().map(turn).collect::<Result<Vec<Turn>, _>>()?;
    let has_system = turns.first().is_some_and(|first| first.role == Role::System);
    let system = if has_system { Some(turns.remove(0)) } else { None };
    let system = match system.map(|turn| turn.content) {
        Some(Content::Text(text)) => Some(text),
        _ => None,
    };
    Ok(Dialogue {
        system,
        tools: tools(input.conversation.tools.as_ref())?,
        turns,
        template_kwargs: input.conversation.template_kwargs.clone(),
    })
}

/// A message of the record, or one of the calls that it makes.
enum Canonical<'a> {
    Message(Cow<'a, Value>),
    Call { call: Value, made_by: &'a Value },
}

/// The messages with each call as one of its own, and the results of calls in the order of the calls.
fn canonical(messages: &[Value]) -> Result<Vec<Canonical<'_>>, Unavailable> {
    let has_calls = |message: &'_ Value| message.get("tool_calls").is_some_and(is_true);
    if !messages.iter().any(has_calls) {
        if messages.iter().any(is_anthropic) {
            return anthropic::canonical(messages);
        }
        return Ok(messages.iter().map(|message| Canonical::Message(Cow::Borrowed(message))).collect());
    }
    let mut order: Vec<&Value> = messages.iter().collect();
    let mut canonical = Vec::with_capacity(messages.len());
    for at in 0..order.len() {
        let message = order[at];
        if role_of(message) != "assistant" || !has_calls(message) {
            canonical.push(Canonical::Message(Cow::Borrowed(message)));
            continue;
        }
        let not_a_call = || refused(Refusal::Call { reason: "tool_calls".into() });
        let calls = message["tool_calls"].as_array().ok_or_else(not_a_call)?;
        order_results(calls, &mut order[at + 1..]);
        if message.get("content").is_some_and(is_true) {
            canonical.push(Canonical::Message(Cow::Borrowed(message)));
        }
        for call in calls {
            let call = call_of(call).ok_or_else(not_a_call)?;
            canonical.push(Canonical::Call { call, made_by: message });
        }
    }
    Ok(canonical)
}

fn role_of(message: &Value) -> &str {
    message.get("role").and_then(Value::as_str).unwrap_or_default()
}

/// Brings the results that follow calls into the order of the calls, where each names its own.
fn order_results(calls: &[Value], after: &mut [&Value]) {
    let count = after.iter().take_while(|message| matches!(role_of(message), "tool" | "tool_response")).count();
    let results = &mut after[..count];
    let ids: Option<HashMap<String, usize>> =
        calls.iter().enumerate().map(|(at, call)| Some((id_of(call.get("id"))?, at))).collect();
    let Some(ids) = ids.filter(|ids| ids.len() == calls.len() && calls.len() == results.len()) else { return };
    let places: Option<Vec<usize>> =
        results.iter().map(|result| ids.get(&id_of(result.get("tool_call_id"))?).copied()).collect();
    let Some(places) = places else { return };
    let mut seen = places.clone();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() != calls.len() {
        return;
    }
    let unordered = results.to_vec();
    for (result, place) in unordered.into_iter().zip(places) {
        results[place] = result;
    }
}

/// An id as a key that tells texts from numbers; none for null.
fn id_of(id: Option<&Value>) -> Option<String> {
    id.filter(|id| !id.is_null()).map(Value::to_string)
}

/// The name and the arguments of a call.
fn call_of(call: &Value) -> Option<Value> {
    let function = call.as_object()?.get("function").unwrap_or(call).as_object()?;
    let arguments = match function.get("arguments") {
        None => Value::Object(Map::new()),
        Some(Value::String(text)) => json::parse(text).unwrap_or_else(|_| Value::String(text.clone())),
        Some(arguments) => arguments.clone(),
    };
    Some(json!({"name": function.get("name")?, "arguments": arguments}))
}

fn turn(canonical: Canonical<'_>) -> Result<Turn, Unavailable> {
    match canonical {
        Canonical::Call { call, made_by } => Ok(Turn {
            role: Role::ToolCall,
            content: Content::Text(dumped(&call)?),
            loss: Keyed::of(made_by.get("loss")),
            scale: Keyed::of(made_by.get("loss_scale")),
            name: None,
        }),
        Canonical::Message(message) => {
            let role = match role_of(&message) {
                "system" => Role::System,
                "user" => Role::User,
                "assistant" => Role::Assistant,
                "tool" | "tool_response" => Role::Tool,
                "tool_call" => Role::ToolCall,
                role => return Err(refused(Refusal::Role { role: role.into() })),
            };
            let content = match message.get("content") {
                None | Some(Value::Null) => return Err(refused(Refusal::NoContent)),
                Some(Value::String(text)) => text.clone(),
                Some(_) if role == Role::System => return Err(refused(Refusal::NotText)),
                Some(other) if matches!(role, Role::Tool | Role::ToolCall) => dumped(other)?,
                Some(other) => text_of_parts(other)?,
            };
            Ok(Turn {
                role,
                content: Content::Text(content),
                loss: Keyed::of(message.get("loss")),
                scale: Keyed::of(message.get("loss_scale")),
                name: message.get("name").filter(|_| role == Role::Tool).cloned(),
            })
        }
    }
}

/// The texts of parts, joined; an image that names no file is a sign in the text.
fn text_of_parts(content: &Value) -> Result<String, Unavailable> {
    let not_text = || refused(Refusal::NotText);
    let parts = content.as_array().ok_or_else(not_text)?;
    let mut whole = String::new();
    for part in parts {
        let kind = part.get("type").and_then(Value::as_str).ok_or_else(not_text)?;
        let value = part.get(kind);
        if kind == "text" {
            whole.push_str(value.and_then(Value::as_str).ok_or_else(not_text)?);
        } else if value.is_some_and(is_true) {
            return Err(refused(Refusal::Media));
        } else {
            whole.extend(["<", kind.strip_suffix("_url").unwrap_or(kind), ">"]);
        }
    }
    Ok(whole)
}

/// A value as `json.dumps(value, ensure_ascii=False)` writes it.
pub(super) fn dumped(value: &Value) -> Result<String, Unavailable> {
    python_json(value, None).map_err(|reason| refused(Refusal::Call { reason: reason.into() }))
}

/// The tools, each wrapped as a function; `None` where there are none.
fn tools(tools: Option<&Value>) -> Result<Option<Vec<Value>>, Unavailable> {
    let list = match tools {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(list)) => list.clone(),
        Some(one) => vec![one.clone()],
    };
    let wrapped = list.into_iter().map(|tool| {
        let tool = match tool {
            Value::String(text) => json::parse(&text).unwrap_or(Value::Null),
            tool => tool,
        };
        match without_padding(&tool) {
            Value::Object(fields) if fields.contains_key("type") || fields.contains_key("function") => {
                Ok(Value::Object(fields))
            }
            Value::Object(fields) => Ok(json!({"type": "function", "function": fields})),
            _ => Err(refused(Refusal::Tools)),
        }
    });
    let wrapped = wrapped.collect::<Result<Vec<_>, _>>()?;
    Ok(Some(wrapped).filter(|tools| !tools.is_empty()))
}

/// A schema without the nulls with which Arrow fills the fields that a tool does not have.
fn without_padding(schema: &Value) -> Value {
    const MAPS: [&str; 6] =
        ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"];
    let kept = |(key, value): (&String, &Value)| {
        let value = match (key.as_str(), value) {
            ("default" | "const", value) => value.clone(),
            (name, value) if name.starts_with("x-") => value.clone(),
            (_, Value::Null) => return None,
            ("enum" | "examples", value) => value.clone(),
            (name, Value::Object(fields)) if MAPS.contains(&name) => {
                let named = fields.iter().filter(|(_, value)| !value.is_null());
                Value::Object(named.map(|(name, value)| (name.clone(), without_padding(value))).collect())
            }
            (_, value) => without_padding(value),
        };
        Some((key.clone(), value))
    };
    match schema {
        Value::Array(items) => items.iter().map(without_padding).collect(),
        Value::Object(fields) => Value::Object(fields.iter().filter_map(kept).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_follow_the_order_of_their_calls() {
        let result = |id: &str| json!({"role": "tool", "tool_call_id": id});
        let (a, b) = (result("a"), result("b"));
        let ordered = |calls: Value| {
            let mut after = [&b, &a];
            order_results(calls.as_array().unwrap(), &mut after);
            after.map(|result| result["tool_call_id"].clone())
        };
        assert_eq!(ordered(json!([{"id": "a"}, {"id": "b"}])), ["a", "b"]);
        assert_eq!(ordered(json!([{"id": "a"}, {"id": "c"}])), ["b", "a"]);
        assert_eq!(ordered(json!([{"id": "a"}, {}])), ["b", "a"]);
    }

    #[test]
    fn nulls_of_tables_are_dropped_from_tools() {
        let tool = json!({"parameters": {"properties": {"a": {"type": "string", "default": null, "enum": [null, 1]},
            "b": null}, "required": null}, "x-note": {"c": null}});
        let cleaned = json!({"parameters": {"properties": {"a": {"type": "string", "default": null, "enum": [null, 1]}}},
            "x-note": {"c": null}});
        assert_eq!(without_padding(&tool), cleaned);
    }
}
