//! Hashes of what records say, to find again what was met before.

mod kept;
mod written;

use super::{RecordPlace, RecordView};
use crate::conversation::Choice;
use kept::Kept;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::HashSet;
use std::io;
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

/// The records met so far, each with a hash of what it is compared by. A record takes 16 bytes, and 4 more where records are
/// marked; what is more than a few MB stands in a temporary file.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "Written")]
pub(super) struct Seen {
    files: Vec<Arc<str>>,
    stretches: Vec<Stretch>,
    hashes: Kept<16>,
    /// A part of another hash of each record, so that copies are known; empty where nobody asks for them.
    marks: Kept<4>,
}

/// A record among those that are compared with each other.
struct Met {
    hash: u128,
    mark: Option<u32>,
    place: Stretch,
}

/// How many records are compared at once at least: they take 48 bytes each.
const AT_ONCE: usize = if cfg!(test) { 3 } else { 1 << 19 };

/// How often all records are gone through at most.
const MOST_ROUNDS: usize = 16;

/// What is done with records that are copies of an earlier one, which is known where they are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copies {
    Kept,
    LeftOut,
}

impl Serialize for Seen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::of(self).map_err(serde::ser::Error::custom)?.serialize(serializer)
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
        let mut seen = Self { files: vec![view.raw.file.clone()], stretches: vec![stretch], ..Self::default() };
        seen.hashes.extend(&[hasher.digest128().to_le_bytes()]);
        seen
    }

    /// The same with a mark, by which copies are known: records for which `mark` feeds the same to the hash.
    pub fn marked(view: &RecordView<'_>, read: impl FnOnce(&mut Xxh3), mark: impl FnOnce(&mut Xxh3)) -> Self {
        let mut seen = Self::of(view, read);
        if !seen.hashes.is_empty() {
            let mut hasher = Xxh3::new();
            mark(&mut hasher);
            seen.marks.extend(&[(hasher.digest() as u32).to_le_bytes()]);
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
        self.hashes.append(later.hashes);
        self.marks.append(later.marks);
    }

    fn place_of(&mut self, file: Arc<str>) -> u32 {
        let known = self.files.iter().rposition(|known| *known == file);
        known.unwrap_or_else(|| {
            self.files.push(file);
            self.files.len() - 1
        }) as u32
    }

    /// Every record that has the hash of an earlier one, in order, with the number of the first.
    ///
    /// # Errors
    /// What reading the temporary file gives.
    pub fn repeated(&self, copies: Copies) -> io::Result<impl Iterator<Item = (RecordPlace, usize)>> {
        let rounds = self.hashes.len().div_ceil(AT_ONCE).min(MOST_ROUNDS);
        let mut repeated = Vec::new();
        for round in 0..rounds {
            let mut met = self.share(round, rounds)?;
            met.sort_unstable_by_key(|met| (met.hash, met.place.number));
            for same in met.chunk_by(|one, other| one.hash == other.hash).filter(|same| same.len() > 1) {
                let mut known: HashSet<u32> = HashSet::new();
                for (at, met) in same.iter().enumerate() {
                    let is_copy = met.mark.is_some_and(|mark| !known.insert(mark));
                    if at > 0 && (copies == Copies::Kept || !is_copy) {
                        repeated.push((met.place, same[0].place.number));
                    }
                }
            }
        }
        repeated.sort_unstable_by_key(|(stretch, _)| stretch.number);
        Ok(repeated.into_iter().map(|(stretch, first)| (self.place(stretch), first as usize)))
    }

    /// The records of one of equal shares of all hashes: those of one hash are together.
    fn share(&self, share: usize, shares: usize) -> io::Result<Vec<Met>> {
        let mut places = self.stretches.iter().flat_map(|stretch| (0..stretch.count).map(|count| stretch.after(count)));
        let mut marks = self.marks.read();
        let mut met = Vec::new();
        for hashes in self.hashes.read() {
            let marks = if self.marks.is_empty() { None } else { marks.next().transpose()? };
            for (at, hash) in hashes?.iter().enumerate() {
                let (hash, place) = (u128::from_le_bytes(*hash), places.next().expect("each record has its place"));
                if ((hash >> 64) * shares as u128) >> 64 == share as u128 {
                    let mark = marks.as_ref().map(|marks| u32::from_le_bytes(marks[at]));
                    met.push(Met { hash, mark, place });
                }
            }
        }
        Ok(met)
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
            let mut one = Seen { files: vec![Arc::from("a.jsonl")], stretches: vec![stretch], ..Seen::default() };
            one.hashes.extend(&[hash.to_le_bytes()]);
            one.marks.extend(&[mark.to_le_bytes()]);
            all.merge(one);
        }
        all
    }

    fn numbers(seen: &Seen, copies: Copies) -> Vec<(usize, usize, usize)> {
        seen.repeated(copies).unwrap().map(|(place, first)| (place.number, place.line, first)).collect()
    }

    #[test]
    fn what_was_met_before_is_found_with_its_place() {
        let seen = seen(&[(7, 1, 1, 1), (8, 2, 2, 2), (7, 1, 3, 5), (7, 4, 4, 6), (8, 5, 5, 7), (7, 4, 6, 8)]);
        assert_eq!(seen.stretches.len(), 2, "{seen:?}");
        assert_eq!(numbers(&seen, Copies::Kept), [(3, 5, 1), (4, 6, 1), (5, 7, 2), (6, 8, 1)]);
        assert_eq!(numbers(&seen, Copies::LeftOut), [(4, 6, 1), (5, 7, 2)]);
    }

    #[test]
    fn many_are_compared_in_several_rounds() {
        let hash_of = |number: u32| u128::from(number % 7) << 125 | u128::from(number % 3);
        let records: Vec<_> = (1..=50).map(|number| (hash_of(number), number % 5, number, number)).collect();
        let first = |hash: u128| records.iter().find(|record| record.0 == hash).map_or(0, |record| record.2);
        let expected: Vec<_> = records
            .iter()
            .map(|(hash, _, number, line)| (*number as usize, *line as usize, first(*hash) as usize))
            .filter(|(number, _, first)| number != first)
            .collect();
        assert_eq!(numbers(&seen(&records), Copies::Kept), expected);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let seen = seen(&[(u128::MAX - 1, 1, 1, 1), (1 << 100, u32::MAX, 2, 2), (3, 3, 9, 12)]);
        let written = serde_json::to_value(&seen).unwrap();
        assert_eq!(written["records"], serde_json::json!([[0, 1, 1, 2], [0, 9, 12, 1]]));
        let read: Seen = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), written);
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
