//! The report of an audit as it is written to a file and read back: what a reader looks at first, and behind it what
//! reports of parts are added up by.

use super::findings::all_of_records;
use super::{
    Audit, BATCH, Bin, Compared, Extent, FoundAt, NotChecked, Rules, Sizes, Spread, WhatIf, packing, unchecked,
};
use crate::error::{ReportFault, ValueFault};
use crate::lints::{Gathered, Severity};
use crate::report::Merge;
use crate::words::audit::ChosenBy;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The version of the schema.
pub const VERSION: u32 = 1;

/// A tokenizer or a chat template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// XXH3 of 128 bits of what it is made of, in hexadecimal digits.
    pub hash: String,
}

/// Which of several equal parts of a data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// The part, from 1.
    pub part: usize,
    /// How many there are.
    pub of: usize,
}

impl std::fmt::Display for Shard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{}", self.part, self.of)
    }
}

impl std::str::FromStr for Shard {
    type Err = ValueFault;

    fn from_str(text: &str) -> Result<Self, ValueFault> {
        let parsed = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        let whole = parsed.filter(|(part, of)| 0 < *part && part <= of);
        whole.map(|(part, of)| Self { part, of }).ok_or(ValueFault::Shard)
    }
}

/// What is audited, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the schema.
    pub version: u32,
    /// The files in one line.
    pub data: String,
    /// The files.
    pub files: Vec<String>,
    /// The part of them; `None` for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// The policy.
    pub policy: String,
    /// Who chose it.
    pub policy_chosen_by: ChosenBy,
    /// The policies that are named behind it, whose figures stand beside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies_beside: Vec<String>,
    /// The tokenizer.
    pub tokenizer: Named,
    /// The chat template.
    pub template: Named,
    /// Tokens after this many are cut away.
    pub max_length: Option<usize>,
    /// The data set that it must not overlap with, by its hashes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Named>,
    /// The lints that ran, with how much their findings matter.
    pub lints: BTreeMap<String, Severity>,
}

/// Five values of a spread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantiles {
    min: Option<usize>,
    p5: Option<usize>,
    median: Option<usize>,
    p95: Option<usize>,
    max: Option<usize>,
}

impl Quantiles {
    pub(super) fn of(spread: &Spread) -> Self {
        let at = |percent| spread.quantile(percent);
        Self { min: at(0), p5: at(5), median: at(50), p95: at(95), max: at(100) }
    }

    /// The values from the smallest to the largest.
    #[must_use]
    pub fn all(&self) -> [Option<usize>; 5] {
        [self.min, self.p5, self.median, self.p95, self.max]
    }
}

/// What one lint finds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleRow {
    /// The lint.
    pub code: String,
    /// How much its findings matter.
    pub severity: Severity,
    /// How many findings.
    pub count: usize,
    /// Findings for each record.
    pub rate: f64,
    /// The first places.
    pub places: Vec<FoundAt>,
}

impl RuleRow {
    /// Whether its findings stand in records. Those of the chat template and of the data set as a whole have no rate.
    #[must_use]
    pub fn is_of_records(&self) -> bool {
        all_of_records(&self.places)
    }
}

/// What one epoch over the records that the policy gives a mask for costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Epoch {
    /// Those records, each side by itself.
    pub sequences: usize,
    /// Their tokens, after they are cut.
    pub tokens: usize,
    /// Records of a batch.
    pub batch_size: usize,
    /// The tokens of batches in the order of the data set, each filled up to its longest record.
    pub padded_tokens: usize,
    /// The share of them that is padding, from 0 to 1.
    pub padding_share: f64,
    /// What packing gives; `None` without a maximum length.
    pub packing: Option<Packing>,
}

/// Records packed into rows of the maximum length, best fit decreasing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Packing {
    /// The tokens of a row.
    pub length: usize,
    /// The rows.
    pub rows: usize,
    /// The share of their tokens that is filled, from 0 to 1.
    pub fill: f64,
}

impl Epoch {
    pub(super) fn of(figures: &Audit, max_length: Option<usize>) -> Self {
        let (batches, tokens) = (&figures.batches, figures.batches.tokens());
        let packed = |length: usize| {
            let rows = packing::rows(&figures.kept, length);
            Packing { length, rows, fill: tokens as f64 / (rows * length).max(1) as f64 }
        };
        Self {
            sequences: batches.records(),
            tokens,
            batch_size: BATCH,
            padded_tokens: batches.padded(),
            padding_share: batches.waste(),
            packing: max_length.map(packed),
        }
    }
}

/// The report of an audit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditReport {
    /// What is audited, and by what.
    #[serde(flatten)]
    pub head: Head,
    /// How much of it was read.
    #[serde(flatten)]
    pub extent: Extent,
    /// Records that are audited.
    pub records: usize,
    /// Tokens without padding.
    pub tokens: usize,
    /// Those in the loss.
    pub trained: usize,
    /// The length of each record in tokens, before it is cut.
    pub lengths: Quantiles,
    /// The same lengths as a histogram, of which no bin goes over the maximum length.
    pub histogram: Vec<Bin>,
    /// What an epoch costs.
    pub epoch: Epoch,
    /// The trained share of each record in thousandths.
    pub supervision: Quantiles,
    /// What each lint finds, the most severe first.
    pub rules: Vec<RuleRow>,
    /// Lints that could not run.
    pub not_checked: Vec<NotChecked>,
    /// What other policies make of the same records, the largest difference first.
    pub what_if: WhatIf,
    /// The texts of the ids in `first` and `last` of the figures.
    pub token_texts: BTreeMap<u32, String>,
    /// All figures of records, as reports are added up by them; `rules` in them are those of records alone.
    pub figures: Audit,
    /// What is found in the chat template, which is the same for every part.
    pub template_rules: Rules,
    /// What lints of the whole data set have gathered.
    pub state: Map<String, Value>,
    /// What became of the figures of an earlier report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Compared>,
}

