//! Faults of roles, keys and contents of a record's messages.

use crate::words::Raw;

/// One of them. Messages are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConversationFault {
    /// Chat templates do not know a message's role.
    UnknownRole {
        /// The message.
        message: usize,
        /// Its role.
        role: Raw,
        /// The roles that templates know.
        known: &'static [&'static str],
    },
    /// A message has neither content nor tool calls.
    NullContent {
        /// The message.
        message: usize,
        /// Its role.
        role: Raw,
    },
}
