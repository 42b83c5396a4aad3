//! Jinja2's lexer, with the settings that Transformers gives it: `trim_blocks`, `lstrip_blocks`, no line statements.
//!
//! White space is decided here, once and for all, so that nothing later depends on how another engine trims.

mod literals;

use literals::is_combining;
use std::ops::Range;

use num_bigint::BigInt;

use crate::environment::Environment;
use crate::python::unicode::is_space;

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TokenKind {
    /// Text between tags, already trimmed.
    Data,
    /// `{{`
    VariableBegin,
    /// `}}`
    VariableEnd,
    /// `{%`
    BlockBegin,
    /// `%}`
    BlockEnd,
    /// A name or keyword.
    Name(String),
    /// A string literal, escapes resolved.
    String(String),
    /// An integer literal.
    Integer(BigInt),
    /// A float literal.
    Float(f64),
    /// An operator or bracket.
    Operator(&'static str),
    /// The end of the template.
    End,
}

/// One token with its place in the normalised source.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Byte range in the normalised source.
    pub span: Range<usize>,
}

/// What the lexer or the parser refuses, and where.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// Byte position in the normalised source.
    pub at: usize,
    /// What is wrong.
    pub reason: String,
    /// Whether Jinja2 takes it.
    pub is_jinja: bool,
}

impl SyntaxError {
    pub(crate) fn new(at: usize, reason: impl Into<String>) -> Self {
        Self { at, reason: reason.into(), is_jinja: false }
    }

    /// What Jinja2 takes and this crate does not.
    pub(crate) fn unsupported(at: usize, reason: impl Into<String>) -> Self {
        Self { at, reason: reason.into(), is_jinja: true }
    }
}

/// Longest first, as an operator is the longest that matches.
const OPERATORS: [&str; 26] = [
    "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".",
    ":", "|", ",", ";",
];

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    line_starting: bool,
    brackets: Vec<&'static str>,
    tokens: Vec<Token>,
    /// Whether `trim_blocks` and `lstrip_blocks` are set.
    trims: bool,
}

/// Splits a normalised source into tokens.
pub(crate) fn tokenize(source: &str, environment: Environment) -> Result<Vec<Token>, SyntaxError> {
    let trims = environment == Environment::Transformers;
    let mut lexer = Lexer { source, at: 0, line_starting: true, brackets: Vec::new(), tokens: Vec::new(), trims };
    while lexer.at < source.len() {
        lexer.root()?;
    }
    lexer.push(TokenKind::End, source.len()..source.len());
    Ok(lexer.tokens)
}

