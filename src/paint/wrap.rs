//! Text broken into lines, at words where there are any, with the rules of Chinese and Japanese: no line begins with a
//! closing sign or ends with an opening one.

use crate::words::visible::{display_width, visible};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Signs that belong to what follows them.
const OPENING: &[char] = &['(', '[', '{', '`', '“', '‘', '「', '『', '（', '《', '〈', '【', '〔', '［', '｛'];

/// Signs that belong to what stands before them.
const CLOSING: &[char] = &[
    ')', ']', '}', ',', '.', ';', ':', '!', '?', '”', '’', '」', '』', '）', '》', '〉', '】', '〕', '］', '｝', '，',
    '。', '；', '：', '、', '！', '？', '…', '·', '～', '％', 'ー', '々',
];

/// A line of a text, as bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its bytes, with the line end of the text where it has one.
    pub bytes: Range<usize>,
    /// The line of the text that it belongs to, from 1.
    pub line: usize,
    /// Whether it is the first of that line.
    pub begins: bool,
}

/// The rows of a text of several lines in that many columns, as [`prose`](crate::paint::prose) shows it.
#[must_use]
pub fn rows(text: &str, columns: usize) -> Vec<Row> {
    let columns = columns.max(2);
    let mut rows = Vec::new();
    let mut offset = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let mut begins = true;
        for bytes in line_rows(line, columns) {
            rows.push(Row { bytes: offset + bytes.start..offset + bytes.end, line: at + 1, begins });
            begins = false;
        }
        offset += line.len();
    }
    rows
}

fn line_rows(line: &str, columns: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    for piece in pieces(line) {
        let word = &line[piece.clone()];
        let width = display_width(&visible(word.trim_end_matches([' ', '\n'])));
        if used + width > columns && used > 0 {
            rows.push(start..piece.start);
            (start, used) = (piece.start, 0);
        }
        if width <= columns {
            used += display_width(&visible(word));
            continue;
        }
        // A word wider than a line is cut where the line ends.
        for (at, grapheme) in word.grapheme_indices(true) {
            let width = display_width(&visible(grapheme));
            if used + width > columns && used > 0 {
                rows.push(start..piece.start + at);
                (start, used) = (piece.start + at, 0);
            }
            used += width;
        }
    }
    if start < line.len() {
        rows.push(start..line.len());
    }
    rows
}

/// Text in lines of at most that many columns, broken at spaces where there are any.
#[must_use]
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in pieces(text) {
        let word = &text[piece];
        let width = word.trim_end().width();
        if used + width > columns && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        // The space at a line break is not drawn.
        if word == " " && (used == columns || used == 0 && lines.len() > 1) {
            continue;
        }
        // A word wider than a line is cut where the line ends.
        for grapheme in word.graphemes(true) {
            if used + grapheme.width() > columns && used > 0 {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(grapheme);
            }
            used += grapheme.width();
        }
    }
    lines
}

/// Words with the brackets and the punctuation that belong to them, so that no line begins or ends with the wrong one.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (start, word) in text.split_word_bound_indices() {
        let end = start + word.len();
        let letters = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        let is_joined = |before: &str| {
            let after_word = word.starts_with(CLOSING) && !before.ends_with(char::is_whitespace);
            before.ends_with(OPENING) || after_word || letters(before) && letters(word)
        };
        match words.last_mut() {
            // What has no end, as in encoded data, is not looked through again and again.
            Some(before) if before.len() < LONGEST && is_joined(&text[before.clone()]) => before.end = end,
            _ => words.push(start..end),
        }
    }
    words
}

/// Words are joined up to that many bytes.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_part_at_words() {
        assert_eq!(wrapped("one two three", 8), ["one two ", "three"]);
        assert_eq!(wrapped("夏天热浪滚滚", 5), ["夏天", "热浪", "滚滚"]);
        assert_eq!(wrapped("", 5), [""]);
        assert_eq!(wrapped("end (it, say). No", 6), ["end ", "(it, ", "say). ", "No"]);
        assert_eq!(wrapped("seven_7 more", 7), ["seven_7", "more"]);
    }

    #[test]
    fn chinese_lines_begin_and_end_as_they_may() {
        assert_eq!(wrapped("他说：「热浪滚滚」。", 8), ["他说：", "「热浪滚", "滚」。"]);
        assert_eq!(wrapped("夏天，热浪……", 6), ["夏天，", "热浪……"]);
    }

    #[test]
    fn rows_cover_the_text() {
        let text = "one two three\n\n夏天，热浪滚滚。\tx\nlonglonglonglong\u{1b}[0m\nend";
        for columns in [4, 7, 20] {
            let rows = rows(text, columns);
            let joined: String = rows.iter().map(|row| &text[row.bytes.clone()]).collect();
            assert_eq!(joined, text);
            for row in &rows {
                let shown = crate::paint::prose(text[row.bytes.clone()].trim_end_matches(['\n', ' ']));
                assert!(display_width(&shown) <= columns, "{columns}: {shown:?}");
            }
            assert_eq!(rows.iter().filter(|row| row.begins).count(), 5);
        }
        assert!(rows("", 5).is_empty());
    }
}
