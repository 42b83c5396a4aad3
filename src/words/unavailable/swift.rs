//! Why ms-swift makes nothing of a record.

use crate::words::Raw;

/// Why ms-swift makes nothing of a record, or what is not followed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Swift {
    /// Prompt and completion are lists of messages.
    PromptMessages,
    /// A role that it does not know.
    Role {
        /// The role.
        role: Raw,
    },
    /// A message without content.
    NoContent,
    /// A content that is neither text nor a list of parts.
    NotText,
    /// A content with images, video or sound.
    Media,
    /// A call of a tool that it cannot read or write.
    Call {
        /// What is wrong, or missing.
        reason: Raw,
    },
    /// A tool that is no object.
    Tools,
    /// What stands under `loss` or `loss_scale` has no entry for a message.
    ShortList,
    /// What stands under `loss_scale` is no number.
    NoWeight {
        /// It, as JSON.
        value: Raw,
    },
    /// The template writes no tools.
    NoAgentTemplate {
        /// The template.
        template: Raw,
    },
    /// The template takes no system prompt.
    NoSystem {
        /// The template.
        template: Raw,
    },
    /// A result of a tool that stands where none can.
    ResultWithoutCall,
    /// A turn out of order.
    OutOfOrder {
        /// The turn, counted from 0 after the system prompt.
        turn: usize,
    },
    /// No message that the template could write.
    NoTurns,
    /// The template writes nothing.
    NothingWritten,
    /// `response_prefix` is no text.
    ResponsePrefix,
    /// The tokenizer does not give one token for a letter.
    NoBos,
    /// The record is too long and dropped.
    TooLong {
        /// Its tokens.
        length: usize,
        /// The maximum length.
        maximum: usize,
    },
}

impl Swift {
    pub(super) fn kind(&self) -> Option<&'static str> {
        match self {
            Self::OutOfOrder { .. } => Some("swift-out-of-order"),
            Self::TooLong { .. } => Some("swift-too-long"),
            _ => None,
        }
    }
}
