//! `wordwrap`: Python's `textwrap.wrap`, paragraph by paragraph.

use std::ops::Range;

use super::Filter;
use crate::error::Failure;
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::python::methods::joined;
use crate::python::strings::{count_lines, split_lines};
use crate::python::unicode::{is_alphanumeric, is_decimal, is_space};
use crate::text::{Builder, Text};
use crate::value::{Res, Value};

pub(super) const FILTERS: &[(&str, Filter)] = &[("wordwrap", word_wrap)];

fn word_wrap<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let names = ["width", "break_long_words", "wrapstring", "break_on_hyphens"];
    let [width, long_words, wrap, hyphens] = arguments.bind(names, 0)?;
    let width = match width {
        None => 79,
        Some(width @ (Value::Float(_) | Value::Big(_))) => width.length_limit()?,
        // What is no number is refused as soon as there is something to wrap.
        Some(width) => width.as_int().unwrap_or(-1),
    };
    let wrap = wrap.filter(|wrap| !wrap.is_none()).unwrap_or_else(|| Value::Text(Text::fixed("\n")));
    let wrap = wrap.as_text().ok_or_else(|| Failure::python("the wrapstring must be a text"))?;
    let name = value.type_name();
    let text = value.as_text().ok_or_else(|| Failure::python(format!("'{name}' object has no 'splitlines'")))?;
    cx.charge_bytes(text.len() * 32)?;
    cx.check_items(count_lines(text.as_str()))?;
    let style = Style {
        width: usize::try_from(width).ok().filter(|width| *width > 0),
        long_words: long_words.is_none_or(|it| it.is_true()),
        hyphens: hyphens.as_ref().is_none_or(Value::is_true),
        at_hyphens: matches!(hyphens, None | Some(Value::Bool(true))),
    };
    let mut paragraphs = Vec::new();
    for line in split_lines(text.as_str(), false) {
        let lines = style.wrapped(cx, &text.part(line))?;
        paragraphs.push(joined(cx, &lines, wrap)?);
    }
    Ok(Value::Text(joined(cx, &paragraphs, wrap)?.with_markup(wrap.markup)))
}

struct Style {
    /// At least one; none is refused as soon as there is something to wrap.
    width: Option<usize>,
    long_words: bool,
    hyphens: bool,
    /// Python asks whether this is `True`, not whether it is true.
    at_hyphens: bool,
}

fn is_white(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\x0b' | '\x0c' | '\r' | ' ')
}

impl Style {
    fn wrapped<'a>(&self, cx: &Machine<'a>, text: &Text<'a>) -> Res<Vec<Text<'a>>> {
        let Some(width) = self.width else {
            return Err(Failure::python("invalid width (must be > 0)"));
        };
        let characters: Vec<char> = text.as_str().chars().collect();
        let bytes: Vec<usize> = text.as_str().char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let is_blank = |chunk: &Range<usize>| characters[chunk.clone()].iter().all(|c| is_space(*c));
        let mut chunks = if self.at_hyphens { chunks(&characters) } else { simple_chunks(&characters) };
        chunks.reverse();
        let mut lines = Vec::new();
        while !chunks.is_empty() {
            cx.charge(1)?;
            let mut line: Vec<Range<usize>> = Vec::new();
            let mut length = 0;
            if !lines.is_empty() && chunks.last().is_some_and(is_blank) {
                chunks.pop();
            }
            while let Some(chunk) = chunks.pop_if(|chunk| length + chunk.len() <= width) {
                length += chunk.len();
                line.push(chunk);
            }
            if let Some(chunk) = chunks.last_mut()
                && chunk.len() > width
            {
                if self.long_words {
                    let end = self.cut(&characters[chunk.clone()], width - length);
                    line.push(chunk.start..chunk.start + end);
                    chunk.start += end;
                } else if line.is_empty() {
                    line.extend(chunks.pop());
                }
            }
            line.pop_if(|chunk| is_blank(chunk));
            if let (Some(first), Some(last)) = (line.first(), line.last()) {
                let mut out = Builder::default();
                out.slice(text, bytes[first.start]..bytes[last.end]);
                lines.push(out.finish(cx)?);
            }
        }
        Ok(lines)
    }

    /// Where a word that fits on no line is cut, with room for so many characters.
    fn cut(&self, word: &[char], room: usize) -> usize {
        let hyphen = word[..room.min(word.len())].iter().rposition(|c| *c == '-');
        match hyphen {
            Some(hyphen) if self.hyphens && word.len() > room && word[..hyphen].iter().any(|c| *c != '-') => hyphen + 1,
            _ => room.min(word.len()),
        }
    }
}

/// Words and the white space between them.
fn simple_chunks(characters: &[char]) -> Vec<Range<usize>> {
    let (mut chunks, mut from) = (Vec::new(), 0);
    for part in characters.chunk_by(|a, b| is_white(*a) == is_white(*b)) {
        chunks.push(from..from + part.len());
        from += part.len();
    }
    chunks
}

/// Words, parts of words that end with a hyphen, dashes between words, and the white space between all of them: what
/// `TextWrapper.wordsep_re` finds.
fn chunks(characters: &[char]) -> Vec<Range<usize>> {
    let at = |index: usize| characters.get(index).copied();
    let before = |index: usize, back: usize| index.checked_sub(back).and_then(at);
    let is_word = |c: Option<char>| c.is_some_and(|c| c == '_' || is_alphanumeric(c));
    let is_letter = |c: Option<char>| is_word(c) && !c.is_some_and(is_decimal);
    let ends_word = |c: Option<char>| is_word(c) || c.is_some_and(|c| "!\"'&.,?".contains(c));
    // A dash of two hyphens or more between words; gives where it ends.
    let dash = |from: usize| {
        let length = characters[from..].iter().take_while(|c| **c == '-').count();
        let fits = length >= 2 && ends_word(before(from, 1)) && is_word(at(from + length));
        fits.then_some(from + length)
    };
    let hyphen = |index: usize| {
        at(index) == Some('-')
            && is_letter(before(index, 1))
            && (is_letter(before(index, 2)) || before(index, 2) == Some('-') && is_letter(before(index, 3)))
            && is_letter(at(index + 1))
            && (is_letter(at(index + 2)) || at(index + 2) == Some('-') && is_letter(at(index + 3)))
    };
    let (mut chunks, mut from) = (Vec::new(), 0);
    while from < characters.len() {
        let end = if is_white(characters[from]) {
            from + characters[from..].iter().take_while(|c| is_white(**c)).count()
        } else if let Some(end) = dash(from) {
            end
        } else {
            let mut end = from + 1;
            loop {
                if hyphen(end) {
                    break end + 1;
                }
                if at(end).is_none_or(is_white) || at(end) == Some('-') && dash(end).is_some() {
                    break end;
                }
                end += 1;
            }
        };
        chunks.push(from..end);
        from = end;
    }
    chunks
}
