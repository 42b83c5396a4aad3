//! Filters of lists, dicts and whatever else can be walked through.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::{Filter, find_filter, find_test, truth};
use crate::error::{Failure, FailureKind};
use crate::escape::escape;
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::python::access::{get_item, slice_text};
use crate::python::compare::{equal, order, sort_by_key};
use crate::python::methods::{changed, extreme, joined};
use crate::python::operators::add;
use crate::python::repr::{soft, to_text};
use crate::text::Text;
use crate::value::{Generator, Key, Res, Value};

/// All filters of this kind by name.
pub(super) const FILTERS: &[(&str, Filter)] = &[
    ("batch", batch),
    ("count", length),
    ("d", default),
    ("default", default),
    ("dictsort", dict_sort),
    ("first", first),
    ("groupby", group_by),
    ("items", |cx, value, arguments| {
        arguments.none()?;
        match value {
            Value::Undefined => Generator::value(cx, std::iter::empty()),
            Value::Dict(dict) => {
                let pairs = dict.entries.iter();
                Generator::value(cx, pairs.map(|(key, value)| Value::tuple(cx, vec![key.clone(), value.clone()])))
            }
            _ => failing(cx, Failure::python("Can only get item pairs from a mapping.")),
        }
    }),
    ("join", join),
    ("last", |cx, value, arguments| {
        arguments.none()?;
        if let Value::Text(text) = value {
            let start = text.as_str().char_indices().next_back().map(|(at, _)| at);
            let last = start.map(|start| text.slice(start..text.len()));
            return Ok(last.map(Value::Text).unwrap_or_default());
        }
        if let Value::Generator(_) = value {
            return Err(Failure::python("'generator' object is not reversible"));
        }
        Ok(value.items(cx)?.pop().unwrap_or_default())
    }),
    ("length", length),
    ("list", |cx, value, arguments| {
        arguments.none()?;
        Value::list(cx, value.items(cx)?)
    }),
    ("map", map),
    ("max", |cx, value, arguments| largest(cx, value, arguments, true)),
    ("min", |cx, value, arguments| largest(cx, value, arguments, false)),
    ("reject", |cx, value, arguments| select(cx, value, arguments, false, false)),
    ("rejectattr", |cx, value, arguments| select(cx, value, arguments, false, true)),
    ("reverse", |cx, value, arguments| {
        arguments.none()?;
        if let Value::Text(text) = value {
            return slice_text(cx, text, None, None, -1).map(Value::Text);
        }
        let mut items = value.items(cx)?;
        items.reverse();
        match value {
            Value::Generator(_) => Value::list(cx, items),
            _ => Generator::value(cx, items.into_iter().map(Ok)),
        }
    }),
    ("select", |cx, value, arguments| select(cx, value, arguments, true, false)),
    ("selectattr", |cx, value, arguments| select(cx, value, arguments, true, true)),
    ("slice", slice),
    ("sort", sort),
    ("sum", sum),
    ("unique", unique),
];

fn length<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    arguments.none()?;
    value.length(cx).map(Value::from)
}

fn first<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    arguments.none()?;
    Ok(match value {
        Value::Generator(generator) => generator.next(cx)?.unwrap_or_default(),
        Value::Text(text) => {
            let end = text.as_str().chars().next().map(char::len_utf8);
            end.map(|end| Value::Text(text.slice(0..end).with_markup(false))).unwrap_or_default()
        }
        Value::List(list) | Value::Tuple(list) => list.items.first().cloned().unwrap_or_default(),
        _ => value.items(cx)?.into_iter().next().unwrap_or_default(),
    })
}

/// Reads an attribute given as `a.b.0`, as a number, or not at all.
struct Getter<'a> {
    path: Vec<Value<'a>>,
    default: Option<Value<'a>>,
    ignore_case: bool,
}

impl<'a> Getter<'a> {
    fn new(
        cx: &Machine<'a>,
        attribute: Option<&Value<'a>>,
        default: Option<Value<'a>>,
        ignore_case: bool,
    ) -> Res<Self> {
        let path = match attribute {
            None | Some(Value::None) => Vec::new(),
            Some(Value::Text(text)) => Self::path(cx, text)?,
            Some(value) => vec![value.clone()],
        };
        Ok(Self { path, default: default.filter(|default| !default.is_none()), ignore_case })
    }

