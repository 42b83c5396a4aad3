//! Sequences packed into rows of one length, as trainers do that waste no token on padding.

use super::Spread;
use std::collections::BTreeMap;

/// How many rows of that many tokens the sequences fill, each in one row: the longest first, each where the least room is
/// left that takes it (best fit decreasing, TRL's `packing_strategy: bfd`). Longer sequences are cut.
///
/// All sequences of one length are put down together, so that it takes no longer than going through them.
#[must_use]
pub fn rows(lengths: &Spread, row: usize) -> usize {
    let mut rows = 0;
    // By the room that is left, how many rows.
    let mut open: BTreeMap<usize, usize> = BTreeMap::new();
    for (length, count) in lengths.iter().rev() {
        let length = length.min(row);
        let mut left = if length == 0 { 0 } else { count };
        while left > 0 {
            let fit = open.range(length..).next().map(|(room, rows)| (*room, *rows));
            let (room, there) = fit.unwrap_or((row, left));
            let each = room / length;
            // Rows that are filled with this length, or the last one that takes what is left.
            let (filled, taken) = if left < each { (1, left) } else { (there.min(left / each), each) };
            left -= filled * taken;
            if fit.is_none() {
                rows += filled;
            } else if filled == there {
                open.remove(&room);
            } else if let Some(there) = open.get_mut(&room) {
                *there -= filled;
            }
            *open.entry(room - taken * length).or_default() += filled;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::law;

    /// One sequence after the other.
    fn plain(mut lengths: Vec<usize>, row: usize) -> usize {
        lengths.sort_unstable_by(|one, other| other.cmp(one));
        let mut rooms: Vec<usize> = Vec::new();
        for length in lengths.into_iter().map(|length| length.min(row)) {
            let best = rooms.iter_mut().filter(|room| **room >= length).min();
            match best {
                Some(room) => *room -= length,
                None => rooms.push(row - length),
            }
        }
        rooms.len()
    }

    #[test]
    fn lengths_together_are_packed_as_one_by_one() {
        for (seed, row) in [(3, 10), (7, 33), (11, 64), (13, 100), (17, 7)] {
            let length = |at: usize| 1 + (at * at * seed + at) % 71;
            let spread = law::all(&Spread::default(), 0..400, |at| Spread::one(length(at)));
            assert_eq!(rows(&spread, row), plain((0..400).map(length).collect(), row), "{seed} {row}");
        }
        assert_eq!(rows(&Spread::default(), 8), 0);
    }
}
