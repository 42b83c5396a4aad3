//! The methods of texts.

use crate::error::Failure;
use crate::escape::escape;
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::python::access::{bound_of, slice_text};
use crate::python::format::{format_map, format_method};
use crate::python::strings::{self, byte_at, length};
use crate::python::unicode;
use crate::text::{Builder, Text};
use crate::value::{Res, Value};
use memchr::memmem;

pub(super) fn string<'v, 'a>(value: Option<&'v Value<'a>>) -> Res<&'v Text<'a>> {
    let found = value.map_or("nothing", Value::type_name);
    value.and_then(Value::as_text).ok_or_else(|| Failure::python(format!("expected str, got {found}")))
}

fn optional_string<'v, 'a>(value: Option<&'v Value<'a>>) -> Res<Option<&'v Text<'a>>> {
    match value {
        None | Some(Value::None) => Ok(None),
        value => string(value).map(Some),
    }
}

pub(super) fn optional_bound(value: Option<&Value<'_>>) -> Res<Option<i64>> {
    value.map_or(Ok(None), bound_of)
}

/// A limit of splits or replacements: negative is none.
fn limit(value: Option<&Value<'_>>) -> Res<Option<usize>> {
    value.map_or(Ok(None), |value| Ok(usize::try_from(value.index()?).ok()))
}

fn parts<'a, 't>(text: &Text<'a>, parts: impl IntoIterator<Item = &'t str>) -> Vec<Value<'a>> {
    parts.into_iter().map(|part| Value::Text(text.part(part))).collect()
}

pub(super) fn text_method<'a>(
    cx: &Machine<'a>,
    text: &Text<'a>,
    name: &str,
    arguments: &Arguments<'a>,
) -> Res<Value<'a>> {
    cx.charge_bytes(text.len())?;
    let content = text.as_str();
    match name {
        "strip" | "lstrip" | "rstrip" => {
            let [characters] = arguments.by_position(0)?;
            strip(cx, text, name, characters.as_ref())
        }
        "split" | "rsplit" => {
            let [separator, count] = arguments.bind(["sep", "maxsplit"], 0)?;
            let (separator, count) = (optional_string(separator.as_ref())?, limit(count.as_ref())?);
            Value::list(cx, split(cx, text, separator.map(Text::as_str), count, name == "rsplit")?)
        }
        "splitlines" => {
            let [keep] = arguments.bind(["keepends"], 0)?;
            let keep = keep.map_or(Ok(false), |keep| keep.flag())?;
            cx.check_items(strings::count_lines(content))?;
            Value::list(cx, parts(text, strings::split_lines(content, keep)))
        }
        "partition" | "rpartition" => partition(cx, text, name == "rpartition", arguments),
        "startswith" | "endswith" => affix(content, name == "startswith", arguments),
        "replace" => {
            let [old, new, count] = arguments.by_position(2)?;
            let (old, new) = (string(old.as_ref())?, new.unwrap_or_default());
            let new = if text.markup { escape(cx, &new)? } else { string(Some(&new))?.clone() };
            replace(cx, text, old.as_str(), &new, limit(count.as_ref())?).map(Value::Text)
        }
        "find" | "rfind" | "index" | "rindex" | "count" => search(content, name, arguments),
        "join" => {
            let [parts] = arguments.by_position(1)?;
            let parts = parts.unwrap_or_default().items(cx)?;
            let item = |item: &Value<'a>| if text.markup { escape(cx, item) } else { string(Some(item)).cloned() };
            let texts = parts.iter().map(item).collect::<Res<Vec<_>>>()?;
            joined(cx, &texts, text).map(|joined| Value::Text(joined.with_markup(text.markup)))
        }
        "removeprefix" | "removesuffix" => {
            let [affix] = arguments.by_position(1)?;
            let affix = string(affix.as_ref())?.as_str();
            let rest = if name == "removeprefix" { content.strip_prefix(affix) } else { content.strip_suffix(affix) };
            Ok(Value::Text(text.part(rest.unwrap_or(content))))
        }
        "format" => format_method(cx, text, arguments).map(Value::Text),
        "format_map" => {
            let [mapping] = arguments.by_position(1)?;
            format_map(cx, text, &mapping.unwrap_or_default()).map(Value::Text)
        }
        "center" | "ljust" | "rjust" | "zfill" => pad(cx, text, name, arguments),
        "expandtabs" => {
            let [size] = arguments.bind(["tabsize"], 0)?;
            let size = size.map_or(Ok(8), |size| size.c_int())?;
            expand_tabs(cx, text, usize::try_from(size).unwrap_or(0)).map(Value::Text)
        }
        "escape" if text.markup => {
            let [value] = arguments.bind(["s"], 1)?;
            escape(cx, &value.unwrap_or_default()).map(Value::Text)
        }
        "striptags" | "unescape" if text.markup => {
            arguments.none()?;
            let plain = if name == "unescape" { text.clone() } else { crate::filters::html::strip_tags(cx, text)? };
            crate::filters::html::unescape(cx, &plain).map(Value::Text)
        }
        _ => plain_method(cx, text, name, arguments),
    }
}

