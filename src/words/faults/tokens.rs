//! Faults of ids.

use crate::words::Raw;

/// An edge of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Before its text.
    Beginning,
    /// Behind its text.
    End,
}

/// Who has written the text of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// The chat template.
    ChatTemplate,
    /// The template of a trainer.
    Trainer,
    /// The record brings it.
    Record,
}

/// One of them. Messages are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokensFault {
    /// Nothing ends an answer.
    NoEnd {
        /// The message.
        message: usize,
        /// Who leaves the end marker out.
        writer: Writer,
    },
    /// The next message ends the answer.
    StopInNext {
        /// The message.
        message: usize,
        /// Who leaves the end marker out.
        writer: Writer,
    },
    /// The end marker stands twice.
    DoubleEnd {
        /// The message.
        message: usize,
        /// The end marker.
        marker: Raw,
    },
    /// The end marker is not EOS.
    EndNotEos {
        /// The end marker.
        marker: Raw,
        /// The EOS token.
        eos: Raw,
    },
    /// The end marker is several tokens.
    EndInPieces {
        /// The end marker.
        marker: Raw,
        /// Its ids.
        ids: Vec<u32>,
    },
    /// Messages that are tokenized one by one give other tokens than the whole.
    DoNotAddUp {
        /// Tokens of the whole.
        whole: usize,
        /// Tokens of all messages.
        pieces: usize,
        /// What stands around the edge.
        around: Raw,
    },
    /// Positions run on into another conversation of the row.
    PackedRunsOn,
    /// The pad token ends turns.
    PadIsEnd {
        /// The token.
        token: Raw,
    },
    /// White space stands at an edge of an answer.
    SpaceAround {
        /// The message.
        message: usize,
        /// Which edge.
        edge: Edge,
        /// The white space.
        space: Raw,
    },
    /// A token straddles the start of an answer.
    Straddles {
        /// The message.
        message: usize,
        /// The token.
        token: Raw,
    },
    /// An answer is cut.
    AnswerCut {
        /// The message.
        message: usize,
        /// How many tokens are cut off.
        cut: usize,
    },
    /// A special token stands in a message.
    SpecialInContent {
        /// The message.
        message: usize,
        /// The token.
        token: Raw,
    },
    /// The end marker stands in a message.
    EndInContent {
        /// The message.
        message: usize,
        /// The token.
        token: Raw,
    },
    /// BOS stands twice.
    DoubleBos {
        /// The BOS token.
        bos: Raw,
    },
    /// A text does not end with EOS.
    NoEos {
        /// The EOS token.
        eos: Raw,
    },
}
