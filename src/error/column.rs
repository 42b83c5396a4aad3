//! What JSON has no form for in the columns of a table.

use std::fmt;

/// Why a cell of a column is no JSON. Display gives the rest of a sentence about the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnFault {
    /// It is nested too deeply.
    TooDeep {
        /// So many levels are read.
        deepest: usize,
    },
    /// Its type has no form in JSON.
    NoForm {
        /// The type, as Arrow calls it.
        data_type: String,
    },
    /// It is a map with a key that is null.
    NullKey,
    /// It is a map with keys that are no text.
    KeyType {
        /// Their type, as Arrow calls it.
        data_type: String,
    },
    /// It has a key that begins with U+10FFFE.
    PrivateKey,
    /// Its moments are in a time zone that is not known.
    TimeZone {
        /// The time zone.
        zone: String,
    },
    /// It holds a decimal that is no number.
    Decimal {
        /// The digits.
        digits: String,
        /// What the parser said.
        said: String,
    },
    /// It names an entry that its dictionary does not have.
    NoEntry,
}

impl fmt::Display for ColumnFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep { deepest } => {
                write!(formatter, "is nested deeper than {deepest} levels; no conversation needs that")
            }
            Self::NoForm { data_type } => {
                write!(formatter, "has the type {data_type}, which has no form in JSON; remove it, or write it as text")
            }
            Self::NullKey => formatter.write_str("is a map with a key that is null; write it as a list of pairs"),
            Self::KeyType { data_type } => {
                write!(
                    formatter,
                    "is a map with keys of the type {data_type}; keys in JSON are text: write it as a list of pairs"
                )
            }
            Self::PrivateKey => {
                formatter.write_str("has a key that begins with U+10FFFE, which is not a character; remove the key")
            }
            Self::TimeZone { zone } => {
                write!(formatter, "is in the time zone {zone:?}, which is unknown; write it in UTC")
            }
            Self::Decimal { digits, said } => {
                write!(formatter, "holds the decimal {digits}, which is not a number: {said}")
            }
            Self::NoEntry => formatter.write_str("names an entry that its dictionary does not have"),
        }
    }
}
