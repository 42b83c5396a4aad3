//! One JSON value from its bytes, with errors that say what to do.

use serde_json::Value;

use crate::error::{Place, RecordError};
use crate::json;

const SEVERAL_LINES: &str = "a JSON value spread over several lines? JSON lines need each record whole on one line \
                             (jq -c . writes it so)";
const CUT_OFF: &str = "the record is cut off: was the file written or downloaded completely?";
const PYTHON: &str = "this looks like Python's repr, not JSON: write records with json.dumps(record)";

/// Parses a record that stands on one line. `line` is its number in the file, from 1.
pub(super) fn parse_line(bytes: &[u8], line: usize) -> Result<Value, RecordError> {
    parse(bytes, line, Some(SEVERAL_LINES))
}

/// Parses a record that may spread over lines. `line` is the line of the file, from 1, in which it begins.
pub(super) fn parse_object(bytes: &[u8], line: usize) -> Result<Value, RecordError> {
    parse(bytes, line, None)
}

/// `spread` is the hint for a record that looks like a piece of a larger value.
fn parse(bytes: &[u8], line: usize, spread: Option<&'static str>) -> Result<Value, RecordError> {
    let text = std::str::from_utf8(bytes).map_err(|error| utf8_error(bytes, error))?;
    match json::parse(text) {
        Ok(value @ Value::Object(_)) if json::literal(&value).is_none() => Ok(value),
        Ok(other) => Err(not_object(&other)),
        Err(error) => Err(explain(text, line, spread, &error)),
    }
}

pub(super) fn utf8_error(bytes: &[u8], error: std::str::Utf8Error) -> RecordError {
    let position = error.valid_up_to();
    let hint = if bytes.contains(&0) {
        "this looks like a binary file or UTF-16: convert text with iconv -f UTF-16 -t UTF-8"
    } else if error.error_len().is_none() {
        "the record is cut off inside a character"
    } else {
        "convert the file to UTF-8 (iconv -f GB18030 -t UTF-8, or the encoding it has)"
    };
    RecordError::Utf8 { byte: position + 1, value: bytes[position], hint }
}

fn not_object(value: &Value) -> RecordError {
    let (found, hint) = match value {
        Value::Array(_) => {
            ("an array", "write one object per line; if these are messages, wrap them: {\"messages\": […]}")
        }
        Value::String(_) => ("a string", "if it holds JSON, it was encoded twice: write the object itself"),
        _ if json::literal(value).is_some() => ("a number", "write one object per line"),
        Value::Number(_) => ("a number", "write one object per line"),
        Value::Bool(_) => ("true or false", "write one object per line"),
        Value::Null => ("null", "remove the line or write an object"),
        Value::Object(_) => ("an object", ""),
    };
    RecordError::NotObject { found, hint }
}

fn explain(text: &str, line: usize, spread: Option<&'static str>, error: &serde_json::Error) -> RecordError {
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

fn hint(
    text: &str,
    reason: &str,
    rest: &str,
    spread: Option<&'static str>,
    error: &serde_json::Error,
) -> Option<&'static str> {
    let trimmed = text.trim();
    if trimmed.starts_with("version https://git-lfs") {
        return Some("this is a Git LFS pointer, not the data: run git lfs pull, or download the file itself");
    }
    if trimmed.starts_with('<') {
        return Some("this looks like an HTML or XML page: was an error page saved instead of the file?");
    }
    if trimmed.is_empty() {
        return Some("an element is missing between two commas or before the closing bracket");
    }
    if ["'", "None", "True", "False"].iter().any(|start| rest.starts_with(start)) {
        return Some(PYTHON);
    }
    if error.is_eof() {
        let open = trimmed.ends_with(['{', '[', ',']);
        return spread.filter(|_| open).or(Some(CUT_OFF));
    }
    if reason.starts_with("trailing comma") {
        return Some("remove the comma before the closing bracket");
    }
    if reason.starts_with("control character") {
        return Some("inside a string a line break is written \\n and a tab \\t");
    }
    if reason.starts_with("trailing characters") {
        return Some(match rest.chars().next() {
            Some('{' | '[') => "two values stand together: separate them (JSON lines: each on its own line)",
            Some(',') => "a comma after the record: JSON lines have none between records",
            Some(':') => return spread,
            _ => "only one value may stand here",
        });
    }
    if trimmed.starts_with(['}', ']']) {
        return spread;
    }
    if !trimmed.starts_with(['{', '[', '"']) {
        return Some("a record is a JSON object {…}");
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
            [("[1]", "an array"), ("\"a\"", "a string"), ("3", "a number"), ("true", "true or false"), ("null", "null")]
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
