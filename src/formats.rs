//! Input schemas: how a record's keys become a [`Conversation`].
//!
//! A schema is one file here and one line in [`SCHEMAS`]. They are tried in that order by the record's shape.

mod alpaca;
mod axolotl;
mod conversations;
mod messages;
mod mlx;
mod ms_swift;
mod preference;
mod prompt_completion;
mod renames;
mod sharegpt;
mod swift;
mod text;
mod tokenized;
mod trl;
mod unread;
mod verl;

pub use axolotl::{AlpacaStyle, AlpacaSystem, Axolotl};
pub use mlx::Mlx;
pub use ms_swift::MsSwift;
pub use renames::{JsonText, MessageRenames, OtherRoles, Reader, Rename, Renames, Rest, SchemaChoice, SystemMessage};
pub use trl::Trl;
pub use verl::Verl;

use crate::conversation::{Conversation, Message};
use crate::error::{Expected, FormatError, KeyList, Kind, Needs};
use crate::json;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// One input schema.
#[derive(Debug)]
pub struct Schema {
    /// Its name, as `--schema` takes it and as JSON output gives it.
    pub name: &'static str,
    /// What a record needs to be of it, for messages and tables.
    pub needs: Needs,
    /// A short record, for tables.
    pub example: &'static str,
    /// Whether the record has this shape.
    fits: fn(&Map<String, Value>) -> bool,
    /// The record's conversation.
    normalise: fn(&Map<String, Value>) -> Result<Conversation, FormatError>,
}

/// Every schema, in the order in which they are tried.
pub static SCHEMAS: &[&Schema] = &[
    &tokenized::SCHEMA,
    &preference::SCHEMA,
    &sharegpt::SCHEMA,
    &conversations::SCHEMA,
    &messages::SCHEMA,
    &prompt_completion::SCHEMA,
    &alpaca::SCHEMA,
    &swift::SCHEMA,
    &text::SCHEMA,
];

/// The schema of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Schema> {
    SCHEMAS.iter().copied().find(|schema| schema.name == name)
}

/// Brings a record into the normal form, by the schema given or by the first that fits its shape.
///
/// # Errors
/// [`FormatError`] when no schema fits, or when a key holds what its schema does not allow.
pub fn normalise(
    record: &Map<String, Value>,
    schema: Option<&'static Schema>,
) -> Result<(&'static Schema, Conversation), FormatError> {
    let plain = plain(record);
    let (all, record) = (record, plain.as_ref());
    let schema = match schema {
        Some(schema) if (schema.fits)(record) => schema,
        Some(schema) => return Err(unread::by_schema(schema, all, record)),
        None => {
            let fitting = SCHEMAS.iter().copied().find(|schema| (schema.fits)(record));
            fitting.ok_or_else(|| unread::by_any(all, record))?
        }
    };
    Ok((schema, (schema.normalise)(record)?))
}

/// Keys whose lists are JSON text where a table has no lists, as in CSV.
const LISTS: [&str; 4] = ["messages", "conversations", "conversation", "history"];

/// The record without the nulls with which tables fill the columns that a row does not have, and with its lists as lists.
fn plain(record: &Map<String, Value>) -> Cow<'_, Map<String, Value>> {
    let list = |key: &str, value: &Value| -> Option<Value> {
        let text = value.as_str().filter(|text| LISTS.contains(&key) && text.trim_start().starts_with('['))?;
        json::parse(text).ok()
    };
    let is_plain = |(key, value): (&String, &Value)| !value.is_null() && list(key, value).is_none();
    if record.iter().all(is_plain) {
        return Cow::Borrowed(record);
    }
    let present = record.iter().filter(|(_, value)| !value.is_null());
    Cow::Owned(present.map(|(key, value)| (key.clone(), list(key, value).unwrap_or_else(|| value.clone()))).collect())
}

