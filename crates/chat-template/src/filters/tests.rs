//! Jinja2's tests.

use super::{Test, find_filter, find_test};
use crate::ast::Comparator;
use crate::error::Failure;
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::objects::Object;
use crate::python::compare::{equal, same_object};
use crate::python::operators::{compare, is_number, modulo};
use crate::python::repr::soft;
use crate::python::strings::is_case;
use crate::value::{Key, Res, Value};

/// All tests by name.
pub(super) const TESTS: &[(&str, Test)] = &[
    ("odd", |cx, value, arguments| remainder(cx, value, arguments, 1)),
    ("even", |cx, value, arguments| remainder(cx, value, arguments, 0)),
    ("divisibleby", |cx, value, arguments| {
        let [divisor] = arguments.bind(["num"], 1)?;
        equal(cx, &modulo(cx, value, &divisor.unwrap_or_default())?, &Value::Int(0))
    }),
    ("defined", |_, value, arguments| plain(arguments, !value.is_undefined())),
    ("undefined", |_, value, arguments| plain(arguments, value.is_undefined())),
    ("filter", |cx, value, arguments| {
        plain(arguments, known(cx, value)?.is_some_and(|name| find_filter(name).is_some()))
    }),
    ("test", |cx, value, arguments| plain(arguments, known(cx, value)?.is_some_and(|name| find_test(name).is_some()))),
    ("none", |_, value, arguments| plain(arguments, value.is_none())),
    ("boolean", |_, value, arguments| plain(arguments, matches!(value, Value::Bool(_)))),
    ("false", |_, value, arguments| plain(arguments, matches!(value, Value::Bool(false)))),
    ("true", |_, value, arguments| plain(arguments, matches!(value, Value::Bool(true)))),
    ("integer", |_, value, arguments| plain(arguments, matches!(value, Value::Int(_) | Value::Big(_)))),
    ("float", |_, value, arguments| plain(arguments, matches!(value, Value::Float(_)))),
    ("lower", |cx, value, arguments| plain(arguments, is_case(soft(cx, value)?.as_str(), false))),
    ("upper", |cx, value, arguments| plain(arguments, is_case(soft(cx, value)?.as_str(), true))),
    ("string", |_, value, arguments| plain(arguments, value.as_str().is_some())),
    ("mapping", |_, value, arguments| plain(arguments, matches!(value, Value::Dict(_)))),
    ("number", |_, value, arguments| plain(arguments, is_number(value))),
    ("sequence", |_, value, arguments| plain(arguments, is_sequence(value))),
    ("iterable", |_, value, arguments| plain(arguments, is_iterable(value))),
    ("callable", |_, value, arguments| plain(arguments, is_callable(value))),
    ("sameas", |_, value, arguments| {
        let [other] = arguments.bind(["other"], 1)?;
        same(value, &other.unwrap_or_default())
    }),
    ("escaped", |_, value, arguments| plain(arguments, value.is_markup())),
    ("in", |cx, value, arguments| {
        let [container] = arguments.bind(["seq"], 1)?;
        compare(cx, Comparator::In, value, &container.unwrap_or_default())
    }),
    ("==", EQUAL),
    ("eq", EQUAL),
    ("equalto", EQUAL),
    ("!=", UNEQUAL),
    ("ne", UNEQUAL),
    (">", GREATER),
    ("gt", GREATER),
    ("greaterthan", GREATER),
    (">=", |cx, value, arguments| compared(cx, Comparator::GreaterOrEqual, value, arguments)),
    ("ge", |cx, value, arguments| compared(cx, Comparator::GreaterOrEqual, value, arguments)),
    ("<", LESS),
    ("lt", LESS),
    ("lessthan", LESS),
    ("<=", |cx, value, arguments| compared(cx, Comparator::LessOrEqual, value, arguments)),
    ("le", |cx, value, arguments| compared(cx, Comparator::LessOrEqual, value, arguments)),
];

const EQUAL: Test = |cx, value, arguments| compared(cx, Comparator::Equal, value, arguments);
const UNEQUAL: Test = |cx, value, arguments| compared(cx, Comparator::Unequal, value, arguments);
const LESS: Test = |cx, value, arguments| compared(cx, Comparator::Less, value, arguments);
const GREATER: Test = |cx, value, arguments| compared(cx, Comparator::Greater, value, arguments);

/// The name that a value is, which Python looks for in a table: it must be possible to hash it.
fn known<'v, 'a>(cx: &Machine<'a>, value: &'v Value<'a>) -> Res<Option<&'v str>> {
    if !matches!(value, Value::Range(_) | Value::View(..)) {
        Key::new(cx, value)?;
    }
    Ok(value.as_str())
}

fn plain(arguments: &Arguments<'_>, outcome: bool) -> Res<bool> {
    arguments.none()?;
    Ok(outcome)
}

fn remainder<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>, wanted: i64) -> Res<bool> {
    arguments.none()?;
    // `value % 2` of a text is formatting, which most often fails.
    equal(cx, &modulo(cx, value, &Value::Int(2))?, &Value::Int(wanted))
}

fn compared<'a>(cx: &Machine<'a>, operator: Comparator, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<bool> {
    let [other] = arguments.by_position(1)?;
    compare(cx, operator, value, &other.unwrap_or_default())
}

fn is_sequence(value: &Value<'_>) -> bool {
    // An undefined value has a length and, as every operation on it, `[]` that fails when used. A class can be
    // subscribed, and a loop has a length but cannot.
    matches!(
        value,
        Value::Text(_) | Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Range(_) | Value::Undefined
    )
}

fn is_iterable(value: &Value<'_>) -> bool {
    match value {
        Value::None | Value::Namespace(_) => false,
        Value::Object(object) => matches!(**object, Object::Loop(_)),
        value => !is_number(value),
    }
}

fn is_callable(value: &Value<'_>) -> bool {
    match value {
        Value::Object(object) => object.is_callable(),
        // Calling an undefined value fails, but the class has the method.
        other => other.is_undefined(),
    }
}

/// `is`: the same object. For numbers and texts that depends on what Python happens to share.
fn same<'a>(a: &Value<'a>, b: &Value<'a>) -> Res<bool> {
    match (a, b) {
        (Value::None, Value::None) => Ok(true),
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Int(a), Value::Int(b)) if (-5..=256).contains(a) || a != b => Ok(a == b),
        (Value::Text(a), Value::Text(b)) if a.as_str() != b.as_str() => Ok(false),
        (Value::Int(_), Value::Int(_))
        | (Value::Big(_), Value::Big(_))
        | (Value::Float(_), Value::Float(_))
        | (Value::Text(_), Value::Text(_))
        | (Value::Tuple(_), Value::Tuple(_))
        | (Value::Undefined, Value::Undefined) => Err(Failure::unsupported(
            "'sameas' of equal numbers or texts is not supported: Python's answer depends on its memory",
        )),
        _ => Ok(same_object(a, b)),
    }
}
