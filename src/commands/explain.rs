//! `explain`: what a policy or a lint means, out of the registries.

use super::Exit;
use crate::error::{Error, OptionFault, likely};
use crate::filter::TERMS;
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

const FILTERS: Said = Said { en: "Filters:", zh: "筛选：" };
const OF_TERMS: Said = Said {
    en: "the terms of --where and of the viewer's filter (the key &)",
    zh: "--where 和查看器筛选（按键 &）的条件",
};
const HOW_TERMS: Said = Said {
    en: "Terms of --where and of the viewer's filter (the key &): separated by spaces, and all of them must hold. `!` before\n\
         a term negates it, and quotes protect spaces: text~\"a b\".",
    zh: "--where 和查看器筛选（按键 &）的条件以空格分隔，须全部成立。条件前加 `!` 表示否定；含空格时加引号：text~\"a b\"。",
};
const HOLDS: Said = Said { en: "A term holds for records:", zh: "条件与成立的记录：" };

/// What the terms of filters are explained under, the usual name first.
const TERMS_NAMES: [&str; 4] = ["where", "--where", "terms", "filters"];

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
    columns(LINTS.iter().map(|lint| (lint.code.to_owned(), language.say(&lint.summary))), out)?;
    writeln!(out, "\n{}", language.say(&FILTERS))?;
    columns(std::iter::once((TERMS_NAMES[0].to_owned(), language.say(&OF_TERMS))), out)
}

/// The terms of filters, as a table.
fn terms(language: Language, out: &mut impl Write) -> Result<(), Error> {
    writeln!(out, "{}\n\n{}", language.say(&HOW_TERMS), language.say(&HOLDS))?;
    columns(TERMS.iter().map(|kind| (kind.example.to_owned(), language.say(&kind.holds))), out)
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
    if TERMS_NAMES.contains(&name) {
        return terms(language, out);
    }
    let names = KINDS.iter().map(|kind| kind.name).chain(LINTS.iter().map(|lint| lint.code)).chain([TERMS_NAMES[0]]);
    Err(Error::Option {
        option: "explain",
        fault: OptionFault::NothingCalled { name: name.to_owned(), likely: likely(policy, names) },
    })
}