/// `strip`, `lstrip` or `rstrip`.
pub(crate) fn strip<'a>(
    cx: &Machine<'a>,
    text: &Text<'a>,
    name: &str,
    characters: Option<&Value<'a>>,
) -> Res<Value<'a>> {
    let characters = optional_string(characters)?.map(Text::as_str);
    cx.charge_bytes(text.len() * (1 + characters.map_or(0, str::len).min(1000)))?;
    let stripped = strings::strip(text.as_str(), characters, name != "rstrip", name != "lstrip");
    Ok(Value::Text(text.part(stripped)))
}

/// The text with other characters in place of all of its own.
pub(crate) fn changed<'a>(cx: &Machine<'a>, text: &Text<'a>, new: &str) -> Res<Text<'a>> {
    if new == text.as_str() {
        return Ok(text.clone());
    }
    let mut builder = Builder::default();
    builder.rewritten(text, 0..text.len(), new);
    Ok(builder.finish(cx)?.with_markup(text.markup))
}

fn plain_method<'a>(cx: &Machine<'a>, text: &Text<'a>, name: &str, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    if matches!(name, "encode" | "maketrans" | "translate") {
        return Err(Failure::unsupported(format!("the string method '{name}' is not supported here")));
    }
    arguments.none()?;
    cx.charge_bytes(text.len() * 4)?;
    let content = text.as_str();
    let every = |test: fn(char) -> bool| Ok(Value::Bool(!content.is_empty() && content.chars().all(test)));
    let becomes = |new: String| changed(cx, text, &new).map(Value::Text);
    match name {
        "upper" => becomes(content.to_uppercase()),
        "lower" => becomes(content.to_lowercase()),
        "title" => becomes(strings::title(content)),
        "capitalize" => becomes(strings::capitalize(content)),
        "swapcase" => becomes(strings::swap_case(content)),
        "casefold" => becomes(unicase::UniCase::unicode(content).to_folded_case()),
        "isspace" => every(unicode::is_space),
        "isalpha" => every(unicode::is_alpha),
        "isalnum" => every(unicode::is_alphanumeric),
        "isnumeric" => every(unicode::is_numeric),
        "isdigit" => every(unicode::is_digit),
        "isdecimal" => every(unicode::is_decimal),
        "isascii" => Ok(Value::Bool(content.is_ascii())),
        "islower" => Ok(Value::Bool(strings::is_case(content, false))),
        "isupper" => Ok(Value::Bool(strings::is_case(content, true))),
        "istitle" => Ok(Value::Bool(strings::is_title(content))),
        "isprintable" => Ok(Value::Bool(content.chars().all(unicode::is_printable))),
        "isidentifier" if content.is_ascii() => Ok(Value::Bool(
            content.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic())
                && content.chars().all(|c| c == '_' || c.is_ascii_alphanumeric()),
        )),
        _ => Err(Failure::unsupported(format!("the string method '{name}' is not supported here"))),
    }
}

/// Texts with another between them.
pub(crate) fn joined<'a>(cx: &Machine<'a>, texts: &[Text<'a>], separator: &Text<'a>) -> Res<Text<'a>> {
    let between = separator.len().saturating_mul(texts.len().saturating_sub(1));
    let length = texts.iter().map(Text::len).sum::<usize>().saturating_add(between);
    cx.check_text(length)?;
    let mut builder = Builder::default();
    builder.text.reserve(length);
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            builder.push(separator);
        }
        builder.push(text);
    }
    builder.finish(cx)
}

