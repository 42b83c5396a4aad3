//! `swift`: ms-swift's own forms, pairs of human and assistant, or query and response with a history.
//!
//! Follows ms-swift's documentation of custom data sets: `conversation` is a list of pairs under the keys `human` and
//! `assistant`; `history` is a list of pairs of question and answer that come before `query`. Both halves have other
//! names, of which the schemas that come first have their own combinations.

use super::alpaca::history;
use super::messages::beside;
use super::{Schema, objects_under, optional_text, text_under};
use crate::conversation::{Conversation, Message};
use crate::error::{FormatError, Needs};
use serde_json::{Map, Value};

/// The `swift` schema.
pub static SCHEMA: Schema = Schema {
    name: "swift",
    needs: Needs::Query,
    example: r#"{"query": "Name a river.", "response": "The Yangtze.", "history": [["Hi", "Hello"]]}"#,
    fits: |record| record.contains_key(KEY) || (half(record, &QUERY).is_some() && half(record, &RESPONSE).is_some()),
    normalise,
};

const KEY: &str = "conversation";

/// The names of the question, the usual one first.
const QUERY: [&str; 6] = ["query", "prompt", "input", "instruction", "question", "problem"];

/// The names of the answer, the usual one first.
const RESPONSE: [&str; 7] = ["response", "answer", "output", "targets", "target", "solution", "completion"];

/// The name under which a record has one half.
fn half(record: &Map<String, Value>, names: &[&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|name| record.contains_key(*name))
}

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let mut read = beside(record)?;
    if let Some(system) = optional_text(record, "system")? {
        read.messages.push(Message::new("system", system));
    }
    if !record.contains_key(KEY) {
        read.messages.extend(history(record)?);
        for (names, role) in [(&QUERY[..], "user"), (&RESPONSE[..], "assistant")] {
            let name = half(record, names).unwrap_or(names[0]);
            read.messages.push(Message::new(role, text_under(record, name, None)?));
        }
        return Ok(read);
    }
    let pairs = objects_under(record, KEY)?;
    if pairs.is_empty() {
        return Err(FormatError::Empty { key: KEY });
    }
    for (at, pair) in pairs.into_iter().enumerate() {
        let place = format!("{KEY}[{at}]");
        read.messages.push(Message::new("user", text_under(pair, "human", Some(&place))?));
        read.messages.push(Message::new("assistant", text_under(pair, "assistant", Some(&place))?));
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
        for other in [json!({"question": "c", "answer": "d"}), json!({"prompt": "c", "response": "d"})] {
            assert_eq!(said(&other), "user:c assistant:d ");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert!(problem(&json!({"conversation": []})).contains("empty list"));
        assert!(problem(&json!({"conversation": [{"human": "a"}]})).contains("`conversation[0]` has no `assistant`"));
        assert!(problem(&json!({"query": "a", "response": 3})).contains("`response` is a number"));
    }
}
