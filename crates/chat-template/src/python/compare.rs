//! `==`, `<` and `in`.

use std::cmp::Ordering;
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use crate::error::Failure;
use crate::machine::Machine;
use crate::objects::Object;
use crate::value::{Res, Value, ViewKind};

/// Whether two values are one object, for the kinds of objects that have an identity of their own.
pub(crate) fn same_object<'a>(a: &Value<'a>, b: &Value<'a>) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) | (Value::Tuple(a), Value::Tuple(b)) => Rc::ptr_eq(a, b),
        (Value::Dict(a), Value::Dict(b)) => Rc::ptr_eq(a, b),
        (Value::Range(a), Value::Range(b)) => Rc::ptr_eq(a, b),
        (Value::Generator(a), Value::Generator(b)) => Rc::ptr_eq(a, b),
        (Value::Namespace(a), Value::Namespace(b)) => Rc::ptr_eq(a, b),
        (Value::Object(a), Value::Object(b)) => {
            Rc::ptr_eq(a, b) || matches!((&**a, &**b), (Object::Missing, Object::Missing))
        }
        _ => false,
    }
}

/// How two numbers stand to each other; `None` where one is not a number at all, `Some(None)` for NaN.
fn compare_numbers(a: &Value<'_>, b: &Value<'_>) -> Option<Option<Ordering>> {
    let exact = |integer: &BigInt, float: f64| {
        if float.is_nan() {
            return None;
        }
        let Some(whole) = BigInt::from_f64(float.trunc()) else {
            return Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater });
        };
        let fraction = 0.0.partial_cmp(&float.fract()).unwrap_or(Ordering::Equal);
        Some(integer.cmp(&whole).then(fraction))
    };
    if let (Some(a), Some(b)) = (a.as_int(), b.as_int()) {
        return Some(Some(a.cmp(&b)));
    }
    match (a, b) {
        (Value::Float(a), Value::Float(b)) => Some(a.partial_cmp(b)),
        (Value::Float(a), b) => Some(exact(&b.as_big()?, *a).map(Ordering::reverse)),
        (a, Value::Float(b)) => Some(exact(&a.as_big()?, *b)),
        (a, b) => Some(Some(a.as_big()?.cmp(&b.as_big()?))),
    }
}

