//! Why the tinker cookbook makes nothing of a record.

use crate::words::Raw;

/// Why the tinker cookbook makes nothing of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tinker {
    /// Tool calls are plain objects.
    PlainCalls,
    /// A message has the key `trainable`, and `train_on_what` is not `customized`.
    Trainable {
        /// The message, counted from 0.
        message: usize,
    },
    /// A message lacks the key `trainable`, and `train_on_what` is `customized`.
    NotTrainable {
        /// The message, counted from 0.
        message: usize,
    },
    /// What stands under `trainable` is no number.
    NoWeight {
        /// It, as JSON.
        value: Raw,
    },
    /// A content is not the one text that the renderer reads.
    NotText,
    /// The renderer for a model that does not think is given a thought.
    ThinksAnyway,
    /// The renderer for a model that does not think is given a conversation without a user.
    NoUser,
    /// A system message that is not the first.
    LateSystem,
    /// A role that the renderer does not know.
    Role {
        /// The role.
        role: Raw,
    },
    /// A text that must be one token is not one.
    NoToken {
        /// The text.
        token: Raw,
        /// How many tokens it is.
        tokens: usize,
    },
    /// Fewer than two tokens.
    TooShort,
}

impl Tinker {
    pub(super) fn kind(&self) -> Option<&'static str> {
        match self {
            Self::Trainable { .. } => Some("tinker-trainable"),
            Self::NotTrainable { .. } => Some("tinker-not-trainable"),
            _ => None,
        }
    }
}
