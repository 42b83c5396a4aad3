//! Filters of texts and numbers.

use minijinja::{Error, State, Value};
use std::cmp::Ordering;
use std::fmt::Write as _;

use super::{Filter, escape_html};
use crate::template::long_integer::{self, Whole, whole};
use crate::template::python::calls::Arguments;
use crate::template::python::format::percent;
use crate::template::python::json::to_json;
use crate::template::python::methods::{center, joined, replace, soft};
use crate::template::python::numbers::{ParsedInteger, parse_float, parse_integer, round_float};
use crate::template::python::operators::{divide, multiply};
use crate::template::python::pretty::pretty;
use crate::template::python::repr::text;
use crate::template::python::strings::{self, count_lines, is_space, slice, split_lines};
use crate::template::size::{check_items, check_text};
use crate::template::values::{Dict, Python, Tuple, failure, integer, items, not_an_integer, type_name};

/// All filters of this kind by name.
pub(super) const FILTERS: &[(&str, Filter)] = &[
    ("abs", |_, value, arguments| absolute(value, arguments)),
    ("capitalize", |_, value, arguments| changed(value, arguments, strings::capitalize)),
    ("center", |_, value, arguments| {
        let [width] = arguments.bind(["width"], 0)?;
        let width = width.map_or(Ok(80), |width| integer_of(&width))?;
        let width = usize::try_from(width.max(0)).unwrap_or(usize::MAX);
        check_text(width)?;
        Ok(Value::from(center(&soft(value)?, width, " ")))
    }),
    ("e", |_, value, arguments| escape(value, arguments)),
    ("escape", |_, value, arguments| escape(value, arguments)),
    ("filesizeformat", |_, value, arguments| file_size(value, arguments)),
    ("float", |_, value, arguments| float(value, arguments)),
    ("forceescape", |_, value, arguments| {
        arguments.none()?;
        Ok(Value::from_safe_string(escape_html(&text(value)?)?))
    }),
    ("format", |_, value, arguments| format(value, arguments)),
    ("indent", |_, value, arguments| indent(value, arguments)),
    ("int", |_, value, arguments| int(value, arguments)),
    ("lower", |_, value, arguments| changed(value, arguments, strings::lower)),
    ("replace", |_, value, arguments| {
        let [old, new, count] = arguments.bind(["old", "new", "count"], 2)?;
        let count = count.filter(|count| !count.is_none()).map(|count| integer_of(&count)).transpose()?;
        let count = count.and_then(|count| usize::try_from(count).ok());
        let (old, new) = (soft(&old.unwrap_or_default())?, soft(&new.unwrap_or_default())?);
        replace(&text(value)?, &old, &new, count).map(Value::from)
    }),
    ("round", |_, value, arguments| round(value, arguments)),
    ("safe", |_, value, arguments| {
        arguments.none()?;
        Ok(Value::from_safe_string(soft(value)?))
    }),
    ("string", |_, value, arguments| {
        arguments.none()?;
        if value.as_str().is_some() { Ok(value.clone()) } else { Ok(Value::from(soft(value)?)) }
    }),
    ("title", |_, value, arguments| changed(value, arguments, title)),
    ("tojson", |_, value, arguments| to_json(value, arguments)),
    ("trim", |_, value, arguments| {
        let [characters] = arguments.bind(["chars"], 0)?;
        let characters = characters.filter(|characters| !characters.is_none());
        let content = text(value)?;
        Ok(match characters {
            None => Value::from(content.trim_matches(is_space)),
            Some(set) => {
                let set = set.as_str().ok_or_else(|| failure("strip arg must be None or str"))?;
                Value::from(strings::strip(&content, Some(set), true, true))
            }
        })
    }),
    ("truncate", |_, value, arguments| truncate(value, arguments)),
    ("upper", |_, value, arguments| changed(value, arguments, str::to_uppercase)),
    ("urlencode", |_, value, arguments| url_encode(value, arguments)),
    ("wordcount", |_, value, arguments| {
        arguments.none()?;
        let content = text(value)?;
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        Ok(Value::from(content.split(|c| !is_word(c)).filter(|word| !word.is_empty()).count()))
    }),
    ("pprint", |_, value, arguments| {
        arguments.none()?;
        pretty(value).map(Value::from)
    }),
    ("random", |_, value, _| unsupported(value, "random")),
    ("striptags", |_, value, arguments| strip_tags(value, arguments)),
    ("urlize", |_, value, _| unsupported(value, "urlize")),
    ("wordwrap", |_, value, _| unsupported(value, "wordwrap")),
    ("xmlattr", |_, value, arguments| xml_attributes(value, arguments)),
    ("attr", |_: &mut State, value, arguments| {
        let [name] = arguments.bind(["name"], 1)?;
        let name = name.unwrap_or_default();
        let name = name.as_str().ok_or_else(|| failure("attribute name must be string"))?;
        // Unlike `value.name` this never falls back to an item.
        match Python::of(value) {
            Python::Dict(dict) if dict.get_str(name).is_some() => {
                let empty = Value::from_object(Dict::default());
                let found = crate::template::python::access::get_attribute(&empty, name)?;
                if found.is_undefined() {
                    Ok(found)
                } else {
                    crate::template::python::access::get_attribute(value, name)
                }
            }
            Python::Undefined => Err(failure("an undefined value has no attributes")),
            _ => crate::template::python::access::get_attribute(value, name),
        }
    }),
];

