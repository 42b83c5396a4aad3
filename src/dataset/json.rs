//! One JSON value from its bytes, with errors that say what to do.

use serde_json::Value;

use crate::error::{JsonHint, Kind, Place, RecordError, Utf8Hint};
use crate::json;

/// Parses a record that stands on one line. `line` is its number in the file, from 1.
pub(super) fn parse_line(bytes: &[u8], line: usize) -> Result<Value, RecordError> {
    parse(bytes, line, Some(JsonHint::SeveralLines))
}

/// Parses a record that may spread over lines. `line` is the line of the file, from 1, in which it begins.
pub(super) fn parse_object(bytes: &[u8], line: usize) -> Result<Value, RecordError> {
    parse(bytes, line, None)
}

/// `spread` is the hint for a record that looks like a piece of a larger value.
fn parse(bytes: &[u8], line: usize, spread: Option<JsonHint>) -> Result<Value, RecordError> {
    let text = match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => text,
        // The quick check does not say where.
        Err(_) => std::str::from_utf8(bytes).map_err(|error| utf8_error(bytes, error))?,
    };
    match json::parse(text) {
        Ok(value @ Value::Object(_)) if json::literal(&value).is_none() => Ok(value),
        Ok(other) => Err(RecordError::NotObject { found: Kind::of(&other) }),
        // Latin letters of UTF-16 are UTF-8 too, with zeros between them.
        Err(_) if looks_like_utf16(bytes) => {
            let zero = bytes.iter().position(|byte| *byte == 0).unwrap_or_default();
            Err(RecordError::Utf8 { byte: zero + 1, value: 0, hint: Utf8Hint::Utf16 })
        }
        Err(error) => Err(explain(text, line, spread, &error)),
    }
}

pub(super) fn utf8_error(bytes: &[u8], error: std::str::Utf8Error) -> RecordError {
    let position = error.valid_up_to();
    let hint = if looks_like_utf16(bytes) {
        Utf8Hint::Utf16
    } else if bytes.contains(&0) {
        Utf8Hint::Binary
    } else if error.error_len().is_none() {
        Utf8Hint::CutOff
    } else {
        Utf8Hint::OtherEncoding
    };
    RecordError::Utf8 { byte: position + 1, value: bytes[position], hint }
}

/// Whether zeros stand at every second place only, and JSON's signs of ASCII beside them.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // A tenth is what an answer in Chinese leaves of brackets, keys and quotation marks.
    even.min(odd) == 0 && even.max(odd) * 20 > bytes.len()
}

fn explain(text: &str, line: usize, spread: Option<JsonHint>, error: &serde_json::Error) -> RecordError {
    let at = json::offset(text, error);
    let place = place_of(text, line, at);
    if let Some(literal) = json::non_finite(text, at) {
        return RecordError::NonFinite { literal, place };
    }
    let rest = &text[at..];
    let message = error.to_string();
    let reason = message.rfind(" at line ").map_or(message.as_str(), |end| &message[..end]);
    if reason.starts_with("recursion limit") {
        return RecordError::TooDeep { place };
    }
    if reason.contains("surrogate") || reason.contains("end of hex escape") {
        return RecordError::LoneSurrogate { place };
    }
    RecordError::Json { reason: reason.to_owned(), place, hint: hint(text, reason, rest, spread, error) }
}

fn hint(text: &str, reason: &str, rest: &str, spread: Option<JsonHint>, error: &serde_json::Error) -> Option<JsonHint> {
    let trimmed = text.trim();
    if trimmed.starts_with("version https://git-lfs") {
        return Some(JsonHint::GitLfs);
    }
    if trimmed.starts_with('<') {
        return Some(JsonHint::Html);
    }
    if trimmed.is_empty() {
        return Some(JsonHint::MissingElement);
    }
    if ["'", "None", "True", "False"].iter().any(|start| rest.starts_with(start)) {
        return Some(JsonHint::Python);
    }
    if error.is_eof() {
        let open = trimmed.ends_with(['{', '[', ',']);
        return spread.filter(|_| open).or(Some(JsonHint::CutOff));
    }
    if reason.starts_with("trailing comma") {
        return Some(JsonHint::TrailingComma);
    }
    if reason.starts_with("control character") {
        return Some(JsonHint::ControlCharacter);
    }
    if reason.starts_with("trailing characters") {
        return Some(match rest.chars().next() {
            Some('{' | '[') => JsonHint::TwoValues,
            Some(',') => JsonHint::CommaAfter,
            Some(':') => return spread,
            _ => JsonHint::OneValue,
        });
    }
    if trimmed.starts_with(['}', ']']) {
        return spread;
    }
    if !trimmed.starts_with(['{', '[', '"']) {
        return Some(JsonHint::Object);
    }
    None
}

