//! How whole numbers are spread, exactly: each value with how often it was met.

use crate::report::Merge;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Values with how often each was met. It has as many entries as there are different values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spread(BTreeMap<usize, usize>);

impl Spread {
    /// One value.
    #[must_use]
    pub fn one(value: usize) -> Self {
        Self(BTreeMap::from([(value, 1)]))
    }

    /// How many values were met.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.values().sum()
    }

    /// The value below which so many percent of all values lie, by nearest rank: 0 gives the smallest, 100 the largest.
    /// `None` without a value.
    #[must_use]
    pub fn quantile(&self, percent: usize) -> Option<usize> {
        let rank = (percent * self.count()).div_ceil(100).max(1);
        let mut seen = 0;
        self.0
            .iter()
            .find(|(_, count)| {
                seen += **count;
                seen >= rank
            })
            .map(|(value, _)| *value)
    }

    /// How many values lie above a limit.
    #[must_use]
    pub fn above(&self, limit: usize) -> usize {
        self.0.range(limit.saturating_add(1)..).map(|(_, count)| count).sum()
    }

    /// Counts by classes that double: 1, 2, 3–4, 5–8 and so on, each with its smallest and largest value; empty ones are
    /// left out.
    #[must_use]
    pub fn classes(&self) -> Vec<(usize, usize, usize)> {
        let mut classes: BTreeMap<u32, usize> = BTreeMap::new();
        for (value, count) in &self.0 {
            let class = value.saturating_sub(1).checked_ilog2().map_or(0, |power| power + 1);
            *classes.entry(class).or_default() += count;
        }
        let bounds = |class: u32| if class == 0 { (0, 1) } else { ((1 << (class - 1)) + 1, 1 << class) };
        classes.into_iter().map(|(class, count)| (bounds(class).0, bounds(class).1, count)).collect()
    }
}

impl Merge for Spread {
    fn merge(&mut self, later: &Self) {
        for (value, count) in &later.0 {
            *self.0.entry(*value).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[usize]) -> Spread {
        values.iter().fold(Spread::default(), |mut spread, value| {
            spread.merge(&Spread::one(*value));
            spread
        })
    }

    #[test]
    fn quantiles_are_values_that_were_met() {
        let spread = of(&[4, 1, 3, 2, 100]);
        assert_eq!([0, 5, 50, 95, 100].map(|percent| spread.quantile(percent).unwrap()), [1, 1, 3, 100, 100]);
        assert_eq!(Spread::default().quantile(50), None);
        assert_eq!((spread.above(3), spread.above(100), spread.count()), (2, 0, 5));
    }

    #[test]
    fn classes_double() {
        assert_eq!(of(&[1, 2, 3, 4, 5, 9]).classes(), [(0, 1, 1), (2, 2, 1), (3, 4, 2), (5, 8, 1), (9, 16, 1)]);
    }
}
