//! Filters of lists, dicts and whatever else can be walked through.

use std::cmp::Ordering;
use std::collections::HashSet;

use minijinja::{Error, State, Value};

use super::{Filter, apply_filter, apply_test};
use crate::template::python::access::get_item;
use crate::template::python::calls::{self, Arguments};
use crate::template::python::compare::order;
use crate::template::python::methods::{extreme, joined, soft};
use crate::template::python::operators::add;
use crate::template::python::strings::lower;
use crate::template::size::check_text;
use crate::template::values::{
    Generator, Key, Keywords, List, Python, Tuple, failure, integer, items, length, type_name,
};

/// All filters of this kind by name.
pub(super) const FILTERS: &[(&str, Filter)] = &[
    ("batch", |_, value, arguments| batch(value, arguments)),
    ("count", |_, value, arguments| {
        arguments.none()?;
        length(value).map(Value::from)
    }),
    ("d", |_, value, arguments| default(value, arguments)),
    ("default", |_, value, arguments| default(value, arguments)),
    ("dictsort", |_, value, arguments| dict_sort(value, arguments)),
    ("first", |_, value, arguments| {
        arguments.none()?;
        if let Python::Generator(generator) = Python::of(value) {
            return Ok(generator.next()?.unwrap_or_default());
        }
        if let Some(text) = value.as_str() {
            return Ok(text.chars().next().map(Value::from).unwrap_or_default());
        }
        Ok(items(value)?.into_iter().next().unwrap_or_default())
    }),
    ("groupby", |_, value, arguments| group_by(value, arguments)),
    ("items", |_, value, arguments| {
        arguments.none()?;
        match Python::of(value) {
            Python::Undefined => Ok(Generator::value(std::iter::empty())),
            Python::Dict(dict) => {
                Ok(Generator::value(dict.iter().map(|(key, value)| Tuple::value(vec![key.clone(), value.clone()]))))
            }
            _ => Ok(Generator::value(std::iter::once(Err(failure("Can only get item pairs from a mapping."))))),
        }
    }),
    ("join", |_, value, arguments| join(value, arguments)),
    ("last", |_, value, arguments| {
        arguments.none()?;
        if let Some(text) = value.as_str() {
            return Ok(text.chars().next_back().map(Value::from).unwrap_or_default());
        }
        Ok(reversible(value)?.pop().unwrap_or_default())
    }),
    ("length", |_, value, arguments| {
        arguments.none()?;
        length(value).map(Value::from)
    }),
    ("list", |_, value, arguments| {
        arguments.none()?;
        calls::list(value)
    }),
    ("map", map),
    ("max", |_, value, arguments| largest(value, arguments, true)),
    ("min", |_, value, arguments| largest(value, arguments, false)),
    ("reject", |_, value, arguments| Ok(select(value, arguments, false, false))),
    ("rejectattr", |_, value, arguments| Ok(select(value, arguments, false, true))),
    ("reverse", |_, value, arguments| {
        arguments.none()?;
        match Python::of(value) {
            Python::String(text) => Ok(Value::from(text.chars().rev().collect::<String>())),
            Python::Generator(generator) => {
                let mut items = generator.rest()?;
                items.reverse();
                List::value(items)
            }
            _ => {
                let mut items = items(value)?;
                items.reverse();
                Ok(Generator::value(items.into_iter().map(Ok)))
            }
        }
    }),
    ("select", |_, value, arguments| Ok(select(value, arguments, true, false))),
    ("selectattr", |_, value, arguments| Ok(select(value, arguments, true, true))),
    ("slice", |_, value, arguments| slice(value, arguments)),
    ("sort", |_, value, arguments| sort(value, arguments)),
    ("sum", |_, value, arguments| sum(value, arguments)),
    ("unique", |_, value, arguments| unique(value, arguments)),
];

/// Reads an attribute given as `a.b.0`, as a number, or not at all.
struct Getter {
    path: Vec<Value>,
    default: Option<Value>,
    ignore_case: bool,
}

