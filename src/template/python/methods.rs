//! The methods of strings, lists, tuples and dicts.

use std::sync::Arc;

use minijinja::{Error, Value};

use super::calls::Arguments;
use super::compare::{equal, order};
use super::format::format_method;
use super::repr::text as to_text;
use super::strings;
use crate::template::size::{check_items, check_text};
use crate::template::values::{
    Cycler, Dict, Function, List, Python, Tuple, View, ViewKind, failure, integer, items, not_an_integer, type_name,
};

/// Calls a method that [`access`](super::access) knows.
pub(crate) fn call(receiver: &Value, name: &str, arguments: &Arguments) -> Result<Value, Error> {
    match Python::of(receiver) {
        Python::String(text) if !receiver.is_safe() => text_method(text, name, arguments),
        Python::String(_) => Err(failure(format!("the method '{name}' of an escaped text is not supported"))),
        Python::Dict(_) => dict_method(receiver, name, arguments),
        Python::List(items) | Python::Tuple(items) => sequence_method(items, name, arguments),
        Python::Float(value) if name == "is_integer" => {
            arguments.none()?;
            Ok(Value::from(value.fract() == 0.0))
        }
        Python::Integer(value) if name == "bit_length" => {
            arguments.none()?;
            Ok(Value::from(128 - value.unsigned_abs().leading_zeros()))
        }
        Python::Other if name == "fromkeys" && receiver.downcast_object_ref::<Function>().is_some() => {
            from_keys(arguments)
        }
        Python::Other if receiver.downcast_object_ref::<Cycler>().is_some() => {
            arguments.none()?;
            cycler_method(receiver, name)
        }
        _ => Err(unsupported(receiver, name)),
    }
}

fn unsupported(receiver: &Value, name: &str) -> Error {
    failure(format!("the method '{name}' of '{}' is not supported", type_name(receiver)))
}

fn cycler_method(receiver: &Value, name: &str) -> Result<Value, Error> {
    use std::sync::atomic::Ordering::Relaxed;
    let Some(cycler) = receiver.downcast_object_ref::<Cycler>() else {
        return Err(unsupported(receiver, name));
    };
    if name == "reset" {
        cycler.at.store(0, Relaxed);
        return Ok(Value::from(()));
    }
    let at = cycler.at.load(Relaxed);
    cycler.at.store((at + 1) % cycler.items.len(), Relaxed);
    Ok(cycler.items[at].clone())
}

fn dict_method(receiver: &Value, name: &str, arguments: &Arguments) -> Result<Value, Error> {
    let Some(dict) = receiver.downcast_object::<Dict>() else {
        return Err(unsupported(receiver, name));
    };
    let view = |kind, dict: Arc<Dict>| {
        arguments.none()?;
        Ok(Value::from_object(View { kind, dict }))
    };
    match name {
        "keys" => view(ViewKind::Keys, dict),
        "values" => view(ViewKind::Values, dict),
        "items" => view(ViewKind::Items, dict),
        "copy" => {
            arguments.none()?;
            Ok(receiver.clone())
        }
        "fromkeys" => from_keys(arguments),
        "get" => {
            if !arguments.named().is_empty() {
                return Err(failure("get() takes no keyword arguments"));
            }
            let [key, default] = arguments.bind(["key", "default"], 1)?;
            let key = key.unwrap_or_default();
            Ok(dict.get(&key)?.cloned().or(default).unwrap_or_else(|| Value::from(())))
        }
        _ => Err(unsupported(receiver, name)),
    }
}

/// `dict.fromkeys(keys, value)`.
fn from_keys(arguments: &Arguments) -> Result<Value, Error> {
    let [keys, value] = positional(arguments, 1)?;
    let value = value.unwrap_or_else(|| Value::from(()));
    let mut dict = Dict::default();
    for key in items(&keys.unwrap_or_default())? {
        dict.insert(key, value.clone())?;
    }
    Ok(Value::from_object(dict))
}

fn sequence_method(sequence: &[Value], name: &str, arguments: &Arguments) -> Result<Value, Error> {
    match name {
        "count" => {
            let [item] = positional(arguments, 1)?;
            let item = item.unwrap_or_default();
            Ok(Value::from(sequence.iter().filter(|other| equal(&item, other)).count()))
        }
        "index" => {
            let [item, start, stop] = positional(arguments, 1)?;
            let item = item.unwrap_or_default();
            let (start, stop) = (optional_integer(start.as_ref())?, optional_integer(stop.as_ref())?);
            let found = strings::slice_indices(sequence.len(), start, stop, 1).find(|&at| equal(&item, &sequence[at]));
            found.map(Value::from).ok_or_else(|| failure("the value is not in the list"))
        }
        "copy" => {
            arguments.none()?;
            List::value(sequence.to_vec())
        }
        _ => Err(failure(format!("the method '{name}' is not supported"))),
    }
}

