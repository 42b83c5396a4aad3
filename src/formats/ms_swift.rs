//! Records as ms-swift reads them, by the preprocessor that it picks for their keys.
//!
//! Follows ms-swift 4.6.0, `swift/dataset/preprocessor/core.py`: `AutoPreprocessor`, `MessagesPreprocessor`,
//! `AlpacaPreprocessor`, `ResponsePreprocessor` and `safe_rename_columns`. ms-swift decides by the columns of a data set;
//! here each record is read by itself. A record that it refuses is left out of the training.

use super::messages::beside;
use super::{Rename, Schema, alpaca, by_name, keys_of, messages, swift};
use crate::conversation::{Conversation, Message};
use crate::error::{Expected, Fate, FormatError, Kind};
use crate::json::is_true;
use crate::json::python_text;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// How ms-swift reads records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MsSwift {
    /// `columns`: other names of columns.
    pub columns: Vec<Rename>,
    /// `system`: the system prompt of records without one.
    pub system: Option<String>,
}

/// Names of columns for what is read.
type Names = (&'static str, &'static [&'static str]);

const MESSAGES: Names = ("messages", &["messages", "conversation", "conversations"]);
const SYSTEM: Names = ("system", &["system", "system_prompt"]);
const QUERY: Names = ("query", &["query", "prompt", "input", "instruction", "question", "problem"]);
const RESPONSE: Names = (
    "response",
    &[
        "response",
        "answer",
        "output",
        "targets",
        "target",
        "answer_key",
        "answers",
        "solution",
        "text",
        "completion",
        "content",
    ],
);

/// What ms-swift takes.
const TAKES: &str = "`messages` (`conversation`, `conversations`), or `query` and `response` by one of their names";

/// Roles that ms-swift knows beside those that it renames.
const ROLES: [&str; 6] = ["system", "user", "tool_call", "tool_response", "tool", "assistant"];

type Read = Result<(&'static Schema, Conversation), FormatError>;

impl MsSwift {
    pub(super) fn read(&self, record: &Map<String, Value>) -> Read {
        let record = &*self.renamed(record)?;
        let (schema, mut read) = if MESSAGES.1.iter().any(|key| record.contains_key(*key)) {
            of_messages(record)?
        } else {
            of_columns(record)?
        };
        check_rejected(record, &read.messages)?;
        let has_own = read.messages.first().is_some_and(|first| first.role() == "system");
        if let Some(system) = self.system.as_deref().filter(|_| !has_own) {
            read.messages.insert(0, Message::new("system", system));
        }
        Ok((schema, read))
    }

    /// The record with the columns of the configuration under their other names; the case of letters does not count. Where
    /// several columns would get one name, none gets it.
    fn renamed<'a>(&self, record: &'a Map<String, Value>) -> Result<Cow<'a, Map<String, Value>>, FormatError> {
        let new_name = |key: &str| {
            let named = self.columns.iter().find(|rename| rename.from.to_lowercase() == key.to_lowercase());
            named.map(|rename| rename.to.as_str())
        };
        let names: Vec<(&String, &str)> = record.keys().filter_map(|key| Some((key, new_name(key)?))).collect();
        let is_alone = |to: &str| names.iter().filter(|(_, other)| *other == to).count() == 1;
        let names: Vec<_> = names.iter().filter(|(from, to)| *from != to && is_alone(to)).collect();
        if names.is_empty() {
            return Ok(Cow::Borrowed(record));
        }
        if let Some((from, to)) = names.iter().find(|(_, to)| record.contains_key(*to)) {
            let (from, to) = ((*from).clone(), (*to).to_owned());
            return Err(FormatError::NameTaken { from, to, trainer: "ms-swift", fate: Fate::Raises });
        }
        let renamed = record.iter().map(|(key, value)| {
            let name = names.iter().find(|(from, _)| *from == key).map_or(key.as_str(), |(_, to)| *to);
            (name.to_owned(), value.clone())
        });
        Ok(Cow::Owned(renamed.collect()))
    }
}

/// The value of a column by one of its names, null included. Where several are there, only the proper name counts.
fn column(record: &Map<String, Value>, (proper, names): Names) -> Option<&Value> {
    let mut found = record.iter().filter(|(key, _)| names.contains(&key.to_lowercase().as_str()));
    match (found.next(), found.next()) {
        (Some((_, only)), None) => Some(only),
        _ => record.get(proper),
    }
}

/// The value of a column that is not null.
fn present(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !value.is_null())
}

