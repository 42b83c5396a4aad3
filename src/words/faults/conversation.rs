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
        /// The one of those that is likely to be meant.
        meant: Option<&'static str>,
    },
    /// A message has neither content nor tool calls.
    NullContent {
        /// The message.
        message: usize,
        /// Its role.
        role: Raw,
    },
    /// An answer has no text.
    EmptyAnswer {
        /// The message.
        message: usize,
    },
    /// No message is of the assistant.
    NoAssistant {
        /// How many messages there are.
        messages: usize,
        /// A role that is nearly `assistant`.
        misspelt: Option<Raw>,
    },
    /// The last message is not an answer.
    EndsUnanswered {
        /// The last message.
        message: usize,
        /// Its role.
        role: Raw,
    },
    /// A message does not follow the usual order of roles.
    OutOfOrder {
        /// The message.
        message: usize,
        /// Its role.
        role: Raw,
        /// The role before it; empty for the first message.
        after: Raw,
    },
    /// A text holds U+FFFD.
    Replacement {
        /// The message.
        message: usize,
        /// How many.
        count: usize,
    },
    /// A text holds a control character.
    Control {
        /// The message.
        message: usize,
        /// The first of them.
        code: u32,
    },
    /// A text holds a bidirectional control.
    Bidi {
        /// The message.
        message: usize,
        /// The first of them.
        code: u32,
    },
    /// A text holds a character without width.
    Invisible {
        /// The message.
        message: usize,
        /// The first of them.
        code: u32,
    },
    /// A text was read with the wrong encoding.
    Mojibake {
        /// The message.
        message: usize,
        /// What stands there for one character.
        sample: Raw,
        /// That character.
        meant: char,
    },
    /// A tool is called that is not offered.
    UndefinedTool {
        /// The message.
        message: usize,
        /// The name that is called.
        tool: Raw,
    },
    /// A tool answers that was not called.
    ResultWithoutCall {
        /// The message.
        message: usize,
    },
    /// A call has no result.
    CallWithoutResult {
        /// The message.
        message: usize,
    },
    /// Tool arguments are null.
    NullArguments {
        /// The message.
        message: usize,
        /// The first key.
        key: Raw,
    },
    /// Think tags do not pair up.
    UnbalancedThink {
        /// The message.
        message: usize,
        /// How many are opened.
        opened: usize,
        /// How many are closed.
        closed: usize,
    },
    /// Both answers are the same.
    IdenticalSides,
}
