//! `alpaca`: instruction, input and output, with `system` and `history` beside them.
//!
//! Follows LLaMA-Factory `data/converter.py`, `AlpacaDatasetConverter` (at ff6d4d1): the question is the instruction
//! and, where there is one, the input on the next line; `history` is a list of pairs of question and answer that come
//! before it.

use super::messages::beside;
use super::{Schema, optional_text, text_under};
use crate::conversation::{Conversation, Message};
use crate::error::{Expected, FormatError, Kind, Needs};
use serde_json::{Map, Value};

/// The `alpaca` schema.
pub static SCHEMA: Schema = Schema {
    name: "alpaca",
    needs: Needs::Texts(["instruction", "output"]),
    example: r#"{"instruction": "Translate to German.", "input": "The cat sleeps.", "output": "Die Katze schläft."}"#,
    fits: |record| record.contains_key("instruction") && record.contains_key("output"),
    normalise,
};

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let mut messages = question(record, "instruction")?;
    messages.push(Message::new("assistant", text_under(record, "output", None)?));
    Ok(Conversation { messages, ..beside(record)? })
}

/// What stands before the answer: the system text, the turns before, and the question under that key with its input.
pub(super) fn question(record: &Map<String, Value>, key: &'static str) -> Result<Vec<Message>, FormatError> {
    let system = optional_text(record, "system")?;
    let mut messages: Vec<Message> = system.into_iter().map(|system| Message::new("system", system)).collect();
    messages.extend(history(record)?);
    let instruction = text_under(record, key, None)?;
    let question = match optional_text(record, "input")? {
        Some(input) if instruction.is_empty() => input.to_owned(),
        Some(input) => format!("{instruction}\n{input}"),
        None => instruction.to_owned(),
    };
    messages.push(Message::new("user", question));
    Ok(messages)
}

/// The turns before: `history` is a list of pairs of question and answer.
pub(super) fn history(record: &Map<String, Value>) -> Result<Vec<Message>, FormatError> {
    let pairs = match record.get("history") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(pairs)) => pairs,
        Some(other) => {
            return Err(FormatError::WrongType {
                key: "history".to_owned(),
                found: Kind::of(other),
                expected: Expected::Pairs,
            });
        }
    };
    let mut messages = Vec::with_capacity(2 * pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let (question, answer) = pair_of(pair, at)?;
        messages.push(Message::new("user", question));
        messages.push(Message::new("assistant", answer));
    }
    Ok(messages)
}

fn pair_of(pair: &Value, at: usize) -> Result<(&str, &str), FormatError> {
    let texts = pair.as_array().map(Vec::as_slice);
    match texts {
        Some([Value::String(question), Value::String(answer)]) => Ok((question, answer)),
        _ => Err(FormatError::WrongType {
            key: format!("history[{at}]"),
            found: Kind::of(pair),
            expected: Expected::Pair,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{conversation, problem};
    use serde_json::json;

    #[test]
    fn the_input_stands_under_the_instruction() {
        let (schema, read) = conversation(&json!({"instruction": "a", "input": "b", "output": "c", "system": "s",
            "history": [["q", "r"]]}));
        assert_eq!(schema, "alpaca");
        let said: Vec<_> = read.messages.iter().map(|m| (m.role().to_owned(), m.text())).collect();
        let expected = [("system", "s"), ("user", "q"), ("assistant", "r"), ("user", "a\nb"), ("assistant", "c")];
        assert_eq!(said, expected.map(|(role, text)| (role.to_owned(), text.to_owned())));
        let (_, plain) = conversation(&json!({"instruction": "a", "input": "", "output": "c"}));
        assert_eq!(plain.messages[0].text(), "a");
    }

    #[test]
    fn a_history_of_something_else_is_named() {
        let record = json!({"instruction": "a", "output": "b", "history": [["only one"]]});
        assert!(problem(&record).contains("`history[0]`"));
    }
}
