//! `config.toml`: what a person likes in every project: policies, theme, language and keys, patched over the defaults.

use super::toml::{Entry, TomlFile};
use super::values::unknown_theme;
use crate::error::{Error, TomlFault};
use crate::paint::{Ground, ROLES, Theme, ThemeError};
use crate::policies::Policy;
use crate::words::{Language, Said};
use std::path::{Path, PathBuf};

/// A key of the file.
#[derive(Debug)]
pub struct Preference {
    /// Its name.
    pub name: &'static str,
    /// What it can look like.
    pub example: &'static str,
    /// What it says.
    pub about: Said,
    /// Takes its value over.
    set: fn(&mut Preferences, &Entry<'_>) -> Result<(), Error>,
}

/// Every key.
pub static PREFERENCES: &[Preference] = &[
    Preference {
        name: "policy",
        example: "policy = [\"legacy\", \"minimind\"]",
        about: Said {
            en: "the policies on show where neither the command line nor a project names any",
            zh: "命令行和项目都未指定时显示的策略",
        },
        set: |preferences, entry| {
            let names = entry.texts()?.join(",");
            Policy::parse_list(&names).map_err(|why| entry.refused(why))?;
            preferences.policy = Some(Preferred { value: names, line: entry.line });
            Ok(())
        },
    },
    Preference {
        name: "theme",
        example: "theme = \"contrast\"",
        about: Said { en: "the theme, as --theme takes it", zh: "主题，与 --theme 相同" },
        set: |preferences, entry| {
            let name = entry.text()?;
            Theme::by_name(name).ok_or_else(|| entry.refused(unknown_theme(name)))?;
            preferences.theme = Some(Preferred { value: name.to_owned(), line: entry.line });
            Ok(())
        },
    },
    Preference {
        name: "lang",
        example: "lang = \"zh\"",
        about: Said { en: "the language: `en` or `zh`", zh: "语言：`en` 或 `zh`" },
        set: |preferences, entry| {
            let code = entry.text()?;
            let language = Language::all().find(|(_, known)| *known == code);
            let known = || Language::all().map(|(_, code)| code).collect();
            let (language, _) = language.ok_or_else(|| {
                let (key, word) = (entry.name.clone(), code.to_owned());
                entry.wrong(TomlFault::Word { key, word, known: known() })
            })?;
            preferences.language = Some(Preferred { value: language, line: entry.line });
            Ok(())
        },
    },
    Preference {
        name: "looks",
        example: "[looks]\nenters = \"bold 16 on 118\"",
        about: Said {
            en: "other looks for what a theme has: colours of the terminal or `#rrggbb`, `bold`, `dim`, `italic`, `underlined`",
            zh: "改变主题中的某些外观：终端颜色或 `#rrggbb`，以及 `bold`、`dim`、`italic`、`underlined`",
        },
        set: |preferences, entry| {
            for look in entry.entries()? {
                let name = look.name.trim_start_matches("looks.").to_owned();
                let text = look.text()?.to_owned();
                let wrong = |why| match why {
                    ThemeError::UnknownRole(_) => look.unknown(ROLES.map(|(_, name)| name).to_vec()),
                    ThemeError::BadLook(text) => look.wrong(TomlFault::Look { key: look.name.clone(), look: text }),
                };
                Theme::plain().changed([(name.as_str(), text.as_str())]).map_err(wrong)?;
                preferences.looks.push((name, text));
            }
            Ok(())
        },
    },
    Preference {
        name: "keys",
        example: "[keys.viewer]\nnext-view = [\"v\", \"f2\"]",
        about: Said {
            en: "all keys that a command has in a place; `maskview config` lists places, commands and keys",
            zh: "某个界面中一个命令的全部按键；`maskview config` 列出界面、命令和按键",
        },
        set: |preferences, entry| {
            for place in entry.entries()? {
                let context = place.name.trim_start_matches("keys.").to_owned();
                for command in place.entries()? {
                    let name = command.name.rsplit('.').next().unwrap_or_default().to_owned();
                    let (keys, line) = (command.texts()?, command.line);
                    preferences.keys.push(KeyChange { context: context.clone(), command: name, keys, line });
                }
            }
            Ok(())
        },
    },
];

/// A value, and the line that gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferred<T> {
    /// The value.
    pub value: T,
    /// The line.
    pub line: usize,
}

/// Keys that a command is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// Where they work.
    pub context: String,
    /// What they do.
    pub command: String,
    /// The keys.
    pub keys: Vec<String>,
    /// The line that says so.
    pub line: usize,
}

/// What the file says.
#[derive(Debug, Clone, Default)]
pub struct Preferences {
    /// The file; `None` where there is none.
    pub path: Option<PathBuf>,
    /// The policies.
    pub policy: Option<Preferred<String>>,
    /// The theme.
    pub theme: Option<Preferred<String>>,
    /// The language.
    pub language: Option<Preferred<Language>>,
    /// Other looks: names and what they are.
    pub looks: Vec<(String, String)>,
    /// Other keys.
    pub keys: Vec<KeyChange>,
}

