//! What is wrong with the terms of a filter.

use super::{meant, meant_any};
use std::fmt;

/// A term of a filter that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{term}`: {fault}")]
pub struct FilterError {
    /// The term as given.
    pub term: String,
    /// What is wrong with it and what to write.
    pub fault: TermFault,
}

/// What is wrong with a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermFault {
    /// A quote or slash that opens has none that closes.
    Open {
        /// The character.
        sign: char,
    },
    /// No term of this name.
    Unknown {
        /// The known one that is likely to be meant.
        nearest: Option<&'static str>,
        /// How each of them is written.
        known: Vec<&'static str>,
    },
    /// It is the rest of a pattern with spaces.
    Unquoted {
        /// The term before it with all that belongs to it, in quotes.
        whole: String,
    },
    /// The term is written otherwise.
    Form {
        /// An example of it.
        example: &'static str,
    },
    /// No regular expression.
    Pattern {
        /// What the parser said.
        reason: String,
    },
    /// No schema of this name.
    Schema {
        /// The known ones.
        known: Vec<&'static str>,
    },
    /// No lint of this code.
    Lint {
        /// The known ones that are likely to be meant.
        likely: Vec<&'static str>,
    },
    /// The lint finds nothing in a single record.
    NotOfRecords,
    /// No level of this name.
    Level {
        /// The known ones.
        known: Vec<&'static str>,
    },
}

impl fmt::Display for TermFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { sign } => {
                write!(formatter, "a closing {sign} is missing; spaces need quotes, as in text~\"a b\"")
            }
            Self::Unknown { nearest, known } => {
                write!(
                    formatter,
                    "no such term{}; the terms are {}; `maskview explain where` says what they mean",
                    meant(*nearest),
                    known.join(", ")
                )
            }
            Self::Unquoted { whole } => write!(formatter, "no such term; a pattern with spaces needs quotes: {whole}"),
            Self::Form { example } => write!(formatter, "write it as in {example}"),
            Self::Pattern { reason } => write!(formatter, "not a regular expression: {reason}"),
            Self::Schema { known } => write!(formatter, "no such schema; the schemas are {}", known.join(", ")),
            Self::Lint { likely } => {
                let meant = meant_any(likely);
                write!(
                    formatter,
                    "no such lint{meant}; `maskview explain` lists them, * stands for any, and `maskview explain where` lists the terms"
                )
            }
            Self::NotOfRecords => formatter.write_str(
                "this lint looks at the template or at the whole data set, not at one record; use `maskview audit`",
            ),
            Self::Level { known } => write!(formatter, "no such level; the levels are {}", known.join(", ")),
        }
    }
}
