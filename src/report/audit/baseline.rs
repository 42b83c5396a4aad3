//! A report beside an earlier one of the same kind: what got worse, what got better, and by how much.
//!
//! Data sets grow and shrink. A figure is worse where both its count and its rate have risen, and better where both have
//! fallen: more findings of the same rate come with more records, and a higher rate of fewer findings comes of clean records
//! that were taken out. That holds for findings of each lint, for records that fail or of which nothing is trained, and for
//! tokens that are not trained. What is found in the chat template or in the data set as a whole is there or not, however
//! many records there are: of that the number is compared.

use super::{AuditReport, RuleRow};
use crate::error::ReportFault;
use crate::lints::Severity;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// By so much the trained share may fall, since it differs a little from data to data: one point of a hundred.
const SHARE_TOLERANCE: f64 = 0.01;

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trend {
    /// The wrong one.
    Worse,
    /// The right one.
    Better,
}

/// What findings are counted for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// For each record.
    #[default]
    Record,
    /// For the chat template, or the data set as a whole.
    DataSet,
}

/// A lint that finds more or less than it did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleChange {
    /// The lint.
    pub code: String,
    /// How much its findings matter.
    pub severity: Severity,
    /// Which way.
    pub trend: Trend,
    /// What its findings are counted for.
    #[serde(default)]
    pub per: Per,
    /// Findings for that in the baseline.
    pub before: f64,
    /// Findings for that now.
    pub now: f64,
}

/// A figure of the whole data set that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// The share of tokens that are trained.
    TrainedShare,
    /// Records of which nothing is trained, for each record.
    NothingTrained,
    /// Records that cannot be shown, for each record.
    Failed,
}

/// A figure that went up or down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureChange {
    /// Which.
    pub figure: Figure,
    /// Which way.
    pub trend: Trend,
    /// In the baseline.
    pub before: f64,
    /// Now.
    pub now: f64,
}

/// A report beside its baseline. What stayed as it was is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The files of the baseline.
    pub data: String,
    /// Their records.
    pub records: usize,
    /// Lints that find more or less, the worse and the graver ones first.
    pub rules: Vec<RuleChange>,
    /// Figures that went up or down.
    pub figures: Vec<FigureChange>,
    /// Lints that find something now and did not run for the baseline.
    pub not_in_baseline: Vec<String>,
}

/// How often something is met.
#[derive(Debug, Clone, Copy)]
struct Rate {
    count: usize,
    of: usize,
}

impl Rate {
    fn value(self) -> f64 {
        self.count as f64 / self.of.max(1) as f64
    }

    /// What became of something bad that was met so often before, compared without rounding.
    fn since(self, before: Self) -> Option<Trend> {
        let crossed = |one: Self, other: Self| one.count as u128 * other.of.max(1) as u128;
        let rate = crossed(self, before).cmp(&crossed(before, self));
        match (self.count.cmp(&before.count), rate) {
            (Ordering::Greater, Ordering::Greater) => Some(Trend::Worse),
            (Ordering::Less, Ordering::Less) => Some(Trend::Better),
            _ => None,
        }
    }
}

impl Compared {
    /// What became of the figures of a baseline.
    ///
    /// # Errors
    /// [`ReportFault`] for a baseline of another policy, tokenizer, template or length, and for one of a part.
    pub fn new(before: &AuditReport, now: &AuditReport) -> Result<Self, ReportFault> {
        before.head.check_baseline(&now.head)?;
        let mut rules: Vec<RuleChange> = codes(before, now).filter_map(|code| rule(code, before, now)).collect();
        rules.sort_by_key(|change| {
            (change.trend == Trend::Better, std::cmp::Reverse(change.severity), change.code.clone())
        });
        let unknown = now.rules.iter().filter(|rule| !before.head.lints.contains_key(&rule.code));
        Ok(Self {
            data: before.head.data.clone(),
            records: before.records,
            rules,
            figures: figures(before, now),
            not_in_baseline: unknown.map(|rule| rule.code.clone()).collect(),
        })
    }

