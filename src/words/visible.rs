//! Text of strangers as text that is safe and shows everything: no control character, no bidi or zero-width character
//! gets through as itself, and every grapheme is as wide as the sum of its characters, on which all terminals agree.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text with everything invisible made visible: `␣` for a space, `⏎` for a newline, `⇥` for a tab, control pictures
/// for control characters, and names in brackets such as `⟨ZWJ⟩` for what has no width or turns the direction round.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for grapheme in text.graphemes(true) {
        push_grapheme(&mut shown, grapheme);
    }
    Cow::Owned(shown)
}

/// As [`visible`], but spaces between words stay spaces: for prose rather than tokens.
#[must_use]
pub fn prose(text: &str) -> String {
    text.split(' ').map(visible).collect::<Vec<_>>().join(" ")
}

/// As [`prose`], but line ends stay: for messages of several lines.
#[must_use]
pub fn lines(text: &str) -> String {
    text.split('\n').map(prose).collect::<Vec<_>>().join("\n")
}

fn push_grapheme(shown: &mut String, mut grapheme: &str) {
    while let Some((at, character)) = grapheme.char_indices().find(|(_, character)| sign(*character).is_some()) {
        push_plain(shown, &grapheme[..at]);
        push_character(shown, character);
        grapheme = &grapheme[at + character.len_utf8()..];
    }
    push_plain(shown, grapheme);
}

/// A cluster without any character that must not be shown. Marks stay on their base; of a cluster that terminals
/// disagree about, such as a hand with a skin tone, all but the first character is named.
fn push_plain(shown: &mut String, cluster: &str) {
    let mut characters = cluster.chars();
    let Some(first) = characters.next() else { return };
    push_character(shown, first);
    let agreed = cluster.width() == display_width(cluster);
    for character in characters {
        if agreed || character.width() == Some(0) {
            shown.push(character);
        } else {
            push_name(shown, character);
        }
    }
}

fn push_character(shown: &mut String, character: char) {
    match sign(character) {
        Some(Sign::Picture(picture)) => shown.push(picture),
        Some(Sign::Name(name)) => {
            shown.push('⟨');
            shown.push_str(name);
            shown.push('⟩');
        }
        Some(Sign::Code) => push_name(shown, character),
        None => {
            if character.width() == Some(0) {
                shown.push('◌');
            }
            shown.push(character);
        }
    }
}

fn push_name(shown: &mut String, character: char) {
    use std::fmt::Write;
    let _ = write!(shown, "⟨U+{:04X}⟩", character as u32);
}

/// What stands for a character that must not be shown as itself.
enum Sign {
    Picture(char),
    Name(&'static str),
    Code,
}

fn sign(character: char) -> Option<Sign> {
    let code = character as u32;
    Some(match character {
        ' ' => Sign::Picture('␣'),
        '\n' => Sign::Picture('⏎'),
        '\t' => Sign::Picture('⇥'),
        '\0'..='\x1F' => Sign::Picture(char::from_u32(0x2400 + code).unwrap_or('␦')),
        '\x7F' => Sign::Picture('␡'),
        '\u{A0}' => Sign::Name("NBSP"),
        '\u{AD}' => Sign::Name("SHY"),
        '\u{200B}' => Sign::Name("ZWSP"),
        '\u{200C}' => Sign::Name("ZWNJ"),
        '\u{200D}' => Sign::Name("ZWJ"),
        '\u{200E}' => Sign::Name("LRM"),
        '\u{200F}' => Sign::Name("RLM"),
        '\u{202A}' => Sign::Name("LRE"),
        '\u{202B}' => Sign::Name("RLE"),
        '\u{202C}' => Sign::Name("PDF"),
        '\u{202D}' => Sign::Name("LRO"),
        '\u{202E}' => Sign::Name("RLO"),
        '\u{2066}' => Sign::Name("LRI"),
        '\u{2067}' => Sign::Name("RLI"),
        '\u{2068}' => Sign::Name("FSI"),
        '\u{2069}' => Sign::Name("PDI"),
        '\u{FE0E}' => Sign::Name("VS15"),
        '\u{FE0F}' => Sign::Name("VS16"),
        '\u{FEFF}' => Sign::Name("BOM"),
        _ if is_invisible(code) || character.is_control() || character.is_whitespace() => Sign::Code,
        _ => return None,
    })
}

/// Whether a character acts on the terminal or cannot be seen: controls, directions, joiners, fillers. Spaces and line
/// ends are no such characters.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    // Nearly every character of a data set, known at a glance.
    if matches!(character, ' '..='~' | '\n' | '\u{4E00}'..='\u{9FFF}') {
        return false;
    }
    character.is_control() && character != '\n' || is_invisible(character as u32) || is_named(character)
}

