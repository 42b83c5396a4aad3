//! The loss mask.

use fixedbitset::{Block, FixedBitSet};
use std::ops::Range;

/// One bit per token of a sequence, aligned with its ids and not yet shifted: whether the token is in the loss. Beside
/// it stand weights, where a trainer has others than 0 and 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LossMask {
    bits: FixedBitSet,
    /// The weights' bits, which unlike numbers are equal to themselves; `None` where each is 0 or 1.
    weights: Option<Box<[u32]>>,
    /// What is known where the policy's own tokens are others than those on show.
    others: Option<Box<Others>>,
}

/// How the tokens of a policy go with those on show, which are others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Others {
    /// Tokens on show that the policy does not have.
    absent: FixedBitSet,
    /// How many tokens of the policy are not on show.
    unseen: usize,
    /// How many of those it trains.
    unseen_trained: usize,
}

impl LossMask {
    /// A mask of that many tokens with none in the loss.
    #[must_use]
    pub fn none(length: usize) -> Self {
        Self { bits: FixedBitSet::with_capacity(length), ..Self::default() }
    }

    /// The mask of a trainer that weighs each token: those in the loss whose weight is not 0.
    #[must_use]
    pub fn of_weights(weights: &[f32]) -> Self {
        let bits = weights.iter().map(|weight| *weight != 0.0).collect::<Self>().bits;
        let is_plain = weights.iter().all(|weight| *weight == 0.0 || (*weight - 1.0).abs() < f32::EPSILON);
        let weights = (!is_plain).then(|| weights.iter().map(|weight| weight.to_bits()).collect());
        Self { bits, weights, others: None }
    }

    /// The bits and weights of a mask on other tokens: for each of those, which of the mask's it is. `all` is how many
    /// tokens the mask has without padding.
    #[must_use]
    pub(super) fn aligned(mask: &Self, counterparts: impl Iterator<Item = Option<u32>>, all: usize) -> Self {
        let counterparts: Vec<Option<u32>> = counterparts.collect();
        let length = counterparts.len();
        let mut absent = FixedBitSet::with_capacity(length);
        let (mut met, mut met_trained) = (0, 0);
        let mut bits = FixedBitSet::with_capacity(length);
        for (token, counterpart) in counterparts.iter().enumerate() {
            match counterpart {
                None => absent.insert(token),
                Some(own) => {
                    let trained = mask.get(*own as usize);
                    bits.set(token, trained);
                    if (*own as usize) < all {
                        met += 1;
                        met_trained += usize::from(trained);
                    }
                }
            }
        }
        let weigh = |weights: &[u32]| {
            let weight = |own: &Option<u32>| own.and_then(|own| weights.get(own as usize).copied()).unwrap_or(0);
            counterparts.iter().map(weight).collect()
        };
        let trained = mask.tokens().take_while(|token| *token < all).count();
        let others = Others { absent, unseen: all - met, unseen_trained: trained - met_trained };
        Self { bits, weights: mask.weights.as_deref().map(weigh), others: Some(Box::new(others)) }
    }

    /// The token's bit; `None` past the end, and where the policy does not have this token.
    #[must_use]
    pub fn bit(&self, token: usize) -> Option<bool> {
        (token < self.len() && self.has(token)).then(|| self.get(token))
    }

    /// Whether the policy has this token of those on show.
    #[must_use]
    pub fn has(&self, token: usize) -> bool {
        self.others.as_ref().is_none_or(|others| !others.absent.contains(token))
    }

    /// Where the policy's own tokens are others than those on show: how many of its tokens are not on show, and how many
    /// of those it trains.
    #[must_use]
    pub fn elsewhere(&self) -> Option<(usize, usize)> {
        self.others.as_ref().map(|others| (others.unseen, others.unseen_trained))
    }

    /// Puts a range of tokens into the loss; what lies outside of the sequence is left out.
    pub fn set(&mut self, tokens: Range<usize>) {
        let end = tokens.end.min(self.len());
        if tokens.start < end {
            self.bits.insert_range(tokens.start..end);
        }
    }

    /// Whether the token is in the loss; false past the end.
    #[must_use]
    pub fn get(&self, token: usize) -> bool {
        self.bits.contains(token)
    }

    /// The number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bits.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }

    /// Each token's bit.
    pub fn iter(&self) -> impl Iterator<Item = bool> {
        (0..self.len()).map(|token| self.bits.contains(token))
    }

    /// The tokens in the loss.
    pub fn tokens(&self) -> impl Iterator<Item = usize> {
        self.bits.ones()
    }

