//! Records as verl's supervised fine-tuning reads them.
//!
//! Follows verl 0.9.1, `verl/utils/dataset/multiturn_sft_dataset.py`, `MultiTurnSFTDataset`: a list of messages, the tools,
//! and whether the template is told to think, each under a key of the configuration. A null in one of the last two is an
//! error there: its table is read into values for which null is neither true nor false.

use super::trl::under;
use super::{Schema, keys_of, messages, tools_under};
use crate::conversation::Conversation;
use crate::error::{Expected, FormatError, Kind};
use crate::json::is_true;
use serde_json::{Map, Value};

/// How verl reads records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verl {
    /// `messages_key`
    pub messages: String,
    /// `tools_key`
    pub tools: String,
    /// `enable_thinking_key`
    pub enable_thinking: String,
    /// `image_key` and `video_key`
    pub media: [String; 2],
}

impl Verl {
    pub(super) fn read(&self, record: &Map<String, Value>) -> Result<(&'static Schema, Conversation), FormatError> {
        if !record.contains_key(&self.messages) {
            let takes = "the messages under `data.messages_key`";
            return Err(FormatError::NotRead { trainer: "verl", takes, keys: keys_of(record) });
        }
        let is_seen = |key: &&String| record.get(*key).is_some_and(is_true);
        if let Some(key) = self.media.iter().find(is_seen) {
            return Err(FormatError::Media { key: key.clone(), trainer: "verl" });
        }
        let template_kwargs = match record.get(&self.enable_thinking) {
            Some(Value::Null) => return Err(null(&self.enable_thinking, Expected::Truth)),
            thinks => thinks.map(|value| ("enable_thinking".to_owned(), is_true(value).into())),
        };
        if record.get(&self.tools).is_some_and(Value::is_null) {
            return Err(null(&self.tools, Expected::Tools));
        }
        Ok((
            &messages::SCHEMA,
            Conversation {
                messages: under(record, &self.messages)?,
                tools: tools_under(record, &self.tools)?,
                template_kwargs: template_kwargs.into_iter().collect(),
                ..Conversation::default()
            },
        ))
    }
}

/// The error of a null that verl does not take.
fn null(key: &str, expected: Expected) -> FormatError {
    FormatError::WrongType { key: key.to_owned(), found: Kind::Null, expected }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_those_of_the_configuration() {
        let [messages, tools, enable_thinking] = ["turns", "functions", "think"].map(str::to_owned);
        let verl = Verl { messages, tools, enable_thinking, media: ["pictures", "films"].map(str::to_owned) };
        let record = json!({"turns": [{"role": "human", "content": "q"}], "functions": [{"name": "f"}], "think": 0,
            "tools": "not read"});
        let (schema, read) = verl.read(record.as_object().unwrap()).unwrap();
        assert_eq!((schema.name, read.messages[0].role()), ("messages", "human"));
        assert_eq!(
            (read.tools, read.template_kwargs["enable_thinking"].clone()),
            (Some(json!([{"name": "f"}])), json!(false))
        );
        let seen = |record: Value| verl.read(record.as_object().unwrap());
        assert!(seen(json!({"turns": [], "pictures": [], "images": ["a.png"]})).is_ok());
        let problem = seen(json!({"turns": [], "films": ["a.mp4"]})).unwrap_err().to_string();
        assert!(problem.starts_with("`films` holds images or videos"), "{problem}");
        let problem = verl.read(json!({"messages": []}).as_object().unwrap()).unwrap_err().to_string();
        assert!(problem.contains("data.messages_key") && problem.contains("`messages`"), "{problem}");
    }
}
