//! Faults of what the chat template makes of messages.

use crate::error::TemplateError;
use crate::words::{Raw, Said};
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
    /// Arguments of a call are encoded twice.
    DoubleEncoded {
        /// The message.
        message: usize,
    },
    /// A key with text is not in the rendered text.
    IgnoredKey {
        /// The message.
        message: usize,
        /// The key.
        key: Raw,
    },
    /// A part of a message is not in the rendered text.
    PartsDropped {
        /// The message.
        message: usize,
    },
    /// A list of parts is printed.
    PartsPrinted {
        /// The message.
        message: usize,
    },
    /// White space at the edges is not written.
    Trimmed {
        /// The message.
        message: usize,
    },
    /// A line of the content is not written.
    Changed {
        /// The message.
        message: usize,
        /// The line.
        line: Raw,
    },
    /// Thoughts are not written.
    ThoughtsDropped {
        /// The message.
        message: usize,
        /// Of how many answers.
        answers: usize,
    },
    /// A system prompt is put in.
    DefaultSystem {
        /// What the template writes first.
        text: Raw,
    },
    /// The template writes the date.
    Date {
        /// What it reads.
        name: &'static str,
    },
    /// A system message is refused.
    SystemRefused {
        /// In the words of the template.
        reason: Raw,
    },
    /// The prompt is no prefix.
    NoPrefix {
        /// How the prompt ends.
        prompt: Raw,
        /// What the whole has there.
        whole: Raw,
    },
    /// An answer is written otherwise once later turns follow.
    EarlierTurnChanged {
        /// The answer.
        message: usize,
        /// What is written without them, from the first difference on.
        alone: Raw,
        /// What the whole has there.
        whole: Raw,
    },
    /// A form of conversation makes the template fail.
    BreaksForm {
        /// The form.
        about: Said,
        /// What fails.
        reason: TemplateError,
    },
    /// There is no generation block.
    NoGenerationBlock,
}