impl Getter {
    fn new(attribute: Option<&Value>, default: Option<Value>, ignore_case: bool) -> Self {
        let path = match attribute {
            None => Vec::new(),
            Some(value) if value.is_none() => Vec::new(),
            Some(value) => match value.as_str() {
                Some(text) => text
                    .split('.')
                    .map(|part| match part.parse::<i64>() {
                        Ok(index) if part.bytes().all(|byte| byte.is_ascii_digit()) => Value::from(index),
                        _ => Value::from(part),
                    })
                    .collect(),
                None => vec![value.clone()],
            },
        };
        Self { path, default: default.filter(|default| !default.is_none()), ignore_case }
    }

    fn get(&self, item: &Value) -> Result<Value, Error> {
        let mut found = item.clone();
        for part in &self.path {
            found = get_item(&found, part)?;
            if let (true, Some(default)) = (found.is_undefined(), &self.default) {
                found = default.clone();
            }
        }
        if self.ignore_case
            && let Some(text) = found.as_str()
        {
            return Ok(Value::from(lower(text)));
        }
        Ok(found)
    }
}

fn truth(value: Option<Value>) -> bool {
    value.is_some_and(|value| value.is_true())
}

fn size(value: Option<&Value>) -> Result<usize, Error> {
    value
        .and_then(|value| Python::of(value).as_integer())
        .and_then(|value| usize::try_from(value).ok())
        .filter(|&value| (1..=100_000).contains(&value))
        .ok_or_else(|| failure("expected a positive number of items"))
}

fn reversible(value: &Value) -> Result<Vec<Value>, Error> {
    match Python::of(value) {
        Python::Generator(_) => Err(failure("'generator' object is not reversible")),
        _ => items(value),
    }
}

fn default(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [default, boolean] = arguments.bind(["default_value", "boolean"], 0)?;
    if value.is_undefined() || (truth(boolean) && !value.is_true()) {
        return Ok(default.unwrap_or_else(|| Value::from("")));
    }
    Ok(value.clone())
}

fn join(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [separator, attribute] = arguments.bind(["d", "attribute"], 0)?;
    let separator = separator.map_or(Ok(String::new()), |separator| soft(&separator))?;
    let getter = Getter::new(attribute.as_ref(), None, false);
    let mut parts = Vec::new();
    let mut bytes = 0;
    for item in items(value)? {
        let part = soft(&getter.get(&item)?)?;
        bytes += part.len();
        check_text(bytes)?;
        parts.push(part);
    }
    joined(&parts, &separator).map(Value::from)
}

fn batch(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [count, fill] = arguments.bind(["linecount", "fill_with"], 1)?;
    let count = size(count.as_ref())?;
    let fill = fill.filter(|fill| !fill.is_none());
    let rows = items(value)?
        .chunks(count)
        .map(|row| {
            let mut row = row.to_vec();
            if let Some(fill) = &fill {
                row.resize(count, fill.clone());
            }
            List::value(row)
        })
        .collect::<Vec<_>>();
    Ok(Generator::value(rows.into_iter()))
}

fn slice(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [count, fill] = arguments.bind(["slices", "fill_with"], 1)?;
    let count = size(count.as_ref())?;
    let fill = fill.filter(|fill| !fill.is_none());
    let all = items(value)?;
    let (each, extra) = (all.len() / count, all.len() % count);
    let mut start = 0;
    let columns: Vec<_> = (0..count)
        .map(|column| {
            let end = start + each + usize::from(column < extra);
            let mut items = all[start..end].to_vec();
            start = end;
            if column >= extra {
                items.extend(fill.clone());
            }
            List::value(items)
        })
        .collect();
    Ok(Generator::value(columns.into_iter()))
}

