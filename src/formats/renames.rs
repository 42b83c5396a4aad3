//! Other names: the keys of records, keys of messages and roles that a trainer's configuration gives to its data, turned
//! into those that the schemas know, before a schema reads the record.

mod messages;

pub use messages::{JsonText, MessageRenames, OtherRoles, SystemMessage};

use super::{Axolotl, Mlx, MsSwift, Schema, Trl, Verl, keys_of, unread};
use crate::conversation::Conversation;
use crate::error::{FormatError, Needs};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How the records of a data set are read.
#[derive(Debug, Clone, Default)]
pub struct SchemaChoice {
    /// The input schema; `None` to tell it by shape.
    pub schema: Option<&'static Schema>,
    /// What a trainer makes of a record, where that is not what the schemas make of it.
    pub reader: Option<Reader>,
    /// The names that the data set has for what the schema reads.
    pub renames: Renames,
    /// Files, or folders of them, that are read in another way.
    pub files: Vec<(PathBuf, SchemaChoice)>,
}

impl SchemaChoice {
    /// How the records of a file are read.
    #[must_use]
    pub fn of_file(&self, file: &str) -> &Self {
        let own = self.files.iter().find(|(path, _)| Path::new(file).starts_with(path));
        own.map_or(self, |(_, choice)| choice)
    }

    /// Brings a record into the normal form.
    ///
    /// # Errors
    /// [`FormatError`] as for [`super::normalise`], and when a key that was named is not in the record.
    pub fn normalise(&self, record: &Map<String, Value>) -> Result<(&'static Schema, Conversation), FormatError> {
        if let Some(reader) = &self.reader {
            return reader.read(record);
        }
        if self.renames == Renames::default() {
            return super::normalise(record, self.schema);
        }
        if let Some(messages) = &self.renames.messages {
            messages.check(&self.renames, record)?;
        }
        let renamed = self.renames.apply(record);
        let (schema, mut read) = super::normalise(&renamed, self.schema)
            .map_err(|error| self.renames.explained(error, record, self.schema))?;
        if let Some(messages) = self.renames.messages.as_ref().filter(|named| named.other_roles == OtherRoles::Kept) {
            messages.keep_roles(&renamed, &mut read.messages);
        }
        Ok((schema, read))
    }
}

/// A trainer's own way to read records.
#[derive(Debug, Clone)]
pub enum Reader {
    /// TRL's.
    Trl(Trl),
    /// That of a type of axolotl's data sets.
    Axolotl(Axolotl),
    /// mlx-lm's.
    Mlx(Mlx),
    /// ms-swift's.
    MsSwift(MsSwift),
    /// verl's.
    Verl(Verl),
}

impl Reader {
    fn read(&self, record: &Map<String, Value>) -> Result<(&'static Schema, Conversation), FormatError> {
        match self {
            Self::Trl(trl) => trl.read(record),
            Self::Axolotl(form) => form.read(record),
            Self::Mlx(mlx) => mlx.read(record),
            Self::MsSwift(swift) => swift.read(record),
            Self::Verl(verl) => verl.read(record),
        }
    }
}

/// One name for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The name in the data.
    pub from: String,
    /// The name that the schema knows.
    pub to: String,
    met: Met,
}

/// Whether a record had the name. Clones share the answer, which makes no two names differ.
#[derive(Debug, Clone, Default)]
struct Met(Arc<AtomicBool>);

impl PartialEq for Met {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Met {}

impl Rename {
    /// One name for another.
    #[must_use]
    pub fn new(from: &str, to: &str) -> Self {
        Self { from: from.to_owned(), to: to.to_owned(), met: Met::default() }
    }

    /// Whether any record, or any message for its keys, that was read so far has the name.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.met.0.load(Ordering::Relaxed)
    }

    /// The value under the name.
    fn value<'a>(&self, fields: &'a Map<String, Value>) -> Option<&'a Value> {
        let value = fields.get(&self.from)?;
        // Threads that only read do not wait for each other.
        if !self.is_met() {
            self.met.0.store(true, Ordering::Relaxed);
        }
        Some(value)
    }
}

/// What becomes of keys that no rename names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rest {
    /// They stay, in place of a renamed key of the same name.
    #[default]
    Kept,
    /// They go: the trainer does not look at them.
    Dropped,
}

/// The names that a data set has for what a schema reads. By default none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renames {
    /// Keys of the record.
    pub keys: Vec<Rename>,
    /// The record's other keys.
    pub rest: Rest,
    /// Keys and roles of its messages.
    pub messages: Option<MessageRenames>,
}

impl Renames {
    /// The names that nothing read so far has; see [`Rename::is_met`].
    pub fn unmet(&self) -> impl Iterator<Item = &Rename> {
        let of_messages = self.messages.iter().flat_map(|messages| &messages.keys);
        self.keys.iter().chain(of_messages).filter(|rename| !rename.is_met())
    }

