//! Arithmetic, concatenation and their kin.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};

use super::compare::{contains, equal, order};
use super::format::percent;
use super::repr::to_text;
use crate::ast::Comparator;
use crate::error::Failure;
use crate::escape::escape;
use crate::machine::Machine;
use crate::text::{Builder, Text};
use crate::value::{Res, Value, integer};

/// No integer of more bits is reckoned with: Python would print none of a tenth of these.
const MAXIMUM_BITS: u64 = 1 << 17;

fn unsupported(operator: &str, a: &Value<'_>, b: &Value<'_>) -> Box<Failure> {
    if a.is_undefined() || b.is_undefined() {
        return Failure::python(format!("'{operator}' with an undefined value"));
    }
    let (a, b) = (a.type_name(), b.type_name());
    Failure::python(format!("unsupported operand type(s) for {operator}: '{a}' and '{b}'"))
}

fn too_large() -> Box<Failure> {
    Failure::limit("it makes an integer of more than 131072 bits")
}

/// What Python says where a float holds no integer of that size.
fn float_overflow() -> Box<Failure> {
    Failure::python("int too large to convert to float")
}

/// Two numbers as Python reckons with them.
enum Numbers {
    Small(i64, i64),
    Big(BigInt, BigInt),
    Floats(f64, f64),
}

fn numbers(a: &Value<'_>, b: &Value<'_>) -> Res<Option<Numbers>> {
    if let (Some(a), Some(b)) = (a.as_int(), b.as_int()) {
        return Ok(Some(Numbers::Small(a, b)));
    }
    if !is_number(a) || !is_number(b) {
        return Ok(None);
    }
    Ok(match (a.as_big(), b.as_big()) {
        (Some(a), Some(b)) => Some(Numbers::Big(a, b)),
        _ => Some(Numbers::Floats(as_float(a)?, as_float(b)?)),
    })
}

/// Two numbers of which the second is not zero.
fn dividable(a: &Value<'_>, b: &Value<'_>) -> Res<Option<Numbers>> {
    match numbers(a, b)? {
        Some(Numbers::Small(_, 0) | Numbers::Floats(_, 0.0)) => Err(Failure::python("division by zero")),
        Some(Numbers::Big(_, b)) if b.is_zero() => Err(Failure::python("division by zero")),
        numbers => Ok(numbers),
    }
}

/// Whether it is a number; truth values are some, too.
pub(crate) fn is_number(value: &Value<'_>) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_))
}

/// `float()` of a number.
pub(crate) fn as_float(value: &Value<'_>) -> Res<f64> {
    match value {
        Value::Float(value) => Ok(*value),
        // Digits are read as the nearest float, ties to even.
        Value::Big(value) => {
            value.to_string().parse().ok().filter(|float: &f64| float.is_finite()).ok_or_else(float_overflow)
        }
        other => other.as_int().map(|value| value as f64).ok_or_else(float_overflow),
    }
}

fn joined<'a>(cx: &Machine<'a>, parts: &[&Text<'a>], markup: bool) -> Res<Value<'a>> {
    cx.check_text(parts.iter().map(|part| part.len()).sum())?;
    let mut builder = Builder::default();
    for part in parts {
        builder.push(part);
    }
    Ok(Value::Text(builder.finish(cx)?.with_markup(markup)))
}

/// `a + b`.
pub(crate) fn add<'a>(cx: &Machine<'a>, a: &Value<'a>, b: &Value<'a>) -> Res<Value<'a>> {
    match (a, b) {
        (Value::Text(left), Value::Text(right)) => {
            let markup = left.markup || right.markup;
            if left.markup == right.markup {
                return joined(cx, &[left, right], markup);
            }
            joined(cx, &[&escape(cx, a)?, &escape(cx, b)?], true)
        }
        (Value::List(left), Value::List(right)) | (Value::Tuple(left), Value::Tuple(right)) => {
            cx.check_items(left.items.len() + right.items.len())?;
            let items = [left.items.as_slice(), &right.items].concat();
            if matches!(a, Value::List(_)) { Value::list(cx, items) } else { Value::tuple(cx, items) }
        }
        _ => match numbers(a, b)? {
            Some(Numbers::Small(a, b)) => Ok(a.checked_add(b).map_or_else(|| integer(BigInt::from(a) + b), Value::Int)),
            Some(Numbers::Big(a, b)) => checked(a + b),
            Some(Numbers::Floats(a, b)) => Ok(Value::Float(a + b)),
            None => Err(unsupported("+", a, b)),
        },
    }
}

