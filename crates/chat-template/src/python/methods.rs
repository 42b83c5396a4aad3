//! The methods of Python's objects.

mod texts;

use texts::text_method;
pub(crate) use texts::{center, changed, first_characters, joined, padded, replace, strip};

use std::rc::Rc;

use super::compare::{equal, order};
use super::numbers::parse_float;
use super::operators::{as_float, is_number};
use super::strings::{self};
use crate::error::Failure;
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::objects::Object;
use crate::value::{Dict, Res, Value, ViewKind, integer};

/// Calls a method that [`access`](super::access) knows.
pub(crate) fn call<'a>(
    cx: &Machine<'a>,
    receiver: &Value<'a>,
    name: &'static str,
    arguments: &Arguments<'a>,
) -> Res<Value<'a>> {
    match receiver {
        Value::Text(text) => text_method(cx, text, name, arguments),
        Value::Dict(dict) => dict_method(cx, dict, name, arguments),
        Value::List(list) | Value::Tuple(list) => match name {
            "copy" => {
                arguments.none()?;
                Value::list(cx, list.items.clone())
            }
            _ => sequence_method(cx, &list.items, name, arguments),
        },
        Value::Range(_) if arguments.positional.len() > 1 => {
            Err(Failure::python(format!("range.{name}() takes exactly one argument")))
        }
        Value::Range(_) => sequence_method(cx, &receiver.items(cx)?, name, arguments),
        number if is_number(number) => number_method(receiver, name, arguments),
        Value::Object(object) => match (&**object, name) {
            (Object::Function("dict"), "fromkeys") => from_keys(cx, arguments),
            (Object::Cycler { items, at }, "next") => {
                arguments.none()?;
                let current = at.replace((at.get() + 1) % items.len());
                Ok(items[current].clone())
            }
            (Object::Cycler { at, .. }, "reset") => {
                arguments.none()?;
                at.set(0);
                Ok(Value::None)
            }
            (Object::Loop(it), "cycle") => {
                cx.note_unfit()?;
                let items = &arguments.positional;
                if items.is_empty() || !arguments.named.is_empty() {
                    return Err(Failure::python("no items for cycling given"));
                }
                Ok(items[it.index0.get().rem_euclid(items.len() as i64) as usize].clone())
            }
            (Object::Loop(it), "changed") => {
                cx.note_unfit()?;
                if !arguments.named.is_empty() {
                    return Err(Failure::python("changed() takes no keyword arguments"));
                }
                let now = Value::tuple(cx, arguments.positional.to_vec())?;
                let before = it.changed.borrow().clone();
                let same = before.map_or(Ok(false), |before| equal(cx, &before, &now))?;
                if !same {
                    it.changed.replace(Some(now));
                }
                Ok(Value::Bool(!same))
            }
            _ => Err(unsupported(receiver, name)),
        },
        _ => Err(unsupported(receiver, name)),
    }
}

fn unsupported(receiver: &Value<'_>, name: &str) -> Box<Failure> {
    Failure::unsupported(format!("the method '{name}' of '{}' is not supported", receiver.type_name()))
}

fn number_method<'a>(receiver: &Value<'a>, name: &str, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    if matches!(name, "is_integer" | "conjugate" | "bit_length" | "bit_count") {
        arguments.none()?;
    }
    let value = receiver.as_big().unwrap_or_default();
    match (receiver, name) {
        (Value::Float(value), "is_integer") => Ok(Value::Bool(value.is_finite() && value.fract() == 0.0)),
        (Value::Float(_), "conjugate") => Ok(receiver.clone()),
        (Value::Float(_), _) => Err(unsupported(receiver, name)),
        (_, "bit_length") => Ok(Value::Int(value.bits() as i64)),
        (_, "bit_count") => Ok(Value::Int(value.magnitude().count_ones() as i64)),
        (_, "conjugate") => Ok(integer(value)),
        _ => Err(unsupported(receiver, name)),
    }
}

fn dict_method<'a>(cx: &Machine<'a>, dict: &Rc<Dict<'a>>, name: &str, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let view = |kind| {
        arguments.none()?;
        Ok(Value::View(kind, dict.clone()))
    };
    match name {
        "keys" => view(ViewKind::Keys),
        "values" => view(ViewKind::Values),
        "items" => view(ViewKind::Items),
        "copy" => {
            arguments.none()?;
            let mut copy = Dict::with_capacity(dict.entries.len());
            for (key, value) in &dict.entries {
                copy.push(cx, key.clone(), value.clone())?;
            }
            copy.value(cx)
        }
        "fromkeys" => from_keys(cx, arguments),
        _ => {
            let [key, default] = arguments.by_position(1)?;
            let found = dict.get(cx, &key.unwrap_or_default())?.cloned();
            Ok(found.or(default).unwrap_or(Value::None))
        }
    }
}

/// `dict.fromkeys(keys, value)`.
fn from_keys<'a>(cx: &Machine<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [keys, value] = arguments.by_position(1)?;
    let value = value.unwrap_or(Value::None);
    let mut dict = Dict::default();
    for key in keys.unwrap_or_default().items(cx)? {
        dict.insert(cx, key, value.clone())?;
    }
    dict.value(cx)
}

fn sequence_method<'a>(
    cx: &Machine<'a>,
    sequence: &[Value<'a>],
    name: &str,
    arguments: &Arguments<'a>,
) -> Res<Value<'a>> {
    let [item, start, stop] = arguments.by_position(1)?;
    let item = item.unwrap_or_default();
    if name == "count" {
        if start.is_some() {
            return Err(Failure::python("count() takes exactly one argument"));
        }
        let mut count = 0;
        for other in sequence {
            cx.charge(1)?;
            count += i64::from(equal(cx, &item, other)?);
        }
        return Ok(Value::Int(count));
    }
    let bound = |value: Option<Value<'a>>| value.map_or(Ok(None), |value| value.index().map(Some));
    for at in strings::slice_indices(sequence.len(), bound(start)?, bound(stop)?, 1) {
        cx.charge(1)?;
        if equal(cx, &item, &sequence[at])? {
            return Ok(Value::from(at));
        }
    }
    Err(Failure::python("the value is not in the list"))
}

/// `min` and `max` by Python's order.
pub(crate) fn extreme<'a>(
    cx: &Machine<'a>,
    values: &[(Value<'a>, Value<'a>)],
    largest: bool,
) -> Res<Option<Value<'a>>> {
    let mut best: Option<&(Value<'a>, Value<'a>)> = None;
    for pair in values {
        cx.charge(1)?;
        let better = match best {
            None => true,
            Some((key, _)) => {
                let ordering = order(cx, &pair.0, key)?;
                ordering.is_some_and(|ordering| if largest { ordering.is_gt() } else { ordering.is_lt() })
            }
        };
        if better {
            best = Some(pair);
        }
    }
    Ok(best.map(|(_, value)| value.clone()))
}

/// `float(value)`, `None` where Python raises `ValueError` or `TypeError`.
pub(crate) fn float_of(value: &Value<'_>) -> Res<Option<f64>> {
    match value {
        Value::Text(text) => Ok(parse_float(text.as_str())),
        value if is_number(value) => as_float(value).map(Some),
        _ => Ok(None),
    }
}
