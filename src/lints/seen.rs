//! Hashes of what records say, to find again what was met before.

mod written;

use super::{RecordPlace, RecordView};
use crate::conversation::Choice;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::HashSet;
use std::sync::Arc;
use written::Written;
use xxhash_rust::xxh3::Xxh3;

/// Neighbouring records: both their numbers and their lines follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    file: u32,
    number: u32,
    line: u32,
    count: u32,
}

/// The records met so far, each with a hash of what it is compared by. It grows by 16 bytes for each, and by 4 more where
/// they are marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub(super) struct Seen {
    files: Vec<Arc<str>>,
    stretches: Vec<Stretch>,
    hashes: Vec<u128>,
    /// A part of the hash of each whole record, so that copies are known; empty where nobody asks for them.
    marks: Vec<u32>,
}

/// What is done with records that are copies of an earlier one, which is known where they are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copies {
    Kept,
    LeftOut,
}

impl Serialize for Seen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(self).serialize(serializer)
    }
}

impl Seen {
    /// One record with what it is compared by, which `read` feeds to the hash. Rejected answers stand beside chosen ones
    /// and are not counted.
    pub fn of(view: &RecordView<'_>, read: impl FnOnce(&mut Xxh3)) -> Self {
        if view.conversation.choice == Some(Choice::Rejected) {
            return Self::default();
        }
        let mut hasher = Xxh3::new();
        read(&mut hasher);
        let stretch = Stretch { file: 0, number: view.raw.number as u32, line: view.raw.line as u32, count: 1 };
        Self {
            files: vec![view.raw.file.clone()],
            stretches: vec![stretch],
            hashes: vec![hasher.digest128()],
            marks: Vec::new(),
        }
    }

    /// The same with a mark, by which copies of whole records are known.
    pub fn marked(view: &RecordView<'_>, read: impl FnOnce(&mut Xxh3)) -> Self {
        let mut seen = Self::of(view, read);
        if !seen.hashes.is_empty() {
            let mut hasher = Xxh3::new();
            whole(view, &mut hasher);
            seen.marks = vec![hasher.digest() as u32];
        }
        seen
    }

    /// Takes in the records after these.
    pub fn merge(&mut self, later: Self) {
        let places: Vec<u32> = later.files.into_iter().map(|file| self.place_of(file)).collect();
        for stretch in later.stretches {
            let stretch = Stretch { file: places[stretch.file as usize], ..stretch };
            match self.stretches.last_mut() {
                Some(last) if last.goes_on_with(stretch) => last.count += stretch.count,
                _ => self.stretches.push(stretch),
            }
        }
        extend(&mut self.hashes, &later.hashes);
        extend(&mut self.marks, &later.marks);
    }

    fn place_of(&mut self, file: Arc<str>) -> u32 {
        let known = self.files.iter().rposition(|known| *known == file);
        known.unwrap_or_else(|| {
            self.files.push(file);
            self.files.len() - 1
        }) as u32
    }

    /// Every record that has the hash of an earlier one, in order, with the number of the first.
    pub fn repeated(&self, copies: Copies) -> Vec<(RecordPlace, usize)> {
        let places = Places::of(&self.stretches);
        let mut order: Vec<u32> = (0..self.hashes.len() as u32).collect();
        order.sort_unstable_by(|one, other| {
            let hash = |at: u32| self.hashes[at as usize];
            hash(*one)
                .cmp(&hash(*other))
                .then_with(|| places.of_entry(*one).number.cmp(&places.of_entry(*other).number))
        });
        let same = order.chunk_by(|one, other| self.hashes[*one as usize] == self.hashes[*other as usize]);
        let mut repeated = Vec::new();
        for same in same.filter(|same| same.len() > 1) {
            let first = places.of_entry(same[0]).number as usize;
            let mut known: HashSet<u32> = HashSet::new();
            for (at, entry) in same.iter().enumerate() {
                let is_copy = self.marks.get(*entry as usize).is_some_and(|mark| !known.insert(*mark));
                if at > 0 && (copies == Copies::Kept || !is_copy) {
                    repeated.push((places.of_entry(*entry), first));
                }
            }
        }
        repeated.sort_unstable_by_key(|(stretch, _)| stretch.number);
        repeated.into_iter().map(|(stretch, first)| (self.place(stretch), first)).collect()
    }

    fn place(&self, stretch: Stretch) -> RecordPlace {
        RecordPlace {
            file: self.files[stretch.file as usize].clone(),
            number: stretch.number as usize,
            line: stretch.line as usize,
            choice: None,
        }
    }
}

