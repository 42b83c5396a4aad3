//! `str.format` and the language of its fields.

use super::percent::character;
use super::{MAXIMUM_WIDTH, Specification, format_float, format_integer, pad, pad_new, printed};
use crate::error::Failure;
use crate::escape::escaped;
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::python::access::{get_attribute, get_item};
use crate::python::methods::first_characters;
use crate::python::operators::as_float;
use crate::python::repr::{to_text, too_long};
use crate::text::{Builder, Text};
use crate::value::{Res, Value};

/// Where the fields of `str.format` find their values.
struct Fields<'f, 'a> {
    positional: &'f [Value<'a>],
    named: &'f dyn Fn(&str) -> Option<Value<'a>>,
    automatic: usize,
    manual: bool,
    markup: bool,
}

/// `format.format(…)`.
pub(crate) fn format_method<'a>(cx: &Machine<'a>, format: &Text<'a>, arguments: &Arguments<'a>) -> Res<Text<'a>> {
    let find =
        |name: &str| arguments.named.iter().find(|(known, _)| known.as_str() == name).map(|(_, value)| value.clone());
    let (positional, markup) = (arguments.positional.as_slice(), format.markup);
    let mut fields = Fields { positional, named: &find, automatic: 0, manual: false, markup };
    fields.format(cx, format, 2)
}

/// `format.format_map(mapping)`.
pub(crate) fn format_map<'a>(cx: &Machine<'a>, format: &Text<'a>, mapping: &Value<'a>) -> Res<Text<'a>> {
    let Value::Dict(dict) = mapping else {
        return Err(Failure::unsupported("format_map() of something other than a dict is not supported"));
    };
    let find = |name: &str| dict.get_str(name).cloned();
    let markup = format.markup;
    Fields { positional: &[], named: &find, automatic: 0, manual: false, markup }.format(cx, format, 2)
}

/// The end of a field that starts here, fields in its specification included.
fn field_end(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

impl<'a> Fields<'_, 'a> {
    fn format(&mut self, cx: &Machine<'a>, format: &Text<'a>, depth: usize) -> Res<Text<'a>> {
        if depth == 0 {
            return Err(Failure::python("Max string recursion exceeded"));
        }
        let content = format.as_str();
        let (mut out, mut from) = (Builder::default(), 0);
        while let Some(at) = content[from..].find(['{', '}']).map(|offset| from + offset) {
            out.slice(format, from..at);
            let brace = &content[at..=at];
            from = at + 1;
            if content[from..].starts_with(brace) {
                out.slice(format, at..from);
                from += 1;
                continue;
            }
            if brace == "}" {
                return Err(Failure::python("Single '}' encountered in format string"));
            }
            let end =
                field_end(&content[from..]).ok_or_else(|| Failure::python("expected '}' before end of string"))?;
            self.field(cx, &format.slice(from..from + end), depth, &mut out)?;
            from += end + 1;
        }
        out.slice(format, from..content.len());
        Ok(out.finish(cx)?.with_markup(format.markup))
    }

    fn field(&mut self, cx: &Machine<'a>, field: &Text<'a>, depth: usize, out: &mut Builder) -> Res<()> {
        cx.charge(4)?;
        let content = field.as_str();
        let split = content.find([':', '!']).unwrap_or(content.len());
        let (name, mut rest) = content.split_at(split);
        let mut value = self.lookup(cx, name)?;
        if let Some(after) = rest.strip_prefix('!') {
            let (kind, after) = after.split_at(after.find(':').unwrap_or(after.len()));
            value = match kind {
                "s" => Value::Text(to_text(cx, &value)?),
                "r" => Value::Text(printed(cx, &value)?),
                "a" => return Err(Failure::unsupported("the conversion '!a' is not supported")),
                _ => return Err(Failure::python("Unknown conversion specifier")),
            };
            rest = after;
        }
        let specification = rest.strip_prefix(':').unwrap_or_default();
        let specification = if specification.contains(['{', '}']) {
            self.format(cx, &field.part(specification), depth - 1)?
        } else {
            field.part(specification)
        };
        format_value(cx, &value, specification.as_str(), self.markup, out)
    }

    fn lookup(&mut self, cx: &Machine<'a>, field: &str) -> Res<Value<'a>> {
        let split = field.find(['.', '[']).unwrap_or(field.len());
        let (first, mut path) = field.split_at(split);
        let missing = || Failure::python(format!("nothing for '{{{field}}}' in the format"));
        let mixed = || Failure::python("cannot switch between manual and automatic field numbering");
        let is_index = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
        // Python takes an access to an automatic field for one to a keyword without a name.
        let mut value = if field.is_empty() {
            if self.manual {
                return Err(mixed());
            }
            self.automatic += 1;
            self.positional.get(self.automatic - 1).cloned().ok_or_else(missing)?
        } else if is_index {
            if self.automatic > 0 {
                return Err(mixed());
            }
            self.manual = true;
            let index: usize = first.parse().map_err(|_| missing())?;
            self.positional.get(index).cloned().ok_or_else(missing)?
        } else {
            (self.named)(first).ok_or_else(missing)?
        };
        while !path.is_empty() {
            if let Some(after) = path.strip_prefix('[') {
                let (index, rest) = after.split_once(']').ok_or_else(missing)?;
                let is_index = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
                let index =
                    if is_index { crate::python::numbers::integer_of_digits(index)? } else { Value::text(cx, index)? };
                value = get_item(cx, &value, &index)?;
                path = rest;
                if !path.is_empty() && !path.starts_with(['.', '[']) {
                    return Err(Failure::python("Only '.' or '[' may follow ']' in format field specifier"));
                }
            } else {
                let after = &path[1..];
                let end = after.find(['.', '[']).unwrap_or(after.len());
                if end == 0 {
                    return Err(Failure::python("Empty attribute in format string"));
                }
                value = get_attribute(cx, &value, &after[..end])?;
                path = &after[end..];
            }
        }
        Ok(value)
    }
}