/// The characters with names of their own that have no shape.
fn is_named(character: char) -> bool {
    character != '\u{A0}' && matches!(sign(character), Some(Sign::Name(_)))
}

/// Unicode's default-ignorable and format characters beside those named above, lone fillers, and what has a blank shape.
fn is_invisible(code: u32) -> bool {
    matches!(code,
        0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x2028..=0x202F | 0x2060..=0x206F
        | 0x2800 | 0x3164 | 0xFE00..=0xFE0D | 0xFFA0 | 0xFFF0..=0xFFFB | 0x16FE4 | 0x1BCA0..=0x1BCA3 | 0x1D159 | 0x1D173..=0x1D17A
        | 0xE0000..=0xE0FFF)
}

/// The columns that a text takes in a terminal, summed up character by character: [`visible`] makes sure that clusters
/// take no other number, and no terminal joins letters that stand in cells of their own.
#[must_use]
pub fn display_width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().filter_map(UnicodeWidthChar::width).sum() }
}

/// The text cut to at most that many columns, with `…` where something is left out.
#[must_use]
pub fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    if display_width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let width = grapheme.width();
        if used + width > room {
            break;
        }
        used += width;
        kept.push_str(grapheme);
    }
    kept.push('…');
    Cow::Owned(kept)
}

/// A number in superscript digits.
#[must_use]
pub fn superscript(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
}

/// Text filled up with spaces to that many columns; longer text stays.
#[must_use]
pub fn to_left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(display_width(text))))
}

/// The same with the spaces in front.
#[must_use]
pub fn to_right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(display_width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_control_characters_become_signs() {
        assert_eq!(visible(" is"), "␣is");
        assert_eq!(visible("\r\n\t"), "␍⏎⇥");
        assert_eq!(visible("\u{1b}[31m"), "␛[31m");
        assert_eq!(visible("\u{85}\u{3000}"), "⟨U+0085⟩⟨U+3000⟩");
        assert_eq!(visible("\u{2800}\u{3164}"), "⟨U+2800⟩⟨U+3164⟩");
    }

    #[test]
    fn one_character_with_very_many_marks_is_shown() {
        let text = format!("a{}", "\u{200D}".repeat(400_000));
        assert_eq!(visible(&text).matches("⟨ZWJ⟩").count(), 400_000);
    }

    #[test]
    fn direction_and_joiners_are_named() {
        assert_eq!(visible("a\u{202E}b"), "a⟨RLO⟩b");
        assert_eq!(visible("👩\u{200D}👧"), "👩⟨ZWJ⟩👧");
        assert_eq!(visible("❤\u{FE0F}"), "❤⟨VS16⟩");
        assert_eq!(visible("👍\u{1F3FD}"), "👍⟨U+1F3FD⟩");
        assert_eq!(visible("👩\u{1F3FD}\u{200D}🚀"), "👩⟨U+1F3FD⟩⟨ZWJ⟩🚀");
    }

    #[test]
    fn marks_combine_with_their_base_only() {
        assert_eq!(visible("e\u{301}"), "e\u{301}");
        assert_eq!(visible("\u{301}"), "◌\u{301}");
        assert_eq!(visible(" \u{301}"), "␣◌\u{301}");
        assert_eq!(visible("夏天 مصر"), "夏天␣مصر");
    }

    #[test]
    fn nothing_invisible_is_left_of_any_character() {
        for character in (0..=0x10_FFFF).filter_map(char::from_u32) {
            for text in [character.to_string(), format!("a{character}"), format!("{character}夏")] {
                let shown = visible(&text);
                let graphemes: usize = shown.graphemes(true).map(UnicodeWidthStr::width).sum();
                assert_eq!(display_width(&shown), graphemes, "{text:?}");
                assert!(display_width(&shown) > 0, "{text:?} has no width");
                assert!(!shown.chars().any(|c| c.is_control() || c == '\u{202E}' || c == '\u{200D}'), "{text:?}");
            }
        }
    }

    #[test]
    fn fitting_cuts_between_graphemes() {
        assert_eq!(fit("夏天热浪", 8), "夏天热浪");
        assert_eq!(fit("夏天热浪", 7), "夏天热…");
        assert_eq!(fit("夏天热浪", 6), "夏天…");
        assert_eq!(fit("abc", 0), "");
    }

    #[test]
    fn letters_that_a_font_would_join_take_a_column_each() {
        assert_eq!(display_width("لا"), 2);
    }

    #[test]
    fn superscripts() {
        assert_eq!(superscript(12), "¹²");
    }
}
