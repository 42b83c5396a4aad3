//! `str()` and `repr()`.

use std::fmt::Write as _;

use super::numbers::{float_repr, integer_text};
use super::unicode::{escape, is_printable};
use crate::error::Failure;
use crate::machine::Machine;
use crate::objects::Object;
use crate::text::{Builder, Text};
use crate::value::{Res, Value, ViewKind};

/// `str(value)`.
pub(crate) fn to_text<'a>(cx: &Machine<'a>, value: &Value<'a>) -> Res<Text<'a>> {
    match value {
        Value::Undefined => Ok(Text::fixed("")),
        Value::Text(text) => Ok(text.clone().with_markup(false)),
        Value::None => Ok(Text::fixed("None")),
        Value::Bool(true) => Ok(Text::fixed("True")),
        Value::Bool(false) => Ok(Text::fixed("False")),
        _ => {
            let mut out = Builder::default();
            repr(cx, value, &mut out)?;
            out.finish(cx)
        }
    }
}

/// `soft_str(value)`: a `Markup` stays one.
pub(crate) fn soft<'a>(cx: &Machine<'a>, value: &Value<'a>) -> Res<Text<'a>> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        other => to_text(cx, other),
    }
}

/// Writes `repr(value)`.
pub(crate) fn repr<'a>(cx: &Machine<'a>, value: &Value<'a>, out: &mut Builder) -> Res<()> {
    cx.charge(1)?;
    match value {
        Value::Undefined => out.plain("Undefined"),
        Value::None => out.plain("None"),
        Value::Bool(value) => out.plain(if *value { "True" } else { "False" }),
        Value::Int(_) | Value::Big(_) => out.plain(&integer_text(value)?),
        Value::Float(value) => out.plain(&float_repr(*value)),
        Value::Text(text) if text.markup => {
            out.plain("Markup(");
            quoted(cx, text, out)?;
            out.plain(")");
        }
        Value::Text(text) => quoted(cx, text, out)?,
        Value::List(list) => {
            out.plain("[");
            joined(cx, list.items.iter(), out)?;
            out.plain("]");
        }
        Value::Tuple(list) => {
            out.plain("(");
            joined(cx, list.items.iter(), out)?;
            out.plain(if list.items.len() == 1 { ",)" } else { ")" });
        }
        Value::Dict(dict) => {
            out.plain("{");
            for (index, (key, value)) in dict.entries.iter().enumerate() {
                out.plain(if index > 0 { ", " } else { "" });
                repr(cx, key, out)?;
                out.plain(": ");
                repr(cx, value, out)?;
            }
            out.plain("}");
        }
        Value::View(kind, dict) => {
            out.plain(value.type_name());
            out.plain("([");
            match kind {
                ViewKind::Keys => joined(cx, dict.entries.iter().map(|(key, _)| key), out)?,
                ViewKind::Values => joined(cx, dict.entries.iter().map(|(_, value)| value), out)?,
                ViewKind::Items => {
                    for (index, (key, value)) in dict.entries.iter().enumerate() {
                        out.plain(if index > 0 { ", (" } else { "(" });
                        joined(cx, [key, value].into_iter(), out)?;
                        out.plain(")");
                    }
                }
            }
            out.plain("])");
        }
        Value::Range(range) => {
            let mut text = format!("range({}, {}", range.start, range.stop);
            if range.step != 1 {
                let _ = write!(text, ", {}", range.step);
            }
            out.plain(&(text + ")"));
        }
        Value::Object(object) => match &**object {
            Object::Macro(it) if it.definition.name.is_empty() => out.plain("<Macro anonymous>"),
            Object::Macro(it) => out.plain(&format!("<Macro '{}'>", it.definition.name)),
            Object::Loop(it) => {
                cx.note_unfit()?;
                out.plain(&format!("<LoopContext {}/{}>", it.index0.get() + 1, it.length(cx)?));
            }
            Object::Blocks => out.plain("<TemplateReference None>"),
            Object::Missing => out.plain("missing"),
            Object::Function("range") => return Err(address("function")),
            Object::Function("cycler") => out.plain("<class 'jinja2.utils.Cycler'>"),
            Object::Function("joiner") => out.plain("<class 'jinja2.utils.Joiner'>"),
            _ => return Err(address(value.type_name())),
        },
        Value::Generator(_) | Value::Namespace(_) => return Err(address(value.type_name())),
    }
    too_long(cx, out)
}

/// What Python prints with the address of an object.
fn address(kind: &str) -> Box<Failure> {
    Failure::unsupported(format!("printing a {kind} is not supported: Python prints where it lies in memory"))
}

fn joined<'v, 'a: 'v>(cx: &Machine<'a>, items: impl Iterator<Item = &'v Value<'a>>, out: &mut Builder) -> Res<()> {
    for (index, item) in items.enumerate() {
        out.plain(if index > 0 { ", " } else { "" });
        repr(cx, item, out)?;
    }
    Ok(())
}

/// Writes a string's `repr`.
pub(crate) fn quoted<'a>(cx: &Machine<'a>, text: &Text<'a>, out: &mut Builder) -> Res<()> {
    let content = text.as_str();
    cx.charge_bytes(content.len() * 4)?;
    let quote = if content.contains('\'') && !content.contains('"') { '"' } else { '\'' };
    out.plain(quote.encode_utf8(&mut [0; 4]));
    out.with_others(text, |c| {
        Some(match c {
            '\\' => "\\\\".to_owned(),
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            '\t' => "\\t".to_owned(),
            c if c == quote => format!("\\{c}"),
            c if is_printable(c) => return None,
            c => escape(c),
        })
    })?;
    out.plain(quote.encode_utf8(&mut [0; 4]));
    too_long(cx, out)
}

/// Stops a text that has grown too long; what is in it is paid for at the end.
pub(crate) fn too_long(_: &Machine<'_>, out: &Builder) -> Res<()> {
    Machine::allow_text(out.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(text: &str) -> String {
        let resolution = crate::resolver::Resolution::default();
        let machine = Machine::new("", &resolution, &[], None);
        let mut out = Builder::default();
        quoted(&machine, &Text::piece(text, 0), &mut out).unwrap();
        out.text
    }

    #[test]
    fn strings_choose_their_quotes() {
        assert_eq!(quote("it's"), "\"it's\"");
        assert_eq!(quote("it's \"q\""), "'it\\'s \"q\"'");
        assert_eq!(quote("a\u{301}é\u{200b}\u{a0}\n"), "'a\u{301}é\\u200b\\xa0\\n'");
        assert_eq!(quote("\u{f0000}\x7f"), "'\\U000f0000\\x7f'");
    }
}