/// `a == b`.
pub(crate) fn equal<'a>(cx: &Machine<'a>, a: &Value<'a>, b: &Value<'a>) -> Res<bool> {
    if let (Value::Text(a), Value::Text(b)) = (a, b) {
        return Ok(a.len() == b.len() && {
            cx.charge_bytes(a.len())?;
            a.as_str() == b.as_str()
        });
    }
    if let Some(ordering) = compare_numbers(a, b) {
        return Ok(ordering == Some(Ordering::Equal));
    }
    match (a, b) {
        (Value::Undefined, Value::Undefined) | (Value::None, Value::None) => Ok(true),
        (Value::List(a), Value::List(b)) | (Value::Tuple(a), Value::Tuple(b)) => {
            if a.items.len() != b.items.len() {
                return Ok(false);
            }
            for (a, b) in a.items.iter().zip(&b.items) {
                cx.charge(1)?;
                if !equal_items(cx, a, b)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Dict(a), Value::Dict(b)) => {
            if a.entries.len() != b.entries.len() {
                return Ok(false);
            }
            for (key, value) in &a.entries {
                cx.charge(1)?;
                match b.get(cx, key)? {
                    Some(other) if equal_items(cx, value, other)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
        (Value::Range(a), Value::Range(b)) => {
            let (length, other) = (a.len(), b.len());
            Ok(length == other && (length == 0 || a.start == b.start && (length == 1 || a.step == b.step)))
        }
        (Value::View(kind, a), Value::View(other, b)) if *kind != ViewKind::Values && *other != ViewKind::Values => {
            equal_views(cx, (*kind, a), (*other, b))
        }
        (Value::View(..), Value::View(..)) => match (a, b) {
            (Value::View(ViewKind::Values, _), Value::View(ViewKind::Values, _)) => {
                Err(Failure::unsupported("two views of values are compared by identity, which is not supported"))
            }
            _ => Ok(false),
        },
        _ => Ok(same_object(a, b)),
    }
}

/// Views of keys or items are sets.
fn equal_views<'a>(
    cx: &Machine<'a>,
    a: (ViewKind, &Rc<crate::value::Dict<'a>>),
    b: (ViewKind, &Rc<crate::value::Dict<'a>>),
) -> Res<bool> {
    if a.0 != b.0 {
        return Ok(a.1.entries.is_empty() && b.1.entries.is_empty());
    }
    if a.0 == ViewKind::Items {
        return equal(cx, &Value::Dict(a.1.clone()), &Value::Dict(b.1.clone()));
    }
    if a.1.entries.len() != b.1.entries.len() {
        return Ok(false);
    }
    for (key, _) in &a.1.entries {
        if b.1.get(cx, key)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Items of containers are equal where they are the same object, too: NaN is, that way.
fn equal_items<'a>(cx: &Machine<'a>, a: &Value<'a>, b: &Value<'a>) -> Res<bool> {
    Ok(same_object(a, b) || equal(cx, a, b)?)
}

/// `a < b` and its kin: how the two stand, `None` for NaN.
pub(crate) fn order<'a>(cx: &Machine<'a>, a: &Value<'a>, b: &Value<'a>) -> Res<Option<Ordering>> {
    if let Some(ordering) = compare_numbers(a, b) {
        return Ok(ordering);
    }
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => {
            cx.charge_bytes(a.len().min(b.len()))?;
            Ok(Some(a.as_str().cmp(b.as_str())))
        }
        (Value::List(a), Value::List(b)) | (Value::Tuple(a), Value::Tuple(b)) => {
            for (a, b) in a.items.iter().zip(&b.items) {
                cx.charge(1)?;
                if !equal_items(cx, a, b)? {
                    return order(cx, a, b);
                }
            }
            Ok(Some(a.items.len().cmp(&b.items.len())))
        }
        (Value::View(ViewKind::Keys | ViewKind::Items, _), Value::View(ViewKind::Keys | ViewKind::Items, _)) => {
            Err(Failure::unsupported("the order of views as sets is not supported"))
        }
        _ => Err(Failure::python(format!("'{}' and '{}' cannot be ordered", a.type_name(), b.type_name()))),
    }
}

/// Sorts by keys, stably; `otherwise` orders keys that Python does not, if it can.
pub(crate) fn sort_by_key<'a, T>(
    cx: &Machine<'a>,
    items: &mut [T],
    key: impl Fn(&T) -> &Value<'a>,
    otherwise: impl Fn(&Value<'a>, &Value<'a>) -> Option<Ordering>,
) -> Res<()> {
    let mut failed = None;
    items.sort_by(|a, b| {
        let (a, b) = (key(a), key(b));
        if failed.is_some() {
            return Ordering::Equal;
        }
        match cx.charge(1).and_then(|()| order(cx, a, b)) {
            Ok(ordering) => ordering.unwrap_or(Ordering::Equal),
            Err(failure) => otherwise(a, b).unwrap_or_else(|| {
                failed = Some(failure);
                Ordering::Equal
            }),
        }
    });
    failed.map_or(Ok(()), Err)
}

/// `item in container`.
pub(crate) fn contains<'a>(cx: &Machine<'a>, container: &Value<'a>, item: &Value<'a>) -> Res<bool> {
    let any_is = |others: &[Value<'a>]| -> Res<bool> {
        for other in others {
            cx.charge(1)?;
            if equal_items(cx, item, other)? {
                return Ok(true);
            }
        }
        Ok(false)
    };
    match container {
        Value::Undefined => Ok(false),
        Value::Text(text) => match item.as_str() {
            Some(part) => {
                cx.charge_bytes(text.len())?;
                Ok(memchr::memmem::find(text.as_str().as_bytes(), part.as_bytes()).is_some())
            }
            None => {
                Err(Failure::python(format!("'in <string>' requires string as left operand, not {}", item.type_name())))
            }
        },
        Value::Dict(dict) | Value::View(ViewKind::Keys, dict) => Ok(dict.get(cx, item)?.is_some()),
        Value::List(list) | Value::Tuple(list) => any_is(&list.items),
        Value::Generator(generator) => {
            while let Some(other) = generator.next(cx)? {
                if any_is(&[other])? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Range(range) if item.as_int().is_some() => {
            let value = i128::from(item.as_int().unwrap_or(0));
            let (start, step, length) = (i128::from(range.start), i128::from(range.step), range.len() as i128);
            let offset = value - start;
            Ok(offset % step == 0 && (0..length).contains(&(offset / step)))
        }
        Value::View(..) | Value::Range(_) => any_is(&container.items(cx)?),
        _ => Err(Failure::python(format!("argument of type '{}' is not iterable", container.type_name()))),
    }
}
