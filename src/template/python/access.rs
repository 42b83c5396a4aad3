//! Attributes, items and slices, as the sandbox of Jinja2 lets a template have them.

use minijinja::{Error, Value};

use super::strings::{self, slice_indices};
use crate::template::values::{
    BoundMethod, Cycler, Function, Joiner, List, Namespace, Python, Tuple, failure, type_name,
};

const TEXT: &[&str] = &[
    "capitalize",
    "casefold",
    "center",
    "count",
    "encode",
    "endswith",
    "expandtabs",
    "find",
    "format",
    "format_map",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "isdecimal",
    "isdigit",
    "isidentifier",
    "islower",
    "isnumeric",
    "isprintable",
    "isspace",
    "istitle",
    "isupper",
    "join",
    "ljust",
    "lower",
    "lstrip",
    "maketrans",
    "partition",
    "removeprefix",
    "removesuffix",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
    "zfill",
];
const INTEGER: &[&str] =
    &["as_integer_ratio", "bit_count", "bit_length", "conjugate", "from_bytes", "is_integer", "to_bytes"];
const FLOAT: &[&str] = &["as_integer_ratio", "conjugate", "fromhex", "hex", "is_integer"];
const LIST: &[&str] = &["copy", "count", "index"];
const LIST_UNSAFE: &[&str] = &["append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"];
const TUPLE: &[&str] = &["count", "index"];
const DICT: &[&str] = &["copy", "fromkeys", "get", "items", "keys", "values"];
const DICT_UNSAFE: &[&str] = &["clear", "pop", "popitem", "setdefault", "update"];
const LOOP: &[&str] =
    &["index0", "index", "length", "revindex", "revindex0", "first", "last", "depth", "depth0", "previtem", "nextitem"];

/// What Python's `getattr` finds.
enum Attribute {
    /// A value.
    Value(Value),
    /// A method.
    Method,
    /// Something that the sandbox hides.
    Unsafe,
    /// Nothing.
    Absent,
}

fn one_of(name: &str, methods: &[&str]) -> Attribute {
    if methods.contains(&name) { Attribute::Method } else { Attribute::Absent }
}

fn attribute(object: &Value, name: &str) -> Result<Attribute, Error> {
    if name.starts_with("__") && name.ends_with("__") && name.len() > 4 {
        // Whether Python has it or not, a template sees nothing of it.
        return Ok(Attribute::Unsafe);
    }
    Ok(match Python::of(object) {
        Python::Undefined => {
            return Err(failure(format!("an undefined value has no attribute '{name}'")));
        }
        Python::String(_) => one_of(name, TEXT),
        Python::Integer(_) | Python::LongInteger(_) => match name {
            "real" | "numerator" => Attribute::Value(object.clone()),
            "imag" => Attribute::Value(Value::from(0)),
            "denominator" => Attribute::Value(Value::from(1)),
            _ => one_of(name, INTEGER),
        },
        Python::Boolean(value) => match name {
            "real" | "numerator" => Attribute::Value(Value::from(i64::from(value))),
            "imag" => Attribute::Value(Value::from(0)),
            "denominator" => Attribute::Value(Value::from(1)),
            _ => one_of(name, INTEGER),
        },
        Python::Float(_) => match name {
            "real" => Attribute::Value(object.clone()),
            "imag" => Attribute::Value(Value::from(0.0)),
            _ => one_of(name, FLOAT),
        },
        Python::List(_) if LIST_UNSAFE.contains(&name) => Attribute::Unsafe,
        Python::List(_) => one_of(name, LIST),
        Python::Tuple(items) => match (name, object.downcast_object_ref::<Tuple>()) {
            ("grouper", Some(Tuple { is_group: true, .. })) => Attribute::Value(items[0].clone()),
            ("list", Some(Tuple { is_group: true, .. })) => Attribute::Value(items[1].clone()),
            _ => one_of(name, TUPLE),
        },
        Python::Dict(_) if DICT_UNSAFE.contains(&name) => Attribute::Unsafe,
        Python::Dict(_) => one_of(name, DICT),
        Python::Range(range) => match name {
            "start" => Attribute::Value(crate::template::values::integer(range.start)),
            "stop" => Attribute::Value(crate::template::values::integer(range.stop)),
            "step" => Attribute::Value(crate::template::values::integer(range.step)),
            _ => one_of(name, TUPLE),
        },
        Python::Namespace(namespace) => {
            if name.starts_with('_') {
                Attribute::Unsafe
            } else {
                namespace.get(name).map_or(Attribute::Absent, Attribute::Value)
            }
        }
        Python::None => Attribute::Absent,
        Python::View(_) => one_of(name, &["isdisjoint", "mapping"]),
        Python::Generator(_) => one_of(name, &["close", "gi_running", "gi_suspended", "gi_yieldfrom", "send", "throw"]),
        Python::Other => other_attribute(object, name),
    })
}