fn partition<'a>(cx: &Machine<'a>, text: &Text<'a>, right: bool, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [separator] = arguments.by_position(1)?;
    let separator = string(separator.as_ref())?;
    if separator.len() == 0 {
        return Err(Failure::python("empty separator"));
    }
    let (content, sought) = (text.as_str().as_bytes(), separator.as_str().as_bytes());
    let found = if right { memmem::rfind(content, sought) } else { memmem::find(content, sought) };
    let empty = text.slice(0..0);
    let pieces = match found {
        Some(at) => {
            [text.slice(0..at), separator.clone().with_markup(text.markup), text.slice(at + sought.len()..text.len())]
        }
        None if right => [empty.clone(), empty, text.clone()],
        None => [text.clone(), empty.clone(), empty],
    };
    Value::tuple(cx, pieces.map(Value::Text).to_vec())
}

fn split<'a>(
    cx: &Machine<'a>,
    text: &Text<'a>,
    separator: Option<&str>,
    count: Option<usize>,
    right: bool,
) -> Res<Vec<Value<'a>>> {
    let content = text.as_str();
    let limit = count.unwrap_or(usize::MAX);
    let Some(separator) = separator else {
        cx.check_items(limit.saturating_add(1).min(strings::count_words(content)))?;
        let words = if right {
            strings::split_spaces_from_right(content, count)
        } else {
            strings::split_spaces(content, count)
        };
        return Ok(parts(text, words));
    };
    if separator.is_empty() {
        return Err(Failure::python("empty separator"));
    }
    let (bytes, sought) = (content.as_bytes(), separator.as_bytes());
    let mut cuts: Vec<usize> = if right {
        memmem::rfind_iter(bytes, sought).take(limit).collect()
    } else {
        memmem::find_iter(bytes, sought).take(limit).collect()
    };
    if right {
        cuts.reverse();
    }
    cx.check_items(cuts.len())?;
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    let mut from = 0;
    for at in cuts {
        pieces.push(Value::Text(text.slice(from..at)));
        from = at + separator.len();
    }
    pieces.push(Value::Text(text.slice(from..content.len())));
    Ok(pieces)
}

/// `str.replace`.
pub(crate) fn replace<'a>(
    cx: &Machine<'a>,
    text: &Text<'a>,
    old: &str,
    new: &Text<'a>,
    count: Option<usize>,
) -> Res<Text<'a>> {
    let content = text.as_str();
    cx.charge_bytes(content.len())?;
    let limit = count.unwrap_or(usize::MAX);
    let places: Vec<usize> = if old.is_empty() {
        content.char_indices().map(|(at, _)| at).chain([content.len()]).take(limit).collect()
    } else {
        memmem::find_iter(content.as_bytes(), old.as_bytes()).take(limit).collect()
    };
    if places.is_empty() {
        return Ok(text.clone());
    }
    let kept = content.len() - places.len() * old.len();
    cx.check_text(kept.saturating_add(places.len().saturating_mul(new.len())))?;
    cx.charge(places.len())?;
    let mut builder = Builder::default();
    let mut from = 0;
    for at in places {
        builder.slice(text, from..at);
        builder.push(new);
        from = at + old.len();
    }
    builder.slice(text, from..content.len());
    Ok(builder.finish(cx)?.with_markup(text.markup))
}

fn window(text: &str, start: Option<i64>, stop: Option<i64>) -> Option<(usize, &str)> {
    if start.is_none() && stop.is_none() {
        return Some((0, text));
    }
    let length = length(text) as i64;
    // A start beyond the end finds nothing, not even an empty text.
    if start.is_some_and(|start| start > length) {
        return None;
    }
    let clamp = |bound: i64| if bound < 0 { bound.saturating_add(length) } else { bound }.clamp(0, length) as usize;
    let (start, stop) = (start.map_or(0, clamp), stop.map_or(length as usize, clamp));
    if start > stop {
        return None;
    }
    Some((start, &text[byte_at(text, start)..byte_at(text, stop)]))
}