/// Arguments that Python takes by position only.
fn positional<const N: usize>(arguments: &Arguments, required: usize) -> Result<[Option<Value>; N], Error> {
    if !arguments.named().is_empty() {
        return Err(failure("takes no keyword arguments"));
    }
    let names = std::array::from_fn(|_| "");
    arguments.bind(names, required)
}

fn string(value: Option<&Value>) -> Result<&str, Error> {
    value
        .and_then(Value::as_str)
        .ok_or_else(|| failure(format!("expected str, got {}", value.map_or("nothing", type_name))))
}

fn optional_string(value: Option<&Value>) -> Result<Option<&str>, Error> {
    match value {
        None => Ok(None),
        Some(value) if value.is_none() => Ok(None),
        Some(value) => string(Some(value)).map(Some),
    }
}

fn integer_of(value: &Value) -> Result<i128, Error> {
    Python::of(value).as_integer().ok_or_else(|| not_an_integer(value))
}

fn optional_integer(value: Option<&Value>) -> Result<Option<i128>, Error> {
    match value {
        None => Ok(None),
        Some(value) if value.is_none() => Ok(None),
        Some(value) => integer_of(value).map(Some),
    }
}

/// A limit of splits or replacements: negative is none.
fn limit(value: Option<&Value>) -> Result<Option<usize>, Error> {
    let Some(value) = value else { return Ok(None) };
    Ok(usize::try_from(integer_of(value)?).ok())
}

fn texts<'a>(parts: impl IntoIterator<Item = &'a str>) -> Vec<Value> {
    parts.into_iter().map(Value::from).collect()
}

fn text_method(text: &str, name: &str, arguments: &Arguments) -> Result<Value, Error> {
    match name {
        "strip" | "lstrip" | "rstrip" => {
            let [characters] = positional(arguments, 0)?;
            let characters = optional_string(characters.as_ref())?;
            Ok(Value::from(strings::strip(text, characters, name != "rstrip", name != "lstrip")))
        }
        "split" | "rsplit" => {
            let [separator, count] = arguments.bind(["sep", "maxsplit"], 0)?;
            let (separator, count) = (optional_string(separator.as_ref())?, limit(count.as_ref())?);
            List::value(split(text, separator, count, name == "rsplit")?)
        }
        "splitlines" => {
            let [keep] = arguments.bind(["keepends"], 0)?;
            check_items(strings::count_lines(text))?;
            List::value(texts(strings::split_lines(text, keep.is_some_and(|keep| keep.is_true()))))
        }
        "partition" | "rpartition" => {
            let [separator] = positional(arguments, 1)?;
            let separator = string(separator.as_ref())?;
            if separator.is_empty() {
                return Err(failure("empty separator"));
            }
            let found = if name == "partition" { text.find(separator) } else { text.rfind(separator) };
            Tuple::value(texts(match found {
                Some(at) => [&text[..at], separator, &text[at + separator.len()..]],
                None if name == "partition" => [text, "", ""],
                None => ["", "", text],
            }))
        }
        "startswith" | "endswith" => affix(text, name == "startswith", arguments),
        "replace" => {
            let [old, new, count] = arguments.bind(["old", "new", "count"], 2)?;
            let (old, new) = (string(old.as_ref())?, string(new.as_ref())?);
            replace(text, old, new, limit(count.as_ref())?).map(Value::from)
        }
        "find" | "rfind" | "index" | "rindex" | "count" => search(text, name, arguments),
        "join" => {
            let [parts] = positional(arguments, 1)?;
            let parts = items(&parts.unwrap_or_default())?;
            let parts = parts.iter().map(|part| string(Some(part))).collect::<Result<Vec<_>, Error>>()?;
            joined(&parts, text).map(Value::from)
        }
        "removeprefix" | "removesuffix" => {
            let [affix] = positional(arguments, 1)?;
            let affix = string(affix.as_ref())?;
            let rest = if name == "removeprefix" { text.strip_prefix(affix) } else { text.strip_suffix(affix) };
            Ok(Value::from(rest.unwrap_or(text)))
        }
        "format" => format_method(text, arguments).map(Value::from),
        "center" | "ljust" | "rjust" | "zfill" => pad(text, name, arguments),
        "expandtabs" => {
            let [size] = arguments.bind(["tabsize"], 0)?;
            let size = optional_integer(size.as_ref())?.unwrap_or(8);
            expand_tabs(text, usize::try_from(size.max(0)).unwrap_or(0)).map(Value::from)
        }
        _ => plain_method(text, name, arguments),
    }
}

