//! What the viewer's reports over the whole data set say: the audit, and how often tokens come.

/// Lines of those reports.
#[derive(Debug, Clone, Copy)]
pub enum SurveyWords<'a> {
    /// The title of the audit.
    Audit {
        /// The policies whose masks are looked at.
        policies: &'a [String],
        /// Records that were looked at.
        records: usize,
        /// Whether those are all.
        complete: bool,
        /// The terms of the filter in force; empty without one.
        terms: &'a str,
    },
    /// The title of the frequencies.
    Frequencies {
        /// The policy.
        policy: &'a str,
        /// Records that were looked at.
        records: usize,
        /// Whether those are all.
        complete: bool,
        /// The terms of the filter in force; empty without one.
        terms: &'a str,
    },
    /// How much is wrong.
    Verdict {
        /// Findings that are errors.
        errors: usize,
        /// Findings that are warnings.
        warnings: usize,
        /// Records that cannot be shown.
        failed: usize,
        /// Whether all records were looked at.
        complete: bool,
    },
    /// The policies on show give no mask for any record.
    NotJudged {
        /// Their names.
        policies: &'a [String],
    },
    /// Which policies are judged, and how others are.
    Judged {
        /// Their names.
        policies: &'a [String],
        /// The key that chooses another policy.
        key: &'a str,
    },
    /// The line that leads to the records that cannot be shown.
    Failing,
    /// Nothing is found.
    NothingFound,
    /// How often something is found, in so many records.
    Count {
        /// Findings.
        count: usize,
        /// Records that were looked at; `None` for findings that stand in none.
        records: Option<usize>,
    },
    /// The heading of a table.
    Heading(SurveyHeading),
    /// Text that belongs to no message.
    NoRole,
    /// The share that is trained, in percent.
    Trained(f64),
}

/// Headings of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyHeading {
    /// First trained tokens.
    First,
    /// Last trained tokens.
    Last,
    /// Token ids.
    Ids,
    /// Roles.
    Roles,
}
