//! Errors of adding reports up.

use std::fmt;

/// Why two reports cannot be added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// A part of their heads differs.
    Head {
        /// Which.
        what: &'static str,
        /// In the first report.
        first: String,
        /// In the other.
        other: String,
    },
    /// The same part is there twice.
    Twice(String),
    /// A part is missing.
    Missing(String),
    /// The state of the lints of the whole data set is not understood.
    State(String),
}

/// Why a report cannot be added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportFault {
    /// There is no such file.
    NoFile,
    /// The file cannot be read.
    Unreadable(String),
    /// It holds no report.
    NotReport(String),
    /// It is of another version.
    Version {
        /// Its version; `None` where it has none.
        found: Option<u64>,
        /// The version that is read.
        known: u32,
    },
    /// It does not go with the first one.
    Mismatch(Mismatch),
    /// As a baseline it does not go with this audit.
    OtherBaseline {
        /// What differs.
        what: &'static str,
        /// In the baseline.
        before: String,
        /// In this audit.
        now: String,
    },
    /// As a baseline it is of a part only.
    BaselineOfPart(String),
}

impl fmt::Display for ReportFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFile => formatter
                .write_str("no such file; give reports that `maskview audit --format json --output FILE` has written"),
            Self::Unreadable(said) => write!(formatter, "{said}"),
            Self::NotReport(said) => {
                write!(formatter, "no report ({said}); give files that `maskview audit --format json` has written")
            }
            Self::Version { found: Some(found), known } => {
                write!(
                    formatter,
                    "a report of version {found}, and this maskview reads version {known}; audit that part again"
                )
            }
            Self::Version { found: None, .. } => formatter
                .write_str("no report: it has no version; give files that `maskview audit --format json` has written"),
            Self::Mismatch(Mismatch::Head { what, first, other }) => write!(
                formatter,
                "its {what} is {other}, and that of the first report is {first}; audit all parts with the same options"
            ),
            Self::OtherBaseline { what, before, now } => write!(
                formatter,
                "its {what} is {before}, and that of this audit is {now}; give a baseline of an audit with the same options"
            ),
            Self::BaselineOfPart(shard) => write!(
                formatter,
                "the report of the shard {shard}; give that of the whole data set, which `maskview merge` makes of all parts"
            ),
            Self::Mismatch(Mismatch::Twice(shard)) => {
                write!(formatter, "the shard {shard} is there twice; give each once")
            }
            Self::Mismatch(Mismatch::Missing(shard)) => {
                write!(formatter, "the shard {shard} is missing; give its report too")
            }
            Self::Mismatch(Mismatch::State(said)) => {
                write!(formatter, "its state is not understood ({said}); audit that part again with this maskview")
            }
        }
    }
}
