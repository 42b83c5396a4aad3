//! Byte ranges found again from ids: the bytes of the tokens, laid end to end, are the text.
//!
//! Where they are not, because a normaliser or a decoder changes them, and where the ranges were found to differ from the
//! reference's, the reference is asked instead.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// No vocabulary has more entries; a file that says so is left to the reference.
const MOST_IDS: u32 = 1 << 22;

/// Bytes that are compared at once, which nearly every token has no more of.
const AT_ONCE: usize = 16;

/// The bytes of every token, one after the other.
#[derive(Debug, Default)]
struct Bytes {
    /// With so many more behind them as are compared at once.
    joined: Vec<u8>,
    /// Where each id's bytes end.
    ends: Vec<u32>,
}

/// What finds ranges, and whether it may still be trusted.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    bytes: OnceLock<Bytes>,
    differs: AtomicBool,
}

impl Ranges {
    /// The ranges of the tokens of a text, by `bytes_of` for every id below `size()`; `None` where the reference has to be
    /// asked.
    pub(super) fn of(
        &self,
        text_and_ids: (&str, &[u32]),
        size: impl Fn() -> u32,
        bytes_of: impl Fn(u32) -> Vec<u8>,
    ) -> Option<Vec<Range<u32>>> {
        if self.differs.load(Ordering::Relaxed) {
            return None;
        }
        self.found(text_and_ids, size, bytes_of)
    }

    /// Compares what would be found with the ranges that the reference gives; after one difference, it is always asked.
    pub(super) fn compare(
        &self,
        text_and_ids: (&str, &[u32]),
        size: impl Fn() -> u32,
        bytes_of: impl Fn(u32) -> Vec<u8>,
        reference: &[Range<u32>],
    ) {
        if self.of(text_and_ids, size, bytes_of).is_some_and(|found| found != reference) {
            self.differs.store(true, Ordering::Relaxed);
        }
    }

    /// The ranges by the bytes of the tokens; `None` where the tokens are not the text.
    pub(super) fn found(
        &self,
        (text, ids): (&str, &[u32]),
        size: impl Fn() -> u32,
        bytes_of: impl Fn(u32) -> Vec<u8>,
    ) -> Option<Vec<Range<u32>>> {
        self.bytes.get_or_init(|| Bytes::of(size(), bytes_of)).lay(text, ids)
    }
}

impl Bytes {
    fn of(size: u32, bytes_of: impl Fn(u32) -> Vec<u8>) -> Self {
        let mut table = Self::default();
        for id in 0..size.min(MOST_IDS) {
            table.joined.extend(bytes_of(id));
            table.ends.push(table.joined.len() as u32);
        }
        table.joined.extend([0; AT_ONCE]);
        table
    }

    /// Where the bytes of an id stand.
    fn place(&self, id: u32) -> Option<Range<usize>> {
        let end = *self.ends.get(id as usize)? as usize;
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before as usize] as usize);
        Some(start..end)
    }

    /// Whether the bytes at that place stand at the beginning of a text.
    fn stand_in(&self, place: Range<usize>, text: &[u8]) -> bool {
        let first = |bytes: &[u8]| bytes.first_chunk::<AT_ONCE>().map(|bytes| u128::from_le_bytes(*bytes));
        match (first(&self.joined[place.start..]), first(text)) {
            (Some(own), Some(there)) if (1..=AT_ONCE).contains(&place.len()) => {
                (own ^ there) << (8 * (AT_ONCE - place.len())) == 0
            }
            _ => text.starts_with(&self.joined[place]),
        }
    }

    /// The range of whole characters that each token has a part in; `None` where the tokens are not the text.
    fn lay(&self, text: &str, ids: &[u32]) -> Option<Vec<Range<u32>>> {
        let whole = text.as_bytes();
        // Where the next token begins, and where its first character does.
        let (mut at, mut start) = (0, 0);
        let mut ranges = Vec::with_capacity(ids.len());
        for id in ids {
            let own = self.place(*id)?;
            let end = at + own.len();
            if own.is_empty() || !self.stand_in(own, whole.get(at..)?) {
                return None;
            }
            at = end;
            if text.is_char_boundary(end) {
                ranges.push(start as u32..end as u32);
                start = end;
            } else {
                ranges.push(start as u32..text.ceil_char_boundary(end) as u32);
                start = text.floor_char_boundary(end);
            }
        }
        (at == whole.len()).then_some(ranges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(id: u32) -> Vec<u8> {
        [b"a".to_vec(), "夏".as_bytes()[..2].to_vec(), "夏".as_bytes()[2..].to_vec(), b" b".to_vec()][id as usize]
            .clone()
    }

    fn ranges(text: &str, ids: &[u32]) -> Option<Vec<Range<u32>>> {
        Bytes::of(4, bytes).lay(text, ids)
    }

    #[test]
    fn tokens_of_one_character_share_its_range() {
        assert_eq!(ranges("a夏 b", &[0, 1, 2, 3]).unwrap(), [0..1, 1..4, 1..4, 4..6]);
    }

    #[test]
    fn bytes_are_compared_whatever_their_number() {
        let token = |id: u32| vec![b'a' + id as u8; id as usize];
        let table = Bytes::of(40, token);
        for id in 1..40 {
            let place = table.place(id).unwrap();
            for more in [0, 1, 20] {
                let mut text = token(id);
                text.extend(vec![b'z'; more]);
                assert!(table.stand_in(place.clone(), &text), "{id} and {more}");
                for other in 0..id as usize {
                    text[other] ^= 0x80;
                    assert!(!table.stand_in(place.clone(), &text), "{id} and {more} but {other}");
                    text[other] ^= 0x80;
                }
            }
            assert!(!table.stand_in(place, &token(id)[1..]));
        }
    }

    #[test]
    fn tokens_that_are_not_the_text_have_no_ranges() {
        assert_eq!(ranges("a b", &[0, 0]), None);
        assert_eq!(ranges("a b", &[0]), None);
        assert_eq!(ranges("a", &[0, 3]), None);
        assert_eq!(ranges("a", &[9]), None);
    }

    #[test]
    fn one_difference_goes_back_to_the_reference() {
        let finder = Ranges::default();
        let compare = |reference: Range<u32>| finder.compare(("a", &[0]), || 4, bytes, &[reference]);
        let found = || finder.of(("a", &[0]), || 4, bytes);
        compare(0..1);
        assert_eq!(found(), Some(std::iter::once(0..1).collect()));
        compare(0..0);
        assert_eq!(found(), None);
    }
}
