//! Records as mlx-lm reads them.
//!
//! Follows mlx-lm 0.32.2, `mlx_lm/tuner/datasets.py`, `create_dataset` and the data sets that it makes. Roles and keys of
//! messages go to the chat template as they stand. mlx-lm decides by the first record of a data set; here each record is
//! read by itself.

use super::trl::under;
use super::{Schema, keys_of, messages, prompt_completion, text, tools_under};
use crate::conversation::{Conversation, Message, Source};
use crate::error::{Expected, FormatError, Kind};
use serde_json::{Map, Value};

/// How mlx-lm reads records: the names of what it looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mlx {
    /// `prompt_feature`
    pub prompt: String,
    /// `completion_feature`
    pub completion: String,
    /// `chat_feature`
    pub chat: String,
    /// `text_feature`
    pub text: String,
}

impl Default for Mlx {
    fn default() -> Self {
        let [prompt, completion, chat, text] = ["prompt", "completion", "messages", "text"].map(str::to_owned);
        Self { prompt, completion, chat, text }
    }
}

/// What mlx-lm takes.
const TAKES: &str = "`prompt` with `completion`, `messages`, or `text`";

impl Mlx {
    pub(super) fn read(&self, record: &Map<String, Value>) -> Result<(&'static Schema, Conversation), FormatError> {
        if let (Some(prompt), Some(completion)) = (record.get(&self.prompt), record.get(&self.completion)) {
            let messages = vec![Message::new("user", prompt.clone()), Message::new("assistant", completion.clone())];
            return Ok((&prompt_completion::SCHEMA, Conversation { messages, ..with_tools(record)? }));
        }
        if record.contains_key(&self.chat) {
            let messages = under(record, &self.chat)?;
            return Ok((&messages::SCHEMA, Conversation { messages, ..with_tools(record)? }));
        }
        match record.get(&self.text) {
            Some(Value::String(text)) => {
                let source = Source::Text(text.clone());
                Ok((&text::SCHEMA, Conversation { source, ..Conversation::default() }))
            }
            Some(other) => {
                let (key, found) = (self.text.clone(), Kind::of(other));
                Err(FormatError::WrongType { key, found, expected: Expected::Text })
            }
            None => Err(FormatError::NotRead { trainer: "mlx-lm", takes: TAKES, keys: keys_of(record) }),
        }
    }
}

/// The tools alone: mlx-lm looks at nothing else beside the messages.
fn with_tools(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    Ok(Conversation { tools: tools_under(record, "tools")?, ..Conversation::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(record: &Value) -> Result<(&'static Schema, Conversation), FormatError> {
        Mlx::default().read(record.as_object().unwrap())
    }

    #[test]
    fn a_prompt_goes_before_messages_and_those_before_a_text() {
        let turns = json!([{"role": "human", "content": "q"}]);
        let (schema, pair) = read(&json!({"prompt": "p", "completion": "c", "messages": turns, "text": "t"})).unwrap();
        assert_eq!((schema.name, pair.messages[1].text().as_str()), ("prompt-completion", "c"));
        let (schema, chat) = read(&json!({"prompt": "p", "messages": turns, "text": "t"})).unwrap();
        assert_eq!((schema.name, chat.messages[0].role()), ("messages", "human"));
        let (schema, text) = read(&json!({"prompt": "p", "text": "t"})).unwrap();
        assert_eq!((schema.name, text.source), ("text", Source::Text("t".to_owned())));
    }

    #[test]
    fn other_forms_are_not_read() {
        let problem = read(&json!({"instruction": "i", "output": "o"})).unwrap_err().to_string();
        assert!(problem.starts_with("mlx-lm reads `prompt` with `completion`"), "{problem}");
    }

    #[test]
    fn features_have_other_names() {
        let features = Mlx { prompt: "q".to_owned(), completion: "a".to_owned(), ..Mlx::default() };
        let (_, read) = features.read(json!({"q": "1", "a": "2"}).as_object().unwrap()).unwrap();
        assert_eq!(read.messages[0].text(), "1");
    }
}
