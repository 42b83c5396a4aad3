//! `swift`: ms-swift's own forms, pairs of human and assistant, or query and response with a history.
//!
//! Follows ms-swift's documentation of custom data sets: `conversation` is a list of pairs under the keys `human` and
//! `assistant`; `history` is a list of pairs of question and answer that come before `query`. Its aliases of `query` are
//! left to the schemas that own those keys.

use super::alpaca::history;
use super::messages::beside;
use super::{Schema, objects_under, optional_text, text_under};
use crate::conversation::{Conversation, Message};
use crate::error::FormatError;
use serde_json::{Map, Value};

/// The `swift` schema.
pub static SCHEMA: Schema = Schema {
    name: "swift",
    needs: "`query` and `response`, or `conversation`, a list of objects with `human` and `assistant`",
    example: r#"{"query": "Name a river.", "response": "The Yangtze.", "history": [["Hi", "Hello"]]}"#,
    fits: |record| record.contains_key(KEY) || (record.contains_key("query") && record.contains_key("response")),
    normalise,
};

const KEY: &str = "conversation";

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let mut read = beside(record)?;
    if let Some(system) = optional_text(record, "system")? {
        read.messages.push(Message::new("system", system));
    }
    if !record.contains_key(KEY) {
        read.messages.extend(history(record)?);
        read.messages.push(Message::new("user", text_under(record, "query", "the record")?));
        read.messages.push(Message::new("assistant", text_under(record, "response", "the record")?));
        return Ok(read);
    }
    let pairs = objects_under(record, KEY)?;
    if pairs.is_empty() {
        return Err(FormatError::Empty { key: KEY });
    }
    for (at, pair) in pairs.into_iter().enumerate() {
        let place = format!("{KEY}[{at}]");
        read.messages.push(Message::new("user", text_under(pair, "human", &place)?));
        read.messages.push(Message::new("assistant", text_under(pair, "assistant", &place)?));
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{conversation, problem};
    use serde_json::{Value, json};

    fn said(record: &Value) -> String {
        let (schema, read) = conversation(record);
        assert_eq!(schema, "swift");
        read.messages.iter().map(|message| [message.role(), ":", &message.text(), " "].concat()).collect()
    }

    #[test]
    fn pairs_and_queries() {
        let pairs = json!({"system": "s", "conversation": [{"human": "a", "assistant": "b"}]});
        assert_eq!(said(&pairs), "system:s user:a assistant:b ");
        let query = json!({"query": "c", "response": "d", "system": "s", "history": [["a", "b"]]});
        assert_eq!(said(&query), "system:s user:a assistant:b user:c assistant:d ");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert!(problem(&json!({"conversation": []})).contains("empty list"));
        assert!(problem(&json!({"conversation": [{"human": "a"}]})).contains("`conversation[0]` has no `assistant`"));
        assert!(problem(&json!({"query": "a", "response": 3})).contains("`response` is a number"));
    }
}