    /// The record under the names that the schema knows.
    #[must_use]
    pub fn apply(&self, record: &Map<String, Value>) -> Map<String, Value> {
        let mut renamed = renamed(record, &self.keys, self.rest);
        if let Some(messages) = &self.messages
            && let Some(value) = renamed.get_mut(messages.list)
        {
            if messages.json_text == JsonText::Read {
                messages::read_json_text(value);
            }
            if let Value::Array(list) = value {
                messages.apply(list);
            }
        }
        renamed
    }

    /// The error of a record that lacks what was named, in the record's own names.
    fn explained(&self, error: FormatError, record: &Map<String, Value>, schema: Option<&Schema>) -> FormatError {
        let error = match error {
            FormatError::Mismatch { .. } | FormatError::Unrecognised { .. } => {
                self.without_value(record, schema).unwrap_or(error)
            }
            other => other,
        };
        match error {
            FormatError::Mismatch { schema, needs, keys } => {
                let missing = self.columns_missing(&needs, record).or_else(|| self.tags_missing(&needs, record));
                missing.unwrap_or(FormatError::Mismatch { schema, needs, keys })
            }
            FormatError::MissingKey { place: Some(place), missing, keys } => {
                // In the names of the configuration, not in those of the schema.
                let of_message = schema.and_then(|schema| self.tags_missing(&schema.needs, record));
                of_message.unwrap_or(FormatError::MissingKey { place: Some(place), missing, keys })
            }
            FormatError::NoValue { schema, keys } => {
                let own = |key: &String| self.keys.iter().find(|rename| rename.to == *key).map(|rename| &rename.from);
                let keys = keys.iter().map(|key| own(key).unwrap_or(key).clone()).collect();
                FormatError::NoValue { schema, keys }
            }
            other => other,
        }
    }

    /// The name in the configuration of what a schema calls by another.
    fn name_of(keys: &[Rename], to: &str) -> String {
        keys.iter().find(|rename| rename.to == to).map_or_else(|| to.to_owned(), |rename| rename.from.clone())
    }

    /// The error of a record without the keys that are read; `None` where it has them.
    fn columns_missing(&self, needs: &Needs, record: &Map<String, Value>) -> Option<FormatError> {
        let missing = match needs.keys() {
            // One of several keys would do, and the configuration names it.
            [] => self.keys.iter().map(|rename| rename.from.clone()).collect(),
            needed => needed.iter().map(|key| Self::name_of(&self.keys, key)).collect::<Vec<_>>(),
        };
        let missing: Vec<String> = missing.into_iter().filter(|key| !record.contains_key(key)).collect();
        (!missing.is_empty()).then(|| FormatError::ColumnsMissing { missing, keys: keys_of(record) })
    }

    /// The error of a record with a message that lacks the keys that are read of it; `None` where none does.
    fn tags_missing(&self, needs: &Needs, record: &Map<String, Value>) -> Option<FormatError> {
        let list = Self::name_of(&self.keys, needs.list()?);
        let keys = self.messages.as_ref().map(|messages| messages.keys.as_slice()).unwrap_or_default();
        let needed: Vec<String> = needs.of_objects().iter().map(|key| Self::name_of(keys, key)).collect();
        record.get(&list)?.as_array()?.iter().enumerate().find_map(|(at, message)| {
            let fields = message.as_object()?;
            let missing: Box<[String]> = needed.iter().filter(|key| !fields.contains_key(*key)).cloned().collect();
            let place = format!("{list}[{at}]");
            (!missing.is_empty()).then(|| FormatError::TagsMissing { place, missing, keys: keys_of(fields) })
        })
    }

    /// The error of a record whose nulls are what is missing: [`Renames::apply`] leaves nulls of other names out.
    fn without_value(&self, record: &Map<String, Value>, schema: Option<&Schema>) -> Option<FormatError> {
        let mut whole = self.apply(record);
        for Rename { from, to, .. } in &self.keys {
            if record.get(from).is_some_and(Value::is_null) && !whole.contains_key(to) {
                whole.insert(to.clone(), Value::Null);
            }
        }
        match schema {
            Some(schema) => unread::without_value(&whole, [schema]),
            None => unread::without_value(&whole, super::SCHEMAS.iter().copied()),
        }
    }
}

