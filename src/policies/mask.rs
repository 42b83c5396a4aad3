//! The loss mask.

use std::ops::Range;

/// As many bits as can be counted in one byte, which the processor does for many bytes at once.
pub(super) const SHORT: usize = 128;

/// One bit per token of a sequence, aligned with its ids and not yet shifted: whether the token is in the loss.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LossMask {
    bits: Vec<bool>,
}

impl LossMask {
    /// A mask of that many tokens with none in the loss.
    #[must_use]
    pub fn none(length: usize) -> Self {
        Self { bits: vec![false; length] }
    }

    /// Puts a range of tokens into the loss; what lies outside of the sequence is left out.
    pub fn set(&mut self, tokens: Range<usize>) {
        let end = tokens.end.min(self.bits.len());
        if tokens.start < end {
            self.bits[tokens.start..end].fill(true);
        }
    }

    /// Whether the token is in the loss; false past the end.
    #[must_use]
    pub fn get(&self, token: usize) -> bool {
        self.bits.get(token).copied().unwrap_or(false)
    }

    /// All bits, one per token.
    #[must_use]
    pub fn bits(&self) -> &[bool] {
        &self.bits
    }

    /// How many tokens are in the loss.
    #[must_use]
    pub fn count(&self) -> usize {
        self.bits.chunks(SHORT).map(|bits| usize::from(bits.iter().map(|bit| u8::from(*bit)).sum::<u8>())).sum()
    }
}

impl FromIterator<bool> for LossMask {
    fn from_iter<T: IntoIterator<Item = bool>>(bits: T) -> Self {
        Self { bits: bits.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_held_inside_the_sequence() {
        let mut mask = LossMask::none(4);
        mask.set(2..9);
        mask.set(7..9);
        #[expect(clippy::reversed_empty_ranges, reason = "shifts can turn a range round")]
        mask.set(3..1);
        assert_eq!(mask.bits(), [false, false, true, true]);
        assert_eq!((mask.count(), mask.get(3), mask.get(4)), (2, true, false));
    }
}
