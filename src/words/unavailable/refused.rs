//! Why one of the trainers that render and tokenize for themselves makes nothing of a record.

use super::super::Raw;
use crate::error::TemplateError;

/// A trainer, and why it makes nothing of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its name, as its users write it.
    pub trainer: &'static str,
    /// The reason.
    pub why: Why,
}

/// Why a trainer makes nothing of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It raises, with these words of its own or of Python.
    Raises(Raw),
    /// The record is longer than the maximum length, and the trainer raises.
    StopsAtLength {
        /// Its tokens.
        length: usize,
        /// The maximum length.
        maximum: usize,
        /// What cuts the record instead.
        remedy: &'static str,
    },
    /// The record reaches the maximum length and counts for nothing.
    DropsAtLength {
        /// Its tokens.
        length: usize,
        /// The length at which records are left out.
        maximum: usize,
    },
    /// It leaves out records of which no token is trained.
    NothingTrained,
    /// It leaves out records without a prompt or without an answer behind it.
    NoPromptOrAnswer,
    /// It needs an assistant message.
    NoAssistant,
    /// The first messages alone are written in another way than at the start of the whole.
    NotAPrefix {
        /// How many messages.
        messages: usize,
    },
    /// The messages written one by one do not give the tokens of the whole.
    NotTheWhole,
    /// The tokens found for a message are not those of its content, and the record is left out.
    SpanOffContent {
        /// The message, counted from 0.
        message: usize,
    },
    /// The template refuses the messages up to one, and the record is left out.
    PrefixRefused {
        /// The message, counted from 0.
        message: usize,
        /// What the template says.
        error: TemplateError,
    },
    /// Neither generation blocks nor markers of a family that it knows.
    UnknownFamily,
    /// The markers of the family are not found where the messages stand.
    MarkersNotFound,
    /// What the trainer renders and tokenizes takes too long.
    TakesTooLong,
    /// The trainer renders the conversation so often that maskview does not follow it.
    TooManyRenderings {
        /// How often.
        renderings: usize,
        /// The mebibytes of text that this renders and tokenizes.
        mebibytes: usize,
        /// The most that are.
        most: usize,
    },
    /// The trainer renders parts of contents that are no text.
    Parts,
}

impl Why {
    pub(super) fn kind(&self) -> Option<&'static str> {
        match self {
            Self::StopsAtLength { .. } => Some("stops-at-length"),
            Self::DropsAtLength { .. } => Some("drops-at-length"),
            Self::NotAPrefix { .. } => Some("not-a-prefix"),
            Self::SpanOffContent { .. } => Some("span-off-content"),
            Self::TooManyRenderings { .. } => Some("too-many-renderings"),
            _ => None,
        }
    }
}
