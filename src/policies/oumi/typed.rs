//! A record as Oumi's types hold it: the keys that they know in their order, and calls in the form that the template takes.

use super::super::parts::{self, Renderer};
use super::Unavailable;
use crate::json;
use crate::json::is_true;
use crate::sequence::turns::GenerationPrompt;
use crate::words::unavailable::Why;
use serde_json::{Map, Value, json};

/// The fields of a type, in the order in which they are written.
type Fields = &'static [&'static str];

const MESSAGE: Fields = &["id", "content", "role", "tool_calls", "tool_call_id", "reasoning_content"];
const CALL: Fields = &["id", "type", "function"];
const FUNCTION_CALL: Fields = &["name", "arguments"];
const TOOL: Fields = &["type", "function"];
const FUNCTION: Fields = &["name", "description", "parameters", "strict"];
const SCHEMA: Fields =
    &["type", "description", "title", "properties", "required", "items", "enum", "default", "format"];

/// What a template gets.
type Given = (Vec<Value>, Option<Value>);

/// The messages and tools as the template gets them.
///
/// # Errors
/// [`Unavailable`] where Oumi raises.
pub fn conversation(renderer: &Renderer<'_>, messages: &[Value], tools: Option<&Value>) -> Result<Given, Unavailable> {
    let invalid = |why: String| renderer.raises(format!("Invalid conversation format. {why}"));
    if messages.iter().any(|message| message.get("content").is_some_and(Value::is_array)) {
        return Err(renderer.refused(Why::Parts));
    }
    let messages = messages.iter().map(message).collect::<Result<Vec<_>, _>>().map_err(invalid)?;
    let tools = match tools {
        None | Some(Value::Null) => None,
        Some(Value::Array(tools)) => Some(tools.iter().map(tool).collect::<Result<Vec<_>, _>>().map_err(invalid)?),
        Some(_) => return Err(invalid("tools: Input should be a valid list".to_owned())),
    };
    let has_calls = |message: &Value| parts::role(message) == "assistant" && calls(message).is_some();
    let tools = tools.filter(|tools| !tools.is_empty());
    if tools.is_none() && !messages.iter().any(has_calls) {
        return Ok((messages, None));
    }
    let form = Form::taken_by(renderer)?;
    form.given(messages, tools).map_err(|why| renderer.raises(why))
}

fn calls(message: &Value) -> Option<&Vec<Value>> {
    message.get("tool_calls").and_then(Value::as_array).filter(|calls| !calls.is_empty())
}

/// The fields of an object in a type's order, without nulls, and those that the type does not know behind them.
fn ordered(object: &Map<String, Value>, fields: Fields, keeps_others: bool) -> Map<String, Value> {
    let known = fields.iter().filter_map(|field| object.get_key_value(*field));
    let others = object.iter().filter(|(key, _)| keeps_others && !fields.contains(&key.as_str()));
    known.chain(others).filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn object<'v>(value: Option<&'v Value>, what: &str) -> Result<&'v Map<String, Value>, String> {
    value.and_then(Value::as_object).ok_or_else(|| format!("{what}: Input should be a valid dictionary"))
}

/// Makes sure that there is a text under each of these keys, or nothing.
fn texts(object: &Map<String, Value>, keys: &[&str]) -> Result<(), String> {
    let is_text = |key: &&&str| object.get(**key).is_none_or(|value| value.is_null() || value.is_string());
    match keys.iter().find(|key| !is_text(key)) {
        None => Ok(()),
        Some(key) => Err(format!("{key}: Input should be a valid string")),
    }
}

/// Makes sure that there is a text under a key.
fn required(object: &Map<String, Value>, key: &str) -> Result<(), String> {
    match object.get(key) {
        Some(Value::String(_)) => Ok(()),
        None => Err(format!("{key}: Field required")),
        Some(_) => Err(format!("{key}: Input should be a valid string")),
    }
}

fn message(message: &Value) -> Result<Value, String> {
    const ROLES: [&str; 4] = ["system", "user", "assistant", "tool"];
    let fields = object(Some(message), "message")?;
    if !ROLES.contains(&parts::role(message)) {
        return Err("role: Input should be 'system', 'user', 'assistant' or 'tool'".to_owned());
    }
    texts(fields, &["id", "content", "tool_call_id", "reasoning_content"])?;
    let mut out = ordered(fields, MESSAGE, false);
    if let Some(calls) = out.get_mut("tool_calls") {
        let list = calls.as_array_mut().ok_or("tool_calls: Input should be a valid list")?;
        for call in list {
            *call = call_of(call)?;
        }
    }
    let has_calls = out.get("tool_calls").is_some_and(is_true);
    if !out.contains_key("content") && !has_calls {
        return Err("Message must have at least one of `content` or a non-empty `tool_calls`".to_owned());
    }
    Ok(Value::Object(out))
}