fn other_attribute(object: &Value, name: &str) -> Attribute {
    if let Some(Function("dict")) = object.downcast_object_ref() {
        return one_of(name, &["fromkeys"]);
    }
    if let Some(cycler) = object.downcast_object_ref::<Cycler>() {
        return match name {
            "current" => {
                let at = cycler.at.load(std::sync::atomic::Ordering::Relaxed);
                Attribute::Value(cycler.items[at].clone())
            }
            _ => one_of(name, &["next", "reset"]),
        };
    }
    if object.downcast_object_ref::<Joiner>().is_some() || object.downcast_object_ref::<BoundMethod>().is_some() {
        return Attribute::Absent;
    }
    if LOOP.contains(&name)
        && let Ok(value) = object.get_attr(name)
        && is_loop(object)
    {
        return Attribute::Value(value);
    }
    if is_loop(object) { one_of(name, &["cycle", "changed"]) } else { Attribute::Absent }
}

/// Whether a value is the engine's own `loop`.
pub(crate) fn is_loop(object: &Value) -> bool {
    object.as_object().is_some()
        && object.get_attr("index0").is_ok_and(|index| !index.is_undefined())
        && object.get_attr("revindex0").is_ok_and(|index| !index.is_undefined())
}

fn bound(object: &Value, name: &str) -> Value {
    Value::from_object(BoundMethod { receiver: object.clone(), name: name.to_owned() })
}

/// `object.name`: an attribute first, then an item.
pub(crate) fn get_attribute(object: &Value, name: &str) -> Result<Value, Error> {
    Ok(match attribute(object, name)? {
        Attribute::Value(value) => value,
        Attribute::Method => bound(object, name),
        Attribute::Unsafe => Value::UNDEFINED,
        Attribute::Absent => match Python::of(object) {
            Python::Dict(dict) => dict.get_str(name).cloned().unwrap_or_default(),
            _ => Value::UNDEFINED,
        },
    })
}

/// `object[index]`: an item first, then an attribute.
pub(crate) fn get_item(object: &Value, index: &Value) -> Result<Value, Error> {
    if let Some(found) = item(object, index)? {
        return Ok(found);
    }
    let Some(name) = index.as_str() else {
        return Ok(Value::UNDEFINED);
    };
    Ok(match attribute(object, name)? {
        Attribute::Value(value) => value,
        Attribute::Method => bound(object, name),
        Attribute::Unsafe | Attribute::Absent => Value::UNDEFINED,
    })
}

fn position(length: usize, index: &Value) -> Option<usize> {
    let index = Python::of(index).as_integer()?;
    let index = if index < 0 { index + length as i128 } else { index };
    usize::try_from(index).ok().filter(|&index| index < length)
}

fn item(object: &Value, index: &Value) -> Result<Option<Value>, Error> {
    Ok(match Python::of(object) {
        Python::Undefined => return Err(failure("an undefined value has no items")),
        Python::Dict(dict) => dict.get(index).ok().flatten().cloned(),
        Python::List(items) | Python::Tuple(items) => position(items.len(), index).map(|at| items[at].clone()),
        Python::String(text) => {
            if text.is_ascii() {
                position(text.len(), index).map(|at| Value::from(&text[at..=at]))
            } else {
                position(strings::length(text), index).and_then(|at| text.chars().nth(at)).map(Value::from)
            }
        }
        Python::Range(range) => position(range.len(), index).map(|at| range.at(at)),
        _ => None,
    })
}

fn bound_of(value: &Value) -> Result<Option<i128>, Error> {
    match Python::of(value) {
        Python::None => Ok(None),
        other => other.as_integer().map(Some).ok_or_else(|| failure("slice indices must be integers or None")),
    }
}

/// `object[start:stop:step]`, which unlike a single index is Python's own and fails as there.
pub(crate) fn slice(object: &Value, start: &Value, stop: &Value, stride: &Value) -> Result<Value, Error> {
    let (start, stop, stride) = (bound_of(start)?, bound_of(stop)?, bound_of(stride)?.unwrap_or(1));
    if stride == 0 {
        return Err(failure("slice step cannot be zero"));
    }
    match Python::of(object) {
        Python::String(text) => {
            let part = strings::slice(text, start, stop, stride);
            Ok(if object.is_safe() { Value::from_safe_string(part.into_owned()) } else { Value::from(part.as_ref()) })
        }
        Python::List(items) => {
            List::value(slice_indices(items.len(), start, stop, stride).map(|at| items[at].clone()).collect())
        }
        Python::Tuple(items) => {
            Tuple::value(slice_indices(items.len(), start, stop, stride).map(|at| items[at].clone()).collect())
        }
        _ => Err(failure(format!("'{}' object cannot be sliced", type_name(object)))),
    }
}

/// `namespace.name = value`.
pub(crate) fn set_attribute(namespace: &Value, name: &str, value: &Value) -> Result<(), Error> {
    match namespace.downcast_object_ref::<Namespace>() {
        Some(namespace) => namespace.set(name, value.clone()),
        None => Err(failure("cannot assign attribute on non-namespace object")),
    }
}