fn checked<'a>(value: BigInt) -> Res<Value<'a>> {
    if value.bits() > MAXIMUM_BITS { Err(too_large()) } else { Ok(integer(value)) }
}

/// An operator of two operands other than `+`.
pub(crate) fn binary<'a>(cx: &Machine<'a>, operator: &str, a: &Value<'a>, b: &Value<'a>) -> Res<Value<'a>> {
    match operator {
        "-" => subtract(a, b),
        "*" => multiply(cx, a, b),
        "/" => divide(a, b),
        "//" => floor_divide(a, b),
        "%" => modulo(cx, a, b),
        _ => power(a, b),
    }
}

fn subtract<'a>(a: &Value<'a>, b: &Value<'a>) -> Res<Value<'a>> {
    match numbers(a, b)? {
        Some(Numbers::Small(a, b)) => Ok(a.checked_sub(b).map_or_else(|| integer(BigInt::from(a) - b), Value::Int)),
        Some(Numbers::Big(a, b)) => checked(a - b),
        Some(Numbers::Floats(a, b)) => Ok(Value::Float(a - b)),
        None => Err(unsupported("-", a, b)),
    }
}

fn repeat<'a>(cx: &Machine<'a>, value: &Value<'a>, count: i64) -> Res<Value<'a>> {
    let count = usize::try_from(count).unwrap_or(0);
    match value {
        Value::Text(text) => {
            let count = if text.len() == 0 { 0 } else { count };
            cx.check_text(text.len().saturating_mul(count))?;
            let mut builder = Builder::default();
            if count * size_of::<crate::text::Run>() > 1 << 20 {
                // So many runs that say the same are worth less than the memory.
                builder.rewritten(text, 0..text.len(), &text.as_str().repeat(count));
            } else {
                (0..count).for_each(|_| builder.push(text));
            }
            Ok(Value::Text(builder.finish(cx)?.with_markup(text.markup)))
        }
        Value::List(list) | Value::Tuple(list) => {
            let count = if list.items.is_empty() { 0 } else { count };
            cx.check_items(list.items.len().saturating_mul(count))?;
            let items = std::iter::repeat_n(&list.items, count).flatten().cloned().collect();
            if matches!(value, Value::List(_)) { Value::list(cx, items) } else { Value::tuple(cx, items) }
        }
        _ => Err(Failure::python("this cannot be repeated")),
    }
}

/// `a * b`.
pub(crate) fn multiply<'a>(cx: &Machine<'a>, a: &Value<'a>, b: &Value<'a>) -> Res<Value<'a>> {
    match numbers(a, b)? {
        Some(Numbers::Small(a, b)) => {
            return Ok(a.checked_mul(b).map_or_else(|| integer(BigInt::from(a) * b), Value::Int));
        }
        Some(Numbers::Big(a, b)) if a.bits() + b.bits() > MAXIMUM_BITS => return Err(too_large()),
        Some(Numbers::Big(a, b)) => return checked(a * b),
        Some(Numbers::Floats(a, b)) => return Ok(Value::Float(a * b)),
        None => {}
    }
    let is_sequence = |value: &Value<'a>| matches!(value, Value::Text(_) | Value::List(_) | Value::Tuple(_));
    let is_integer = |value: &Value<'a>| value.as_int().is_some() || matches!(value, Value::Big(_));
    match (a, b) {
        (sequence, count) | (count, sequence) if is_sequence(sequence) && is_integer(count) => {
            repeat(cx, sequence, count.index()?)
        }
        _ => Err(unsupported("*", a, b)),
    }
}

