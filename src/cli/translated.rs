//! The command line's help in another language than that of its doc comments.

use super::Arguments;
use crate::formats::SCHEMAS;
use crate::paint::wrap::wrapped;
use crate::words::{CommandLine, Language};
use crate::writers;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, CommandFactory};
use std::ffi::OsString;

/// The command line with its help in that language.
#[must_use]
pub fn command(language: Language) -> Command {
    let command = Arguments::command();
    match language.command_line() {
        None => command,
        Some(words) => with_usage(translated(command, words, language), words),
    }
}

/// The command line with its usage in another language.
fn with_usage(mut command: Command, words: &CommandLine) -> Command {
    // The names of commands within are known once it is built.
    command.build();
    put_usage(&mut command, words);
    command
}

fn put_usage(command: &mut Command, words: &CommandLine) {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", words.some_options);
    *command = std::mem::take(command).override_usage(usage);
    command.get_subcommands_mut().for_each(|inner| put_usage(inner, words));
}

/// The command line as it is drawn on a screen of that many columns. clap breaks lines at spaces, which Chinese has few of.
#[must_use]
pub fn on_screen(language: Language, columns: usize) -> Command {
    let command = command(language);
    let columns = columns.clamp(LEAST, MOST);
    if language.command_line().is_some() { laid_out(command, columns, columns) } else { command }
}

/// The widths that help is laid out for; clap has the same maximum.
const LEAST: usize = 40;
const MOST: usize = 100;

/// Columns before the help of an argument that stands on lines of its own.
const INDENT: usize = 10;

/// Columns around the name of a command in the list of commands.
const NAME_MARGINS: usize = 4;

/// What a command is about stands in a list too, where the names of all commands stand before it.
fn laid_out(command: Command, columns: usize, for_about: usize) -> Command {
    let fit = |text: Option<String>, columns| text.map(|text| fitted(&text, columns)).unwrap_or_default();
    let about = fit(command.get_about().map(ToString::to_string), for_about);
    let long_about = fit(command.get_long_about().map(ToString::to_string), columns);
    let argument = |arg: Arg| {
        let help = fit(arg.get_help().map(ToString::to_string), columns - INDENT);
        let long_help = fit(arg.get_long_help().map(ToString::to_string), columns - INDENT);
        let arg = arg.next_line_help(true).help(help);
        if long_help.is_empty() { arg } else { arg.long_help(long_help) }
    };
    let longest = command.get_subcommands().map(|inner| inner.get_name().len()).max().unwrap_or_default();
    let behind_names = columns - longest - NAME_MARGINS;
    command
        .term_width(columns)
        .about(about)
        .long_about(long_about)
        .mut_args(argument)
        .mut_subcommands(|inner| laid_out(inner, columns, behind_names))
}

