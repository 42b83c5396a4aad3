//! What an audit looks for, and what makes it fail.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What an audit looks for, and what makes it fail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Checks {
    /// What makes the run end with exit code 1. Default: `error`
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,
    /// Run only these lints: codes or families, comma-separated
    #[arg(long, value_name = "CODE[,CODE...]", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave these lints out: codes or families, comma-separated
    #[arg(long, value_name = "CODE[,CODE...]", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// How much the findings of a lint or a family matter: `info`, `warning` or `error`. Can be given several times
    #[arg(long, value_name = "CODE=LEVEL")]
    pub severity: Vec<String>,
    /// A report of an earlier audit: the run fails only for what is worse than there
    #[arg(long, value_name = "REPORT", conflicts_with = "shard")]
    pub baseline: Option<PathBuf>,
    /// Another data set, such as the evaluation set, which must not share records with this one: files, comma-separated
    #[arg(long, value_name = "FILE[,FILE...]", value_delimiter = ',')]
    pub against: Vec<PathBuf>,
}

impl Checks {
    /// These, and where they say nothing, those of the project. Severities of the project count for the lints that these
    /// say nothing of; lints that are selected here run even where the project leaves them out.
    #[must_use]
    pub fn over(self, project: &Self) -> Self {
        fn first<T: Clone>(own: Vec<T>, other: &[T]) -> Vec<T> {
            if own.is_empty() { other.to_vec() } else { own }
        }
        let names_lints = !self.select.is_empty();
        Self {
            fail_on: self.fail_on.or(project.fail_on),
            select: first(self.select, &project.select),
            ignore: if names_lints { self.ignore } else { first(self.ignore, &project.ignore) },
            baseline: self.baseline.or_else(|| project.baseline.clone()),
            against: first(self.against, &project.against),
            severity: [project.severity.clone(), self.severity].concat(),
        }
    }
}

/// What makes an audit end with exit code 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A finding that is an error, or a record that cannot be shown
    #[default]
    Error,
    /// A warning too
    Warning,
    /// Nothing
    Never,
}
