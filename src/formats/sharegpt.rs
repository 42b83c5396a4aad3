//! `sharegpt`: a list of `from` and `value`, with `system` and `tools` beside it.
//!
//! The tags are those of LLaMA-Factory (`data/README.md`) and of the data sets in use. The value of `function_call` is
//! the JSON text of one call or of a list of calls, with the thoughts before it where there are any; it becomes an
//! assistant message with `tool_calls`, as chat templates read them.

use super::messages::beside;
use super::{Schema, list_with, objects_under, role_of, system_column, text_under};
use crate::conversation::{Conversation, Message};
use crate::error::{Expected, FormatError, Kind, Needs};
use serde_json::{Map, Value, json};

/// The `sharegpt` schema.
pub static SCHEMA: Schema = Schema {
    name: "sharegpt",
    needs: Needs::Objects { list: "conversations", keys: ["from", "value"] },
    example: r#"{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}"#,
    fits: |record| key_of(record).is_some(),
    normalise,
};

const KEY: &str = "conversations";

/// The key of the list; some data sets have another than the usual one.
fn key_of(record: &Map<String, Value>) -> Option<&'static str> {
    list_with(record, &[KEY], &["from", "value"])
        .or_else(|| list_with(record, &["conversation", "messages"], &["from"]))
}

/// The tags of a call of a function, whose value is JSON text.
const CALLS: [&str; 2] = ["function_call", "tool_call"];

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let mut read = beside(record)?;
    let key = key_of(record).unwrap_or(KEY);
    for (at, fields) in objects_under(record, key)?.into_iter().enumerate() {
        let place = format!("{key}[{at}]");
        let tag = text_under(fields, "from", Some(&place))?;
        let Some(value) = fields.get("value") else {
            return Err(super::messages::no_key(fields, place, "value"));
        };
        let mut kept = Map::new();
        let is_call = CALLS.contains(&tag);
        let role = if is_call { "assistant" } else { role_of(tag) };
        kept.insert("role".to_owned(), role.into());
        if is_call {
            let (thoughts, calls) = calls(text_under(fields, "value", Some(&place))?, &format!("{place}.value"))?;
            kept.insert("content".to_owned(), thoughts.into());
            kept.insert("tool_calls".to_owned(), calls);
        } else {
            kept.insert("content".to_owned(), value.clone());
        }
        let beside = fields.iter().filter(|(key, _)| *key != "from" && *key != "value");
        kept.extend(beside.map(|(key, value)| (key.clone(), value.clone())));
        read.messages.push(Message::with_role(kept, role));
    }
    if let Some(system) = system_column(record, &read.messages)? {
        read.messages.insert(0, system);
    }
    Ok(read)
}

/// The thoughts before a call, and the calls as a list of `type` and `function`.
pub(super) fn calls<'a>(text: &'a str, place: &str) -> Result<(&'a str, Value), FormatError> {
    let split = text.rfind(THOUGHTS_END).map_or(0, |at| at + THOUGHTS_END.len());
    let (thoughts, call) = text.split_at(split);
    let key = || place.to_owned();
    let read: Value = super::parsed(call, place)?;
    let list = match read {
        Value::Array(list) => list,
        one => vec![one],
    };
    let wrapped = list.into_iter().map(|call| match call {
        Value::Object(fields) if fields.contains_key("function") => Ok(Value::Object(fields)),
        Value::Object(fields) => Ok(json!({"type": "function", "function": fields})),
        other => Err(FormatError::WrongType { key: key(), found: Kind::of(&other), expected: Expected::Call }),
    });
    Ok((thoughts, Value::Array(wrapped.collect::<Result<_, _>>()?)))
}

/// What stands between a model's thoughts and its call.
const THOUGHTS_END: &str = "</think>";

#[cfg(test)]
mod tests {
    use super::super::tests::{conversation, problem};
    use serde_json::json;

    #[test]
    fn tags_become_roles() {
        let (schema, read) = conversation(&json!({"system": "Be brief.", "conversations": [
            {"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}, {"from": "observation", "value": "c"}]}));
        assert_eq!(schema, "sharegpt");
        let roles: Vec<_> = read.messages.iter().map(crate::conversation::Message::role).collect();
        assert_eq!(roles, ["system", "user", "assistant", "tool"]);
        assert_eq!(read.messages[1].text(), "a");
    }

    #[test]
    fn a_call_is_json_text() {
        let record = |value: &str| {
            json!({"tools": "[{\"name\": \"t\"}]", "conversations": [
                {"from": "human", "value": "a"}, {"from": "function_call", "value": value}]})
        };
        let (_, read) = conversation(&record(r#"{"name": "t", "arguments": {"x": 1}}"#));
        let call = json!({"type": "function", "function": {"name": "t", "arguments": {"x": 1}}});
        assert_eq!((read.messages[1].role(), read.messages[1].text()), ("assistant", String::new()));
        assert_eq!(read.messages[1].get("tool_calls"), Some(&json!([call])));
        assert_eq!(read.tools, Some(json!([{"name": "t"}])));
        let (_, read) = conversation(&record(r#"<think>so</think>[{"name": "t"}, {"name": "u"}]"#));
        assert_eq!(read.messages[1].text(), "<think>so</think>");
        assert_eq!(read.messages[1].get("tool_calls").unwrap().as_array().unwrap().len(), 2);
        assert!(problem(&record("call t")).contains("`conversations[1].value` should hold JSON"));
        assert!(problem(&record("3")).contains("`conversations[1].value` is a number"));
    }

    #[test]
    fn the_list_may_have_other_keys() {
        for key in ["conversation", "messages"] {
            let (schema, read) = conversation(&json!({key: [{"from": "human", "value": "a"}]}));
            assert_eq!((schema, read.messages[0].role()), ("sharegpt", "user"), "{key}");
        }
    }

    #[test]
    fn a_missing_half_is_named() {
        let half = json!({"conversations": [{"from": "human"}]});
        assert!(problem(&half).contains("`conversations[0]` has no `value`"));
    }
}
