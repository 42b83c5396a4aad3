//! What is searched for: the pattern, its matches in the record on show, and how many there are in all.

use crate::filter::Pattern;
use crate::sequence::Sequence;
use crate::tui::worker::Direction;
use std::ops::Range;
use std::sync::Arc;

/// What is counted of a search over all records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that were looked at.
    pub scanned: usize,
    /// Those with a match.
    pub records: usize,
    /// Their matches.
    pub matches: usize,
    /// Whether these are all.
    pub complete: bool,
}

/// A search.
#[derive(Debug, Clone)]
pub struct Search {
    pattern: Arc<Pattern>,
    direction: Direction,
    /// Bytes of the text of the record on show.
    matches: Vec<Range<u32>>,
    tally: Tally,
    /// The record behind which, in that direction, there is no further match, as the reader was told.
    end: Option<(usize, Direction)>,
}

impl Search {
    /// A search without matches so far.
    #[must_use]
    pub fn new(pattern: Pattern, direction: Direction) -> Self {
        Self { pattern: Arc::new(pattern), direction, matches: Vec::new(), tally: Tally::default(), end: None }
    }

    /// What is searched for.
    #[must_use]
    pub fn pattern(&self) -> &Arc<Pattern> {
        &self.pattern
    }

    /// Which way it goes.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The matches in the record on show, as bytes of its text, in order.
    #[must_use]
    pub fn matches(&self) -> &[Range<u32>] {
        &self.matches
    }

    /// What is counted over all records.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Whether no match is known, in the record on show and beyond it.
    #[must_use]
    pub fn finds_nothing(&self) -> bool {
        self.matches().is_empty() && self.tally.matches == 0
    }

    /// The match that a token is part of, counted from 1.
    #[must_use]
    pub fn at(&self, range: &Range<u32>) -> Option<usize> {
        let place = self.matches.partition_point(|found| found.end <= range.start);
        self.matches.get(place).filter(|found| found.start < range.end).map(|_| place + 1)
    }

    /// The first byte of the next match after a token, or of the one before it.
    #[must_use]
    pub fn beyond(&self, range: &Range<u32>, direction: Direction) -> Option<u32> {
        let found = match direction {
            Direction::Forward => {
                let after = range.end.max(range.start + 1);
                self.matches.get(self.matches.partition_point(|found| found.start < after))
            }
            Direction::Backward => {
                self.matches[..self.matches.partition_point(|found| found.start < range.start)].last()
            }
        };
        found.map(|found| found.start)
    }

    /// The first byte of the first match, or of the last one.
    #[must_use]
    pub fn first(&self, direction: Direction) -> Option<u32> {
        let found = match direction {
            Direction::Forward => self.matches.first(),
            Direction::Backward => self.matches.last(),
        };
        found.map(|found| found.start)
    }

    /// Finds the matches of another record, as far as it is not cut.
    pub(in crate::tui) fn look_at(&mut self, sequence: Option<&Sequence>) {
        self.matches.clear();
        let Some(sequence) = sequence else { return };
        let Some(kept) = sequence.ranges()[..sequence.unpadded()].last() else { return };
        let found = self.pattern.text().find_iter(&sequence.text).map(|found| found.start() as u32..found.end() as u32);
        self.matches.extend(found.take_while(|found| found.start < kept.end).filter(|found| !found.is_empty()));
    }

    /// Remembers that there is no further match.
    pub(in crate::tui) fn end_at(&mut self, record: usize, direction: Direction) {
        self.end = Some((record, direction));
    }

    /// Whether the reader was told that there is no further match, which is so once.
    pub(in crate::tui) fn take_end(&mut self, record: usize, direction: Direction) -> bool {
        self.end.take() == Some((record, direction))
    }

    pub(in crate::tui) fn count(&mut self, tally: Tally) {
        self.tally = tally;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::{Padding, Shape, turns};
    use crate::tokenizer::EncodedText;

    #[test]
    fn matches_are_gone_through_by_tokens() {
        let mut search = Search::new(Pattern::new("ab|c").unwrap(), Direction::Forward);
        // One byte a token; the last one is cut.
        let encoded = EncodedText { ids: vec![1; 8], ranges: (0..8).map(|at| at..at + 1).collect() };
        let shape = Shape { max_length: Some(6), padding: Padding::Tokens(0), pad_id: 0 };
        let text = "xabxcxab".to_owned();
        let sequence = Sequence::new(text.clone(), encoded, turns::unread(&text), shape);
        search.look_at(Some(&sequence));
        assert_eq!(search.matches(), [1..3, 4..5]);
        assert_eq!([0, 1, 2, 3, 4].map(|at| search.at(&(at..at + 1))), [None, Some(1), Some(1), None, Some(2)]);
        assert_eq!(
            (search.beyond(&(0..1), Direction::Forward), search.beyond(&(1..2), Direction::Forward)),
            (Some(1), Some(4))
        );
        assert_eq!(
            (search.beyond(&(4..5), Direction::Backward), search.beyond(&(1..2), Direction::Backward)),
            (Some(1), None)
        );
        assert_eq!((search.first(Direction::Forward), search.first(Direction::Backward)), (Some(1), Some(4)));
        search.look_at(None);
        assert_eq!(search.first(Direction::Forward), None);
    }
}
