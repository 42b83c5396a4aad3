//! `%` formatting.

use super::{MAXIMUM_WIDTH, Specification, format_float, format_integer, pad, pad_new, printed};
use crate::error::Failure;
use crate::escape::{escape, escaped};
use crate::machine::Machine;
use crate::python::methods::{first_characters, float_of};
use crate::python::numbers::parse_integer;
use crate::python::operators::{as_float, is_number};
use crate::python::repr::to_text;
use crate::text::{Builder, Text};
use crate::value::{Dict, Res, Value, integer_of_float};
use std::iter::Peekable;
use std::str::CharIndices;

struct Percent<'f, 'a> {
    characters: Peekable<CharIndices<'f>>,
    values: std::vec::IntoIter<Value<'a>>,
    mapping: Option<&'f Dict<'a>>,
    used: bool,
    markup: bool,
}

/// `format % value`.
pub(crate) fn percent<'a>(cx: &Machine<'a>, format: &Text<'a>, value: &Value<'a>) -> Res<Text<'a>> {
    let mapping = match value {
        Value::Dict(dict) => Some(&**dict),
        _ => None,
    };
    let values = match value {
        Value::Tuple(list) => list.items.clone(),
        _ => vec![value.clone()],
    };
    let content = format.as_str();
    let characters = content.char_indices().peekable();
    let mut state = Percent { characters, values: values.into_iter(), mapping, used: false, markup: format.markup };
    let (mut out, mut from) = (Builder::default(), 0);
    while let Some((at, c)) = state.characters.next() {
        if c != '%' {
            continue;
        }
        out.slice(format, from..at);
        if state.take('%') {
            out.slice(format, at..at + 1);
        } else {
            state.field(cx, &mut out)?;
        }
        from = state.characters.peek().map_or(content.len(), |(at, _)| *at);
    }
    out.slice(format, from..content.len());
    // A mapping may hold more than is used; so may a single list.
    let lenient = mapping.is_some() || matches!(value, Value::List(_) | Value::Undefined | Value::Range(_));
    if !lenient && state.values.next().is_some() {
        return Err(Failure::python("not all arguments converted during string formatting"));
    }
    if lenient && !state.used && mapping.is_none() && content.contains("%(") {
        return Err(Failure::python("format requires a mapping"));
    }
    Ok(out.finish(cx)?.with_markup(format.markup))
}

impl<'a> Percent<'_, 'a> {
    fn take(&mut self, wanted: char) -> bool {
        self.characters.next_if(|(_, c)| *c == wanted).is_some()
    }

    fn value(&mut self) -> Res<Value<'a>> {
        self.used = true;
        self.values.next().ok_or_else(|| Failure::python("not enough arguments for format string"))
    }

    /// A width or precision, perhaps one of the values; negative ones are told by their sign.
    fn number(&mut self) -> Res<i64> {
        let number = if self.take('*') {
            match self.value()? {
                value @ (Value::Int(_) | Value::Bool(_)) if !self.markup => value.index()?,
                _ => return Err(Failure::python("* wants int")),
            }
        } else {
            let mut number = 0i64;
            while let Some((_, c)) = self.characters.next_if(|(_, c)| c.is_ascii_digit()) {
                number = number.saturating_mul(10).saturating_add(i64::from(c as u32 - '0' as u32));
            }
            number
        };
        if number.unsigned_abs() > MAXIMUM_WIDTH as u64 {
            return Err(Failure::limit("it makes a field wider than 100000 characters"));
        }
        Ok(number)
    }

    fn field(&mut self, cx: &Machine<'a>, out: &mut Builder) -> Res<()> {
        let mut named = None;
        if self.take('(') {
            let (mut name, mut depth) = (String::new(), 1);
            loop {
                match self.characters.next() {
                    Some((_, ')')) if depth == 1 => break,
                    Some((_, c)) => {
                        depth += i32::from(c == '(') - i32::from(c == ')');
                        name.push(c);
                    }
                    None => return Err(Failure::python("incomplete format key")),
                }
            }
            let mapping = self.mapping.ok_or_else(|| Failure::python("format requires a mapping"))?;
            let found = mapping.get_str(&name).ok_or_else(|| Failure::python(format!("KeyError: '{name}'")))?;
            named = Some(found.clone());
        }
        let mut specification = Specification::default();
        while let Some((_, flag)) = self.characters.next_if(|(_, c)| matches!(c, '-' | '+' | ' ' | '#' | '0')) {
            match flag {
                '-' => specification.align = Some('<'),
                '0' => specification.zero = true,
                '#' => specification.alternate = true,
                sign if specification.sign != Some('+') => specification.sign = Some(sign),
                _ => {}
            }
        }
        let width = self.number()?;
        if width < 0 {
            specification.align = Some('<');
        }
        specification.width = width.unsigned_abs() as usize;
        if self.take('.') {
            specification.precision = Some(self.number()?.max(0) as usize);
        }
        self.characters.next_if(|(_, c)| matches!(c, 'h' | 'l' | 'L'));
        let (_, kind) = self.characters.next().ok_or_else(|| Failure::python("incomplete format"))?;
        if kind == '%' && named.is_none() {
            out.plain("%");
            return Ok(());
        }
        if specification.alternate {
            return Err(Failure::unsupported("'#' in a format is not supported"));
        }
        let value = match named {
            Some(value) => value,
            None => self.value()?,
        };
        self.used = true;
        percent_value(cx, &value, kind, specification, self.markup, out)
    }
}

