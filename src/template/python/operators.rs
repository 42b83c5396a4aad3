//! Arithmetic, concatenation and their kin.

use std::cmp::Ordering;

use minijinja::{Error, Value};

use super::compare::{contains, equal, order};
use super::format::percent;
use super::repr::text;
use crate::template::long_integer;
use crate::template::size::{check_content, check_items, check_text, weight_of};
use crate::template::values::{List, Python, Tuple, failure, integer, type_name};

fn unsupported(operator: &str, a: &Value, b: &Value) -> Error {
    let undefined = [a, b].iter().any(|value| value.is_undefined());
    if undefined {
        return failure(format!("'{operator}' with an undefined value"));
    }
    if [a, b].iter().any(|value| matches!(Python::of(value), Python::LongInteger(_))) {
        return too_long(operator);
    }
    failure(format!("unsupported operand type(s) for {operator}: '{}' and '{}'", type_name(a), type_name(b)))
}

/// Arithmetic with an integer that is only carried through.
fn too_long(operator: &str) -> Error {
    failure(format!(
        "'{operator}' with an integer of more than 128 bits is not supported: it can only be printed and compared"
    ))
}

fn too_large() -> Error {
    failure("the result is too large a number: integers of more than 128 bits are not reckoned with")
}

fn division_by_zero() -> Error {
    failure("division by zero")
}

enum Numbers {
    Integers(i128, i128),
    Floats(f64, f64),
}

fn numbers(a: &Value, b: &Value) -> Option<Numbers> {
    let (a, b) = (Python::of(a), Python::of(b));
    if let (Some(a), Some(b)) = (a.as_integer(), b.as_integer()) {
        return Some(Numbers::Integers(a, b));
    }
    Some(Numbers::Floats(as_float(a)?, as_float(b)?))
}

fn as_float(value: Python<'_>) -> Option<f64> {
    match value {
        Python::Float(value) => Some(value),
        value => value.as_integer().map(|value| value as f64),
    }
}

fn escaped(text: &str) -> Result<String, Error> {
    crate::template::filters::escape_html(text)
}

/// `a + b`.
pub(crate) fn add(a: &Value, b: &Value) -> Result<Value, Error> {
    match (Python::of(a), Python::of(b)) {
        (Python::String(left), Python::String(right)) => check_text(left.len() + right.len())?,
        (Python::List(left), Python::List(right)) | (Python::Tuple(left), Python::Tuple(right)) => {
            check_items(left.len() + right.len())?;
        }
        _ => {}
    }
    match (Python::of(a), Python::of(b)) {
        (Python::String(left), Python::String(right)) => Ok(match (a.is_safe(), b.is_safe()) {
            (false, false) => Value::from([left, right].concat()),
            (true, true) => Value::from_safe_string([left, right].concat()),
            (true, false) => Value::from_safe_string(format!("{left}{}", escaped(right)?)),
            (false, true) => Value::from_safe_string(format!("{}{right}", escaped(left)?)),
        }),
        (Python::List(left), Python::List(right)) => List::value([left, right].concat()),
        (Python::Tuple(left), Python::Tuple(right)) => Tuple::value([left, right].concat()),
        _ => match numbers(a, b) {
            Some(Numbers::Integers(a, b)) => a.checked_add(b).map(integer).ok_or_else(too_large),
            Some(Numbers::Floats(a, b)) => Ok(Value::from(a + b)),
            None => Err(unsupported("+", a, b)),
        },
    }
}

/// `a - b`.
pub(crate) fn subtract(a: &Value, b: &Value) -> Result<Value, Error> {
    match numbers(a, b) {
        Some(Numbers::Integers(a, b)) => a.checked_sub(b).map(integer).ok_or_else(too_large),
        Some(Numbers::Floats(a, b)) => Ok(Value::from(a - b)),
        None => Err(unsupported("-", a, b)),
    }
}

/// Whether Python has no sequence of that many items, or of that many less than none.
fn is_beyond_sizes(value: &Value) -> bool {
    match Python::of(value) {
        Python::LongInteger(_) => true,
        Python::Integer(value) => i64::try_from(value).is_err(),
        _ => false,
    }
}

