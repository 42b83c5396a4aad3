//! The mask diff: which tokens enter and leave the loss from policy A to policy B.

use super::LossMask;
use super::mask::SHORT;

/// What happens to a token from A to B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// Masked under A, in the loss under B.
    Enters,
    /// In the loss under A, masked under B.
    Leaves,
}

impl Change {
    /// What happens to the token, if anything.
    #[must_use]
    pub fn between(before: bool, after: bool) -> Option<Self> {
        match (before, after) {
            (false, true) => Some(Self::Enters),
            (true, false) => Some(Self::Leaves),
            _ => None,
        }
    }

    /// The sign that stands for it everywhere.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::Enters => '+',
            Self::Leaves => '−',
        }
    }

    /// It in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Enters => "enters",
            Self::Leaves => "leaves",
        }
    }
}

/// Whether every token has these bits under A and B. Without a branch for each, so that the compiler takes many at once.
#[must_use]
pub fn all_have(before: &[bool], after: &[bool], bits: (bool, bool)) -> bool {
    let other = |bit: bool, wanted: bool| u8::from(bit != wanted);
    let pairs = before.iter().zip(after);
    pairs.map(|(before, after)| other(*before, bits.0) | other(*after, bits.1)).fold(0, |any, bit| any | bit) == 0
}

/// How many tokens enter and leave the loss.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MaskDiff {
    /// Tokens that enter.
    pub enters: usize,
    /// Tokens that leave.
    pub leaves: usize,
}

impl MaskDiff {
    /// Counts the changes between two masks of the same sequence.
    #[must_use]
    pub fn count(before: &LossMask, after: &LossMask) -> Self {
        // This runs over a whole record at a key press.
        let pairs = || before.bits().chunks(SHORT).zip(after.bits().chunks(SHORT));
        let count = |is_counted: fn(bool, bool) -> bool| {
            let short = |(before, after): (&[bool], &[bool])| {
                let bits = before.iter().zip(after).map(|(before, after)| u8::from(is_counted(*before, *after)));
                usize::from(bits.sum::<u8>())
            };
            pairs().map(short).sum()
        };
        Self { enters: count(|before, after| !before && after), leaves: count(|before, after| before && !after) }
    }

    /// How many tokens differ.
    #[must_use]
    pub fn total(self) -> usize {
        self.enters + self.leaves
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_means_both_bits_of_all() {
        assert!(all_have(&[true, true], &[false, false], (true, false)));
        assert!(!all_have(&[true, true], &[false, true], (true, false)));
        assert!(!all_have(&[true, false], &[false, false], (true, false)));
        assert!(all_have(&[], &[], (true, false)));
    }

    #[test]
    fn changes_are_counted_each_way() {
        let before: LossMask = [false, true, true, false].into_iter().collect();
        let after: LossMask = [true, false, true, false].into_iter().collect();
        let diff = MaskDiff::count(&before, &after);
        assert_eq!((diff.enters, diff.leaves, diff.total()), (1, 1, 2));
    }
}
