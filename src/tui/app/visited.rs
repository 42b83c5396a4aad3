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

    /// The place so many before this one, or the first.
    pub(in crate::tui) fn back(&mut self, from: Place, times: usize) -> Option<Place> {
        turn(&mut self.back, &mut self.onward, from, times)
    }

    /// The place so many after this one, or the last, once the reader has gone back.
    pub(in crate::tui) fn onward(&mut self, from: Place, times: usize) -> Option<Place> {
        turn(&mut self.onward, &mut self.back, from, times)
    }
}

fn turn(out_of: &mut Vec<Place>, into: &mut Vec<Place>, from: Place, times: usize) -> Option<Place> {
    let mut place = None;
    for _ in 0..times {
        let Some(next) = out_of.pop() else { break };
        into.push(place.replace(next).unwrap_or(from));
    }
    place
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
        assert_eq!((visited.back(place(9), 1), visited.back(place(3), 1)), (Some(place(3)), Some(place(0))));
        assert_eq!((visited.back(place(0), 1), visited.onward(place(0), 1)), (None, Some(place(3))));
        assert_eq!(visited.onward(place(3), 1), Some(place(9)));
        // Several at once, as far as there are any.
        assert_eq!((visited.back(place(9), 5), visited.onward(place(0), 2)), (Some(place(0)), Some(place(9))));
        // A new jump ends the way onward.
        visited.back(place(9), 1);
        visited.leave(place(5));
        assert_eq!(visited.onward(place(1), 1), None);
        visited.mark('a', place(4));
        assert_eq!((visited.marked('a'), visited.marked('b')), (Some(place(4)), None));
    }
}
