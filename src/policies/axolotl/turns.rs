//! The messages as axolotl hands them to the chat template.

use super::Unavailable;
use crate::json::{self, is_true};
use crate::template::ChatTemplate;
use crate::words::unavailable::Axolotl;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The keys that axolotl always hands on.
const MAPPED: [&str; 4] = ["role", "content", "tool", THOUGHTS];

/// The key of the thoughts.
pub const THOUGHTS: &str = "reasoning_content";

/// The variable whose keys axolotl looks for in a template, to know which more of a message's keys to hand on.
const VARIABLE: &str = "message";

/// One turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// What the template sees.
    pub message: Map<String, Value>,
    /// What the message says itself of being trained.
    pub trained: Option<bool>,
    /// Ranges of characters, where the message lists some.
    pub details: Option<Vec<Value>>,
    /// The same for its thoughts.
    pub thought_details: Option<Vec<Value>>,
}

impl Turn {
    /// Who speaks.
    pub fn role(&self) -> &str {
        self.message.get("role").and_then(Value::as_str).unwrap_or_default()
    }
}

/// The role that axolotl takes a name for.
pub fn role_of(name: &str) -> &str {
    match name {
        "human" => "user",
        "gpt" => "assistant",
        other => other,
    }
}

/// Reads messages as axolotl does.
pub struct Reader<'a> {
    template_keys: BTreeSet<String>,
    training: Option<&'a str>,
    detail: Option<&'a str>,
    parts: Parts,
}

/// What is done with contents that are lists of parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Parts {
    /// Their texts are joined.
    #[default]
    Joined,
    /// The template gets them as they are.
    AsGiven,
}

impl<'a> Reader<'a> {
    /// A reader for conversations that this template writes, with the keys of a message that say what is trained.
    pub fn new(template: &ChatTemplate, training: Option<&'a str>, detail: Option<&'a str>, parts: Parts) -> Self {
        Self { template_keys: template.keys_read_of(VARIABLE), training, detail, parts }
    }

    /// The turns of a conversation.
    ///
    /// # Errors
    /// [`Unavailable`] where axolotl raises.
    pub fn turns(&self, messages: &[Value]) -> Result<Vec<Turn>, Unavailable> {
        if messages.is_empty() {
            return Err(Unavailable::Axolotl(Axolotl::NoMessages));
        }
        messages.iter().filter_map(Value::as_object).map(|fields| self.turn(fields)).collect()
    }

    fn turn(&self, fields: &Map<String, Value>) -> Result<Turn, Unavailable> {
        let mut message = Map::new();
        let given = |key: &str| fields.get(key).filter(|value| !value.is_null()).map(without_nulls);
        for key in MAPPED {
            if let Some(value) = given(key) {
                message.insert(key.to_owned(), value);
            }
        }
        if let Some(Value::String(role)) = message.get_mut("role") {
            *role = role_of(role).to_owned();
        }
        for key in self.template_keys.iter().filter(|key| !MAPPED.contains(&key.as_str())) {
            if let Some(value) = given(key) {
                message.insert(key.clone(), value);
            }
        }
        if let Some(Value::Array(calls)) = message.get_mut("tool_calls") {
            calls.iter_mut().try_for_each(parse_arguments)?;
        }
        let flag = self.training.and_then(given);
        let details = self.detail.and_then(given).map(|value| value.as_array().cloned().unwrap_or_default());
        let joined = self.joined(&message, "content");
        let details = match joined {
            None => details,
            Some((text, of_parts)) => {
                message.insert("content".to_owned(), text.into());
                of_parts.or(details)
            }
        };
        let mut thought_details = None;
        if let Some((text, of_parts)) = self.joined(&message, THOUGHTS) {
            message.insert(THOUGHTS.to_owned(), text.into());
            thought_details = of_parts;
        }
        let lists = [&details, &thought_details];
        let of_details =
            lists.iter().any(|list| list.is_some()).then(|| lists.iter().any(|list| is_full(list.as_ref())));
        let trained = flag.as_ref().map(is_true).or(of_details);
        let full = |details: Option<Vec<Value>>| details.filter(|details| !details.is_empty());
        Ok(Turn { message, trained, details: full(details), thought_details: full(thought_details) })
    }

    /// The joined parts of a key that holds a list of them.
    fn joined(&self, message: &Map<String, Value>, key: &str) -> Option<(String, Option<Vec<Value>>)> {
        let parts = message.get(key)?.as_array().filter(|_| self.parts == Parts::Joined)?;
        // Parts that are plain texts are passed over.
        Some(join_parts(parts.iter().filter(|part| part.is_object())))
    }
}

