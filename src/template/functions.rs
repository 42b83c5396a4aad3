//! The functions that a template finds in its environment.

use std::sync::atomic::{AtomicBool, AtomicUsize};

use minijinja::{Error, Value};

use super::clock;
use super::python::calls::Arguments;
use super::python::repr::text;
use super::render;
use super::values::{Cycler, Dict, Function, Joiner, Namespace, Python, Range, failure, items, not_an_integer};

/// Names of the functions, as values a template can call.
const NAMES: [&str; 8] =
    ["range", "dict", "namespace", "raise_exception", "strftime_now", "cycler", "joiner", "lipsum"];

/// The largest range that Jinja2's sandbox allows.
const MAXIMUM_RANGE: usize = 100_000;

/// The function of that name.
pub(crate) fn find(name: &str) -> Option<Value> {
    NAMES.iter().find(|&&known| known == name).map(|&name| Value::from_object(Function(name)))
}

/// Calls a function.
pub(crate) fn call(name: &str, arguments: &Arguments) -> Result<Value, Error> {
    match name {
        "range" => range(arguments),
        "dict" => dict(arguments).map(Value::from_object),
        "namespace" => namespace(arguments),
        "raise_exception" => {
            let [message] = arguments.bind(["message"], 1)?;
            let message = text(&message.unwrap_or_default())?.into_owned();
            render::raise(&message);
            Err(failure(message))
        }
        "strftime_now" => {
            let [format] = arguments.bind(["format"], 1)?;
            let format = format.unwrap_or_default();
            let format = format.as_str().ok_or_else(|| failure("strftime_now needs a format"))?;
            clock::strftime(format, render::now()).map(Value::from).map_err(failure)
        }
        "cycler" => {
            let items = arguments.positional();
            if items.is_empty() || !arguments.named().is_empty() {
                return Err(failure("cycler() takes the items to cycle through"));
            }
            Ok(Value::from_object(Cycler { items, at: AtomicUsize::new(0) }))
        }
        "joiner" => {
            let [separator] = arguments.bind(["sep"], 0)?;
            Ok(Value::from_object(Joiner {
                separator: separator.unwrap_or_else(|| Value::from(", ")),
                used: AtomicBool::new(false),
            }))
        }
        _ => Err(failure(format!("{name}() gives random text, which cannot be repeated"))),
    }
}

fn range(arguments: &Arguments) -> Result<Value, Error> {
    if !arguments.named().is_empty() {
        return Err(failure("range() takes no keyword arguments"));
    }
    let bounds = arguments
        .positional()
        .iter()
        .map(|value| {
            Python::of(value)
                .as_integer()
                .filter(|bound| bound.unsigned_abs() < 1 << 100)
                .ok_or_else(|| not_an_integer(value))
        })
        .collect::<Result<Vec<i128>, Error>>()?;
    let (start, stop, stride) = match *bounds.as_slice() {
        [stop] => (0, stop, 1),
        [start, stop] => (start, stop, 1),
        [start, stop, stride] => (start, stop, stride),
        _ => return Err(failure("range() takes one to three arguments")),
    };
    if stride == 0 {
        return Err(failure("range() arg 3 must not be zero"));
    }
    let range = Range { start, stop, step: stride };
    if range.len() > MAXIMUM_RANGE {
        return Err(failure(format!("the sandbox blocks ranges larger than {MAXIMUM_RANGE}")));
    }
    Ok(Value::from_object(range))
}

fn dict(arguments: &Arguments) -> Result<Dict, Error> {
    let mut dict = Dict::with_capacity(arguments.named().len());
    match arguments.positional().as_slice() {
        [] => {}
        [source] => match source.downcast_object_ref::<Dict>() {
            Some(other) => {
                for (key, value) in other.iter() {
                    dict.insert(key.clone(), value.clone())?;
                }
            }
            None => {
                for pair in items(source)? {
                    match items(&pair)?.as_slice() {
                        [key, value] => dict.insert(key.clone(), value.clone())?,
                        _ => return Err(failure("dict() takes pairs of keys and values")),
                    }
                }
            }
        },
        _ => return Err(failure("dict() takes at most one positional argument")),
    }
    for (name, value) in arguments.named() {
        dict.insert_str(name, value.clone())?;
    }
    Ok(dict)
}

fn namespace(arguments: &Arguments) -> Result<Value, Error> {
    let namespace = Namespace::default();
    for (key, value) in dict(arguments)?.iter() {
        let name = key.as_str().ok_or_else(|| failure("the attributes of a namespace have names"))?;
        namespace.set(name, value.clone())?;
    }
    Ok(Value::from_object(namespace))
}
