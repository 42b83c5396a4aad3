//! The mask diff: which tokens enter and leave the loss from policy A to policy B.

use super::LossMask;

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
        let mut diff = Self::default();
        for (before, after) in before.bits().iter().zip(after.bits()) {
            match Change::between(*before, *after) {
                Some(Change::Enters) => diff.enters += 1,
                Some(Change::Leaves) => diff.leaves += 1,
                None => {}
            }
        }
        diff
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
    fn changes_are_counted_each_way() {
        let before: LossMask = [false, true, true, false].into_iter().collect();
        let after: LossMask = [true, false, true, false].into_iter().collect();
        let diff = MaskDiff::count(&before, &after);
        assert_eq!((diff.enters, diff.leaves, diff.total()), (1, 1, 2));
    }
}
