//! What an audit counts: tokens and what is trained of them, lengths, the edges of answers, and findings.
//!
//! Everything is a sum, a smallest or first of something, or a table of counts, so that audits of parts add up to the audit
//! of the whole.

mod baseline;
mod batches;
mod counting;
mod document;
mod extent;
mod findings;
mod merged;
mod packing;
mod sizes;
mod spread;
pub mod unchecked;
mod what_if;
mod worst;

pub use baseline::{Compared, Figure, FigureChange, Per, RuleChange, Trend};
pub use batches::{BATCH, Batches};
pub use document::{AuditReport, Beside, Epoch, Head, Named, Packing, Quantiles, RuleRow, Shard, VERSION, state_of};
pub use extent::Extent;
pub use findings::{FoundAt, OtherAt, Placed, Rule, Rules, Sight, id_of};
pub use sizes::{Cut, Sizes};
pub use spread::{Bin, Spread};
pub use unchecked::NotChecked;
pub use what_if::{Under, WhatIf};
pub use worst::{Drawing, Worst, WorstRecord};

use super::{Merge, Problems};
use crate::lints::Seen;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Lengths whose cost is asked for, in tokens.
pub const BUDGETS: [usize; 4] = [2048, 4096, 8192, 16384];

/// Tokens, and those of them that are trained.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// All tokens.
    pub tokens: usize,
    /// Those in the loss.
    pub trained: usize,
}

impl Share {
    /// The share in the loss, from 0 to 1.
    #[must_use]
    pub fn of_whole(self) -> f64 {
        self.trained as f64 / self.tokens.max(1) as f64
    }

    fn add(&mut self, other: Self) {
        self.tokens += other.tokens;
        self.trained += other.trained;
    }
}

/// The figures of an audit. Its size does not grow with the number of records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// Records of the data set.
    pub records: usize,
    /// Records that give no sequence, by reason.
    pub failed: Problems,
    /// Those of them that cannot be read, or that are no JSON object.
    #[serde(default)]
    pub unread: usize,
    /// Records that the policy gives no mask for, by reason.
    pub unavailable: Problems,
    /// Tokens without padding.
    pub share: Share,
    /// Records of which nothing is trained.
    pub nothing: usize,
    /// Records of which every token is trained.
    pub everything: usize,
    /// The trained share of each record in thousandths.
    pub supervision: Spread,
    /// The length of each record before it is cut.
    pub lengths: Spread,
    /// Records that the maximum length cuts.
    pub cut: usize,
    /// Tokens that it cuts off.
    pub cut_tokens: usize,
    /// Records that it cuts inside an answer, before its end.
    pub cut_in_answer: usize,
    /// Records that it cuts and of which nothing is trained.
    pub nothing_left: usize,
    /// The length of each record that the policy gives a mask for, after it is cut.
    pub kept: Spread,
    /// The same records in batches.
    pub batches: Batches,
    /// Padding tokens, and those of them that are trained.
    pub padding: Share,
    /// Sides of records by who has written their text: `template`, `trainer`, `text` or `tokens`.
    pub written: BTreeMap<String, usize>,
    /// Sides of records that have messages.
    pub conversations: usize,
    /// Records with two answers.
    pub pairs: usize,
    /// By role; the empty one is text outside messages.
    pub roles: BTreeMap<String, Share>,
    /// By part of a turn.
    pub parts: BTreeMap<String, Share>,
    /// By part of the assistant's turns alone; of their ends the markers are counted, one for each answer.
    #[serde(default)]
    pub answers: BTreeMap<String, Share>,
    /// How often each id is the first trained one of a run.
    pub first: BTreeMap<u32, usize>,
    /// How often each id is the last trained one of a run.
    pub last: BTreeMap<u32, usize>,
    /// Trained tokens that stand before each of [`BUDGETS`].
    pub budgets: [usize; BUDGETS.len()],
    /// What is found.
    pub rules: Rules,
    /// The records with the most severe findings.
    pub worst: Worst,
    /// What other policies make of the same records.
    pub what_if: BTreeMap<String, Under>,
}

impl Audit {
    /// What the records have, as far as lints need it.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let written = |names: &[&str]| names.iter().filter_map(|name| self.written.get(*name)).sum();
        Seen {
            records: self.lengths.count(),
            masks: self.kept.count(),
            conversations: self.conversations,
            rendered: written(&["template", "trainer"]),
            texts: written(&["text"]),
            pairs: self.pairs,
            padding: self.padding.tokens,
        }
    }
}

impl Merge for Audit {
    fn merge(&mut self, later: &Self) {
        self.records += later.records;
        self.failed.merge(&later.failed);
        self.unread += later.unread;
        self.unavailable.merge(&later.unavailable);
        self.share.add(later.share);
        self.nothing += later.nothing;
        self.everything += later.everything;
        self.supervision.merge(&later.supervision);
        self.lengths.merge(&later.lengths);
        self.cut += later.cut;
        self.cut_tokens += later.cut_tokens;
        self.cut_in_answer += later.cut_in_answer;
        self.nothing_left += later.nothing_left;
        self.kept.merge(&later.kept);
        self.batches.merge(&later.batches);
        self.padding.add(later.padding);
        self.conversations += later.conversations;
        self.pairs += later.pairs;
        for (name, count) in &later.written {
            *under_name(&mut self.written, name) += count;
        }
        let shares =
            [(&mut self.roles, &later.roles), (&mut self.parts, &later.parts), (&mut self.answers, &later.answers)];
        for (own, later) in shares {
            for (name, share) in later {
                add(own, name, *share);
            }
        }
        for (own, later) in [(&mut self.first, &later.first), (&mut self.last, &later.last)] {
            for (id, count) in later {
                *own.entry(*id).or_default() += count;
            }
        }
        for (own, later) in self.budgets.iter_mut().zip(later.budgets) {
            *own += later;
        }
        self.rules.merge(&later.rules);
        self.worst.merge(&later.worst);
        for (policy, under) in &later.what_if {
            under_name(&mut self.what_if, policy).merge(under);
        }
    }
}

/// Adds a share to the one of that name.
pub fn add(shares: &mut BTreeMap<String, Share>, name: &str, share: Share) {
    under_name(shares, name).add(share);
}

/// What stands under a name, which is there already but for the first few records: only then the name is copied.
pub(crate) fn under_name<'a, T: Default>(table: &'a mut BTreeMap<String, T>, name: &str) -> &'a mut T {
    if !table.contains_key(name) {
        table.insert(name.to_owned(), T::default());
    }
    table.get_mut(name).expect("it was put there")
}

/// The ids that are met most often, the most frequent first; of equally frequent ones the lower id.
#[must_use]
pub fn most_frequent(counts: &BTreeMap<u32, usize>, most: usize) -> Vec<(u32, usize)> {
    let mut sorted: Vec<(u32, usize)> = counts.iter().map(|(id, count)| (*id, *count)).collect();
    sorted.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    sorted.truncate(most);
    sorted
}
