//! JSON that a terminal can be shown: what is a control character, or invisible, or turns the direction round, is
//! escaped. Whoever parses it gets the same text.

use crate::paint::is_hidden;
use serde::Serialize;
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// Writes a value as compact JSON.
///
/// # Errors
/// What writing gives.
pub fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(out, Escaping)).map_err(io::Error::from)
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|(_, character)| is_hidden(*character)) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + character.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_escaped_and_comes_back() {
        let text = "夏 \u{1b}[0m \u{9b} \u{202e} \u{200d} \u{e0041} plain";
        let mut json = Vec::new();
        write(&mut json, &text).unwrap();
        let json = String::from_utf8(json).unwrap();
        assert_eq!(json, r#""夏 \u001b[0m \u009b \u202e \u200d \udb40\udc41 plain""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
