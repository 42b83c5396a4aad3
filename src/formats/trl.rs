//! Records as TRL's supervised fine-tuning reads them, which is less than the schemas here understand.
//!
//! Follows TRL `data_utils.py`, `maybe_convert_to_chatml` and `is_conversational`, and `trainer/sft_trainer.py`,
//! `SFTTrainer._prepare_dataset` (at f2cd577). Keys are renamed (`from` to `role`, `value` to `content`, `conversations`
//! to `messages`), roles never: `human` stays `human`, and what a chat template makes of that is what is trained. TRL
//! decides by the first record of a data set; here each record is read by itself.

use super::messages::beside;
use super::{Schema, keys_of, messages, plain, prompt_completion, text, text_under, tokenized};
use crate::conversation::{Conversation, Message, Prompt, Source};
use crate::error::{Expected, FormatError, Kind};
use serde_json::{Map, Value};

/// How TRL reads records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trl {
    /// The key of a text: `dataset_text_field`.
    pub text_field: String,
}

/// What TRL takes.
const TAKES: &str = "`messages`, `conversations` with `from` and `value`, `prompt` with `completion`, or `text`";

type Read = Result<(&'static Schema, Conversation), FormatError>;

impl Trl {
    pub(super) fn read(&self, record: &Map<String, Value>) -> Read {
        let record = &*plain(record);
        if record.contains_key("input_ids") {
            return Ok((&tokenized::SCHEMA, (tokenized::SCHEMA.normalise)(record)?));
        }
        let renamed;
        let record = if has_from_and_value(record) {
            renamed = in_chatml(record);
            &renamed
        } else {
            record
        };
        if record.contains_key("prompt") {
            return Ok((&prompt_completion::SCHEMA, of_completion(record)?));
        }
        if is_messages(record.get("messages")) {
            let messages = under(record, "messages")?;
            return Ok((&messages::SCHEMA, Conversation { messages, ..beside(record)? }));
        }
        match record.get(&self.text_field) {
            Some(Value::String(text)) => {
                let source = Source::Text(text.clone());
                Ok((&text::SCHEMA, Conversation { source, ..Conversation::default() }))
            }
            Some(other) => {
                let (key, found) = (self.text_field.clone(), Kind::of(other));
                Err(FormatError::WrongType { key, found, expected: Expected::Text })
            }
            None => Err(FormatError::NotRead { trainer: "TRL", takes: TAKES, keys: keys_of(record) }),
        }
    }
}

/// Whether the list is one of messages with a role, by its first.
fn is_messages(value: Option<&Value>) -> bool {
    let first = value.and_then(Value::as_array).and_then(|list| list.first());
    first.is_some_and(|first| first.get("role").is_some())
}

fn has_from_and_value(record: &Map<String, Value>) -> bool {
    let first = record.get("conversations").and_then(Value::as_array).and_then(|list| list.first());
    first.is_some_and(|first| first.get("from").is_some() && first.get("value").is_some())
}

/// The record with the keys of its messages renamed.
fn in_chatml(record: &Map<String, Value>) -> Map<String, Value> {
    let mut renamed = Map::new();
    for (key, value) in record {
        let lists = ["prompt", "completion", "chosen", "rejected", "messages", "conversations"];
        let mut value = value.clone();
        if lists.contains(&key.as_str()) {
            value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut).for_each(rename_keys);
        }
        let key = if key == "conversations" { "messages" } else { key };
        renamed.insert(key.to_owned(), value);
    }
    renamed
}

fn rename_keys(message: &mut Map<String, Value>) {
    for (from, to) in [("from", "role"), ("value", "content")] {
        if let Some(value) = message.shift_remove(from) {
            message.insert(to.to_owned(), value);
        }
    }
}

/// The messages of a list as they stand: a role that is missing or no text is the chat template's to judge.
pub(super) fn under(record: &Map<String, Value>, key: &str) -> Result<Vec<Message>, FormatError> {
    Ok(super::objects_under(record, key)?.into_iter().cloned().map(Message::of).collect())
}

/// A prompt and its completion: both lists of messages, or both texts.
fn of_completion(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    if is_messages(record.get("prompt")) {
        let mut messages = under(record, "prompt")?;
        let prompt = Some(Prompt::Messages(messages.len()));
        messages.extend(under(record, "completion")?);
        return Ok(Conversation { prompt, messages, ..beside(record)? });
    }
    let text = |key| text_under(record, key, None).map(str::to_owned);
    let (prompt, completion) = (text("prompt")?, text("completion")?);
    let messages = vec![Message::new("user", prompt.as_str()), Message::new("assistant", completion.as_str())];
    Ok(Conversation { messages, prompt: Some(Prompt::Text { prompt, completion }), ..Conversation::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(record: &Value) -> Read {
        Trl { text_field: "text".to_owned() }.read(record.as_object().unwrap())
    }

    fn roles(record: &Value) -> Vec<String> {
        read(record).unwrap().1.messages.iter().map(|message| message.role().to_owned()).collect()
    }

    #[test]
    fn keys_are_renamed_and_roles_are_not() {
        let record = json!({"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]});
        assert_eq!(roles(&record), ["human", "gpt"]);
        assert_eq!(read(&record).unwrap().1.messages[1].text(), "a");
        assert_eq!(roles(&json!({"messages": [{"role": "model", "content": "a"}]})), ["model"]);
    }

    #[test]
    fn other_forms_are_not_read() {
        for record in [
            json!({"instruction": "i", "output": "o"}),
            json!({"conversations": [{"role": "user", "content": "q"}]}),
            json!({"chosen": [{"role": "user", "content": "q"}], "rejected": []}),
        ] {
            let problem = read(&record).unwrap_err().to_string();
            assert!(problem.starts_with("TRL reads `messages`"), "{problem}");
        }
    }

    #[test]
    fn prompts_and_texts() {
        let (schema, texts) = read(&json!({"prompt": "p", "completion": "c"})).unwrap();
        assert_eq!((schema.name, texts.prompt.is_some()), ("prompt-completion", true));
        let lists = json!({"prompt": [{"role": "user", "content": "q"}], "completion": [{"role": "assistant", "content": "a"}]});
        assert_eq!(read(&lists).unwrap().1.prompt, Some(Prompt::Messages(1)));
        assert_eq!(read(&json!({"text": "t"})).unwrap().1.source, Source::Text("t".to_owned()));
        assert!(read(&json!({"prompt": "p"})).unwrap_err().to_string().contains("has no `completion`"));
    }
}
