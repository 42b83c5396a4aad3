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

/// What is looked for through the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A difference.
    Difference,
    /// A match.
    Match,
    /// A finding.
    Finding,
}

/// What a search has found.
#[derive(Debug, Clone, Copy)]
pub struct Matches {
    /// Which match of the record the cursor is on.
    pub at: Option<usize>,
    /// The matches in the record.
    pub here: usize,
    /// The matches in all records.
    pub matches: usize,
    /// The records with a match.
    pub records: usize,
    /// Whether these are all.
    pub complete: bool,
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
    Found {
        /// How many things.
        count: usize,
        /// The key that shows them.
        key: &'a str,
    },
    /// The same in fewer words.
    FoundInShort {
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
    /// Which of the list's records is on show, where the list has not all of them.
    Listed {
        /// Its place in the list; `None` for one that the list leaves out.
        position: Option<usize>,
        /// How many there are.
        records: usize,
        /// Whether these are all.
        complete: bool,
        /// The terms of the filter.
        terms: &'a str,
    },
    /// What is appended to the files is followed.
    Following,
    /// A place is asked for.
    GoTo,
    /// A pattern is asked for.
    Search,
    /// A pattern is asked for, to be searched backward.
    SearchBack,
    /// The terms of a filter are asked for.
    Filter,
    /// The file that a picture is written to is asked for.
    Export {
        /// The endings of pictures.
        endings: &'a [String],
        /// The key that goes through the endings.
        key: &'a str,
    },
    /// A search through the records is at this one.
    Searching {
        /// The record.
        record: usize,
        /// What is looked for.
        wanted: Wanted,
    },
    /// The list is being made.
    Arranging {
        /// Records that were looked at.
        scanned: usize,
        /// Those that the list has.
        found: usize,
    },
    /// What a search has found.
    Matches(Matches),
    /// The same in fewer words.
    MatchesInShort(Matches),
    /// The hint at the key that clears the search.
    ClearSearch,
    /// The hint at the key that clears the filter.
    ClearFilter,
    /// A boundary is being tried.
    Trying,
    /// The hint at the key that keeps what was tried.
    Keep,
    /// The hint at the key that takes it back.
    Reset,
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
    /// Of a list of policies, those with this text are left.
    Filtered(&'a str),
    /// Letters that are typed filter the list.
    TypingFilters,
    /// No policy has the text that was typed.
    NoSuchPolicy(&'a str),
    /// The choice of no policy for A or B.
    NoPolicy,
    /// What that does.
    ShowsAlone(&'a str),
    /// A policy gives no mask for the record, for this reason.
    GivesNoMask(&'a Unavailable),
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
