//! Values that the command line does not take.

/// Why an option does not take its value, and what to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueFault {
    /// No length that leaves something of a sequence.
    #[error(
        "give a number of tokens above zero, since 0 leaves nothing of any record; leave the option out to cut nothing"
    )]
    Length,
    /// No number of pad tokens.
    #[error("give the number of pad tokens, from 0 to {most}, or `max`")]
    Padding {
        /// The greatest that is taken.
        most: usize,
    },
    /// No part of several.
    #[error("give the part and how many there are, such as 3/8")]
    Shard,
    /// No whole number, or one that is too small or too large.
    #[error("give a whole number {}", range(*least, *greatest))]
    Whole {
        /// The least that is taken.
        least: u64,
        /// The greatest that is taken.
        greatest: u64,
    },
}

fn range(least: u64, greatest: u64) -> String {
    if greatest == u64::MAX { format!("of {least} or more") } else { format!("from {least} to {greatest}") }
}
