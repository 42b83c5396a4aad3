//! Filters of texts and numbers.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, Zero};

use super::{Filter, truth};
use crate::error::Failure;
use crate::escape::escape;
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::python::access::get_plain_attribute;
use crate::python::format::percent;
use crate::python::json::to_json;
use crate::python::methods::{self, center, changed, first_characters, float_of, replace};
use crate::python::numbers::{parse_float, parse_integer, round_float};
use crate::python::operators::{divide, is_number, multiply, power};
use crate::python::pretty::pretty;
use crate::python::repr::{soft, to_text};
use crate::python::strings::{self, count_lines, split_lines};
use crate::python::unicode::{is_alphanumeric, is_space};
use crate::text::{Builder, Text, plain_text};
use crate::value::{Dict, Res, Value, integer, integer_of_float};

/// All filters of this kind by name.
pub(super) const FILTERS: &[(&str, Filter)] = &[
    ("abs", absolute),
    ("attr", |cx, value, arguments| {
        let [name] = arguments.bind(["name"], 1)?;
        let name = name.unwrap_or_default();
        let name = name.as_str().ok_or_else(|| Failure::python("attribute name must be string"))?;
        get_plain_attribute(cx, value, name)
    }),
    ("capitalize", |cx, value, arguments| cased(cx, value, arguments, strings::capitalize)),
    ("center", |cx, value, arguments| {
        let [width] = arguments.bind(["width"], 0)?;
        let width = width.map_or(Ok(80), |width| width.index())?;
        center(cx, &soft(cx, value)?, width).map(Value::Text)
    }),
    ("filesizeformat", file_size),
    ("float", float),
    ("format", format),
    ("indent", indent),
    ("int", int),
    ("lower", |cx, value, arguments| cased(cx, value, arguments, str::to_lowercase)),
    ("pprint", |cx, value, arguments| {
        arguments.none()?;
        pretty(cx, value).map(Value::Text)
    }),
    ("random", |_, _, _| Err(Failure::unsupported("the filter 'random' gives another text each time"))),
    ("replace", replaced),
    ("round", round),
    ("string", |cx, value, arguments| {
        arguments.none()?;
        soft(cx, value).map(Value::Text)
    }),
    ("title", |cx, value, arguments| {
        // Jinja2 puts the text together anew, so that it is no markup.
        match cased(cx, value, arguments, title)? {
            Value::Text(text) => Ok(Value::Text(text.with_markup(false))),
            other => Ok(other),
        }
    }),
    ("tojson", to_json),
    ("trim", |cx, value, arguments| {
        let [characters] = arguments.bind(["chars"], 0)?;
        methods::strip(cx, &soft(cx, value)?, "strip", characters.as_ref())
    }),
    ("truncate", truncate),
    ("upper", |cx, value, arguments| cased(cx, value, arguments, str::to_uppercase)),
    ("urlencode", url_encode),
    ("wordcount", |cx, value, arguments| {
        arguments.none()?;
        let text = soft(cx, value)?;
        cx.charge_bytes(text.len() * 2)?;
        let words = text.as_str().split(|c| !(is_alphanumeric(c) || c == '_'));
        Ok(Value::from(words.filter(|word| !word.is_empty()).count()))
    }),
];

fn cased<'a>(
    cx: &Machine<'a>,
    value: &Value<'a>,
    arguments: &Arguments<'a>,
    change: fn(&str) -> String,
) -> Res<Value<'a>> {
    arguments.none()?;
    let text = soft(cx, value)?;
    cx.charge_bytes(text.len() * 4)?;
    changed(cx, &text, &change(text.as_str())).map(Value::Text)
}

fn absolute<'a>(_: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    arguments.none()?;
    match value {
        Value::Float(value) => Ok(Value::Float(value.abs())),
        other => match other.as_big() {
            Some(value) => Ok(integer(BigInt::from(value.magnitude().clone()))),
            None => Err(Failure::python(format!("bad operand type for abs(): '{}'", value.type_name()))),
        },
    }
}

fn replaced<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [old, new, count] = arguments.bind(["old", "new", "count"], 2)?;
    let count = count.filter(|count| !count.is_none()).map_or(Ok(-1), |count| count.index())?;
    let count = usize::try_from(count).ok();
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    if !cx.autoescape.get() {
        let text = to_text(cx, value)?;
        return replace(cx, &text, to_text(cx, &old)?.as_str(), &to_text(cx, &new)?, count).map(Value::Text);
    }
    let escapes = old.is_markup() || new.is_markup() && !value.is_markup();
    let text = if escapes { escape(cx, value)? } else { soft(cx, value)? };
    let new = if text.markup { escape(cx, &new)? } else { soft(cx, &new)? };
    replace(cx, &text, soft(cx, &old)?.as_str(), &new, count).map(Value::Text)
}

