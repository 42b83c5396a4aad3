//! JSON as Python reads it: integers of any size, and numbers beyond the range of floats.
//!
//! `serde_json` holds integers of 64 bits; a longer one it would round to a float, and a template would print other
//! digits than the record has. Its feature for exact numbers would change the numbers of every library in the program,
//! some of which cannot read theirs then. So such a number becomes an object of one key that holds its digits, which
//! [`literal`] knows again.

use serde::de::Error as _;
use serde_json::{Error, Value};

use crate::error::FailureKind;
use crate::machine::Machine;
use crate::resolver::Resolution;

/// Begins the one key of an object that stands for a number. It is no character, so texts do not hold it.
const MARK: char = '\u{10fffe}';

/// From here on an integer may have been rounded to a float.
const EXACT: f64 = 9_223_372_036_854_775_808.0;

/// Whether Python takes a value for true.
#[must_use]
pub fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    }
}

/// Parses a JSON text so that no number in it is changed.
///
/// # Errors
/// The parser's, with places in `text`; and one for a key that begins with the character that this module needs.
pub fn parse(text: &str) -> Result<Value, Error> {
    let read = serde_json::from_str::<Value>(text);
    match &read {
        Ok(value) if is_marked(value) => {
            Err(Error::custom("a key begins with U+10FFFE, which is no character; remove it"))
        }
        Ok(value) if !may_be_rounded(value) => read,
        Err(error) if !error.to_string().starts_with("number out of range") => read,
        _ => match serde_json::from_str(&with_literals(text)) {
            Ok(value) => Ok(value),
            Err(error) => Err(read.err().unwrap_or(error)),
        },
    }
}

/// The digits of a number that JSON values cannot hold: an integer of more than 64 bits, or a float beyond all floats.
#[must_use]
pub fn literal(value: &Value) -> Option<&str> {
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    fields.keys().next()?.strip_prefix(MARK)
}

/// The byte that the parser complains about: it counts columns in bytes, from 1, and lines from the text's start.
#[must_use]
pub fn offset(text: &str, error: &Error) -> usize {
    let start = match error.line() {
        0 | 1 => 0,
        line => memchr::memchr_iter(b'\n', text.as_bytes()).nth(line - 2).map_or(text.len(), |newline| newline + 1),
    };
    let mut at = (start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The word at that byte if it is one that Python's `json` writes for a number that JSON does not have.
#[must_use]
pub fn non_finite(text: &str, at: usize) -> Option<&'static str> {
    let (before, rest) = text.split_at_checked(at)?;
    // The parser has already passed the minus sign when it meets the word.
    match rest {
        _ if before.ends_with('-') && rest.starts_with("Infinity") => Some("-Infinity"),
        _ => ["-Infinity", "Infinity", "NaN"].into_iter().find(|word| rest.starts_with(word)),
    }
}

fn is_marked(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(key, value)| key.starts_with(MARK) || is_marked(value)),
        Value::Array(items) => items.iter().any(is_marked),
        _ => false,
    }
}

/// Whether the value holds a number that was perhaps written otherwise: one beyond 64 bits, or minus zero.
fn may_be_rounded(value: &Value) -> bool {
    match value {
        Value::Number(number) if number.is_f64() => {
            number.as_f64().is_some_and(|float| float.abs() >= EXACT || float == 0.0 && float.is_sign_negative())
        }
        Value::Object(fields) => fields.values().any(may_be_rounded),
        Value::Array(items) => items.iter().any(may_be_rounded),
        _ => false,
    }
}

/// The text with an object in place of each number that would be changed.
fn with_literals(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with('"') { string_end(rest) } else { number_end(rest) };
        let (token, after) = rest.split_at(end);
        match token {
            // Python has no minus zero among its integers.
            "-0" => out.push('0'),
            _ if is_changed(token) => {
                out.extend(["{\"", MARK.encode_utf8(&mut [0; 4]), token, "\":true}"]);
            }
            _ => out.push_str(token),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where a string ends that begins here.
fn string_end(text: &str) -> usize {
    let mut escaped = true;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn number_end(text: &str) -> usize {
    let belongs = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    text.bytes().position(|byte| !belongs(byte)).unwrap_or(text.len())
}

/// Whether a token is a number of JSON that a value cannot hold as it stands.
fn is_changed(token: &str) -> bool {
    let (mantissa, exponent) = match token.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (token, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_number = is_digits(digits)
        && (digits == "0" || !digits.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|exponent| is_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)));
    if !is_number {
        return false;
    }
    if fraction.is_none() && exponent.is_none() {
        return token.parse::<i64>().is_err() && token.parse::<u64>().is_err();
    }
    token.parse::<f64>().is_ok_and(f64::is_infinite)
}

/// What `json.dumps(value, ensure_ascii=False)` gives, on lines with an indent of that many spaces where one is asked for.
///
/// # Errors
/// Says in words what cannot be written.
pub fn python_json(value: &Value, indent: Option<usize>) -> Result<String, String> {
    outside(|cx| crate::python::json::dumps(cx, &crate::input::value_of(cx, value)?, indent))
}

/// What `str(value)` gives.
///
/// # Errors
/// Says in words what cannot be written.
pub fn python_text(value: &Value) -> Result<String, String> {
    outside(|cx| Ok(crate::python::repr::to_text(cx, &crate::input::value_of(cx, value)?)?.as_str().to_owned()))
}

/// Does something with values that no template has.
fn outside<'a>(work: impl FnOnce(&Machine<'a>) -> crate::value::Res<String>) -> Result<String, String> {
    static NOTHING: std::sync::LazyLock<Resolution> = std::sync::LazyLock::new(Resolution::default);
    let machine = Machine::new("", &NOTHING, &[], None);
    work(&machine).map_err(|failure| match failure.kind {
        FailureKind::Limit(reason) => reason.to_owned(),
        FailureKind::Python(reason) | FailureKind::Unsupported(reason) | FailureKind::Raised(reason) => reason,
        FailureKind::Input(error) => error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_that_fit_stay_numbers() {
        let text = r#"{"a": [1, -2.5, 18446744073709551615, -9223372036854775808, 1e20, -0.0, 1e-400], "-0": "123456789012345678901234567890 \" -0"}"#;
        assert_eq!(parse(text).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn longer_numbers_keep_their_digits() {
        let value = parse(r#"[18446744073709551616, -9223372036854775809, "\\", -0, 1e400, -1.5E999, 1e20]"#).unwrap();
        let literals: Vec<Option<&str>> = value.as_array().unwrap().iter().map(literal).collect();
        let expected = [
            Some("18446744073709551616"),
            Some("-9223372036854775809"),
            None,
            None,
            Some("1e400"),
            Some("-1.5E999"),
            None,
        ];
        assert_eq!(literals, expected);
        assert_eq!((&value[3], &value[6]), (&json!(0), &json!(1e20)));
        assert_eq!(literal(&parse("123456789012345678901").unwrap()), Some("123456789012345678901"));
    }

    #[test]
    fn what_is_no_json_fails_where_it_stands() {
        for text in
            ["[123456789012345678901, 01]", "[1e400, -]", "[1e400 1]", "[123456789012345678901-1]", "{\"a\": 1e400"]
        {
            let expected = serde_json::from_str::<Value>(text).unwrap_err().to_string();
            assert_eq!(parse(text).unwrap_err().to_string(), expected, "{text}");
        }
        let own = format!("{{\"{MARK}1\": true}}");
        assert!(parse(&own).unwrap_err().to_string().contains("U+10FFFE"));
    }
}