    /// The tokens in the loss as stretches without a gap, in order.
    pub fn stretches(&self) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = self.next(from, true)?;
            let end = self.next(start, false).unwrap_or(self.len());
            from = end;
            Some(start..end)
        })
    }

    /// The first token from there on whose bit is this.
    fn next(&self, from: usize, bit: bool) -> Option<usize> {
        let flip = if bit { 0 } else { Block::MAX };
        let mut at = from / BITS;
        let mut block = (self.bits.as_slice().get(at)? ^ flip) & (Block::MAX << (from % BITS));
        while block == 0 {
            at += 1;
            block = self.bits.as_slice().get(at)? ^ flip;
        }
        Some(at * BITS + block.trailing_zeros() as usize).filter(|token| *token < self.len())
    }

    /// Puts into the loss what another mask of the same tokens has in it.
    pub fn join(&mut self, other: &Self) {
        self.bits.union_with(&other.bits);
    }

    /// The end of the tokens in the loss: one after the last of them.
    #[must_use]
    pub fn end(&self) -> usize {
        self.bits.maximum().map_or(0, |last| last + 1)
    }

    /// How many tokens are in the loss.
    #[must_use]
    pub fn count(&self) -> usize {
        self.bits.count_ones(..)
    }

    /// How many of these tokens are in the loss.
    #[must_use]
    pub fn count_in(&self, tokens: Range<usize>) -> usize {
        let end = tokens.end.min(self.len());
        if tokens.start < end { self.bits.count_ones(tokens.start..end) } else { 0 }
    }

    /// Whether any of these tokens is in the loss.
    #[must_use]
    pub fn any_in(&self, tokens: Range<usize>) -> bool {
        let end = tokens.end.min(self.len());
        tokens.start < end && self.bits.contains_any_in_range(tokens.start..end)
    }

    /// How much each token counts, where that is not told by the bits alone.
    #[must_use]
    pub fn weights(&self) -> Option<Vec<f32>> {
        self.weights.as_ref().map(|weights| weights.iter().copied().map(f32::from_bits).collect())
    }

    /// The bits and weights of the first tokens, and none for those after them up to a length.
    pub(crate) fn fitted(&self, kept: usize, length: usize) -> Self {
        let kept = kept.min(length);
        let mut bits = self.bits.clone();
        bits.grow(length);
        bits.remove_range(kept.min(bits.len())..);
        let fitted = FixedBitSet::with_capacity_and_blocks(length, bits.as_slice().iter().copied());
        let weigh = |weights: &[u32]| {
            let own = weights.iter().copied().take(kept).chain(std::iter::repeat(0));
            own.take(length).collect()
        };
        Self { bits: fitted, weights: self.weights.as_deref().map(weigh), others: None }
    }

    /// The bits of many tokens at once; none is set past the end.
    pub(super) fn block(&self, at: usize) -> Block {
        self.bits.as_slice().get(at).copied().unwrap_or(0)
    }

    /// How many of the tokens on show the policy does not have.
    #[must_use]
    pub fn absent(&self) -> usize {
        self.others.as_ref().map_or(0, |others| others.absent.count_ones(..))
    }

    /// How many tokens it trains that another policy, whose mask is of the same tokens on show, does not have.
    #[must_use]
    pub fn unmatched_by(&self, other: &Self) -> usize {
        self.elsewhere().map_or(0, |(_, trained)| trained) + self.missing_in(other)
    }

    /// How many of the tokens on show it trains that another policy does not have.
    #[must_use]
    pub fn missing_in(&self, other: &Self) -> usize {
        other.others.as_ref().map_or(0, |_| self.tokens().filter(|token| !other.has(*token)).count())
    }

    /// For many tokens at once, those that the policy has.
    pub(super) fn present(&self, at: usize) -> Block {
        let absent = |others: &Others| others.absent.as_slice().get(at).copied().unwrap_or(0);
        !self.others.as_deref().map_or(0, absent)
    }
}

impl FromIterator<bool> for LossMask {
    fn from_iter<T: IntoIterator<Item = bool>>(bits: T) -> Self {
        let mut blocks = Vec::new();
        let mut length = 0;
        for bit in bits {
            if length % BITS == 0 {
                blocks.push(0);
            }
            blocks[length / BITS] |= Block::from(bit) << (length % BITS);
            length += 1;
        }
        Self { bits: FixedBitSet::with_capacity_and_blocks(length, blocks), ..Self::default() }
    }
}

/// How many bits there are in a block.
pub(super) const BITS: usize = Block::BITS as usize;

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
        assert_eq!(mask.iter().collect::<Vec<_>>(), [false, false, true, true]);
        assert_eq!((mask.count(), mask.get(3), mask.get(4)), (2, true, false));
        assert_eq!((mask.any_in(0..2), mask.any_in(1..3), mask.any_in(4..9)), (false, true, false));
        assert_eq!((mask.count_in(0..3), mask.count_in(1..9), mask.count_in(4..9)), (1, 2, 0));
    }

    #[test]
    fn stretches_are_found_across_blocks() {
        let length = 3 * BITS + 5;
        let all = [0..1, 3..BITS - 1, BITS..BITS + 1, BITS + 2..length];
        let mut mask = LossMask::none(length);
        for stretch in all.clone() {
            mask.set(stretch);
        }
        assert_eq!(mask.stretches().collect::<Vec<_>>(), all);
        assert_eq!(LossMask::none(length).stretches().count() + LossMask::none(0).stretches().count(), 0);
        mask.set(0..length);
        assert_eq!(mask.stretches().collect::<Vec<_>>(), std::iter::once(0..length).collect::<Vec<_>>());
    }

    #[test]
    fn masks_are_joined() {
        let length = BITS + 5;
        let [mut joined, mut other] = [LossMask::none(length), LossMask::none(length)];
        assert_eq!(joined.end(), 0);
        joined.set(1..3);
        other.set(2..4);
        other.set(BITS..BITS + 2);
        joined.join(&other);
        assert_eq!(joined.stretches().collect::<Vec<_>>(), [1..4, BITS..BITS + 2]);
        assert_eq!((joined.end(), joined.len()), (BITS + 2, length));
    }

    #[test]
    fn weights_are_kept_where_they_say_more_than_the_bits() {
        let mask = LossMask::of_weights(&[0.0, 1.0, 2.5]);
        assert_eq!((mask.tokens().collect::<Vec<_>>(), mask.weights()), (vec![1, 2], Some(vec![0.0, 1.0, 2.5])));
        assert_eq!(LossMask::of_weights(&[0.0, 1.0]).weights(), None);
    }
}
