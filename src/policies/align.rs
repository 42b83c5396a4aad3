//! Two sequences of tokens side by side: which token of one is which of the other.

use super::LossMask;
use imara_diff::{Algorithm, Diff, InternedInput, TokenSource};

/// For each token of the sequence on show, the token of another sequence that corresponds to it.
///
/// Tokens correspond where the ids are equal and stand in the same order; which of several equal ones is the choice of a
/// shortest edit script, as in any comparison of two files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    counterparts: Vec<Option<u32>>,
    /// How many tokens the other sequence has.
    others: usize,
}

/// A sequence of ids, as the comparison reads them.
struct Ids<'a>(&'a [u32]);

impl<'a> TokenSource for Ids<'a> {
    type Token = u32;
    type Tokenizer = std::iter::Copied<std::slice::Iter<'a, u32>>;

    fn tokenize(&self) -> Self::Tokenizer {
        self.0.iter().copied()
    }

    fn estimate_tokens(&self) -> u32 {
        self.0.len() as u32
    }
}

impl Alignment {
    /// Lays one sequence along another.
    #[must_use]
    pub fn of(shown: &[u32], other: &[u32]) -> Self {
        let input = InternedInput::new(Ids(shown), Ids(other));
        let mut diff = Diff::compute(Algorithm::Myers, &input);
        // Of equal places the first is taken: a newline before something inserted goes with the newline of the header.
        diff.postprocess_no_heuristic(&input);
        let mut counterparts = vec![None; shown.len()];
        // Between two hunks, and before the first and behind the last, both sequences are equal.
        let mut next = (0, 0);
        let mut equal = |from: (u32, u32), until: u32| {
            for token in from.0..until {
                counterparts[token as usize] = Some(from.1 + (token - from.0));
            }
        };
        for hunk in diff.hunks() {
            equal(next, hunk.before.start);
            next = (hunk.before.end, hunk.after.end);
        }
        equal(next, shown.len() as u32);
        Self { counterparts, others: other.len() }
    }

    /// A mask of the other sequence, on the tokens of the one on show: no bit where a token has no counterpart.
    /// `length` is that of the sequence on show with its padding, which goes with the other's padding.
    #[must_use]
    pub fn carry(&self, mask: &LossMask, length: usize) -> LossMask {
        let shown = self.counterparts.len();
        let counterpart = |token: usize| match self.counterparts.get(token) {
            Some(counterpart) => *counterpart,
            None => Some((self.others + token - shown) as u32),
        };
        let counterparts = (0..length).map(counterpart);
        LossMask::aligned(mask, counterparts, self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(shown: &[u32], other: &[u32], bits: &[bool]) -> Vec<Option<bool>> {
        let mask: LossMask = bits.iter().copied().collect();
        let carried = Alignment::of(shown, other).carry(&mask, shown.len() + 1);
        (0..=shown.len()).map(|token| carried.bit(token)).collect()
    }

    #[test]
    fn equal_tokens_take_the_bits_and_the_others_have_none() {
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(carried(&[1, 2, 3], &[1, 9, 2, 3], &[false, true, true, false]), [no, yes, no, no]);
        assert_eq!(carried(&[1, 7, 3], &[1, 3], &[false, true]), [no, None, yes, no]);
        assert_eq!(carried(&[1, 7], &[1], &[false, true]), [no, None, yes], "padding goes with padding");
        assert_eq!(carried(&[], &[4], &[true]), [no]);
        assert_eq!(carried(&[4], &[], &[]), [None, no]);
    }

    #[test]
    fn what_stands_before_an_insertion_keeps_its_counterpart() {
        let (yes, no) = (Some(true), Some(false));
        let other = [false, false, true, true, true, true];
        assert_eq!(carried(&[1, 2, 5], &[1, 2, 7, 8, 2, 5], &other), [no, no, yes, no]);
    }

    #[test]
    fn what_only_the_other_has_is_counted() {
        let mask: LossMask = [true, true, false, true].into_iter().collect();
        let carried = Alignment::of(&[1, 2], &[1, 8, 9, 2]).carry(&mask, 2);
        assert_eq!((carried.count(), carried.elsewhere()), (2, Some((2, 1))));
    }
}