    fn path(cx: &Machine<'a>, text: &Text<'a>) -> Res<Vec<Value<'a>>> {
        cx.charge_bytes(text.len() * 8)?;
        let part = |part: &str| {
            if !part.is_empty() && part.chars().all(crate::python::unicode::is_digit) {
                let index = crate::python::numbers::parse_integer(part, 10)?;
                return index.ok_or_else(|| Failure::python("invalid literal for int()"));
            }
            Ok(Value::Text(text.part(part)))
        };
        text.as_str().split('.').map(part).collect()
    }

    fn get(&self, cx: &Machine<'a>, item: &Value<'a>) -> Res<Value<'a>> {
        cx.charge(1)?;
        let mut found = item.clone();
        for part in &self.path {
            found = get_item(cx, &found, part)?;
            if let (Value::Undefined, Some(default)) = (&found, &self.default) {
                found = default.clone();
            }
        }
        if self.ignore_case
            && let Value::Text(text) = &found
        {
            cx.charge_bytes(text.len())?;
            return changed(cx, text, &text.as_str().to_lowercase()).map(Value::Text);
        }
        Ok(found)
    }

    /// The keys of items, with the items.
    fn keyed(&self, cx: &Machine<'a>, value: &Value<'a>) -> Res<Vec<(Value<'a>, Value<'a>)>> {
        value.items(cx)?.into_iter().map(|item| Ok((self.get(cx, &item)?, item))).collect()
    }
}

fn default<'a>(_: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [default, boolean] = arguments.bind(["default_value", "boolean"], 0)?;
    if value.is_undefined() || (truth(boolean) && !value.is_true()) {
        return Ok(default.unwrap_or_else(|| Value::Text(Text::fixed(""))));
    }
    Ok(value.clone())
}

fn join<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [separator, attribute] = arguments.bind(["d", "attribute"], 0)?;
    let separator = separator.unwrap_or_else(|| Value::Text(Text::fixed("")));
    let getter = Getter::new(cx, attribute.as_ref(), None, false)?;
    let items = value.items(cx)?.iter().map(|item| getter.get(cx, item)).collect::<Res<Vec<_>>>()?;
    if !cx.autoescape.get() {
        let separator = to_text(cx, &separator)?;
        let texts = items.iter().map(|item| to_text(cx, item)).collect::<Res<Vec<_>>>()?;
        return joined(cx, &texts, &separator).map(Value::Text);
    }
    let markup = separator.is_markup() || items.iter().any(Value::is_markup);
    let text = |value: &Value<'a>| if markup { escape(cx, value) } else { soft(cx, value) };
    let texts = items.iter().map(text).collect::<Res<Vec<_>>>()?;
    Ok(Value::Text(joined(cx, &texts, &text(&separator)?)?.with_markup(markup)))
}

fn batch<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [count, fill] = arguments.bind(["linecount", "fill_with"], 1)?;
    let fill = fill.filter(|fill| !fill.is_none());
    match batches(cx, value, &count.unwrap_or_default(), fill) {
        Ok(rows) => Generator::value(cx, rows.into_iter().map(|row| Value::list(cx, row))),
        Err(failure) => failing(cx, failure),
    }
}

fn batches<'a>(
    cx: &Machine<'a>,
    value: &Value<'a>,
    count: &Value<'a>,
    fill: Option<Value<'a>>,
) -> Res<Vec<Vec<Value<'a>>>> {
    // A row is full where it has exactly that many items, which it may never have.
    let full = match count {
        Value::Float(count) if count.fract() == 0.0 && *count >= 0.0 => Some(*count as usize),
        other => other.as_int().and_then(|count| usize::try_from(count).ok()),
    };
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    for item in value.items(cx)? {
        if full == Some(row.len()) {
            rows.push(std::mem::take(&mut row));
        }
        row.push(item);
    }
    if let Some(fill) = fill.filter(|_| !row.is_empty())
        && order(cx, &Value::from(row.len()), count)? == Some(Ordering::Less)
    {
        let count = usize::try_from(count.index()?).unwrap_or(0);
        cx.check_items(count)?;
        row.resize(count.max(row.len()), fill);
    }
    if !row.is_empty() {
        rows.push(row);
    }
    Ok(rows)
}

fn slice<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [count, fill] = arguments.bind(["slices", "fill_with"], 1)?;
    let fill = fill.filter(|fill| !fill.is_none());
    let all = value.items(cx)?;
    let count = match count.unwrap_or_default().index() {
        Ok(0) => return failing(cx, Failure::python("integer modulo by zero")),
        Ok(count) => usize::try_from(count).unwrap_or(0),
        Err(failure) => return failing(cx, failure),
    };
    cx.check_items(count)?;
    let (each, extra) = (all.len() / count.max(1), all.len() % count.max(1));
    let mut start = 0;
    let columns = (0..count).map(|column| {
        let end = start + each + usize::from(column < extra);
        let mut items = all[start..end].to_vec();
        start = end;
        if column >= extra {
            items.extend(fill.clone());
        }
        Value::list(cx, items)
    });
    Generator::value(cx, columns)
}

