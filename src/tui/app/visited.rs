//! Places that the reader comes back to: marks, and those that were jumped from.

use std::collections::BTreeMap;

/// Older places are forgotten.
const MOST: usize = 100;

/// A token of a record, both counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The record.
    pub record: usize,
    /// The token.
    pub token: usize,
}

/// Places that the reader comes back to.
#[derive(Debug, Clone, Default)]
pub struct Visited {
    marks: BTreeMap<char, Place>,
    back: Vec<Place>,
    onward: Vec<Place>,
}

impl Visited {
    pub(in crate::tui) fn mark(&mut self, letter: char, place: Place) {
        self.marks.insert(letter, place);
    }

    /// The place of a mark.
    #[must_use]
    pub fn marked(&self, letter: char) -> Option<Place> {
        self.marks.get(&letter).copied()
    }

    /// Remembers the place that is jumped from.
    pub(in crate::tui) fn leave(&mut self, place: Place) {
        if self.back.last() != Some(&place) {
            self.back.push(place);
        }
        if self.back.len() > MOST {
            self.back.remove(0);
        }
        self.onward.clear();
    }

    /// The place before this one.
    pub(in crate::tui) fn back(&mut self, from: Place) -> Option<Place> {
        turn(&mut self.back, &mut self.onward, from)
    }

    /// The place after this one, once the reader has gone back.
    pub(in crate::tui) fn onward(&mut self, from: Place) -> Option<Place> {
        turn(&mut self.onward, &mut self.back, from)
    }
}

fn turn(out_of: &mut Vec<Place>, into: &mut Vec<Place>, from: Place) -> Option<Place> {
    let place = out_of.pop()?;
    into.push(from);
    Some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_and_onward_again() {
        let place = |record| Place { record, token: 7 };
        let mut visited = Visited::default();
        visited.leave(place(0));
        visited.leave(place(3));
        assert_eq!((visited.back(place(9)), visited.back(place(3))), (Some(place(3)), Some(place(0))));
        assert_eq!((visited.back(place(0)), visited.onward(place(0))), (None, Some(place(3))));
        assert_eq!(visited.onward(place(3)), Some(place(9)));
        // A new jump ends the way onward.
        visited.back(place(9));
        visited.leave(place(5));
        assert_eq!(visited.onward(place(1)), None);
        visited.mark('a', place(4));
        assert_eq!((visited.marked('a'), visited.marked('b')), (Some(place(4)), None));
    }
}
