//! `pprint.pformat()`, as `pprint.PrettyPrinter` lays values out in 80 columns.

use super::compare::sort_by_key;
use super::repr::{quoted, repr, too_long};
use super::strings::{length, split_lines};
use crate::error::{Failure, FailureKind};
use crate::machine::Machine;
use crate::text::{Builder, Text};
use crate::value::{Dict, Res, Value};

/// The columns of a line.
const WIDTH: usize = 80;

/// What is left of a line for a value: what stands before it, what has to follow it.
#[derive(Clone, Copy)]
struct Place {
    indent: usize,
    allowance: usize,
    level: usize,
}

/// The text of a value with the keys of its dicts sorted.
pub(crate) fn pretty<'a>(cx: &Machine<'a>, value: &Value<'a>) -> Res<Text<'a>> {
    let mut out = Builder::default();
    format(cx, value, Place { indent: 0, allowance: 0, level: 0 }, &mut out)?;
    out.finish(cx)
}

fn format<'a>(cx: &Machine<'a>, value: &Value<'a>, place: Place, out: &mut Builder) -> Res<()> {
    too_long(cx, out)?;
    let mut flat = Builder::default();
    line(cx, value, &mut flat)?;
    cx.charge_bytes(flat.len())?;
    // Python compares with a width that may be negative.
    let fits = length(&flat.text) + place.indent + place.allowance <= WIDTH;
    let place = Place { level: place.level + 1, ..place };
    match value {
        Value::Dict(dict) if !fits => items_of_dict(cx, dict, place, out),
        Value::List(list) if !fits => sequence(cx, &list.items, place, ("[", "]"), out),
        Value::Tuple(list) if !fits && !list.group => {
            let end = if list.items.len() == 1 { ",)" } else { ")" };
            sequence(cx, &list.items, place, ("(", end), out)
        }
        Value::Text(text) if !fits && !text.markup => string(cx, text, place, out),
        Value::View(..) if !fits => Err(Failure::unsupported("'pprint' of a view over several lines is not supported")),
        _ => {
            let whole = flat.finish(cx)?;
            out.push(&whole);
            Ok(())
        }
    }
}

/// The value on one line.
fn line<'a>(cx: &Machine<'a>, value: &Value<'a>, out: &mut Builder) -> Res<()> {
    cx.charge(1)?;
    match value {
        Value::Dict(dict) => {
            out.plain("{");
            for (index, (key, value)) in sorted(cx, dict)?.into_iter().enumerate() {
                out.plain(if index > 0 { ", " } else { "" });
                line(cx, key, out)?;
                out.plain(": ");
                line(cx, value, out)?;
            }
            out.plain("}");
        }
        Value::List(list) | Value::Tuple(list) if !list.group => {
            let is_list = matches!(value, Value::List(_));
            out.plain(if is_list { "[" } else { "(" });
            for (index, item) in list.items.iter().enumerate() {
                out.plain(if index > 0 { ", " } else { "" });
                line(cx, item, out)?;
            }
            out.plain(if is_list {
                "]"
            } else if list.items.len() == 1 {
                ",)"
            } else {
                ")"
            });
        }
        _ => repr(cx, value, out)?,
    }
    too_long(cx, out)
}

fn new_line(cx: &Machine<'_>, indent: usize, out: &mut Builder) -> Res<()> {
    cx.charge_bytes(indent)?;
    out.plain("\n");
    out.plain(&" ".repeat(indent));
    Ok(())
}

fn items_of_dict<'a>(cx: &Machine<'a>, dict: &Dict<'a>, place: Place, out: &mut Builder) -> Res<()> {
    out.plain("{");
    let indent = place.indent + 1;
    let entries = sorted(cx, dict)?;
    let last = entries.len().saturating_sub(1);
    for (index, (key, value)) in entries.into_iter().enumerate() {
        let mut flat = Builder::default();
        line(cx, key, &mut flat)?;
        let width = length(&flat.text);
        out.push(&flat.finish(cx)?);
        out.plain(": ");
        let allowance = if index == last { place.allowance + 1 } else { 1 };
        format(cx, value, Place { indent: indent + width + 2, allowance, ..place }, out)?;
        if index != last {
            out.plain(",");
            new_line(cx, indent, out)?;
        }
    }
    out.plain("}");
    Ok(())
}

