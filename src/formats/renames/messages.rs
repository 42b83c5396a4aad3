//! The names that messages have: their keys and roles.

use super::{Rename, Renames, Rest, renamed};
use crate::conversation::Message;
use crate::error::{Fate, FormatError};
use crate::formats::keys_of;
use crate::json;
use serde_json::{Map, Value};

/// What becomes of roles that no rename names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OtherRoles {
    /// Names in wide use stand for the usual roles, as without renames.
    #[default]
    Usual,
    /// They stay as they are.
    Kept,
    /// The trainer does not read such a record.
    Refused {
        /// The trainer.
        trainer: &'static str,
        /// What it does with the record.
        fate: Fate,
    },
}

/// What becomes of JSON that stands as text where a list or an object belongs: the list of messages itself, and the
/// arguments of tool calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum JsonText {
    /// It stays text.
    #[default]
    Kept,
    /// It is read, where it is JSON.
    Read,
}

/// Whether a system message at the start is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SystemMessage {
    /// It is.
    #[default]
    Kept,
    /// It is left out.
    Dropped,
}

/// The names that messages have for what a schema reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRenames {
    /// The schema's key of the list of messages.
    pub list: &'static str,
    /// The schema's key of a message's role.
    pub role: &'static str,
    /// The schema's key of a message's content.
    pub content: &'static str,
    /// Keys of a message.
    pub keys: Vec<Rename>,
    /// A message's other keys.
    pub rest: Rest,
    /// Names of roles.
    pub roles: Vec<Rename>,
    /// Other names of roles.
    pub other_roles: OtherRoles,
    /// The system message at the start.
    pub system: SystemMessage,
    /// Lists and arguments that are written as text.
    pub json_text: JsonText,
}

impl MessageRenames {
    pub(super) fn apply(&self, list: &mut Vec<Value>) {
        for fields in list.iter_mut().filter_map(Value::as_object_mut) {
            let mut message = renamed(fields, &self.keys, self.rest);
            if let Some(Value::String(role)) = message.get_mut(self.role)
                && let Some(known) = self.roles.iter().find(|name| name.from == *role)
            {
                role.clone_from(&known.to);
            }
            if self.json_text == JsonText::Read {
                let calls = message.get_mut("tool_calls").and_then(Value::as_array_mut).into_iter().flatten();
                calls.filter_map(|call| call.get_mut("function")?.get_mut("arguments")).for_each(read_json_text);
            }
            *fields = message;
        }
        let starts_with_system = list.first().is_some_and(|message| message[self.role] == "system");
        if self.system == SystemMessage::Dropped && starts_with_system {
            list.remove(0);
        }
    }

    /// Refuses messages without the keys that are read, and roles that no tag names, where the trainer does.
    pub(super) fn check(&self, renames: &Renames, record: &Map<String, Value>) -> Result<(), FormatError> {
        let OtherRoles::Refused { trainer, fate } = self.other_roles else { return Ok(()) };
        let list = Renames::name_of(&renames.keys, self.list);
        let [role, content] = [self.role, self.content].map(|key| Renames::name_of(&self.keys, key));
        let messages = record.get(&list).and_then(Value::as_array).into_iter().flatten();
        for (at, message) in messages.enumerate() {
            let Some(fields) = message.as_object() else { continue };
            let place = || format!("{list}[{at}]");
            let missing = [&role, &content].into_iter().find(|key| !fields.contains_key(*key)).cloned();
            if let Some(missing) = missing {
                let (place, keys) = (place(), keys_of(fields));
                return Err(FormatError::MissingTag { place, missing, read: Box::new([role, content]), keys });
            }
            let Some(Value::String(tag)) = fields.get(&role) else { continue };
            if self.roles.iter().all(|known| known.from != *tag) {
                let known = self.roles.iter().map(|known| known.from.clone()).collect();
                let place = format!("{}.{role}", place());
                return Err(FormatError::UnknownTag { place, role: tag.clone(), known, trainer, fate });
            }
        }
        Ok(())
    }

    /// Gives the messages that a schema read one by one the roles that stand in the record.
    pub(super) fn keep_roles(&self, record: &Map<String, Value>, messages: &mut [Message]) {
        let list = record.get(self.list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for (message, value) in messages.iter_mut().zip(list) {
            if let Some(role) = value[self.role].as_str() {
                *message = Message::with_role(message.fields().clone(), role);
            }
        }
    }
}

/// Puts the value in place of the JSON text that holds it. Text that is none stays, for the schema to say so.
pub(super) fn read_json_text(value: &mut Value) {
    if let Value::String(text) = value
        && let Ok(read) = json::parse(text)
    {
        *value = read;
    }
}
