//! The mask diff: which tokens enter and leave the loss from policy A to policy B.

use super::LossMask;
use super::mask::BITS;
use fixedbitset::Block;
use std::ops::Range;

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

    /// Its name in JSON output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Enters => "enters",
            Self::Leaves => "leaves",
        }
    }

    /// The one of A and B that trains the token.
    #[must_use]
    pub fn trained_by(self) -> &'static str {
        match self {
            Self::Enters => "B",
            Self::Leaves => "A",
        }
    }
}

/// Two masks of the same sequence beside each other; a token that one of them does not have does not change. Many bits are looked at at once, since a key press waits for it over
/// a whole record.
#[derive(Debug, Clone, Copy)]
pub struct Changes<'a> {
    before: &'a LossMask,
    after: &'a LossMask,
}

impl<'a> Changes<'a> {
    /// The changes from one mask to another.
    #[must_use]
    pub fn between(before: &'a LossMask, after: &'a LossMask) -> Self {
        Self { before, after }
    }

    /// What happens to a token, if anything.
    #[must_use]
    pub fn at(self, token: usize) -> Option<Change> {
        Change::between(self.before.bit(token)?, self.after.bit(token)?)
    }

    /// The first token of a range that changes.
    #[must_use]
    pub fn first_in(self, tokens: Range<usize>) -> Option<usize> {
        first(tokens, |at| (self.before.block(at) ^ self.after.block(at)) & self.both(at))
    }

    /// How many tokens of a range change.
    #[must_use]
    pub fn count_in(self, tokens: Range<usize>) -> usize {
        let blocks = tokens.start / BITS..tokens.end.div_ceil(BITS);
        let changed = |at: usize| (self.before.block(at) ^ self.after.block(at)) & self.both(at) & inside(at, &tokens);
        blocks.map(|at| changed(at).count_ones() as usize).sum()
    }

    /// For many tokens at once, those that A and B both have.
    fn both(self, at: usize) -> Block {
        self.before.present(at) & self.after.present(at)
    }

    /// Where the tokens of a range no longer change as its first one does.
    #[must_use]
    pub fn end_of_run(self, tokens: Range<usize>) -> usize {
        let all = |bit: bool| if bit { Block::MAX } else { 0 };
        let start = tokens.start;
        let (before, after) = (all(self.before.get(start)), all(self.after.get(start)));
        let both = all(self.before.has(start) && self.after.has(start));
        let others =
            |at: usize| (self.before.block(at) ^ before) | (self.after.block(at) ^ after) | (self.both(at) ^ both);
        first(tokens.clone(), others).unwrap_or(tokens.end)
    }

    /// The first token of a range with which a run of tokens begins that change in the same way.
    #[must_use]
    pub fn first_start_in(self, tokens: Range<usize>) -> Option<usize> {
        first(tokens, |at| self.starts(at))
    }

    /// The last token of a range with which such a run begins.
    #[must_use]
    pub fn last_start_in(self, tokens: Range<usize>) -> Option<usize> {
        last(tokens, |at| self.starts(at))
    }

    fn starts(self, at: usize) -> Block {
        let enters = |at: usize| !self.before.block(at) & self.after.block(at) & self.both(at);
        let leaves = |at: usize| self.before.block(at) & !self.after.block(at) & self.both(at);
        let rising = |block: &dyn Fn(usize) -> Block| {
            let carried = at.checked_sub(1).map_or(0, |before| block(before) >> (BITS - 1));
            block(at) & !(block(at) << 1 | carried)
        };
        rising(&enters) | rising(&leaves)
    }
}

/// The first bit in a range that is set in the blocks.
fn first(bits: Range<usize>, block: impl Fn(usize) -> Block) -> Option<usize> {
    let blocks = bits.start / BITS..bits.end.div_ceil(BITS);
    let set = blocks.map(|at| (at, block(at) & inside(at, &bits))).find(|(_, set)| *set != 0);
    set.map(|(at, set)| at * BITS + set.trailing_zeros() as usize)
}

/// The last bit in a range that is set in the blocks.
fn last(bits: Range<usize>, block: impl Fn(usize) -> Block) -> Option<usize> {
    let blocks = bits.start / BITS..bits.end.div_ceil(BITS);
    let set = blocks.rev().map(|at| (at, block(at) & inside(at, &bits))).find(|(_, set)| *set != 0);
    set.map(|(at, set)| at * BITS + BITS - 1 - set.leading_zeros() as usize)
}

/// The bits of a block that lie in a range.
fn inside(at: usize, bits: &Range<usize>) -> Block {
    let upto = |bit: usize| match bit.saturating_sub(at * BITS) {
        0 => 0,
        some if some < BITS => (1 << some) - 1,
        _ => Block::MAX,
    };
    upto(bits.end) & !upto(bits.start)
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
        let changes = Changes::between(before, after);
        let count = |change: &dyn Fn(usize) -> Block| {
            (0..before.len().div_ceil(BITS)).map(|at| change(at).count_ones() as usize).sum()
        };
        Self {
            enters: count(&|at| !before.block(at) & after.block(at) & changes.both(at)),
            leaves: count(&|at| before.block(at) & !after.block(at) & changes.both(at)),
        }
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

    /// Many masks over the edges of blocks, each question asked token by token too.
    #[test]
    fn runs_are_those_that_are_found_token_by_token() {
        let length = 3 * BITS + 5;
        let mask = |step: usize, on: usize| -> LossMask { (0..length).map(|token| token % step < on).collect() };
        for (one, other) in
            [((1, 0), (1, 1)), ((7, 3), (5, 2)), ((200, 64), (130, 65)), ((64, 1), (64, 63)), ((9, 4), (9, 4))]
        {
            let (before, after) = (mask(one.0, one.1), mask(other.0, other.1));
            let changes = Changes::between(&before, &after);
            let starts = |token: &usize| {
                changes.at(*token).is_some() && (*token == 0 || changes.at(token - 1) != changes.at(*token))
            };
            for from in 0..length {
                for end in [from, from + 1, length.min(from + 70), length] {
                    let tokens = || from..end;
                    assert_eq!(changes.first_in(tokens()), tokens().find(|token| changes.at(*token).is_some()));
                    let changed = tokens().filter(|token| changes.at(*token).is_some());
                    assert_eq!(changes.count_in(tokens()), changed.count());
                    assert_eq!(changes.first_start_in(tokens()), tokens().find(starts));
                    assert_eq!(changes.last_start_in(tokens()), tokens().rev().find(starts));
                    let pair = |token: usize| (before.get(token), after.get(token));
                    let run = tokens().take_while(|token| pair(*token) == pair(from)).count();
                    assert_eq!(changes.end_of_run(tokens()), from + run, "{from}..{end}");
                }
            }
        }
    }
}
