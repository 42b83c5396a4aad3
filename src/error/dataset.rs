//! Errors of reading data sets.

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
        hint: String,
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

    /// Nothing can be read of the file.
    #[error("{file}: {reason}")]
    Refused {
        /// The file as given.
        file: String,
        /// What is wrong and what to do.
        reason: String,
    },

    /// The thread that builds the index cannot be started.
    #[error("cannot start a thread to read the data set: {reason}")]
    Thread {
        /// What the operating system said.
        reason: String,
    },
}

/// What to do with a damaged file.
pub(crate) const MEND: &str = "download the file again, or write it anew from its source";

/// One record that cannot be read; the others are not touched by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The record is not JSON.
    #[error("not JSON: {reason} at {place}{}", hint.map(|text| format!("; {text}")).unwrap_or_default())]
    Json {
        /// What the parser said.
        reason: String,
        /// Where.
        place: Place,
        /// What it looks like and what to do, if that can be told.
        hint: Option<&'static str>,
    },

    /// `NaN`, `Infinity` or `-Infinity`, which Python's `json` writes though JSON has no such numbers.
    #[error(
        "not JSON: {literal} at {place}; JSON has no such number: write null instead (in \
         Python, json.dumps(record, allow_nan=False) finds the place)"
    )]
    NonFinite {
        /// The word found.
        literal: &'static str,
        /// Where.
        place: Place,
    },

    /// Half of a surrogate pair, which stands for no character.
    #[error(
        "half a surrogate pair (\\ud800 to \\udfff on its own) at {place}; it is no character, a tokenizer cannot encode \
         it: the text was cut inside a character, usually an emoji"
    )]
    LoneSurrogate {
        /// Where.
        place: Place,
    },

    /// Arrays and objects nested deeper than the parser goes.
    #[error("nested deeper than 128 levels at {place}; no conversation needs that: check how the record was written")]
    TooDeep {
        /// Where.
        place: Place,
    },

    /// JSON, but no object.
    #[error("{found} where an object {{…}} is expected; {hint}")]
    NotObject {
        /// What the record is, with its article: `an array`.
        found: &'static str,
        /// What to do.
        hint: &'static str,
    },

    /// Bytes that are not UTF-8.
    #[error("not UTF-8: byte 0x{value:02X} at byte {byte} of the record; {hint}")]
    Utf8 {
        /// Position of the first wrong byte in the record, from 1.
        byte: usize,
        /// The wrong byte.
        value: u8,
        /// What to do.
        hint: &'static str,
    },

    /// The record is no longer where the index found it.
    #[error("the file was changed while it was open and this record is gone; open it again")]
    Gone,

    /// The operating system fails to deliver the bytes.
    #[error("cannot be read: {reason}")]
    Unreadable {
        /// What the operating system said.
        reason: String,
    },

    /// The row of a table has more or fewer fields than the header.
    #[error("{found} fields where the header has {expected}; a field with a delimiter or a line break needs quotes")]
    Columns {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },

    /// A column of a table holds what JSON has no form for.
    #[error("the column `{column}` {reason}")]
    Column {
        /// The column's name.
        column: String,
        /// What it holds and what to do, as the rest of a sentence: `is of the type …`.
        reason: String,
    },

    /// A row of a table that is damaged there.
    #[error("this row cannot be read: the {container} is damaged there ({reason}); {MEND}")]
    DamagedRow {
        /// `Parquet file`.
        container: &'static str,
        /// What the decoder said.
        reason: String,
    },

    /// The file goes wrong here: everything before was read, nothing after it can be.
    #[error("the readable records end here: {reason}")]
    Damaged {
        /// What is wrong and what to do.
        reason: String,
    },
}

impl RecordError {
    /// What is wrong, where it concerns the whole file.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Damaged { reason } => reason.clone(),
            other => other.to_string(),
        }
    }
}

/// A place in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line in the file, from 1, where the record is spread over several lines; `None` where it has just one.
    pub line: Option<usize>,
    /// The column in that line in characters, from 1.
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(formatter, "line {line}, ")?;
        }
        write!(formatter, "column {}", self.column)
    }
}