fn file_size<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [binary] = arguments.bind(["binary"], 0)?;
    let bytes = float_of(value)?.ok_or_else(|| Failure::python("could not convert to float"))?;
    let binary = truth(binary);
    let base: f64 = if binary { 1024.0 } else { 1000.0 };
    if bytes.to_bits() == 1f64.to_bits() {
        return Value::text(cx, "1 Byte");
    }
    if bytes < base {
        if bytes.is_infinite() {
            return Err(Failure::python("cannot convert float infinity to integer"));
        }
        let whole = crate::python::numbers::integer_text(&integer_of_float(bytes))?;
        return Value::text(cx, format!("{whole} Bytes"));
    }
    let units = if binary {
        ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
    } else {
        ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    };
    let mut unit = base;
    let mut name = "";
    for found in units {
        (unit, name) = (unit * base, found);
        // Python compares with the integer, which the float nearest to 10 ** 24 lies below.
        if bytes < unit || bytes.to_bits() == unit.to_bits() && unit.to_bits() == 1e24f64.to_bits() {
            break;
        }
    }
    let size = base * bytes / unit;
    let size = match size {
        _ if size.is_nan() => "nan".to_owned(),
        _ if size.is_infinite() => "inf".to_owned(),
        _ => format!("{size:.1}"),
    };
    Value::text(cx, format!("{size} {name}"))
}

fn float<'a>(_: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [default] = arguments.bind(["default"], 0)?;
    if value.is_undefined() {
        return Err(Failure::python("an undefined value is no number"));
    }
    Ok(float_of(value)?.map(Value::Float).or(default).unwrap_or(Value::Float(0.0)))
}

fn int<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [default, base] = arguments.bind(["default", "base"], 0)?;
    let base = base.unwrap_or(Value::Int(10));
    let whole = |float: f64| float.is_finite().then(|| integer_of_float(float));
    let number = match value {
        Value::Undefined => return Err(Failure::python("an undefined value is no number")),
        Value::Float(value) if value.is_infinite() => {
            return Err(Failure::python("cannot convert float infinity to integer"));
        }
        Value::Float(value) => whole(*value),
        Value::Text(text) => {
            cx.charge_bytes(text.len() * 4)?;
            let parsed = match base.as_int() {
                Some(base) => parse_integer(text.as_str(), base)?,
                None => None,
            };
            parsed.or_else(|| parse_float(text.as_str()).and_then(whole))
        }
        other => other.as_big().map(integer),
    };
    Ok(number.or(default).unwrap_or(Value::Int(0)))
}

fn format<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let (positional, named) = (&arguments.positional, &arguments.named);
    if !positional.is_empty() && !named.is_empty() {
        return Err(Failure::python("can't handle positional and keyword arguments at the same time"));
    }
    let values = if named.is_empty() {
        Value::tuple(cx, positional.to_vec())?
    } else {
        Dict::default().with_named(cx, named)?.value(cx)?
    };
    percent(cx, &soft(cx, value)?, &values).map(Value::Text)
}

fn indent<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [width, first, blank] = arguments.bind(["width", "first", "blank"], 0)?;
    let (first, blank) = (truth(first), truth(blank));
    let indention = match &width {
        None => Text::fixed("    "),
        Some(Value::Text(text)) => text.clone(),
        Some(other) => {
            let width = usize::try_from(other.index()?).unwrap_or(0);
            cx.check_text(width)?;
            plain_text(cx, &" ".repeat(width))?
        }
    };
    let name = value.type_name();
    let text = value.as_text().ok_or_else(|| Failure::python(format!("unsupported operand for +=: '{name}'")))?;
    let indention = if indention.markup && !text.markup { indention.with_markup(false) } else { indention };
    // The newline that is put behind makes an empty text one line.
    let mut lines = split_lines(text.as_str(), false);
    if text.len() == 0 || text.as_str().ends_with('\r') && lines.is_empty() {
        lines.push(text.as_str());
    } else if text.as_str().ends_with(['\n', '\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\u{85}', '\u{2028}', '\u{2029}'])
    {
        lines.push(&text.as_str()[text.len()..]);
    }
    cx.check_items(count_lines(text.as_str()))?;
    cx.check_text(text.len() + indention.len().saturating_mul(lines.len()))?;
    let mut out = Builder::default();
    if first {
        out.push(&indention);
    }
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.plain("\n");
            if blank || !line.is_empty() {
                out.push(&indention);
            }
        }
        out.push(&text.part(line));
    }
    Ok(Value::Text(out.finish(cx)?.with_markup(text.markup)))
}

