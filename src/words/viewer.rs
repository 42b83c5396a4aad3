//! What the viewer's lines around a record say: title, status, list, body, and the choice of a policy.

use super::{Said, Unavailable};
use crate::error::EncodeError;

/// How much is said of what is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// Tokens and share, in words.
    Whole,
    /// Tokens and share, in numbers.
    Counts,
    /// The share alone.
    Share,
}

/// Lines around a record.
#[derive(Debug, Clone, Copy)]
pub enum ViewerWords<'a> {
    /// The name of standard input, where a file's would stand.
    StandardInput,
    /// Which record is on show.
    Record {
        /// Its number.
        number: usize,
        /// How many there are.
        records: usize,
        /// Whether all are counted.
        complete: bool,
        /// Which answer of a preference record, as its key says it.
        choice: Option<&'static str>,
    },
    /// The tokenizer is being loaded.
    Loading(&'a str),
    /// The size of the tokenizer's vocabulary.
    Vocabulary(usize),
    /// The template is the tokenizer's own.
    OwnTemplate,
    /// No template is rendered for this record.
    NoTemplate,
    /// The record's length.
    Tokens {
        /// Its tokens.
        tokens: usize,
        /// Tokens that the maximum length takes away.
        cut: usize,
    },
    /// The tokenizer.
    Tokenizer(&'a str),
    /// What a policy trains of the record.
    Trained {
        /// Tokens in the loss.
        count: usize,
        /// All tokens.
        tokens: usize,
        /// How much is said.
        figures: Figures,
    },
    /// A policy gives no mask, with the reason where there is room for it.
    NotAvailable(Option<&'a Unavailable>),
    /// Something was found in the record.
    Warnings {
        /// How many things.
        count: usize,
        /// The key that shows them.
        key: &'a str,
    },
    /// The markers have lost the newline.
    WithoutNewline {
        /// The key that gives it back.
        key: &'a str,
    },
    /// A record's number is asked for.
    GoTo,
    /// A text is asked for.
    Search,
    /// A search through the records is at this one.
    Searching(usize),
    /// A long record is being tokenized.
    Tokenizing,
    /// The record is being read.
    Reading,
    /// The record has no token.
    NoToken,
    /// The record gives no sequence.
    Failure {
        /// Whether its file has lines or rows.
        unit: Said,
        /// The line or row.
        line: usize,
        /// Why.
        error: &'a EncodeError,
    },
    /// In the list, instead of figures: a record is too long for them.
    Long,
    /// In the list, instead of figures: a record fails.
    Failed,
    /// In the list, instead of its first words: a record is too long.
    VeryLong,
    /// The smallest screen.
    Needs(u16, u16),
    /// The screen there is.
    Is(u16, u16),
    /// More lines of the sentences about masks are behind a key.
    MoreSentences {
        /// The key.
        key: &'a str,
    },
    /// A policy is to be chosen, for A or B.
    ChoosePolicy(&'static str),
    /// The same in less room.
    Policy(&'static str),
    /// A key and what it does, beside others.
    Key {
        /// The key.
        key: &'a str,
        /// What it does.
        does: &'a str,
    },
    /// Between two of those.
    Comma,
    /// What a policy is.
    About {
        /// Who masks so.
        who: Said,
        /// What is in the loss.
        bits: Said,
    },
    /// The hint at the key that closes a choice without choosing.
    Cancel,
}
