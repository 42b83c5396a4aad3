//! What the environment says.

use super::preferences::Preferences;
use crate::error::Error;
use crate::tokenizer::Hub;
use crate::words::Language;
use std::io::IsTerminal;

/// What the environment says.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `MASKVIEW_NOW`: the local time that templates see.
    pub now: Option<String>,
    /// `MASKVIEW_TOKENIZER`: the tokenizer where neither an option nor a trainer's configuration names one.
    pub tokenizer: Option<String>,
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set and not `0`.
    pub force_color: bool,
    /// `COLORFGBG`: what the terminal says of its colours.
    pub colorfgbg: Option<String>,
    /// `LC_ALL`, `LC_MESSAGES` or `LANG`: the language.
    pub language: Language,
    /// Standard output is a terminal.
    pub is_terminal: bool,
    /// The hub's variables, as the Python client reads them.
    pub hub: Hub,
    /// What the person's file of settings says.
    pub preferences: Preferences,
}

impl Environment {
    /// That of this process, with the person's file of settings.
    ///
    /// # Errors
    /// [`Error::Settings`] for a file that is not understood.
    pub fn of_process() -> Result<Self, Error> {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let preferences = Preferences::of_environment(set)?;
        let preferred = preferences.language.as_ref().map(|language| language.value);
        Ok(Self {
            now: set("MASKVIEW_NOW"),
            tokenizer: set("MASKVIEW_TOKENIZER"),
            no_color: set("NO_COLOR").is_some(),
            force_color: set("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            colorfgbg: set("COLORFGBG"),
            language: preferred.unwrap_or_else(|| Language::of_environment(set)),
            is_terminal: std::io::stdout().is_terminal(),
            hub: Hub::from_variables(set),
            preferences,
        })
    }
}