impl Preferences {
    /// What the file says that these variables lead to: `MASKVIEW_CONFIG`, or `maskview/config.toml` in
    /// `XDG_CONFIG_HOME` or in `.config` of the home folder.
    ///
    /// # Errors
    /// [`Error::Settings`] for a file that is not understood, and for one that `MASKVIEW_CONFIG` names and that is not there.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        if let Some(path) = variable("MASKVIEW_CONFIG") {
            return Self::read(Path::new(&path));
        }
        let folder = variable("XDG_CONFIG_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
        let folder = folder.or_else(|| Some(PathBuf::from(variable("HOME")?).join(".config")));
        match folder.map(|folder| folder.join("maskview/config.toml")).filter(|path| path.exists()) {
            Some(path) => Self::read(&path),
            None => Ok(Self::default()),
        }
    }

    /// What a file says.
    ///
    /// # Errors
    /// [`Error::Settings`] with the file and the line.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let file = TomlFile::read(path)?;
        let mut preferences = Self { path: Some(path.to_owned()), ..Self::default() };
        for entry in file.entries()? {
            let known = PREFERENCES.iter().find(|known| known.name == entry.name);
            let known = known.ok_or_else(|| entry.unknown(PREFERENCES.iter().map(|known| known.name).collect()))?;
            (known.set)(&mut preferences, &entry)?;
        }
        Ok(preferences)
    }

    /// A theme with the looks that the person likes.
    #[must_use]
    pub fn patched(&self, theme: Theme) -> Theme {
        let looks = self.looks.iter().map(|(name, look)| (name.as_str(), look.as_str()));
        // Each was understood when it was read.
        theme.clone().changed(looks).unwrap_or(theme)
    }
}

/// The themes for either background.
#[derive(Debug, Clone)]
pub struct ByGround {
    dark: Theme,
    light: Theme,
}

impl ByGround {
    pub(super) fn new(preferences: &Preferences) -> Self {
        let theme = |ground| preferences.patched(Theme::for_ground(ground));
        Self { dark: theme(Ground::Dark), light: theme(Ground::Light) }
    }

    /// The theme for that background.
    #[must_use]
    pub fn of(&self, ground: Ground) -> &Theme {
        match ground {
            Ground::Dark => &self.dark,
            Ground::Light => &self.light,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Preferences, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, text).unwrap();
        Preferences::read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn every_example_is_read() {
        for known in PREFERENCES {
            let read = read(known.example).unwrap_or_else(|error| panic!("{}: {error}", known.example));
            let plain = Preferences { path: read.path.clone(), ..Preferences::default() };
            assert_ne!(format!("{read:?}"), format!("{plain:?}"), "`{}` sets something", known.example);
        }
    }

    #[test]
    fn what_is_wrong_names_file_line_and_what_is_right() {
        let wrong = |text: &str, words: &[&str]| {
            let said = read(&format!("# mine\n{text}")).unwrap_err();
            assert!(said.contains("config.toml:2: "), "{said}");
            for word in words {
                assert!(said.contains(word), "{word}: {said}");
            }
        };
        wrong("them = 'dark'", &["no key `them`", "did you mean `theme`?"]);
        wrong("theme = 'drak'", &["no theme `drak`", "contrast"]);
        wrong("lang = 'de'", &["`lang` is `de`", "en, zh"]);
        wrong("policy = 'legcy'", &["did you mean `legacy`?"]);
        wrong("looks = { usr = 'red' }", &["`looks.usr`", "user-trained"]);
        wrong("looks = { user = 'reddish' }", &["`reddish`", "bold 231 on 90"]);
        wrong("keys = { viewer = 'x' }", &["`keys.viewer` is text"]);
        wrong("keys = { viewer = { help = 1 } }", &["`keys.viewer.help` is a number"]);
    }

    #[test]
    fn the_file_is_found_as_the_environment_says() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join(".config/maskview")).unwrap();
        std::fs::write(folder.path().join(".config/maskview/config.toml"), "lang = 'zh'").unwrap();
        std::fs::write(folder.path().join("other.toml"), "theme = 'mono'").unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let of = |variables: &[(&str, String)]| {
            let value = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
            Preferences::of_environment(value).map_err(|error| error.to_string())
        };
        assert!(of(&[]).unwrap().path.is_none());
        assert!(of(&[("HOME", at(""))]).unwrap().language.is_some());
        assert!(of(&[("HOME", at("")), ("XDG_CONFIG_HOME", at("none"))]).unwrap().path.is_none());
        assert!(of(&[("HOME", at("")), ("MASKVIEW_CONFIG", at("other.toml"))]).unwrap().theme.is_some());
        assert!(of(&[("MASKVIEW_CONFIG", at("missing.toml"))]).is_err());
    }
}