fn unsupported(_: &Value, name: &str) -> Result<Value, Error> {
    Err(failure(format!("the filter '{name}' is not supported")))
}

fn integer_of(value: &Value) -> Result<i128, Error> {
    Python::of(value).as_integer().ok_or_else(|| not_an_integer(value))
}

fn changed(value: &Value, arguments: &Arguments, change: impl Fn(&str) -> String) -> Result<Value, Error> {
    arguments.none()?;
    let result = change(&text(value)?);
    Ok(if value.is_safe() { Value::from_safe_string(result) } else { Value::from(result) })
}

fn absolute(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    arguments.none()?;
    match Python::of(value) {
        Python::Float(value) => Ok(Value::from(value.abs())),
        Python::LongInteger(number) if number.is_negative() => number.negated(),
        Python::LongInteger(_) => Ok(value.clone()),
        _ => integer_of(value)?.checked_abs().map(integer).ok_or_else(|| failure("the result is too large a number")),
    }
}

fn escape(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    arguments.none()?;
    if value.is_safe() {
        return Ok(value.clone());
    }
    Ok(Value::from_safe_string(escape_html(&text(value)?)?))
}

fn file_size(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [binary] = arguments.bind(["binary"], 0)?;
    let binary = binary.is_some_and(|binary| binary.is_true());
    let bytes = match Python::of(value) {
        Python::Float(value) => Some(value),
        Python::String(text) => parse_float(text),
        other => other.as_integer().map(|value| value as f64),
    };
    let bytes = bytes.ok_or_else(|| failure("could not convert to float"))?;
    if bytes.is_nan() {
        return Err(failure("NaN is no size"));
    }
    let base: f64 = if binary { 1024.0 } else { 1000.0 };
    if (bytes - 1.0).abs() < f64::EPSILON / 2.0 {
        return Ok(Value::from("1 Byte"));
    }
    if bytes < base {
        let whole = truncated(bytes).ok_or_else(|| failure("cannot convert float infinity to integer"))?;
        return Ok(Value::from(format!("{} Bytes", text(&whole)?)));
    }
    let units = if binary {
        ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
    } else {
        ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    };
    let mut unit = base * base;
    for (index, name) in units.iter().enumerate() {
        if bytes < unit || index + 1 == units.len() {
            return Ok(Value::from(format!("{:.1} {name}", base * bytes / unit)));
        }
        unit *= base;
    }
    unsupported(value, "filesizeformat")
}

/// `Markup(value).striptags()`. Entities are refused: HTML knows two thousand of them.
fn strip_tags(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    arguments.none()?;
    let content = text(value)?;
    let mut kept = String::with_capacity(content.len());
    let mut rest: &str = &content;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start..];
        let end = match tag.strip_prefix("<!--") {
            Some(comment) => comment.find("-->").map(|end| "<!--".len() + end + "-->".len()),
            None => tag.find('>').map(|end| end + 1),
        };
        let Some(end) = end else { break };
        kept.push_str(&rest[..start]);
        rest = &tag[end..];
    }
    kept.push_str(rest);
    if kept.contains('&') {
        return Err(failure("'striptags' of a text with '&' is not supported"));
    }
    check_items(strings::count_words(&kept))?;
    Ok(Value::from(strings::split_spaces(&kept, None).join(" ")))
}

fn xml_attributes(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [space] = arguments.bind(["autospace"], 0)?;
    let Python::Dict(dict) = Python::of(value) else {
        return Err(failure(format!("'{}' object has no attribute 'items'", type_name(value))));
    };
    let escaped = |value: &Value| match value.as_str() {
        Some(text) if value.is_safe() => Ok(text.to_owned()),
        _ => escape_html(&text(value)?),
    };
    let mut parts = Vec::new();
    for (key, value) in dict.iter().filter(|(_, value)| !value.is_none() && !value.is_undefined()) {
        let name = key.as_str().ok_or_else(|| failure("expected string or bytes-like object"))?;
        if name.contains([' ', '\t', '\n', '\r', '\x0b', '\x0c', '/', '>', '=']) {
            return Err(failure(format!("Invalid character in attribute name: '{name}'")));
        }
        parts.push(format!("{}=\"{}\"", escaped(key)?, escaped(value)?));
    }
    let attributes = joined(&parts, " ")?;
    let spaced = space.is_none_or(|space| space.is_true()) && !attributes.is_empty();
    Ok(Value::from(if spaced { format!(" {attributes}") } else { attributes }))
}

