//! Errors of reading one record.

use super::{ColumnFault, Damage, Kind, TableFault, TableKind};
use std::fmt;

/// One record that cannot be read; the others are not touched by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The record is not JSON.
    #[error("not JSON: {reason} at {place}{}", hint.map(|hint| format!("; {hint}")).unwrap_or_default())]
    Json {
        /// What the parser said.
        reason: String,
        /// Where.
        place: Place,
        /// What it looks like and what to do, if that can be told.
        hint: Option<JsonHint>,
    },

    /// `NaN`, `Infinity` or `-Infinity`, which Python's `json` writes though JSON has no such numbers.
    #[error(
        "not JSON: {literal} at {place}, which JSON does not have; write null instead (in Python, \
         json.dumps(record, allow_nan=False) finds the place)"
    )]
    NonFinite {
        /// The word found.
        literal: &'static str,
        /// Where.
        place: Place,
    },

    /// Half of a surrogate pair, which stands for no character.
    #[error(
        "half a surrogate pair (\\ud800 to \\udfff on its own) at {place}: a tokenizer cannot encode it; the text was cut \
         inside a character, usually an emoji"
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
    #[error("{found} where an object {{…}} is expected; {}", object_hint(*found))]
    NotObject {
        /// What the record is.
        found: Kind,
    },

    /// Bytes that are not UTF-8.
    #[error("not UTF-8: byte 0x{value:02X} at byte {byte} of the record; {hint}")]
    Utf8 {
        /// Position of the first wrong byte in the record, from 1.
        byte: usize,
        /// The wrong byte.
        value: u8,
        /// What to do.
        hint: Utf8Hint,
    },

    /// The record has more bytes than one may have.
    #[error(
        "the record has {:.1} MB, more than --max-record-size allows ({:.1} MB): check whether a whole file was written as \
         one line, or allow more, such as --max-record-size {}M", megabytes(*bytes), megabytes(*largest), mebibytes(*bytes)
    )]
    TooLarge {
        /// Its length in bytes.
        bytes: u64,
        /// The longest allowed.
        largest: u64,
    },

    /// The record is no longer where the index found it.
    #[error("the file was changed while it was open and this record is gone; open the file again")]
    Gone,

    /// The operating system fails to deliver the bytes.
    #[error("cannot be read: {reason}")]
    Unreadable {
        /// What the operating system said.
        reason: String,
    },

    /// The row of a table has more or fewer fields than the header.
    #[error(
        "{found} fields, but the header has {expected}; put fields that hold a delimiter or a line break in quotes"
    )]
    Columns {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },

    /// A column of a table holds what JSON has no form for.
    #[error("the column `{column}` {fault}")]
    Column {
        /// The column's name.
        column: String,
        /// What it holds.
        fault: ColumnFault,
    },

    /// A row of a table that is damaged there.
    #[error(
        "this row cannot be read: the {kind} is damaged here ({fault}); download the file again, or write it again from \
         its source"
    )]
    DamagedRow {
        /// The kind of table.
        kind: TableKind,
        /// What is wrong with the row.
        fault: TableFault,
    },

    /// The file goes wrong here: everything before was read, nothing after it can be.
    #[error("the readable records end here: {0}")]
    Damaged(Damage),
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}

/// So many whole mebibytes hold these bytes.
#[must_use]
pub fn mebibytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}

impl RecordError {
    /// What is wrong, where it concerns the whole file.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Damaged(damage) => damage.to_string(),
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

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(formatter, "line {line}, ")?;
        }
        write!(formatter, "column {}", self.column)
    }
}

/// What a text that is no JSON looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonHint {
    /// A piece of a value that is spread over lines.
    SeveralLines,
    /// A record that is cut off.
    CutOff,
    /// What Python's `repr` writes.
    Python,
    /// A Git LFS pointer.
    GitLfs,
    /// A page of HTML or XML.
    Html,
    /// An element is missing beside a comma.
    MissingElement,
    /// A comma before a closing bracket.
    TrailingComma,
    /// A control character in a string.
    ControlCharacter,
    /// Two values in one place.
    TwoValues,
    /// A comma after the record.
    CommaAfter,
    /// Something after the value.
    OneValue,
    /// No value at all.
    Object,
}

impl fmt::Display for JsonHint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::SeveralLines => {
                "if this is a JSON value over several lines, write each record on one line (jq -c . does so)"
            }
            Self::CutOff => "the record is cut off; check that the file was written and downloaded completely",
            Self::Python => "this looks like Python's repr, not JSON; write records with json.dumps(record)",
            Self::GitLfs => "this is a Git LFS pointer, not the data; run git lfs pull, or download the file itself",
            Self::Html => "this looks like an HTML or XML page; check that no error page was saved instead of the file",
            Self::MissingElement => "an element is missing between two commas or before the closing bracket",
            Self::TrailingComma => "remove the comma before the closing bracket",
            Self::ControlCharacter => "inside a string, write a line break as \\n and a tab as \\t",
            Self::TwoValues => "there are two values here; separate them (JSON lines: each on its own line)",
            Self::CommaAfter => "there is a comma after the record; JSON lines have none between records",
            Self::OneValue => "remove what follows the record",
            Self::Object => "a record is a JSON object {…}",
        })
    }
}

/// What to do about bytes that are not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Utf8Hint {
    /// Every second byte is zero, as in Latin letters of UTF-16.
    Utf16,
    /// There are zero bytes.
    Binary,
    /// The record ends inside a character.
    CutOff,
    /// Another encoding.
    OtherEncoding,
}

impl fmt::Display for Utf8Hint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Utf16 => "this looks like UTF-16; convert the file with iconv -f UTF-16 -t UTF-8",
            Self::Binary => "this looks like a binary file; name the data set itself",
            Self::CutOff => {
                "the record is cut off inside a character; check that the file was written and downloaded completely"
            }
            Self::OtherEncoding => "convert the file to UTF-8 (iconv -f GB18030 -t UTF-8, or the encoding it has)",
        })
    }
}

/// What to do about a record that is something else than an object.
fn object_hint(found: Kind) -> &'static str {
    match found {
        Kind::List => "write one object per line; if these are messages, wrap them: {\"messages\": […]}",
        Kind::Text => "if it holds JSON, it was encoded twice; write the object itself",
        Kind::Null => "remove the line or write an object",
        Kind::Missing | Kind::Truth | Kind::Number | Kind::OtherNumber | Kind::Object | Kind::Date => {
            "write one object per line"
        }
    }
}
