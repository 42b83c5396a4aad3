//! Two policies compared over a data set.

use super::{Example, Lengths, Merge, Problems};
use crate::policies::causes::{CAUSES, Cause, CauseKind, Tally};
use crate::policies::{Change, Policy};
use crate::words::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Places that are kept of each cause.
const EXAMPLES: usize = 3;

/// A and B, compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Their names.
    pub policies: [String; 2],
    /// What was counted.
    pub counts: Counts,
}

/// What is counted in records. The size does not grow with their number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records.
    pub records: usize,
    /// Sides that were compared: a record has one, a preference record two.
    pub compared: usize,
    /// Compared sides that differ.
    pub differing: usize,
    /// Tokens of the compared sides.
    pub tokens: usize,
    /// Those in the loss of A and of B.
    pub in_loss: [usize; 2],
    /// Those of A that B's trainer does not feed to the model, and those of B that A's does not: they are compared with
    /// nothing.
    pub unmatched: [usize; 2],
    /// Why tokens differ, and how answers are trained.
    pub tally: Tally,
    /// How answers of each length are touched.
    pub lengths: Lengths,
    /// Records that give no sequence.
    pub failed: Problems,
    /// Records of which A or B gives no mask.
    pub unavailable: Problems,
    /// The first places of each cause.
    pub examples: BTreeMap<Cause, Vec<Example>>,
}

impl Merge for Counts {
    fn merge(&mut self, later: &Self) {
        self.records += later.records;
        self.compared += later.compared;
        self.differing += later.differing;
        self.tokens += later.tokens;
        self.in_loss[0] += later.in_loss[0];
        self.in_loss[1] += later.in_loss[1];
        self.unmatched[0] += later.unmatched[0];
        self.unmatched[1] += later.unmatched[1];
        self.tally.add(&later.tally);
        self.lengths.merge(&later.lengths);
        self.failed.merge(&later.failed);
        self.unavailable.merge(&later.unavailable);
        for (cause, examples) in &later.examples {
            let known = self.examples.entry(*cause).or_default();
            known.extend(examples.iter().take(EXAMPLES - known.len().min(EXAMPLES)).cloned());
        }
    }
}

impl Counts {
    /// How many tokens enter or leave the loss.
    #[must_use]
    pub fn changed(&self, change: Change) -> usize {
        CAUSES.iter().map(|kind| self.tally.count(kind.cause, change).tokens).sum()
    }

    /// The causes that were met, each with its first places.
    pub fn causes(&self) -> impl Iterator<Item = (&'static CauseKind, &[Example])> {
        let is_met = |kind: &&CauseKind| {
            [Change::Enters, Change::Leaves].iter().any(|change| self.tally.count(kind.cause, *change).tokens > 0)
        };
        let places = |kind: &'static CauseKind| self.examples.get(&kind.cause).map_or(&[][..], Vec::as_slice);
        CAUSES.iter().filter(is_met).map(move |kind| (kind, places(kind)))
    }
}

impl Comparison {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(policies: &[Policy; 2]) -> Self {
        Self { policies: policies.each_ref().map(|policy| policy.name().to_owned()), counts: Counts::default() }
    }

    /// What the counts mean, in words.
    #[must_use]
    pub fn sentences(&self, language: Language) -> Vec<String> {
        let sentences = self.counts.tally.sentences(self.policies.each_ref().map(String::as_str));
        sentences.iter().map(|sentence| language.say(sentence)).collect()
    }
}