/// Makes sure that a rejected answer, where there is a column of them, is there and is not the answer itself.
fn check_rejected(record: &Map<String, Value>, messages: &[Message]) -> Result<(), FormatError> {
    const KEY: &str = "rejected_response";
    match record.get(KEY) {
        Some(found @ Value::Null) => {
            Err(FormatError::WrongType { key: KEY.to_owned(), found: Kind::of(found), expected: Expected::Text })
        }
        Some(text @ Value::String(_)) if messages.last().and_then(Message::content) == Some(text) => {
            Err(FormatError::SameAnswer { key: KEY, trainer: "ms-swift", fate: Fate::Skipped })
        }
        _ => Ok(()),
    }
}

fn text_of<'a>(value: Option<&'a Value>, key: &str) -> Result<Option<&'a str>, FormatError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => {
            let (key, found) = (key.to_owned(), Kind::of(other));
            Err(FormatError::WrongType { key, found, expected: Expected::Text })
        }
    }
}

/// Messages with their roles and keys as ms-swift names them, in the form of the schema `messages`.
fn of_messages(record: &Map<String, Value>) -> Read {
    let wrong = |found: &Value| FormatError::WrongType {
        key: MESSAGES.0.to_owned(),
        found: Kind::of(found),
        expected: Expected::Messages,
    };
    let value = column(record, MESSAGES).ok_or_else(|| unread(record))?;
    let parsed;
    let value = match value {
        Value::String(text) => {
            parsed = super::parsed(text, MESSAGES.0)?;
            &parsed
        }
        value => value,
    };
    let list = value.as_array().ok_or_else(|| wrong(value))?;
    let mut standard = Vec::with_capacity(list.len());
    let is_pairs = list
        .first()
        .is_some_and(|first| ["role", "from", "content", "value"].iter().all(|key| first.get(key).is_none()));
    for (at, item) in list.iter().enumerate() {
        let place = format!("{}[{at}]", MESSAGES.0);
        let Value::Object(fields) = item else {
            return Err(FormatError::WrongType { key: place, found: Kind::of(item), expected: Expected::Message });
        };
        if is_pairs {
            standard.extend(pair(fields, &place)?);
        } else {
            standard.push(message(fields, &place)?);
        }
    }
    let mut renamed = record.clone();
    renamed.retain(|key, _| !MESSAGES.1.contains(&key.as_str()) && !SYSTEM.1.contains(&key.as_str()));
    if let Some(system) = column(record, SYSTEM) {
        renamed.insert(SYSTEM.0.to_owned(), system.clone());
    }
    renamed.insert(MESSAGES.0.to_owned(), Value::Array(standard));
    tools(record)?;
    super::normalise(&renamed, by_name(messages::SCHEMA.name))
}

/// A question and its answer.
fn pair(fields: &Map<String, Value>, place: &str) -> Result<[Value; 2], FormatError> {
    let half = |names: &[&str], missing: &'static str| {
        let named = names.iter().rev().find_map(|name| fields.get(*name));
        let place = || Some(place.to_owned());
        named.cloned().ok_or_else(|| FormatError::MissingKey { place: place(), missing, keys: keys_of(fields) })
    };
    let message = |role: &str, content: Value| Message::new(role, content).into_value();
    Ok([
        message("user", half(&["user", "human"], "user")?),
        message("assistant", half(&["assistant", "gpt", "bot"], "assistant")?),
    ])
}

