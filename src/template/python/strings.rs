//! Strings as sequences of code points.

use std::borrow::Cow;

/// Python's `str.isspace` for one character, which is also `\s` in its regular expressions.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// How many code points a text has.
pub(crate) fn length(text: &str) -> usize {
    text.chars().count()
}

/// The byte position of a code point, or the end.
pub(crate) fn byte_at(text: &str, index: usize) -> usize {
    if text.is_ascii() {
        return index.min(text.len());
    }
    text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
}

/// Python's meaning of a slice's bounds: the indices it visits.
pub(crate) fn slice_indices(
    length: usize,
    start: Option<i128>,
    stop: Option<i128>,
    stride: i128,
) -> impl Iterator<Item = usize> {
    let length = length as i128;
    let (lowest, highest) = if stride > 0 { (0, length) } else { (-1, length - 1) };
    let clamp = |bound: i128| {
        let bound = if bound < 0 { bound + length } else { bound };
        bound.clamp(lowest, highest)
    };
    let (first, last) = if stride > 0 { (0, length) } else { (length - 1, -1) };
    let start = start.map_or(first, clamp);
    let stop = stop.map_or(last, clamp);
    let count = if stride > 0 && stop > start {
        (stop - start - 1) / stride + 1
    } else if stride < 0 && start > stop {
        (start - stop - 1) / -stride + 1
    } else {
        0
    };
    (0..count).map(move |index| usize::try_from(start + index * stride).unwrap_or(0))
}

/// A slice of a text by code points.
pub(crate) fn slice(text: &str, start: Option<i128>, stop: Option<i128>, stride: i128) -> Cow<'_, str> {
    if stride == 1 {
        let count = if text.is_ascii() { text.len() } else { length(text) };
        let mut indices = slice_indices(count, start, stop, 1);
        let Some(first) = indices.next() else {
            return Cow::Borrowed("");
        };
        let taken = indices.size_hint().0 + 1;
        let from = byte_at(text, first);
        let rest = &text[from..];
        return Cow::Borrowed(&rest[..byte_at(rest, taken)]);
    }
    let characters: Vec<char> = text.chars().collect();
    Cow::Owned(slice_indices(characters.len(), start, stop, stride).map(|index| characters[index]).collect())
}

/// Whether `str.splitlines` breaks a line at a character.
fn breaks_lines(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c' | '\x1d' | '\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How many lines `str.splitlines` gives at most.
pub(crate) fn count_lines(text: &str) -> usize {
    1 + text.chars().filter(|&c| breaks_lines(c)).count()
}

/// How many words `str.split()` gives.
pub(crate) fn count_words(text: &str) -> usize {
    let mut outside = true;
    text.chars().filter(|&c| std::mem::replace(&mut outside, is_space(c)) && !is_space(c)).count()
}

/// `str.splitlines`.
pub(crate) fn split_lines(text: &str, keep_ends: bool) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if !breaks_lines(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        if c == '\r' && characters.peek().is_some_and(|&(_, next)| next == '\n') {
            characters.next();
            end += 1;
        }
        lines.push(&text[start..if keep_ends { end } else { at }]);
        start = end;
    }
    if start < text.len() {
        lines.push(&text[start..]);
    }
    lines
}

/// `str.split()` without a separator.
pub(crate) fn split_spaces(text: &str, limit: Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        if limit.is_some_and(|limit| parts.len() >= limit) {
            parts.push(rest);
            break;
        }
        let end = rest.find(is_space).unwrap_or(rest.len());
        parts.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(is_space);
    }
    parts
}

/// `str.rsplit()` without a separator.
pub(crate) fn split_spaces_from_right(text: &str, limit: Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_end_matches(is_space);
    while !rest.is_empty() {
        if limit.is_some_and(|limit| parts.len() >= limit) {
            parts.push(rest);
            break;
        }
        let start = rest.char_indices().rev().find(|&(_, c)| is_space(c)).map_or(0, |(at, c)| at + c.len_utf8());
        parts.push(&rest[start..]);
        rest = rest[..start].trim_end_matches(is_space);
    }
    parts.reverse();
    parts
}

