//! `--records`: which records are meant.

use crate::dataset::Dataset;
use crate::error::{Error, OptionFault};
use crate::filter::Filter;
use crate::survey::Survey;
use std::ops::RangeInclusive;

/// The records that are meant, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Every record.
    All,
    /// Those of these ranges, in this order.
    Ranges(Vec<RangeInclusive<usize>>),
}

impl Selection {
    /// Reads `1,3,5-9` or `all`.
    ///
    /// # Errors
    /// [`Error::Option`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text == "all" {
            return Ok(Self::All);
        }
        let wrong = || Error::Option { option: "--records", fault: OptionFault::NotRecords { text: text.to_owned() } };
        let number = |text: &str| text.trim().parse::<usize>().ok().filter(|number| *number > 0);
        let range = |piece: &str| match piece.split_once('-') {
            None => number(piece).map(|number| number..=number),
            Some((first, last)) => {
                number(first).zip(number(last)).filter(|(first, last)| first <= last).map(|(first, last)| first..=last)
            }
        };
        let ranges = text.split(',').map(|piece| range(piece).ok_or_else(wrong)).collect::<Result<_, _>>()?;
        Ok(Self::Ranges(ranges))
    }

    /// The record of this number, from 1.
    #[must_use]
    pub fn of(number: usize) -> Self {
        Self::Ranges(vec![number..=number])
    }

    /// A walk over the records that are meant; of all, those that the filter's numbers leave.
    pub(super) fn survey(&self, dataset: &Dataset, filter: &Filter) -> Survey {
        match self {
            Self::All => Survey::over(dataset).records(filter.bounds()),
            Self::Ranges(ranges) => {
                Survey::over(dataset).listed(ranges.iter().map(|range| range.start() - 1..*range.end()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_ranges() {
        assert_eq!(Selection::parse("all").unwrap(), Selection::All);
        assert_eq!(Selection::parse("1, 5-9").unwrap(), Selection::Ranges(vec![1..=1, 5..=9]));
        for wrong in ["", "0", "x", "3-1", "1,,2", "-"] {
            assert!(Selection::parse(wrong).unwrap_err().to_string().contains("--records"), "{wrong}");
        }
    }
}