/// The fields under their new names, nulls left out, and the rest behind them.
fn renamed(fields: &Map<String, Value>, keys: &[Rename], rest: Rest) -> Map<String, Value> {
    let named = |key: &str| keys.iter().any(|rename| rename.from == key);
    let values = keys.iter().filter_map(|rename| Some((&rename.to, rename.value(fields)?)));
    let mut renamed: Map<String, Value> =
        values.filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.clone(), value.clone())).collect();
    if rest == Rest::Kept {
        let others = fields.iter().filter(|(key, _)| !named(key));
        renamed.extend(others.map(|(key, value)| (key.clone(), value.clone())));
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::super::by_name;
    use super::*;
    use crate::conversation::Message;
    use serde_json::json;

    fn map(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    fn messages() -> MessageRenames {
        MessageRenames {
            list: "messages",
            role: "role",
            content: "content",
            keys: vec![Rename::new("from", "role"), Rename::new("value", "content")],
            rest: Rest::Kept,
            roles: vec![Rename::new("bot", "assistant")],
            other_roles: OtherRoles::Kept,
            system: SystemMessage::Dropped,
            json_text: JsonText::Read,
        }
    }

    #[test]
    fn keys_of_the_record_get_the_schemas_names() {
        let renames = Renames {
            keys: vec![Rename::new("question", "instruction"), Rename::new("answer", "output")],
            rest: Rest::Dropped,
            messages: None,
        };
        let record = map(&json!({"question": "q", "answer": "a", "system": "not read"}));
        let choice = SchemaChoice { schema: by_name("alpaca"), renames, ..SchemaChoice::default() };
        let (schema, read) = choice.normalise(&record).unwrap();
        assert_eq!((schema.name, read.messages.len()), ("alpaca", 2));
        let problem = choice.normalise(&map(&json!({"query": "q"}))).unwrap_err().to_string();
        assert!(
            problem.contains("reads `question`, `answer`, which the record does not have: its keys are `query`"),
            "{problem}"
        );
    }

    #[test]
    fn a_message_without_the_keys_that_are_read_is_named() {
        let messages = MessageRenames {
            list: "conversations",
            role: "from",
            content: "value",
            keys: vec![Rename::new("role", "from"), Rename::new("content", "value")],
            rest: Rest::Kept,
            roles: Vec::new(),
            other_roles: OtherRoles::Usual,
            system: SystemMessage::Kept,
            json_text: JsonText::Kept,
        };
        let renames = Renames {
            keys: vec![Rename::new("messages", "conversations")],
            rest: Rest::Dropped,
            messages: Some(messages),
        };
        let choice = SchemaChoice { schema: by_name("sharegpt"), renames, ..SchemaChoice::default() };
        let problem = |record| choice.normalise(&map(&record)).unwrap_err().to_string();
        let of_other_keys = problem(json!({"messages": [{"speaker": "human", "text": "Is 7 prime?"}]}));
        assert!(
            of_other_keys.contains("reads `role`, `content` of each message, which `messages[0]` does not have")
                && of_other_keys.contains("its keys are `speaker`, `text`"),
            "{of_other_keys}"
        );
        let of_another_list = problem(json!({"conversations": [{"role": "user", "content": "Is 7 prime?"}]}));
        assert!(
            of_another_list.contains("reads `messages`, which the record does not have")
                && of_another_list.contains("in `conversations`, objects with `role`, `content`"),
            "{of_another_list}"
        );
    }

    #[test]
    fn what_is_null_is_named_as_the_record_names_it() {
        let keys = vec![Rename::new("question", "instruction"), Rename::new("reply", "output")];
        let renames = Renames { keys, ..Renames::default() };
        let record = map(&json!({"question": "q", "reply": null}));
        for schema in [None, by_name("alpaca")] {
            let choice = SchemaChoice { schema, renames: renames.clone(), ..SchemaChoice::default() };
            let problem = choice.normalise(&record).unwrap_err().to_string();
            assert!(problem.starts_with("`reply` is null or empty, and the schema `alpaca`"), "{problem}");
        }
    }

    #[test]
    fn messages_and_roles_get_the_schemas_names() {
        let renames =
            Renames { keys: vec![Rename::new("turns", "messages")], rest: Rest::Dropped, messages: Some(messages()) };
        let record = map(&json!({"turns": [{"from": "system", "value": "s"}, {"from": "human", "value": "q"},
            {"from": "bot", "value": "a", "weight": 1, "name": null}]}));
        let (_, read) = SchemaChoice { schema: by_name("messages"), renames, ..SchemaChoice::default() }
            .normalise(&record)
            .unwrap();
        let roles: Vec<_> = read.messages.iter().map(Message::role).collect();
        assert_eq!(roles, ["human", "assistant"], "roles that are not named stay as they are");
        assert_eq!((read.messages[1].text().as_str(), read.messages[1].get("weight")), ("a", Some(&json!(1))));
    }

    #[test]
    fn json_that_stands_as_text_is_read() {
        let renames = Renames {
            keys: vec![Rename::new("messages", "messages")],
            rest: Rest::Dropped,
            messages: Some(messages()),
        };
        let call = json!({"type": "function", "function": {"name": "t", "arguments": "{\"x\": 1}"}});
        let list = json!([{"from": "bot", "value": "", "tool_calls": [call]}]).to_string();
        let choice = SchemaChoice { schema: by_name("messages"), renames, ..SchemaChoice::default() };
        let (_, read) = choice.normalise(&map(&json!({"messages": list}))).unwrap();
        let calls = read.messages[0].get("tool_calls").unwrap();
        assert_eq!(calls[0]["function"]["arguments"], json!({"x": 1}));
        let problem = choice.normalise(&map(&json!({"messages": "no list"}))).unwrap_err().to_string();
        assert!(problem.contains("`messages` is text"), "{problem}");
    }

    #[test]
    fn without_renames_the_record_is_read_as_it_stands() {
        let record = map(&json!({"messages": [{"role": "human", "content": "q"}]}));
        let (_, read) = SchemaChoice::default().normalise(&record).unwrap();
        assert_eq!(read.messages[0].role(), "user");
    }
}
