//! What the report of an audit says.

use super::Raw;
use serde::{Deserialize, Serialize};

/// Why a lint could not look at any record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unchecked {
    /// It is about what another policy trains.
    OtherPolicy,
    /// There is no chat template.
    NoTemplate,
    /// No maximum length is given.
    NoMaximumLength,
    /// The policy does not say whose tokens, or which answers, are to be trained.
    NoClaim,
    /// The policy searches for no markers.
    NoMarkers,
    /// The end marker is not known.
    NoEndMarker,
    /// The tokenizer has no EOS.
    NoEos,
    /// The tokenizer has no BOS.
    NoBos,
    /// The template has no generation blocks.
    NoGenerationBlocks,
    /// There is no other data set to look records up in.
    NoOtherDataSet,
    /// No record gives a sequence.
    NoRecord,
    /// The policy gives no mask for any record.
    NoMask,
    /// No record has messages.
    NoMessages,
    /// The text of no record is the template's.
    NotRendered,
    /// No record is plain text.
    NoText,
    /// No padding stands behind the records.
    NoPadding,
    /// There are no records with two answers, or too few.
    FewPairs,
}

impl Unchecked {
    /// Whether it is so whatever the records are.
    #[must_use]
    pub fn is_standing(self) -> bool {
        match self {
            Self::OtherPolicy
            | Self::NoTemplate
            | Self::NoMaximumLength
            | Self::NoClaim
            | Self::NoMarkers
            | Self::NoEndMarker
            | Self::NoEos
            | Self::NoBos
            | Self::NoGenerationBlocks
            | Self::NoOtherDataSet => true,
            Self::NoRecord
            | Self::NoMask
            | Self::NoMessages
            | Self::NotRendered
            | Self::NoText
            | Self::NoPadding
            | Self::FewPairs => false,
        }
    }
}

/// Who chose the policy that is audited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChosenBy {
    /// The user, on the command line or in a configuration.
    User,
    /// The chat template.
    Template,
    /// The records, which bring labels.
    Labels,
}

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
    /// The end markers of answers.
    EndMarker,
    /// What stands beside the maximum length.
    MaxLength,
    /// What other lengths would cost.
    Budgets,
    /// What an epoch costs.
    Epoch,
    /// What packing gives.
    Packing,
    /// The first trained tokens.
    First,
    /// The last trained tokens.
    Last,
    /// By role.
    Roles,
    /// By part of answers.
    Answers,
    /// What is found.
    Findings,
    /// The records with the most severe findings.
    Worst,
    /// Lints that could not look.
    NotChecked,
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
    /// The tokenizer.
    Tokenizer,
    /// The chat template.
    Template,
    /// The data set.
    Data,
    /// How grave findings of a lint are.
    Severity,
    /// Findings that are errors.
    Error,
    /// Findings that are warnings.
    Warning,
    /// Findings that are good to know.
    Info,
    /// A lint.
    Lint,
    /// How many.
    Count,
    /// How many of 100 records.
    Rate,
    /// Where something is.
    Places,
    /// What to do about it.
    Cure,
    /// What a report is called.
    Title,
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
    /// Which policy is audited, and who decided.
    Policy {
        /// The policy.
        name: Raw,
        /// Who chose it.
        chosen_by: ChosenBy,
        /// Those that are named behind it.
        beside: Vec<Raw>,
    },
    /// The verdict where the policy gives no mask for any record.
    NotJudged {
        /// The policy.
        policy: Raw,
        /// How many records it gives no mask for.
        records: usize,
        /// Why, for the first of them.
        why: Option<Raw>,
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
    /// What of the records that the maximum length cuts is cut where it hurts.
    CutWhere {
        /// Records that it cuts inside an answer.
        in_answer: usize,
        /// Records that it leaves with nothing trained.
        nothing_left: usize,
    },
    /// That the audit was interrupted, and how far it came.
    Interrupted {
        /// Records that were read.
        read: usize,
        /// All records; `None` where that was not known yet.
        all: Option<usize>,
    },
    /// What an epoch costs.
    Epoch {
        /// Its tokens.
        tokens: usize,
        /// Records of a batch.
        batch: usize,
        /// The tokens with padding.
        padded: usize,
    },
    /// What packing gives.
    Packing {
        /// Sequences that are packed.
        sequences: usize,
        /// The tokens of a row.
        length: usize,
        /// The rows.
        rows: usize,
        /// The share that is filled, in percent.
        fill: String,
    },
    /// Why lints could not look.
    Unchecked(Unchecked),
    /// Which lints could not look, and why.
    UncheckedLints {
        /// The reason.
        why: Unchecked,
        /// Their codes.
        codes: Vec<Raw>,
    },
    /// That more findings of a lint are not listed.
    More {
        /// How many.
        count: usize,
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
        /// For 100 records; `None` for what stands in no record.
        rate: Option<String>,
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
    /// A lint of the chat template or of the data set as a whole that finds more or less than in the baseline.
    CountChanged {
        /// The lint.
        code: String,
        /// Whether it finds more.
        worse: bool,
        /// How many findings then and now.
        counts: [String; 2],
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
    /// Whether a run passes beside a baseline.
    BesideBaseline {
        /// Figures, and lints that `--fail-on` counts, that are worse than in the baseline.
        worse: usize,
    },
    /// Of how many records a policy trains nothing, and for how many it gives no mask.
    Nothing {
        /// Records of which it trains nothing.
        nothing: usize,
        /// Records that it gives no mask for.
        unavailable: usize,
    },
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
