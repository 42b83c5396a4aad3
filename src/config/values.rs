//! Values of options that are more than words.

use super::Environment;
use crate::cli::ColorWhen;
use crate::error::{Error, Kind, OptionFault};
use crate::formats::{self, SCHEMAS};
use crate::json;
use crate::paint::{THEMES, ansi};
use crate::template::LocalTime;

pub(super) fn schema(name: &str) -> Result<&'static formats::Schema, Error> {
    formats::by_name(name).ok_or_else(|| {
        let known = SCHEMAS.iter().map(|schema| schema.name).collect();
        Error::Option { option: "--schema", fault: OptionFault::Schema { name: name.to_owned(), known } }
    })
}

pub(super) fn object(text: &str) -> Result<serde_json::Map<String, serde_json::Value>, Error> {
    let refused = |fault| Error::Option { option: "--template-kwargs", fault };
    match json::parse(text).map_err(|said| refused(OptionFault::NotJson { reason: said.to_string() }))? {
        serde_json::Value::Object(kwargs) => Ok(kwargs),
        other => Err(refused(OptionFault::NotObject { found: Kind::of(&other) })),
    }
}

pub(super) fn local_time(text: &str) -> Result<LocalTime, Error> {
    let refused = || Error::Option { option: "MASKVIEW_NOW", fault: OptionFault::NotTime { text: text.to_owned() } };
    text.parse().map_err(|_| refused())
}

pub(super) fn unknown_theme(name: &str) -> Error {
    let known = THEMES.iter().map(|theme| theme.name).collect();
    Error::Option { option: "--theme", fault: OptionFault::Theme { name: name.to_owned(), known } }
}

/// Whether text output is coloured.
#[must_use]
pub fn coloured(when: ColorWhen, environment: &Environment) -> ansi::Color {
    let styled = match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if environment.no_color => false,
        ColorWhen::Auto => environment.force_color || environment.is_terminal,
    };
    if styled { ansi::Color::Styled } else { ansi::Color::Plain }
}

/// A marker with `\n`, `\t` and `\\` understood.
pub(super) fn unescaped(option: &'static str, text: &str) -> Result<String, Error> {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('t') => plain.push('\t'),
            Some('\\') | None => plain.push('\\'),
            Some(other) => plain.extend(['\\', other]),
        }
    }
    if plain.is_empty() {
        return Err(Error::Option { option, fault: OptionFault::EmptyMarker });
    }
    Ok(plain)
}
