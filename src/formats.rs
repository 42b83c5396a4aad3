//! Input schemas: how a record's keys become a [`Conversation`].
//!
//! A schema is one file here and one line in [`SCHEMAS`]. They are tried in that order by the record's shape.

mod alpaca;
mod conversations;
mod messages;
mod preference;
mod prompt_completion;
mod renames;
mod sharegpt;
mod swift;
mod text;
mod tokenized;

pub use renames::{JsonText, MessageRenames, OtherRoles, Rename, Renames, Rest, SchemaChoice, SystemMessage};

use crate::conversation::{Conversation, Message};
use crate::error::FormatError;
use serde_json::{Map, Value};

/// One input schema.
#[derive(Debug)]
pub struct Schema {
    /// Its name, as `--schema` takes it and as JSON output gives it.
    pub name: &'static str,
    /// What a record needs to be of it, for messages and tables.
    pub needs: &'static str,
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
    let schema = match schema {
        Some(schema) if (schema.fits)(record) => schema,
        Some(schema) => {
            return Err(FormatError::Mismatch { schema: schema.name, needs: schema.needs, keys: keys_of(record) });
        }
        None => {
            SCHEMAS.iter().copied().find(|schema| (schema.fits)(record)).ok_or_else(|| FormatError::Unrecognised {
                keys: keys_of(record),
                tried: SCHEMAS.iter().map(|schema| format!("`{}`", schema.name)).collect::<Vec<_>>().join(", "),
            })?
        }
    };
    Ok((schema, (schema.normalise)(record)?))
}

/// A record's keys as a list for the reader; the first twelve, since some records have hundreds.
fn keys_of(record: &Map<String, Value>) -> String {
    const SHOWN: usize = 12;
    if record.is_empty() {
        return "none".to_owned();
    }
    let mut names: Vec<String> = record.keys().take(SHOWN).map(|key| format!("`{key}`")).collect();
    if record.len() > SHOWN {
        names.push(format!("and {} more", record.len() - SHOWN));
    }
    names.join(", ")
}

/// What a JSON value is, in words.
#[must_use]
pub fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The objects of the list under a key.
fn objects_under<'a>(
    record: &'a Map<String, Value>,
    key: &'static str,
) -> Result<Vec<&'a Map<String, Value>>, FormatError> {
    let wrong = |key: String, found: &Value, expected| FormatError::WrongType { key, found: kind_of(found), expected };
    let value = record.get(key).unwrap_or(&Value::Null);
    let list = value.as_array().ok_or_else(|| wrong(key.to_owned(), value, "a list of messages"))?;
    list.iter()
        .enumerate()
        .map(|(at, item)| item.as_object().ok_or_else(|| wrong(format!("{key}[{at}]"), item, "a message object")))
        .collect()
}

/// The messages of the list under a key, each with its role.
fn messages_under(record: &Map<String, Value>, key: &'static str) -> Result<Vec<Message>, FormatError> {
    let message = |(at, fields): (usize, &Map<String, Value>)| {
        let role = text_under(fields, "role", &format!("{key}[{at}]"))?;
        Ok(Message::with_role(fields.clone(), role_of(role)))
    };
    objects_under(record, key)?.into_iter().enumerate().map(message).collect()
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
    ("observation", "tool"),
    ("function_response", "tool"),
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
        Some(other) => Err(FormatError::WrongType { key: key.to_owned(), found: kind_of(other), expected: "text" }),
    }
}

/// The text under a key of the message named `place`.
fn text_under<'a>(message: &'a Map<String, Value>, key: &'static str, place: &str) -> Result<&'a str, FormatError> {
    match message.get(key) {
        Some(Value::String(text)) => Ok(text),
        Some(other) => {
            let key = if place == "the record" { key.to_owned() } else { format!("{place}.{key}") };
            Err(FormatError::WrongType { key, found: kind_of(other), expected: "text" })
        }
        None => Err(FormatError::MissingKey { key: place.to_owned(), missing: key, keys: keys_of(message) }),
    }
}

/// A value that is a list or object, or JSON text that holds one; `None` for null and empty text.
fn json_or_text(value: Option<&Value>, place: &str) -> Result<Option<Value>, FormatError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => serde_json::from_str(text)
            .map(Some)
            .map_err(|reason| FormatError::NotJson { key: place.to_owned(), reason: reason.to_string() }),
        Some(other) => Ok(Some(other.clone())),
    }
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
    fn a_record_that_fits_nothing_says_its_keys() {
        assert_eq!(
            problem(&json!({"question": "a", "answer": "b"})),
            "no conversation in it: its keys are `question`, `answer`; tried the schemas `tokenized`, `preference`, \
             `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`; name the schema with --schema, or rename the keys"
        );
    }

    #[test]
    fn the_wrong_schema_says_what_it_needs() {
        let record = json!({"messages": []});
        let problem = normalise(record.as_object().unwrap(), by_name("sharegpt")).unwrap_err().to_string();
        assert!(problem.contains("`sharegpt`") && problem.contains("`messages`"), "{problem}");
    }
}
