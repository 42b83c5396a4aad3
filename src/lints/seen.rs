//! Hashes of what records say, to find again what was met before.

use super::{RecordPlace, RecordView};
use crate::conversation::Choice;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use xxhash_rust::xxh3::Xxh3;

/// One record: a hash of 16 bytes, and where it stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Print {
    hash: (u64, u64),
    file: u32,
    number: u32,
    line: u32,
}

/// The records met so far. It grows by 32 bytes for each.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Seen {
    files: Vec<String>,
    prints: Vec<Print>,
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
        let hash = hasher.digest128();
        let hash = ((hash >> 64) as u64, hash as u64);
        let print = Print { hash, file: 0, number: view.raw.number as u32, line: view.raw.line as u32 };
        Self { files: vec![view.raw.file.to_string()], prints: vec![print] }
    }

    /// Takes in the records after these.
    pub fn merge(&mut self, later: Self) {
        let places: Vec<u32> = later.files.into_iter().map(|file| self.place_of(file)).collect();
        let moved = later.prints.into_iter().map(|print| Print { file: places[print.file as usize], ..print });
        self.prints.extend(moved);
    }

    fn place_of(&mut self, file: String) -> u32 {
        let known = self.files.iter().rposition(|known| *known == file);
        known.unwrap_or_else(|| {
            self.files.push(file);
            self.files.len() - 1
        }) as u32
    }

    /// Every record that has the hash of an earlier one, in order, with the number of the first.
    pub fn repeated(mut self) -> Vec<(RecordPlace, usize)> {
        self.prints.sort_unstable_by_key(|print| (print.hash, print.number));
        let same = self.prints.chunk_by(|one, other| one.hash == other.hash);
        let mut repeated: Vec<(Print, usize)> =
            same.flat_map(|same| same[1..].iter().map(|print| (*print, same[0].number as usize))).collect();
        repeated.sort_unstable_by_key(|(print, _)| print.number);
        let place = |print: Print| RecordPlace {
            file: Arc::from(self.files[print.file as usize].as_str()),
            number: print.number as usize,
            line: print.line as usize,
            choice: None,
        };
        repeated.into_iter().map(|(print, first)| (place(print), first)).collect()
    }
}

/// The hash of the whole record: its rendered text, and the rejected answer beside it where it has one.
pub(super) fn whole(view: &RecordView<'_>) -> Seen {
    Seen::of(view, |hasher| {
        hasher.update(view.sequence.text.as_bytes());
        if let Some(rejected) = view.conversation.choice.and_then(|_| view.fields()?.get("rejected")) {
            // Writing into a hash cannot fail.
            let _ = serde_json::to_writer(hasher, rejected);
        }
    })
}