/// Sorts by keys, stably; Python's `reverse` keeps the order of equals too.
fn sorted<'a>(
    cx: &Machine<'a>,
    mut keyed: Vec<(Value<'a>, Value<'a>)>,
    reverse: bool,
) -> Res<Vec<(Value<'a>, Value<'a>)>> {
    // Reversed before and after, what is equal keeps its order.
    if reverse {
        keyed.reverse();
    }
    sort_by_key(cx, &mut keyed, |pair| &pair.0, |_, _| None)?;
    if reverse {
        keyed.reverse();
    }
    Ok(keyed)
}

fn sort<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [reverse, case_sensitive, attribute] = arguments.bind(["reverse", "case_sensitive", "attribute"], 0)?;
    let ignore_case = !truth(case_sensitive);
    let getters: Vec<Getter<'a>> = match &attribute {
        Some(Value::Text(text)) => {
            let part = |part| Getter::new(cx, Some(&Value::Text(text.part(part))), None, ignore_case);
            text.as_str().split(',').map(part).collect::<Res<_>>()?
        }
        other => vec![Getter::new(cx, other.as_ref(), None, ignore_case)?],
    };
    let key = |item: Value<'a>| {
        let keys = getters.iter().map(|getter| getter.get(cx, &item)).collect::<Res<Vec<_>>>()?;
        Ok((Value::list(cx, keys)?, item))
    };
    let keyed = value.items(cx)?.into_iter().map(key).collect::<Res<Vec<_>>>()?;
    let reverse = reverse.map_or(Ok(false), |reverse| reverse.flag())?;
    Value::list(cx, sorted(cx, keyed, reverse)?.into_iter().map(|(_, item)| item).collect())
}

fn dict_sort<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [case_sensitive, by, reverse] = arguments.bind(["case_sensitive", "by", "reverse"], 0)?;
    let getter = Getter::new(cx, None, None, !truth(case_sensitive))?;
    let by_value = match by.as_ref().map_or(Some("key"), Value::as_str) {
        Some("key") => false,
        Some("value") => true,
        _ => return Err(Failure::python("You can only sort by either \"key\" or \"value\"")),
    };
    let Value::Dict(dict) = value else {
        return Err(Failure::python(format!("'{}' object has no attribute 'items'", value.type_name())));
    };
    let key = |(key, value): &(Value<'a>, Value<'a>)| {
        let pair = Value::tuple(cx, vec![key.clone(), value.clone()])?;
        Ok((getter.get(cx, if by_value { value } else { key })?, pair))
    };
    let keyed = dict.entries.iter().map(key).collect::<Res<Vec<_>>>()?;
    let reverse = reverse.map_or(Ok(false), |reverse| reverse.flag())?;
    Value::list(cx, sorted(cx, keyed, reverse)?.into_iter().map(|(_, pair)| pair).collect())
}

fn group_by<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [attribute, default, case_sensitive] = arguments.bind(["attribute", "default", "case_sensitive"], 1)?;
    let case_sensitive = truth(case_sensitive);
    let getter = Getter::new(cx, attribute.as_ref(), default.clone(), !case_sensitive)?;
    let plain = Getter::new(cx, attribute.as_ref(), default, false)?;
    let keyed = getter.keyed(cx, value)?;
    let mut groups: Vec<(Value<'a>, Vec<Value<'a>>)> = Vec::new();
    for (key, item) in sorted(cx, keyed, false)? {
        match groups.last_mut() {
            Some((last, members)) if equal(cx, last, &key)? => members.push(item),
            _ => groups.push((key, vec![item])),
        }
    }
    let group = |(key, members): (Value<'a>, Vec<Value<'a>>)| {
        let key = if case_sensitive { key } else { plain.get(cx, &members[0])? };
        Value::group(cx, key, Value::list(cx, members)?)
    };
    let groups = groups.into_iter().map(group).collect::<Res<Vec<_>>>()?;
    Value::list(cx, groups)
}

fn unique<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [case_sensitive, attribute] = arguments.bind(["case_sensitive", "attribute"], 0)?;
    let getter = Getter::new(cx, attribute.as_ref(), None, !truth(case_sensitive))?;
    let mut seen = HashSet::new();
    let items = match value.items(cx) {
        Ok(items) => items,
        Err(failure) => return failing(cx, failure),
    };
    let kept = items.into_iter().filter_map(|item| match getter.get(cx, &item).and_then(|key| Key::new(cx, &key)) {
        Ok(key) => seen.insert(key).then_some(Ok(item)),
        Err(failure) => Some(Err(failure)),
    });
    Generator::value(cx, kept)
}

