//! Records as verl's supervised fine-tuning reads them.
//!
//! Follows verl 0.9.1, `verl/utils/dataset/multiturn_sft_dataset.py`, `MultiTurnSFTDataset`: a list of messages, the tools,
//! and whether the template is told to think, each under a key of the configuration.

use super::trl::under;
use super::{Schema, json_or_text, keys_of, messages};
use crate::conversation::Conversation;
use crate::error::FormatError;
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
}

impl Verl {
    pub(super) fn read(&self, record: &Map<String, Value>) -> Result<(&'static Schema, Conversation), FormatError> {
        if !record.contains_key(&self.messages) {
            let takes = "the messages under `data.messages_key`";
            return Err(FormatError::NotRead { trainer: "verl", takes, keys: keys_of(record) });
        }
        let thinks = record.get(&self.enable_thinking).filter(|value| !value.is_null());
        let template_kwargs = thinks.map(|value| ("enable_thinking".to_owned(), is_true(value).into()));
        Ok((
            &messages::SCHEMA,
            Conversation {
                messages: under(record, &self.messages)?,
                tools: json_or_text(record.get(&self.tools), &self.tools)?,
                template_kwargs: template_kwargs.into_iter().collect(),
                ..Conversation::default()
            },
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_those_of_the_configuration() {
        let [messages, tools, enable_thinking] = ["turns", "functions", "think"].map(str::to_owned);
        let verl = Verl { messages, tools, enable_thinking };
        let record = json!({"turns": [{"role": "human", "content": "q"}], "functions": [{"name": "f"}], "think": 0,
            "tools": "not read"});
        let (schema, read) = verl.read(record.as_object().unwrap()).unwrap();
        assert_eq!((schema.name, read.messages[0].role()), ("messages", "human"));
        assert_eq!(
            (read.tools, read.template_kwargs["enable_thinking"].clone()),
            (Some(json!([{"name": "f"}])), json!(false))
        );
        let problem = verl.read(json!({"messages": []}).as_object().unwrap()).unwrap_err().to_string();
        assert!(problem.contains("data.messages_key") && problem.contains("`messages`"), "{problem}");
    }
}
