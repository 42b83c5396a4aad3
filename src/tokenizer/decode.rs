//! Ids back to text, each with the bytes that it stands for.

use super::EncodedText;
use std::ops::Range;

/// A text put together from the bytes of its tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecodedText {
    /// The text, with U+FFFD for each run of bytes that is no character.
    pub text: String,
    /// The ids with their byte ranges in it.
    pub encoded: EncodedText,
}

/// Joins the bytes of tokens. Ranges are of whole characters: tokens that are parts of one character share its range.
pub(super) fn join(tokens: impl Iterator<Item = (u32, Vec<u8>)>) -> DecodedText {
    let (mut ids, mut bytes, mut raw) = (Vec::new(), Vec::new(), Vec::new());
    for (id, mut token) in tokens {
        let start = bytes.len();
        bytes.append(&mut token);
        ids.push(id);
        raw.push(start..bytes.len());
    }
    let (text, replaced) = text_of(&bytes);
    let ranges = raw.iter().map(|range| characters_around(&text, range, &replaced)).collect();
    DecodedText { text, encoded: EncodedText { ids, ranges } }
}

/// A range of bytes that are no character, and the range of the text that stands for them.
type Replaced = (Range<usize>, Range<usize>);

/// The text of some bytes, and where bytes that are no character were replaced: their range, and that in the text.
fn text_of(bytes: &[u8]) -> (String, Vec<Replaced>) {
    let (mut text, mut replaced, mut at) = (String::with_capacity(bytes.len()), Vec::new(), 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        let length = chunk.invalid().len();
        if length > 0 {
            let start = text.len();
            text.push(char::REPLACEMENT_CHARACTER);
            replaced.push((at..at + length, start..text.len()));
            at += length;
        }
    }
    (text, replaced)
}

/// The range in the text of the characters that a range of bytes has a part in.
fn characters_around(text: &str, raw: &Range<usize>, replaced: &[(Range<usize>, Range<usize>)]) -> Range<u32> {
    // What stands before a position: the last replacement that starts at or before it decides how far it is shifted.
    let place = |byte: usize| -> Result<Range<usize>, usize> {
        let before = replaced.partition_point(|(bytes, _)| bytes.start <= byte);
        match before.checked_sub(1).map(|last| &replaced[last]) {
            Some((bytes, characters)) if byte < bytes.end => Ok(characters.clone()),
            Some((bytes, characters)) => Err(byte - bytes.end + characters.end),
            None => Err(byte),
        }
    };
    let start = match place(raw.start) {
        Ok(replacement) => replacement.start,
        Err(at) => text.floor_char_boundary(at),
    };
    if raw.is_empty() {
        return start as u32..start as u32;
    }
    let end = match place(raw.end - 1) {
        Ok(replacement) => replacement.end,
        Err(at) => text.ceil_char_boundary(at + 1),
    };
    start as u32..end as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(tokens: &[&[u8]]) -> (String, Vec<Range<u32>>) {
        let joined = join(tokens.iter().map(|bytes| (1, bytes.to_vec())));
        (joined.text, joined.encoded.ranges)
    }

    #[test]
    fn parts_of_a_character_share_its_range() {
        let summer = "夏".as_bytes();
        let (text, ranges) = joined(&[b"a", &summer[..1], &summer[1..], b"bc"]);
        assert_eq!((text.as_str(), ranges), ("a夏bc", vec![0..1, 1..4, 1..4, 4..6]));
        let (_, ranges) = joined(&[&[b"a", &summer[..2]].concat(), &summer[2..]]);
        assert_eq!(ranges, [0..4, 1..4]);
    }

    #[test]
    fn bytes_that_are_no_character_are_replaced() {
        let summer = "夏".as_bytes();
        let (text, ranges) = joined(&[b"a", &summer[..2], b"b", b"", &[0xFF], &[0xFE], "天".as_bytes()]);
        assert_eq!(text, "a\u{FFFD}b\u{FFFD}\u{FFFD}天");
        assert_eq!(ranges, [0..1, 1..4, 4..5, 5..5, 5..8, 8..11, 11..14]);
    }
}