fn sequence<'a>(
    cx: &Machine<'a>,
    items: &[Value<'a>],
    place: Place,
    (start, end): (&str, &str),
    out: &mut Builder,
) -> Res<()> {
    out.plain(start);
    let last = items.len().saturating_sub(1);
    let indent = place.indent + 1;
    for (index, item) in items.iter().enumerate() {
        let allowance = if index == last { place.allowance + end.len() } else { 1 };
        format(cx, item, Place { indent, allowance, ..place }, out)?;
        if index != last {
            out.plain(",");
            new_line(cx, indent, out)?;
        }
    }
    out.plain(end);
    Ok(())
}

/// A text that is wider than its line, as literals one below the other, cut between words.
fn string<'a>(cx: &Machine<'a>, text: &Text<'a>, place: Place, out: &mut Builder) -> Res<()> {
    if text.len() == 0 {
        return quoted(cx, text, out);
    }
    let brackets = place.level == 1;
    let (indent, allowance) = (place.indent + usize::from(brackets), place.allowance + usize::from(brackets));
    let lines = split_lines(text.as_str(), true);
    let quote = |text: &Text<'a>| -> Res<Text<'a>> {
        let mut out = Builder::default();
        quoted(cx, text, &mut out)?;
        out.finish(cx)
    };
    let mut chunks: Vec<Text<'a>> = Vec::new();
    let mut last = Text::fixed("");
    let fits = |shown: &Text<'a>, allowance: usize| length(shown.as_str()) + indent + allowance <= WIDTH;
    for (index, part) in lines.iter().enumerate() {
        let is_last = index + 1 == lines.len();
        let whole = text.part(part);
        last = quote(&whole)?;
        if fits(&last, if is_last { allowance } else { 0 }) {
            chunks.push(last.clone());
            continue;
        }
        // Words with the white space after them; an empty piece ends them, as in Python.
        let words = words(part);
        let mut current = 0..0;
        for (at, word) in words.iter().enumerate() {
            let candidate = current.start..word.end;
            let shown = quote(&whole.slice(candidate.clone()))?;
            let room = if at + 1 == words.len() && is_last { allowance } else { 0 };
            if fits(&shown, room) {
                current = candidate;
                continue;
            }
            if !current.is_empty() {
                chunks.push(quote(&whole.slice(current))?);
            }
            current = word.clone();
        }
        if !current.is_empty() {
            chunks.push(quote(&whole.slice(current))?);
        }
    }
    if chunks.len() == 1 {
        out.push(&last);
        return Ok(());
    }
    if brackets {
        out.plain("(");
    }
    for (index, chunk) in chunks.iter().enumerate() {
        if index > 0 {
            new_line(cx, indent, out)?;
        }
        out.push(chunk);
    }
    if brackets {
        out.plain(")");
    }
    Ok(())
}

/// What the pattern `\S*\s*` finds in a line.
fn words(line: &str) -> Vec<std::ops::Range<usize>> {
    let (mut words, mut from, mut spaces) = (Vec::new(), 0, false);
    for (at, c) in line.char_indices() {
        let is_space = super::unicode::is_space(c);
        if spaces && !is_space {
            words.push(from..at);
            from = at;
        }
        spaces = is_space;
    }
    if from < line.len() {
        words.push(from..line.len());
    }
    words
}

/// The entries by their keys. Python orders keys that have no order by their types, then by their addresses.
fn sorted<'v, 'a>(cx: &Machine<'a>, dict: &'v Dict<'a>) -> Res<Vec<(&'v Value<'a>, &'v Value<'a>)>> {
    let mut entries: Vec<(&Value<'a>, &Value<'a>)> = dict.entries.iter().map(|(key, value)| (key, value)).collect();
    sort_by_key(
        cx,
        &mut entries,
        |entry| entry.0,
        |a, b| {
            let (a, b) = (a.type_name(), b.type_name());
            (a != b).then(|| a.cmp(b))
        },
    )
    .map_err(|failure| match failure.kind {
        FailureKind::Limit(_) => failure,
        _ => Failure::unsupported("'pprint' of a dict whose keys have no order is not supported"),
    })?;
    Ok(entries)
}
