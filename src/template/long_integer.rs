//! Integers of more than 128 bits: carried through, printed and compared, but not reckoned with.

use std::cmp::Ordering;

use minijinja::{Error, Value};

use super::values::{Python, failure, integer};

/// Python refuses to read or print an integer of more digits than this.
const MAXIMUM_DIGITS: usize = 4300;

/// At least one of two values is no number.
pub(crate) struct NotNumbers;

/// An integer that 128 bits do not hold, by its decimal digits.
#[derive(Debug)]
pub(crate) struct LongInteger {
    /// With a minus sign in front when it is negative, and no zeros.
    digits: String,
}

impl LongInteger {
    /// The digits as Python prints them.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Whether it is less than zero.
    pub fn is_negative(&self) -> bool {
        self.digits.starts_with('-')
    }

    /// The integer with the other sign.
    pub fn negated(&self) -> Result<Value, Error> {
        match self.digits.strip_prefix('-') {
            Some(digits) => parse(digits),
            None => parse(&format!("-{}", self.digits)),
        }
    }

    /// How it stands to a number; `None` for NaN.
    pub fn order(&self, other: Python<'_>) -> Result<Option<Ordering>, NotNumbers> {
        let by_sign = if self.is_negative() { Ordering::Less } else { Ordering::Greater };
        Ok(match other {
            Python::Integer(_) | Python::Boolean(_) => Some(by_sign),
            Python::LongInteger(other) => Some(self.against(other)),
            Python::Float(float) if float.is_nan() => None,
            Python::Float(float) if float.is_infinite() => {
                Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater })
            }
            Python::Float(float) => match whole(float) {
                Whole::Short(_) => Some(by_sign),
                Whole::Long(other) => Some(self.against(&other)),
            },
            _ => return Err(NotNumbers),
        })
    }

    fn against(&self, other: &Self) -> Ordering {
        match (self.is_negative(), other.is_negative()) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (negative, _) => {
                let (a, b) = (&self.digits, &other.digits);
                let by_size = a.len().cmp(&b.len()).then_with(|| a.cmp(b));
                if negative { by_size.reverse() } else { by_size }
            }
        }
    }
}

/// A float without its fraction, exactly.
pub(crate) enum Whole {
    /// 128 bits hold it.
    Short(i128),
    /// They do not.
    Long(LongInteger),
}

/// What `int()` makes of a float, which must be finite.
pub(crate) fn whole(value: f64) -> Whole {
    if value.abs() < 2f64.powi(127) {
        return Whole::Short(value as i128);
    }
    let digits = format!("{value:.0}");
    digits.parse().map_or(Whole::Long(LongInteger { digits }), Whole::Short)
}

/// The integer with these decimal digits, perhaps after a minus sign.
pub(crate) fn parse(digits: &str) -> Result<Value, Error> {
    if let Ok(value) = digits.parse() {
        return Ok(integer(value));
    }
    let (minus, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let digits = digits.trim_start_matches('0');
    if digits.len() > MAXIMUM_DIGITS {
        return Err(failure(format!("an integer of {} digits: Python reads {MAXIMUM_DIGITS} at most", digits.len())));
    }
    Ok(Value::from_object(LongInteger { digits: [minus, digits].concat() }))
}

/// The number of a JSON literal that JSON values do not hold.
pub(crate) fn number(literal: &str) -> Result<Value, Error> {
    if literal.contains(['.', 'e', 'E']) {
        return literal.parse::<f64>().map(Value::from).map_err(|_| failure("a number cannot be read"));
    }
    parse(literal)
}