fn place_of(text: &str, first_line: usize, at: usize) -> Place {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let spread = text.trim_end().contains('\n');
    Place {
        line: spread.then(|| first_line + memchr::memchr_iter(b'\n', before.as_bytes()).count()),
        column: before[line_start..].chars().count() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        parse_line(text.as_bytes(), 7).expect_err(text).to_string()
    }

    #[test]
    fn objects_are_accepted_and_the_last_of_two_equal_keys_wins() {
        let value = parse_object(br#"{"b":1,"a":2,"b":3}"#, 1).unwrap();
        assert_eq!(value.to_string(), r#"{"b":3,"a":2}"#);
    }

    #[test]
    fn python_repr_is_recognised() {
        assert!(message("{'a': 1}").contains("json.dumps"));
        assert!(message(r#"{"a": None}"#).contains("json.dumps"));
        assert!(message(r#"{"a": True}"#).contains("json.dumps"));
    }

    #[test]
    fn numbers_that_json_does_not_have_are_named() {
        assert!(message(r#"{"a": NaN}"#).contains("NaN at column 7"));
        assert!(message(r#"{"a": Infinity}"#).contains("not JSON: Infinity at column 7"));
        assert!(message(r#"{"a": -Infinity}"#).contains("-Infinity"));
        assert!(message(r#"{"a": [1.0, NaN]}"#).contains("NaN at column 13"));
    }

    #[test]
    fn faults_get_a_hint() {
        assert!(message(r#"{"a": 1,}"#).contains("remove the comma"));
        assert!(message(r#"{"a": "hel"#).contains("cut off"));
        assert!(message(r#"{"a": ["#).contains("several lines"));
        assert!(message("}").contains("several lines"));
        assert!(message(r#""a": 1,"#).contains("several lines"));
        assert!(message(r#"{"a":1}{"a":2}"#).contains("two values"));
        assert!(message(r#"{"a":1},"#).contains("none between records"));
        assert!(message("hello").contains("JSON object"));
        assert!(message("<!DOCTYPE html>").contains("HTML"));
        assert!(message("version https://git-lfs.github.com/spec/v1").contains("git lfs pull"));
        assert!(message("{\"a\": \"x\ty\"}").contains("\\t"));
    }

    #[test]
    fn other_values_say_what_they_are() {
        for (text, found) in
            [("[1]", "a list"), ("\"a\"", "text"), ("3", "a number"), ("true", "true or false"), ("null", "null")]
        {
            assert!(message(text).starts_with(found), "{text}");
        }
    }

    #[test]
    fn columns_count_characters_and_lines_count_from_the_record() {
        assert!(message("{\"夏天\": x}").contains("column 8"));
        assert!(message("{\n\"a\": x\n}").contains("line 8, column 6"));
    }

    #[test]
    fn lone_surrogates_and_depth_are_named() {
        assert!(message(r#"{"a": "\ud83d"}"#).contains("surrogate"));
        assert!(message(r#"{"a": "\ude00 x"}"#).contains("surrogate"));
        assert!(message(&format!("{{\"a\": {}", "[".repeat(100_000))).contains("128"));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_counted_from_one() {
        let error = parse_object(b"{\"a\": \"\xc4\xe3\"}", 1).unwrap_err().to_string();
        assert!(error.contains("0xC4 at byte 8"), "{error}");
        let error = parse_object(b"{\"a\": \"\xe5\xa4", 1).unwrap_err().to_string();
        assert!(error.contains("inside a character"), "{error}");
    }
}
