//! The functions that a template finds in its environment.

use std::cell::Cell;
use std::rc::Rc;

use crate::clock;
use crate::error::Failure;
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::objects::Object;
use crate::python::repr::to_text;
use crate::text::Text;
use crate::value::{Dict, Namespace, Range, Res, Value};

/// Names of the functions, as values a template can call.
const NAMES: [&str; 8] =
    ["range", "dict", "namespace", "raise_exception", "strftime_now", "cycler", "joiner", "lipsum"];

/// The largest range that Jinja2's sandbox allows.
const MAXIMUM_RANGE: usize = 100_000;

/// The function of that name.
pub(crate) fn find<'a>(name: &str) -> Option<Value<'a>> {
    NAMES.iter().find(|&&known| known == name).map(|&name| Object::Function(name).value())
}

/// Calls a function.
pub(crate) fn call<'a>(cx: &Machine<'a>, name: &str, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    match name {
        "range" => range(arguments),
        "dict" => dict(cx, arguments)?.value(cx),
        "namespace" => {
            let namespace = Namespace::default();
            for (name, value) in dict(cx, arguments)?.entries {
                let Value::Text(name) = name else {
                    return Err(Failure::unsupported("a namespace's attribute without a name"));
                };
                namespace.set(cx, name, value)?;
            }
            let namespace = Rc::new(namespace);
            cx.remember(&namespace);
            Ok(Value::Namespace(namespace))
        }
        "raise_exception" => {
            let [message] = arguments.bind(["message"], 1)?;
            Err(Failure::raised(to_text(cx, &message.unwrap_or_default())?.as_str().to_owned()))
        }
        "strftime_now" => {
            if cx.now.is_none() {
                cx.note_unfit()?;
            }
            let [format] = arguments.bind(["format"], 1)?;
            let format = format.unwrap_or_default();
            let format = format.as_str().ok_or_else(|| Failure::python("strftime_now needs a format"))?;
            cx.charge_bytes(format.len() * 64)?;
            Value::text(cx, clock::strftime(format, cx.now).map_err(Failure::unsupported)?)
        }
        "cycler" => {
            if !arguments.named.is_empty() || arguments.positional.is_empty() {
                return Err(Failure::python("cycler() takes the items to cycle through"));
            }
            Ok(Object::Cycler { items: arguments.positional.to_vec(), at: Cell::new(0) }.value())
        }
        "joiner" => {
            let [separator] = arguments.bind(["sep"], 0)?;
            let separator = separator.unwrap_or_else(|| Value::Text(Text::fixed(", ")));
            Ok(Object::Joiner { separator, used: Cell::new(false) }.value())
        }
        _ => Err(Failure::unsupported(format!("{name}() gives random text, which cannot be repeated"))),
    }
}

fn range<'a>(arguments: &Arguments<'a>) -> Res<Value<'a>> {
    if !arguments.named.is_empty() {
        return Err(Failure::python("range() takes no keyword arguments"));
    }
    let bounds = arguments.positional.iter().map(Value::index).collect::<Res<Vec<i64>>>()?;
    let (start, stop, step) = match *bounds.as_slice() {
        [stop] => (0, stop, 1),
        [start, stop] => (start, stop, 1),
        [start, stop, step] => (start, stop, step),
        _ => return Err(Failure::python("range() takes one to three arguments")),
    };
    if step == 0 {
        return Err(Failure::python("range() arg 3 must not be zero"));
    }
    let range = Range { start, stop, step };
    if range.len() > MAXIMUM_RANGE {
        return Err(Failure::python(format!("the sandbox blocks ranges larger than {MAXIMUM_RANGE}")));
    }
    Ok(Value::Range(Rc::new(range)))
}

fn dict<'a>(cx: &Machine<'a>, arguments: &Arguments<'a>) -> Res<Dict<'a>> {
    let mut dict = Dict::with_capacity(arguments.named.len());
    match arguments.positional.as_slice() {
        [] => {}
        [Value::Dict(other)] => {
            for (key, value) in &other.entries {
                dict.insert(cx, key.clone(), value.clone())?;
            }
        }
        [Value::Undefined] => return Err(Failure::python("dict() of an undefined value")),
        [source] => {
            for pair in source.items(cx)? {
                match pair.items(cx)?.as_slice() {
                    [key, value] => dict.insert(cx, key.clone(), value.clone())?,
                    _ => return Err(Failure::python("dict() takes pairs of keys and values")),
                }
            }
        }
        _ => return Err(Failure::python("dict() takes at most one positional argument")),
    }
    dict.with_named(cx, &arguments.named)
}
