//! Errors of choosing lints.

use super::meant_any;

/// Lints that cannot be chosen in this way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LintError {
    /// No lint and no family has that name.
    #[error("no lint and no family of lints is called `{name}`{}; `maskview explain` lists them", meant_any(likely))]
    Unknown {
        /// The name as given.
        name: String,
        /// The known ones that are likely to be meant.
        likely: Vec<&'static str>,
    },
    /// The level of a lint is not given as it should be.
    #[error("`{setting}` sets no level: give CODE=LEVEL, where the level is info, warning or error")]
    BadLevel {
        /// What was given.
        setting: String,
    },
}
