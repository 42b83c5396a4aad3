//! `%` formatting and `str.format`.

use minijinja::{Error, Value};

use super::access::{get_attribute, get_item};
use super::calls::Arguments;
use super::numbers::{float_repr, general};
use super::repr::{repr, text as to_text};
use super::strings::length;
use crate::template::long_integer::{LongInteger, Whole, whole};
use crate::template::size::check_text;
use crate::template::values::{Dict, Python, failure, integer, type_name};

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

fn printed(value: &Value) -> Result<String, Error> {
    let mut out = String::new();
    repr(value, &mut out)?;
    Ok(out)
}

fn pad(content: &str, specification: &Specification, default_align: char) -> String {
    let missing = specification.width.saturating_sub(length(content));
    if missing == 0 {
        return content.to_owned();
    }
    let align = specification.align.unwrap_or(if specification.zero { '=' } else { default_align });
    let fill = specification.fill.unwrap_or(if specification.zero { '0' } else { ' ' }).to_string();
    match align {
        '<' => format!("{content}{}", fill.repeat(missing)),
        '^' => format!("{}{content}{}", fill.repeat(missing / 2), fill.repeat(missing - missing / 2)),
        '=' => {
            let sign = content.len() - content.trim_start_matches(['+', '-', ' ']).len();
            format!("{}{}{}", &content[..sign], fill.repeat(missing), &content[sign..])
        }
        _ => format!("{}{content}", fill.repeat(missing)),
    }
}

fn grouped(digits: &str, separator: char) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
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

fn format_integer(value: i128, specification: &Specification) -> Result<String, Error> {
    let magnitude = value.unsigned_abs();
    let body = match specification.kind.unwrap_or('d') {
        'd' | 'i' | 'u' | 'n' => magnitude.to_string(),
        'x' => format!("{magnitude:x}"),
        'X' => format!("{magnitude:X}"),
        'o' => format!("{magnitude:o}"),
        'b' => format!("{magnitude:b}"),
        kind => {
            return Err(failure(format!("the format '{kind}' for numbers is not supported")));
        }
    };
    Ok(format_digits(value < 0, body, specification))
}

/// As [`format_integer`], but decimal only.
fn format_long_integer(value: &LongInteger, specification: &Specification) -> Result<String, Error> {
    match specification.kind.unwrap_or('d') {
        'd' | 'i' | 'u' | 'n' => {
            let digits = value.digits().trim_start_matches('-').to_owned();
            Ok(format_digits(value.is_negative(), digits, specification))
        }
        kind => Err(failure(format!("the format '{kind}' for integers of more than 128 bits is not supported"))),
    }
}

fn format_digits(negative: bool, mut body: String, specification: &Specification) -> String {
    if let Some(separator) = specification.grouping {
        body = grouped(&body, separator);
    }
    if let Some(precision) = specification.precision {
        body = format!("{}{body}", "0".repeat(precision.saturating_sub(body.len())));
    }
    signed(negative, &body, specification)
}

fn format_float(value: f64, specification: &Specification) -> Result<String, Error> {
    if !value.is_finite() {
        return Err(failure("formatting infinity or NaN is not supported"));
    }
    let magnitude = value.abs();
    let precision = specification.precision.unwrap_or(6);
    let mut body = match specification.kind {
        Some('f' | 'F') => format!("{magnitude:.precision$}"),
        Some('%') => format!("{:.precision$}%", magnitude * 100.0),
        Some(kind @ ('e' | 'E')) => {
            let text = format!("{magnitude:.precision$e}");
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let exponent: i32 = exponent.parse().unwrap_or(0);
            format!("{mantissa}{kind}{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
        }
        Some('g') => general(magnitude, precision),
        Some('G') => general(magnitude, precision).to_uppercase(),
        None if specification.precision.is_none() => float_repr(magnitude),
        _ => return Err(failure("this format for numbers is not supported")),
    };
    if let Some(separator) = specification.grouping {
        let (whole, rest) = body.split_at(body.find(['.', 'e', 'E', '%']).unwrap_or(body.len()));
        body = grouped(whole, separator) + rest;
    }
    Ok(signed(value.is_sign_negative(), &body, specification))
}

struct Percent<'a> {
    format: std::iter::Peekable<std::str::Chars<'a>>,
    values: std::vec::IntoIter<Value>,
    mapping: Option<&'a Dict>,
    used: bool,
}

