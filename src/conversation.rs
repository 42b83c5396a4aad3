//! The normal form that every input schema is brought to.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Keys that are faster looked through than looked up.
const FEW: usize = 8;

/// One message, with every key of the record kept: chat templates read keys of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    fields: Map<String, Value>,
}

impl Message {
    /// A message with the role and content given, and nothing else.
    #[must_use]
    pub fn new(role: &str, content: impl Into<Value>) -> Self {
        let mut fields = Map::new();
        fields.insert("role".to_owned(), role.into());
        fields.insert("content".to_owned(), content.into());
        Self { fields }
    }

    /// A message as the record has it, with or without a role.
    #[must_use]
    pub fn of(fields: Map<String, Value>) -> Self {
        Self { fields }
    }

    /// A message with these keys; `role` is set to the role given, in the place where it stood.
    #[must_use]
    pub fn with_role(mut fields: Map<String, Value>, role: &str) -> Self {
        fields.insert("role".to_owned(), role.into());
        Self { fields }
    }

    /// Who speaks: `system`, `user`, `assistant`, `tool` or what else the record says. Empty when it is absent or no text.
    #[must_use]
    pub fn role(&self) -> &str {
        self.get("role").and_then(Value::as_str).unwrap_or_default()
    }

    /// The content as the record has it: text, a list of parts, null, or absent.
    #[must_use]
    pub fn content(&self) -> Option<&Value> {
        self.get("content")
    }

    /// The text of the content; the text parts joined when it is a list of parts.
    #[must_use]
    pub fn text(&self) -> String {
        match self.content() {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(parts)) => {
                parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
            }
            _ => String::new(),
        }
    }

    /// The texts of the content: itself, or those of its parts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let whole = self.content().and_then(Value::as_str);
        let parts = self.content().and_then(Value::as_array).into_iter().flatten();
        whole.into_iter().chain(parts.filter_map(|part| part.get("text")?.as_str()))
    }

    /// Whether it calls a tool.
    #[must_use]
    pub fn has_tool_calls(&self) -> bool {
        self.get("tool_calls").and_then(Value::as_array).is_some_and(|calls| !calls.is_empty())
    }

    /// Whether it says something beside its content: it calls a tool, or reasons.
    #[must_use]
    pub fn says_more(&self) -> bool {
        self.has_tool_calls() || self.thoughts().next().is_some()
    }

    /// What it thinks, in keys of its own.
    pub fn thoughts(&self) -> impl Iterator<Item = &str> {
        let thoughts = |key| self.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        ["reasoning_content", "reasoning", "thinking"].into_iter().filter_map(thoughts)
    }

    /// The value of a key beside role and content.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        // Lints ask hundreds of times a record, and comparing a few keys is faster than hashing one.
        if self.fields.len() <= FEW {
            return self.fields.iter().find(|(name, _)| *name == key).map(|(_, value)| value);
        }
        self.fields.get(key)
    }

    /// The message as the chat template sees it.
    #[must_use]
    pub fn into_value(self) -> Value {
        Value::Object(self.fields)
    }

    /// All keys and values, in the record's order.
    #[must_use]
    pub fn fields(&self) -> &Map<String, Value> {
        &self.fields
    }
}

/// The functions that a message calls, each as it stands in its call.
fn called(message: &Message) -> impl Iterator<Item = &Value> {
    let calls = message.get("tool_calls").and_then(Value::as_array).into_iter().flatten();
    calls.map(|call| call.get("function").unwrap_or(call))
}

/// The names of the functions that a message calls.
pub fn called_names(message: &Message) -> impl Iterator<Item = &str> {
    called(message).filter_map(|function| function.get("name")?.as_str())
}

/// The arguments of the calls of a message, as an object or as text.
pub fn call_arguments(message: &Message) -> impl Iterator<Item = &Value> {
    called(message).filter_map(|function| function.get("arguments"))
}

/// Where the text of a record comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Source {
    /// The chat template writes it from the messages.
    #[default]
    Template,
    /// The record holds it: no template is rendered.
    Text(String),
    /// The record holds its tokens: neither is a template rendered nor a text tokenized.
    Tokens(TokenRow),
}

