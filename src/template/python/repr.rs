//! `str()` and `repr()`.

use std::borrow::Cow;
use std::fmt::Write as _;

use minijinja::{Error, Value};

use super::numbers::float_repr;
use crate::template::size::check_text;
use crate::template::values::{Python, ViewKind, failure, type_name};

/// `str(value)`.
pub(crate) fn text(value: &Value) -> Result<Cow<'_, str>, Error> {
    Ok(match Python::of(value) {
        Python::Undefined => Cow::Borrowed(""),
        Python::String(text) => Cow::Borrowed(text),
        _ => {
            let mut out = String::new();
            repr(value, &mut out)?;
            Cow::Owned(out)
        }
    })
}

/// Writes `repr(value)`.
pub(crate) fn repr(value: &Value, out: &mut String) -> Result<(), Error> {
    check_text(out.len())?;
    match Python::of(value) {
        Python::Undefined => out.push_str("Undefined"),
        Python::None => out.push_str("None"),
        Python::Boolean(true) => out.push_str("True"),
        Python::Boolean(false) => out.push_str("False"),
        Python::Integer(value) => out.push_str(&value.to_string()),
        Python::LongInteger(integer) => out.push_str(integer.digits()),
        Python::Float(value) => out.push_str(&float_repr(value)),
        Python::String(text) if value.is_safe() => {
            out.push_str("Markup(");
            quoted(text, out)?;
            out.push(')');
        }
        Python::String(text) => quoted(text, out)?,
        Python::List(items) => {
            out.push('[');
            joined(items.iter(), out)?;
            out.push(']');
        }
        Python::Tuple(items) => {
            out.push('(');
            joined(items.iter(), out)?;
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
        }
        Python::Dict(dict) => {
            out.push('{');
            pairs(dict.iter(), out)?;
            out.push('}');
        }
        Python::View(view) => {
            match view.kind {
                ViewKind::Keys => {
                    out.push_str("dict_keys([");
                    joined(view.dict.iter().map(|(key, _)| key), out)?;
                }
                ViewKind::Values => {
                    out.push_str("dict_values([");
                    joined(view.dict.iter().map(|(_, value)| value), out)?;
                }
                ViewKind::Items => {
                    out.push_str("dict_items([");
                    for (index, (key, value)) in view.dict.iter().enumerate() {
                        out.push_str(if index > 0 { ", (" } else { "(" });
                        joined([key, value].into_iter(), out)?;
                        out.push(')');
                    }
                }
            }
            out.push_str("])");
        }
        Python::Range(range) => {
            let _ = write!(out, "range({}, {}", range.start, range.stop);
            if range.step != 1 {
                let _ = write!(out, ", {}", range.step);
            }
            out.push(')');
        }
        Python::Generator(_) | Python::Namespace(_) | Python::Other => {
            // Python would print an address, or text of its own making that no template means to print.
            return Err(failure(format!("a {} cannot be printed", type_name(value))));
        }
    }
    Ok(())
}

fn joined<'a>(items: impl Iterator<Item = &'a Value>, out: &mut String) -> Result<(), Error> {
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        repr(item, out)?;
    }
    Ok(())
}

fn pairs<'a>(entries: impl Iterator<Item = &'a (Value, Value)>, out: &mut String) -> Result<(), Error> {
    for (index, (key, value)) in entries.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        repr(key, out)?;
        out.push_str(": ");
        repr(value, out)?;
    }
    Ok(())
}

/// Whether Python prints a character as it is.
fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return c == ' ' || c.is_ascii_graphic();
    }
    // The standard library escapes by the same rule, but for combining characters at the start of a text.
    let text = ['a', c].iter().collect::<String>();
    text.escape_debug().nth(1) != Some('\\')
}

/// Writes a string's `repr`.
pub(crate) fn quoted(text: &str, out: &mut String) -> Result<(), Error> {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for c in text.chars() {
        check_text(out.len())?;
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if is_printable(c) => out.push(c),
            c => {
                let code = c as u32;
                let _ = match code {
                    0..=0xff => write!(out, "\\x{code:02x}"),
                    0x100..=0xffff => write!(out, "\\u{code:04x}"),
                    _ => write!(out, "\\U{code:08x}"),
                };
            }
        }
    }
    out.push(quote);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(text: &str) -> String {
        let mut out = String::new();
        quoted(text, &mut out).unwrap();
        out
    }

    #[test]
    fn strings_choose_their_quotes() {
        assert_eq!(quote("it's"), "\"it's\"");
        assert_eq!(quote("it's \"q\""), "'it\\'s \"q\"'");
        assert_eq!(quote("a\u{301}é\u{200b}\u{a0}\n"), "'a\u{301}é\\u200b\\xa0\\n'");
        assert_eq!(quote("\u{f0000}\x7f"), "'\\U000f0000\\x7f'");
    }
}