/// The text with its lines broken where they end on the screen.
fn fitted(text: &str, columns: usize) -> String {
    let lines = text.lines().flat_map(|line| wrapped(line, columns));
    lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// The arguments, with `help COMMAND` written as `COMMAND --help` where that command would speak English, and with a command
/// that stands behind options put before them.
#[must_use]
pub fn spelled_out(mut arguments: Vec<OsString>, command: &Command) -> Vec<OsString> {
    if let Some(at) = command_behind_options(&arguments, command) {
        let named = arguments.remove(at);
        arguments.insert(1, named);
    }
    if !command.is_disable_help_subcommand_set() || arguments.get(1).is_none_or(|first| first != "help") {
        return arguments;
    }
    let is_known = |name: &OsString| name.to_str().is_some_and(|name| command.find_subcommand(name).is_some());
    if arguments.len() == 2 || arguments.len() == 3 && is_known(&arguments[2]) {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}

/// Where the name of a command stands that options stand before, as in `maskview --lang zh diff`. A file of that name is
/// meant where there is one.
fn command_behind_options(arguments: &[OsString], command: &Command) -> Option<usize> {
    let mut at = 1;
    loop {
        let argument = arguments.get(at)?.to_str()?;
        if !argument.starts_with('-') || argument == "-" || argument == "--" {
            let is_command = at > 1 && command.find_subcommand(argument).is_some();
            return (is_command && !std::path::Path::new(argument).exists()).then_some(at);
        }
        at += if has_value_behind(argument, command) { 2 } else { 1 };
    }
}

/// Whether the argument after this option is its value.
fn has_value_behind(option: &str, command: &Command) -> bool {
    let is_named = |arg: &&Arg| match option.strip_prefix("--") {
        Some(name) => arg.get_long() == Some(name),
        None => arg.get_short().is_some_and(|short| option[1..] == *short.encode_utf8(&mut [0; 4])),
    };
    let takes_value =
        |arg: &Arg| arg.get_action().takes_values() && arg.get_num_args().is_none_or(|most| most.min_values() > 0);
    command.get_arguments().find(is_named).is_some_and(takes_value)
}

/// The manual page.
///
/// # Errors
/// None that writing to memory does not have.
pub fn manual(language: Language) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command(language)).render(&mut page)?;
    let Some(words) = language.command_line() else { return Ok(page) };
    // Lines of text never begin with a dot of their own.
    let page = String::from_utf8_lossy(&page);
    let heading = |line: &str| {
        let name = line.strip_prefix(".SH ")?;
        words.manual.iter().find(|(english, _)| *english == name).map(|(_, own)| format!(".SH {own}"))
    };
    let lines = page.lines().map(|line| heading(line).unwrap_or_else(|| line.to_owned()) + "\n");
    Ok(lines.collect::<String>().into_bytes())
}

fn translated(command: Command, words: &CommandLine, language: Language) -> Command {
    let name = command.get_name().to_owned();
    let about = words.help(&name).unwrap_or_default();
    let version = command.get_version().is_some();
    let layout = layout(&command, words);
    let mut command = command
        .about(about)
        .long_about(words.help(&format!("{name}+")).unwrap_or(about))
        .help_template(layout)
        .subcommand_help_heading(words.commands)
        .subcommand_value_name(words.command)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|arg| argument(arg, &name, words, language))
        .mut_subcommands(|inner| translated(inner, words, language))
        .arg(flag("help", 'h', ArgAction::Help, words));
    if version {
        command = command.arg(flag("version", 'V', ArgAction::Version, words));
    }
    if command.has_subcommands() {
        // The subcommand that clap would add speaks English; see `spelled_out`.
        command = command.disable_help_subcommand(true);
    }
    command
}

/// How help is laid out, with the headings that clap would write with a narrow colon.
fn layout(command: &Command, words: &CommandLine) -> String {
    let sections = [
        (words.commands, "{subcommands}", command.has_subcommands()),
        (words.arguments, "{positionals}", command.get_positionals().next().is_some()),
        (words.options, "{options}", true),
    ];
    let mut layout = format!("{{about-with-newline}}\n{}{{usage}}", words.usage);
    for (heading, content, _) in sections.into_iter().filter(|(.., is_there)| *is_there) {
        layout.extend(["\n\n", heading, words.colon, "\n", content]);
    }
    layout
}

/// The command line with the help of values too, which scripts of completions say. It reads every value as text.
pub(super) fn with_values_said(language: Language) -> Command {
    let command = command(language);
    match language.command_line() {
        None => command,
        Some(words) => with_values(command, words, language),
    }
}

fn with_values(command: Command, words: &CommandLine, language: Language) -> Command {
    let name = command.get_name().to_owned();
    let said = |arg: Arg| {
        let values = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
        if values.is_empty() {
            return arg;
        }
        let id = arg.get_id().as_str().to_owned();
        let values = values.into_iter().map(|value| match value_help(&name, &id, value.get_name(), words, language) {
            Some(help) => value.help(help),
            None => value,
        });
        arg.value_parser(PossibleValuesParser::new(values))
    };
    command.mut_args(said).mut_subcommands(|inner| with_values(inner, words, language))
}

