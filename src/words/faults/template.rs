//! Faults of what the chat template makes of messages.

use crate::words::Raw;
use std::ops::Range;

/// One of them. Messages are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFault {
    /// The template writes nothing of a message.
    MessageDropped {
        /// The message.
        message: usize,
        /// Its role.
        role: Raw,
    },
    /// The template writes nothing of the tool calls of a message that has no other text.
    CallsDropped {
        /// The message.
        message: usize,
        /// Its role.
        role: Raw,
    },
    /// Transformers records a generation block elsewhere than it stands.
    GenerationShifted {
        /// The characters that it records.
        recorded: Range<usize>,
        /// Those where the block stands.
        stands: Range<usize>,
    },
}
