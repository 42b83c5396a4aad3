//! `explain`: what a policy or a lint means, out of the registries.

use super::Exit;
use crate::error::{Error, OptionFault, nearest};
use crate::lints::LINTS;
use crate::policies::{KINDS, OptionHelp};
use crate::words::{Language, Said};
use std::io::Write;

const POLICIES: Said = Said {
    en: "Policies (maskview explain NAME says more):",
    zh: "策略（maskview explain NAME 显示详细说明）：",
};
const CHECKS: Said = Said { en: "Lints:", zh: "检查项：" };
const BITS: Said = Said { en: "Bits set: ", zh: "置 1 的位：" };
const OPTIONS: Said =
    Said { en: "Options, written after the name with colons:", zh: "选项，写在名称后面，用冒号分隔：" };

/// Writes the explanation of one policy or lint, or the list of all.
///
/// # Errors
/// [`Error::Option`] for a name that is neither, and what writing gives.
pub fn run(name: Option<&str>, language: Language, out: &mut impl Write) -> Result<Exit, Error> {
    match name {
        None => list(language, out)?,
        Some(name) => one(name, language, out)?,
    }
    Ok(Exit::Fine)
}

fn list(language: Language, out: &mut impl Write) -> Result<(), Error> {
    writeln!(out, "{}", language.say(&POLICIES))?;
    columns(KINDS.iter().map(|kind| (kind.name.to_owned(), language.say(&kind.who))), out)?;
    writeln!(out, "\n{}", language.say(&CHECKS))?;
    columns(LINTS.iter().map(|lint| (lint.code.to_owned(), language.say(&lint.summary))), out)
}

/// Names and what is said of them, which begins in the same column.
fn columns(rows: impl Iterator<Item = (String, String)>, out: &mut impl Write) -> Result<(), Error> {
    let rows: Vec<_> = rows.collect();
    let longest = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, words) in rows {
        writeln!(out, "  {name:<longest$}  {words}")?;
    }
    Ok(())
}

fn one(name: &str, language: Language, out: &mut impl Write) -> Result<(), Error> {
    let policy = name.split(':').next().unwrap_or(name);
    if let Some(kind) = KINDS.iter().find(|kind| kind.name == policy) {
        writeln!(out, "{}\n\n{}{}", kind.explanation(language), language.say(&BITS), language.say(&kind.bits))?;
        if !kind.options.is_empty() {
            writeln!(out, "\n{}", language.say(&OPTIONS))?;
        }
        let form = |option: &OptionHelp| match option.value {
            "" => option.name.to_owned(),
            value => format!("{}={value}", option.name),
        };
        return columns(kind.options.iter().map(|option| (form(option), language.say(&option.help))), out);
    }
    if let Some(lint) = LINTS.iter().find(|lint| lint.code == name) {
        let (code, level, family) = (lint.code, lint.severity.name(), lint.family.name());
        writeln!(out, "{code} ({level}, {family})\n\n{}", lint.explanation(language))?;
        return Ok(());
    }
    Err(Error::Option {
        option: "explain",
        fault: OptionFault::NothingCalled {
            name: name.to_owned(),
            nearest: nearest(policy, KINDS.iter().map(|kind| kind.name).chain(LINTS.iter().map(|lint| lint.code))),
        },
    })
}