    /// How many figures, and lints of at least that severity, got worse.
    #[must_use]
    pub fn worse(&self, least: Severity) -> usize {
        let figures = self.figures.iter().filter(|change| change.trend == Trend::Worse);
        let rules = self.rules.iter().filter(|change| change.trend == Trend::Worse && change.severity >= least);
        figures.count() + rules.count()
    }

    /// Whether a figure or a lint of at least that severity got worse.
    #[must_use]
    pub fn fails_at(&self, least: Severity) -> bool {
        self.worse(least) > 0
    }
}

/// The lints that find something in one of the reports and ran for both.
fn codes<'a>(before: &'a AuditReport, now: &'a AuditReport) -> impl Iterator<Item = &'a str> {
    let all: std::collections::BTreeSet<&str> =
        before.rules.iter().chain(&now.rules).map(|rule| rule.code.as_str()).collect();
    let ran = |code: &&str| before.head.lints.contains_key(*code) && now.head.lints.contains_key(*code);
    all.into_iter().filter(ran)
}

fn rule(code: &str, before: &AuditReport, now: &AuditReport) -> Option<RuleChange> {
    let found = |report: &AuditReport| report.rules.iter().find(|rule| rule.code == code).cloned();
    let (old, new) = (found(before), found(now));
    let is_of_records = [&old, &new].into_iter().flatten().all(RuleRow::is_of_records);
    let per = if is_of_records { Per::Record } else { Per::DataSet };
    let rate = |report: &AuditReport, row: &Option<RuleRow>| {
        let of = if per == Per::Record { report.records } else { 1 };
        Rate { count: row.as_ref().map_or(0, |row| row.count), of }
    };
    let (before, rate) = (rate(before, &old), rate(now, &new));
    let severity = *now.head.lints.get(code)?;
    let trend = rate.since(before)?;
    Some(RuleChange { code: code.to_owned(), severity, trend, per, before: before.value(), now: rate.value() })
}

fn figures(before: &AuditReport, now: &AuditReport) -> Vec<FigureChange> {
    let share = |report: &AuditReport| report.trained as f64 / report.tokens.max(1) as f64;
    let (old, new) = (share(before), share(now));
    let untrained =
        |report: &AuditReport| Rate { count: report.tokens.saturating_sub(report.trained), of: report.tokens };
    let share_trend = untrained(now).since(untrained(before)).filter(|_| (new - old).abs() > SHARE_TOLERANCE);
    let change = |figure, trend: Option<Trend>, before, now| Some(FigureChange { figure, trend: trend?, before, now });
    let bad = |figure, count: fn(&AuditReport) -> usize| {
        let rate = |report: &AuditReport| Rate { count: count(report), of: report.records };
        let (before, now) = (rate(before), rate(now));
        change(figure, now.since(before), before.value(), now.value())
    };
    let all = [
        change(Figure::TrainedShare, share_trend, old, new),
        bad(Figure::NothingTrained, |report| report.figures.nothing),
        bad(Figure::Failed, |report| report.figures.failed.records()),
    ];
    all.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_compared_without_rounding() {
        let rate = |count, of| Rate { count, of };
        assert_eq!(rate(333_333_334, 1_000_000_000).since(rate(1, 3)), Some(Trend::Worse));
        assert_eq!(rate(333_333_333, 1_000_000_000).since(rate(1, 3)), None);
        assert_eq!(rate(2, 6).since(rate(1, 3)), None, "more records of the same kind");
        assert_eq!(rate(0, 0).since(rate(0, 5)), None);
        assert_eq!(rate(usize::MAX, 2).since(rate(usize::MAX - 1, 2)), Some(Trend::Worse));
    }

    #[test]
    fn count_and_rate_decide_together() {
        let rate = |count, of| Rate { count, of };
        assert_eq!(rate(30, 250).since(rate(30, 300)), None, "clean records were taken out");
        assert_eq!(rate(28, 250).since(rate(30, 300)), None, "clean and faulty records were taken out");
        assert_eq!(rate(1, 306).since(rate(1, 300)), None, "clean records were added");
        assert_eq!(rate(2, 306).since(rate(1, 300)), Some(Trend::Worse));
        assert_eq!(rate(29, 300).since(rate(30, 300)), Some(Trend::Better));
    }
}
