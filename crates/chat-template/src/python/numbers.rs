//! Numbers as text and text as numbers.

use num_bigint::BigInt;
use num_traits::Num;

use super::unicode::{is_decimal, is_space};
use crate::error::Failure;
use crate::value::{Res, Value};

/// Python refuses to read or print an integer of more digits than this.
const MAXIMUM_DIGITS: usize = 4300;

/// The digits of an integer.
pub(crate) fn integer_text(value: &Value<'_>) -> Res<String> {
    let digits = match value {
        Value::Big(value) if value.bits() > 4 * MAXIMUM_DIGITS as u64 => return Err(too_many_digits()),
        Value::Big(value) => value.to_string(),
        other => other.as_int().unwrap_or(0).to_string(),
    };
    if digits.trim_start_matches('-').len() > MAXIMUM_DIGITS { Err(too_many_digits()) } else { Ok(digits) }
}

fn too_many_digits() -> Box<Failure> {
    Failure::python(format!("Exceeds the limit ({MAXIMUM_DIGITS} digits) for integer string conversion"))
}

/// The integer with these decimal digits, perhaps after a minus sign.
pub(crate) fn integer_of_digits<'a>(digits: &str) -> Res<Value<'a>> {
    if let Ok(value) = digits.parse() {
        return Ok(Value::Int(value));
    }
    if digits.trim_start_matches('-').trim_start_matches('0').len() > MAXIMUM_DIGITS {
        return Err(too_many_digits());
    }
    digits.parse().map(crate::value::integer).map_err(|_| Failure::python("invalid literal for int()"))
}