/// A record that is tokenized already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenRow {
    /// The ids, padding left out.
    pub ids: Vec<u32>,
    /// The ids at the end that `attention_mask` says to be padding.
    pub padding: Vec<u32>,
    /// What stands beside the ids, padding included.
    pub columns: Vec<Column>,
}

/// A column of numbers beside `input_ids`, one for each id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its key.
    pub name: &'static str,
    /// Its numbers; weights as the bits of their floats, which unlike those are equal to themselves.
    pub values: Vec<i64>,
}

impl Column {
    /// The name of the column of weights.
    pub const WEIGHTS: &'static str = "weights";

    /// A column of weights.
    #[must_use]
    pub fn of_weights(weights: impl Iterator<Item = f32>) -> Self {
        Self { name: Self::WEIGHTS, values: weights.map(|weight| i64::from(weight.to_bits())).collect() }
    }

    /// The weight of a token; 0 past the end.
    #[must_use]
    pub fn weight(&self, token: usize) -> f32 {
        self.values.get(token).and_then(|bits| u32::try_from(*bits).ok()).map_or(0.0, f32::from_bits)
    }
}

/// Which of the two answers of a preference record a conversation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// The better one.
    Chosen,
    /// The worse one.
    Rejected,
}

impl Choice {
    /// Its key in the record, which is also how output names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Rejected => "rejected",
        }
    }
}

/// Which part of a record is its prompt, where the record says so itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// The first so many messages.
    Messages(usize),
    /// A text, with the text that is to follow.
    Text {
        /// The prompt.
        prompt: String,
        /// What follows it.
        completion: String,
    },
}

/// A record after normalisation: what the chat template is given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conversation {
    /// Where its text comes from. Without a template the messages are found in the text later.
    pub source: Source,
    /// Which answer it holds; `None` where the record has one conversation only.
    pub choice: Option<Choice>,
    /// The conversation with the rejected answer, beside the one with the chosen answer.
    pub rejected: Option<Box<Conversation>>,
    /// What of it is the prompt; `None` for schemas without one.
    pub prompt: Option<Prompt>,
    /// The messages in order.
    pub messages: Vec<Message>,
    /// The tools offered to the model, as a JSON list.
    pub tools: Option<Value>,
    /// Documents for retrieval templates, as a JSON list.
    pub documents: Option<Value>,
    /// Variables for the template that the record brings itself.
    pub template_kwargs: Map<String, Value>,
}

impl Conversation {
    /// The conversation of these messages, with nothing beside them.
    #[must_use]
    pub fn of(messages: Vec<Message>) -> Self {
        Self { messages, ..Self::default() }
    }

    /// The messages as the chat template sees them.
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        self.messages.iter().cloned().map(Message::into_value).collect()
    }

    /// The first words said, for a list of records: of the first user message, else of the first message with text.
    #[must_use]
    pub fn first_words(&self, characters: usize) -> String {
        let said = |message: &&Message| !message.text().trim().is_empty();
        let message = self
            .messages
            .iter()
            .filter(|message| message.role() == "user")
            .find(said)
            .or_else(|| self.messages.iter().find(said));
        let words = match (message, &self.source) {
            (Some(message), _) => message.text(),
            (None, Source::Text(text)) => text.clone(),
            (None, _) => String::new(),
        };
        words.trim_start().chars().take(characters).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_joins_parts_and_is_empty_for_null() {
        let parts = Message::new("user", json!([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]));
        assert_eq!(parts.text(), "ab");
        assert_eq!(Message::new("user", Value::Null).text(), "");
    }

    #[test]
    fn first_words_prefer_the_user() {
        let conversation =
            Conversation::of(vec![Message::new("system", "Be brief."), Message::new("user", " 夏天的诗歌")]);
        assert_eq!(conversation.first_words(2), "夏天");
        assert_eq!(Conversation::of(vec![Message::new("system", "Be brief.")]).first_words(2), "Be");
        let text = Conversation { source: Source::Text(" 夏天".to_owned()), ..Conversation::default() };
        assert_eq!(text.first_words(1), "夏");
    }
}