/// A message with its role and content under their usual names.
fn message(fields: &Map<String, Value>, place: &str) -> Result<Value, FormatError> {
    let missing = |missing| FormatError::MissingKey { place: Some(place.to_owned()), missing, keys: keys_of(fields) };
    let value = |names: [&str; 2]| names.iter().rev().find_map(|name| fields.get(*name));
    let role = text_of(value(["role", "from"]), &format!("{place}.role"))?.ok_or_else(|| missing("role"))?;
    let role = match role.replace('-', "_").as_str() {
        "human" => "user",
        "gpt" | "bot" => "assistant",
        "function_call" => "tool_call",
        "function_response" | "observation" | "observations" => "tool_response",
        _ => role,
    };
    if !ROLES.contains(&role) {
        let place = format!("{place}.role");
        return Err(FormatError::UnknownRole {
            place,
            role: role.to_owned(),
            trainer: "ms-swift",
            known: ROLES.join(", "),
        });
    }
    let content = value(["content", "value"]).filter(|content| !content.is_null());
    if let ("tool_call", Some(Value::String(call))) = (role, content) {
        super::parsed(call, &format!("{place}.content"))?;
    }
    let mut kept = fields.clone();
    kept.retain(|key, _| !["role", "from", "content", "value"].contains(&key.as_str()));
    kept.insert("role".to_owned(), role.into());
    match content {
        Some(content) => kept.insert("content".to_owned(), content.clone()),
        None if fields.contains_key("tool_calls") => kept.insert("content".to_owned(), Value::Null),
        None => return Err(missing("content")),
    };
    Ok(Value::Object(kept))
}

/// A question and its answer in columns, with a history.
fn of_columns(record: &Map<String, Value>) -> Read {
    let is_alpaca = record.contains_key("instruction") && record.contains_key("input");
    let (query, response) = if is_alpaca {
        (Some(instruction(record)?), present(record.get("output")).or_else(|| column(record, RESPONSE)))
    } else {
        (present(column(record, QUERY)).cloned(), column(record, RESPONSE))
    };
    let response = match response {
        Some(Value::Array(several)) => Some(several.first().ok_or(FormatError::Empty { key: RESPONSE.0 })?),
        one => one,
    };
    let system = text_of(column(record, SYSTEM), SYSTEM.0)?.map(|text| Message::new("system", text));
    let mut read = tools(record)?;
    read.messages.extend(system);
    read.messages.extend(history(record)?);
    read.messages.extend(query.map(|query| Message::new("user", query)));
    read.messages.extend(present(response).map(|response| Message::new("assistant", response.clone())));
    if read.messages.is_empty() {
        return Err(unread(record));
    }
    Ok((if is_alpaca { &alpaca::SCHEMA } else { &swift::SCHEMA }, read))
}

/// The question of an instruction with its input.
fn instruction(record: &Map<String, Value>) -> Result<Value, FormatError> {
    let [instruction, input] = ["instruction", "input"].map(|key| record.get(key).unwrap_or(&Value::Null));
    if is_true(instruction) && is_true(input) {
        let [Ok(instruction), Ok(input)] = [instruction, input].map(python_text) else { return Err(unread(record)) };
        return Ok(format!("{instruction}\n{input}").into());
    }
    let (key, one) = if is_true(instruction) { ("instruction", instruction) } else { ("input", input) };
    match one {
        Value::String(_) => Ok(one.clone()),
        other => Err(FormatError::WrongType { key: key.to_owned(), found: Kind::of(other), expected: Expected::Text }),
    }
}

/// The turns before: pairs of question and answer, of which either may be null, or the text of such a list.
fn history(record: &Map<String, Value>) -> Result<Vec<Message>, FormatError> {
    const KEY: &str = "history";
    let wrong = |key: String, found: &Value, expected| FormatError::WrongType { key, found: Kind::of(found), expected };
    let parsed;
    let value = match record.get(KEY) {
        Some(Value::String(text)) if !text.is_empty() => {
            parsed = super::parsed(text, KEY)?;
            &parsed
        }
        Some(value) if is_true(value) => value,
        _ => return Ok(Vec::new()),
    };
    let pairs = value.as_array().ok_or_else(|| wrong(KEY.to_owned(), value, Expected::Pairs))?;
    let mut messages = Vec::with_capacity(2 * pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let Some([question, answer, ..]) = pair.as_array().map(Vec::as_slice) else {
            return Err(wrong(format!("{KEY}[{at}]"), pair, Expected::Pair));
        };
        let said = [("user", question), ("assistant", answer)].into_iter().filter(|(_, said)| !said.is_null());
        messages.extend(said.map(|(role, said)| Message::new(role, said.clone())));
    }
    Ok(messages)
}

