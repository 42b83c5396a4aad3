//! What a template is given: messages as Transformers prepares them, tools, documents, special tokens, options.

use std::sync::Arc;

use indexmap::IndexMap;
use minijinja::value::{Enumerator, Object};
use minijinja::{Error, Value};
use serde_json::{Map, Value as Json};

use super::clock::LocalTime;
use super::functions;
use super::values::{Dict, List, from_json};
use crate::error::TemplateError;
use crate::json::literal;

/// Names of a message's reasoning, the standard one first.
const REASONING: [&str; 3] = ["reasoning_content", "thinking", "reasoning"];

/// One conversation and everything else a template can see.
#[derive(Debug, Clone, Copy)]
pub struct TemplateInput<'a> {
    /// The messages, each a JSON object.
    pub messages: &'a [Json],
    /// The tools: a list of JSON objects.
    pub tools: Option<&'a Json>,
    /// The documents: a list of JSON objects.
    pub documents: Option<&'a Json>,
    /// Whether the beginning of an answer is wanted at the end.
    pub add_generation_prompt: bool,
    /// The tokenizer's special tokens by name: `bos_token`, `eos_token`, `pad_token` and so on.
    pub special_tokens: &'a Map<String, Json>,
    /// Further variables, which win over special tokens of the same name.
    pub kwargs: &'a Map<String, Json>,
    /// The time that `strftime_now` sees; none is the clock's.
    pub now: Option<LocalTime>,
}

/// Why there is nothing to render.
pub(super) enum InputError {
    /// In words of its own.
    Template(TemplateError),
    /// In Python's words.
    Value(String),
}

impl From<Error> for InputError {
    fn from(error: Error) -> Self {
        Self::Value(error.detail().unwrap_or("a value cannot be used").to_owned())
    }
}

/// The variables of a template, found under the identifiers that the translation gives them.
#[derive(Debug)]
struct Variables(IndexMap<String, Value>);

impl Object for Variables {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let name = key.strip_prefix("c_")?;
        self.0.get(name).cloned().or_else(|| functions::find(name))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }
}

impl TemplateInput<'_> {
    /// The variables as the engine takes them.
    pub(super) fn context(&self) -> Result<Value, InputError> {
        if self.messages.is_empty() {
            return Err(InputError::Template(TemplateError::EmptyConversation));
        }
        let mut messages = Vec::with_capacity(self.messages.len());
        for (index, json) in self.messages.iter().enumerate() {
            let (Json::Object(fields), None) = (json, literal(json)) else {
                return Err(InputError::Template(TemplateError::InvalidMessage {
                    number: index + 1,
                    kind: kind_of(json),
                }));
            };
            messages.push(message(fields)?);
        }
        let mut variables = IndexMap::new();
        variables.insert("messages".to_owned(), List::value(messages)?);
        variables.insert("tools".to_owned(), list_of_objects("tools", self.tools)?);
        variables.insert("documents".to_owned(), list_of_objects("documents", self.documents)?);
        variables.insert("add_generation_prompt".to_owned(), Value::from(self.add_generation_prompt));
        for (name, value) in self.special_tokens.iter().filter(|(_, value)| !value.is_null()).chain(self.kwargs) {
            // Transformers passes the conversation itself under these names and refuses a second value.
            if !matches!(name.as_str(), "messages" | "tools" | "documents" | "add_generation_prompt") {
                variables.insert(name.clone(), from_json(value)?);
            }
        }
        Ok(Value::from_object(Variables(variables)))
    }
}

fn kind_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        _ if literal(json).is_some() => "a number",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

fn list_of_objects(what: &'static str, json: Option<&Json>) -> Result<Value, InputError> {
    match json {
        None | Some(Json::Null) => Ok(Value::from(())),
        Some(list @ Json::Array(items)) if items.iter().all(|item| item.is_object() && literal(item).is_none()) => {
            Ok(from_json(list)?)
        }
        Some(_) => Err(InputError::Template(TemplateError::InvalidList { what })),
    }
}

/// A message without its null fields, and with its reasoning under the names that templates read.
fn message(fields: &Map<String, Json>) -> Result<Value, Error> {
    let present = |name: &str| fields.get(name).filter(|value| !value.is_null());
    let reasoning = REASONING.iter().find_map(|name| present(name)).map(from_json).transpose()?;
    let mut dict = Dict::with_capacity(fields.len() + 2);
    if let Some(reasoning) = &reasoning {
        dict.insert_str("thinking", reasoning.clone())?;
    }
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        dict.insert_str(name, from_json(value)?)?;
    }
    if let Some(reasoning) = reasoning {
        dict.insert_str("reasoning_content", reasoning)?;
    }
    Ok(Value::from_object(dict))
}