fn round<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [precision, method] = arguments.bind(["precision", "method"], 0)?;
    let precision = precision.unwrap_or(Value::Int(0));
    match method.as_ref().map_or(Some("common"), Value::as_str) {
        Some("common") if precision.is_none() => match value {
            Value::Float(value) if !value.is_finite() => Err(Failure::python("cannot convert float to integer")),
            Value::Float(value) => Ok(integer_of_float(value.round_ties_even())),
            other => rounded_integer(other, 0),
        },
        Some("common") => {
            let digits = precision.length_limit()?;
            match value {
                Value::Float(value) => {
                    let rounded = round_float(*value, digits.clamp(-400, 400) as i32);
                    Ok(Value::Float(rounded))
                }
                other => rounded_integer(other, digits),
            }
        }
        Some(method @ ("ceil" | "floor")) => {
            let scale = power(&Value::Int(10), &precision)?;
            let scaled = multiply(cx, value, &scale)?;
            let rounded = match &scaled {
                Value::Float(value) if !value.is_finite() => {
                    return Err(Failure::python("cannot convert float to integer"));
                }
                Value::Float(value) => integer_of_float(if method == "ceil" { value.ceil() } else { value.floor() }),
                other => integer(other.as_big().ok_or_else(|| Failure::python("must be real number"))?),
            };
            divide(&rounded, &scale)
        }
        _ => Err(Failure::python("method must be common, ceil or floor")),
    }
}

/// An integer rounded to a power of ten, ties to the even one.
fn rounded_integer<'a>(value: &Value<'a>, digits: i64) -> Res<Value<'a>> {
    let name = value.type_name();
    let number = value.as_big();
    let number = number.ok_or_else(|| Failure::python(format!("type {name} doesn't define __round__ method")))?;
    if digits >= 0 {
        return Ok(integer(number));
    }
    if digits < -50_000 {
        return Ok(Value::Int(0));
    }
    let scale = BigInt::from(10).pow(digits.unsigned_abs());
    let (quotient, rest) = number.div_mod_floor(&scale);
    let up = match (&rest * 2u32).cmp(&scale) {
        std::cmp::Ordering::Less => BigInt::zero(),
        std::cmp::Ordering::Equal => quotient.mod_floor(&BigInt::from(2)),
        std::cmp::Ordering::Greater => BigInt::from(1),
    };
    Ok(integer((quotient + up) * scale))
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
            out.push_str(&characters.as_str().to_lowercase());
        }
        rest = after;
    }
    out
}

fn truncate<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [length, kill_words, end, leeway] = arguments.bind(["length", "killwords", "end", "leeway"], 0)?;
    let length = length.map_or(Ok(255), |length| length.length_limit())?;
    let leeway = leeway.filter(|leeway| !leeway.is_none()).map_or(Ok(5), |leeway| leeway.length_limit())?;
    let end = end.unwrap_or_else(|| Value::Text(Text::fixed("...")));
    let end = end.as_text().ok_or_else(|| Failure::unsupported("truncate with an end that is no text"))?;
    let kept = length.saturating_sub(strings::length(end.as_str()) as i64);
    if kept < 0 || leeway < 0 {
        return Err(Failure::python("truncate needs a length of at least its end's"));
    }
    if value.length(cx)? as i64 <= length.saturating_add(leeway) {
        return Ok(value.clone());
    }
    let name = value.type_name();
    let text = value.as_text().ok_or_else(|| Failure::python(format!("'{name}' object cannot be truncated")))?;
    let mut cut = first_characters(cx, text, kept)?;
    if !truth(kill_words)
        && let Some(at) = cut.as_str().rfind(' ')
    {
        cut = cut.slice(0..at);
    }
    crate::python::operators::add(cx, &Value::Text(cut), &Value::Text(end.clone()))
}

/// What `urllib.parse.quote_from_bytes` writes otherwise, written so.
fn quote<'a>(cx: &Machine<'a>, text: &Text<'a>, for_query: bool, out: &mut Builder) -> Res<()> {
    cx.charge_bytes(text.len() * 4)?;
    out.with_others(text, |c| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '.' | '-' | '~' => None,
        '/' if !for_query => None,
        ' ' if for_query => Some("+".to_owned()),
        c => Some(c.encode_utf8(&mut [0; 4]).bytes().fold(String::new(), |all, byte| all + &format!("%{byte:02X}"))),
    })?;
    crate::python::repr::too_long(cx, out)
}

fn url_encode<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    arguments.none()?;
    let mut out = Builder::default();
    if is_number(value) || matches!(value, Value::Text(_) | Value::None | Value::Namespace(_) | Value::Object(_)) {
        quote(cx, &to_text(cx, value)?, false, &mut out)?;
        return out.finish(cx).map(Value::Text);
    }
    let pairs = match value {
        Value::Dict(dict) => dict.entries.clone(),
        _ => {
            let pair = |pair: &Value<'a>| match pair.items(cx)?.as_slice() {
                [key, value] => Ok((key.clone(), value.clone())),
                _ => Err(Failure::python("urlencode needs pairs")),
            };
            value.items(cx)?.iter().map(pair).collect::<Res<Vec<_>>>()?
        }
    };
    for (index, (key, value)) in pairs.iter().enumerate() {
        out.plain(if index > 0 { "&" } else { "" });
        quote(cx, &to_text(cx, key)?, true, &mut out)?;
        out.plain("=");
        quote(cx, &to_text(cx, value)?, true, &mut out)?;
    }
    out.finish(cx).map(Value::Text)
}