fn kind(object: &Map<String, Value>) -> Result<(), String> {
    match object.get("type") {
        None => Ok(()),
        Some(kind) if kind == "function" => Ok(()),
        Some(_) => Err("type: Input should be 'function'".to_owned()),
    }
}

fn call_of(call: &Value) -> Result<Value, String> {
    let fields = object(Some(call), "tool_calls")?;
    required(fields, "id")?;
    kind(fields)?;
    let function = object(fields.get("function"), "function")?;
    required(function, "name")?;
    let mut out_function = ordered(function, FUNCTION_CALL, true);
    match function.get("arguments") {
        Some(Value::String(_)) => {}
        Some(arguments @ (Value::Object(_) | Value::Array(_))) => {
            out_function.insert("arguments".to_owned(), parts::ascii_json(arguments)?.into());
        }
        Some(_) => return Err("arguments must be a str, dict, or list".to_owned()),
        None => return Err("arguments: Field required".to_owned()),
    }
    let mut out = ordered(fields, CALL, true);
    out.insert("function".to_owned(), Value::Object(out_function));
    Ok(Value::Object(out))
}

fn tool(tool: &Value) -> Result<Value, String> {
    let fields = object(Some(tool), "tools")?;
    kind(fields)?;
    let function = object(fields.get("function"), "function")?;
    required(function, "name")?;
    texts(function, &["description"])?;
    let mut out_function = ordered(function, FUNCTION, true);
    if let Some(parameters) = out_function.get_mut("parameters") {
        *parameters = schema(parameters)?;
    }
    let mut out = ordered(fields, TOOL, true);
    out.insert("function".to_owned(), Value::Object(out_function));
    Ok(Value::Object(out))
}

/// A JSON schema, whose nested schemas have the order of the fields too.
fn schema(value: &Value) -> Result<Value, String> {
    const TYPES: [&str; 7] = ["object", "string", "number", "integer", "boolean", "array", "null"];
    let fields = object(Some(value), "parameters")?;
    texts(fields, &["description", "title", "format"])?;
    let is_type = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    let fits = match fields.get("type") {
        None | Some(Value::Null) => true,
        Some(Value::Array(names)) => names.iter().all(is_type),
        Some(name) => is_type(name),
    };
    if !fits {
        return Err("type: Input should be a type of JSON Schema".to_owned());
    }
    let is_list_of_texts = |value: &Value| value.as_array().is_some_and(|items| items.iter().all(Value::is_string));
    if fields.get("required").is_some_and(|value| !value.is_null() && !is_list_of_texts(value)) {
        return Err("required: Input should be a valid list".to_owned());
    }
    let mut out = ordered(fields, SCHEMA, true);
    if let Some(properties) = out.get_mut("properties") {
        let properties = properties.as_object_mut().ok_or("properties: Input should be a valid dictionary")?;
        for property in properties.values_mut() {
            *property = schema(property)?;
        }
    }
    if let Some(items) = out.get_mut("items") {
        *items = schema(items)?;
    }
    Ok(Value::Object(out))
}

/// How calls are handed to a template.
#[derive(Debug, Clone, Copy)]
struct Form {
    arguments_are_parsed: bool,
    content_is_text: bool,
}

/// The value of an argument in Oumi's probe.
const SENTINEL: &str = "OUMI_PROBE_7f3a";

impl Form {
    /// The first form in which a template writes the arguments of a probe unescaped.
    fn taken_by(renderer: &Renderer<'_>) -> Result<Self, Unavailable> {
        const FORMS: [(bool, bool); 4] = [(true, true), (true, false), (false, true), (false, false)];
        let (messages, tools) = probe();
        for (arguments_are_parsed, content_is_text) in FORMS {
            let form = Self { arguments_are_parsed, content_is_text };
            let given = form.given(messages.clone(), Some(tools.clone()));
            let (messages, tools) = given.map_err(|why| renderer.raises(why))?;
            let renderer = renderer.with_tools(tools.as_ref());
            let Ok(text) = renderer.try_text(&messages, GenerationPrompt::LeftOut) else { continue };
            let is_escaped = text.contains(&format!("\\\"{SENTINEL}")) || text.contains(&format!("{SENTINEL}\\\""));
            if text.contains(SENTINEL) && !is_escaped {
                return Ok(form);
            }
        }
        Ok(Self { arguments_are_parsed: true, content_is_text: true })
    }