/// `str.strip` and its sides.
pub(crate) fn strip<'a>(text: &'a str, characters: Option<&str>, left: bool, right: bool) -> &'a str {
    let matches = |c: char| characters.map_or_else(|| is_space(c), |set| set.contains(c));
    let text = if left { text.trim_start_matches(matches) } else { text };
    if right { text.trim_end_matches(matches) } else { text }
}

fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || is_title_case(c)
}

/// The few letters that are one in title case, such as `ǅ`.
fn is_title_case(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}' | '\u{1fa8}'..='\u{1faf}'
        | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}')
}

/// A character in title case: for the digraphs that have one of their own that, else upper case.
fn push_title(out: &mut String, c: char) {
    match c {
        'Ǆ' | 'ǅ' | 'ǆ' => out.push('ǅ'),
        'Ǉ' | 'ǈ' | 'ǉ' => out.push('ǈ'),
        'Ǌ' | 'ǋ' | 'ǌ' => out.push('ǋ'),
        'Ǳ' | 'ǲ' | 'ǳ' => out.push('ǲ'),
        'ß' => out.push_str("Ss"),
        'ﬀ' => out.push_str("Ff"),
        'ﬁ' => out.push_str("Fi"),
        'ﬂ' => out.push_str("Fl"),
        c => out.extend(c.to_uppercase()),
    }
}

/// `str.lower` on a whole text; a sigma at the end of a word has a form of its own.
pub(crate) fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// `str.capitalize`.
pub(crate) fn capitalize(text: &str) -> String {
    let mut characters = text.chars();
    let mut out = String::with_capacity(text.len());
    if let Some(first) = characters.next() {
        push_title(&mut out, first);
        out.push_str(&lower(characters.as_str()));
    }
    out
}

/// `str.title`: every run of letters begins with a capital.
pub(crate) fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            push_title(&mut out, c);
        }
        inside = is_cased(c);
    }
    out
}

/// `str.swapcase`.
pub(crate) fn swap_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_uppercase() {
            out.extend(c.to_lowercase());
        } else if c.is_lowercase() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// `str.islower` and `str.isupper`: some cased character, and none of the other case.
pub(crate) fn is_case(text: &str, upper: bool) -> bool {
    let mut cased = false;
    for c in text.chars() {
        let (this, other) =
            if upper { (c.is_uppercase(), c.is_lowercase()) } else { (c.is_lowercase(), c.is_uppercase()) };
        if other || is_title_case(c) {
            return false;
        }
        cased = cased || this;
    }
    cased
}

/// `str.istitle`.
pub(crate) fn is_title(text: &str) -> bool {
    let (mut found, mut inside) = (false, false);
    for c in text.chars() {
        if c.is_uppercase() || is_title_case(c) {
            if inside {
                return false;
            }
            (inside, found) = (true, true);
        } else if c.is_lowercase() {
            if !inside {
                return false;
            }
            found = true;
        } else {
            inside = false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_count_code_points() {
        assert_eq!(slice("héllo", Some(1), Some(3), 1), "él");
        assert_eq!(slice("héllo", None, None, -1), "olléh");
        assert_eq!(slice("héllo", Some(-2), None, 1), "lo");
        assert_eq!(slice("hello", Some(4), Some(0), -2), "ol");
        assert_eq!(slice("abc", Some(5), None, 1), "");
    }

    #[test]
    fn lines_split_as_in_python() {
        assert_eq!(split_lines("a\r\nb\n\nc\u{2028}d\n", false), ["a", "b", "", "c", "d"]);
        assert_eq!(split_lines("a\r\nb", true), ["a\r\n", "b"]);
    }

    #[test]
    fn words_split_at_any_space() {
        assert_eq!(split_spaces("  a b\t c ", None), ["a", "b", "c"]);
        assert_eq!(split_spaces("  a b  c ", Some(1)), ["a", "b  c "]);
        assert_eq!(split_spaces_from_right(" a b  c ", Some(1)), [" a b", "c"]);
    }

    #[test]
    fn titles_and_capitals() {
        assert_eq!(title("they're bill's"), "They'Re Bill'S");
        assert_eq!(capitalize("hELLO"), "Hello");
    }
}