impl Lexer<'_> {
    fn push(&mut self, kind: TokenKind, span: Range<usize>) {
        self.tokens.push(Token { kind, span });
    }

    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn spaces_from(&self, at: usize) -> usize {
        let rest = &self.source[at..];
        rest.len() - rest.trim_start_matches(is_space).len()
    }

    /// The sign that says what happens to the white space beside a tag.
    fn sign(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied().filter(|sign| matches!(sign, b'-' | b'+'))
    }

    fn root(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let bytes = self.source.as_bytes();
        let is_tag = |at: &usize| matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#'));
        let Some(tag) = memchr::memchr_iter(b'{', &bytes[start..]).map(|at| start + at).find(is_tag) else {
            self.push(TokenKind::Data, start..self.source.len());
            self.at = self.source.len();
            return Ok(());
        };
        let opening = bytes[tag + 1];
        let sign = self.sign(tag + 2);
        let end = self.trimmed_end(start, tag, sign, opening == b'{');
        if end > start {
            self.push(TokenKind::Data, start..end);
        }
        self.line_starting = false;
        if opening == b'%'
            && let Some(after) = self.raw_begin(tag)
        {
            return self.raw(tag, after);
        }
        self.at = tag + 2 + usize::from(sign.is_some());
        match opening {
            b'#' => self.comment(tag),
            b'%' => {
                self.push(TokenKind::BlockBegin, tag..self.at);
                self.inside("%}")
            }
            _ => {
                self.push(TokenKind::VariableBegin, tag..self.at);
                self.inside("}}")
            }
        }
    }

    /// Where the text before a tag ends once the tag's sign and `lstrip_blocks` have had their way.
    fn trimmed_end(&self, start: usize, tag: usize, sign: Option<u8>, variable: bool) -> usize {
        let text = &self.source[start..tag];
        if sign == Some(b'-') {
            return start + text.trim_end_matches(is_space).len();
        }
        if sign == Some(b'+') || variable || !self.trims {
            return tag;
        }
        let line = text.rfind('\n').map_or(0, |newline| newline + 1);
        if (line > 0 || self.line_starting) && text[line..].chars().all(is_space) { start + line } else { tag }
    }

    /// The position after `{% raw %}` if that is what stands here.
    fn raw_begin(&self, tag: usize) -> Option<usize> {
        let mut at = tag + 2 + usize::from(self.sign(tag + 2).is_some());
        at += self.spaces_from(at);
        let rest = self.source[at..].strip_prefix("raw")?;
        at = self.source.len() - rest.len();
        at += self.spaces_from(at);
        let rest = &self.source[at..];
        if rest.starts_with("-%}") {
            at += 3;
            Some(at + self.spaces_from(at))
        } else {
            rest.starts_with("%}").then_some(at + 2)
        }
    }

    fn raw(&mut self, tag: usize, start: usize) -> Result<(), SyntaxError> {
        // As for any tag, the end of what was matched decides whether a line starts here.
        self.line_starting = self.source[..start].ends_with('\n');
        let mut search = start;
        while let Some(offset) = self.source[search..].find("{%") {
            let block = search + offset;
            search = block + 2;
            let sign = self.sign(search);
            let mut at = search + usize::from(sign.is_some());
            at += self.spaces_from(at);
            let Some(rest) = self.source[at..].strip_prefix("endraw") else {
                continue;
            };
            at = self.source.len() - rest.len();
            at += self.spaces_from(at);
            let Some(after) = self.block_end(at) else {
                continue;
            };
            let end = self.trimmed_end(start, block, sign, false);
            if end > start {
                self.push(TokenKind::Data, start..end);
            }
            self.line_starting = self.source[..after].ends_with('\n');
            self.at = after;
            return Ok(());
        }
        // Jinja2 does not miss the end of a block in which nothing stands.
        if start == self.source.len() {
            self.at = start;
            return Ok(());
        }
        Err(SyntaxError::new(tag, "missing end of raw directive"))
    }

    fn comment(&mut self, tag: usize) -> Result<(), SyntaxError> {
        let Some(offset) = self.rest().find("#}") else {
            if self.at == self.source.len() {
                return Ok(());
            }
            return Err(SyntaxError::new(tag, "missing end of comment tag"));
        };
        let close = self.at + offset;
        let sign = (offset > 0).then(|| self.source.as_bytes()[close - 1]);
        let mut end = close + 2;
        if sign == Some(b'-') {
            end += self.spaces_from(end);
        } else if self.trims && sign != Some(b'+') && self.source[end..].starts_with('\n') {
            end += 1;
        }
        self.line_starting = self.source[..end].ends_with('\n');
        self.at = end;
        Ok(())
    }

    /// The position after a block's end that stands at `at`, with the white space it takes along.
    fn block_end(&self, at: usize) -> Option<usize> {
        let rest = &self.source[at..];
        if rest.starts_with("+%}") {
            Some(at + 3)
        } else if rest.starts_with("-%}") {
            Some(at + 3 + self.spaces_from(at + 3))
        } else if self.trims && rest.starts_with("%}\n") {
            Some(at + 3)
        } else {
            rest.starts_with("%}").then_some(at + 2)
        }
    }

    fn variable_end(&self, at: usize) -> Option<usize> {
        let rest = &self.source[at..];
        if rest.starts_with("-}}") {
            Some(at + 3 + self.spaces_from(at + 3))
        } else {
            rest.starts_with("}}").then_some(at + 2)
        }
    }

    fn inside(&mut self, closing: &str) -> Result<(), SyntaxError> {
        self.brackets.clear();
        while self.at < self.source.len() {
            if self.brackets.is_empty() {
                let (end, kind) = if closing == "%}" {
                    (self.block_end(self.at), TokenKind::BlockEnd)
                } else {
                    (self.variable_end(self.at), TokenKind::VariableEnd)
                };
                if let Some(end) = end {
                    self.push(kind, self.at..end);
                    self.line_starting = self.source[..end].ends_with('\n');
                    self.at = end;
                    return Ok(());
                }
            }
            let spaces = self.spaces_from(self.at);
            if spaces > 0 {
                self.at += spaces;
                continue;
            }
            self.expression_token()?;
        }
        Ok(())
    }

    fn expression_token(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let first = self.rest().chars().next().unwrap_or(' ');
        if first.is_ascii_digit() {
            return self.number();
        }
        if first == '_' || first.is_alphanumeric() {
            let rest = self.rest();
            let end = start
                + rest.find(|c: char| !(c == '_' || c.is_alphanumeric() || is_combining(c))).unwrap_or(rest.len());
            let name = self.source[start..end].to_owned();
            if first.is_numeric() {
                return Err(SyntaxError::new(start, "invalid character in identifier"));
            }
            self.push(TokenKind::Name(name), start..end);
            self.at = end;
            return Ok(());
        }
        if first == '\'' || first == '"' {
            return self.string(first as u8);
        }
        let Some(&operator) = OPERATORS.iter().find(|&&o| self.rest().starts_with(o)) else {
            return Err(SyntaxError::new(start, format!("unexpected character {first:?}")));
        };
        match operator {
            "{" => self.brackets.push("}"),
            "(" => self.brackets.push(")"),
            "[" => self.brackets.push("]"),
            "}" | ")" | "]" => match self.brackets.pop() {
                None => return Err(SyntaxError::new(start, format!("unexpected '{operator}'"))),
                Some(expected) if expected != operator => {
                    return Err(SyntaxError::new(start, format!("unexpected '{operator}', expected '{expected}'")));
                }
                Some(_) => {}
            },
            _ => {}
        }
        self.at += operator.len();
        self.push(TokenKind::Operator(operator), start..self.at);
        Ok(())
    }
}
