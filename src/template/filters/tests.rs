//! Jinja2's tests.

use minijinja::{Error, Value};

use super::Test;
use crate::template::python::calls::{Arguments, is_callable, is_macro};
use crate::template::python::compare::{equal, same_object};
use crate::template::python::operators::{comparison, modulo};
use crate::template::python::repr::text;
use crate::template::python::strings::is_case;
use crate::template::values::{Key, Python, failure};

/// All tests by name.
pub(super) const TESTS: &[(&str, Test)] = &[
    ("odd", |value, arguments| remainder(value, arguments, 1)),
    ("even", |value, arguments| remainder(value, arguments, 0)),
    ("divisibleby", |value, arguments| {
        let [divisor] = arguments.bind(["num"], 1)?;
        Ok(equal(&modulo(value, &divisor.unwrap_or_default())?, &Value::from(0)))
    }),
    ("defined", |value, arguments| plain(arguments, !value.is_undefined())),
    ("undefined", |value, arguments| plain(arguments, value.is_undefined())),
    ("filter", |value, arguments| plain(arguments, known(value, super::is_filter)?)),
    ("test", |value, arguments| plain(arguments, known(value, super::is_test)?)),
    ("none", |value, arguments| plain(arguments, value.is_none())),
    ("boolean", |value, arguments| plain(arguments, boolean(value).is_some())),
    ("false", |value, arguments| plain(arguments, boolean(value) == Some(false))),
    ("true", |value, arguments| plain(arguments, boolean(value) == Some(true))),
    ("integer", |value, arguments| {
        plain(arguments, matches!(Python::of(value), Python::Integer(_) | Python::LongInteger(_)))
    }),
    ("float", |value, arguments| plain(arguments, matches!(Python::of(value), Python::Float(_)))),
    ("lower", |value, arguments| plain(arguments, is_case(&text(value)?, false))),
    ("upper", |value, arguments| plain(arguments, is_case(&text(value)?, true))),
    ("string", |value, arguments| plain(arguments, value.as_str().is_some())),
    ("mapping", |value, arguments| plain(arguments, matches!(Python::of(value), Python::Dict(_)))),
    ("number", |value, arguments| {
        let number = Python::of(value);
        plain(arguments, number.as_integer().is_some() || matches!(number, Python::LongInteger(_) | Python::Float(_)))
    }),
    ("sequence", |value, arguments| plain(arguments, is_sequence(value))),
    ("iterable", |value, arguments| plain(arguments, is_iterable(value))),
    ("callable", |value, arguments| plain(arguments, is_callable(value))),
    ("sameas", |value, arguments| {
        let [other] = arguments.bind(["other"], 1)?;
        same(value, &other.unwrap_or_default())
    }),
    ("escaped", |value, arguments| plain(arguments, value.is_safe())),
    ("in", |value, arguments| {
        let [container] = arguments.bind(["seq"], 1)?;
        comparison("in_", value, &container.unwrap_or_default())
    }),
    ("==", |value, arguments| compared("eq", value, arguments)),
    ("eq", |value, arguments| compared("eq", value, arguments)),
    ("equalto", |value, arguments| compared("eq", value, arguments)),
    ("!=", |value, arguments| compared("ne", value, arguments)),
    ("ne", |value, arguments| compared("ne", value, arguments)),
    (">", |value, arguments| compared("gt", value, arguments)),
    ("gt", |value, arguments| compared("gt", value, arguments)),
    ("greaterthan", |value, arguments| compared("gt", value, arguments)),
    (">=", |value, arguments| compared("ge", value, arguments)),
    ("ge", |value, arguments| compared("ge", value, arguments)),
    ("<", |value, arguments| compared("lt", value, arguments)),
    ("lt", |value, arguments| compared("lt", value, arguments)),
    ("lessthan", |value, arguments| compared("lt", value, arguments)),
    ("<=", |value, arguments| compared("le", value, arguments)),
    ("le", |value, arguments| compared("le", value, arguments)),
];

/// Whether a value is a name in a table, which it can only be when Python can hash it.
fn known(value: &Value, contains: fn(&str) -> bool) -> Result<bool, Error> {
    if matches!(Python::of(value), Python::View(_))
        || value.as_object().is_some()
            && matches!(Python::of(value), Python::List(_) | Python::Tuple(_) | Python::Dict(_))
    {
        Key::new(value)?;
    }
    Ok(value.as_str().is_some_and(contains))
}

fn plain(arguments: &Arguments, outcome: bool) -> Result<bool, Error> {
    arguments.none()?;
    Ok(outcome)
}

fn boolean(value: &Value) -> Option<bool> {
    match Python::of(value) {
        Python::Boolean(value) => Some(value),
        _ => None,
    }
}

fn remainder(value: &Value, arguments: &Arguments, wanted: i64) -> Result<bool, Error> {
    arguments.none()?;
    // `value % 2` of a text is formatting, which fails: nothing in it takes a number.
    Ok(equal(&modulo(value, &Value::from(2))?, &Value::from(wanted)))
}

fn compared(operator: &str, value: &Value, arguments: &Arguments) -> Result<bool, Error> {
    if !arguments.named().is_empty() {
        return Err(failure("a comparison takes no keyword arguments"));
    }
    let [other] = arguments.bind(["other"], 1)?;
    comparison(operator, value, &other.unwrap_or_default())
}

fn is_sequence(value: &Value) -> bool {
    match Python::of(value) {
        Python::String(_)
        | Python::List(_)
        | Python::Tuple(_)
        | Python::Dict(_)
        | Python::Range(_)
        // It has a length and, as every operation on it, `[]` that fails when used.
        | Python::Undefined => true,
        _ => false,
    }
}

fn is_iterable(value: &Value) -> bool {
    match Python::of(value) {
        Python::None
        | Python::Boolean(_)
        | Python::Integer(_)
        | Python::LongInteger(_)
        | Python::Float(_)
        | Python::Namespace(_) => false,
        Python::Other => crate::template::python::access::is_loop(value) && !is_macro(value),
        _ => true,
    }
}

/// `is`: the same object. For numbers and texts that depends on what Python happens to share.
fn same(a: &Value, b: &Value) -> Result<bool, Error> {
    match (Python::of(a), Python::of(b)) {
        (Python::None, Python::None) | (Python::Undefined, Python::Undefined) if a.is_none() => Ok(true),
        (Python::Boolean(a), Python::Boolean(b)) => Ok(a == b),
        (Python::Integer(a), Python::Integer(b)) if (-5..=256).contains(&a) || a != b => Ok(a == b),
        (Python::String(a), Python::String(b)) if a != b || a.is_empty() => Ok(a == b),
        (Python::Integer(_), Python::Integer(_))
        | (Python::LongInteger(_), Python::LongInteger(_))
        | (Python::Float(_), Python::Float(_))
        | (Python::String(_), Python::String(_))
        | (Python::Undefined, Python::Undefined) => {
            Err(failure("'sameas' of equal numbers or texts is not supported: Python's answer depends on its memory"))
        }
        _ => Ok(same_object(a, b)),
    }
}
