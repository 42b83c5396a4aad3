//! Attributes, items and slices, as the sandbox of Jinja2 lets a template have them.

use std::rc::Rc;

use super::strings::{byte_at, length, slice_indices};
use crate::error::Failure;
use crate::machine::Machine;
use crate::objects::{LoopCount, Object};
use crate::text::{Builder, Text};
use crate::value::{Res, Value};

#[rustfmt::skip]
const TEXT: &[&str] = &[
    "strip", "split", "startswith", "endswith", "lstrip", "rstrip", "replace", "capitalize", "casefold", "center",
    "count", "encode", "expandtabs", "find", "format", "format_map", "index", "isalnum", "isalpha", "isascii",
    "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper",
    "join", "ljust", "lower", "maketrans", "partition", "removeprefix", "removesuffix", "rfind", "rindex", "rjust",
    "rpartition", "rsplit", "splitlines", "swapcase", "title", "translate", "upper", "zfill",
];
const MARKUP: &[&str] = &["escape", "striptags", "unescape"];
const INTEGER: &[&str] =
    &["as_integer_ratio", "bit_count", "bit_length", "conjugate", "from_bytes", "is_integer", "to_bytes"];
const FLOAT: &[&str] = &["as_integer_ratio", "conjugate", "fromhex", "hex", "is_integer"];
const LIST: &[&str] = &["copy", "count", "index"];
const LIST_UNSAFE: &[&str] = &["append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"];
const TUPLE: &[&str] = &["count", "index"];
const DICT: &[&str] = &["copy", "fromkeys", "get", "items", "keys", "values"];
const DICT_UNSAFE: &[&str] = &["clear", "pop", "popitem", "setdefault", "update"];

/// What Python's `getattr` finds.
enum Attribute<'a> {
    Value(Value<'a>),
    Method(&'static str),
    /// Something that the sandbox hides.
    Unsafe,
    Absent,
}

fn one_of<'a>(name: &str, methods: &[&'static str]) -> Attribute<'a> {
    methods.iter().find(|known| **known == name).map_or(Attribute::Absent, |known| Attribute::Method(known))
}

/// What a name is among the attributes of a dict.
#[derive(Debug, Clone, Copy)]
enum OfDict {
    Key,
    Method(&'static str),
    Unsafe,
}

/// A name behind a dot, looked up once among the attributes of texts and dicts, which it most often stands behind.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub text: String,
    of_text: Option<&'static str>,
    of_dict: OfDict,
    of_loop: Option<LoopCount>,
}

