//! `--lang`, which counts before the other arguments are read too.

use crate::words::Language;
use clap::ValueEnum;
use std::ffi::OsString;

/// The language of what is written for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// 简体中文
    Zh,
}

impl Lang {
    /// The language.
    #[must_use]
    pub fn language(self) -> Language {
        match self {
            Self::En => Language::English,
            Self::Zh => Language::Chinese,
        }
    }
}

/// The language that arguments ask for, whether or not they are right otherwise; `None` where they name none.
#[must_use]
pub fn language_of(arguments: impl IntoIterator<Item = OsString>) -> Option<Language> {
    let mut arguments = arguments.into_iter().take_while(|argument| argument != "--");
    let mut found = None;
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy();
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.next().map(|value| value.to_string_lossy().into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        let known = value.and_then(|value| Lang::from_str(&value, false).ok());
        found = known.map(Lang::language).or(found);
    }
    found
}
