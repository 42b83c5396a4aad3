//! What `%` formatting and `str.format` share.

mod fields;
mod percent;

pub(crate) use fields::{format_map, format_method};
pub(crate) use percent::percent;

use num_bigint::{BigInt, Sign};

use super::methods::padded;
use super::numbers::{fixed, float_repr, general, integer_text, mantissa_and_exponent, scientific};
use super::repr::{repr, too_long};
use super::strings::length;
use crate::error::Failure;
use crate::machine::Machine;
use crate::text::{Builder, Text, plain_text};
use crate::value::{Res, Value};

/// Wider than this no field is made.
const MAXIMUM_WIDTH: usize = 100_000;

#[derive(Debug, Default, Clone)]
struct Specification {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    alternate: bool,
    zero: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

fn printed<'a>(cx: &Machine<'a>, value: &Value<'a>) -> Res<Text<'a>> {
    let mut out = Builder::default();
    repr(cx, value, &mut out)?;
    out.finish(cx)
}

/// Writes a text, filled up to the width of its field.
fn pad<'a>(
    cx: &Machine<'a>,
    text: &Text<'a>,
    specification: &Specification,
    align: char,
    out: &mut Builder,
) -> Res<()> {
    let missing = specification.width.saturating_sub(length(text.as_str()));
    let align = specification.align.unwrap_or(if specification.zero { '=' } else { align });
    let fill = specification.fill.unwrap_or(if specification.zero { '0' } else { ' ' }).to_string();
    let (start, left) = match align {
        '<' => (0, 0),
        '^' => (0, missing / 2),
        '=' => (text.len() - text.as_str().trim_start_matches(['+', '-', ' ']).len(), missing),
        _ => (0, missing),
    };
    out.push(&padded(cx, text, start, left, missing - left, &fill)?);
    too_long(cx, out)
}

fn pad_new<'a>(
    cx: &Machine<'a>,
    text: String,
    specification: &Specification,
    align: char,
    out: &mut Builder,
) -> Res<()> {
    pad(cx, &plain_text(cx, &text)?, specification, align, out)
}

fn grouped(digits: &str, separator: char, size: usize) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(size) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn signed(negative: bool, body: &str, specification: &Specification) -> String {
    let sign = match (negative, specification.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    format!("{sign}{body}")
}

fn format_integer(value: &BigInt, specification: &Specification) -> Res<String> {
    let magnitude = value.magnitude();
    if let (Some(','), Some(kind @ ('x' | 'X' | 'o' | 'b'))) | (Some(_), Some(kind @ ('c' | 'n'))) =
        (specification.grouping, specification.kind)
    {
        return Err(Failure::python(format!("Cannot specify a separator with '{kind}'.")));
    }
    let body = match specification.kind.unwrap_or('d') {
        'd' | 'i' | 'u' | 'n' => integer_text(&crate::value::integer(BigInt::from(magnitude.clone())))?,
        'x' => magnitude.to_str_radix(16),
        'X' => magnitude.to_str_radix(16).to_uppercase(),
        'o' => magnitude.to_str_radix(8),
        'b' => magnitude.to_str_radix(2),
        kind => {
            return Err(Failure::unsupported(format!("the format '{kind}' for numbers is not supported")));
        }
    };
    Ok(format_digits(value.sign() == Sign::Minus, body, specification))
}

fn format_digits(negative: bool, mut body: String, specification: &Specification) -> String {
    if let Some(separator) = specification.grouping {
        let size = if matches!(specification.kind, Some('x' | 'X' | 'o' | 'b')) { 4 } else { 3 };
        body = grouped(&body, separator, size);
    }
    if let Some(precision) = specification.precision {
        body = format!("{}{body}", "0".repeat(precision.saturating_sub(body.len())));
    }
    signed(negative, &body, specification)
}

fn format_float(value: f64, specification: &Specification) -> Res<String> {
    if !value.is_finite() {
        return Err(Failure::unsupported("formatting infinity or NaN is not supported"));
    }
    let magnitude = value.abs();
    let precision = specification.precision.unwrap_or(6);
    if precision > i32::MAX as usize {
        return Err(Failure::python("precision too big"));
    }
    if precision > MAXIMUM_WIDTH {
        return Err(Failure::limit("it makes a field wider than 100000 characters"));
    }
    let mut body = match specification.kind {
        Some('f' | 'F') => fixed(magnitude, precision),
        Some('%') => fixed(magnitude * 100.0, precision) + "%",
        Some(kind @ ('e' | 'E')) => {
            let (mantissa, exponent) = mantissa_and_exponent(magnitude, precision);
            scientific(&mantissa, kind, exponent)
        }
        Some('g') => general(magnitude, precision),
        Some('G') => general(magnitude, precision).to_uppercase(),
        None if specification.precision.is_none() => float_repr(magnitude),
        _ => return Err(Failure::unsupported("this format for numbers is not supported")),
    };
    if let Some(separator) = specification.grouping {
        let (whole, rest) = body.split_at(body.find(['.', 'e', 'E', '%']).unwrap_or(body.len()));
        body = grouped(whole, separator, 3) + rest;
    }
    Ok(signed(value.is_sign_negative(), &body, specification))
}
