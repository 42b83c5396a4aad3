//! The quick way past records: what their bytes must hold where a pattern is to match.
//!
//! The bytes are those of the file, and the pattern is one of the rendered text. Between them are JSON, which writes
//! characters in several ways, the schema, which takes texts out of records and roles by their usual names, and the chat
//! template, which copies texts and writes its own between them. A sieve is made where it is certain that every match holds a
//! word that stands in the bytes too; everywhere else there is none, and every record is looked at.

use super::Pattern;
use super::required::{Place, Word, words};
use crate::dataset::{Sieve, Sifted};
use crate::formats::Renames;
use crate::pipeline::{Engine, Templating};
use crate::policies::{Policy, Rule};
use crate::template;
use regex::bytes::Regex;
use std::fmt::Write as _;

/// What the schemas and Transformers write themselves: roles, and keys of messages.
const WRITTEN: [&str; 13] = [
    "system",
    "user",
    "assistant",
    "tool",
    "role",
    "content",
    "tool_calls",
    "type",
    "function",
    "thinking",
    "reasoning",
    "reasoning_content",
    "name",
];

/// What Python and JSON write for values that are no texts. Numbers are told by their characters.
const VALUES: [&str; 6] = ["true", "false", "none", "null", "infinity", "nan"];

/// What is in records whose bytes do not tell what their text holds: tokens instead of a text, variables of the template, and
/// characters of ASCII that are written as escapes, which may be hidden in any other; then the two letters of other alphabets
/// that stand for one of ASCII where case does not count.
const UNTOLD: &str = r#"_ids"|target_tokens"|template_kwargs|\\u00[0-7]|\u{17F}|\\u017[fF]|\u{212A}|\\u212[aA]"#;

/// What a text must hold in the bytes of its record for the pattern to match in it, as the trainer of this policy reads it.
pub fn of_text(pattern: &Pattern, engine: &Engine, shown: &Policy) -> Option<Sieve> {
    // A trainer's own text is put together in its own way.
    let (Rule::Sequence(_), true) = (shown.rule(), copies_texts(engine)) else { return None };
    let words = words(pattern.parsed())?;
    let told: Vec<&[Place]> = words.iter().map(|word| told(word, engine)).collect::<Option<_>>()?;
    let mut needed = UNTOLD.to_owned();
    for word in told {
        needed.push('|');
        word.iter().enumerate().for_each(|(at, place)| write_json(&mut needed, place, at == 0));
    }
    sieve(&needed, Sifted::Json)
}

/// What the line of a record must hold for the pattern to match in it.
pub fn of_line(pattern: &Pattern) -> Option<Sieve> {
    let word = |word: &Word| word.iter().map(|place| one_of(place.iter().map(char::to_string))).collect::<String>();
    let words = words(pattern.parsed())?;
    sieve(&words.iter().map(word).collect::<Vec<_>>().join("|"), Sifted::Bytes)
}

fn sieve(needed: &str, sifted: Sifted) -> Option<Sieve> {
    Regex::new(needed).ok().map(|needed| Sieve::new(needed, sifted))
}

/// Whether texts of records reach the template as they are.
fn copies_texts(engine: &Engine) -> bool {
    let settings = engine.setup().settings;
    let schema = &settings.schema;
    settings.templating == Templating::ChatTemplate
        && schema.reader.is_none()
        && schema.files.is_empty()
        && schema.renames == Renames::default()
}

/// The part of a word that stands in the bytes of every record whose text has the word.
fn told<'a>(word: &'a Word, engine: &Engine) -> Option<&'a [Place]> {
    let is_in = |text: &str| {
        let characters: Vec<char> = text.chars().collect();
        characters.windows(word.len()).any(|part| part.iter().zip(word).all(|(one, place)| place.contains(one)))
    };
    let may_be = |characters: &str| word.iter().all(|place| place.iter().any(|one| characters.contains(*one)));
    let is_value =
        VALUES.iter().any(|value| is_in(value) || is_in(&value.to_uppercase()) || is_in(&capitalised(value)));
    if is_value || may_be("0123456789eE") || WRITTEN.iter().any(|written| is_in(written)) {
        return None;
    }
    let setup = engine.setup();
    let seen = template::Word { has: &|one| word.iter().any(|place| place.contains(&one)), is_in: &is_in };
    let variables = [&setup.settings.template_kwargs, setup.tokenizer.special_tokens()];
    let mut templates = [Some(setup.template), setup.tool_template].into_iter().flatten();
    let told = &word[escaped(word)..];
    (templates.all(|template| template.copies_whole(seen, &variables)) && !told.is_empty()).then_some(told)
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// How many of the first characters of a word may be the end of an escape that Python writes for a character that cannot be
/// printed: `\x`, `\u` or `\U` with hexadecimal digits.
fn escaped(word: &Word) -> usize {
    let is = |place: &Place, wanted: &dyn Fn(char) -> bool| place.iter().any(|one| wanted(*one));
    let digits = |places: &[Place]| places.iter().all(|place| is(place, &|one| one.is_ascii_hexdigit()));
    let may_be = |end: usize| {
        let begins = |letter: char, count: usize| {
            end == count + 1 && is(&word[0], &|one| one == letter) && digits(&word[1..end])
        };
        (end <= 8 && digits(&word[..end])) || begins('x', 2) || begins('u', 4) || begins('U', 8)
    };
    (1..=word.len()).rev().find(|end| may_be(*end)).unwrap_or(0)
}

/// The ways in which JSON writes a character of a word. In JSON text that stands in JSON, every backslash is doubled.
fn write_json(needed: &mut String, place: &Place, is_first: bool) {
    let backslash = if is_first { r"\\" } else { r"\\+" };
    // What stands for a letter of ASCII in another alphabet is looked for by itself.
    let has_ascii = place.iter().any(char::is_ascii);
    let wanted = place.iter().filter(|one| one.is_ascii() || !has_ascii);
    let ways = wanted.flat_map(|one| {
        let mut units = [0; 2];
        let escaped = one.encode_utf16(&mut units).iter().fold(String::new(), |mut escaped, unit| {
            let before = if escaped.is_empty() { backslash } else { r"\\+" };
            let _ = write!(escaped, "{before}u(?i:{unit:04x})");
            escaped
        });
        std::iter::once(one.to_string()).chain((!one.is_ascii()).then_some(escaped))
    });
    needed.push_str(&one_of(ways));
}

fn one_of(ways: impl Iterator<Item = String>) -> String {
    format!("(?:{})", ways.collect::<Vec<_>>().join("|"))
}

#[cfg(test)]
mod tests;