    fn given(self, mut messages: Vec<Value>, mut tools: Option<Vec<Value>>) -> Result<Given, String> {
        for (at, message) in messages.iter_mut().enumerate() {
            if calls(message).is_none() {
                continue;
            }
            if self.content_is_text && message.get("content").is_none() {
                message["content"] = "".into();
            }
            for call in message["tool_calls"].as_array_mut().into_iter().flatten() {
                restore_type(call);
                if self.arguments_are_parsed {
                    let arguments = &mut call["function"]["arguments"];
                    *arguments = parsed(arguments).map_err(|why| format!("Message {at}: {why}"))?;
                }
            }
        }
        tools.iter_mut().flatten().for_each(restore_type);
        Ok((messages, tools.map(Value::Array)))
    }
}

fn restore_type(entry: &mut Value) {
    if let Some(fields) = entry.as_object_mut().filter(|fields| !fields.contains_key("type")) {
        fields.insert("type".to_owned(), "function".into());
    }
}

fn parsed(arguments: &Value) -> Result<Value, String> {
    let text = arguments.as_str().unwrap_or_default();
    if text.is_empty() {
        return Ok(json!({}));
    }
    match json::parse(text) {
        Ok(object @ Value::Object(_)) => Ok(object),
        Ok(_) => Err("arguments must be a JSON object".to_owned()),
        Err(reason) => Err(format!("invalid JSON arguments: {reason}")),
    }
}

/// The conversation that Oumi renders to find the form.
fn probe() -> (Vec<Value>, Vec<Value>) {
    let call = |id: &str, name: &str, arguments: Value| {
        let arguments = arguments.to_string().replace("\":\"", "\": \"");
        json!({"id": id, "function": {"name": name, "arguments": arguments}})
    };
    let tool = |name: &str, parameter: &str| {
        let parameters =
            json!({"type": "object", "properties": {parameter: {"type": "string"}}, "required": [parameter]});
        let description = format!("{name} description");
        json!({"function": {"name": name, "description": description, "parameters": parameters}})
    };
    let message = |role: &str, content: &str| json!({"role": role, "content": content});
    let result = |id: &str, content: &str| json!({"content": content, "role": "tool", "tool_call_id": id});
    let calling = |calls: Vec<Value>| json!({"role": "assistant", "tool_calls": calls});
    let messages = vec![
        message("system", "SYSTEM_PROMPT_TEXT"),
        message("user", "USER_ASKS_WEATHER_AND_FLIGHTS"),
        calling(vec![
            call("weathr001", "get_weather", json!({"city": SENTINEL})),
            call("flight001", "search_flights", json!({"origin": "Boston"})),
        ]),
        result("weathr001", "TOOL_RESULT_PARIS_WEATHER"),
        result("flight001", "TOOL_RESULT_BOSTON_FLIGHTS"),
        message("assistant", "ASSISTANT_ANSWERS_PARIS"),
        message("user", "USER_ASKS_TOKYO"),
        calling(vec![call("weathr002", "get_weather", json!({"city": "Tokyo"}))]),
        result("weathr002", "TOOL_RESULT_TOKYO_WEATHER"),
        message("assistant", "ASSISTANT_ANSWERS_TOKYO"),
    ];
    (messages, vec![tool("get_weather", "city"), tool("search_flights", "origin")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_have_ids_and_their_fields_in_order() {
        let with =
            |call: Value| message(&json!({"role": "assistant", "content": "", "tool_calls": [call], "name": "x"}));
        let read = with(json!({"function": {"arguments": {"a": "夏"}, "name": "f"}, "id": "1", "type": "function"}));
        let written = r#"{"content":"","role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"a\": \"\\u590f\"}"}}]}"#;
        assert_eq!(read.unwrap().to_string(), written);
        let said = with(json!({"function": {"name": "f", "arguments": {}}})).unwrap_err();
        assert!(said.contains("id: Field required"), "{said}");
        assert!(
            message(&json!({"role": "user"})).is_err() && message(&json!({"role": "human", "content": "a"})).is_err()
        );
    }

    #[test]
    fn schemas_are_checked() {
        assert!(schema(&json!({"type": "object", "properties": {"a": {"type": "text"}}})).is_err());
        let read = schema(&json!({"x": 1, "required": [], "type": "object", "title": null})).unwrap();
        assert_eq!(read.to_string(), r#"{"type":"object","required":[],"x":1}"#);
    }
}
