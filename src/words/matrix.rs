//! What the matrix says: how many tokens each pair of policies disagrees on.

use super::Unavailable;

/// Which records are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// This one.
    Record(usize),
    /// So many, which are all.
    All(usize),
    /// So many, and more to come.
    SoFar(usize),
}

/// Two policies.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// The row's.
    pub row: &'a str,
    /// The column's.
    pub column: &'a str,
}

/// What the matrix says.
#[derive(Debug, Clone, Copy)]
pub enum MatrixWords<'a> {
    /// Its title.
    Title(Counted),
    /// The same in less room.
    ShortTitle(Counted),
    /// What is counted, alone.
    Of(Counted),
    /// The record is being counted.
    Counting,
    /// The record cannot be read.
    Unreadable {
        /// The key that shows the whole data set.
        key: &'a str,
    },
    /// A policy gives no mask.
    NotAvailable {
        /// The policy.
        policy: &'a str,
        /// Why.
        why: &'a Unavailable,
    },
    /// One policy is chosen as row and as column.
    One {
        /// Its number.
        number: usize,
        /// Its name.
        policy: &'a str,
    },
    /// No record is counted yet.
    NothingCounted,
    /// Both train the same tokens of the record.
    Agree(Pair<'a>),
    /// They do not.
    Disagree {
        /// The two.
        pair: Pair<'a>,
        /// Tokens that they disagree on.
        tokens: usize,
        /// The first of them.
        first: usize,
    },
    /// Both train the same tokens of so many records.
    AgreeEverywhere {
        /// The two.
        pair: Pair<'a>,
        /// The records.
        records: usize,
    },
    /// They do not.
    DisagreeSomewhere {
        /// The two.
        pair: Pair<'a>,
        /// Tokens that they disagree on.
        tokens: usize,
        /// Records that have such tokens.
        differing: usize,
        /// Records that were compared.
        records: usize,
        /// The number of the first record.
        record: usize,
        /// The first token in it.
        token: usize,
    },
    /// After a sentence about records: so many more were not compared, and why if that is known.
    NotCompared {
        /// The sentence.
        sentence: &'a str,
        /// The records.
        records: usize,
        /// Why.
        why: Option<&'a str>,
    },
    /// The hint at going to a pair's first token.
    Go,
    /// The hint at the matrix of the record.
    Record,
    /// The hint at the matrix of the policies on show.
    OnShow,
}
