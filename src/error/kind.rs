//! What a JSON value is, where another is expected.

use chat_template::json;
use serde_json::Value;
use std::fmt;

/// What a record has in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: the key is absent.
    Missing,
    /// `null`.
    Null,
    /// `true` or `false`.
    Truth,
    /// A number.
    Number,
    /// A number, but not one of those that are allowed.
    OtherNumber,
    /// A string.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
    /// A date or a time, which only TOML has.
    Date,
}

impl Kind {
    /// What a value is.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Truth,
            _ if json::literal(value).is_some() => Self::Number,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Missing => "missing",
            Self::Null => "null",
            Self::Truth => "true or false",
            Self::Number => "a number",
            Self::OtherNumber => "another number",
            Self::Text => "text",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Date => "a date",
        })
    }
}
