//! What an audit looks for, and what makes it fail: the command line over the project.

use crate::cli::{Checks, FailOn};
use crate::error::{Error, LintError};
use crate::lints::Levels;
use std::path::PathBuf;

/// What an audit looks for, and what makes it fail.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Which lints run, and how much their findings matter.
    pub levels: Levels,
    /// What makes the run end with exit code 1.
    pub fail_on: FailOn,
    /// The report that it is compared with.
    pub baseline: Option<PathBuf>,
    /// The files of the data set that it must not overlap with.
    pub against: Vec<PathBuf>,
}

impl Gate {
    /// What the command line asks for, over what the project does.
    ///
    /// # Errors
    /// [`Error::Lint`] for lints and levels that there are not.
    pub fn resolve(given: Checks, project: &Checks) -> Result<Self, Error> {
        let checks = given.over(project);
        let (levels, fail_on) = (levels(&checks)?, checks.fail_on.unwrap_or_default());
        Ok(Self { levels, fail_on, baseline: checks.baseline, against: checks.against })
    }
}

fn levels(checks: &Checks) -> Result<Levels, LintError> {
    fn names(names: &[String]) -> Vec<&str> {
        names.iter().map(String::as_str).collect()
    }
    let mut levels = Levels::default();
    if !checks.select.is_empty() {
        levels = levels.select(&names(&checks.select))?;
    }
    levels = levels.ignore(&names(&checks.ignore))?;
    for setting in &checks.severity {
        levels = levels.set(setting)?;
    }
    Ok(levels)
}
