//! `json.dumps`, as the `tojson` filter of Transformers calls it.

use super::compare::sort_by_key;
use super::numbers::{float_repr, integer_text};
use super::repr::too_long;
use crate::error::Failure;
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::text::{Builder, Text};
use crate::value::{Dict, Res, Value};

struct Writer<'m, 'a> {
    cx: &'m Machine<'a>,
    out: Builder,
    ascii: bool,
    indent: Option<String>,
    item_separator: String,
    key_separator: String,
    sort_keys: bool,
}

/// The `tojson` filter.
pub(crate) fn to_json<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [ascii, indent, separators, sort_keys] =
        arguments.bind(["ensure_ascii", "indent", "separators", "sort_keys"], 0)?;
    let truth = |value: Option<Value<'a>>| value.is_some_and(|value| value.is_true());
    let indent = match &indent {
        None | Some(Value::None) => None,
        Some(Value::Text(text)) => Some(text.as_str().to_owned()),
        Some(other) => Some(" ".repeat(other.index()?.clamp(0, 1000) as usize)),
    };
    let pair = separators.filter(|value| !value.is_none()).map(|pair| pair.items(cx)).transpose()?;
    let (item_separator, key_separator) = match pair.as_deref() {
        Some([Value::Text(item), Value::Text(key)]) => (item.as_str().to_owned(), key.as_str().to_owned()),
        Some(_) => return Err(Failure::python("separators must be two texts")),
        None if indent.is_some() => (",".to_owned(), ": ".to_owned()),
        None => (", ".to_owned(), ": ".to_owned()),
    };
    let (ascii, sort_keys) = (truth(ascii), truth(sort_keys));
    let out = Builder::default();
    let mut writer = Writer { cx, out, ascii, indent, item_separator, key_separator, sort_keys };
    writer.value(value, 0)?;
    Ok(Value::Text(writer.out.finish(cx)?))
}

/// `json.dumps(value, ensure_ascii=False, indent=…)`.
pub(crate) fn dumps<'a>(cx: &Machine<'a>, value: &Value<'a>, indent: Option<usize>) -> Res<String> {
    let mut writer = Writer {
        cx,
        out: Builder::default(),
        ascii: false,
        item_separator: if indent.is_some() { "," } else { ", " }.to_owned(),
        indent: indent.map(|width| " ".repeat(width)),
        key_separator: ": ".to_owned(),
        sort_keys: false,
    };
    writer.value(value, 0)?;
    Ok(writer.out.text)
}

impl<'a> Writer<'_, 'a> {
    fn value(&mut self, value: &Value<'a>, level: usize) -> Res<()> {
        self.cx.charge(1)?;
        match value {
            Value::Text(text) => self.string(text)?,
            Value::List(list) | Value::Tuple(list) => self.list(&list.items, level)?,
            Value::Dict(dict) => self.dict(dict, level)?,
            other => match plain(other)? {
                Some(text) => self.out.plain(&text),
                None => {
                    let name = value.type_name();
                    return Err(Failure::python(format!("Object of type {name} is not JSON serializable")));
                }
            },
        }
        too_long(self.cx, &self.out)
    }

    fn new_line(&mut self, level: usize) -> Res<()> {
        if let Some(indent) = &self.indent {
            self.out.plain("\n");
            self.cx.charge_bytes(indent.len() * level)?;
            for _ in 0..level {
                self.out.plain(indent);
            }
        }
        too_long(self.cx, &self.out)
    }

    fn separate(&mut self, index: usize, level: usize) -> Res<()> {
        if index > 0 {
            self.cx.charge_bytes(self.item_separator.len())?;
            self.out.plain(&self.item_separator);
        }
        self.new_line(level)
    }

    fn list(&mut self, items: &[Value<'a>], level: usize) -> Res<()> {
        self.out.plain("[");
        for (index, item) in items.iter().enumerate() {
            self.separate(index, level + 1)?;
            self.value(item, level + 1)?;
        }
        if !items.is_empty() {
            self.new_line(level)?;
        }
        self.out.plain("]");
        Ok(())
    }

    fn dict(&mut self, dict: &Dict<'a>, level: usize) -> Res<()> {
        let mut entries: Vec<&(Value<'a>, Value<'a>)> = dict.entries.iter().collect();
        if self.sort_keys {
            sort_by_key(self.cx, &mut entries, |entry| &entry.0, |_, _| None)?;
        }
        self.out.plain("{");
        for (index, (key, value)) in entries.iter().map(|entry| (&entry.0, &entry.1)).enumerate() {
            self.separate(index, level + 1)?;
            match (key, plain(key)?) {
                (Value::Text(text), _) => self.string(text)?,
                (_, Some(text)) => self.out.plain(&format!("\"{text}\"")),
                _ => {
                    let name = key.type_name();
                    return Err(Failure::python(format!("keys must be str, int, float, bool or None, not {name}")));
                }
            }
            self.out.plain(&self.key_separator);
            self.value(value, level + 1)?;
        }
        if !entries.is_empty() {
            self.new_line(level)?;
        }
        self.out.plain("}");
        Ok(())
    }

    fn string(&mut self, text: &Text<'a>) -> Res<()> {
        self.cx.charge_bytes(text.len() * 2)?;
        self.out.plain("\"");
        let ascii = self.ascii;
        self.out.with_others(text, |c| {
            Some(match c {
                '"' => "\\\"".to_owned(),
                '\\' => "\\\\".to_owned(),
                '\n' => "\\n".to_owned(),
                '\r' => "\\r".to_owned(),
                '\t' => "\\t".to_owned(),
                '\x0c' => "\\f".to_owned(),
                '\x08' => "\\b".to_owned(),
                '\0'..='\x1f' => format!("\\u{:04x}", c as u32),
                _ if ascii && !(' '..='~').contains(&c) => {
                    c.encode_utf16(&mut [0; 2]).iter().fold(String::new(), |all, unit| all + &format!("\\u{unit:04x}"))
                }
                _ => return None,
            })
        })?;
        self.out.plain("\"");
        Ok(())
    }
}

/// What stands in JSON for a value that is neither text nor container.
fn plain(value: &Value<'_>) -> Res<Option<String>> {
    Ok(Some(match value {
        Value::None => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Big(_) => integer_text(value)?,
        Value::Float(value) if value.is_nan() => "NaN".to_owned(),
        Value::Float(value) if value.is_infinite() => if *value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned(),
        Value::Float(value) => float_repr(*value),
        _ => return Ok(None),
    }))
}
