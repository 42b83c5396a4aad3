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

/// How many tokens of each sequence are compared at a time. The comparison takes more than linear time where much
/// differs; in windows of one size, a sequence of a million tokens takes a thousand times as long as one of a thousand.
const WINDOW: usize = 8192;

/// How many equal tokens in a row show that two sequences go together again.
const ANCHOR: usize = 16;

/// How often a window is doubled in search of any equal tokens.
const DOUBLINGS: u32 = 3;

/// Equal tokens in a row: where they start in both sequences, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Equal {
    shown: usize,
    other: usize,
    length: usize,
}

impl Equal {
    /// What follows in both sequences.
    fn end(self) -> (usize, usize) {
        (self.shown + self.length, self.other + self.length)
    }
}

/// The equal runs of two sequences, from a shortest edit script.
fn equal_runs(shown: &[u32], other: &[u32]) -> Vec<Equal> {
    let input = InternedInput::new(Ids(shown), Ids(other));
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    // Of equal places the first is taken: a newline before something inserted goes with the newline of the header.
    diff.postprocess_no_heuristic(&input);
    let mut runs = Vec::new();
    // Between two hunks, and before the first and behind the last, both sequences are equal.
    let mut next = (0, 0);
    let mut equal = |from: (usize, usize), until: usize| {
        if until > from.0 {
            runs.push(Equal { shown: from.0, other: from.1, length: until - from.0 });
        }
    };
    for hunk in diff.hunks() {
        equal(next, hunk.before.start as usize);
        next = (hunk.before.end as usize, hunk.after.end as usize);
    }
    equal(next, shown.len());
    runs
}

/// The runs of a window up to the last that is an anchor or, without one, up to the longest. What a window says near its
/// end depends on where it was cut, so that only runs that begin before `until` count.
fn believed(runs: &[Equal], until: usize) -> &[Equal] {
    let runs = &runs[..runs.partition_point(|run| run.shown.max(run.other) < until)];
    let anchor = runs.iter().rposition(|run| run.length >= ANCHOR);
    let last = anchor.or_else(|| (0..runs.len()).max_by_key(|at| runs[*at].length));
    &runs[..last.map_or(0, |last| last + 1)]
}

impl Alignment {
    /// Lays one sequence along another. Tokens go together in the same way whichever of the two is on show, so that what
    /// enters from A to B leaves from B to A.
    #[must_use]
    pub fn of(shown: &[u32], other: &[u32]) -> Self {
        if (shown.len(), shown) <= (other.len(), other) {
            Self::in_windows(shown, other, WINDOW)
        } else {
            Self::in_windows(other, shown, WINDOW).turned_round(shown.len())
        }
    }

    /// The same seen from the other sequence, which has so many tokens.
    fn turned_round(&self, length: usize) -> Self {
        let mut counterparts = vec![None; length];
        for (token, counterpart) in self.counterparts.iter().enumerate() {
            if let Some(counterpart) = counterpart {
                counterparts[*counterpart as usize] = Some(token as u32);
            }
        }
        Self { counterparts, others: self.counterparts.len() }
    }

    /// The same, comparing so many tokens at a time.
    fn in_windows(shown: &[u32], other: &[u32], window: usize) -> Self {
        let mut counterparts = vec![None; shown.len()];
        let (mut at, mut other_at, mut size) = (0, 0, window);
        while at < shown.len() && other_at < other.len() {
            let ends = ((at + size).min(shown.len()), (other_at + size).min(other.len()));
            let is_last = ends == (shown.len(), other.len());
            let runs = equal_runs(&shown[at..ends.0], &other[other_at..ends.1]);
            let believed = if is_last { &runs } else { believed(&runs, size / 2) };
            for run in believed {
                for token in 0..run.length {
                    counterparts[at + run.shown + token] = Some((other_at + run.other + token) as u32);
                }
            }
            (at, other_at, size) = match believed.last().map(|last| last.end()) {
                _ if is_last => break,
                Some((after, other_after)) => (at + after, other_at + other_after, window),
                None if size < window << DOUBLINGS => (at, other_at, size * 2),
                // So many tokens have nothing in common.
                None => (at + size / 2, other_at + size / 2, window),
            };
        }
        Self { counterparts, others: other.len() }
    }

    /// The token of the other sequence that corresponds to one of those on show, of which so many are no padding. Padding
    /// goes with padding, which may be more on one side than on the other.
    #[must_use]
    pub fn counterpart(&self, token: usize, unpadded: usize) -> Option<usize> {
        match token.checked_sub(unpadded) {
            Some(padding) => Some(self.others + padding),
            None => self.counterparts.get(token).copied().flatten().map(|token| token as usize),
        }
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

    #[test]
    fn it_is_the_same_from_both_sides() {
        for (one, other) in [
            (&[1, 2, 3, 2, 4][..], &[2, 1, 2, 4, 2][..]),
            (&[5, 5, 5], &[5]),
            (&[], &[1]),
            (&[1, 9, 2, 9, 3], &[1, 9, 3]),
            (&[7, 1, 2, 7], &[7, 2, 1, 7]),
        ] {
            let (there, back) = (Alignment::of(one, other), Alignment::of(other, one));
            assert_eq!(there, back.turned_round(one.len()), "{one:?} {other:?}");
            assert_eq!(back, there.turned_round(other.len()), "{one:?} {other:?}");
        }
    }

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
    fn windows_change_nothing_where_the_sequences_go_together_again() {
        let turn = |turn: u32| (0..40).map(move |token| 1000 + turn * 40 + token);
        let shown: Vec<u32> = (0..50).flat_map(turn).collect();
        // An empty thought before each turn, one turn that is missing and one that only the other has.
        let turns = (0..51).filter(|at| *at != 7);
        let other: Vec<u32> = turns.flat_map(|at| [1, 2, 3, 4].into_iter().chain(turn(at))).collect();
        let whole = Alignment::in_windows(&shown, &other, 1 << 20);
        for window in [64, 100, 128, 1000] {
            assert_eq!(Alignment::in_windows(&shown, &other, window), whole, "{window}");
        }
        assert_eq!(whole.counterparts.iter().flatten().count(), 49 * 40);
        let (nothing, alike) = ((0..300).collect::<Vec<u32>>(), (500..800).collect::<Vec<u32>>());
        assert_eq!(Alignment::in_windows(&nothing, &alike, 64).counterparts, vec![None; 300]);
    }

    #[test]
    fn what_only_the_other_has_is_counted() {
        let mask: LossMask = [true, true, false, true].into_iter().collect();
        let carried = Alignment::of(&[1, 2], &[1, 8, 9, 2]).carry(&mask, 2);
        assert_eq!((carried.count(), carried.elsewhere()), (2, Some((2, 1))));
    }
}
