//! Strings as sequences of code points.

use super::unicode::{is_cased, is_space, is_title_case, push_title};

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
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> impl Iterator<Item = usize> {
    let length = length as i64;
    let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let clamp = |bound: i64| if bound < 0 { bound.saturating_add(length) } else { bound }.clamp(lowest, highest);
    let (first, last) = if step > 0 { (lowest, highest) } else { (highest, lowest) };
    let (start, stop) = (start.map_or(first, clamp), stop.map_or(last, clamp));
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance > 0 { (distance - 1) as u64 / step.unsigned_abs() + 1 } else { 0 };
    (0..count as usize).map(move |index| (start + index as i64 * step) as usize)
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

/// `str.capitalize`.
pub(crate) fn capitalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if let Some(first) = text.chars().next() {
        push_title(&mut out, first);
        // The first letter counts where the form of a sigma depends on what stands before.
        let small = text.to_lowercase();
        out.push_str(small.get(first.to_lowercase().map(char::len_utf8).sum::<usize>()..).unwrap_or_default());
    }
    out
}

/// The characters of a text with what each is in the text in small letters, where a sigma's form depends on its neighbours.
fn with_lower<'t>(text: &'t str, small: &'t str) -> impl Iterator<Item = (char, &'t str)> {
    let mut at = 0;
    text.chars().map(move |c| {
        let from = at;
        at += c.to_lowercase().map(char::len_utf8).sum::<usize>();
        (c, small.get(from..at).unwrap_or_default())
    })
}

/// `str.title`: every run of letters begins with a capital.
pub(crate) fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for (c, small) in with_lower(text, &text.to_lowercase()) {
        if inside {
            out.push_str(small);
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
    for (c, small) in with_lower(text, &text.to_lowercase()) {
        if c.is_uppercase() {
            out.push_str(small);
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