fn repeated(items: &[Value], count: usize) -> Vec<Value> {
    std::iter::repeat_n(items, count).flatten().cloned().collect()
}

fn repeat(value: &Value, count: i128) -> Option<Result<Value, Error>> {
    let count = usize::try_from(count.max(0)).unwrap_or(usize::MAX);
    // Nothing, however often, is nothing.
    let times = |length: usize| if length == 0 { 0 } else { count };
    Some(match Python::of(value) {
        Python::String(text) => check_text(text.len().saturating_mul(count)).map(|()| {
            let repeated = text.repeat(times(text.len()));
            if value.is_safe() { Value::from_safe_string(repeated) } else { Value::from(repeated) }
        }),
        Python::List(items) => check_items(items.len().saturating_mul(count))
            .and_then(|()| check_content(weight_of(items).saturating_mul(count)))
            .and_then(|_| List::value(repeated(items, times(items.len())))),
        Python::Tuple(items) => check_items(items.len().saturating_mul(count))
            .and_then(|()| check_content(weight_of(items).saturating_mul(count)))
            .and_then(|_| Tuple::value(repeated(items, times(items.len())))),
        _ => return None,
    })
}

/// `a * b`.
pub(crate) fn multiply(a: &Value, b: &Value) -> Result<Value, Error> {
    match numbers(a, b) {
        Some(Numbers::Integers(a, b)) => {
            return a.checked_mul(b).map(integer).ok_or_else(too_large);
        }
        Some(Numbers::Floats(a, b)) => return Ok(Value::from(a * b)),
        None => {}
    }
    let is_sequence =
        |value: &Value| matches!(Python::of(value), Python::String(_) | Python::List(_) | Python::Tuple(_));
    if is_sequence(a) && is_beyond_sizes(b) || is_sequence(b) && is_beyond_sizes(a) {
        return Err(failure("cannot fit 'int' into an index-sized integer"));
    }
    let repeated = match (Python::of(a).as_integer(), Python::of(b).as_integer()) {
        (Some(count), None) => repeat(b, count),
        (None, Some(count)) => repeat(a, count),
        _ => None,
    };
    repeated.unwrap_or_else(|| Err(unsupported("*", a, b)))
}

/// Whether a float holds this integer, and every smaller one.
fn is_exact(value: i128) -> bool {
    value.unsigned_abs() <= 1 << 53
}

/// `a / b`.
pub(crate) fn divide(a: &Value, b: &Value) -> Result<Value, Error> {
    let (dividend, divisor) = match numbers(a, b) {
        // Python rounds the exact quotient once; two floats give that only where they are the integers themselves.
        Some(Numbers::Integers(a, b)) if b == 0 || is_exact(a) && is_exact(b) => (a as f64, b as f64),
        Some(Numbers::Integers(a, b)) if a.checked_rem(b) == Some(0) => ((a / b) as f64, 1.0),
        Some(Numbers::Integers(..)) => {
            return Err(failure("'/' of integers of more than 53 bits is not supported: it cannot be done exactly"));
        }
        Some(Numbers::Floats(a, b)) => (a, b),
        None => return Err(unsupported("/", a, b)),
    };
    if divisor == 0.0 {
        return Err(division_by_zero());
    }
    Ok(Value::from(dividend / divisor))
}

fn float_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder == 0.0 {
        remainder = 0f64.copysign(b);
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder += b;
        quotient -= 1.0;
    }
    let floored = if quotient == 0.0 {
        0f64.copysign(a / b)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (floored, remainder)
}

/// `a // b`.
pub(crate) fn floor_divide(a: &Value, b: &Value) -> Result<Value, Error> {
    match numbers(a, b) {
        Some(Numbers::Integers(_, 0) | Numbers::Floats(_, 0.0)) => Err(division_by_zero()),
        Some(Numbers::Integers(a, b)) => {
            let quotient = a.checked_div(b).ok_or_else(too_large)?;
            let inexact = a % b != 0 && (a < 0) != (b < 0);
            Ok(integer(quotient - i128::from(inexact)))
        }
        Some(Numbers::Floats(a, b)) => Ok(Value::from(float_divmod(a, b).0)),
        None => Err(unsupported("//", a, b)),
    }
}

