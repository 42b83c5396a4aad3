//! What clap refuses, said in the language of the run.

use crate::error::{ValueFault, nearest};
use crate::words::{CommandLine, Language, Misuse};
use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;

/// Takes suggestions of values out that are hardly like what was given: clap takes `html` for what `xml` may mean.
#[must_use]
pub fn without_far_suggestions(mut error: clap::Error) -> clap::Error {
    let given = texts(&error, ContextKind::InvalidValue).into_iter().next().unwrap_or_default();
    let suggested = texts(&error, ContextKind::SuggestedValue);
    if !suggested.is_empty() && nearest(&given, suggested.iter().map(String::as_str)).is_none() {
        error.remove(ContextKind::SuggestedValue);
    }
    error
}

/// The command that is so much like a word that it is likely to be meant.
#[must_use]
pub fn command_like(word: &str) -> Option<String> {
    let command = super::Arguments::command();
    nearest(word, command.get_subcommands().map(clap::Command::get_name)).map(str::to_owned)
}

/// What clap has to say in place of arguments.
#[must_use]
pub fn refused(error: &clap::Error, language: Language) -> String {
    match language.command_line() {
        // Help is in the language of the command that it is the help of.
        Some(words) if error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => translated(error, words),
        _ => error.render().to_string(),
    }
}

fn translated(error: &clap::Error, words: &CommandLine) -> String {
    let mut text = format!("{}{}\n", words.error, (words.misuse)(&misuse(error)));
    let likely = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let likely: Vec<String> = likely.into_iter().flat_map(|kind| texts(error, kind)).collect();
    if !likely.is_empty() {
        let names: Vec<String> = likely.iter().map(|name| format!("`{name}`")).collect();
        text.extend(["\n  ", &words.meant.replace("{}", &names.join(words.comma)), "\n"]);
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        text.extend(["\n", words.usage, usage.strip_prefix("Usage: ").unwrap_or(&usage), "\n"]);
    }
    text + "\n" + words.more + "\n"
}

fn misuse(error: &clap::Error) -> Misuse {
    let first = |kind| texts(error, kind).into_iter().next();
    let (argument, value) = (first(ContextKind::InvalidArg), first(ContextKind::InvalidValue));
    let known = || texts(error, ContextKind::ValidValue);
    match (error.kind(), argument, value) {
        (ErrorKind::UnknownArgument, Some(argument), _) => {
            Misuse::Unknown { argument, as_value: error.get(ContextKind::Suggested).is_some() }
        }
        (ErrorKind::MissingRequiredArgument, ..) => {
            Misuse::Missing { arguments: texts(error, ContextKind::InvalidArg) }
        }
        (ErrorKind::ArgumentConflict, Some(argument), _) => {
            let others = texts(error, ContextKind::PriorArg);
            if others == [argument.as_str()] {
                Misuse::Twice { argument }
            } else {
                Misuse::Conflict { argument, others }
            }
        }
        (ErrorKind::ArgumentConflict, None, _) if first(ContextKind::InvalidSubcommand).is_some() => Misuse::Conflict {
            argument: first(ContextKind::InvalidSubcommand).unwrap_or_default(),
            others: texts(error, ContextKind::PriorArg),
        },
        (ErrorKind::InvalidSubcommand, ..) => {
            Misuse::NoCommand { name: first(ContextKind::InvalidSubcommand).unwrap_or_default() }
        }
        (ErrorKind::InvalidValue, Some(argument), Some(value)) if value.is_empty() => {
            Misuse::NoValue { argument, known: known() }
        }
        (ErrorKind::InvalidValue, Some(argument), Some(value)) => {
            Misuse::OtherValue { argument, value, known: known() }
        }
        (ErrorKind::ValueValidation, Some(argument), Some(value)) => {
            let source = error.source();
            if let Some(why) = source.and_then(|why| why.downcast_ref::<ValueFault>()) {
                Misuse::BadValue { argument, value, why: *why }
            } else {
                Misuse::Refused { argument, value, why: source.map(ToString::to_string).unwrap_or_default() }
            }
        }
        (ErrorKind::TooManyValues, Some(argument), Some(value)) => Misuse::ValueTooMany { argument, value },
        (ErrorKind::InvalidUtf8, ..) => Misuse::NotText,
        (kind, ..) => Misuse::Other(kind.to_string()),
    }
}

/// What clap names under a heading.
fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::translated::command;

    fn said(arguments: &[&str], language: Language) -> String {
        let all = [&["maskview"], arguments].concat();
        refused(&command(language).try_get_matches_from(all).unwrap_err(), language)
    }

    /// Wrong arguments, and what is said of them in Chinese.
    const WRONG: &[(&[&str], &str)] = &[
        (&["print", "a", "--wrong"], "没有参数 `--wrong`"),
        (&["print", "a", "--polcy", "x"], "`--policy`"),
        (&["print"], "缺少必需的参数：`<FILE>...`"),
        (&["merge"], "缺少必需的参数"),
        (&["print", "a", "--schema", "x", "--schema", "y"], "只能给出一次"),
        (&["print", "--trl", "a", "--axolotl", "b"], "不能与"),
        (&["print", "a", "--schema"], "缺少值"),
        (&["print", "a", "--color", "alway"], "可选值：auto、always、never"),
        (&["print", "a", "--format", "x"], "不接受值 `x`；可选值：flow"),
        (&["print", "a", "--max-length", "0"], "大于零的 token 数"),
        (&["print", "a", "--padding", "x"], "pad token 数（0 到 1048576）"),
        (&["audit", "a", "--shard", "9/8"], "例如 3/8"),
        (&["print", "a", "--width", "10"], "40 到 65535 的整数"),
        (&["a", "--record", "0"], "不小于 1 的整数"),
        (&["a", "--token", "x"], "不小于 0 的整数"),
        (&["print", "a", "--isolated=x"], "多余的值 `x`"),
        (&["completions", "shell"], "可选值：bash"),
    ];

    #[test]
    fn what_is_wrong_with_arguments_is_said_in_chinese() {
        for (arguments, expected) in WRONG {
            let said = said(arguments, Language::Chinese);
            assert!(said.starts_with("错误：") && said.contains(expected), "{arguments:?}: {said}");
            assert!(said.ends_with("用 `--help` 查看详细说明。\n"), "{said}");
            for english in ["rror:", "nvalid", "argument", "Usage", "For more", "tip:", "possible", "provided", "whole"]
            {
                assert!(!said.contains(english), "{english}: {said}");
            }
        }
    }

    #[test]
    fn values_are_suggested_that_are_like_the_given_one() {
        let said = |value: &str| {
            let arguments = ["maskview", "audit", "a", "--format", value];
            let error = command(Language::English).try_get_matches_from(arguments).unwrap_err();
            refused(&without_far_suggestions(error), Language::English)
        };
        assert!(!said("xml").contains("'html'") && said("xml").contains("junit"), "{}", said("xml"));
        assert!(said("markdwn").contains("'markdown'"), "{}", said("markdwn"));
    }

    #[test]
    fn in_english_it_is_said_by_clap() {
        for (arguments, _) in WRONG {
            let said = said(arguments, Language::English);
            assert!(said.starts_with("error: ") && said.contains("try '--help'"), "{arguments:?}: {said}");
        }
        assert!(said(&["print", "a", "--width", "10"], Language::English).contains("from 40 to 65535"));
    }
}