/// What is found beside the records, and what the lints of the whole data set have gathered for it.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// In the chat template.
    pub template_rules: Rules,
    /// In the data set as a whole.
    pub dataset_rules: Rules,
    /// What was gathered, as [`state_of`] writes it.
    pub state: Map<String, Value>,
    /// The texts of first and last trained ids.
    pub token_texts: BTreeMap<u32, String>,
    /// Lints that can look at no record of any data set.
    pub standing: Vec<NotChecked>,
}

/// What the lints of the whole data set have gathered, as it is written.
///
/// # Errors
/// What serde gives.
pub fn state_of(gathered: &Gathered) -> serde_json::Result<Map<String, Value>> {
    Ok(match serde_json::to_value(gathered)? {
        Value::Object(state) => state,
        _ => Map::new(),
    })
}

impl AuditReport {
    /// A report of these figures of records, and of what is found beside them.
    #[must_use]
    pub fn new(head: Head, extent: Extent, figures: Audit, beside: Beside) -> Self {
        let Beside { template_rules, dataset_rules, state, token_texts, standing } = beside;
        let mut rules = figures.rules.clone();
        rules.merge(&template_rules);
        rules.merge(&dataset_rules);
        let rate = |count: usize| count as f64 / figures.records.max(1) as f64;
        let mut rows: Vec<RuleRow> = rules
            .iter()
            .map(|(code, rule)| RuleRow {
                code: code.to_owned(),
                severity: rule.severity,
                count: rule.count,
                rate: rate(rule.count),
                places: rule.places.clone(),
            })
            .collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.severity), std::cmp::Reverse(row.count), row.code.clone()));
        let Sizes { lengths, histogram, epoch, .. } = Sizes::of(&figures, head.max_length);
        Self {
            records: figures.records,
            tokens: figures.share.tokens,
            trained: figures.share.trained,
            lengths,
            histogram,
            epoch,
            supervision: Quantiles::of(&figures.supervision),
            rules: rows,
            not_checked: unchecked::with(&standing, &figures, &head.lints),
            what_if: WhatIf::of(&figures.what_if, &head.policy),
            token_texts,
            head,
            extent,
            figures,
            template_rules,
            state,
            baseline: None,
        }
    }

    /// The same report beside an earlier one.
    ///
    /// # Errors
    /// [`ReportFault`] for a baseline that does not go with it.
    pub fn beside(self, before: &Self) -> Result<Self, ReportFault> {
        let compared = Compared::new(before, &self)?;
        Ok(Self { baseline: Some(compared), ..self })
    }

    /// Whether records gave tokens and the policy gives a mask for none of them, so that nothing of theirs was judged.
    #[must_use]
    pub fn judges_nothing(&self) -> bool {
        self.figures.lengths.count() > 0 && self.figures.kept.count() == 0
    }

    /// Whether there is a finding of at least that severity, or a record that fails, whether not all was read, or whether
    /// nothing was judged; beside a baseline, whether there is more of it than there was.
    #[must_use]
    pub fn fails_at(&self, least: Severity) -> bool {
        // Nobody knows what stands in the records that were not read, or what is trained of those without a mask.
        if !self.extent.complete || self.judges_nothing() {
            return true;
        }
        if let Some(compared) = &self.baseline {
            return compared.fails_at(least);
        }
        !self.figures.failed.is_empty() || self.rules.iter().any(|rule| rule.severity >= least)
    }
}

impl Head {
    /// Whether a report with this head can be the baseline of one with that head.
    ///
    /// # Errors
    /// [`ReportFault`] with what differs.
    pub fn check_baseline(&self, now: &Self) -> Result<(), ReportFault> {
        if let Some(shard) = self.shard {
            return Err(ReportFault::BaselineOfPart(shard.to_string()));
        }
        let length = |head: &Self| head.max_length.map_or_else(|| "none".to_owned(), |length| length.to_string());
        // Names are paths, which are others on another machine.
        let named = |named: &Named| format!("{} ({})", named.name, named.hash);
        let all = [
            ("policy", self.policy != now.policy, self.policy.clone(), now.policy.clone()),
            ("tokenizer", self.tokenizer.hash != now.tokenizer.hash, named(&self.tokenizer), named(&now.tokenizer)),
            ("template", self.template.hash != now.template.hash, named(&self.template), named(&now.template)),
            ("max_length", self.max_length != now.max_length, length(self), length(now)),
        ];
        match all.into_iter().find(|(_, differs, ..)| *differs) {
            Some((what, _, before, now)) => Err(ReportFault::OtherBaseline { what, before, now }),
            None => Ok(()),
        }
    }
}
