//! Every sentence that a person reads, as data.
//!
//! What can be said is an enum with typed arguments: a *group*, one file here and one line in `groups`. A [`Tongue`] says
//! each of them in its language: `en` and `zh` have a file for each group. A group or a sentence that a language does not
//! say does not compile. Adding a language is a folder beside those two and a line in `LANGUAGES`.
//!
//! Nothing that is said here can act on a terminal: text of records, templates and files enters sentences as [`Raw`], and
//! [`Language::say`] makes visible whatever else got through.

pub mod audit;
mod command_line;
pub mod commands;
pub mod config;
pub mod documentation;
mod en;
pub mod faults;
pub mod masks;
pub mod matrix;
mod misuse;
pub mod notice;
pub mod number;
pub mod page;
pub mod paint;
mod raw;
mod said;
pub mod survey;
pub mod template;
pub mod token;
pub mod unavailable;
pub mod viewer;
pub mod visible;
mod zh;

pub use command_line::CommandLine;
pub use faults::Fault;
pub use misuse::Misuse;
pub use raw::Raw;
pub use said::Said;
pub use unavailable::Unavailable;

use crate::error::{EncodeError, Error};
use audit::AuditWords;
use commands::CommandWords;
use config::ConfigWarning;
use masks::{Cause, MaskWords};
use matrix::MatrixWords;
use notice::Notice;
use page::PageWords;
use paint::PaintWords;
use survey::SurveyWords;
use template::TemplateWords;
use token::TokenWords;
use viewer::ViewerWords;

/// The groups of sentences: the method that says one, and its type.
macro_rules! groups {
    ($($(#[$about:meta])* $method:ident: $group:ty),* $(,)?) => {
        /// A language: it says every sentence.
        pub trait Tongue: std::fmt::Debug + Sync {
            /// The command line's help; `None` for the language of its own doc comments.
            fn command_line(&self) -> Option<&'static CommandLine>;

            $($(#[$about])* fn $method(&self, said: &$group) -> String;)*
        }

        $(impl Say for $group {
            fn say(&self, tongue: &dyn Tongue) -> String {
                tongue.$method(self)
            }
        })*
    };
}

/// Whatever a language can say.
pub trait Say {
    /// The sentence in that language.
    fn say(&self, tongue: &dyn Tongue) -> String;
}

groups! {
    /// What the masks of a record or a data set mean.
    masks: MaskWords,
    /// Why tokens are in the loss under one policy and not under the other, as the heading of a row.
    cause: Cause,
    /// Why a policy gives no mask for a record.
    unavailable: Unavailable,
    /// What a lint finds wrong.
    fault: Fault,
    /// What the report of an audit says.
    audit: AuditWords,
    /// What of a trainer's configuration is not followed.
    config: ConfigWarning,
    /// A line of a registry.
    line: Said,
    /// What ends the run.
    error: Error,
    /// Why a record gives no sequence.
    record_error: EncodeError,
    /// What stands beside tokens and bits.
    paint: PaintWords,
    /// What the commands write around records and comparisons.
    commands: CommandWords<'_>,
    /// The viewer's lines around a record.
    viewer: ViewerWords<'_>,
    /// What there is to say of a chat template.
    template: TemplateWords<'_>,
    /// What there is to say of one token.
    token: TokenWords<'_>,
    /// What the matrix says.
    matrix: MatrixWords<'_>,
    /// What pages say beside keys and sentences about masks.
    page: PageWords<'_>,
    /// What the viewer's reports over the data set say.
    survey: SurveyWords<'_>,
    /// What the viewer says until the next key.
    notice: Notice,
}

/// A language, as the registry lists it.
#[derive(Debug)]
struct Known {
    language: Language,
    code: &'static str,
    tongue: &'static dyn Tongue,
}

/// Every language.
static LANGUAGES: &[Known] = &[
    Known { language: Language::English, code: "en", tongue: &en::English },
    Known { language: Language::Chinese, code: "zh", tongue: &zh::Chinese },
];

/// The language that sentences are said in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Every language with its code.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        LANGUAGES.iter().map(|known| (known.language, known.code))
    }

    /// The language of a code (`zh`) or of a locale (`zh_CN.UTF-8`); `None` for those that are not spoken here.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let code = locale.split(['_', '-', '.', '@']).next()?;
        Self::all().find(|(_, known)| known.eq_ignore_ascii_case(code)).map(|(language, _)| language)
    }

    /// The language of the environment: `LC_ALL`, `LC_MESSAGES` and `LANG` in this order, of which the first that is set
    /// decides; English for every other language.
    #[must_use]
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| variable(name).filter(|set| !set.is_empty()));
        locale.and_then(|locale| Self::of_locale(&locale)).unwrap_or_default()
    }

    /// The code of the language.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.known().code
    }

    /// The sentence in this language. No character of the result acts on a terminal; line ends of the sentence stay.
    #[must_use]
    pub fn say(self, words: &impl Say) -> String {
        let said = words.say(self.known().tongue);
        if said.chars().any(visible::is_hidden) { visible::lines(&said) } else { said }
    }

    /// The command line's help; `None` for the language of its own doc comments.
    #[must_use]
    pub fn command_line(self) -> Option<&'static CommandLine> {
        self.known().tongue.command_line()
    }

    fn known(self) -> &'static Known {
        LANGUAGES.iter().find(|known| known.language == self).unwrap_or(&LANGUAGES[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_that_of_the_locale() {
        assert_eq!(Language::of_locale("zh_CN.UTF-8"), Some(Language::Chinese));
        assert_eq!(Language::of_locale("en"), Some(Language::English));
        assert_eq!(Language::of_locale("de_DE"), None);
        assert_eq!(Language::of_locale("C"), None);
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let environment = |set: &'static [(&str, &str)]| {
            Language::of_environment(move |name| {
                set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(environment(&[("LANG", "zh_CN.UTF-8")]), Language::Chinese);
        assert_eq!(environment(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_TW"), ("LANG", "en_US")]), Language::Chinese);
        assert_eq!(environment(&[("LC_ALL", "C"), ("LANG", "zh_CN")]), Language::English);
        assert_eq!(environment(&[]), Language::English);
    }

    #[test]
    fn nothing_that_is_said_acts_on_a_terminal() {
        let hostile = "\u{1b}]52;c;QUFB\u{7}\u{202E}".to_owned();
        let said = Unavailable::LlamaFactory(unavailable::LlamaFactory::NoTag { role: hostile.clone().into() });
        let error = Error::NoRecord { files: hostile };
        for (language, _) in Language::all() {
            for sentence in [language.say(&said), language.say(&error)] {
                assert!(!sentence.chars().any(visible::is_hidden), "{sentence:?}");
            }
        }
    }
}