/// `format % value`.
pub(crate) fn percent(format: &str, value: &Value) -> Result<String, Error> {
    let mapping = value.downcast_object_ref::<Dict>();
    let values = match Python::of(value) {
        Python::Tuple(items) => items.to_vec(),
        _ => vec![value.clone()],
    };
    let mut state = Percent { format: format.chars().peekable(), values: values.into_iter(), mapping, used: false };
    let mut out = String::new();
    while let Some(c) = state.format.next() {
        if c != '%' {
            out.push(c);
        } else if state.format.next_if_eq(&'%').is_some() {
            out.push('%');
        } else {
            state.field(&mut out)?;
        }
    }
    // A mapping may hold more than is used; so may a single list.
    let lenient = state.mapping.is_some() || matches!(Python::of(value), Python::List(_) | Python::Undefined);
    if !lenient && state.values.next().is_some() {
        return Err(failure("not all arguments converted during string formatting"));
    }
    if lenient && !state.used && mapping.is_none() && format.contains("%(") {
        return Err(failure("format requires a mapping"));
    }
    Ok(out)
}

impl Percent<'_> {
    fn number(&mut self) -> Result<usize, Error> {
        if self.format.peek() == Some(&'*') {
            return Err(failure("'*' in a format is not supported"));
        }
        let mut number = 0usize;
        while let Some(digit) = self.format.peek().and_then(|c| c.to_digit(10)) {
            self.format.next();
            number = number.saturating_mul(10).saturating_add(digit as usize);
        }
        if number > MAXIMUM_WIDTH {
            return Err(failure("a width in a format is too large"));
        }
        Ok(number)
    }

    fn field(&mut self, out: &mut String) -> Result<(), Error> {
        let mut named = None;
        if self.format.next_if_eq(&'(').is_some() {
            let mut name = String::new();
            loop {
                match self.format.next() {
                    Some(')') => break,
                    Some(c) => name.push(c),
                    None => return Err(failure("incomplete format key")),
                }
            }
            let mapping = self.mapping.ok_or_else(|| failure("format requires a mapping"))?;
            let found = mapping.get_str(&name).ok_or_else(|| failure(format!("no key '{name}' for the format")))?;
            named = Some(found.clone());
        }
        let mut specification = Specification::default();
        while let Some(flag) = self.format.next_if(|c| matches!(c, '-' | '+' | ' ' | '#' | '0')) {
            match flag {
                '-' => specification.align = Some('<'),
                '0' => specification.zero = true,
                '#' => specification.alternate = true,
                sign if specification.sign != Some('+') => specification.sign = Some(sign),
                _ => {}
            }
        }
        specification.width = self.number()?;
        if self.format.next_if_eq(&'.').is_some() {
            specification.precision = Some(self.number()?);
        }
        let kind = self.format.next().ok_or_else(|| failure("incomplete format"))?;
        if specification.alternate {
            return Err(failure("'#' in a format is not supported"));
        }
        let value = match named {
            Some(value) => value,
            None => self.values.next().ok_or_else(|| failure("not enough arguments for format string"))?,
        };
        self.used = true;
        out.push_str(&percent_value(&value, kind, specification)?);
        check_text(out.len())
    }
}

/// The one character that `%c` prints: a text of one, or a code point.
fn character(value: &Value) -> Result<char, Error> {
    if let Some(code) = Python::of(value).as_integer() {
        let found = u32::try_from(code).ok().and_then(char::from_u32);
        return found.ok_or_else(|| failure("'%c' of a number that is no character"));
    }
    let mut characters = value.as_str().unwrap_or_default().chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(failure("%c requires int or char")),
    }
}

fn percent_value(value: &Value, kind: char, mut specification: Specification) -> Result<String, Error> {
    if matches!(kind, 's' | 'r') {
        let mut content = if kind == 's' { to_text(value)?.into_owned() } else { printed(value)? };
        if let Some(precision) = specification.precision {
            content = content.chars().take(precision).collect();
        }
        specification.zero = false;
        return Ok(pad(&content, &specification, '>'));
    }
    if kind == 'c' {
        specification.zero = false;
        return Ok(pad(&character(value)?.to_string(), &specification, '>'));
    }
    if specification.align.is_some() {
        specification.zero = false;
    }
    specification.kind = Some(kind);
    let number = Python::of(value);
    let content = match (kind, number, number.as_integer()) {
        ('d' | 'i' | 'u', Python::Float(value), _) if value.is_finite() => match whole(value.trunc()) {
            Whole::Short(value) => format_integer(value, &specification)?,
            Whole::Long(value) => format_long_integer(&value, &specification)?,
        },
        ('d' | 'i' | 'u', Python::LongInteger(value), _) => format_long_integer(value, &specification)?,
        ('d' | 'i' | 'u' | 'x' | 'X' | 'o', _, Some(value)) => format_integer(value, &specification)?,
        ('f' | 'F' | 'e' | 'E' | 'g' | 'G', Python::Float(value), _) => format_float(value, &specification)?,
        ('f' | 'F' | 'e' | 'E' | 'g' | 'G', _, Some(value)) => format_float(value as f64, &specification)?,
        _ => {
            return Err(failure(format!("the format '%{kind}' for {} is not supported", type_name(value))));
        }
    };
    Ok(pad(&content, &specification, '>'))
}

