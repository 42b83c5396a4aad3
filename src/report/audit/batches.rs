//! What padding costs: records in batches, in the order of the data set, each filled up to its longest.

use crate::report::Merge;
use serde::{Deserialize, Serialize};

/// Records of a batch.
pub const BATCH: usize = 8;

/// The tokens of batches, padding included.
///
/// Where the batches of a part begin depends on how many records stand before it. So a part knows what its whole batches
/// hold for each of the places where the first of them may begin, and the lengths at both its edges, of which batches over
/// an edge are made: parts add up to exactly what the whole gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batches {
    /// How many records.
    records: usize,
    /// Their tokens without padding.
    tokens: usize,
    /// The lengths of the first records, one fewer than a batch has at most.
    first: Vec<usize>,
    /// Those of the last ones.
    last: Vec<usize>,
    /// The tokens of whole batches, for each record that the first of them may begin with.
    whole: [usize; BATCH],
}

impl Batches {
    /// One record of that many tokens.
    #[must_use]
    pub fn one(length: usize) -> Self {
        Self { records: 1, tokens: length, first: vec![length], last: vec![length], whole: [0; BATCH] }
    }

    /// How many records.
    #[must_use]
    pub fn records(&self) -> usize {
        self.records
    }

    /// The tokens without padding.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.tokens
    }

    /// The tokens with padding, where the first batch begins with the first record; the last one may be smaller.
    #[must_use]
    pub fn padded(&self) -> usize {
        let open = self.records % BATCH;
        self.whole[0] + open * longest(end(&self.last, open))
    }

    /// The share of the padded batches that is padding, from 0 to 1.
    #[must_use]
    pub fn waste(&self) -> f64 {
        self.padded().saturating_sub(self.tokens) as f64 / self.padded().max(1) as f64
    }
}

impl Merge for Batches {
    fn merge(&mut self, later: &Self) {
        for start in 0..BATCH {
            // The records at the end of these that a whole batch is missing others for, and how many others.
            let (open, missing) = match self.records.checked_sub(start) {
                None => (0, start - self.records),
                Some(batched) => (batched % BATCH, (BATCH - batched % BATCH) % BATCH),
            };
            if open > 0 && later.records >= missing {
                let beginning = &later.first[..missing.min(later.first.len())];
                self.whole[start] += BATCH * longest(end(&self.last, open)).max(longest(beginning));
            }
            self.whole[start] += later.whole[missing];
        }
        let room = (BATCH - 1).saturating_sub(self.first.len());
        self.first.extend(later.first.iter().take(room));
        self.last.extend(&later.last);
        self.last.drain(..self.last.len().saturating_sub(BATCH - 1));
        self.records += later.records;
        self.tokens += later.tokens;
    }
}

/// The last lengths. A report that is read back may be a stranger's, and have fewer than it should.
fn end(lengths: &[usize], count: usize) -> &[usize] {
    &lengths[lengths.len().saturating_sub(count)..]
}

fn longest(lengths: &[usize]) -> usize {
    lengths.iter().copied().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::law;

    fn length(record: usize) -> usize {
        1 + record * record * 37 % 101
    }

    #[test]
    fn batches_are_filled_up_to_their_longest() {
        for records in [0, 1, 7, 8, 9, 16, 53] {
            let lengths: Vec<usize> = (0..records).map(length).collect();
            let padded: usize = lengths.chunks(BATCH).map(|batch| batch.len() * longest(batch)).sum();
            let batches = law::all(&Batches::default(), 0..records, |record| Batches::one(length(record)));
            assert_eq!((batches.padded(), batches.tokens()), (padded, lengths.iter().sum()), "{records}");
        }
    }

    #[test]
    fn parts_add_up_wherever_they_begin() {
        law::holds(&Batches::default(), 60, |record| Batches::one(length(record)));
        law::come_back(&law::all(&Batches::default(), 0..60, |record| Batches::one(length(record))));
    }
}
