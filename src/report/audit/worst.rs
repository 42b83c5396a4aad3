//! The records with the most severe findings.

use crate::lints::{Finding, Severity};
use crate::report::{Merge, RecordAt};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Records that are kept.
const KEPT: usize = 5;

/// The records with the most errors, and of those with equally many, with the most warnings; the earlier ones first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Worst(Vec<WorstRecord>);

/// A record with grave findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorstRecord {
    /// Where it stands.
    #[serde(flatten)]
    pub at: RecordAt,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// The lints that find something, the most severe first.
    pub codes: Vec<String>,
    /// The first token that one of the most severe findings is about.
    pub token: Option<usize>,
    /// What the record looks like around that token.
    #[serde(default)]
    pub drawing: Drawing,
}

/// Lines of text, in pieces that each have the look of something: the name of a role of themes, `bold`, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Drawing(pub Vec<Vec<(String, String)>>);

impl Worst {
    /// One record with what was found in it; none without an error or a warning.
    #[must_use]
    pub fn of(at: &RecordAt, findings: &[Finding]) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if errors + warnings == 0 {
            return Self::default();
        }
        let mut grave: Vec<&Finding> = findings.iter().filter(|finding| finding.severity > Severity::Info).collect();
        grave.sort_by_key(|finding| Reverse(finding.severity));
        let token = grave.iter().find_map(|finding| finding.tokens().filter(|tokens| !tokens.is_empty()));
        let mut codes: Vec<String> = Vec::new();
        for finding in grave {
            if codes.iter().all(|code| code != finding.code) {
                codes.push(finding.code.to_owned());
            }
        }
        let (token, drawing) = (token.map(|tokens| tokens.start), Drawing::default());
        Self(vec![WorstRecord { at: at.clone(), errors, warnings, codes, token, drawing }])
    }

    /// The records, the worst first.
    #[must_use]
    pub fn records(&self) -> &[WorstRecord] {
        &self.0
    }

    /// Draws each record.
    pub fn draw(&mut self, draw: impl Fn(&WorstRecord) -> Drawing) {
        for record in &mut self.0 {
            record.drawing = draw(record);
        }
    }
}

impl Merge for Worst {
    fn merge(&mut self, later: &Self) {
        if later.0.is_empty() {
            return;
        }
        self.0.extend(later.0.iter().cloned());
        self.0.sort_by_key(|record| (Reverse(record.errors), Reverse(record.warnings)));
        self.0.truncate(KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Unit;
    use crate::report::law;

    fn record(number: usize) -> Worst {
        let at = RecordAt { file: "a".into(), record: number, line: number, unit: Unit::Line, side: None };
        let (errors, warnings) = (number * 7 % 4, number * 5 % 3);
        let (codes, token, drawing) = (Vec::new(), None, Drawing(vec![vec![(String::new(), number.to_string())]]));
        Worst(vec![WorstRecord { at, errors, warnings, codes, token, drawing }])
    }

    #[test]
    fn the_most_severe_are_kept_the_earliest_first() {
        let worst = law::all(&Worst::default(), 0..40, record);
        let kept: Vec<_> = worst.0.iter().map(|record| (record.errors, record.warnings, record.at.record)).collect();
        assert_eq!(kept, [(3, 2, 1), (3, 2, 13), (3, 2, 25), (3, 2, 37), (3, 1, 5)]);
        law::holds(&Worst::default(), 40, record);
        law::come_back(&worst);
    }
}
