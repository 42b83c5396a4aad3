//! `==`, `<` and `in`.

use std::cmp::Ordering;

use minijinja::{Error, Value};

use crate::template::long_integer::NotNumbers;
use crate::template::values::{
    Dict, Generator, List, Namespace, Python, Range, Tuple, View, ViewKind, failure, items, type_name,
};

/// Whether two values are one object, for the kinds of objects that have an identity of their own.
pub(crate) fn same_object(a: &Value, b: &Value) -> bool {
    fn address<T: 'static>(value: &Value) -> Option<*const T> {
        value.downcast_object_ref::<T>().map(std::ptr::from_ref)
    }
    fn same<T: 'static>(a: &Value, b: &Value) -> bool {
        address::<T>(a).is_some_and(|a| address::<T>(b) == Some(a))
    }
    same::<List>(a, b)
        || same::<Vec<Value>>(a, b)
        || same::<Tuple>(a, b)
        || same::<Dict>(a, b)
        || same::<View>(a, b)
        || same::<Range>(a, b)
        || same::<Generator>(a, b)
        || same::<Namespace>(a, b)
}

fn compare_numbers(a: Python<'_>, b: Python<'_>) -> Result<Option<Ordering>, NotNumbers> {
    let exact = |integer: i128, float: f64| {
        if float.is_nan() {
            return None;
        }
        // From 2^127 on every float is larger than any of these integers, and below it every one fits.
        if float.abs() >= 2f64.powi(127) {
            return Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater });
        }
        let whole = float.trunc();
        let fraction = 0.0.partial_cmp(&(float - whole)).unwrap_or(Ordering::Equal);
        Some(integer.cmp(&(whole as i128)).then(fraction))
    };
    match (a, b) {
        (Python::Float(a), Python::Float(b)) => Ok(a.partial_cmp(&b)),
        (Python::LongInteger(a), b) => a.order(b),
        (a, Python::LongInteger(b)) => b.order(a).map(|ordering| ordering.map(Ordering::reverse)),
        (Python::Float(a), b) => Ok(exact(b.as_integer().ok_or(NotNumbers)?, a).map(Ordering::reverse)),
        (a, Python::Float(b)) => Ok(exact(a.as_integer().ok_or(NotNumbers)?, b)),
        (a, b) => {
            let (a, b) = (a.as_integer().ok_or(NotNumbers)?, b.as_integer().ok_or(NotNumbers)?);
            Ok(Some(a.cmp(&b)))
        }
    }
}

/// `a == b`.
pub(crate) fn equal(a: &Value, b: &Value) -> bool {
    let (left, right) = (Python::of(a), Python::of(b));
    if let Ok(ordering) = compare_numbers(left, right) {
        return ordering == Some(Ordering::Equal);
    }
    match (left, right) {
        (Python::Undefined, Python::Undefined) | (Python::None, Python::None) => true,
        (Python::String(a), Python::String(b)) => a == b,
        (Python::List(a), Python::List(b)) | (Python::Tuple(a), Python::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Python::Dict(a), Python::Dict(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| b.get(key).ok().flatten().is_some_and(|other| equal(value, other)))
        }
        (Python::Range(a), Python::Range(b)) => {
            let (length, other) = (a.len(), b.len());
            length == other && (length == 0 || a.start == b.start && (length == 1 || a.step == b.step))
        }
        (Python::Other | Python::Namespace(_) | Python::Generator(_), _) => same_object(a, b),
        _ => false,
    }
}

/// `a < b` and its kin: how the two stand, `None` for NaN.
pub(crate) fn order(a: &Value, b: &Value) -> Result<Option<Ordering>, Error> {
    let (left, right) = (Python::of(a), Python::of(b));
    if let Ok(ordering) = compare_numbers(left, right) {
        return Ok(ordering);
    }
    match (left, right) {
        (Python::String(a), Python::String(b)) => Ok(Some(a.cmp(b))),
        (Python::List(a), Python::List(b)) | (Python::Tuple(a), Python::Tuple(b)) => {
            for (a, b) in a.iter().zip(b) {
                if !equal(a, b) {
                    return order(a, b);
                }
            }
            Ok(Some(a.len().cmp(&b.len())))
        }
        _ => Err(failure(format!("'{}' and '{}' cannot be ordered", type_name(a), type_name(b)))),
    }
}

/// `item in container`.
pub(crate) fn contains(container: &Value, item: &Value) -> Result<bool, Error> {
    match Python::of(container) {
        Python::Undefined => Ok(false),
        Python::String(text) => match item.as_str() {
            Some(part) => Ok(text.contains(part)),
            None => Err(failure(format!("'in <string>' requires string as left operand, not {}", type_name(item)))),
        },
        Python::Dict(dict) => Ok(dict.get(item)?.is_some()),
        Python::View(view) if view.kind == ViewKind::Keys => Ok(view.dict.get(item)?.is_some()),
        Python::List(items) | Python::Tuple(items) => Ok(items.iter().any(|other| equal(item, other))),
        Python::Generator(generator) => {
            while let Some(other) = generator.next()? {
                if equal(item, &other) {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Python::View(_) | Python::Range(_) => Ok(items(container)?.iter().any(|other| equal(item, other))),
        _ => Err(failure(format!("argument of type '{}' is not iterable", type_name(container)))),
    }
}