/// `a % b`, which formats when `a` is a string.
pub(crate) fn modulo(a: &Value, b: &Value) -> Result<Value, Error> {
    if let Some(format) = a.as_str() {
        return percent(format, b).map(Value::from);
    }
    match numbers(a, b) {
        Some(Numbers::Integers(_, 0) | Numbers::Floats(_, 0.0)) => Err(division_by_zero()),
        Some(Numbers::Integers(a, b)) => {
            let remainder = a.checked_rem(b).unwrap_or(0);
            Ok(integer(if remainder != 0 && (remainder < 0) != (b < 0) { remainder + b } else { remainder }))
        }
        Some(Numbers::Floats(a, b)) => Ok(Value::from(float_divmod(a, b).1)),
        None => Err(unsupported("%", a, b)),
    }
}

/// `a ** b`.
pub(crate) fn power(a: &Value, b: &Value) -> Result<Value, Error> {
    match numbers(a, b) {
        Some(Numbers::Integers(0, b)) if b < 0 => Err(division_by_zero()),
        Some(Numbers::Integers(a, b)) if b < 0 => Ok(Value::from((a as f64).powf(b as f64))),
        Some(Numbers::Integers(a, b)) => {
            let exponent = u32::try_from(b).ok();
            match (a, exponent.and_then(|exponent| a.checked_pow(exponent))) {
                (_, Some(value)) => Ok(integer(value)),
                (0 | 1, None) => Ok(integer(a)),
                (-1, None) => Ok(integer(if b % 2 == 0 { 1 } else { -1 })),
                _ => Err(too_large()),
            }
        }
        Some(Numbers::Floats(a, b)) if a == 0.0 && b < 0.0 => Err(division_by_zero()),
        Some(Numbers::Floats(a, b)) if a < 0.0 && b.fract() != 0.0 => Err(failure("complex numbers are not supported")),
        Some(Numbers::Floats(a, b)) => {
            let result = a.powf(b);
            if result.is_infinite() && a.is_finite() && b.is_finite() {
                Err(too_large())
            } else {
                Ok(Value::from(result))
            }
        }
        None => Err(unsupported("**", a, b)),
    }
}

/// `-a`.
pub(crate) fn negative(a: &Value) -> Result<Value, Error> {
    match Python::of(a) {
        Python::Float(value) => Ok(Value::from(-value)),
        Python::LongInteger(integer) => integer.negated(),
        other => match other.as_integer() {
            Some(value) => match value.checked_neg() {
                Some(value) => Ok(integer(value)),
                None => long_integer::parse(&value.unsigned_abs().to_string()),
            },
            None => Err(failure(format!("bad operand type for unary -: '{}'", type_name(a)))),
        },
    }
}

/// `+a`.
pub(crate) fn positive(a: &Value) -> Result<Value, Error> {
    match Python::of(a) {
        Python::Float(_) | Python::LongInteger(_) => Ok(a.clone()),
        other => match other.as_integer() {
            Some(value) => Ok(integer(value)),
            None => Err(failure(format!("bad operand type for unary +: '{}'", type_name(a)))),
        },
    }
}

/// `a ~ b ~ …`.
pub(crate) fn concatenate(values: &[Value]) -> Result<Value, Error> {
    let texts = values.iter().map(text).collect::<Result<Vec<_>, Error>>()?;
    check_text(texts.iter().map(|text| text.len()).sum())?;
    Ok(Value::from(texts.concat()))
}

/// A comparison by its name.
pub(crate) fn comparison(operator: &str, a: &Value, b: &Value) -> Result<bool, Error> {
    Ok(match operator {
        "eq" => equal(a, b),
        "ne" => !equal(a, b),
        "in_" => contains(b, a)?,
        "not_in" => !contains(b, a)?,
        "lt" => order(a, b)? == Some(Ordering::Less),
        "gt" => order(a, b)? == Some(Ordering::Greater),
        "le" => order(a, b)?.is_some_and(Ordering::is_le),
        _ => order(a, b)?.is_some_and(Ordering::is_ge),
    })
}