/// Takes the next character if it is an allowed one.
type Take<'a> = dyn FnMut(&dyn Fn(char) -> bool) -> Option<char> + 'a;

fn parse(text: &str) -> Res<Specification> {
    let mut specification = Specification::default();
    let characters: Vec<char> = text.chars().collect();
    let mut at = 0;
    let is_align = |c: Option<&char>| c.is_some_and(|c| matches!(c, '<' | '>' | '^' | '='));
    if is_align(characters.get(1)) {
        specification.fill = Some(characters[0]);
        specification.align = Some(characters[1]);
        at = 2;
    } else if is_align(characters.first()) {
        specification.align = Some(characters[0]);
        at = 1;
    }
    let mut take = |allowed: &dyn Fn(char) -> bool| {
        let found = characters.get(at).copied().filter(|&c| allowed(c));
        at += usize::from(found.is_some());
        found
    };
    specification.sign = take(&|c| matches!(c, '+' | '-' | ' ')).filter(|&c| c != '-');
    specification.alternate = take(&|c| c == '#').is_some();
    specification.zero = take(&|c| c == '0').is_some();
    let digits = |take: &mut Take| {
        let mut number = None;
        while let Some(digit) = take(&|c| c.is_ascii_digit()).and_then(|c| c.to_digit(10)) {
            number = Some(number.unwrap_or(0usize).saturating_mul(10).saturating_add(digit as usize));
        }
        number
    };
    specification.width = digits(&mut take).unwrap_or(0);
    specification.grouping = take(&|c| matches!(c, ',' | '_'));
    if take(&|c| c == '.').is_some() {
        specification.precision =
            Some(digits(&mut take).ok_or_else(|| Failure::python("Format specifier missing precision"))?);
    }
    specification.kind = take(&|_| true);
    if specification.width.max(specification.precision.unwrap_or(0)) > i64::MAX as usize {
        return Err(Failure::python("Too many decimal digits in format string"));
    }
    if at != characters.len() || specification.alternate || specification.width > MAXIMUM_WIDTH {
        return Err(Failure::unsupported(format!("the format '{text}' is not supported")));
    }
    Ok(specification)
}

fn format_value<'a>(cx: &Machine<'a>, value: &Value<'a>, text: &str, markup: bool, out: &mut Builder) -> Res<()> {
    if markup && value.is_markup() {
        if !text.is_empty() {
            return Err(Failure::python("Format specifier given, but Markup does not define __html_format__"));
        }
        out.push(&to_text(cx, value)?);
        return too_long(cx, out);
    }
    if markup {
        let mut plain = Builder::default();
        format_value(cx, value, text, false, &mut plain)?;
        out.push(&escaped(cx, &plain.finish(cx)?)?);
        return too_long(cx, out);
    }
    if text.is_empty() {
        out.push(&to_text(cx, value)?);
        return too_long(cx, out);
    }
    let specification = parse(text)?;
    if specification.grouping.is_some() && specification.zero {
        return Err(Failure::unsupported(format!("the format '{text}' is not supported")));
    }
    match value {
        // A truth value is formatted as the number that it is.
        Value::Bool(value) => format_value(cx, &Value::Int(i64::from(*value)), text, markup, out),
        Value::Text(content) => {
            let numeric = specification.sign.is_some() || specification.grouping.is_some();
            if numeric || specification.align == Some('=') || specification.kind.is_some_and(|kind| kind != 's') {
                return Err(Failure::python(format!("the format '{text}' is none for a text")));
            }
            let precision = specification.precision.map_or(i64::MAX, |precision| precision as i64);
            let cut = first_characters(cx, content, precision)?;
            let fill = specification.fill.or(specification.zero.then_some('0'));
            pad(cx, &cut, &Specification { zero: false, fill, ..specification }, '<', out)
        }
        Value::Int(_) | Value::Big(_)
            if !matches!(specification.kind, Some('f' | 'F' | 'e' | 'E' | 'g' | 'G' | '%')) =>
        {
            if specification.precision.is_some() {
                return Err(Failure::python("Precision not allowed in integer format specifier"));
            }
            let digits = if specification.kind == Some('c') && specification.grouping.is_none() {
                character(value)?.to_string()
            } else {
                format_integer(&value.as_big().unwrap_or_default(), &specification)?
            };
            pad_new(cx, digits, &specification, '>', out)
        }
        Value::Int(_) | Value::Big(_) | Value::Float(_) => {
            pad_new(cx, format_float(as_float(value)?, &specification)?, &specification, '>', out)
        }
        _ => Err(Failure::python(format!("unsupported format string passed to {}.__format__", value.type_name()))),
    }
}
