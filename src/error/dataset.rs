//! Errors of reading data sets.

use std::path::PathBuf;

/// A data set that cannot be opened or read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatasetError {
    /// The path does not exist.
    #[error("{}: no such file; check the path", path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
}

/// One record that cannot be read; the others are not touched by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The line is not JSON.
    #[error("not JSON: {reason}")]
    Json {
        /// What the parser said, with its column.
        reason: String,
    },
}
