//! `prompt-completion`: TRL's form, a prompt and its completion, each text or a list of messages.
//!
//! Follows TRL's data set formats: messages of the prompt, then those of the completion. Texts count as one message of
//! the user and one of the assistant, so that a chat template can be shown for them.

use super::messages::beside;
use super::{Schema, messages_under};
use crate::conversation::{Conversation, Message, Prompt};
use crate::error::{Expected, FormatError, Kind, Needs};
use serde_json::{Map, Value};

/// The `prompt-completion` schema.
pub static SCHEMA: Schema = Schema {
    name: "prompt-completion",
    needs: Needs::Texts(["prompt", "completion"]),
    example: r#"{"prompt": "The sky is", "completion": " blue."}"#,
    fits: |record| record.contains_key("prompt") && record.contains_key("completion"),
    normalise,
};

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let mut read = beside(record)?;
    let mut prompt = 0;
    for (key, role) in [("prompt", "user"), ("completion", "assistant")] {
        prompt = read.messages.len();
        match record.get(key) {
            Some(Value::String(text)) => read.messages.push(Message::new(role, text.as_str())),
            Some(Value::Array(_)) => read.messages.extend(messages_under(record, key)?),
            other => {
                return Err(FormatError::WrongType {
                    key: key.to_owned(),
                    found: other.map_or(Kind::Missing, Kind::of),
                    expected: Expected::TextOrMessages,
                });
            }
        }
    }
    read.prompt = Some(prompt_of(record, prompt));
    Ok(read)
}

fn prompt_of(record: &Map<String, Value>, messages: usize) -> Prompt {
    let text = |key: &str| record.get(key).and_then(Value::as_str).map(str::to_owned);
    match (text("prompt"), text("completion")) {
        (Some(prompt), Some(completion)) => Prompt::Text { prompt, completion },
        _ => Prompt::Messages(messages),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{conversation, problem};
    use serde_json::json;

    #[test]
    fn texts_and_messages() {
        let (schema, read) = conversation(&json!({"prompt": "a", "completion": "b"}));
        assert_eq!((schema, read.messages[1].role()), ("prompt-completion", "assistant"));
        let (_, read) = conversation(&json!({
            "prompt": [{"role": "system", "content": "s"}, {"role": "user", "content": "a"}],
            "completion": [{"role": "assistant", "content": "b"}]}));
        assert_eq!(
            read.messages.iter().map(crate::conversation::Message::role).collect::<Vec<_>>(),
            ["system", "user", "assistant"]
        );
        assert!(problem(&json!({"prompt": 1, "completion": "b"})).contains("`prompt` is a number"));
    }
}
