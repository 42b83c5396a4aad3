//! `pprint.pformat()`, as far as it stays on one line.

use std::cmp::Ordering;

use minijinja::{Error, Value};

use super::compare::order;
use super::repr::repr;
use super::strings::length;
use crate::template::size::check_text;
use crate::template::values::{Dict, Python, failure};

/// Python breaks what is wider than this into lines.
const WIDTH: usize = 80;

/// The text of a value with the keys of its dicts sorted.
pub(crate) fn pretty(value: &Value) -> Result<String, Error> {
    let mut out = String::new();
    write(value, &mut out)?;
    if length(&out) > WIDTH {
        return Err(failure("'pprint' of a value that is wider than one line is not supported"));
    }
    Ok(out)
}

fn write(value: &Value, out: &mut String) -> Result<(), Error> {
    check_text(out.len())?;
    match Python::of(value) {
        Python::Dict(dict) => {
            out.push('{');
            for (index, (key, value)) in sorted(dict)?.into_iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write(key, out)?;
                out.push_str(": ");
                write(value, out)?;
            }
            out.push('}');
            Ok(())
        }
        Python::List(items) => {
            out.push('[');
            list(items, out)?;
            out.push(']');
            Ok(())
        }
        Python::Tuple(items) => {
            out.push('(');
            list(items, out)?;
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
            Ok(())
        }
        _ => repr(value, out),
    }
}

fn list(items: &[Value], out: &mut String) -> Result<(), Error> {
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        write(item, out)?;
    }
    Ok(())
}

/// The entries by their keys. Python orders keys of different types by the addresses of these types.
fn sorted(dict: &Dict) -> Result<Vec<(&Value, &Value)>, Error> {
    let mut entries: Vec<(&Value, &Value)> = dict.iter().map(|(key, value)| (key, value)).collect();
    let mut is_ordered = true;
    entries.sort_by(|a, b| {
        let ordering = order(a.0, b.0).ok().flatten();
        is_ordered &= ordering.is_some();
        ordering.unwrap_or(Ordering::Equal)
    });
    if !is_ordered {
        return Err(failure("'pprint' of a dict whose keys are of several types is not supported"));
    }
    Ok(entries)
}
