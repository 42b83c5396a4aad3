//! What every [`Merge`] has to keep, for the tests of each.

use super::Merge;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::ops::Range;

/// The figures of records one after the other, beginning with those of none.
pub(super) fn all<T: Clone + Merge>(none: &T, records: Range<usize>, one: impl Fn(usize) -> T) -> T {
    let mut sum = none.clone();
    records.for_each(|record| sum.merge(&one(record)));
    sum
}

/// Whether figures of parts add up to those of the whole, wherever the parts begin, and in whatever order neighbours are
/// added.
#[track_caller]
pub(super) fn holds<T: Clone + Merge + Debug + PartialEq>(none: &T, records: usize, one: impl Fn(usize) -> T) {
    let whole = all(none, 0..records, &one);
    assert_ne!(&whole, none, "something is counted");
    let edges = [0, 1, 2, 7, 8, records / 3, records / 2, records - 9, records - 1, records];
    for (from, to) in edges.into_iter().flat_map(|from| edges.map(|to| (from, to))).filter(|(from, to)| from <= to) {
        let [first, middle, last] = [0..from, from..to, to..records].map(|part| all(none, part, &one));
        let mut left = first.clone();
        left.merge(&middle);
        left.merge(&last);
        let mut right = middle;
        right.merge(&last);
        let mut from_right = first;
        from_right.merge(&right);
        assert_eq!((&left, &from_right), (&whole, &whole), "parts at {from} and {to} of {records}");
    }
}

/// Whether figures that are written come back.
#[track_caller]
pub(super) fn come_back<T: Debug + PartialEq + Serialize + DeserializeOwned>(figures: &T) {
    let written = serde_json::to_string(figures).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&written).unwrap(), figures);
}