fn plain_method(text: &str, name: &str, arguments: &Arguments) -> Result<Value, Error> {
    arguments.none()?;
    let every = |test: fn(char) -> bool| Value::from(!text.is_empty() && text.chars().all(test));
    Ok(match name {
        "upper" => Value::from(text.to_uppercase()),
        "lower" => Value::from(strings::lower(text)),
        "title" => Value::from(strings::title(text)),
        "capitalize" => Value::from(strings::capitalize(text)),
        "swapcase" => Value::from(strings::swap_case(text)),
        "casefold" => Value::from(unicase::UniCase::unicode(text).to_folded_case()),
        "isspace" => every(strings::is_space),
        "isalpha" => every(char::is_alphabetic),
        "isalnum" => every(char::is_alphanumeric),
        "isnumeric" => every(char::is_numeric),
        "isdigit" | "isdecimal" if text.is_ascii() => every(|c| c.is_ascii_digit()),
        "isascii" => Value::from(text.is_ascii()),
        "islower" => Value::from(strings::is_case(text, false)),
        "isupper" => Value::from(strings::is_case(text, true)),
        "istitle" => Value::from(strings::is_title(text)),
        "isidentifier" if text.is_ascii() => Value::from(
            text.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic())
                && text.chars().all(|c| c == '_' || c.is_ascii_alphanumeric()),
        ),
        "isprintable" if text.is_ascii() => Value::from(text.bytes().all(|b| (32..127).contains(&b))),
        // Letters beyond ASCII are neither digits nor decimals; numbers beyond ASCII need tables that are not here.
        "isdigit" | "isdecimal" if text.chars().any(|c| !c.is_numeric()) => Value::from(false),
        _ => {
            return Err(failure(format!("the string method '{name}' is not supported here")));
        }
    })
}

/// Texts with another between them.
pub(crate) fn joined<T: AsRef<str>>(parts: &[T], separator: &str) -> Result<String, Error> {
    let between = separator.len().saturating_mul(parts.len().saturating_sub(1));
    check_text(parts.iter().map(|part| part.as_ref().len()).sum::<usize>().saturating_add(between))?;
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    Ok(parts.join(separator))
}

fn split(text: &str, separator: Option<&str>, count: Option<usize>, right: bool) -> Result<Vec<Value>, Error> {
    let Some(separator) = separator else {
        check_items(count.map_or(usize::MAX, |count| count.saturating_add(1)).min(strings::count_words(text)))?;
        return Ok(texts(if right {
            strings::split_spaces_from_right(text, count)
        } else {
            strings::split_spaces(text, count)
        }));
    };
    if separator.is_empty() {
        return Err(failure("empty separator"));
    }
    check_items(count.unwrap_or(usize::MAX).min(text.matches(separator).count()))?;
    Ok(match (count, right) {
        (None, _) => texts(text.split(separator)),
        (Some(count), false) => texts(text.splitn(count + 1, separator)),
        (Some(count), true) => {
            let mut parts = texts(text.rsplitn(count + 1, separator));
            parts.reverse();
            parts
        }
    })
}

/// `str.replace`.
pub(crate) fn replace(text: &str, old: &str, new: &str, count: Option<usize>) -> Result<String, Error> {
    let found = if old.is_empty() { strings::length(text) + 1 } else { text.matches(old).count() };
    let times = count.map_or(found, |count| count.min(found));
    check_text((text.len() - times * old.len()).saturating_add(times.saturating_mul(new.len())))?;
    Ok(text.replacen(old, new, times))
}

fn window(text: &str, start: Option<i128>, stop: Option<i128>) -> Option<(usize, &str)> {
    if start.is_none() && stop.is_none() {
        return Some((0, text));
    }
    let length = strings::length(text);
    // A start beyond the end finds nothing, not even an empty text.
    if start.is_some_and(|start| start > length as i128) {
        return None;
    }
    let clamp = |bound: i128| {
        let bound = if bound < 0 { bound + length as i128 } else { bound };
        usize::try_from(bound.clamp(0, length as i128)).unwrap_or(0)
    };
    let (start, stop) = (start.map_or(0, clamp), stop.map_or(length, clamp));
    if start > stop {
        return None;
    }
    let (from, to) = (strings::byte_at(text, start), strings::byte_at(text, stop));
    Some((start, &text[from..to]))
}