/// The text of a list of parts, and the ranges of characters that the parts say to be trained or not, if any says so.
fn join_parts<'a>(parts: impl Iterator<Item = &'a Value>) -> (String, Option<Vec<Value>>) {
    const TEXTS: [&str; 3] = ["text", "content", "value"];
    let (mut text, mut details, mut at, mut is_said) = (String::new(), Vec::new(), 0, false);
    for part in parts {
        let named = || TEXTS.iter().find_map(|key| part.get(*key)?.as_str().filter(|text| !text.is_empty()));
        let piece = named().unwrap_or_default();
        let flag = part.get("train").filter(|flag| !flag.is_null()).map(is_true);
        let flag = flag.or_else(|| part.get("weight").filter(|weight| !weight.is_null()).map(is_true));
        is_said |= flag.is_some();
        let length = piece.chars().count();
        if length > 0 {
            let end = at + length - 1;
            details.push(json!({"begin_offset": at, "end_offset": end, "train": flag.unwrap_or(true)}));
        }
        text.push_str(piece);
        at += length;
    }
    (text, is_said.then_some(details))
}

fn is_full(list: Option<&Vec<Value>>) -> bool {
    list.is_some_and(|list| !list.is_empty())
}

/// The tools as axolotl hands them to the chat template.
///
/// # Errors
/// [`Unavailable`] where parameters are text that is no JSON.
pub fn tools(tools: &Value) -> Result<Value, Unavailable> {
    let mut tools = without_nulls(tools);
    for tool in tools.as_array_mut().into_iter().flatten() {
        let Some(parameters) = tool.get_mut("function").and_then(|function| function.get_mut("parameters")) else {
            continue;
        };
        if let Value::String(text) = parameters {
            *parameters = json::parse(text)
                .map_err(|reason| Unavailable::Axolotl(Axolotl::Parameters(reason.to_string().into())))?;
        }
    }
    Ok(tools)
}

/// A value without keys whose value is null: data sets of one schema have them everywhere.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key.clone(), without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}

/// Arguments that are JSON text become the object that the template is to see.
fn parse_arguments(call: &mut Value) -> Result<(), Unavailable> {
    let Some(arguments) = call.get_mut("function").and_then(|function| function.get_mut("arguments")) else {
        return Ok(());
    };
    if let Value::String(text) = arguments {
        *arguments =
            json::parse(text).map_err(|reason| Unavailable::Axolotl(Axolotl::Arguments(reason.to_string().into())))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(message: Value) -> Result<Turn, Unavailable> {
        let template = ChatTemplate::compile("test", "{{ message.tool_calls }}").unwrap();
        let turns = Reader::new(&template, Some("train"), Some("train_detail"), Parts::Joined).turns(&[message])?;
        Ok(turns.into_iter().next().unwrap())
    }

    #[test]
    fn a_turn_has_the_keys_that_the_template_reads() {
        let read = turn(json!({"role": "gpt", "content": null, "name": "x", "train": false,
            "tool_calls": [{"id": null, "function": {"name": "f", "arguments": "{\"a\": 1}"}}]}));
        let read = read.unwrap();
        let calls = json!([{"function": {"name": "f", "arguments": {"a": 1}}}]);
        assert_eq!(Value::Object(read.message), json!({"role": "assistant", "tool_calls": calls}));
        assert_eq!(read.trained, Some(false));
        assert!(turn(json!({"role": "gpt", "tool_calls": [{"function": {"arguments": "{"}}]})).is_err());
    }

    #[test]
    fn parts_are_joined() {
        let parts = json!([{"type": "text", "text": "ab"}, {"text": "c", "train": false}, "d"]);
        let read = turn(json!({"role": "user", "content": parts})).unwrap();
        assert_eq!(read.message["content"], json!("abc"), "a part that is no object is passed over");
        assert_eq!(read.details.unwrap()[1], json!({"begin_offset": 2, "end_offset": 2, "train": false}));
        let read = turn(json!({"role": "user", "content": [{"type": "text", "text": "ab"}]})).unwrap();
        assert_eq!((read.message["content"].clone(), read.details), (json!("ab"), None));
    }

    #[test]
    fn details_stand_for_a_flag() {
        let read = turn(json!({"role": "user", "content": "a", "train_detail": [{"train": true}]})).unwrap();
        assert_eq!((read.trained, read.details.map(|details| details.len())), (Some(true), Some(1)));
        let read = turn(json!({"role": "user", "content": "a", "train_detail": []})).unwrap();
        assert_eq!((read.trained, read.details), (Some(false), None));
    }
}
