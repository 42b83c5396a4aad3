//! `%` formatting and `str.format`.

use std::iter::Peekable;
use std::str::CharIndices;

use num_bigint::{BigInt, Sign};

use super::access::{get_attribute, get_item};
use super::methods::{first_characters, float_of, padded};
use super::numbers::{float_repr, general, integer_text, mantissa_and_exponent, parse_integer, scientific};
use super::operators::{as_float, is_number};
use super::repr::{repr, to_text, too_long};
use super::strings::length;
use crate::error::Failure;
use crate::escape::{escape, escaped};
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::text::{Builder, Text, plain_text};
use crate::value::{Dict, Res, Value, integer_of_float};

/// Wider than this no field is made.
const MAXIMUM_WIDTH: usize = 100_000;

#[derive(Debug, Default, Clone)]
struct Specification {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    alternate: bool,
    zero: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

fn printed<'a>(cx: &Machine<'a>, value: &Value<'a>) -> Res<Text<'a>> {
    let mut out = Builder::default();
    repr(cx, value, &mut out)?;
    out.finish(cx)
}

/// Writes a text, filled up to the width of its field.
fn pad<'a>(
    cx: &Machine<'a>,
    text: &Text<'a>,
    specification: &Specification,
    align: char,
    out: &mut Builder,
) -> Res<()> {
    let missing = specification.width.saturating_sub(length(text.as_str()));
    let align = specification.align.unwrap_or(if specification.zero { '=' } else { align });
    let fill = specification.fill.unwrap_or(if specification.zero { '0' } else { ' ' }).to_string();
    let (start, left) = match align {
        '<' => (0, 0),
        '^' => (0, missing / 2),
        '=' => (text.len() - text.as_str().trim_start_matches(['+', '-', ' ']).len(), missing),
        _ => (0, missing),
    };
    out.push(&padded(cx, text, start, left, missing - left, &fill)?);
    too_long(cx, out)
}

fn pad_new<'a>(
    cx: &Machine<'a>,
    text: String,
    specification: &Specification,
    align: char,
    out: &mut Builder,
) -> Res<()> {
    pad(cx, &plain_text(cx, &text)?, specification, align, out)
}

fn grouped(digits: &str, separator: char, size: usize) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(size) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn signed(negative: bool, body: &str, specification: &Specification) -> String {
    let sign = match (negative, specification.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    format!("{sign}{body}")
}

fn format_integer(value: &BigInt, specification: &Specification) -> Res<String> {
    let magnitude = value.magnitude();
    if let (Some(','), Some(kind @ ('x' | 'X' | 'o' | 'b'))) | (Some(_), Some(kind @ ('c' | 'n'))) =
        (specification.grouping, specification.kind)
    {
        return Err(Failure::python(format!("Cannot specify a separator with '{kind}'.")));
    }
    let body = match specification.kind.unwrap_or('d') {
        'd' | 'i' | 'u' | 'n' => integer_text(&crate::value::integer(BigInt::from(magnitude.clone())))?,
        'x' => magnitude.to_str_radix(16),
        'X' => magnitude.to_str_radix(16).to_uppercase(),
        'o' => magnitude.to_str_radix(8),
        'b' => magnitude.to_str_radix(2),
        kind => {
            return Err(Failure::unsupported(format!("the format '{kind}' for numbers is not supported")));
        }
    };
    Ok(format_digits(value.sign() == Sign::Minus, body, specification))
}

fn format_digits(negative: bool, mut body: String, specification: &Specification) -> String {
    if let Some(separator) = specification.grouping {
        let size = if matches!(specification.kind, Some('x' | 'X' | 'o' | 'b')) { 4 } else { 3 };
        body = grouped(&body, separator, size);
    }
    if let Some(precision) = specification.precision {
        body = format!("{}{body}", "0".repeat(precision.saturating_sub(body.len())));
    }
    signed(negative, &body, specification)
}

fn format_float(value: f64, specification: &Specification) -> Res<String> {
    if !value.is_finite() {
        return Err(Failure::unsupported("formatting infinity or NaN is not supported"));
    }
    let magnitude = value.abs();
    let precision = specification.precision.unwrap_or(6);
    let mut body = match specification.kind {
        Some('f' | 'F') => format!("{magnitude:.precision$}"),
        Some('%') => format!("{:.precision$}%", magnitude * 100.0),
        Some(kind @ ('e' | 'E')) => {
            let (mantissa, exponent) = mantissa_and_exponent(magnitude, precision);
            scientific(&mantissa, kind, exponent)
        }
        Some('g') => general(magnitude, precision),
        Some('G') => general(magnitude, precision).to_uppercase(),
        None if specification.precision.is_none() => float_repr(magnitude),
        _ => return Err(Failure::unsupported("this format for numbers is not supported")),
    };
    if let Some(separator) = specification.grouping {
        let (whole, rest) = body.split_at(body.find(['.', 'e', 'E', '%']).unwrap_or(body.len()));
        body = grouped(whole, separator, 3) + rest;
    }
    Ok(signed(value.is_sign_negative(), &body, specification))
}

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
fn character(value: &Value<'_>) -> Res<char> {
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
                let index = if is_index { super::numbers::integer_of_digits(index)? } else { Value::text(cx, index)? };
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
            number = Some((number.unwrap_or(0usize) * 10 + digit as usize).min(MAXIMUM_WIDTH + 1));
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