/// What stands beside the messages.
fn tools(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    match record.get("tools") {
        Some(found @ Value::String(text)) if text.trim().is_empty() => {
            Err(FormatError::WrongType { key: "tools".to_owned(), found: Kind::of(found), expected: Expected::Tools })
        }
        _ => beside(record),
    }
}

fn unread(record: &Map<String, Value>) -> FormatError {
    FormatError::NotRead { trainer: "ms-swift", takes: TAKES, keys: keys_of(record) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(swift: &MsSwift, record: &Value) -> Result<String, String> {
        let (schema, read) = swift.read(record.as_object().unwrap()).map_err(|error| error.to_string())?;
        let messages = read.messages.iter().map(|message| [message.role(), ":", &message.text()].concat());
        Ok([vec![schema.name.to_owned()], messages.collect()].concat().join(" "))
    }

    #[test]
    fn messages_have_several_names() {
        let said = |record: &Value| said(&MsSwift::default(), record).unwrap();
        let turns = json!([{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]);
        assert_eq!(
            said(&json!({"conversations": turns, "system_prompt": "s"})),
            "messages system:s user:q assistant:a"
        );
        assert_eq!(said(&json!({"conversation": [{"human": "q", "bot": "a"}]})), "messages user:q assistant:a");
        let tools = json!([{"role": "user", "content": "q"}, {"role": "function-call", "content": "{\"name\": \"f\"}"},
            {"role": "observation", "content": "r"}]);
        assert_eq!(said(&json!({"messages": tools})), "messages user:q assistant: tool:r");
    }

    #[test]
    fn columns_have_several_names() {
        let said = |record: &Value| said(&MsSwift::default(), record).unwrap();
        assert_eq!(said(&json!({"instruction": "i", "input": "x", "output": "o"})), "alpaca user:i\nx assistant:o");
        assert_eq!(said(&json!({"instruction": "i", "output": "o"})), "swift user:i assistant:o");
        assert_eq!(said(&json!({"Question": "q", "answers": ["a", "b"]})), "swift user:q assistant:a");
        assert_eq!(said(&json!({"text": "t"})), "swift assistant:t");
        assert_eq!(
            said(&json!({"query": "q", "answer": "a", "solution": "s"})),
            "swift user:q",
            "two names, none taken"
        );
    }

    #[test]
    fn the_configuration_names_columns_and_a_system_prompt() {
        let columns = vec![Rename::new("Frage", "query"), Rename::new("Antwort", "response")];
        let swift = MsSwift { columns, system: Some("s".to_owned()) };
        assert_eq!(said(&swift, &json!({"frage": "q", "Antwort": "a"})).unwrap(), "swift system:s user:q assistant:a");
        let own = json!({"messages": [{"role": "system", "content": "own"}, {"role": "user", "content": "q"}]});
        assert_eq!(said(&swift, &own).unwrap(), "messages system:own user:q");
    }

    #[test]
    fn what_is_left_out_of_the_training_says_so() {
        let problem = |record: &Value| said(&MsSwift::default(), record).unwrap_err();
        let role = problem(&json!({"messages": [{"role": "critic", "content": "c"}]}));
        assert!(role.contains("`messages[0].role` is `critic`") && role.contains("ms-swift"), "{role}");
        assert!(problem(&json!({"messages": [{"role": "user", "content": null}]})).contains("has no `content`"));
        assert!(problem(&json!({"title": "t"})).starts_with("ms-swift reads `messages`"));
    }
}
