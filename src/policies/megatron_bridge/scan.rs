//! Answers by the markers in the ids alone.

use super::super::parts;
use super::family::Markers;
use super::turns::Included;

/// A bit for each id; `None` where the markers are not those of so many answers, or an answer has more than one end.
pub fn bits(ids: &[u32], markers: &Markers, answers: usize, included: Included) -> Option<Vec<bool>> {
    let mut starts: Vec<(usize, &str, usize)> = Vec::new();
    for (role, start) in markers.starts() {
        let mut from = 0;
        while let Some(at) = parts::find(ids, start, from) {
            starts.push((at, role, start.len()));
            from = at + start.len();
        }
    }
    // Of those at one place, the longest.
    starts.sort_by_key(|(at, _, length)| (*at, usize::MAX - length));
    starts.dedup_by_key(|(at, _, _)| *at);
    if starts.iter().filter(|(_, role, _)| *role == "assistant").count() != answers {
        return None;
    }
    let mut bits = vec![false; ids.len()];
    let mut is_found = false;
    for (place, (at, role, length)) in starts.iter().enumerate() {
        if *role != "assistant" {
            continue;
        }
        let start = at + length;
        let limit = starts.get(place + 1).map_or(ids.len(), |(next, _, _)| *next);
        let ends = super::turns::ends(ids, markers, start, limit);
        let Some(first) = ends.iter().min_by_key(|end| (end.at, end.priority)) else { continue };
        if ends.iter().any(|end| end.at != first.at) {
            return None;
        }
        is_found = true;
        if included == Included::Content {
            parts::set(&mut bits, markers.trim(ids, start, first.at)..first.at);
        }
        parts::set(&mut bits, first.at..first.after);
    }
    is_found.then_some(bits)
}
