//! The matrix: how many tokens each pair of policies disagrees on, for a record or a data set.

use super::Merge;
use crate::policies::{Changes, LossMask, MaskDiff, Unavailable};
use crate::survey::Weigh;
use serde::{Deserialize, Serialize};

/// A token of a data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The record, counted from 0.
    pub record: usize,
    /// The token, counted from 0.
    pub token: usize,
}

/// What two policies disagree on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Records in which both give a mask.
    pub compared: usize,
    /// Records in which they differ.
    pub records: usize,
    /// Tokens that differ.
    pub tokens: usize,
    /// The first of those tokens.
    pub first: Option<Position>,
}

impl Merge for Pair {
    fn merge(&mut self, later: &Self) {
        self.compared += later.compared;
        self.records += later.records;
        self.tokens += later.tokens;
        self.first = self.first.or(later.first);
    }
}

/// Every pair of some policies, counted. A reason why a policy gives no mask is what the pipeline says, or whatever a
/// report writes for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix<R = Unavailable> {
    /// The number of policies.
    size: usize,
    /// Row by row; both halves, so that a pair stands in either order.
    pairs: Vec<Pair>,
    /// Why each policy gave no mask, where it first gave none.
    unavailable: Vec<Option<R>>,
}

impl Matrix {
    /// A matrix of that many policies with nothing counted.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self { size, pairs: vec![Pair::default(); size * size], unavailable: vec![None; size] }
    }

    /// Counts one record, of which there is what each policy gives.
    #[must_use]
    pub fn of(record: usize, masks: &[Result<LossMask, Unavailable>]) -> Self {
        let mut matrix = Self::new(masks.len());
        for (row, before) in masks.iter().enumerate() {
            let before = match before {
                Ok(before) => before,
                Err(why) => {
                    matrix.unavailable[row] = Some(why.clone());
                    continue;
                }
            };
            for (column, after) in masks.iter().enumerate().skip(row + 1) {
                let Ok(after) = after else { continue };
                let pair = pair(record, before, after);
                matrix.pairs[row * masks.len() + column] = pair;
                matrix.pairs[column * masks.len() + row] = pair;
            }
        }
        matrix
    }
}

/// Its size depends on the number of policies alone.
impl<R> Weigh for Matrix<R> {
    fn weight(&self) -> usize {
        self.pairs.len() * size_of::<Pair>()
    }
}

impl<R: Clone> Merge for Matrix<R> {
    fn merge(&mut self, later: &Self) {
        for (own, others) in self.pairs.iter_mut().zip(&later.pairs) {
            own.merge(others);
        }
        for (own, others) in self.unavailable.iter_mut().zip(&later.unavailable) {
            if own.is_none() {
                own.clone_from(others);
            }
        }
    }
}

impl<R> Matrix<R> {
    /// The same matrix with its reasons made into something else, such as words that can be written to a file.
    #[must_use]
    pub fn with_reasons<S>(&self, make: impl Fn(&R) -> S) -> Matrix<S> {
        let unavailable = self.unavailable.iter().map(|why| why.as_ref().map(&make)).collect();
        Matrix { size: self.size, pairs: self.pairs.clone(), unavailable }
    }

    /// The number of policies.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// What two policies disagree on; nothing where a place is past the last policy.
    #[must_use]
    pub fn pair(&self, row: usize, column: usize) -> Pair {
        self.pairs.get(row * self.size + column).copied().unwrap_or_default()
    }

    /// Why a policy gave no mask in the first record where it gave none.
    #[must_use]
    pub fn unavailable(&self, policy: usize) -> Option<&R> {
        self.unavailable.get(policy)?.as_ref()
    }
}

fn pair(record: usize, before: &LossMask, after: &LossMask) -> Pair {
    let tokens = MaskDiff::count(before, after).total();
    let first = Changes::between(before, after).first_in(0..before.len().max(after.len()));
    let first = first.map(|token| Position { record, token });
    Pair { compared: 1, records: usize::from(tokens > 0), tokens, first }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::law;

    fn mask(bits: &str) -> Result<LossMask, Unavailable> {
        if bits.is_empty() { Err(Unavailable::NoMask) } else { Ok(bits.chars().map(|bit| bit == '1').collect()) }
    }

    #[test]
    fn pairs_are_counted_over_records_and_keep_their_first_place() {
        let record = |at: usize, masks: [&str; 3]| Matrix::of(at, &masks.map(mask));
        let mut matrix = record(0, ["0110", "0110", ""]);
        matrix.merge(&record(1, ["0110", "0011", "1111"]));
        matrix.merge(&record(2, ["1", "0", "1"]));
        let first = Some(Position { record: 1, token: 1 });
        assert_eq!(matrix.pair(0, 1), Pair { compared: 3, records: 2, tokens: 3, first });
        assert_eq!(matrix.pair(1, 0), matrix.pair(0, 1));
        let first = Some(Position { record: 1, token: 0 });
        assert_eq!(matrix.pair(2, 0), Pair { compared: 2, records: 1, tokens: 2, first });
        assert_eq!(matrix.pair(1, 1), Pair::default());
        assert_eq!((matrix.unavailable(2), matrix.unavailable(0)), (Some(&Unavailable::NoMask), None));
    }

    #[test]
    fn merging_parts_is_counting_all_at_once() {
        let masks = ["0110", "0011", "", "1111", "0000"];
        let record = |at: usize| {
            let mask = |policy: usize| mask(masks[(at * 7 + policy * (at + 3)) % masks.len()]);
            Matrix::of(at, &[mask(0), mask(1), mask(2)])
        };
        law::holds(&Matrix::new(3), 40, record);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let matrix = Matrix::of(3, &["01", "10", ""].map(mask)).with_reasons(|why| format!("{why:?}"));
        law::come_back(&matrix);
        assert_eq!((matrix.size(), matrix.unavailable(2).map(String::as_str)), (3, Some("NoMask")));
    }
}