fn affix(text: &str, prefix: bool, arguments: &Arguments) -> Result<Value, Error> {
    let [affix, start, stop] = positional(arguments, 1)?;
    let affix = affix.unwrap_or_default();
    let candidates = match Python::of(&affix) {
        Python::Tuple(items) => items.to_vec(),
        Python::String(_) => vec![affix.clone()],
        _ => {
            return Err(failure("startswith and endswith take a str or a tuple of str"));
        }
    };
    let Some((_, text)) = window(text, optional_integer(start.as_ref())?, optional_integer(stop.as_ref())?) else {
        return Ok(Value::from(false));
    };
    for candidate in &candidates {
        let candidate = string(Some(candidate))?;
        if if prefix { text.starts_with(candidate) } else { text.ends_with(candidate) } {
            return Ok(Value::from(true));
        }
    }
    Ok(Value::from(false))
}

fn search(text: &str, name: &str, arguments: &Arguments) -> Result<Value, Error> {
    let [part, start, stop] = positional(arguments, 1)?;
    let part = string(part.as_ref())?;
    let window = window(text, optional_integer(start.as_ref())?, optional_integer(stop.as_ref())?);
    if name == "count" {
        return Ok(Value::from(window.map_or(0, |(_, text)| {
            if part.is_empty() { strings::length(text) + 1 } else { text.matches(part).count() }
        })));
    }
    let found = window.and_then(|(offset, text)| {
        let at = if name.starts_with('r') { text.rfind(part) } else { text.find(part) }?;
        Some(offset + strings::length(&text[..at]))
    });
    match found {
        Some(at) => Ok(Value::from(at)),
        None if name.ends_with("find") => Ok(integer(-1)),
        None => Err(failure("substring not found")),
    }
}

fn pad(text: &str, name: &str, arguments: &Arguments) -> Result<Value, Error> {
    let [width, fill] = positional(arguments, 1)?;
    let width = integer_of(&width.unwrap_or_default())?;
    let fill = match fill.as_ref() {
        Some(_) if name == "zfill" => return Err(failure("zfill() takes one argument")),
        None => " ",
        fill => string(fill)?,
    };
    if strings::length(fill) != 1 {
        return Err(failure("the fill character must be exactly one character long"));
    }
    let missing = usize::try_from((width - strings::length(text) as i128).max(0)).unwrap_or(usize::MAX);
    check_text(text.len().saturating_add(missing.saturating_mul(fill.len())))?;
    Ok(Value::from(match name {
        "ljust" => format!("{text}{}", fill.repeat(missing)),
        "rjust" => format!("{}{text}", fill.repeat(missing)),
        "zfill" => {
            let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
            format!("{}{}{digits}", &text[..text.len() - digits.len()], "0".repeat(missing))
        }
        _ => center(text, usize::try_from(width.max(0)).unwrap_or(0), fill),
    }))
}

/// `str.center`: where the space is odd, its larger half stands as Python puts it.
pub(crate) fn center(text: &str, width: usize, fill: &str) -> String {
    let missing = width.saturating_sub(strings::length(text));
    let left = missing / 2 + (missing & width & 1);
    format!("{}{text}{}", fill.repeat(left), fill.repeat(missing - left))
}

fn expand_tabs(text: &str, size: usize) -> Result<String, Error> {
    let (mut out, mut column) = (String::new(), 0);
    for c in text.chars() {
        match c {
            '\t' if size > 0 => {
                let spaces = size - column % size;
                check_text(out.len().saturating_add(spaces))?;
                out.push_str(&" ".repeat(spaces));
                column += spaces;
            }
            '\t' => {}
            _ => {
                out.push(c);
                column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
            }
        }
    }
    Ok(out)
}

/// `min` and `max` by Python's order.
pub(crate) fn extreme(values: &[(Value, Value)], largest: bool) -> Result<Option<Value>, Error> {
    let mut best: Option<&(Value, Value)> = None;
    for pair in values {
        let better = match best {
            None => true,
            Some((key, _)) => {
                let ordering = order(&pair.0, key)?;
                ordering.is_some_and(|ordering| if largest { ordering.is_gt() } else { ordering.is_lt() })
            }
        };
        if better {
            best = Some(pair);
        }
    }
    Ok(best.map(|(_, value)| value.clone()))
}

/// The text of a value, for filters that take anything.
pub(crate) fn soft(value: &Value) -> Result<String, Error> {
    to_text(value).map(std::borrow::Cow::into_owned)
}