/// `repr` of a float.
pub(crate) fn float_repr(value: f64) -> String {
    if value.is_nan() {
        return "nan".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.into();
    }
    let (digits, exponent) = shortest_digits(value.abs());
    let minus = if value.is_sign_negative() { "-" } else { "" };
    let (first, rest) = digits.split_at(1);
    match exponent {
        0..16 => {
            let whole = exponent.unsigned_abs() as usize + 1;
            let padded = format!("{digits:0<width$}", width = whole + 1);
            let (whole, fraction) = padded.split_at(whole);
            format!("{minus}{whole}.{fraction}")
        }
        -4..0 => format!("{minus}0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1)),
        _ => {
            let point = if rest.is_empty() { "" } else { "." };
            minus.to_owned() + &scientific(&[first, point, rest].concat(), 'e', exponent)
        }
    }
}

/// The shortest digits that give the number back, and the decimal exponent of the first. Of two that are equally near
/// the even one, as in Python; the standard library would take the larger.
fn shortest_digits(value: f64) -> (String, i32) {
    let mut buffer = ryu::Buffer::new();
    let text = buffer.format_finite(value);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_start_matches('0');
    let zeros = all.len() - digits.len();
    let exponent = exponent.parse::<i32>().unwrap_or(0) + whole.len() as i32 - 1 - zeros as i32;
    match digits.trim_end_matches('0') {
        "" => ("0".to_owned(), 0),
        digits => (digits.to_owned(), exponent),
    }
}

/// What `%g` makes of a magnitude: that many digits that count, as an exponent where it is far from one.
pub(crate) fn general(magnitude: f64, precision: usize) -> String {
    let digits = precision.max(1);
    let (mantissa, exponent) = mantissa_and_exponent(magnitude, digits - 1);
    let trimmed = |text: &str| {
        let shorter = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
        shorter.to_owned()
    };
    match usize::try_from(digits as i64 - 1 - i64::from(exponent)) {
        Ok(decimals) if exponent >= -4 => trimmed(&fixed(magnitude, decimals)),
        _ => scientific(&trimmed(&mantissa), 'e', exponent),
    }
}

/// The decimals that a number of 64 bits has at most; only zeros follow. The standard library panics where it is asked for
/// very many.
const MOST_DECIMALS: usize = 1074;

/// A number with so many decimals and no exponent.
pub(crate) fn fixed(magnitude: f64, decimals: usize) -> String {
    let known = decimals.min(MOST_DECIMALS);
    format!("{magnitude:.known$}") + &"0".repeat(decimals - known)
}

/// A number as its mantissa, with so many decimals, and its decimal exponent.
pub(crate) fn mantissa_and_exponent(magnitude: f64, decimals: usize) -> (String, i32) {
    let known = decimals.min(MOST_DECIMALS);
    let text = format!("{magnitude:.known$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.to_owned() + &"0".repeat(decimals - known), exponent.parse().unwrap_or(0))
}

/// A number with an exponent, which Python writes with a sign and two digits at the least.
pub(crate) fn scientific(mantissa: &str, letter: char, exponent: i32) -> String {
    format!("{mantissa}{letter}{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

/// The digits of all scripts as those of ASCII, and underscores between digits left out; `None` where one stands elsewhere.
fn ascii_digits(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut before = None;
    while let Some(c) = characters.next() {
        let alphanumeric = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || is_decimal(*c));
        if c == '_' {
            if !alphanumeric(before.as_ref()) || !alphanumeric(characters.peek()) {
                return None;
            }
        } else if !c.is_ascii() && is_decimal(c) {
            // The decimal digits of a script stand in a row, from zero to nine.
            let in_row = (1..50).take_while(|back| char::from_u32(c as u32 - back).is_some_and(is_decimal)).count();
            out.push(char::from(b'0' + (in_row % 10) as u8));
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    Some(out)
}

/// An integer as source code has it: its digits in a base, of which Python takes so many.
pub(crate) fn literal(digits: &str, base: u32) -> Option<BigInt> {
    let digits = ascii_digits(digits)?;
    let value = BigInt::from_str_radix(&digits, base).ok()?;
    let is_long =
        digits.trim_start_matches('0').len() > MAXIMUM_DIGITS && value >= BigInt::from(10).pow(MAXIMUM_DIGITS as u32);
    (!is_long).then_some(value)
}

/// `int(text, base)`; `None` where Python raises `ValueError`.
pub(crate) fn parse_integer<'a>(text: &str, base: i64) -> Res<Option<Value<'a>>> {
    let Some(text) = ascii_digits(text.trim_matches(is_space)) else { return Ok(None) };
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text.as_str()),
    };
    let lower = digits.to_ascii_lowercase();
    let (base, digits) = match (base, lower.get(..2)) {
        (16 | 0, Some("0x")) => (16, &lower[2..]),
        (8 | 0, Some("0o")) => (8, &lower[2..]),
        (2 | 0, Some("0b")) => (2, &lower[2..]),
        (0, _) if lower.len() > 1 && lower.starts_with('0') && !lower.trim_matches('0').is_empty() => return Ok(None),
        (0, _) => (10, lower.as_str()),
        (base @ 2..=36, _) => (base as u32, lower.as_str()),
        _ => return Ok(None),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(base)) {
        return Ok(None);
    }
    if !base.is_power_of_two() && digits.trim_start_matches('0').len() > MAXIMUM_DIGITS {
        // Python's own limit, which is a ValueError too.
        return Ok(None);
    }
    let value = BigInt::from_str_radix(digits, base).map_err(|_| Failure::python("invalid literal for int()"))?;
    Ok(Some(crate::value::integer(if negative { -value } else { value })))
}

/// `float(text)`.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    let text = ascii_digits(text.trim_matches(is_space))?;
    let body = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let lower = body.to_ascii_lowercase();
    if matches!(lower.as_str(), "inf" | "infinity" | "nan") {
        return text.to_ascii_lowercase().parse().ok();
    }
    if !body.bytes().any(|b| b.is_ascii_digit())
        || body.bytes().any(|b| b.is_ascii_alphabetic() && !matches!(b, b'e' | b'E'))
    {
        return None;
    }
    text.parse().ok()
}

/// `round(value, digits)` of a float.
pub(crate) fn round_float(value: f64, digits: i32) -> f64 {
    if !value.is_finite() {
        return value;
    }
    if digits >= 0 {
        if digits > 323 {
            return value;
        }
        return format!("{value:.*}", digits.unsigned_abs() as usize).parse().unwrap_or(value);
    }
    let scale = 10f64.powi(-digits);
    if !scale.is_finite() {
        return 0.0 * value;
    }
    (value / scale).round_ties_even() * scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_python() {
        for (value, text) in [
            (1.0, "1.0"),
            (1e16, "1e+16"),
            (123_456_789_012_345_680.0, "1.2345678901234568e+17"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (-0.0, "-0.0"),
            (1e22, "1e+22"),
            (0.1 * 9_007_199_254_740_992.0, "900719925474099.2"),
            (9_007_199_254_740_993.0, "9007199254740992.0"),
            (2.5, "2.5"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(float_repr(value), text);
        }
    }

    #[test]
    fn floats_round_to_even() {
        assert_eq!(round_float(2.675, 2).to_string(), "2.67");
        assert_eq!(round_float(0.5, 0).to_string(), "0");
        assert_eq!(round_float(1234.0, -2).to_string(), "1200");
    }
}
