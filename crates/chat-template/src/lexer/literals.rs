//! Numbers and texts.

use super::{Lexer, SyntaxError, TokenKind};
use crate::python::numbers::literal;
use crate::python::unicode::{escape, is_decimal};

impl Lexer<'_> {
    /// The end of digits that may be joined by single underscores.
    pub(super) fn digits(&self, mut at: usize, allowed: impl Fn(char) -> bool) -> usize {
        let mut characters = self.source[at..].chars();
        while let Some(c) = characters.next() {
            if allowed(c) {
                at += c.len_utf8();
            } else if let Some(next) = characters.next().filter(|next| c == '_' && allowed(*next)) {
                at += 1 + next.len_utf8();
            } else {
                break;
            }
        }
        at
    }

    pub(super) fn starts_with(&self, at: usize, allowed: impl Fn(char) -> bool) -> bool {
        self.source[at..].starts_with(allowed)
    }

    pub(super) fn number(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let bytes = self.source.as_bytes();
        let whole = self.digits(start, is_decimal);
        let exponent = |at: usize| -> Option<usize> {
            if !matches!(bytes.get(at), Some(b'e' | b'E')) {
                return None;
            }
            let from = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            self.starts_with(from.min(bytes.len()), is_decimal).then(|| self.digits(from, is_decimal))
        };
        let mut float_end = None;
        if start == 0 || bytes[start - 1] != b'.' {
            if bytes.get(whole) == Some(&b'.') && self.starts_with(whole + 1, is_decimal) {
                let fraction = self.digits(whole + 1, is_decimal);
                float_end = Some(exponent(fraction).unwrap_or(fraction));
            } else {
                float_end = exponent(whole);
            }
        }
        if let Some(end) = float_end {
            let text = self.source[start..end].replace('_', "");
            let value = text.parse().map_err(|_| SyntaxError::new(start, "invalid float"))?;
            self.push(TokenKind::Float(value), start..end);
            self.at = end;
            return Ok(());
        }
        let prefixed = |at: usize, allowed: fn(char) -> bool| {
            let first = at + usize::from(bytes.get(at) == Some(&b'_'));
            self.starts_with(first, allowed).then(|| self.digits(first, allowed))
        };
        let radix = match bytes.get(start..start + 2) {
            Some(b"0b" | b"0B") => prefixed(start + 2, |c| matches!(c, '0' | '1')).map(|end| (2, end)),
            Some(b"0o" | b"0O") => prefixed(start + 2, |c| matches!(c, '0'..='7')).map(|end| (8, end)),
            Some(b"0x" | b"0X") => prefixed(start + 2, |c| c.is_ascii_hexdigit()).map(|end| (16, end)),
            _ => None,
        };
        let (end, digits, radix) = if let Some((radix, end)) = radix {
            (end, &self.source[start + 2..end], radix)
        } else {
            let end = if bytes[start] == b'0' { self.digits(start, |c| c == '0') } else { whole };
            (end, &self.source[start..end], 10)
        };
        let value = literal(&digits.replace('_', ""), radix)
            .ok_or_else(|| SyntaxError::new(start, "an integer of more than 4300 digits"))?;
        self.push(TokenKind::Integer(value), start..end);
        self.at = end;
        Ok(())
    }

    pub(super) fn string(&mut self, quote: u8) -> Result<(), SyntaxError> {
        let start = self.at;
        let bytes = self.source.as_bytes();
        let mut at = start + 1;
        loop {
            match bytes.get(at) {
                None => return Err(SyntaxError::new(start, "this string does not end")),
                Some(b'\\') => {
                    let escaped = self.source[at + 1..].chars().next().map_or(1, char::len_utf8);
                    at += 1 + escaped;
                }
                Some(&byte) if byte == quote => break,
                Some(_) => at += 1,
            }
        }
        let value = unescape(&self.source[start + 1..at], start)?;
        self.push(TokenKind::String(value), start..at + 1);
        self.at = at + 1;
        Ok(())
    }
}

pub(super) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{b7}')
}

/// Resolves escapes as Python's `unicode-escape` codec does after `backslashreplace`.
fn unescape(text: &str, start: usize) -> Result<String, SyntaxError> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else {
            return Err(SyntaxError::new(start, "a backslash at the end of a string"));
        };
        rest = &rest[c.len_utf8()..];
        match c {
            '\n' => {}
            '\\' | '\'' | '"' => out.push(c),
            'a' => out.push('\x07'),
            'b' => out.push('\x08'),
            'f' => out.push('\x0c'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'v' => out.push('\x0b'),
            '0'..='7' => {
                let more = rest.bytes().take(2).take_while(|b| matches!(b, b'0'..=b'7')).count();
                let digits = format!("{c}{}", &rest[..more]);
                rest = &rest[more..];
                out.push(u32::from_str_radix(&digits, 8).ok().and_then(char::from_u32).unwrap_or('\0'));
            }
            'x' | 'u' | 'U' => {
                let length = match c {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let code = rest
                    .get(..length)
                    .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
                    .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                    .ok_or_else(|| SyntaxError::new(start, format!("a truncated \\{c} escape in a string")))?;
                let escape = || format!("\\{c}{}", &rest[..length]);
                out.push(match char::from_u32(code) {
                    Some(decoded) => decoded,
                    None if code > 0x10_ffff => {
                        return Err(SyntaxError::new(start, format!("the escape {} is no character", escape())));
                    }
                    None => {
                        let reason = format!("the escape {} is half a character, which is not supported", escape());
                        return Err(SyntaxError::unsupported(start, reason));
                    }
                });
                rest = &rest[length..];
            }
            'N' => return Err(SyntaxError::unsupported(start, "\\N{...} escapes are not supported")),
            // Python writes such a character as an escape first, whose backslash the stray one then swallows.
            c if !c.is_ascii() => {
                out.push_str(&escape(c));
            }
            c => {
                out.push('\\');
                out.push(c);
            }
        }
    }
    out.push_str(rest);
    Ok(out)
}
