//! `messages`: the form of OpenAI and of Transformers, a list of role and content.

use super::{Schema, json_or_text, keys_of, objects_under, text_under};
use crate::conversation::{Conversation, Message};
use crate::error::FormatError;
use serde_json::{Map, Value};

/// The `messages` schema.
pub static SCHEMA: Schema = Schema {
    name: "messages",
    needs: "`messages`, a list of objects with `role` and `content`",
    example: r#"{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}"#,
    fits: |record| record.contains_key("messages"),
    normalise,
};

const KEY: &str = "messages";

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let objects = objects_under(record, KEY)?;
    if objects.is_empty() {
        return Err(FormatError::Empty { key: KEY });
    }
    let mut messages = Vec::with_capacity(objects.len());
    for (at, fields) in objects.into_iter().enumerate() {
        let role = text_under(fields, "role", &format!("{KEY}[{at}]"))?;
        messages.push(Message::with_role(fields.clone(), role));
    }
    Ok(Conversation { messages, ..beside(record)? })
}

/// What stands beside the messages: tools, documents and template variables.
pub(super) fn beside(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let template_kwargs = match record.get("chat_template_kwargs") {
        Some(Value::Object(kwargs)) => kwargs.clone(),
        None | Some(Value::Null) => Map::new(),
        Some(other) => {
            return Err(FormatError::WrongType {
                key: "chat_template_kwargs".to_owned(),
                found: super::kind_of(other),
                expected: "an object",
            });
        }
    };
    Ok(Conversation {
        messages: Vec::new(),
        tools: json_or_text(record.get("tools"), "tools")?,
        documents: json_or_text(record.get("documents"), "documents")?,
        template_kwargs,
    })
}

/// The error of a message that has neither of the keys that say who speaks.
pub(super) fn no_key(fields: &Map<String, Value>, place: String, missing: &'static str) -> FormatError {
    FormatError::MissingKey { key: place, missing, keys: keys_of(fields) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{conversation, problem};
    use serde_json::json;

    #[test]
    fn every_key_of_a_message_is_kept() {
        let (_, read) = conversation(&json!({"messages": [{"role": "assistant", "content": null, "tool_calls": [1]}]}));
        assert_eq!(read.messages[0].get("tool_calls"), Some(&json!([1])));
        assert_eq!(read.messages[0].content(), Some(&json!(null)));
    }

    #[test]
    fn tools_may_be_json_text() {
        let (_, read) = conversation(&json!({"messages": [{"role": "user", "content": "a"}], "tools": "[{\"a\": 1}]"}));
        assert_eq!(read.tools, Some(json!([{"a": 1}])));
        assert!(problem(&json!({"messages": [{"role": "user", "content": "a"}], "tools": "[{"})).contains("`tools`"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert!(problem(&json!({"messages": []})).contains("empty list"));
        assert!(problem(&json!({"messages": "hello"})).contains("`messages` is text"));
        assert!(problem(&json!({"messages": ["hello"]})).contains("`messages[0]` is text"));
        assert!(problem(&json!({"messages": [{"content": "a"}]})).contains("`messages[0]` has no `role`"));
        assert!(
            problem(&json!({"messages": [{"role": 3, "content": "a"}]})).contains("`messages[0].role` is a number")
        );
    }
}
