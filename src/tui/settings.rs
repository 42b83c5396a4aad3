//! The settings in force: the keys with those that a person has changed, and `maskview config`, which prints all of them.

use super::keymap::{COMMANDS, Change, Command, Context, KeyError, KeyMap, Sequence};
use crate::config::preferences::{KeyChange, Preferences};
use crate::config::project::{Project, ProjectEntry};
use crate::config::{Config, DEFAULT_TOKENIZER, Environment};
use crate::error::{Error, TomlFault, nearest};
use crate::words::{Language, Said};
use serde_json::Value;
use std::io::Write;

/// The keys with what the person has changed.
///
/// # Errors
/// [`Error::Settings`] with the file and the line for names that there are not and for keys that are none, and for keys
/// with two meanings, with the names of both.
pub fn keys(preferences: &Preferences) -> Result<KeyMap, Error> {
    let wrong = |line: Option<usize>, fault: TomlFault| Error::Settings {
        path: preferences.path.clone().unwrap_or_default(),
        line,
        fault: Box::new(fault),
    };
    for KeyChange { context, command, line, .. } in &preferences.keys {
        let contexts = Context::ALL.map(Context::name);
        if !contexts.contains(&context.as_str()) {
            let (key, known) = (format!("keys.{context}"), contexts.to_vec());
            let nearest = nearest(context, contexts);
            return Err(wrong(Some(*line), TomlFault::Unknown { key, nearest, known }));
        }
        if Command::by_name(command).is_none() {
            let known: Vec<&'static str> = COMMANDS.iter().map(|(_, name)| *name).collect();
            let nearest = nearest(command, known.iter().copied());
            return Err(wrong(Some(*line), TomlFault::Unknown { key: command.clone(), nearest, known }));
        }
    }
    let texts: Vec<Vec<&str>> =
        preferences.keys.iter().map(|change| change.keys.iter().map(String::as_str).collect()).collect();
    let changes = preferences.keys.iter().zip(&texts).map(|(change, keys)| Change {
        context: &change.context,
        command: &change.command,
        keys,
    });
    KeyMap::default().changed(changes).map_err(|error| {
        let command = match &error {
            KeyError::NotHere(command, _) => Some(command.name()),
            KeyError::Conflict { commands: (first, second), .. } => {
                let is_changed =
                    |command: &Command| preferences.keys.iter().any(|known| known.command == command.name());
                Some(if is_changed(second) { second } else { first }.name())
            }
            _ => None,
        };
        let keys_of = |text: &String| preferences.keys.iter().find(|change| change.keys.contains(text));
        let change = match &error {
            KeyError::UnknownKey(key) => keys_of(key),
            KeyError::Types(keys, _) => keys_of(&keys.to_string()),
            _ => preferences.keys.iter().find(|change| Some(change.command.as_str()) == command),
        };
        wrong(change.map(|change| change.line), TomlFault::Keys { en: error.to_string(), zh: in_chinese(&error) })
    })
}

/// What is wrong with keys, in Chinese.
fn in_chinese(error: &KeyError) -> String {
    match error {
        KeyError::UnknownKey(key) => {
            format!("`{key}` 不是按键；请写成 `G`、`ctrl-d`、`alt-x`、`tab`、`f1`，先后按下的写成 `g g`")
        }
        KeyError::UnknownContext(name) => format!("没有名为 `{name}` 的界面"),
        KeyError::UnknownCommand(name) => format!("没有名为 `{name}` 的命令"),
        KeyError::NotHere(command, place) => format!("`{}` {}不起作用", command.name(), place.place().zh),
        KeyError::Types(keys, place) => format!("`{keys}` {}用于输入字符，不能绑定", place.place().zh),
        KeyError::Conflict { place, commands: (first, second), keys, other_keys } => format!(
            "{}，`{}` 的 `{keys}` 与 `{}` 的 `{other_keys}` 无法区分：请把其中之一绑定到其他按键，或不绑定",
            place.place().zh,
            first.name(),
            second.name()
        ),
    }
}

