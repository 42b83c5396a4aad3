//! The report of an audit as it is written to a file and read back: what a reader looks at first, and behind it what
//! reports of parts are added up by.

use super::{Audit, Compared, FoundAt, Rules, Spread, Under};
use crate::error::{Mismatch, ReportFault};
use crate::lints::{Gathered, Levels, Severity};
use crate::report::Merge;
use crate::words::Language;
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
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        let whole = parsed.filter(|(part, of)| 0 < *part && part <= of);
        whole
            .map(|(part, of)| Self { part, of })
            .ok_or_else(|| "give the part and how many there are, such as 3/8".to_owned())
    }
}

/// What is audited, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the schema.
    pub version: u32,
    /// The files.
    pub data: String,
    /// The part of them; `None` for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// The policy.
    pub policy: String,
    /// Who chose it: `user` or `template`.
    pub policy_chosen_by: String,
    /// The tokenizer.
    pub tokenizer: Named,
    /// The chat template.
    pub template: Named,
    /// Tokens after this many are cut away.
    pub max_length: Option<usize>,
    /// The lints that ran, with how much their findings matter.
    pub lints: BTreeMap<String, Severity>,
}

/// Five values of a spread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantiles {
    min: Option<usize>,
    p5: Option<usize>,
    median: Option<usize>,
    p95: Option<usize>,
    max: Option<usize>,
}

impl Quantiles {
    fn of(spread: &Spread) -> Self {
        let at = |percent| spread.quantile(percent);
        Self { min: at(0), p5: at(5), median: at(50), p95: at(95), max: at(100) }
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

/// A lint that could not run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotChecked {
    /// The lint.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// The report of an audit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditReport {
    /// What is audited, and by what.
    #[serde(flatten)]
    pub head: Head,
    /// Records of the data set.
    pub records: usize,
    /// Tokens without padding.
    pub tokens: usize,
    /// Those in the loss.
    pub trained: usize,
    /// The length of each record in tokens, before it is cut.
    pub lengths: Quantiles,
    /// The trained share of each record in thousandths.
    pub supervision: Quantiles,
    /// What each lint finds, the most severe first.
    pub rules: Vec<RuleRow>,
    /// Lints that could not run.
    pub not_checked: Vec<NotChecked>,
    /// What other policies make of the same records.
    pub what_if: BTreeMap<String, Under>,
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
    pub fn new(head: Head, figures: Audit, beside: Beside, not_checked: Vec<NotChecked>) -> Self {
        let Beside { template_rules, dataset_rules, state } = beside;
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
        Self {
            records: figures.records,
            tokens: figures.share.tokens,
            trained: figures.share.trained,
            lengths: Quantiles::of(&figures.lengths),
            supervision: Quantiles::of(&figures.supervision),
            rules: rows,
            not_checked,
            what_if: figures.what_if.clone(),
            head,
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

    /// Adds up reports of parts, in the order of their shards, or as they are given where they are no shards.
    ///
    /// # Errors
    /// [`Mismatch`] with the place of the report at fault, where reports are of other policies, tokenizers, templates,
    /// lengths or lints, or where a shard is missing or there twice.
    pub fn merged(mut parts: Vec<Self>, language: Language) -> Result<Option<Self>, (usize, Mismatch)> {
        for (at, part) in parts.iter().enumerate().skip(1) {
            parts[0].head.check(&part.head).map_err(|why| (at, why))?;
        }
        check_shards(&parts)?;
        parts.sort_by_key(|part| part.head.shard);
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else { return Ok(None) };
        let broken = |error: serde_json::Error| (0, Mismatch::State(error.to_string()));
        let mut names = vec![first.head.data.clone()];
        let mut figures = first.figures;
        let mut gathered = Gathered::read(first.state).map_err(broken)?;
        let mut not_checked = first.not_checked;
        for (at, part) in parts.enumerate() {
            figures.merge(&part.figures);
            gathered.merge(Gathered::read(part.state).map_err(|error| (at + 1, Mismatch::State(error.to_string())))?);
            // What ran in one part was checked.
            not_checked.retain(|lint| part.not_checked.contains(lint));
            if !names.contains(&part.head.data) {
                names.push(part.head.data);
            }
        }
        let levels = Levels::of_severities(&first.head.lints);
        let head = Head { data: names.join(", "), shard: None, ..first.head };
        let state = state_of(&gathered).map_err(broken)?;
        let dataset_rules = Rules::of(&levels.dataset(gathered), language);
        let beside = Beside { template_rules: first.template_rules, dataset_rules, state };
        Ok(Some(Self::new(head, figures, beside, not_checked)))
    }

    /// Whether there is a finding of at least that severity, or a record that fails; beside a baseline, whether there is
    /// more of it than there was.
    #[must_use]
    pub fn fails_at(&self, least: Severity) -> bool {
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

    fn check(&self, other: &Self) -> Result<(), Mismatch> {
        let length = |head: &Self| head.max_length.map_or_else(|| "none".to_owned(), |length| length.to_string());
        let named = |named: &Named| format!("{} {}", named.name, named.hash);
        let lints = |head: &Self| serde_json::to_string(&head.lints).unwrap_or_default();
        let all = [
            ("version", self.version.to_string(), other.version.to_string()),
            ("policy", self.policy.clone(), other.policy.clone()),
            ("tokenizer", named(&self.tokenizer), named(&other.tokenizer)),
            ("template", named(&self.template), named(&other.template)),
            ("max_length", length(self), length(other)),
            ("lints", lints(self), lints(other)),
        ];
        match all.into_iter().find(|(_, first, other)| first != other) {
            Some((what, first, other)) => Err(Mismatch::Head { what, first, other }),
            None => Ok(()),
        }
    }
}

/// Shards are there once each, and all of them.
fn check_shards(parts: &[AuditReport]) -> Result<(), (usize, Mismatch)> {
    let Some(all) = parts.iter().find_map(|part| part.head.shard) else { return Ok(()) };
    for part in 1..=all.of {
        let shard = Shard { part, of: all.of };
        let mut found = parts.iter().enumerate().filter(|(_, report)| report.head.shard == Some(shard));
        if found.next().is_none() {
            return Err((0, Mismatch::Missing(shard.to_string())));
        }
        if let Some((at, _)) = found.next() {
            return Err((at, Mismatch::Twice(shard.to_string())));
        }
    }
    Ok(())
}