impl Name {
    pub fn new(text: String) -> Self {
        let find = |methods: &[&'static str]| methods.iter().copied().find(|known| *known == text);
        let of_dict = match find(DICT) {
            Some(method) => OfDict::Method(method),
            None if is_dunder(&text) || DICT_UNSAFE.contains(&text.as_str()) => OfDict::Unsafe,
            None => OfDict::Key,
        };
        Self { of_text: find(TEXT), of_dict, of_loop: LoopCount::of(&text), text }
    }

    /// The method of a text or dict that has this name.
    pub fn method_of(&self, object: &Value<'_>) -> Option<&'static str> {
        match (object, self.of_dict) {
            (Value::Text(text), _) if !text.markup => self.of_text,
            (Value::Dict(_), OfDict::Method(method)) => Some(method),
            _ => None,
        }
    }

    /// What the object has under the name, where finding it changes nothing: the value of a key, or a count of a loop.
    pub fn at_hand_in<'a>(&self, object: &Value<'a>) -> Option<Value<'a>> {
        match object {
            Value::Dict(dict) if matches!(self.of_dict, OfDict::Key) => {
                Some(dict.get_str(&self.text).cloned().unwrap_or_default())
            }
            Value::Namespace(namespace) => namespace.get(&self.text),
            Value::Object(object) => match &**object {
                Object::Loop(it) => self.of_loop.map(|count| it.count(count)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Whether Python has such names for itself.
fn is_dunder(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

fn attribute<'a>(cx: &Machine<'a>, object: &Value<'a>, name: &str) -> Res<Attribute<'a>> {
    if let Value::Undefined = object {
        return Err(Failure::python(format!("an undefined value has no attribute '{name}'")));
    }
    if is_dunder(name) {
        // Whether Python has it or not, a template sees nothing of it.
        return Ok(Attribute::Unsafe);
    }
    Ok(match object {
        Value::Text(text) if text.markup && MARKUP.contains(&name) => one_of(name, MARKUP),
        Value::Text(_) => one_of(name, TEXT),
        Value::Int(_) | Value::Big(_) | Value::Bool(_) => match name {
            "real" | "numerator" => Attribute::Value(object.as_int().map_or_else(|| object.clone(), Value::Int)),
            "imag" => Attribute::Value(Value::Int(0)),
            "denominator" => Attribute::Value(Value::Int(1)),
            _ => one_of(name, INTEGER),
        },
        Value::Float(_) => match name {
            "real" => Attribute::Value(object.clone()),
            "imag" => Attribute::Value(Value::Float(0.0)),
            _ => one_of(name, FLOAT),
        },
        Value::List(_) if LIST_UNSAFE.contains(&name) => Attribute::Unsafe,
        Value::List(_) => one_of(name, LIST),
        Value::Tuple(list) => match name {
            "grouper" if list.group => Attribute::Value(list.items[0].clone()),
            "list" if list.group => Attribute::Value(list.items[1].clone()),
            _ => one_of(name, TUPLE),
        },
        Value::Dict(_) if DICT_UNSAFE.contains(&name) => Attribute::Unsafe,
        Value::Dict(_) => one_of(name, DICT),
        Value::Range(range) => match name {
            "start" => Attribute::Value(Value::Int(range.start)),
            "stop" => Attribute::Value(Value::Int(range.stop)),
            "step" => Attribute::Value(Value::Int(range.step)),
            _ => one_of(name, TUPLE),
        },
        Value::Namespace(_) if name.starts_with('_') => Attribute::Unsafe,
        Value::Namespace(namespace) => {
            let value = namespace.get(name);
            cx.note_attribute(object, name, value.as_ref());
            value.map_or(Attribute::Absent, Attribute::Value)
        }
        Value::View(..) => one_of(name, &["isdisjoint", "mapping"]),
        Value::Generator(_) => one_of(name, &["close", "send", "throw"]),
        Value::Object(it) => {
            let found = of_object(cx, it, name)?;
            if let Attribute::Value(value) = &found {
                cx.note_attribute(object, name, Some(value));
            }
            found
        }
        Value::None | Value::Undefined => Attribute::Absent,
    })
}

fn of_object<'a>(cx: &Machine<'a>, object: &Rc<Object<'a>>, name: &str) -> Res<Attribute<'a>> {
    let bool = |value| Attribute::Value(Value::Bool(value));
    Ok(match (&**object, name) {
        (Object::Function("dict"), _) => one_of(name, &["fromkeys"]),
        (Object::Cycler { items, at }, "current") => Attribute::Value(items[at.get()].clone()),
        (Object::Cycler { .. }, "pos") => {
            return Err(Failure::unsupported("the attribute 'pos' of a cycler is not supported"));
        }
        (Object::Cycler { .. }, _) => one_of(name, &["next", "reset"]),
        (Object::Loop(it), _) => match it.attribute(cx, name)? {
            Some(value) => Attribute::Value(value),
            None => one_of(name, &["cycle", "changed"]),
        },
        (Object::Macro(it), "name") if it.definition.name.is_empty() => Attribute::Value(Value::None),
        (Object::Macro(it), "name") => Attribute::Value(Value::text(cx, it.definition.name.as_str())?),
        (Object::Macro(it), "catch_kwargs") => bool(it.definition.kwargs.is_some()),
        (Object::Macro(it), "catch_varargs") => bool(it.definition.varargs.is_some()),
        (Object::Macro(it), "arguments") => {
            let names = it.definition.parameters.iter().map(|name| Value::text(cx, name.as_str()));
            Attribute::Value(Value::tuple(cx, names.collect::<Res<_>>()?)?)
        }
        (Object::Macro(it), "caller") => {
            let named = it.definition.parameters.iter().any(|name| name == "caller");
            bool(it.definition.caller.is_some() || named)
        }
        (Object::Joiner { used, .. }, "used") => bool(used.get()),
        (Object::Joiner { separator, .. }, "sep") => Attribute::Value(separator.clone()),
        (Object::Block(block), "name") => Attribute::Value(Value::text(cx, block.name.as_str())?),
        _ => Attribute::Absent,
    })
}

fn bound<'a>(object: &Value<'a>, name: &'static str) -> Value<'a> {
    Object::Method { receiver: object.clone(), name }.value()
}

/// `object.name` with a name of the template.
pub(crate) fn get_named<'a>(cx: &Machine<'a>, object: &Value<'a>, name: &Name) -> Res<Value<'a>> {
    match name.at_hand_in(object) {
        Some(value) => {
            cx.note_attribute(object, &name.text, Some(&value));
            Ok(value)
        }
        None => get_attribute(cx, object, &name.text),
    }
}

/// `object.name`: an attribute first, then an item.
pub(crate) fn get_attribute<'a>(cx: &Machine<'a>, object: &Value<'a>, name: &str) -> Res<Value<'a>> {
    Ok(match attribute(cx, object, name)? {
        Attribute::Value(value) => value,
        Attribute::Method(name) => bound(object, name),
        Attribute::Unsafe => Value::Undefined,
        Attribute::Absent => match object {
            Value::Dict(dict) => dict.get_str(name).cloned().unwrap_or_default(),
            Value::Object(it) if matches!(**it, Object::Blocks) => cx.block_called(name).unwrap_or_default(),
            _ => Value::Undefined,
        },
    })
}

/// The attribute filter: an attribute, and never an item.
pub(crate) fn get_plain_attribute<'a>(cx: &Machine<'a>, object: &Value<'a>, name: &str) -> Res<Value<'a>> {
    Ok(match attribute(cx, object, name)? {
        Attribute::Value(value) => value,
        Attribute::Method(name) => bound(object, name),
        Attribute::Unsafe | Attribute::Absent => Value::Undefined,
    })
}

/// `object[index]`: an item first, then an attribute.
pub(crate) fn get_item<'a>(cx: &Machine<'a>, object: &Value<'a>, index: &Value<'a>) -> Res<Value<'a>> {
    if let Some(found) = item(cx, object, index)? {
        return Ok(found);
    }
    match index.as_str() {
        Some(name) => get_plain_attribute(cx, object, name),
        None => Ok(Value::Undefined),
    }
}

fn position(length: usize, index: &Value<'_>) -> Option<usize> {
    let index = index.as_int()?;
    let index = if index < 0 { index.checked_add(length as i64)? } else { index };
    usize::try_from(index).ok().filter(|&index| index < length)
}

fn item<'a>(cx: &Machine<'a>, object: &Value<'a>, index: &Value<'a>) -> Res<Option<Value<'a>>> {
    Ok(match object {
        Value::Undefined => return Err(Failure::python("an undefined value has no items")),
        Value::Dict(dict) => match dict.get(cx, index) {
            Ok(found) => found.cloned(),
            // What cannot be a key is under no key.
            Err(failure) if matches!(failure.kind, crate::error::FailureKind::Python(_)) => None,
            Err(failure) => return Err(failure),
        },
        Value::List(list) | Value::Tuple(list) => position(list.items.len(), index).map(|at| list.items[at].clone()),
        Value::Text(text) => {
            let content = text.as_str();
            cx.charge_bytes(content.len())?;
            position(length(content), index).map(|at| {
                let start = byte_at(content, at);
                let end = start + content[start..].chars().next().map_or(0, char::len_utf8);
                Value::Text(text.slice(start..end))
            })
        }
        Value::Range(range) => position(range.len(), index).map(|at| range.at(at)),
        Value::Object(it) if matches!(**it, Object::Blocks) => index.as_str().and_then(|name| cx.block_called(name)),
        _ => None,
    })
}

/// A bound of a slice; those beyond 64 bits are as good as the largest that are not.
pub(crate) fn bound_of(value: &Value<'_>) -> Res<Option<i64>> {
    match value {
        Value::None => Ok(None),
        Value::Big(value) => Ok(Some(if value.sign() == num_bigint::Sign::Minus { i64::MIN } else { i64::MAX })),
        other => match other.as_int() {
            Some(bound) => Ok(Some(bound)),
            None => Err(Failure::python("slice indices must be integers or None")),
        },
    }
}

/// `object[start:stop:step]`, which unlike a single index is Python's own and fails as there.
pub(crate) fn slice<'a>(cx: &Machine<'a>, object: &Value<'a>, bounds: &[Value<'a>; 3]) -> Res<Value<'a>> {
    let [start, stop, step] = [bound_of(&bounds[0])?, bound_of(&bounds[1])?, bound_of(&bounds[2])?];
    let step = step.unwrap_or(1);
    if step == 0 {
        return Err(Failure::python("slice step cannot be zero"));
    }
    match object {
        Value::Text(text) => slice_text(cx, text, start, stop, step).map(Value::Text),
        Value::List(list) | Value::Tuple(list) => {
            let indices = slice_indices(list.items.len(), start, stop, step);
            cx.check_items(indices.size_hint().0)?;
            let items = indices.map(|at| list.items[at].clone()).collect();
            if matches!(object, Value::List(_)) { Value::list(cx, items) } else { Value::tuple(cx, items) }
        }
        Value::Range(range) => {
            let length = range.len() as i64;
            let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
            let (first, last) = if step > 0 { (lowest, highest) } else { (highest, lowest) };
            let at = |bound: Option<i64>, absent: i64| {
                let from_end = |it: i64| if it < 0 { it.saturating_add(length) } else { it };
                range.start + range.step * bound.map_or(absent, |it| from_end(it).clamp(lowest, highest))
            };
            let (start, stop) = (at(start, first), at(stop, last));
            let step = range.step.saturating_mul(step);
            Ok(Value::Range(Rc::new(crate::value::Range { start, stop, step })))
        }
        _ => Err(Failure::python(format!("'{}' object cannot be sliced", object.type_name()))),
    }
}

/// A slice of a text by code points.
pub(crate) fn slice_text<'a>(
    cx: &Machine<'a>,
    text: &Text<'a>,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> Res<Text<'a>> {
    let content = text.as_str();
    cx.charge_bytes(content.len())?;
    let mut indices = slice_indices(length(content), start, stop, step);
    if step == 1 {
        let count = indices.size_hint().0;
        let Some(first) = indices.next() else { return Ok(text.slice(0..0)) };
        let from = byte_at(content, first);
        let to = from + byte_at(&content[from..], count);
        return Ok(text.slice(from..to));
    }
    cx.check_items(content.len())?;
    let starts: Vec<usize> = content.char_indices().map(|(at, _)| at).chain([content.len()]).collect();
    let mut builder = Builder::default();
    indices.for_each(|at| builder.slice(text, starts[at]..starts[at + 1]));
    Ok(builder.finish(cx)?.with_markup(text.markup))
}