fn largest<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>, largest: bool) -> Res<Value<'a>> {
    let [case_sensitive, attribute] = arguments.bind(["case_sensitive", "attribute"], 0)?;
    let getter = Getter::new(cx, attribute.as_ref(), None, !truth(case_sensitive))?;
    Ok(extreme(cx, &getter.keyed(cx, value)?, largest)?.unwrap_or_default())
}

fn sum<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [attribute, start] = arguments.bind(["attribute", "start"], 0)?;
    let start = start.unwrap_or(Value::Int(0));
    if start.as_str().is_some() {
        return Err(Failure::python("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    let getter = Getter::new(cx, attribute.as_ref(), None, false)?;
    value.items(cx)?.iter().try_fold(start, |total, item| add(cx, &total, &getter.get(cx, item)?))
}

/// The arguments of an inner filter or test: all but the first few positional ones, with the keywords.
fn inner_arguments<'a>(arguments: &Arguments<'a>, skip: usize) -> Arguments<'a> {
    Arguments { positional: arguments.positional.iter().skip(skip).cloned().collect(), named: arguments.named.clone() }
}

fn name_of<'v>(value: &'v Value<'_>) -> Res<&'v str> {
    value.as_str().ok_or_else(|| Failure::python("expected the name of a filter or test"))
}

fn map<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    if !value.is_true() {
        return Generator::value(cx, std::iter::empty());
    }
    let mapped = match &arguments.positional[..] {
        [] => attribute_of(arguments).and_then(|(attribute, default)| {
            let getter = Getter::new(cx, Some(attribute), default, false)?;
            Generator::value(cx, value.items(cx)?.iter().map(|item| getter.get(cx, item)))
        }),
        [name, ..] => name_of(name).and_then(|name| {
            let filter = find_filter(name).ok_or_else(|| Failure::python(format!("No filter named '{name}'.")))?;
            let inner = inner_arguments(arguments, 1);
            cx.level(|| Generator::value(cx, value.items(cx)?.iter().map(|item| filter(cx, item, &inner))))
        }),
    };
    mapped.or_else(|failure| failing(cx, failure))
}

fn attribute_of<'v, 'a>(arguments: &'v Arguments<'a>) -> Res<(&'v Value<'a>, Option<Value<'a>>)> {
    let (mut attribute, mut default) = (None, None);
    for (name, value) in &arguments.named {
        match name.as_str() {
            "attribute" => attribute = Some(value),
            "default" => default = Some(value.clone()),
            name => return Err(Failure::python(format!("Unexpected keyword argument '{name}'"))),
        }
    }
    attribute.map(|attribute| (attribute, default)).ok_or_else(|| Failure::python("map requires a filter argument"))
}

/// What Python meets when it walks through the result, and not before.
fn failing<'a>(cx: &Machine<'a>, failure: Box<Failure>) -> Res<Value<'a>> {
    if matches!(failure.kind, FailureKind::Limit(_)) {
        return Err(failure);
    }
    Generator::value(cx, std::iter::once(Err(failure)))
}

fn select<'a>(
    cx: &Machine<'a>,
    value: &Value<'a>,
    arguments: &Arguments<'a>,
    wanted: bool,
    by_attribute: bool,
) -> Res<Value<'a>> {
    if !value.is_true() {
        return Generator::value(cx, std::iter::empty());
    }
    let positional = &arguments.positional;
    let offset = usize::from(by_attribute);
    let getter = match positional.first() {
        Some(attribute) if by_attribute => Getter::new(cx, Some(attribute), None, false)?,
        None if by_attribute => return failing(cx, Failure::python("Missing parameter for attribute name")),
        _ => Getter::new(cx, None, None, false)?,
    };
    let inner = inner_arguments(arguments, offset + 1);
    let items = match value.items(cx) {
        Ok(items) => items,
        Err(failure) => return failing(cx, failure),
    };
    let passes = |item: &Value<'a>| -> Res<bool> {
        let tested = getter.get(cx, item)?;
        let outcome = match positional.get(offset) {
            Some(name) => {
                let name = name_of(name)?;
                let test = find_test(name).ok_or_else(|| Failure::python(format!("No test named '{name}'.")))?;
                test(cx, &tested, &inner)?
            }
            None => tested.is_true(),
        };
        Ok(outcome == wanted)
    };
    let kept = items.into_iter().filter_map(|item| match passes(&item) {
        Ok(true) => Some(Ok(item)),
        Ok(false) => None,
        Err(error) => Some(Err(error)),
    });
    Generator::value(cx, kept)
}