/// The first of the keys under which the first item of a list has one of these fields.
fn list_with(record: &Map<String, Value>, keys: &[&'static str], fields: &[&str]) -> Option<&'static str> {
    keys.iter().copied().find(|key| {
        let first = record.get(*key).and_then(Value::as_array).and_then(|list| list.first());
        first.is_some_and(|first| fields.iter().any(|field| first.get(field).is_some()))
    })
}

/// The message of the column `system`, for records whose messages do not begin with one of their own.
fn system_column(record: &Map<String, Value>, messages: &[Message]) -> Result<Option<Message>, FormatError> {
    let has_own = messages.first().is_some_and(|first| first.role() == "system");
    let text = if has_own { None } else { optional_text(record, "system")? };
    Ok(text.map(|text| Message::new("system", text)))
}

/// A record's keys; the first twelve, since some records have hundreds.
fn keys_of(record: &Map<String, Value>) -> KeyList {
    const SHOWN: usize = 12;
    let first: Vec<String> = record.keys().take(SHOWN).cloned().collect();
    let objects = |key: &String| Some((key.clone(), record.get(key)?.as_array()?.first()?.as_object()?));
    let inside = first.iter().find_map(objects).filter(|(_, object)| !object.is_empty());
    let inside = inside.map(|(key, object)| Box::new((key, object.keys().take(SHOWN).cloned().collect())));
    KeyList { more: record.len() - first.len(), first, inside }
}

/// The objects of the list under a key.
fn objects_under<'a>(record: &'a Map<String, Value>, key: &str) -> Result<Vec<&'a Map<String, Value>>, FormatError> {
    let wrong = |key: String, found: &Value, expected| FormatError::WrongType { key, found: Kind::of(found), expected };
    let value = record.get(key).unwrap_or(&Value::Null);
    let list = value.as_array().ok_or_else(|| wrong(key.to_owned(), value, Expected::Messages))?;
    list.iter()
        .enumerate()
        .map(|(at, item)| item.as_object().ok_or_else(|| wrong(format!("{key}[{at}]"), item, Expected::Message)))
        .collect()
}

/// The messages of the list under a key, each with its role.
fn messages_under(record: &Map<String, Value>, key: &'static str) -> Result<Vec<Message>, FormatError> {
    let message = |(at, fields): (usize, &Map<String, Value>)| {
        let place = format!("{key}[{at}]");
        match (text_under(fields, "role", Some(&place))?, fields.get("content")) {
            // A call as ms-swift has it: a message of its own whose content is JSON text.
            ("tool_call", Some(Value::String(content))) => call_message(fields, content, &place),
            (role, _) => Ok(Message::with_role(fields.clone(), role_of(role))),
        }
    };
    objects_under(record, key)?.into_iter().enumerate().map(message).collect()
}

/// The assistant's message with the calls that its content is the JSON text of.
fn call_message(fields: &Map<String, Value>, content: &str, place: &str) -> Result<Message, FormatError> {
    let (thoughts, calls) = sharegpt::calls(content, &format!("{place}.content"))?;
    let mut fields = fields.clone();
    fields.insert("content".to_owned(), thoughts.into());
    fields.insert("tool_calls".to_owned(), calls);
    Ok(Message::with_role(fields, "assistant"))
}

/// Other names of the roles that chat templates know, from the data sets in use.
const ALIASES: &[(&str, &str)] = &[
    ("human", "user"),
    ("gpt", "assistant"),
    ("bot", "assistant"),
    ("chatgpt", "assistant"),
    ("bing", "assistant"),
    ("bard", "assistant"),
    ("model", "assistant"),
    ("ai", "assistant"),
    ("observation", "tool"),
    ("function_response", "tool"),
    ("tool_response", "tool"),
];

/// The role that a name stands for; a name that is no alias is a role itself.
fn role_of(name: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, role)| role)
}

/// The text under a key of the record; none where it is absent, null or empty.
fn optional_text<'a>(record: &'a Map<String, Value>, key: &str) -> Result<Option<&'a str>, FormatError> {
    match record.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
        Some(other) => {
            Err(FormatError::WrongType { key: key.to_owned(), found: Kind::of(other), expected: Expected::Text })
        }
    }
}

