//! `messages`: the form of OpenAI and of Transformers, a list of role and content.
//!
//! A column `system` stands before messages that do not begin with one, as axolotl and ms-swift take it.

use super::{Schema, json_or_text, keys_of, messages_under, system_column};
use crate::conversation::Conversation;
use crate::error::{Expected, FormatError, Kind, Needs};
use serde_json::{Map, Value};

/// The `messages` schema.
pub static SCHEMA: Schema = Schema {
    name: "messages",
    needs: Needs::Objects { list: "messages", keys: ["role", "content"] },
    example: r#"{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}"#,
    fits: |record| record.contains_key("messages"),
    normalise,
};

const KEY: &str = "messages";

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let mut messages = messages_under(record, KEY)?;
    if messages.is_empty() {
        return Err(FormatError::Empty { key: KEY });
    }
    if let Some(system) = system_column(record, &messages)? {
        messages.insert(0, system);
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
                found: Kind::of(other),
                expected: Expected::Object,
            });
        }
    };
    Ok(Conversation {
        tools: json_or_text(record.get("tools"), "tools")?,
        documents: json_or_text(record.get("documents"), "documents")?,
        template_kwargs,
        ..Conversation::default()
    })
}

/// The error of a message that has neither of the keys that say who speaks.
pub(super) fn no_key(fields: &Map<String, Value>, place: String, missing: &'static str) -> FormatError {
    FormatError::MissingKey { place: Some(place), missing, keys: keys_of(fields) }
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
    fn roles_have_other_names_and_unknown_ones_are_kept() {
        let message = |role: &str| json!({"role": role, "content": "a"});
        let (_, read) = conversation(&json!({"messages": [message("human"), message("model"), message("critic"),
            message("observation")]}));
        let roles: Vec<_> = read.messages.iter().map(crate::conversation::Message::role).collect();
        assert_eq!(roles, ["user", "assistant", "critic", "tool"]);
    }

    #[test]
    fn a_call_may_be_a_message_of_its_own() {
        let call = |content: &str| json!({"messages": [{"role": "tool_call", "content": content}]});
        let (_, read) = conversation(&call(r#"{"name": "t", "arguments": {}}"#));
        let wanted = json!([{"type": "function", "function": {"name": "t", "arguments": {}}}]);
        assert_eq!((read.messages[0].role(), read.messages[0].get("tool_calls")), ("assistant", Some(&wanted)));
        assert!(problem(&call("t()")).contains("`messages[0].content` should hold JSON"));
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
