//! Errors of naming policies.

use super::meant;

/// A policy that cannot be made from its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// There is no policy of that name.
    #[error("no policy `{name}`{meant}; the policies are {known}; `maskview explain` lists them", meant = meant(.nearest.as_deref()))]
    Unknown {
        /// The name as given.
        name: String,
        /// The known one that is likely to be meant.
        nearest: Option<String>,
        /// The known ones, as a list for the reader.
        known: String,
    },
    /// The policy has no such option.
    #[error("the policy `{policy}` has no option `{option}`; {known}")]
    UnknownOption {
        /// The policy.
        policy: String,
        /// The option as given.
        option: String,
        /// The options it has, in words.
        known: String,
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
        expected: String,
    },
    /// The same policy twice.
    #[error("the policy `{name}` is named twice in --policy")]
    Twice {
        /// The policy.
        name: String,
    },
    /// No policy at all.
    #[error("--policy names no policy; give one or more, parted by commas")]
    None,
}
