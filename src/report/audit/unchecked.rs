//! Lints that could not look: none of them has passed.

use super::Audit;
use crate::lints::{LINTS, Lint, Severity, Standing, Unchecked};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A lint that could not run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotChecked {
    /// The lint.
    pub code: String,
    /// Why.
    pub reason: Unchecked,
}

/// The lints of those asked for that can look at no record of any data set.
#[must_use]
pub fn by(standing: &Standing<'_>, lints: &BTreeMap<String, Severity>) -> Vec<NotChecked> {
    those(lints, |lint| lint.unchecked_by(standing))
}

/// The lints of those asked for that could not run: those that can look at no record, as one part of the data set tells it,
/// and those that could look at none of these.
#[must_use]
pub fn with(standing: &[NotChecked], figures: &Audit, lints: &BTreeMap<String, Severity>) -> Vec<NotChecked> {
    let seen = figures.seen();
    those(lints, |lint| {
        let known = standing.iter().find(|known| known.code == lint.code && known.reason.is_standing());
        known.map(|known| known.reason).or_else(|| lint.unchecked_in(&seen))
    })
}

fn those(lints: &BTreeMap<String, Severity>, why: impl Fn(&Lint) -> Option<Unchecked>) -> Vec<NotChecked> {
    let asked = LINTS.iter().filter(|lint| lints.contains_key(lint.code));
    asked.filter_map(|lint| Some(NotChecked { code: lint.code.to_owned(), reason: why(lint)? })).collect()
}