fn float(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [default] = arguments.bind(["default"], 0)?;
    let number = match Python::of(value) {
        Python::Undefined => return Err(failure("an undefined value is no number")),
        Python::Float(value) => Some(value),
        Python::String(text) => parse_float(text),
        Python::LongInteger(number) => {
            let float = number.digits().parse().ok().filter(|float: &f64| float.is_finite());
            Some(float.ok_or_else(|| failure("int too large to convert to float"))?)
        }
        other => other.as_integer().map(|value| value as f64),
    };
    Ok(number.map(Value::from).or(default).unwrap_or_else(|| Value::from(0.0)))
}

fn truncated(value: f64) -> Option<Value> {
    value.is_finite().then(|| match whole(value.trunc()) {
        Whole::Short(value) => integer(value),
        Whole::Long(value) => Value::from_object(value),
    })
}

fn int(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [default, base] = arguments.bind(["default", "base"], 0)?;
    let base = base.map_or(Ok(10), |base| integer_of(&base))?;
    let number = match Python::of(value) {
        Python::Undefined => return Err(failure("an undefined value is no number")),
        Python::Float(value) => {
            if value.is_infinite() {
                return Err(failure("cannot convert float infinity to integer"));
            }
            truncated(value)
        }
        Python::String(text) => match parse_integer(text, u32::try_from(base).unwrap_or(1)) {
            ParsedInteger::Value(value) => Some(integer(value)),
            ParsedInteger::Long(digits) => Some(long_integer::parse(&digits)?),
            ParsedInteger::TooLarge => return Err(failure("an integer of more than 128 bits that is not decimal")),
            ParsedInteger::Invalid => parse_float(text).and_then(truncated),
        },
        Python::LongInteger(_) => Some(value.clone()),
        other => other.as_integer().map(integer),
    };
    Ok(number.or(default).unwrap_or_else(|| Value::from(0)))
}

fn format(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let positional = arguments.positional();
    let named = arguments.named();
    if !positional.is_empty() && !named.is_empty() {
        return Err(failure("can't handle positional and keyword arguments at the same time"));
    }
    let format = text(value)?;
    let values = if named.is_empty() {
        Tuple::value(positional)?
    } else {
        let mut dict = Dict::with_capacity(named.len());
        for (name, value) in named {
            dict.insert_str(name, value.clone())?;
        }
        Value::from_object(dict)
    };
    percent(&format, &values).map(Value::from)
}

fn indent(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [width, first, blank] = arguments.bind(["width", "first", "blank"], 0)?;
    let truth = |value: Option<Value>| value.is_some_and(|value| value.is_true());
    let (first, blank) = (truth(first), truth(blank));
    let indention = match width.as_ref().map(Python::of) {
        None => "    ".to_owned(),
        Some(Python::String(text)) => text.to_owned(),
        Some(other) => {
            let width = other.as_integer().ok_or_else(|| failure("indent needs a number or a text"))?;
            " ".repeat(usize::try_from(width.clamp(0, 10_000)).unwrap_or(0))
        }
    };
    let content = value
        .as_str()
        .filter(|_| !value.is_safe())
        .ok_or_else(|| failure(format!("indent needs a text, not {}", type_name(value))))?;
    let padded = format!("{content}\n");
    check_items(count_lines(&padded))?;
    let lines = split_lines(&padded, false);
    check_text(content.len() + indention.len().saturating_mul(lines.len()))?;
    let mut out = if first { indention.clone() } else { String::new() };
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.push('\n');
            if blank || !line.is_empty() {
                out.push_str(&indention);
            }
        }
        out.push_str(line);
    }
    Ok(Value::from(out))
}