/// Prints the settings in force as a file of settings, with where each value comes from. What only a project's file can
/// say stands in comments, so that the rest can be taken over as it is.
///
/// # Errors
/// What is wrong with the file of settings, and what writing gives.
pub fn print(environment: &Environment, project: &Project, out: &mut impl Write) -> Result<(), Error> {
    let preferences = &environment.preferences;
    let keys = keys(preferences)?;
    let file = preferences.path.as_ref().map(|path| crate::paint::prose(&path.display().to_string()));
    let file = file.unwrap_or_else(|| "~/.config/maskview/config.toml".to_owned());
    let (built_in, of_file) = ("built in".to_owned(), |line: usize| format!("{file}:{line}"));
    writeln!(out, "# {file}{}\n", if preferences.path.is_some() { "" } else { " (not there)" })?;
    let of_project = |name: &str| {
        let entry = project.entries.iter().find(|entry| entry.name == name)?;
        Some(format!("{}:{}", project_file(project), entry.line))
    };
    let policy = preferences.policy.as_ref().map(|policy| (policy.value.as_str(), of_file(policy.line)));
    let policy = project.policy.as_deref().zip(of_project("policy")).or(policy);
    let (names, origin) = policy.unwrap_or((Config::USUAL_POLICIES, built_in.clone()));
    let names = names.split(',').map(quoted).collect::<Vec<_>>().join(", ");
    writeln!(out, "policy = [{names}]  # {origin}")?;
    let of_terminal = || {
        let theme = crate::paint::Theme::for_terminal(environment.colorfgbg.as_deref()).name().to_owned();
        let is_told = environment.colorfgbg.is_some();
        (theme, if is_told { "COLORFGBG" } else { "built in; the viewer asks the terminal" }.to_owned())
    };
    let of_person = preferences.theme.as_ref().map(|theme| (theme.value.clone(), of_file(theme.line)));
    let (theme, origin) = of_person.unwrap_or_else(of_terminal);
    writeln!(out, "theme = {}  # {origin}", quoted(&theme))?;
    let origin = match &preferences.language {
        Some(language) => of_file(language.line),
        None if environment.language == Language::default() => built_in.clone(),
        None => "LC_ALL, LC_MESSAGES or LANG".to_owned(),
    };
    writeln!(out, "lang = {}  # {origin}", quoted(environment.language.code()))?;
    writeln!(out, "\n# {}", environment.language.say(&OF_PROJECT))?;
    let named = environment.tokenizer.as_ref().map(|name| (name.as_str(), "MASKVIEW_TOKENIZER".to_owned()));
    let of_file = project.tokenizer.as_ref().map(|tokenizer| tokenizer.name.as_str()).zip(of_project("tokenizer"));
    let (tokenizer, origin) = named.or(of_file).unwrap_or((DEFAULT_TOKENIZER, built_in));
    writeln!(out, "# tokenizer = {}  # {origin}", quoted(tokenizer))?;
    let is_said = |entry: &&ProjectEntry| !["policy", "tokenizer"].contains(&entry.name.as_str());
    for ProjectEntry { name, value, line } in project.entries.iter().filter(is_said) {
        let setting = format!("{name} = {}", inline(value));
        writeln!(out, "# {}  # {}:{line}", crate::paint::prose(&setting), project_file(project))?;
    }
    let of_file = |line: usize| format!("{file}:{line}");
    if !preferences.looks.is_empty() {
        writeln!(out, "\n[looks]  # {file}")?;
        for (name, look) in &preferences.looks {
            writeln!(out, "{name} = {}", quoted(look))?;
        }
    }
    for context in Context::ALL {
        writeln!(out, "\n[keys.{}]", context.name())?;
        for binding in keys.of(context) {
            let texts =
                binding.keys.iter().map(Sequence::written).map(|keys| quoted(&keys)).collect::<Vec<_>>().join(", ");
            let name = binding.command.name();
            let changed =
                preferences.keys.iter().rfind(|change| change.context == context.name() && change.command == name);
            let origin = changed.map(|change| format!("  # {}", of_file(change.line))).unwrap_or_default();
            writeln!(out, "{name} = [{texts}]{origin}")?;
        }
    }
    Ok(())
}

/// What stands before the settings of data.
const OF_PROJECT: Said = Said {
    en: "for the data, as in maskview.toml:",
    zh: "以下是针对数据的设置，写法同 maskview.toml：",
};

/// The project's file as it is shown.
fn project_file(project: &Project) -> String {
    project.path.as_ref().map(|path| crate::paint::prose(&path.display().to_string())).unwrap_or_default()
}

/// A value as TOML writes it in one line.
fn inline(value: &Value) -> String {
    match value {
        Value::Object(table) => {
            let pairs = table.iter().map(|(key, value)| format!("{} = {}", bare(key), inline(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// A key as TOML writes it: in quotes only where it needs them.
fn bare(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare { key.to_owned() } else { quoted(key) }
}

/// Text as TOML writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preferences(text: &str) -> Preferences {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, text).unwrap();
        Preferences::read(&path).unwrap()
    }

    #[test]
    fn what_is_wrong_with_keys_names_the_line_and_both_commands() {
        let wrong = |text: &str, words: &[&str]| {
            let said = keys(&preferences(&format!("[keys.viewer]\n{text}"))).unwrap_err().to_string();
            assert!(said.contains("config.toml:2: "), "{said}");
            for word in words {
                assert!(said.contains(word), "{word}: {said}");
            }
        };
        wrong("next-view = ['n']", &["`n` of `next-match`", "`next-view`"]);
        wrong("next-veiw = ['x']", &["did you mean `next-view`?"]);
        wrong("next-view = ['hyper-x']", &["`hyper-x` is no key"]);
        wrong("accept = ['x']", &["`accept` does nothing"]);
        let said = keys(&preferences("[keys.sky]\nhelp = 'x'")).unwrap_err().to_string();
        assert!(said.contains("config.toml:2: no key `keys.sky`") && said.contains("viewer, try,"), "{said}");
    }

    #[test]
    fn what_is_printed_is_read_again() {
        let environment = Environment {
            preferences: preferences("theme = 'mono'\n[keys.viewer]\nnext-view = ['v', 'f2']\n[looks]\nuser = 'red'"),
            ..Environment::default()
        };
        let mut text = Vec::new();
        print(&environment, &Project::default(), &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("next-view = [\"v\", \"f2\"]  # ") && text.contains("config.toml:3"), "{text}");
        assert!(
            text.contains("theme = \"mono\"  # ") && text.contains("policy = [\"legacy\", \"fixed\"]  # built in"),
            "{text}"
        );
        let again = preferences(&text);
        assert_eq!(keys(&again).unwrap(), keys(&environment.preferences).unwrap());
    }
}