/// The text under a key of the message at `place`; without a place, of the record.
fn text_under<'a>(
    message: &'a Map<String, Value>,
    key: &'static str,
    place: Option<&str>,
) -> Result<&'a str, FormatError> {
    match message.get(key) {
        Some(Value::String(text)) => Ok(text),
        Some(other) => {
            let key = place.map_or_else(|| key.to_owned(), |place| format!("{place}.{key}"));
            Err(FormatError::WrongType { key, found: Kind::of(other), expected: Expected::Text })
        }
        None => Err(FormatError::MissingKey { place: place.map(str::to_owned), missing: key, keys: keys_of(message) }),
    }
}

/// A value that is a list or object, or JSON text that holds one; `None` for null and empty text.
fn json_or_text(value: Option<&Value>, place: &str) -> Result<Option<Value>, FormatError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => parsed(text, place).map(Some),
        Some(other) => Ok(Some(other.clone())),
    }
}

/// The tools under a key of the record as Transformers takes them, a list: it refuses JSON text and a tool alone.
fn tools_under(record: &Map<String, Value>, key: &str) -> Result<Option<Value>, FormatError> {
    match record.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(tools @ Value::Array(_)) => Ok(Some(tools.clone())),
        Some(other) => {
            Err(FormatError::WrongType { key: key.to_owned(), found: Kind::of(other), expected: Expected::Tools })
        }
    }
}

/// The value of JSON text.
fn parsed(text: &str, place: &str) -> Result<Value, FormatError> {
    json::parse(text).map_err(|error| {
        let key = place.to_owned();
        match json::non_finite(text, json::offset(text, &error)) {
            Some(literal) => FormatError::NonFinite { key, literal },
            None => FormatError::NotJson { key, reason: error.to_string() },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    pub(super) fn conversation(record: &Value) -> (&'static str, Conversation) {
        let (schema, conversation) = normalise(record.as_object().unwrap(), None).unwrap();
        (schema.name, conversation)
    }

    pub(super) fn problem(record: &Value) -> String {
        normalise(record.as_object().unwrap(), None).unwrap_err().to_string()
    }

    #[test]
    fn every_example_is_of_its_schema() {
        for schema in SCHEMAS {
            let example: Value = serde_json::from_str(schema.example).unwrap();
            assert_eq!(conversation(&example).0, schema.name);
        }
    }

    #[test]
    fn columns_without_a_value_do_not_count() {
        let (schema, _) = conversation(&json!({"input_ids": null, "conversations": null, "text": null,
            "messages": [{"role": "user", "content": "a"}]}));
        assert_eq!(schema, "messages");
    }

    #[test]
    fn lists_may_be_json_text() {
        for record in [
            json!({"messages": r#"[{"role": "user", "content": "a"}]"#}),
            json!({"conversations": r#" [{"from": "human", "value": "a"}]"#}),
        ] {
            assert_eq!(conversation(&record).1.messages[0].text(), "a");
        }
        assert!(problem(&json!({"messages": "[1"})).contains("`messages` is text"));
        let said = |tools: &str| problem(&json!({"messages": [{"role": "user", "content": "a"}], "tools": tools}));
        assert!(said("[1").contains("write it with json.dumps"));
        let problem = said("[{\"default\": NaN}]");
        assert!(problem.contains("JSON has no NaN; write null instead"), "{problem}");
    }

    #[test]
    fn the_system_column_stands_before_messages_without_a_system_message() {
        let turns = json!([{"role": "user", "content": "a"}]);
        for key in ["messages", "conversations"] {
            let (_, read) = conversation(&json!({"system": "s", key: turns.clone()}));
            assert_eq!((read.messages.len(), read.messages[0].text()), (2, "s".to_owned()));
        }
        let own = json!({"system": "s", "messages": [{"role": "system", "content": "own"}]});
        assert_eq!(conversation(&own).1.messages.len(), 1);
    }

    #[test]
    fn the_wrong_schema_says_what_it_needs() {
        let record = json!({"messages": []});
        let problem = normalise(record.as_object().unwrap(), by_name("sharegpt")).unwrap_err().to_string();
        assert!(problem.contains("`sharegpt`") && problem.contains("`messages`"), "{problem}");
    }
}
