//! Errors of choosing lints.

use super::meant;

/// Lints that cannot be chosen in this way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LintError {
    /// No lint and no family has that name.
    #[error("no lint and no family of lints is called `{name}`{meant}; `maskview explain` lists them", meant = meant(.nearest.as_deref()))]
    Unknown {
        /// The name as given.
        name: String,
        /// The known one that is likely to be meant.
        nearest: Option<String>,
    },
    /// The level of a lint is not given as it should be.
    #[error("`{setting}` sets no level: give CODE=LEVEL, where the level is info, warning or error")]
    BadLevel {
        /// What was given.
        setting: String,
    },
}
