//! JSON objects one after the other, each spread over several lines, as `jq .` or `json.dump(indent=2)` writes them.

use std::sync::Arc;

use serde::de::IgnoredAny;

use super::array::end_of_value;
use super::values::{Frame, Values};
use super::{Container, Form, Head, Layout, Start, TextLayout, Verdict};
use crate::dataset::json;

pub(super) const CONTAINER: Container = Container { name: "JSON objects over several lines", recognise };

fn recognise(head: &Head) -> Verdict {
    let trimmed = head.bytes.trim_ascii_start();
    match trimmed.first() {
        None => return Verdict::Unsure,
        Some(b'{') => {}
        Some(_) => return Verdict::No,
    }
    let Some(newline) = memchr::memchr(b'\n', trimmed) else {
        return Verdict::Unsure;
    };
    let several_lines = match end_of_value(trimmed) {
        // A first line that is broken is not the same as a value that goes on: only a whole value is a proof.
        Some(end) => end > newline && is_whole(&trimmed[..end]),
        None if !head.settled => return Verdict::Unsure,
        None => is_open(&trimmed[..newline]) && !is_whole(first_line(trimmed[newline..].trim_ascii_start())),
    };
    if !several_lines {
        return Verdict::No;
    }
    Verdict::Yes(Layout::Text(TextLayout {
        start: Start { offset: 0, line: 1 },
        splitter: |start| Box::new(Values::new(start, Frame::Nothing)),
        parse: Arc::new(json::parse_object),
        form: Form::Json,
    }))
}

fn is_whole(value: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(value).is_ok()
}

fn is_open(line: &[u8]) -> bool {
    line.trim_ascii_end().last().is_some_and(|last| b"{[,:".contains(last))
}

fn first_line(bytes: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', bytes).map_or(bytes, |newline| &bytes[..newline])
}