/// The quotient of two integers as the nearest float, ties to even, as Python rounds it once.
fn quotient(a: &BigInt, b: &BigInt) -> Res<f64> {
    if a.is_zero() {
        return Ok(if b.is_negative() { -0.0 } else { 0.0 });
    }
    // Sixty-five bits and one that says whether anything is left over are rounded as all bits would be.
    let shift = a.bits() as i64 - b.bits() as i64 - 66;
    let (a_shifted, b_shifted) =
        if shift < 0 { (a << (-shift) as u64, b.clone()) } else { (a.clone(), b << shift as u64) };
    let (whole, rest) = a_shifted.abs().div_rem(&b_shifted.abs());
    let whole = (whole << 1u32) + i32::from(!rest.is_zero());
    let negative = (a.sign() == Sign::Minus) != (b.sign() == Sign::Minus);
    let text = if shift > 0 {
        (whole << (shift - 1) as u64).to_string()
    } else {
        // A power of two below one has as many decimals as its exponent.
        let decimals = (1 - shift) as u64;
        if decimals > 1200 {
            return Ok(if negative { -0.0 } else { 0.0 });
        }
        format!("{}e-{decimals}", whole * BigInt::from(5).pow(decimals))
    };
    let value: f64 = text.parse().unwrap_or(f64::NAN);
    if value.is_infinite() {
        return Err(Failure::python("integer division result too large for a float"));
    }
    Ok(if negative { -value } else { value })
}

/// `a / b`.
pub(crate) fn divide<'a>(a: &Value<'a>, b: &Value<'a>) -> Res<Value<'a>> {
    let exact = |value: i64| value.unsigned_abs() <= 1 << 53;
    match dividable(a, b)? {
        Some(Numbers::Small(a, b)) if exact(a) && exact(b) => Ok(Value::Float(a as f64 / b as f64)),
        Some(Numbers::Small(a, b)) => quotient(&a.into(), &b.into()).map(Value::Float),
        Some(Numbers::Big(a, b)) => quotient(&a, &b).map(Value::Float),
        Some(Numbers::Floats(a, b)) => Ok(Value::Float(a / b)),
        None => Err(unsupported("/", a, b)),
    }
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

fn floor_divide<'a>(a: &Value<'a>, b: &Value<'a>) -> Res<Value<'a>> {
    match dividable(a, b)? {
        Some(Numbers::Small(a, b)) => Ok(integer(BigInt::from(a).div_floor(&b.into()))),
        Some(Numbers::Big(a, b)) => Ok(integer(a.div_floor(&b))),
        Some(Numbers::Floats(a, b)) => Ok(Value::Float(float_divmod(a, b).0)),
        None => Err(unsupported("//", a, b)),
    }
}

/// `a % b`, which formats when `a` is a string.
pub(crate) fn modulo<'a>(cx: &Machine<'a>, a: &Value<'a>, b: &Value<'a>) -> Res<Value<'a>> {
    if let Value::Text(format) = a {
        return percent(cx, format, b).map(Value::Text);
    }
    match dividable(a, b)? {
        Some(Numbers::Small(a, b)) => {
            let remainder = a.checked_rem(b).unwrap_or(0);
            Ok(Value::Int(if remainder != 0 && (remainder < 0) != (b < 0) { remainder + b } else { remainder }))
        }
        Some(Numbers::Big(a, b)) => Ok(integer(a.mod_floor(&b))),
        Some(Numbers::Floats(a, b)) => Ok(Value::Float(float_divmod(a, b).1)),
        None => Err(unsupported("%", a, b)),
    }
}

