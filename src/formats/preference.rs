//! `preference`: two answers to one prompt, the chosen and the rejected, as for DPO.
//!
//! Follows TRL's data set formats: both sides are texts behind a `prompt`, or message lists, with the prompt before them
//! or as their beginning. Where the prompt is a list under `conversations` or `messages`, as in LLaMA-Factory's ranking
//! data, it is read as its own schema reads it, and each side may be one message with `from` and `value`. The question may
//! also stand as in Alpaca's form, and two texts without any are taken as they stand. ms-swift has the better answer in
//! the conversation and the worse one beside it, under `rejected_response`.

use super::messages::beside;
use super::{Schema, messages_under, role_of, text_under};
use crate::conversation::{Choice, Conversation, Message, Source};
use crate::error::{Expected, FormatError, Kind, Needs};
use serde_json::{Map, Value};

/// The `preference` schema.
pub static SCHEMA: Schema = Schema {
    name: "preference",
    needs: Needs::Pair,
    example: r#"{"prompt": "Name a river.", "chosen": "The Yangtze.", "rejected": "Rivers are wet."}"#,
    fits: |record| {
        (record.contains_key("chosen") && record.contains_key("rejected")) || record.contains_key(REJECTED_RESPONSE)
    },
    normalise,
};

const REJECTED_RESPONSE: &str = "rejected_response";

/// The names of a question without messages, the usual one first.
const QUESTION: [&str; 3] = ["instruction", "question", "query"];

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    if record.contains_key(REJECTED_RESPONSE) {
        return with_rejected_response(record);
    }
    let prompt = prompt(record)?;
    let rejected = side(record, prompt.as_ref(), Choice::Rejected)?;
    Ok(Conversation { rejected: Some(Box::new(rejected)), ..side(record, prompt.as_ref(), Choice::Chosen)? })
}

/// The conversation with its last answer, and the one with the rejected answer in its place.
fn with_rejected_response(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let answer = text_under(record, REJECTED_RESPONSE, None)?;
    let chosen = super::normalise(&without(record, &[REJECTED_RESPONSE]), None)?.1;
    let mut rejected = Conversation { choice: Some(Choice::Rejected), ..chosen.clone() };
    if rejected.messages.last().is_some_and(|last| last.role() == "assistant") {
        rejected.messages.pop();
    }
    rejected.messages.push(Message::new("assistant", answer));
    Ok(Conversation { choice: Some(Choice::Chosen), rejected: Some(Box::new(rejected)), ..chosen })
}

