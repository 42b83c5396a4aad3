//! Arguments that are not understood, for languages other than clap's own.

use crate::error::ValueFault;

/// What is wrong with the arguments. Arguments are named with what they take: `--format <FORMAT>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misuse {
    /// Nothing is called so.
    Unknown {
        /// The argument.
        argument: String,
        /// Whether it could be meant as a value, for which it stands after `--`.
        as_value: bool,
    },
    /// No command is called so.
    NoCommand {
        /// The name.
        name: String,
    },
    /// Arguments that are needed are missing.
    Missing {
        /// Which.
        arguments: Vec<String>,
    },
    /// An argument is given twice.
    Twice {
        /// The argument.
        argument: String,
    },
    /// Arguments exclude each other.
    Conflict {
        /// One of them.
        argument: String,
        /// The others.
        others: Vec<String>,
    },
    /// An argument has no value.
    NoValue {
        /// The argument.
        argument: String,
        /// The values that it takes, where they are few.
        known: Vec<String>,
    },
    /// A value is none of those that the argument takes.
    OtherValue {
        /// The argument.
        argument: String,
        /// The value.
        value: String,
        /// The values that it takes.
        known: Vec<String>,
    },
    /// A value is not of its form.
    BadValue {
        /// The argument.
        argument: String,
        /// The value.
        value: String,
        /// Why.
        why: ValueFault,
    },
    /// A value is not taken, and clap alone knows why.
    Refused {
        /// The argument.
        argument: String,
        /// The value.
        value: String,
        /// What clap says.
        why: String,
    },
    /// A switch has a value.
    ValueTooMany {
        /// The argument.
        argument: String,
        /// The value.
        value: String,
    },
    /// Bytes that are no text.
    NotText,
    /// Whatever else clap says.
    Other(String),
}
