//! How whole numbers are spread, exactly: each value with how often it was met.

use crate::report::Merge;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Values with how often each was met. It has as many entries as there are different values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<usize, usize>", into = "BTreeMap<usize, usize>")]
pub struct Spread(BTreeMap<usize, usize>);

impl From<Spread> for BTreeMap<usize, usize> {
    fn from(spread: Spread) -> Self {
        spread.0
    }
}

impl TryFrom<BTreeMap<usize, usize>> for Spread {
    type Error = String;

    /// Takes over what a report says. No record is as long as the largest numbers, and no data set has as many records: what
    /// is added up and multiplied later stays in bounds.
    fn try_from(values: BTreeMap<usize, usize>) -> Result<Self, String> {
        let beyond = values.iter().flat_map(|(value, count)| [*value, *count]).find(|number| *number > MOST);
        beyond.map_or(Ok(Self(values)), |number| Err(format!("{number} is no count of anything")))
    }
}

/// Neither values nor their counts are larger where they come from a file.
const MOST: usize = u32::MAX as usize;

impl Spread {
    /// Takes in a value.
    pub fn add(&mut self, value: usize) {
        *self.0.entry(value).or_default() += 1;
    }

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

    /// Every value with how often it was met, the smallest first.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (usize, usize)> {
        self.0.iter().map(|(value, count)| (*value, *count))
    }

    /// The values with none above a limit: those are counted at it.
    #[must_use]
    pub fn sum_up_to(&self, limit: usize) -> usize {
        let sums = self.iter().map(|(value, count)| value.min(limit).saturating_mul(count));
        sums.fold(0, usize::saturating_add)
    }

    /// A histogram: bins of one width, which begins with 1, 2 or 5, up to where 99 % of the values are, and one for what
    /// lies above. A limit ends a bin, so that it can be drawn as a line between two.
    #[must_use]
    pub fn histogram(&self, limit: Option<usize>) -> Vec<Bin> {
        let (Some(least), Some(high), Some(most)) = (self.quantile(0), self.quantile(99), self.quantile(100)) else {
            return Vec::new();
        };
        let width = round_width((high - least) / BINS + 1);
        let mut from = least / width * width;
        let mut bins = Vec::new();
        while from <= most {
            let end = if from > high { most } else { from / width * width + width - 1 };
            let to = limit.filter(|limit| (from..end).contains(limit)).unwrap_or(end);
            bins.push(Bin { from, to, records: self.0.range(from..=to).map(|(_, count)| count).sum() });
            from = to + 1;
        }
        bins
    }
}

/// Bins of a histogram, without those for what is rare and large.
const BINS: usize = 12;

/// A bin of a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// The smallest value that falls into it.
    pub from: usize,
    /// The largest.
    pub to: usize,
    /// How many records have such a value.
    pub records: usize,
}

/// The next width that people count in.
fn round_width(least: usize) -> usize {
    let mut power = 1;
    loop {
        if let Some(width) = [1, 2, 5].into_iter().map(|digit| digit * power).find(|width| *width >= least) {
            return width;
        }
        power *= 10;
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
    use crate::report::law;

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
    fn bins_have_a_round_width_and_end_at_the_limit() {
        let bins = |spread: &Spread, limit| -> Vec<(usize, usize, usize)> {
            spread.histogram(limit).into_iter().map(|bin| (bin.from, bin.to, bin.records)).collect()
        };
        let spread = of(&(3..=40).chain([39]).collect::<Vec<_>>());
        let all = bins(&spread, None);
        assert_eq!((all[0], all[1], all.len()), ((0, 4, 2), (5, 9, 5), 9));
        assert_eq!(all.iter().map(|(_, _, records)| records).sum::<usize>(), spread.count());
        let cut = bins(&spread, Some(12));
        assert_eq!(cut[2..4], [(10, 12, 3), (13, 14, 2)]);
        assert_eq!(bins(&spread, Some(14)), all);
        assert_eq!(bins(&spread, Some(1000)), all);
        let mut values = vec![10; 1000];
        values.extend([11, 12, 5000]);
        assert_eq!(bins(&of(&values), Some(100)), [(10, 10, 1000), (11, 100, 2), (101, 5000, 1)]);
        assert!(bins(&Spread::default(), Some(5)).is_empty());
    }

    #[test]
    fn parts_add_up() {
        law::holds(&Spread::default(), 50, |record| Spread::one(record * 7 % 11));
        law::come_back(&of(&[1, 5, 5]));
        assert_eq!(of(&[1, 5, 9]).sum_up_to(6), 12);
    }

    #[test]
    fn a_report_says_no_numbers_that_cannot_be_added_up() {
        let read = |text: &str| serde_json::from_str::<Spread>(text);
        let spread = read(r#"{"4294967295": 4294967295, "7": 1}"#).unwrap();
        assert_eq!(spread.sum_up_to(usize::MAX), 4_294_967_295 * 4_294_967_295 + 7);
        assert_eq!(serde_json::to_string(&spread).unwrap(), r#"{"7":1,"4294967295":4294967295}"#);
        for text in [r#"{"18446744073709551615": 1}"#, r#"{"1": 18446744073709551615}"#, r#"{"4294967296": 1}"#] {
            assert!(read(text).unwrap_err().to_string().contains("is no count of anything"), "{text}");
        }
    }
}
