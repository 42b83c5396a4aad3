//! How much of the data set a report is about.

use serde::{Deserialize, Serialize};

/// How much of a data set was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Whether every record was read; false where the audit was interrupted.
    pub complete: bool,
    /// The records that were read, those included that a filter leaves out.
    pub records_read: usize,
    /// How many there are in all; `None` where that was not known yet.
    pub records_in_all: Option<usize>,
}

impl Extent {
    /// Of several parts together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            complete: self.complete && other.complete,
            records_read: self.records_read + other.records_read,
            records_in_all: self.records_in_all.zip(other.records_in_all).map(|(own, other)| own + other),
        }
    }
}