/// `a ** b`.
pub(crate) fn power<'a>(a: &Value<'a>, b: &Value<'a>) -> Res<Value<'a>> {
    let (base, exponent) = match numbers(a, b)? {
        Some(Numbers::Small(a, b)) => (BigInt::from(a), BigInt::from(b)),
        Some(Numbers::Big(a, b)) => (a, b),
        Some(Numbers::Floats(a, b)) => return float_power(a, b),
        None => return Err(unsupported("** or pow()", a, b)),
    };
    if exponent.is_negative() {
        if base.is_zero() {
            return Err(Failure::python("0.0 cannot be raised to a negative power"));
        }
        return float_power(as_float(a)?, as_float(b)?);
    }
    if base.bits() <= 1 {
        // 0, 1 and -1 stay what they are, or lose their sign.
        let negative = base.is_negative() && exponent.is_odd();
        let one = i64::from(!base.is_zero() || exponent.is_zero());
        return Ok(Value::Int(if negative { -one } else { one }));
    }
    match exponent.to_u32() {
        Some(exponent) if base.bits().saturating_mul(exponent.into()) <= MAXIMUM_BITS => {
            Ok(integer(base.pow(exponent)))
        }
        _ => Err(too_large()),
    }
}

fn float_power<'a>(a: f64, b: f64) -> Res<Value<'a>> {
    if a == 0.0 && b < 0.0 {
        return Err(Failure::python("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.fract() != 0.0 && b.is_finite() {
        return Err(Failure::unsupported("complex numbers are not supported"));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(Failure::python("(34, 'Numerical result out of range')"));
    }
    Ok(Value::Float(result))
}

/// `-a`.
pub(crate) fn negative<'a>(a: &Value<'a>) -> Res<Value<'a>> {
    match a {
        Value::Float(value) => Ok(Value::Float(-value)),
        other => match other.as_big() {
            Some(value) => Ok(integer(-value)),
            None => Err(Failure::python(format!("bad operand type for unary -: '{}'", a.type_name()))),
        },
    }
}

/// `+a`.
pub(crate) fn positive<'a>(a: &Value<'a>) -> Res<Value<'a>> {
    match a {
        Value::Float(_) | Value::Big(_) => Ok(a.clone()),
        other => match other.as_int() {
            Some(value) => Ok(Value::Int(value)),
            None => Err(Failure::python(format!("bad operand type for unary +: '{}'", a.type_name()))),
        },
    }
}

/// `a ~ b ~ …`; with `markup`, from the first markup on everything is escaped.
pub(crate) fn concatenate<'a>(cx: &Machine<'a>, values: &[Value<'a>], markup: bool) -> Res<Value<'a>> {
    let markup = markup && values.iter().any(Value::is_markup);
    let mut builder = Builder::default();
    for value in values {
        let text = if markup { escape(cx, value)? } else { to_text(cx, value)? };
        cx.check_text(text.len())?;
        builder.push(&text);
        super::repr::too_long(cx, &builder)?;
    }
    Ok(Value::Text(builder.finish(cx)?.with_markup(markup)))
}

/// A comparison by its operator.
pub(crate) fn compare<'a>(cx: &Machine<'a>, operator: Comparator, a: &Value<'a>, b: &Value<'a>) -> Res<bool> {
    Ok(match operator {
        Comparator::Equal => equal(cx, a, b)?,
        Comparator::Unequal => !equal(cx, a, b)?,
        Comparator::In => contains(cx, b, a)?,
        Comparator::NotIn => !contains(cx, b, a)?,
        Comparator::Less => order(cx, a, b)? == Some(Ordering::Less),
        Comparator::Greater => order(cx, a, b)? == Some(Ordering::Greater),
        Comparator::LessOrEqual => order(cx, a, b)?.is_some_and(Ordering::is_le),
        Comparator::GreaterOrEqual => order(cx, a, b)?.is_some_and(Ordering::is_ge),
    })
}
