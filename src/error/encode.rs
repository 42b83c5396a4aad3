//! Errors of taking one record through the pipeline.

use super::{FormatError, Kind, RecordError, TemplateError, TokenizerError};
use std::fmt;

/// Why a record gives no sequence. It never stops the others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The record is no JSON object.
    #[error("{found} where an object is expected; a record is one JSON object, such as {{\"messages\": [...]}}")]
    NotAnObject {
        /// What it is.
        found: Kind,
    },
    /// The record is of no known shape.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The chat template fails on it.
    #[error("{error}{}", hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default())]
    Template {
        /// What the template said.
        error: TemplateError,
        /// What in the record makes templates fail so, if that can be told.
        hint: Option<TemplateHint>,
    },
    /// No chat template is to be used, and the record has no text of its own.
    #[error(
        "--chat-template none needs records with text, and this record holds messages: leave the option out, or give \
         records with `text`, or with texts as `prompt` and `completion`"
    )]
    NoText,
    /// The tokenizer fails on the rendered text.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
    /// The record brings an id that the tokenizer does not have.
    #[error(
        "`input_ids[{place}]` is {id}, but the tokenizer {tokenizer} has only {size} entries; name the tokenizer that the \
         ids come from with --tokenizer"
    )]
    UnknownId {
        /// Where the id stands, from 0.
        place: usize,
        /// The id.
        id: u32,
        /// The tokenizer's name.
        tokenizer: String,
        /// How many entries its vocabulary has.
        size: usize,
    },
    /// The record has more messages than any conversation.
    #[error(
        "the record has {messages} messages, and maskview takes at most {most}: no trainer takes a conversation that long; \
         split the record, or check whether a whole data set was written as one"
    )]
    TooManyMessages {
        /// How many.
        messages: usize,
        /// How many at most.
        most: usize,
    },
    /// A role is longer than any name: it is told of each token.
    #[error(
        "the role of message {message} has {bytes} bytes, and maskview takes at most {most}: roles are names such as \
         `user`; check whether the message's text was written in place of its role"
    )]
    LongRole {
        /// The message, from 0.
        message: usize,
        /// Its role's length.
        bytes: usize,
        /// The longest that is taken.
        most: usize,
    },
    /// The text is too long to be tokenized.
    #[error(
        "the text of this record has {:.1} MB, and maskview tokenizes at most {longest} MB: no trainer takes a sequence \
         that long; split the record, or check whether a whole file was written as one line", *bytes as f64 / 1_048_576.0
    )]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The longest in mebibytes.
        longest: usize,
    },
}

impl EncodeError {
    /// Whether there is no record at all where one was expected: it cannot be read, or it is no JSON object.
    #[must_use]
    pub fn is_of_reading(&self) -> bool {
        matches!(self, Self::Record(_) | Self::NotAnObject { .. })
    }
}

/// What in a conversation makes templates fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateHint {
    /// A message has tool calls and no content.
    NoTextBesideCalls(MessageName),
    /// A message has no content.
    NoContent(MessageName),
    /// The content of a message is a list of parts.
    Parts(MessageName),
    /// The content of a message is something else.
    OtherContent(MessageName),
}

impl fmt::Display for TemplateHint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTextBesideCalls(message) => write!(
                formatter,
                "{message} has no content: this template needs a text beside the tool calls; write \"content\": \"\""
            ),
            Self::NoContent(message) => {
                write!(formatter, "{message} has no content: give it a text, or remove the message")
            }
            Self::Parts(message) => write!(
                formatter,
                "the content of {message} is a list of parts, and this template may need text: join the parts"
            ),
            Self::OtherContent(message) => {
                write!(formatter, "the content of {message} is neither text nor a list of parts; write it as text")
            }
        }
    }
}

/// A message as a sentence names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageName {
    /// Its place, counted from 0.
    pub at: usize,
    /// Its role.
    pub role: String,
}

impl fmt::Display for MessageName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "message {} ({})", self.at, self.role)
    }
}
