//! What the viewer says to its reader until the next key. Keys are named by their first key.

use super::config::ConfigWarning;
use super::paint::PaintWords;
use super::{Raw, Said};
use crate::error::PolicyError;

/// What is said to the reader until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A trainer's configuration says something that is not followed.
    Warnings {
        /// The first.
        first: ConfigWarning,
        /// How many more there are.
        more: usize,
        /// The key that shows them.
        key: String,
    },
    /// There is one policy only.
    OnePolicyOnly {
        /// The key that adds one.
        key: String,
    },
    /// The name of a policy is not understood, for this reason.
    NoSuchPolicy(PolicyError),
    /// The markers as they are now.
    Markers(PaintWords),
    /// The policy on show has no boundary to move.
    NoBoundary {
        /// The policy.
        policy: Raw,
        /// The key that chooses another.
        key: String,
    },
    /// The boundary of the policy on show, as shifts of its start and end.
    Boundary {
        /// The start's.
        start: i32,
        /// The end's.
        end: i32,
    },
    /// The policies and markers are those of the start again.
    Reset,
    /// Keys that do something elsewhere only.
    WorksOnly {
        /// The keys, as the screen writes them.
        pressed: String,
        /// Where they work.
        place: Said,
        /// The key that leads there.
        key: Option<String>,
    },
    /// Keys that do nothing anywhere, or nothing but here and beside the record.
    DoesNothing {
        /// The keys, as the screen writes them.
        pressed: String,
        /// What helps on.
        way: WayOn,
    },
    /// The pair of the matrix differs on no token that could be gone to.
    NoPair,
    /// Nothing is open that could be closed.
    NothingOpen {
        /// The key that quits.
        key: String,
    },
    /// The record on show is the first.
    FirstRecord,
    /// The record on show is the last.
    LastRecord,
    /// The data set is empty.
    NoRecords,
    /// There is no record of that number.
    NoSuchRecord {
        /// The number.
        asked: usize,
        /// That of the last record.
        last: usize,
    },
    /// What was typed is no number of a record.
    CountedFromOne,
    /// The record has one answer only.
    NoOtherAnswer,
    /// The search through the records was stopped.
    SearchStopped,
    /// No later record differs.
    NoLaterDifference,
    /// No earlier record differs.
    NoEarlierDifference,
    /// No text was searched for yet.
    NothingSearched {
        /// The key that searches.
        key: String,
    },
    /// A text is found where the cursor is and nowhere else.
    NoOtherMatch,
    /// A text is found only after the maximum length.
    MatchIsCutOff(Raw),
    /// A text is not found.
    NoMatch(Raw),
}

/// What helps on after keys that do nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayOn {
    /// This key goes back to the record.
    Back(String),
    /// This key shows the keys.
    Help(String),
    /// No key shows the help.
    None,
}