impl Stretch {
    /// The records after so many of this one.
    fn after(self, count: u32) -> Self {
        Self { number: self.number + count, line: self.line + count, count: self.count - count, ..self }
    }

    fn goes_on_with(self, next: Self) -> bool {
        let end = self.after(self.count);
        (end.file, end.number, end.line) == (next.file, next.number, next.line)
    }
}

/// Where entries stand, by their places in the lists of hashes.
struct Places<'a> {
    stretches: &'a [Stretch],
    /// The entry that each of them starts with.
    starts: Vec<u32>,
}

impl<'a> Places<'a> {
    fn of(stretches: &'a [Stretch]) -> Self {
        let starts = stretches.iter().scan(0, |next, stretch| {
            let start = *next;
            *next += stretch.count;
            Some(start)
        });
        Self { stretches, starts: starts.collect() }
    }

    fn of_entry(&self, entry: u32) -> Stretch {
        let at = self.starts.partition_point(|start| *start <= entry) - 1;
        self.stretches[at].after(entry - self.starts[at])
    }
}

/// Appends without doubling: there are millions of entries, and the room of a doubled list would stay empty.
fn extend<T: Copy>(list: &mut Vec<T>, more: &[T]) {
    if list.capacity() - list.len() < more.len() {
        list.reserve_exact(more.len().max(list.len() / 8 + 16));
    }
    list.extend_from_slice(more);
}

/// Feeds the whole record to a hash: its rendered text, and the rejected answer beside it where it has one.
pub(super) fn whole(view: &RecordView<'_>, hasher: &mut Xxh3) {
    hasher.update(view.sequence.text.as_bytes());
    if let Some(rejected) = view.conversation.choice.and_then(|_| view.fields()?.get("rejected")) {
        // Writing into a hash cannot fail.
        let _ = serde_json::to_writer(hasher, rejected);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records of one file; each has a hash, a mark, a number and a line.
    fn seen(records: &[(u128, u32, u32, u32)]) -> Seen {
        let mut all = Seen::default();
        for (hash, mark, number, line) in records {
            let stretch = Stretch { file: 0, number: *number, line: *line, count: 1 };
            let (files, stretches) = (vec![Arc::from("a.jsonl")], vec![stretch]);
            all.merge(Seen { files, stretches, hashes: vec![*hash], marks: vec![*mark] });
        }
        all
    }

    fn numbers(seen: &Seen, copies: Copies) -> Vec<(usize, usize, usize)> {
        seen.repeated(copies).into_iter().map(|(place, first)| (place.number, place.line, first)).collect()
    }

    #[test]
    fn what_was_met_before_is_found_with_its_place() {
        let seen = seen(&[(7, 1, 1, 1), (8, 2, 2, 2), (7, 1, 3, 5), (7, 4, 4, 6), (8, 5, 5, 7), (7, 4, 6, 8)]);
        assert_eq!(seen.stretches.len(), 2, "{seen:?}");
        assert_eq!(numbers(&seen, Copies::Kept), [(3, 5, 1), (4, 6, 1), (5, 7, 2), (6, 8, 1)]);
        assert_eq!(numbers(&seen, Copies::LeftOut), [(4, 6, 1), (5, 7, 2)]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let seen = seen(&[(u128::MAX - 1, 1, 1, 1), (1 << 100, u32::MAX, 2, 2), (3, 3, 9, 12)]);
        let written = serde_json::to_value(&seen).unwrap();
        assert_eq!(written["records"], serde_json::json!([[0, 1, 1, 2], [0, 9, 12, 1]]));
        assert_eq!(serde_json::from_value::<Seen>(written.clone()).unwrap(), seen);
        for (key, wrong) in [("files", "[]"), ("records", "[[0,1,1,9]]"), ("hashes", "\"AA==\""), ("marks", "\"AAAA\"")]
        {
            let mut damaged = written.clone();
            damaged[key] = serde_json::from_str(wrong).unwrap();
            assert!(serde_json::from_value::<Seen>(damaged).is_err(), "{key}");
        }
    }

    #[test]
    fn parts_in_any_order_find_the_same() {
        let records = [(7, 1, 1, 1), (8, 2, 2, 2), (7, 1, 3, 3), (7, 4, 4, 4), (8, 5, 5, 5)];
        let whole = seen(&records);
        let mut other = seen(&[records[1], records[4]]);
        other.merge(seen(&[records[0], records[2], records[3]]));
        assert_eq!(numbers(&other, Copies::LeftOut), numbers(&whole, Copies::LeftOut));
    }
}