fn without(record: &Map<String, Value>, keys: &[&str]) -> Map<String, Value> {
    let kept = record.iter().filter(|(key, _)| !keys.contains(&key.as_str()));
    kept.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// What stands before both answers; `None` where each side holds it itself.
fn prompt(record: &Map<String, Value>) -> Result<Option<Conversation>, FormatError> {
    let mut read = beside(record)?;
    match record.get("prompt") {
        Some(Value::String(text)) => read.messages.push(Message::new("user", text.as_str())),
        Some(Value::Array(_)) => read.messages = messages_under(record, "prompt")?,
        Some(other) if !other.is_null() => {
            return Err(FormatError::WrongType {
                key: "prompt".to_owned(),
                found: Kind::of(other),
                expected: Expected::TextOrMessages,
            });
        }
        _ if ["conversations", "conversation", "messages"].iter().any(|key| record.contains_key(*key)) => {
            read = super::normalise(&without(record, &["chosen", "rejected"]), None)?.1;
        }
        _ => match QUESTION.into_iter().find(|key| record.contains_key(*key)) {
            Some(key) => read.messages = super::alpaca::question(record, key)?,
            None => return Ok(None),
        },
    }
    Ok(Some(read))
}

fn side(
    record: &Map<String, Value>,
    prompt: Option<&Conversation>,
    choice: Choice,
) -> Result<Conversation, FormatError> {
    let key = choice.name();
    let answer = match record.get(key) {
        Some(Value::String(text)) if prompt.is_none() => {
            return Ok(Conversation { source: Source::Text(text.clone()), choice: Some(choice), ..beside(record)? });
        }
        Some(Value::String(text)) => vec![Message::new("assistant", text.as_str())],
        Some(Value::Object(fields)) => vec![one(fields, key)?],
        Some(Value::Array(_)) => messages_under(record, key)?,
        other => {
            return Err(FormatError::WrongType {
                key: key.to_owned(),
                found: other.map_or(Kind::Missing, Kind::of),
                expected: Expected::TextOrMessages,
            });
        }
    };
    if answer.is_empty() {
        return Err(FormatError::Empty { key });
    }
    let mut read = match prompt {
        Some(prompt) => prompt.clone(),
        None => beside(record)?,
    };
    // A side that has the question in it is the whole conversation: the prompt beside it is there for the reader.
    if answer.iter().any(|message| message.role() == "user") {
        read.messages.clear();
    }
    read.messages.extend(answer);
    read.choice = Some(choice);
    Ok(read)
}

/// An answer that is one message, with `role` and `content` or with `from` and `value`.
fn one(fields: &Map<String, Value>, key: &str) -> Result<Message, FormatError> {
    if fields.contains_key("from") {
        let role = role_of(text_under(fields, "from", Some(key))?);
        return Ok(Message::new(role, text_under(fields, "value", Some(key))?));
    }
    let role = role_of(text_under(fields, "role", Some(key))?);
    Ok(Message::with_role(fields.clone(), role))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{conversation, problem};
    use crate::conversation::{Choice, Conversation};
    use serde_json::{Value, json};

    fn said(record: &Value) -> [String; 2] {
        let (schema, chosen) = conversation(record);
        let rejected = chosen.rejected.as_deref().unwrap();
        assert_eq!(
            (schema, chosen.choice, rejected.choice),
            ("preference", Some(Choice::Chosen), Some(Choice::Rejected))
        );
        let said = |read: &Conversation| -> String {
            read.messages.iter().map(|message| [message.role(), ":", &message.text(), " "].concat()).collect()
        };
        [said(&chosen), said(rejected)]
    }

    #[test]
    fn texts_and_messages_behind_a_prompt() {
        let expected = ["user:q assistant:a ", "user:q assistant:b "];
        let answer = |content: &str| json!([{"role": "assistant", "content": content}]);
        let whole = |content: &str| json!([{"role": "human", "content": "q"}, {"role": "gpt", "content": content}]);
        let question = json!([{"role": "user", "content": "q"}]);
        assert_eq!(said(&json!({"prompt": "q", "chosen": "a", "rejected": "b"})), expected);
        assert_eq!(said(&json!({"prompt": question, "chosen": "a", "rejected": "b"})), expected);
        assert_eq!(said(&json!({"prompt": question, "chosen": answer("a"), "rejected": answer("b")})), expected);
        assert_eq!(said(&json!({"chosen": whole("a"), "rejected": whole("b")})), expected);
        assert_eq!(said(&json!({"prompt": "q", "chosen": whole("a"), "rejected": whole("b")})), expected);
        assert_eq!(
            said(&json!({"conversations": [{"from": "human", "value": "q"}],
                "chosen": {"from": "gpt", "value": "a"}, "rejected": {"from": "gpt", "value": "b"}})),
            expected
        );
    }

    #[test]
    fn the_question_may_be_alpacas() {
        let record = json!({"system": "s", "instruction": "q", "input": "i", "history": [["a", "b"]],
            "chosen": "c", "rejected": "d"});
        assert_eq!(said(&record)[1], "system:s user:a assistant:b user:q\ni assistant:d ");
        let record = json!({"system": "s", "question": "q", "chosen": "c", "rejected": "d"});
        assert_eq!(said(&record)[0], "system:s user:q assistant:c ");
    }

    #[test]
    fn texts_alone_are_taken_as_they_stand() {
        let (_, chosen) = conversation(&json!({"chosen": "The sky is blue.", "rejected": "The sky is green."}));
        assert_eq!(chosen.source, crate::conversation::Source::Text("The sky is blue.".to_owned()));
        assert_eq!(chosen.rejected.unwrap().choice, Some(Choice::Rejected));
    }

    #[test]
    fn the_rejected_answer_may_stand_beside_the_conversation() {
        let turns = json!([{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]);
        let expected = ["user:q assistant:a ", "user:q assistant:b "];
        assert_eq!(said(&json!({"messages": turns, "rejected_response": "b"})), expected);
        assert_eq!(said(&json!({"query": "q", "response": "a", "rejected_response": "b"})), expected);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert!(problem(&json!({"prompt": 3, "chosen": "a", "rejected": "b"})).contains("`prompt` is a number"));
        assert!(problem(&json!({"prompt": "q", "chosen": "a", "rejected": 3})).contains("`rejected` is a number"));
        assert!(problem(&json!({"prompt": "q", "chosen": "a", "rejected": [3]})).contains("`rejected[0]`"));
        assert!(problem(&json!({"prompt": "q", "chosen": [], "rejected": "b"})).contains("`chosen` is an empty list"));
    }
}