/// Sorts by keys, stably; Python's `reverse` keeps the order of equals too.
fn sorted(mut keyed: Vec<(Value, Value)>, reverse: bool) -> Result<Vec<(Value, Value)>, Error> {
    let mut failed = None;
    keyed.sort_by(|a, b| {
        let (first, second) = if reverse { (b, a) } else { (a, b) };
        match order(&first.0, &second.0) {
            Ok(ordering) => ordering.unwrap_or(Ordering::Equal),
            Err(error) => {
                failed.get_or_insert(error);
                Ordering::Equal
            }
        }
    });
    failed.map_or(Ok(keyed), Err)
}

fn sort(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [reverse, case_sensitive, attribute] = arguments.bind(["reverse", "case_sensitive", "attribute"], 0)?;
    let ignore_case = !truth(case_sensitive);
    let getters: Vec<Getter> = match attribute.as_ref().and_then(|attribute| attribute.as_str()) {
        Some(text) => text.split(',').map(|part| Getter::new(Some(&Value::from(part)), None, ignore_case)).collect(),
        None => vec![Getter::new(attribute.as_ref(), None, ignore_case)],
    };
    let keyed = items(value)?
        .into_iter()
        .map(|item| {
            let key = getters.iter().map(|getter| getter.get(&item)).collect::<Result<Vec<_>, _>>()?;
            Ok((List::value(key)?, item))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    List::value(sorted(keyed, truth(reverse))?.into_iter().map(|(_, item)| item).collect())
}

fn dict_sort(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [case_sensitive, by, reverse] = arguments.bind(["case_sensitive", "by", "reverse"], 0)?;
    let getter = Getter::new(None, None, !truth(case_sensitive));
    let by_value = match by.as_ref().map_or(Some("key"), |by| by.as_str()) {
        Some("key") => false,
        Some("value") => true,
        _ => return Err(failure("You can only sort by either \"key\" or \"value\"")),
    };
    let Python::Dict(dict) = Python::of(value) else {
        return Err(failure(format!("'{}' object has no attribute 'items'", type_name(value))));
    };
    let keyed = dict
        .iter()
        .map(|(key, value)| {
            let pair = Tuple::value(vec![key.clone(), value.clone()])?;
            Ok((getter.get(if by_value { value } else { key })?, pair))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    List::value(sorted(keyed, truth(reverse))?.into_iter().map(|(_, pair)| pair).collect())
}

fn group_by(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [attribute, default, case_sensitive] = arguments.bind(["attribute", "default", "case_sensitive"], 1)?;
    let case_sensitive = truth(case_sensitive);
    let getter = Getter::new(attribute.as_ref(), default.clone(), !case_sensitive);
    let plain = Getter::new(attribute.as_ref(), default, false);
    let keyed =
        items(value)?.into_iter().map(|item| Ok((getter.get(&item)?, item))).collect::<Result<Vec<_>, Error>>()?;
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for (key, item) in sorted(keyed, false)? {
        match groups.last_mut() {
            Some((last, members)) if crate::template::python::compare::equal(last, &key) => {
                members.push(item);
            }
            _ => groups.push((key, vec![item])),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(key, members)| {
            let key = if case_sensitive { key } else { plain.get(&members[0])? };
            Tuple::group(key, List::value(members)?)
        })
        .collect::<Result<Vec<_>, Error>>()?;
    List::value(groups)
}

fn unique(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [case_sensitive, attribute] = arguments.bind(["case_sensitive", "attribute"], 0)?;
    let getter = Getter::new(attribute.as_ref(), None, !truth(case_sensitive));
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for item in items(value)? {
        match getter.get(&item).and_then(|key| Key::new(&key)) {
            Ok(key) => {
                if seen.insert(key) {
                    kept.push(Ok(item));
                }
            }
            Err(error) => kept.push(Err(error)),
        }
    }
    Ok(Generator::value(kept.into_iter()))
}

fn largest(value: &Value, arguments: &Arguments, largest: bool) -> Result<Value, Error> {
    let [case_sensitive, attribute] = arguments.bind(["case_sensitive", "attribute"], 0)?;
    let getter = Getter::new(attribute.as_ref(), None, !truth(case_sensitive));
    let keyed =
        items(value)?.into_iter().map(|item| Ok((getter.get(&item)?, item))).collect::<Result<Vec<_>, Error>>()?;
    Ok(extreme(&keyed, largest)?.unwrap_or_default())
}

fn sum(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [attribute, start] = arguments.bind(["attribute", "start"], 0)?;
    let start = start.unwrap_or_else(|| integer(0));
    if start.as_str().is_some() {
        return Err(failure("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    let getter = Getter::new(attribute.as_ref(), None, false);
    items(value)?.iter().try_fold(start, |total, item| add(&total, &getter.get(item)?))
}

/// The arguments of an inner filter or test: all but the first few positional ones, with the keywords.
fn inner_arguments(arguments: &Arguments, skip: usize) -> Vec<Value> {
    let mut values: Vec<Value> = arguments.positional().into_iter().skip(skip).collect();
    if !arguments.named().is_empty() {
        values.push(Value::from_object(Keywords { positional: Vec::new(), named: arguments.named().to_vec() }));
    }
    values
}

fn name_of(value: &Value) -> Result<&str, Error> {
    value.as_str().ok_or_else(|| failure("expected the name of a filter or test"))
}

fn map(state: &mut State, value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    if !value.is_true() {
        return Ok(Generator::value(std::iter::empty()));
    }
    let positional = arguments.positional();
    let walked = items(value);
    let attribute = arguments.named().iter().find(|(name, _)| name == "attribute").filter(|_| positional.is_empty());
    if let Some((_, attribute)) = attribute {
        let mut default = None;
        for (name, value) in arguments.named() {
            match name.as_str() {
                "attribute" => {}
                "default" => default = Some(value.clone()),
                _ => {
                    return Ok(failing(failure(format!("Unexpected keyword argument '{name}'"))));
                }
            }
        }
        let getter = Getter::new(Some(attribute), default, false);
        return Ok(match walked {
            Ok(items) => Generator::value(items.iter().map(|item| getter.get(item))),
            Err(error) => failing(error),
        });
    }
    let Some(name) = positional.first() else {
        return Ok(failing(failure("map requires a filter argument")));
    };
    let (name, inner) = (name_of(name)?, inner_arguments(arguments, 1));
    Ok(match walked {
        Ok(items) => {
            Generator::value(items.iter().map(|item| apply_filter(state, name, item, &Arguments::new(&inner))))
        }
        Err(error) => failing(error),
    })
}

fn failing(error: Error) -> Value {
    Generator::value(std::iter::once(Err(error)))
}

fn select(value: &Value, arguments: &Arguments, wanted: bool, by_attribute: bool) -> Value {
    if !value.is_true() {
        return Generator::value(std::iter::empty());
    }
    let positional = arguments.positional();
    let offset = usize::from(by_attribute);
    let getter = match positional.first() {
        Some(attribute) if by_attribute => Getter::new(Some(attribute), None, false),
        None if by_attribute => {
            return failing(failure("Missing parameter for attribute name"));
        }
        _ => Getter::new(None, None, false),
    };
    let inner = inner_arguments(arguments, offset + 1);
    let walked = match items(value) {
        Ok(items) => items,
        Err(error) => return failing(error),
    };
    let passes = |item: &Value| -> Result<bool, Error> {
        let tested = getter.get(item)?;
        let outcome = match positional.get(offset) {
            Some(name) => apply_test(name_of(name)?, &tested, &Arguments::new(&inner))?,
            None => tested.is_true(),
        };
        Ok(outcome == wanted)
    };
    let kept = walked.into_iter().filter_map(|item| match passes(&item) {
        Ok(true) => Some(Ok(item)),
        Ok(false) => None,
        Err(error) => Some(Err(error)),
    });
    Generator::value(kept)
}