/// The one character that `%c` prints: a text of one, or a code point.
pub(super) fn character(value: &Value<'_>) -> Res<char> {
    if let Some(code) = value.as_int() {
        let found = u32::try_from(code).ok().and_then(char::from_u32);
        return found.ok_or_else(|| Failure::python("%c arg not in range(0x110000)"));
    }
    let mut characters = value.as_str().unwrap_or_default().chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(Failure::python("%c requires int or char")),
    }
}

/// The number that a value gives inside of markupsafe's `_MarkupEscapeHelper`, which has `int()` and `float()` and nothing more.
fn inside_helper<'a>(value: &Value<'a>, kind: char) -> Res<Value<'a>> {
    let number = match kind {
        'd' | 'i' | 'u' => match value {
            Value::Text(text) => parse_integer(text.as_str(), 10)?,
            number if is_number(number) => Some(number.clone()),
            _ => None,
        },
        'f' | 'F' | 'e' | 'E' | 'g' | 'G' => float_of(value)?.map(Value::Float),
        _ => None,
    };
    number.ok_or_else(|| Failure::python(format!("%{kind} format: a number is required, not _MarkupEscapeHelper")))
}

fn percent_value<'a>(
    cx: &Machine<'a>,
    value: &Value<'a>,
    kind: char,
    mut specification: Specification,
    markup: bool,
    out: &mut Builder,
) -> Res<()> {
    if matches!(kind, 's' | 'r' | 'a') {
        let mut text = match kind {
            's' if markup => escape(cx, value)?,
            's' => to_text(cx, value)?,
            'r' if markup => escaped(cx, &printed(cx, value)?)?,
            'r' => printed(cx, value)?,
            _ => return Err(Failure::unsupported("the format '%a' is not supported")),
        };
        if let Some(precision) = specification.precision {
            text = first_characters(cx, &text, precision as i64)?;
        }
        specification.zero = false;
        return pad(cx, &text, &specification, '>', out);
    }
    if kind == 'c' {
        if markup {
            return Err(Failure::python("%c requires int or char"));
        }
        specification.zero = false;
        return pad_new(cx, character(value)?.to_string(), &specification, '>', out);
    }
    if specification.align.is_some() {
        specification.zero = false;
    }
    specification.kind = Some(kind);
    let wrapped;
    let value = if markup {
        wrapped = inside_helper(value, kind)?;
        &wrapped
    } else {
        value
    };
    let name = value.type_name();
    let integer = value.as_big();
    let content = match (kind, value) {
        ('d' | 'i' | 'u', Value::Float(value)) if value.is_finite() => {
            format_integer(&integer_of_float(*value).as_big().unwrap_or_default(), &specification)?
        }
        ('d' | 'i' | 'u' | 'x' | 'X' | 'o', _) if integer.is_some() => {
            format_integer(&integer.unwrap_or_default(), &specification)?
        }
        ('f' | 'F' | 'e' | 'E' | 'g' | 'G', number) if is_number(number) => {
            format_float(as_float(value)?, &specification)?
        }
        ('d' | 'i' | 'u' | 'x' | 'X' | 'o' | 'f' | 'F' | 'e' | 'E' | 'g' | 'G', _) => {
            return Err(Failure::python(format!("%{kind} format: a real number is required, not {name}")));
        }
        _ => return Err(Failure::python(format!("unsupported format character '{kind}'"))),
    };
    pad_new(cx, content, &specification, '>', out)
}
