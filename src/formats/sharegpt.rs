//! `sharegpt`: a list of `from` and `value`, with `system` and `tools` beside it.
//!
//! The tags are those of LLaMA-Factory (`data/README.md`) and of the data sets in use.

use super::messages::beside;
use super::{Schema, objects_under, text_under};
use crate::conversation::{Conversation, Message};
use crate::error::FormatError;
use serde_json::{Map, Value};

/// The `sharegpt` schema.
pub static SCHEMA: Schema = Schema {
    name: "sharegpt",
    needs: "`conversations`, a list of objects with `from` and `value`",
    example: r#"{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}"#,
    fits: |record| {
        let first = record.get(KEY).and_then(Value::as_array).and_then(|list| list.first());
        first.is_some_and(|first| first.get("from").is_some() || first.get("value").is_some())
    },
    normalise,
};

const KEY: &str = "conversations";

/// The tags of `from` and the roles that they mean; others are taken as roles themselves.
const ROLES: &[(&str, &str)] = &[
    ("human", "user"),
    ("gpt", "assistant"),
    ("bot", "assistant"),
    ("chatgpt", "assistant"),
    ("bing", "assistant"),
    ("bard", "assistant"),
    ("model", "assistant"),
    ("observation", "tool"),
    ("function_response", "tool"),
    ("function_call", "assistant"),
];

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let mut read = beside(record)?;
    if let Some(Value::String(system)) = record.get("system")
        && !system.is_empty()
    {
        read.messages.push(Message::new("system", system.as_str()));
    }
    for (at, fields) in objects_under(record, KEY)?.into_iter().enumerate() {
        let place = format!("{KEY}[{at}]");
        let tag = text_under(fields, "from", &place)?;
        let role = ROLES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, role)| role);
        let Some(value) = fields.get("value") else {
            return Err(super::messages::no_key(fields, place, "value"));
        };
        let mut kept = Map::new();
        kept.insert("role".to_owned(), role.into());
        kept.insert("content".to_owned(), value.clone());
        let beside = fields.iter().filter(|(key, _)| *key != "from" && *key != "value");
        kept.extend(beside.map(|(key, value)| (key.clone(), value.clone())));
        read.messages.push(Message::with_role(kept, role));
    }
    Ok(read)
}

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
    fn a_missing_half_is_named() {
        let half = json!({"conversations": [{"from": "human"}]});
        assert!(problem(&half).contains("`conversations[0]` has no `value`"));
    }
}
