//! Errors of naming policies.

use super::meant;
use std::fmt;

/// A policy that cannot be made from its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// There is no policy of that name.
    #[error("no policy `{name}`{meant}; the policies are {}; `maskview explain` lists them", known.join(", "), meant = meant(*nearest))]
    Unknown {
        /// The name as given.
        name: String,
        /// The known one that is likely to be meant.
        nearest: Option<&'static str>,
        /// The known ones.
        known: Vec<&'static str>,
    },
    /// The policy has no such option.
    #[error(
        "the policy `{policy}` has no option `{option}`{near}; it takes {known}; `maskview explain {policy}` says more",
        near = super::meant(meant.as_deref()),
        known = options(known)
    )]
    UnknownOption {
        /// The policy.
        policy: String,
        /// The option as given.
        option: String,
        /// The option that is likely to be meant, as it is written.
        meant: Option<String>,
        /// The options it has.
        known: Vec<&'static str>,
    },
    /// The option does not take that value.
    #[error("the policy `{policy}` does not take `{option}={value}`; {expected}")]
    BadValue {
        /// The policy.
        policy: String,
        /// The option.
        option: String,
        /// The value as given; empty when none was.
        value: String,
        /// What it takes.
        expected: OptionValue,
    },
    /// The same policy twice.
    #[error("the policy `{name}` is named twice in --policy")]
    Twice {
        /// The policy.
        name: String,
    },
    /// No policy at all.
    #[error("--policy names no policy; give one or more, comma-separated")]
    None,
}

fn options(known: &[&str]) -> String {
    if known.is_empty() { "none".to_owned() } else { known.join(", ") }
}

/// What an option of a policy takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionValue {
    /// The option was given before.
    Once,
    /// No value.
    Switch,
    /// A whole number.
    Number {
        /// The least.
        least: i32,
        /// The greatest.
        greatest: i32,
    },
    /// One of these words.
    Words(Vec<String>),
    /// The value does not go with another option of this trainer.
    NotWith {
        /// The trainer.
        trainer: &'static str,
        /// The other option with its value.
        other: &'static str,
    },
}

impl fmt::Display for OptionValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once => formatter.write_str("give each option once"),
            Self::Switch => formatter.write_str("this option is a switch without a value"),
            Self::Number { least, greatest } => write!(formatter, "give a whole number from {least} to {greatest}"),
            Self::Words(words) => write!(formatter, "give one of: {}", words.join(", ")),
            Self::NotWith { trainer, other } => write!(formatter, "{trainer} refuses it together with {other}"),
        }
    }
}