fn flag(name: &'static str, short: char, action: ArgAction, words: &CommandLine) -> Arg {
    let help = words.help(&format!("-{short}")).unwrap_or_default();
    Arg::new(name).short(short).long(name).action(action).help(help).help_heading(words.options)
}

/// Whether an argument takes the formats of the registry, which has their help.
fn takes_formats(command: &str, id: &str) -> bool {
    id == "format" && ["audit", "merge"].contains(&command)
}

/// The help of one value of an argument.
fn value_help(command: &str, id: &str, value: &str, words: &CommandLine, language: Language) -> Option<String> {
    if takes_formats(command, id) {
        return writers::by_name(value).map(|writer| language.say(&writer.summary));
    }
    words.argument(command, &format!("{id}={value}")).map(str::to_owned)
}

/// An argument with its help, and with its values and default in it, which clap would name in English.
fn argument(arg: Arg, command: &str, words: &CommandLine, language: Language) -> Arg {
    let id = arg.get_id().as_str().to_owned();
    let mut short = words.argument(command, &id).unwrap_or_default().to_owned();
    let heading = if arg.is_positional() { words.arguments } else { words.options };
    if id == "schema" {
        let names: Vec<String> = SCHEMAS.iter().map(|schema| format!("`{}`", schema.name)).collect();
        short = format!("{short}{}{}", words.colon, names.join(words.comma));
    }
    let takes_value = arg.get_action().takes_values();
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let default = match defaults.as_slice() {
        [default] if takes_value => words.default.replace("{}", default),
        _ => String::new(),
    };
    let values: Vec<String> = if takes_value {
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
    } else {
        Vec::new()
    };
    let mut long = format!("{short}{default}");
    for value in &values {
        if let Some(help) = value_help(command, &id, value, words, language) {
            long.extend(["\n- ", value, words.colon, &help]);
        }
    }
    if !values.is_empty() {
        short.push_str(&words.values.replace("{}", &values.join(words.comma)));
    }
    short.push_str(&default);
    let arg = arg.help(short).long_help(long).help_heading(heading);
    if takes_value { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What the tree asks for: each of these keys stands for one, and either of a pair will do.
    fn asked(command: &Command, keys: &mut Vec<[String; 2]>) {
        let name = command.get_name();
        keys.push([name.to_owned(), name.to_owned()]);
        for arg in command.get_arguments() {
            let id = arg.get_id().as_str();
            keys.push([format!("{name}.{id}"), id.to_owned()]);
            let is_known = id == "shell" || takes_formats(name, id);
            let values = if is_known || !arg.get_action().takes_values() { vec![] } else { arg.get_possible_values() };
            keys.extend(values.iter().map(|value| {
                let value = format!("{id}={}", value.get_name());
                [format!("{name}.{value}"), value]
            }));
        }
        command.get_subcommands().for_each(|inner| asked(inner, keys));
    }

    #[test]
    fn every_command_and_argument_has_its_help_in_every_language() {
        let mut keys = Vec::new();
        asked(&Arguments::command(), &mut keys);
        assert!(keys.len() > 40, "{}", keys.len());
        for words in Language::all().filter_map(|(language, _)| language.command_line()) {
            let mut used: BTreeSet<&str> = ["maskview+", "completions+", "-h", "-V"].into();
            for pair in &keys {
                let found = pair.iter().find(|key| words.help(key).is_some());
                used.insert(found.unwrap_or_else(|| panic!("no help for {pair:?}")));
            }
            let known: BTreeSet<&str> = words.help.iter().map(|(key, _)| *key).collect();
            assert_eq!(known.len(), words.help.len(), "each key once");
            assert_eq!(known, used);
        }
    }

    #[test]
    fn help_in_chinese_is_in_chinese() {
        for arguments in [&["maskview", "--help"][..], &["maskview", "-h"], &["maskview", "print", "--help"]] {
            let help = command(Language::Chinese).try_get_matches_from(arguments).unwrap_err().to_string();
            assert!(help.contains("用法：") && help.contains("对话模板") && help.contains("显示帮助"), "{help}");
            for english in [
                "Usage",
                "OPTIONS",
                "Options:",
                "Arguments:",
                "Commands:",
                "选项:",
                "possible values",
                "default:",
                "Print ",
            ] {
                assert!(!help.contains(english), "{english}: {help}");
            }
        }
        command(Language::Chinese).debug_assert();
    }

    #[test]
    fn help_in_chinese_fits_the_screen() {
        for columns in [60, 80, 100] {
            for arguments in ["maskview --help", "maskview -h", "maskview audit --help", "maskview export -h"] {
                let help = on_screen(Language::Chinese, columns).try_get_matches_from(arguments.split(' '));
                let help = help.unwrap_err().to_string();
                // Names of options and their values are not broken.
                let lines = help.lines().filter(|line| !line.trim_start().starts_with('-'));
                for line in lines.filter(|line| !line.is_ascii()) {
                    assert!(crate::paint::display_width(line) <= columns, "{arguments} in {columns}: {line}");
                }
            }
        }
    }

    #[test]
    fn completions_in_chinese_are_in_chinese() {
        let mut script = Vec::new();
        let shell = clap_complete::Shell::Zsh;
        let mut command = super::super::for_completions(Language::Chinese, shell);
        clap_complete::generate(shell, &mut command, "maskview", &mut script);
        let script = String::from_utf8(script).unwrap();
        assert!(script.contains("显示帮助") && script.contains("简体中文"), "{script}");
        for english in ["When standard", "Always", "Print ", "The ", "One "] {
            assert!(!script.contains(english), "{english}: {script}");
        }
    }

    #[test]
    fn help_is_a_command_in_chinese_too() {
        let command = command(Language::Chinese);
        let spelled = |arguments: &[&str]| {
            let arguments = ["maskview"].iter().chain(arguments).map(OsString::from).collect();
            let spelled = spelled_out(arguments, &command);
            spelled.iter().skip(1).map(|argument| argument.to_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(spelled(&["help"]), "--help");
        assert_eq!(spelled(&["help", "audit"]), "audit --help");
        assert_eq!(spelled(&["help", "nothing"]), "help nothing");
        assert_eq!(spelled(&["print", "help"]), "print help");
    }

    #[test]
    fn a_command_may_stand_behind_options() {
        let command = command(Language::English);
        let spelled = |line: &str| {
            let arguments = ["maskview"].into_iter().chain(line.split(' ')).map(OsString::from).collect();
            spelled_out(arguments, &command)[1..].join(" ".as_ref()).into_string().unwrap()
        };
        assert_eq!(spelled("--lang zh diff a -p x,y"), "diff --lang zh a -p x,y");
        assert_eq!(spelled("--lang=zh --no-mouse -p x audit a"), "audit --lang=zh --no-mouse -p x a");
        for line in ["a diff", "--lang diff", "-- diff", "--lang zh a diff", "--lang zh src", "diff --lang zh audit"] {
            assert_eq!(spelled(line), line);
        }
    }

    #[test]
    fn the_manual_page_in_chinese_is_in_chinese() {
        let page = String::from_utf8(manual(Language::Chinese).unwrap()).unwrap();
        let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
        assert!(headings.contains(&"名称") && headings.contains(&"选项"), "{headings:?}");
        assert!(headings.iter().all(|heading| !heading.is_ascii()), "{headings:?}");
        for english in ["Print ", "possible", "Possible", "default:", "The "] {
            assert!(!page.contains(english), "{english}: {page}");
        }
        let page = String::from_utf8(manual(Language::English).unwrap()).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }

    #[test]
    fn the_same_arguments_are_understood_in_every_language() {
        for (language, _) in Language::all() {
            let matches = command(language).try_get_matches_from(["maskview", "print", "a.jsonl", "--format", "json"]);
            let parsed = <Arguments as clap::FromArgMatches>::from_arg_matches(&matches.unwrap()).unwrap();
            assert!(
                matches!(parsed.command, Some(super::super::Command::Print(print)) if print.format == super::super::Format::Json)
            );
        }
    }
}
