//! `conversations`: minimind's form, a list of role and content, or of content alone with alternating roles.
//!
//! Follows minimind `dataset/lm_dataset.py`, `SFTDataset.create_chat_prompt` (at d65ef2c; at c090b69 for content alone,
//! where even places are the user's and odd places the assistant's). Tools stand as JSON text in the system message,
//! tool calls as JSON text in the assistant's.

use super::messages::{beside, no_key};
use super::{Schema, json_or_text, list_with, objects_under, role_of, system_column, text_under};
use crate::conversation::{Conversation, Message};
use crate::error::{FormatError, Needs};
use serde_json::{Map, Value};

/// The `conversations` schema.
pub static SCHEMA: Schema = Schema {
    name: "conversations",
    needs: Needs::Alternating { list: "conversations", text: "content", role: "role" },
    example: r#"{"conversations": [{"role": "user", "content": "夏天"}, {"role": "assistant", "content": "热浪滚滚"}]}"#,
    fits: |record| record.contains_key(KEY) || key_of(record).is_some(),
    normalise,
};

const KEY: &str = "conversations";

/// The key of the list; some data sets have it in the singular.
fn key_of(record: &Map<String, Value>) -> Option<&'static str> {
    list_with(record, &[KEY, "conversation"], &["role", "content"])
}

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let key = key_of(record).unwrap_or(KEY);
    let objects = objects_under(record, key)?;
    if objects.is_empty() {
        return Err(FormatError::Empty { key });
    }
    let mut read = beside(record)?;
    for (at, fields) in objects.into_iter().enumerate() {
        let place = format!("{key}[{at}]");
        let role = match fields.get("role") {
            Some(_) => role_of(text_under(fields, "role", Some(&place))?),
            None if !fields.contains_key("content") => return Err(no_key(fields, place, "content")),
            None if at % 2 == 0 => "user",
            None => "assistant",
        };
        let mut fields = fields.clone();
        if let Some(calls) = json_or_text(fields.get("tool_calls"), &format!("{place}.tool_calls"))? {
            fields.insert("tool_calls".to_owned(), calls);
        }
        if role == "system"
            && let Some(tools) = json_or_text(fields.get("tools"), &format!("{place}.tools"))?
        {
            read.tools = Some(tools);
        }
        read.messages.push(Message::with_role(fields, role));
    }
    if let Some(system) = system_column(record, &read.messages)? {
        read.messages.insert(0, system);
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{conversation, problem};
    use serde_json::json;

    #[test]
    fn roles_alternate_where_none_is_given() {
        let (schema, read) =
            conversation(&json!({"conversations": [{"content": "a"}, {"content": "b"}, {"content": "c"}]}));
        assert_eq!(schema, "conversations");
        assert_eq!(
            read.messages.iter().map(crate::conversation::Message::role).collect::<Vec<_>>(),
            ["user", "assistant", "user"]
        );
    }

    #[test]
    fn tools_and_calls_are_json_text() {
        let (_, read) = conversation(&json!({"conversations": [
            {"role": "system", "content": "s", "tools": "[{\"name\": \"t\"}]"},
            {"role": "assistant", "content": "", "tool_calls": "[{\"name\": \"t\"}]"}]}));
        assert_eq!(read.tools, Some(json!([{"name": "t"}])));
        assert_eq!(read.messages[1].get("tool_calls"), Some(&json!([{"name": "t"}])));
        let broken = json!({"conversations": [{"role": "assistant", "content": "", "tool_calls": "[{"}]});
        assert!(problem(&broken).contains("`conversations[0].tool_calls`"));
    }

    #[test]
    fn the_key_may_be_in_the_singular() {
        let (schema, read) = conversation(&json!({"conversation": [{"role": "human", "content": "a"}]}));
        assert_eq!((schema, read.messages[0].role()), ("conversations", "user"));
    }

    #[test]
    fn a_message_of_nothing_says_so() {
        assert!(problem(&json!({"conversations": [{"text": "a"}]})).contains("`conversations[0]` has no `content`"));
    }
}
