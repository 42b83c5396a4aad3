//! Faults of what policies train.

use crate::words::Raw;

/// One of them. Messages are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MaskFault {
    /// A key that turns training off is not read.
    IgnoredKey {
        /// The message.
        message: usize,
        /// The key.
        key: &'static str,
    },
    /// The end marker after an answer is not trained.
    EndNotTrained {
        /// The message.
        message: usize,
        /// The end marker.
        marker: Raw,
        /// After how many answers.
        answers: usize,
        /// Out of how many.
        of: usize,
    },
    /// The first token of answers is not trained.
    FirstLost {
        /// The message.
        message: usize,
        /// The first token of the first of them.
        token: Raw,
        /// How many answers.
        answers: usize,
    },
    /// A header is trained.
    HeaderTrained {
        /// The message.
        message: usize,
        /// Its first trained token.
        token: Raw,
    },
    /// Padding is trained.
    PaddingTrained {
        /// How many tokens.
        tokens: usize,
    },
    /// The ids of a marker are not where its text is.
    MarkerMerged {
        /// The message.
        message: usize,
        /// The marker.
        marker: Raw,
        /// Its ids alone.
        alone: Vec<u32>,
        /// The ids of the tokens that hold its text.
        here: Vec<u32>,
    },
    /// A marker is nowhere in the record.
    MarkerAbsent {
        /// The marker.
        marker: Raw,
        /// How many answers there are.
        answers: usize,
    },
    /// The loss goes on into another role.
    RunsOn {
        /// The message.
        message: usize,
        /// The role of the next message.
        role: Raw,
        /// Its first trained token.
        token: Raw,
    },
    /// The mask is moved by one token.
    Shifted {
        /// To the right; else to the left.
        right: bool,
    },
    /// No token is trained.
    NothingTrained {
        /// How many answers there are.
        answers: usize,
    },
    /// Nothing is left to train after the cut.
    NothingLeft {
        /// How many tokens are cut off.
        cut: usize,
    },
    /// A maximum length that does not cut a record changes its tokens or its mask.
    LengthChangesMask {
        /// The first token that differs.
        token: usize,
        /// How many tokens there are without the maximum length.
        length: usize,
    },
    /// Some answers are not trained.
    AnswersUntrained {
        /// The message.
        message: usize,
        /// How many answers have no trained token.
        skipped: usize,
        /// How many answers there are.
        answers: usize,
    },
    /// Every token is trained.
    EverythingTrained {
        /// How many tokens.
        tokens: usize,
    },
    /// Prompts are trained.
    PromptTrained {
        /// The message.
        message: usize,
        /// Its role.
        role: Raw,
        /// How many tokens of such messages.
        tokens: usize,
    },
    /// Results of tools are trained.
    ToolTrained {
        /// The message.
        message: usize,
        /// How many tokens of such messages.
        tokens: usize,
    },
    /// An empty think block is trained.
    EmptyThinkTrained {
        /// How many blocks.
        blocks: usize,
    },
    /// White space after end markers is trained.
    SpaceAfterEnd {
        /// The message.
        message: usize,
        /// After how many answers.
        answers: usize,
    },
    /// An answer stands twice in a row.
    AnswerRepeated {
        /// The message.
        message: usize,
    },
    /// A space and the EOS are appended, and trained.
    SpaceBeforeEos {
        /// The EOS.
        eos: Raw,
    },
    /// The trainer's own text leaves thoughts out.
    TrainerDropsThoughts {
        /// The message.
        message: usize,
        /// Of how many answers.
        answers: usize,
    },
}
