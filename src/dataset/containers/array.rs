//! One JSON array of records, alone in its file or under a key of the object that the file holds.

use std::sync::Arc;

use serde::de::IgnoredAny;

use super::values::{Frame, Values};
use super::{Container, Form, Head, Layout, Start, TextLayout, Verdict};
use crate::dataset::json;

pub(super) const CONTAINER: Container = Container { name: "JSON array", recognise };

/// Keys under which data sets keep their records.
const KEYS: [&[u8]; 9] =
    [b"data", b"train", b"rows", b"records", b"examples", b"samples", b"instances", b"items", b"dataset"];

fn recognise(head: &Head) -> Verdict {
    let Some(first) = head.bytes.iter().position(|byte| !byte.is_ascii_whitespace()) else {
        return Verdict::Unsure;
    };
    let (opening, frame) = match head.bytes[first] {
        b'[' => (first, Frame::Array),
        b'{' => match array_inside(head.bytes, first) {
            Search::Found(opening) => (opening, Frame::ArrayInside),
            Search::Absent => return Verdict::No,
            Search::Unknown => return Verdict::Unsure,
        },
        _ => return Verdict::No,
    };
    match followed(&head.bytes[first..]) {
        // Lines that are arrays each, or records that keep an array under such a key.
        Search::Found(_) => return Verdict::No,
        Search::Unknown if !head.settled => return Verdict::Unsure,
        Search::Absent | Search::Unknown => {}
    }
    let start =
        Start { offset: opening as u64 + 1, line: 1 + memchr::memchr_iter(b'\n', &head.bytes[..opening]).count() };
    Verdict::Yes(Layout::Text(TextLayout {
        start,
        splitter: match frame {
            Frame::ArrayInside => |start| Box::new(Values::new(start, Frame::ArrayInside)),
            _ => |start| Box::new(Values::new(start, Frame::Array)),
        },
        parse: Arc::new(json::parse_object),
        form: Form::Json,
    }))
}

enum Search {
    Found(usize),
    Absent,
    /// The bytes end before it can be told.
    Unknown,
}

/// Whether the first line is a whole JSON value and something follows it.
fn followed(bytes: &[u8]) -> Search {
    let newline = memchr::memchr(b'\n', bytes);
    let (line, rest) = bytes.split_at(newline.unwrap_or(bytes.len()));
    match serde_json::from_slice::<IgnoredAny>(line) {
        Err(error) if newline.is_none() && error.is_eof() => return Search::Unknown,
        Err(_) => return Search::Absent,
        Ok(_) => {}
    }
    rest.iter().position(|byte| !byte.is_ascii_whitespace()).map_or(Search::Unknown, Search::Found)
}

/// The opening bracket of an array of objects under one of [`KEYS`], in the object that begins at `from`.
fn array_inside(bytes: &[u8], from: usize) -> Search {
    search_inside(bytes, from + 1).unwrap_or(Search::Unknown)
}

/// `None` when the bytes end.
fn search_inside(bytes: &[u8], mut at: usize) -> Option<Search> {
    loop {
        at = skip_space(bytes, at)?;
        if bytes[at] != b'"' {
            return Some(Search::Absent);
        }
        let end = skip_value(bytes, at)?;
        // A string that breaks off at the end of its line has no closing quote.
        let Some(key) = bytes.get(at + 1..end - 1) else {
            return Some(Search::Absent);
        };
        at = skip_space(bytes, end)?;
        if bytes[at] != b':' {
            return Some(Search::Absent);
        }
        at = skip_space(bytes, at + 1)?;
        if bytes[at] == b'[' && KEYS.contains(&key) && bytes[skip_space(bytes, at + 1)?] == b'{' {
            return Some(Search::Found(at));
        }
        at = skip_space(bytes, skip_value(bytes, at)?)?;
        if bytes[at] != b',' {
            return Some(Search::Absent);
        }
        at += 1;
    }
}

fn skip_space(bytes: &[u8], at: usize) -> Option<usize> {
    let skip = bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace())?;
    Some(at + skip)
}

/// The place after the value that begins at `at`, by quotes and brackets alone.
fn skip_value(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut place = at;
    while place < bytes.len() {
        match bytes[place] {
            b'\\' if in_string => place += 1,
            b'"' => {
                in_string = !in_string;
                if !in_string && depth == 0 {
                    return Some(place + 1);
                }
            }
            // A line break in a string is no JSON: the record is cut off there.
            b'\n' if in_string => return Some(place),
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return Some(place + depth),
            b'}' | b']' => depth -= 1,
            b',' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => return Some(place),
            _ => {}
        }
        place += 1;
    }
    None
}

/// The place after the first JSON value in `bytes`; `None` if it does not end there.
pub(super) fn end_of_value(bytes: &[u8]) -> Option<usize> {
    skip_value(bytes, skip_space(bytes, 0)?)
}
