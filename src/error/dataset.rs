//! Errors of reading data sets.

use super::RecordError;
use std::fmt;
use std::path::PathBuf;

/// A data set that cannot be opened or read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatasetError {
    /// No path was given.
    #[error("no data set given; name a file, or - for standard input")]
    NoPath,

    /// The path does not exist.
    #[error("{}: no such file; check the path", path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
    },

    /// The path is a folder in which no data set is recognised.
    #[error("{}: a folder, not a data set; {hint}", path.display())]
    Folder {
        /// The path as given.
        path: PathBuf,
        /// What to name instead, where the folder's contents suggest it.
        hint: FolderHint,
    },

    /// The file may not be read by this user.
    #[error("{}: permission denied; check who may read it (ls -l)", path.display())]
    Denied {
        /// The path as given.
        path: PathBuf,
    },

    /// The file holds no bytes at all.
    #[error("{}: the file is empty; check that it was written or downloaded completely", path.display())]
    Empty {
        /// The path as given.
        path: PathBuf,
    },

    /// Standard input is named more than once.
    #[error("standard input (-) can be read only once; name it once")]
    StandardInputTwice,

    /// The operating system refuses the file for another reason.
    #[error("{}: cannot be opened: {reason}", path.display())]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },

    /// More files are open than the operating system allows.
    #[error("{}: cannot be opened: {reason}; raise the limit with ulimit -n", path.display())]
    TooManyOpen {
        /// The path as given.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },

    /// Nothing can be read of the file.
    #[error("{file}: {}", error.reason())]
    Refused {
        /// The file as given.
        file: String,
        /// What is wrong and what to do.
        error: Box<RecordError>,
    },

    /// The thread that builds the index cannot be started.
    #[error("cannot start a thread to read the data set: {reason}")]
    Thread {
        /// What the operating system said.
        reason: String,
    },
}

/// What to name instead of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderHint {
    /// Nothing in it looks like records.
    Nothing,
    /// Files in it look like records.
    Holds {
        /// The first of them.
        files: Vec<String>,
        /// How many more there are.
        more: usize,
    },
    /// Its `dataset_dict.json` names no splits.
    NoSplits,
    /// Its `state.json` names no files.
    NoFiles,
    /// It was saved with chosen rows.
    ChosenRows,
}

impl fmt::Display for FolderHint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => formatter.write_str("name the files that hold the records"),
            Self::Holds { files, more: 0 } => write!(formatter, "name files in it: {}", files.join(" ")),
            Self::Holds { files, more } => write!(formatter, "name files in it: {} (and {more} more)", files.join(" ")),
            Self::NoSplits => formatter.write_str("its dataset_dict.json names no splits; save the data set again"),
            Self::NoFiles => formatter.write_str("its state.json names no files; save the data set again"),
            Self::ChosenRows => formatter.write_str(
                "it was saved with an index of chosen rows; load it, call flatten_indices() and save it again",
            ),
        }
    }
}