/// `format.format(…)`.
pub(crate) fn format_method(format: &str, arguments: &Arguments) -> Result<String, Error> {
    let positional = arguments.positional();
    let mut automatic = 0;
    let mut out = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            out.push_str(brace);
            rest = after;
            continue;
        }
        if brace == "}" {
            return Err(failure("single '}' encountered in format string"));
        }
        let end = rest.find('}').ok_or_else(|| failure("expected '}' before end of string"))?;
        let field = &rest[..end];
        rest = &rest[end + 1..];
        if field.contains('{') {
            return Err(failure("nested fields in a format are not supported"));
        }
        let (field, specification) = field.split_once(':').unwrap_or((field, ""));
        let (field, conversion) = field.split_once('!').map_or((field, None), |(field, kind)| (field, Some(kind)));
        let mut value = lookup(field, &positional, arguments, &mut automatic)?;
        match conversion {
            None => {}
            Some("s") => value = Value::from(to_text(&value)?.as_ref()),
            Some("r") => value = Value::from(printed(&value)?),
            Some(_) => return Err(failure("this conversion in a format is not supported")),
        }
        out.push_str(&format_value(&value, specification)?);
        check_text(out.len())?;
    }
    out.push_str(rest);
    Ok(out)
}

fn lookup(field: &str, positional: &[Value], arguments: &Arguments, automatic: &mut usize) -> Result<Value, Error> {
    let split = field.find(['.', '[']).unwrap_or(field.len());
    let (first, mut path) = field.split_at(split);
    let missing = || failure(format!("nothing for '{{{field}}}' in the format"));
    let mut value = if first.is_empty() {
        *automatic += 1;
        positional.get(*automatic - 1).cloned().ok_or_else(missing)?
    } else if let Ok(index) = first.parse::<usize>() {
        if *automatic > 0 {
            return Err(failure("cannot switch from automatic field numbering to manual"));
        }
        positional.get(index).cloned().ok_or_else(missing)?
    } else {
        let found = arguments.named().iter().find(|(name, _)| name == first);
        found.map(|(_, value)| value.clone()).ok_or_else(missing)?
    };
    while !path.is_empty() {
        if let Some(after) = path.strip_prefix('[') {
            let (index, rest) = after.split_once(']').ok_or_else(missing)?;
            let index = index.parse::<i64>().map_or_else(|_| Value::from(index), |index| integer(index.into()));
            value = get_item(&value, &index)?;
            path = rest;
        } else {
            let after = &path[1..];
            let end = after.find(['.', '[']).unwrap_or(after.len());
            value = get_attribute(&value, &after[..end])?;
            path = &after[end..];
        }
    }
    Ok(value)
}

/// Takes the next character if it is an allowed one.
type Take<'a> = dyn FnMut(&dyn Fn(char) -> bool) -> Option<char> + 'a;

fn parse(text: &str) -> Result<Specification, Error> {
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
        specification.precision = Some(digits(&mut take).ok_or_else(|| failure("format specifier missing precision"))?);
    }
    specification.kind = take(&|_| true);
    if at != characters.len() || specification.alternate || specification.width > MAXIMUM_WIDTH {
        return Err(failure(format!("the format '{text}' is not supported")));
    }
    Ok(specification)
}

fn format_value(value: &Value, text: &str) -> Result<String, Error> {
    if text.is_empty() {
        return to_text(value).map(std::borrow::Cow::into_owned);
    }
    let specification = parse(text)?;
    if specification.grouping.is_some() && specification.zero {
        return Err(failure(format!("the format '{text}' is not supported")));
    }
    match Python::of(value) {
        // A truth value is formatted as the number that it is.
        Python::Boolean(value) => format_value(&integer(value.into()), text),
        Python::String(content) => {
            let numeric = specification.sign.is_some() || specification.zero || specification.grouping.is_some();
            if numeric || specification.kind.is_some_and(|kind| kind != 's') {
                return Err(failure(format!("the format '{text}' for a text is not supported")));
            }
            let cut: String = content.chars().take(specification.precision.unwrap_or(usize::MAX)).collect();
            Ok(pad(&cut, &specification, '<'))
        }
        Python::Integer(value) if !matches!(specification.kind, Some('f' | 'F' | 'e' | 'E' | 'g' | 'G' | '%')) => {
            if specification.precision.is_some() {
                return Err(failure("precision not allowed in integer format specifier"));
            }
            Ok(pad(&format_integer(value, &specification)?, &specification, '>'))
        }
        Python::LongInteger(value) if specification.precision.is_none() => {
            Ok(pad(&format_long_integer(value, &specification)?, &specification, '>'))
        }
        Python::Integer(value) => Ok(pad(&format_float(value as f64, &specification)?, &specification, '>')),
        Python::Float(value) => Ok(pad(&format_float(value, &specification)?, &specification, '>')),
        _ => Err(failure(format!("the format '{text}' for {} is not supported", type_name(value)))),
    }
}
