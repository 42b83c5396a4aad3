//! Answers by their length.

use super::Merge;
use serde::{Deserialize, Serialize};

/// Classes of answers by their length: 1, 2, 3–4, 5–8 and so on.
const CLASSES: usize = 33;

/// Answers by their length in tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lengths(Vec<Class>);

/// Answers of similar length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// How many.
    pub answers: usize,
    /// Those in which a token differs.
    pub differing: usize,
    /// Their tokens.
    pub tokens: usize,
    /// The tokens that differ.
    pub differing_tokens: usize,
}

impl Class {
    /// The share of the answers' tokens that differs.
    #[must_use]
    pub fn share(self) -> f64 {
        self.differing_tokens as f64 / self.tokens.max(1) as f64
    }
}

impl Lengths {
    /// Counts one answer; an empty one has nothing to lose.
    pub fn add_answer(&mut self, tokens: usize, differing_tokens: usize) {
        let Some(before) = tokens.checked_sub(1) else { return };
        let class = before.checked_ilog2().map_or(0, |power| power as usize + 1).min(CLASSES - 1);
        let answer = Class { answers: 1, differing: usize::from(differing_tokens > 0), tokens, differing_tokens };
        self.add_class(class, answer);
    }

    fn add_class(&mut self, place: usize, other: Class) {
        if self.0.len() <= place {
            self.0.resize(place + 1, Class::default());
        }
        let own = &mut self.0[place];
        own.answers += other.answers;
        own.differing += other.differing;
        own.tokens += other.tokens;
        own.differing_tokens += other.differing_tokens;
    }

    /// The classes that have answers, each with its shortest and longest length.
    pub fn classes(&self) -> impl Iterator<Item = (usize, usize, Class)> + '_ {
        let bounds = |place: usize| if place == 0 { (1, 1) } else { ((1 << (place - 1)) + 1, 1 << place) };
        let known = self.0.iter().enumerate().filter(|(_, class)| class.answers > 0);
        known.map(move |(place, class)| (bounds(place).0, bounds(place).1, *class))
    }
}

impl Merge for Lengths {
    fn merge(&mut self, later: &Self) {
        later.0.iter().enumerate().for_each(|(place, class)| self.add_class(place, *class));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::law;

    #[test]
    fn parts_add_up() {
        let one = |record: usize| {
            let mut lengths = Lengths::default();
            lengths.add_answer(record * record % 300, record % 3);
            lengths
        };
        law::holds(&Lengths::default(), 40, one);
        law::come_back(&law::all(&Lengths::default(), 0..40, one));
    }

    #[test]
    fn answers_are_classed_by_length() {
        let mut lengths = Lengths::default();
        for (tokens, differing) in [(0, 0), (1, 1), (2, 1), (3, 1), (4, 0), (5, 1), (8, 0), (9, 1)] {
            lengths.add_answer(tokens, differing);
        }
        let classes: Vec<_> =
            lengths.classes().map(|(from, to, class)| (from, to, class.answers, class.differing)).collect();
        assert_eq!(classes, [(1, 1, 1, 1), (2, 2, 1, 1), (3, 4, 2, 1), (5, 8, 2, 1), (9, 16, 1, 1)]);
    }
}
