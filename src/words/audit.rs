//! What the report of an audit says.

use super::Raw;

/// A heading of a line or a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// How many records.
    Records,
    /// How many tokens.
    Tokens,
    /// The trained share of each record.
    Supervision,
    /// The tokens of each record.
    Lengths,
    /// What stands beside the maximum length.
    MaxLength,
    /// What other lengths would cost.
    Budgets,
    /// The first trained tokens.
    First,
    /// The last trained tokens.
    Last,
    /// By role.
    Roles,
    /// By part.
    Parts,
    /// What is found.
    Findings,
    /// The same figures under other policies.
    WhatIf,
    /// Records that fail.
    Failed,
    /// Records that the policy gives no mask for.
    Unavailable,
    /// Text outside messages.
    NoRole,
    /// Reasons that are not counted apart.
    OtherReasons,
    /// Against the baseline.
    Baseline,
}

/// A figure that is compared with the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparedFigure {
    /// The trained share.
    TrainedShare,
    /// Records with nothing trained.
    NothingTrained,
    /// Records that cannot be shown.
    Failed,
}

/// A sentence of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditWords {
    /// A heading.
    Heading(Heading),
    /// Which policy is audited, and that the template decided.
    Policy {
        /// The policy.
        name: Raw,
        /// Whether nobody named it.
        by_template: bool,
    },
    /// The verdict: how many findings of each severity.
    Verdict {
        /// Errors.
        errors: usize,
        /// Warnings.
        warnings: usize,
        /// Records that cannot be read or rendered.
        failed: usize,
    },
    /// How many records, and how many of them fail.
    Records {
        /// All.
        records: usize,
        /// Those that fail.
        failed: usize,
        /// Those that the policy gives no mask for.
        unavailable: usize,
    },
    /// How many tokens are trained.
    Trained {
        /// All tokens.
        tokens: usize,
        /// Those in the loss.
        trained: usize,
    },
    /// Records of which nothing or everything is trained.
    Extremes {
        /// Nothing.
        nothing: usize,
        /// Everything.
        everything: usize,
    },
    /// Five values: smallest, 5 %, median, 95 %, largest.
    Five([String; 5]),
    /// What the maximum length cuts.
    Cut {
        /// The length; `None` where there is none.
        length: Option<usize>,
        /// Records that it cuts.
        records: usize,
        /// Tokens that it cuts off.
        tokens: usize,
    },
    /// How much of the trained tokens a length keeps.
    Budget {
        /// The length.
        length: usize,
        /// The share in percent.
        kept: String,
    },
    /// The number of findings and the share of records.
    Count {
        /// How many.
        count: usize,
        /// For 100 records.
        rate: String,
    },
    /// That nothing is found.
    NothingFound,
    /// Which baseline it is.
    BaselineOf {
        /// Its data.
        data: Raw,
        /// Its records.
        records: usize,
    },
    /// A lint that finds more or less than in the baseline.
    RuleChanged {
        /// The lint.
        code: String,
        /// Whether it finds more.
        worse: bool,
        /// For 100 records then and now, and the difference.
        rates: [String; 3],
    },
    /// A figure that went up or down.
    FigureChanged {
        /// Which.
        figure: ComparedFigure,
        /// Whether that is worse.
        worse: bool,
        /// In percent then and now, and the difference.
        shares: [String; 3],
    },
    /// A lint that finds something and did not run for the baseline.
    NotInBaseline(String),
    /// That nothing differs from the baseline.
    AsBaseline,
    /// What another policy trains.
    Under {
        /// The share in percent.
        share: String,
        /// Records of which it trains nothing.
        nothing: usize,
        /// Records that it gives no mask for.
        unavailable: usize,
    },
}