fn round(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [precision, method] = arguments.bind(["precision", "method"], 0)?;
    let precision = precision.map_or(Ok(0), |precision| integer_of(&precision))?;
    let digits = i32::try_from(precision.clamp(-400, 400)).unwrap_or(0);
    let method = method.as_ref().map_or(Some("common"), Value::as_str);
    let number = Python::of(value);
    match method {
        Some("common") => match (number, number.as_integer()) {
            (Python::Float(value), _) => Ok(Value::from(round_float(value, digits))),
            (_, Some(value)) if digits >= 0 => Ok(integer(value)),
            (_, Some(value)) => {
                let scale =
                    10i128.checked_pow(digits.unsigned_abs()).ok_or_else(|| failure("too large a precision"))?;
                round_integer(value, scale).map(integer)
            }
            (Python::LongInteger(_), _) => Err(not_an_integer(value)),
            _ => Err(failure(format!("type {} doesn't define __round__ method", type_name(value)))),
        },
        Some(method @ ("ceil" | "floor")) => {
            let scale = crate::template::python::operators::power(&Value::from(10), &integer(precision))?;
            let scaled = multiply(value, &scale)?;
            let rounded = match Python::of(&scaled) {
                Python::Float(value) => {
                    let rounded = if method == "ceil" { value.ceil() } else { value.floor() };
                    truncated(rounded).ok_or_else(|| failure("cannot round infinity"))?
                }
                other => integer(other.as_integer().ok_or_else(|| failure("must be real number"))?),
            };
            divide(&rounded, &scale)
        }
        _ => Err(failure("method must be common, ceil or floor")),
    }
}

/// An integer rounded to a multiple, ties to the even one.
fn round_integer(value: i128, scale: i128) -> Result<i128, Error> {
    let (quotient, remainder) = (value.div_euclid(scale), value.rem_euclid(scale));
    let up = match (remainder * 2).cmp(&scale) {
        Ordering::Less => 0,
        Ordering::Equal => quotient.rem_euclid(2),
        Ordering::Greater => 1,
    };
    (quotient + up).checked_mul(scale).ok_or_else(|| failure("the result is an integer of more than 128 bits"))
}

/// Jinja2's title case: a word begins after white space, a hyphen or an opening bracket.
fn title(text: &str) -> String {
    let is_separator = |c: char| is_space(c) || matches!(c, '-' | '(' | '{' | '[' | '<');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end =
            rest.find(|c| is_separator(c) != is_separator(rest.chars().next().unwrap_or(' '))).unwrap_or(rest.len());
        let (item, after) = rest.split_at(end);
        let mut characters = item.chars();
        if let Some(first) = characters.next() {
            out.extend(first.to_uppercase());
            out.push_str(&strings::lower(characters.as_str()));
        }
        rest = after;
    }
    out
}

fn truncate(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [length, kill_words, end, leeway] = arguments.bind(["length", "killwords", "end", "leeway"], 0)?;
    let length = length.map_or(Ok(255), |length| integer_of(&length))?;
    let leeway = leeway.filter(|leeway| !leeway.is_none()).map_or(Ok(5), |leeway| integer_of(&leeway))?;
    let end = end.map_or(Ok("...".to_owned()), |end| soft(&end))?;
    let content = value.as_str().ok_or_else(|| failure("truncate needs a text"))?;
    let kept = length - strings::length(&end) as i128;
    if kept < 0 || leeway < 0 {
        return Err(failure("truncate needs a length of at least its end's"));
    }
    if strings::length(content) as i128 <= length + leeway {
        return Ok(value.clone());
    }
    let cut = slice(content, None, Some(kept), 1);
    if kill_words.is_some_and(|kill| kill.is_true()) {
        return Ok(Value::from(format!("{cut}{end}")));
    }
    let words = cut.rsplit_once(' ').map_or(cut.as_ref(), |(before, _)| before);
    Ok(Value::from(format!("{words}{end}")))
}

fn quote(text: &str, for_query: bool) -> Result<String, Error> {
    let mut out = String::new();
    for byte in text.bytes() {
        check_text(out.len())?;
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' => {
                out.push(byte as char);
            }
            b'/' if !for_query => out.push('/'),
            b' ' if for_query => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    Ok(out)
}

fn url_encode(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    arguments.none()?;
    let pairs = match Python::of(value) {
        Python::Dict(dict) => dict.iter().cloned().collect(),
        Python::List(_) | Python::Tuple(_) | Python::Generator(_) | Python::View(_) | Python::Range(_) => items(value)?
            .iter()
            .map(|pair| match items(pair)?.as_slice() {
                [key, value] => Ok((key.clone(), value.clone())),
                _ => Err(failure("urlencode needs pairs")),
            })
            .collect::<Result<Vec<_>, _>>()?,
        _ => return Ok(Value::from(quote(&text(value)?, false)?)),
    };
    let mut out = Vec::new();
    for (key, value) in &pairs {
        out.push(format!("{}={}", quote(&text(key)?, true)?, quote(&text(value)?, true)?));
    }
    Ok(Value::from(out.join("&")))
}