fn affix<'a>(text: &str, prefix: bool, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [affix, start, stop] = arguments.by_position(1)?;
    let affix = affix.unwrap_or_default();
    let candidates = match &affix {
        Value::Tuple(list) => list.items.as_slice(),
        Value::Text(_) => std::slice::from_ref(&affix),
        _ => return Err(Failure::python("startswith and endswith take a str or a tuple of str")),
    };
    let Some((_, text)) = window(text, optional_bound(start.as_ref())?, optional_bound(stop.as_ref())?) else {
        return Ok(Value::Bool(false));
    };
    for candidate in candidates {
        let candidate = string(Some(candidate))?.as_str();
        if if prefix { text.starts_with(candidate) } else { text.ends_with(candidate) } {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn search<'a>(text: &str, name: &str, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [part, start, stop] = arguments.by_position(1)?;
    let part = string(part.as_ref())?.as_str();
    let window = window(text, optional_bound(start.as_ref())?, optional_bound(stop.as_ref())?);
    if name == "count" {
        return Ok(Value::from(window.map_or(0, |(_, text)| match part {
            "" => length(text) + 1,
            _ => memmem::find_iter(text.as_bytes(), part.as_bytes()).count(),
        })));
    }
    let found = window.and_then(|(offset, text)| {
        let (text, part) = (text, part.as_bytes());
        let bytes = text.as_bytes();
        let at = if name.starts_with('r') { memmem::rfind(bytes, part) } else { memmem::find(bytes, part) }?;
        Some(offset + length(&text[..at]))
    });
    match found {
        Some(at) => Ok(Value::from(at)),
        None if name.ends_with("find") => Ok(Value::Int(-1)),
        None => Err(Failure::python("substring not found")),
    }
}

fn pad<'a>(cx: &Machine<'a>, text: &Text<'a>, name: &str, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [width, fill] = arguments.by_position(1)?;
    let width = width.unwrap_or_default().index()?;
    let fill = match fill.as_ref() {
        Some(_) if name == "zfill" => return Err(Failure::python("zfill() takes one argument")),
        None => Text::fixed(if name == "zfill" { "0" } else { " " }),
        Some(fill) if text.markup => escape(cx, fill)?,
        fill => string(fill)?.clone(),
    };
    if length(fill.as_str()) != 1 {
        return Err(Failure::python("the fill character must be exactly one character long"));
    }
    let missing = missing(text, width);
    let (left, start) = match name {
        "ljust" => (0, 0),
        "rjust" => (missing, 0),
        "zfill" => (missing, text.len() - text.as_str().strip_prefix(['+', '-']).map_or(text.len(), str::len)),
        _ => (left_of_center(missing, width), 0),
    };
    padded(cx, text, start, left, missing - left, fill.as_str()).map(Value::Text)
}

/// How many characters a text lacks to fill a width.
fn missing(text: &Text<'_>, width: i64) -> usize {
    usize::try_from(width.saturating_sub(length(text.as_str()) as i64)).unwrap_or(0)
}

/// How much of the missing space stands on the left of a centred text, as `str.center` shares it out.
fn left_of_center(missing: usize, width: i64) -> usize {
    missing / 2 + (missing & width as usize & 1)
}

/// A text with a fill character in front of a byte and behind its end.
pub(crate) fn padded<'a>(
    cx: &Machine<'a>,
    text: &Text<'a>,
    start: usize,
    left: usize,
    right: usize,
    fill: &str,
) -> Res<Text<'a>> {
    cx.check_text(text.len().saturating_add((left + right).saturating_mul(fill.len())))?;
    let mut builder = Builder::default();
    builder.slice(text, 0..start);
    builder.plain(&fill.repeat(left));
    builder.slice(text, start..text.len());
    builder.plain(&fill.repeat(right));
    Ok(builder.finish(cx)?.with_markup(text.markup))
}

/// `str.center` with spaces.
pub(crate) fn center<'a>(cx: &Machine<'a>, text: &Text<'a>, width: i64) -> Res<Text<'a>> {
    let missing = missing(text, width);
    let left = left_of_center(missing, width);
    padded(cx, text, 0, left, missing - left, " ")
}

fn expand_tabs<'a>(cx: &Machine<'a>, text: &Text<'a>, size: usize) -> Res<Text<'a>> {
    let (mut builder, mut column, mut from) = (Builder::default(), 0, 0);
    for (at, c) in text.as_str().char_indices() {
        match c {
            '\t' => {
                let spaces = if size > 0 { size - column % size } else { 0 };
                cx.check_text(spaces)?;
                crate::python::repr::too_long(cx, &builder)?;
                builder.slice(text, from..at);
                builder.rewritten(text, at..at + 1, &" ".repeat(spaces));
                column += spaces;
                from = at + 1;
            }
            '\n' | '\r' => column = 0,
            _ => column += 1,
        }
    }
    builder.slice(text, from..text.len());
    Ok(builder.finish(cx)?.with_markup(text.markup))
}

/// The first characters of a text.
pub(crate) fn first_characters<'a>(cx: &Machine<'a>, text: &Text<'a>, count: i64) -> Res<Text<'a>> {
    slice_text(cx, text, None, Some(count), 1)
}
