//! `json.dumps`, as the `tojson` filter of Transformers calls it.

use minijinja::{Error, Value};
use std::fmt::Write as _;

use super::calls::Arguments;
use super::compare::order;
use super::numbers::float_repr;
use crate::template::size::check_text;
use crate::template::values::{Dict, Python, failure, items, type_name};

struct Writer {
    out: String,
    ascii: bool,
    indent: Option<String>,
    item_separator: String,
    key_separator: String,
    sort_keys: bool,
}

/// The `tojson` filter.
pub(crate) fn to_json(value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let [ascii, indent, separators, sort_keys] =
        arguments.bind(["ensure_ascii", "indent", "separators", "sort_keys"], 0)?;
    let truth = |value: Option<Value>| value.is_some_and(|value| value.is_true());
    let indent = match indent.as_ref().map(Python::of) {
        None | Some(Python::None) => None,
        Some(Python::String(text)) => Some(text.to_owned()),
        Some(other) => {
            let width = other.as_integer().ok_or_else(|| failure("indent must be a number or a text"))?;
            Some(" ".repeat(usize::try_from(width.clamp(0, 1000)).unwrap_or(0)))
        }
    };
    let (item_separator, key_separator) = match separators.as_ref().filter(|value| !value.is_none()) {
        Some(pair) => match items(pair)?.as_slice() {
            [item, key] => match (item.as_str(), key.as_str()) {
                (Some(item), Some(key)) => (item.to_owned(), key.to_owned()),
                _ => return Err(failure("separators must be two texts")),
            },
            _ => return Err(failure("separators must be two texts")),
        },
        None if indent.is_some() => (",".to_owned(), ": ".to_owned()),
        None => (", ".to_owned(), ": ".to_owned()),
    };
    let mut writer = Writer {
        out: String::new(),
        ascii: truth(ascii),
        indent,
        item_separator,
        key_separator,
        sort_keys: truth(sort_keys),
    };
    writer.value(value, 0)?;
    Ok(Value::from(writer.out))
}

/// `json.dumps(value, ensure_ascii=False, indent=…)`.
pub(crate) fn dumps(value: &Value, indent: Option<usize>) -> Result<String, Error> {
    let mut writer = Writer {
        out: String::new(),
        ascii: false,
        item_separator: if indent.is_some() { "," } else { ", " }.to_owned(),
        indent: indent.map(|width| " ".repeat(width)),
        key_separator: ": ".to_owned(),
        sort_keys: false,
    };
    writer.value(value, 0)?;
    Ok(writer.out)
}

impl Writer {
    fn value(&mut self, value: &Value, level: usize) -> Result<(), Error> {
        match Python::of(value) {
            Python::None => self.out.push_str("null"),
            Python::Boolean(value) => self.out.push_str(if value { "true" } else { "false" }),
            Python::Integer(value) => self.out.push_str(&value.to_string()),
            Python::LongInteger(integer) => self.out.push_str(integer.digits()),
            Python::Float(value) => self.out.push_str(&float(value)),
            Python::String(text) => self.string(text)?,
            Python::List(items) | Python::Tuple(items) => self.list(items, level)?,
            Python::Dict(dict) => self.dict(dict, level)?,
            _ => {
                return Err(failure(format!("Object of type {} is not JSON serializable", type_name(value))));
            }
        }
        Ok(())
    }

    fn new_line(&mut self, level: usize) -> Result<(), Error> {
        if let Some(indent) = &self.indent {
            self.out.push('\n');
            for _ in 0..level {
                self.out.push_str(indent);
            }
        }
        check_text(self.out.len())
    }

    fn separate(&mut self, index: usize, level: usize) -> Result<(), Error> {
        if index > 0 {
            self.out.push_str(&self.item_separator);
        }
        self.new_line(level)
    }

    fn list(&mut self, items: &[Value], level: usize) -> Result<(), Error> {
        self.out.push('[');
        for (index, item) in items.iter().enumerate() {
            self.separate(index, level + 1)?;
            self.value(item, level + 1)?;
        }
        if !items.is_empty() {
            self.new_line(level)?;
        }
        self.out.push(']');
        Ok(())
    }

    fn dict(&mut self, dict: &Dict, level: usize) -> Result<(), Error> {
        let mut entries: Vec<&(Value, Value)> = dict.iter().collect();
        if self.sort_keys {
            sort(&mut entries)?;
        }
        self.out.push('{');
        for (index, (key, value)) in entries.iter().map(|entry| (&entry.0, &entry.1)).enumerate() {
            self.separate(index, level + 1)?;
            match Python::of(key) {
                Python::String(text) => self.string(text)?,
                Python::None => self.string("null")?,
                Python::Boolean(value) => self.string(if value { "true" } else { "false" })?,
                Python::Integer(value) => self.string(&value.to_string())?,
                Python::LongInteger(integer) => self.string(integer.digits())?,
                Python::Float(value) => self.string(&float(value))?,
                _ => {
                    return Err(failure(format!("keys must be str, int, float, bool or None, not {}", type_name(key))));
                }
            }
            self.out.push_str(&self.key_separator);
            self.value(value, level + 1)?;
        }
        if !entries.is_empty() {
            self.new_line(level)?;
        }
        self.out.push('}');
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<(), Error> {
        self.out.push('"');
        for c in text.chars() {
            check_text(self.out.len())?;
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\x0c' => self.out.push_str("\\f"),
                '\x08' => self.out.push_str("\\b"),
                '\0'..='\x1f' => {
                    let _ = write!(self.out, "\\u{:04x}", c as u32);
                }
                _ if self.ascii && !(' '..='~').contains(&c) => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        let _ = write!(self.out, "\\u{unit:04x}");
                    }
                }
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
        Ok(())
    }
}

fn float(value: f64) -> String {
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity" } else { "-Infinity" }.into()
    } else {
        float_repr(value)
    }
}

fn sort(entries: &mut [&(Value, Value)]) -> Result<(), Error> {
    let mut failed = None;
    entries.sort_by(|a, b| match order(&a.0, &b.0) {
        Ok(ordering) => ordering.unwrap_or(std::cmp::Ordering::Equal),
        Err(error) => {
            failed.get_or_insert(error);
            std::cmp::Ordering::Equal
        }
    });
    failed.map_or(Ok(()), Err)
}
