//! The keys of records: those that a schema needs, and those that are there.

use super::quoted;
use std::fmt;

/// The keys by which a schema is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// A text for each of two keys.
    Texts([&'static str; 2]),
    /// One text.
    Text(&'static str),
    /// A list of objects with two keys.
    Objects {
        /// The key of the list.
        list: &'static str,
        /// The keys of its objects.
        keys: [&'static str; 2],
    },
    /// A list of objects with a key, and another where roles do not alternate.
    Alternating {
        /// The key of the list.
        list: &'static str,
        /// The key of the text.
        text: &'static str,
        /// The key of the role.
        role: &'static str,
    },
    /// A list of token ids.
    Ids(&'static str),
    /// A preferred and a rejected answer.
    Pair,
    /// A query with its response, as ms-swift has them.
    Query,
}

impl Needs {
    /// The keys of the record that have to be there; none where one of several will do.
    #[must_use]
    pub fn keys(&self) -> &[&'static str] {
        match self {
            Self::Texts(keys) => keys,
            Self::Text(key) | Self::Ids(key) => std::slice::from_ref(key),
            Self::Objects { list, .. } | Self::Alternating { list, .. } => std::slice::from_ref(list),
            Self::Pair | Self::Query => &[],
        }
    }

    /// The keys that the objects of the list need, for a schema that reads objects.
    #[must_use]
    pub fn of_objects(&self) -> &[&'static str] {
        match self {
            Self::Objects { keys, .. } => keys,
            Self::Alternating { text, .. } => std::slice::from_ref(text),
            Self::Texts(_) | Self::Text(_) | Self::Ids(_) | Self::Pair | Self::Query => &[],
        }
    }

    /// The key of the list, for a schema that reads one.
    #[must_use]
    pub fn list(&self) -> Option<&'static str> {
        match self {
            Self::Objects { list, .. } | Self::Alternating { list, .. } | Self::Ids(list) => Some(list),
            Self::Texts(_) | Self::Text(_) | Self::Pair | Self::Query => None,
        }
    }
}

impl fmt::Display for Needs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Texts([one, other]) => write!(formatter, "`{one}` and `{other}`"),
            Self::Text(key) => write!(formatter, "`{key}`, a text that is tokenized as it is"),
            Self::Objects { list, keys: [one, other] } => {
                write!(formatter, "`{list}`, a list of objects with `{one}` and `{other}`")
            }
            Self::Alternating { list, text, role } => {
                write!(formatter, "`{list}`, a list of objects with `{text}` and, where roles do not alternate, `{role}`")
            }
            Self::Ids(key) => write!(formatter, "`{key}`, a list of token ids"),
            Self::Pair => formatter.write_str(
                "`chosen` and `rejected`, lists of messages, or texts with `prompt`; or `rejected_response` beside a \
                 conversation",
            ),
            Self::Query => formatter.write_str(
                "`query` (`prompt`, `question`, …) and `response` (`answer`, …), or `conversation`, a list of objects with \
                 `human` and `assistant`",
            ),
        }
    }
}

/// The keys of a record or a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyList {
    /// The first of them.
    pub first: Vec<String>,
    /// How many more there are.
    pub more: usize,
    /// The first of them that holds a list of objects, with the keys of the first object.
    pub inside: Option<Box<(String, Vec<String>)>>,
}

impl fmt::Display for KeyList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first.is_empty() {
            return formatter.write_str("none");
        }
        formatter.write_str(&quoted(&self.first))?;
        if self.more > 0 {
            write!(formatter, " and {} more", self.more)?;
        }
        if let Some((list, keys)) = self.inside.as_deref() {
            write!(formatter, " (in `{list}`, objects with {})", quoted(keys))?;
        }
        Ok(())
    }
}
