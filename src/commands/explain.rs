//! `explain`: what a policy, a lint, a family of lints or a built-in tokenizer is, out of the registries.

use super::Exit;
use crate::error::{Error, OptionFault, likely};
use crate::filter::TERMS;
use crate::lints::{Family, LINTS};
use crate::paint::audit::severity;
use crate::policies::{KINDS, Kind};
use crate::tokenizer::embedded;
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

/// The level and the family of a lint, behind its code.
const LINT_IS: Said = Said { en: " ({level}, {family})", zh: "（{level}，类别 {family}）" };
const FAMILIES: Said = Said {
    en: "Families of lints (--select, --ignore and --severity take them as they take lints):",
    zh: "检查项的类别（--select、--ignore 和 --severity 也接受类别）：",
};
const FAMILY_OF: Said = Said { en: "A family of lints: ", zh: "检查项的类别：" };
const TOKENIZERS: Said = Said { en: "Built-in tokenizers:", zh: "内置分词器：" };
const IS_TOKENIZER: Said = Said {
    en: "`{name}` is a built-in tokenizer (--tokenizer {name}): {about}",
    zh: "`{name}` 是内置分词器（--tokenizer {name}）：{about}",
};
const COLON: Said = Said { en: ": ", zh: "：" };
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
    writeln!(out, "\n{}", language.say(&FAMILIES))?;
    columns(Family::ALL.iter().map(|family| (family.name().to_owned(), language.say(family.about()))), out)?;
    writeln!(out, "\n{}", language.say(&TOKENIZERS))?;
    columns(embedded::names().map(|name| (name.to_owned(), tokenizer(name, language))), out)?;
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
    if let Some(kind) = Kind::by_name(policy) {
        return of_policy(kind, name, language, out);
    }
    if let Some(lint) = LINTS.iter().find(|lint| lint.code == name) {
        let level = language.say(&severity(lint.severity));
        let is_of = language.say(&LINT_IS).replace("{level}", &level).replace("{family}", lint.family.name());
        writeln!(out, "{}{is_of}\n\n{}", lint.code, lint.explanation(language))?;
        return Ok(());
    }
    if let Some(family) = Family::ALL.into_iter().find(|family| family.name() == name) {
        return of_family(family, language, out);
    }
    if embedded::by_name(name).is_some() {
        writeln!(out, "{}", is_tokenizer(name, language))?;
        return Ok(());
    }
    if TERMS_NAMES.contains(&name) {
        return terms(language, out);
    }
    let names = KINDS.iter().map(|kind| kind.name).chain(LINTS.iter().map(|lint| lint.code));
    let names = names.chain(Family::ALL.map(Family::name)).chain(embedded::names()).chain([TERMS_NAMES[0]]);
    let names: Vec<&str> = names.collect();
    Err(Error::Option {
        option: "explain",
        fault: OptionFault::NothingCalled { name: name.to_owned(), likely: likely(policy, names.iter().copied()) },
    })
}

/// A policy with all of its options, or with those that are named behind it.
fn of_policy(kind: &Kind, name: &str, language: Language, out: &mut impl Write) -> Result<(), Error> {
    let named = kind.options_named(name)?;
    writeln!(out, "{}\n\n{}{}", kind.explanation(language), language.say(&BITS), language.say(&kind.bits))?;
    if embedded::by_name(kind.name).is_some() {
        writeln!(out, "\n{}", is_tokenizer(kind.name, language))?;
    }
    if !named.is_empty() {
        writeln!(out, "\n{}", language.say(&OPTIONS))?;
    }
    columns(named.into_iter().map(|option| (option.form(), language.say(&option.help))), out)
}

/// A family with its lints.
fn of_family(family: Family, language: Language, out: &mut impl Write) -> Result<(), Error> {
    writeln!(out, "{}{}\n", language.say(&FAMILY_OF), language.say(family.about()))?;
    let lints = LINTS.iter().filter(|lint| lint.family == family);
    let words = lints.map(|lint| {
        let (level, summary) = (language.say(&severity(lint.severity)), language.say(&lint.summary));
        (lint.code.to_owned(), format!("{level}{}{summary}", language.say(&COLON)))
    });
    columns(words, out)
}

/// What a built-in tokenizer is.
fn tokenizer(name: &str, language: Language) -> String {
    embedded::by_name(name).map_or_else(String::new, |dialect| language.say(dialect.about()))
}

/// That a name is that of a built-in tokenizer.
fn is_tokenizer(name: &str, language: Language) -> String {
    language.say(&IS_TOKENIZER).replace("{name}", name).replace("{about}", &tokenizer(name, language))
}
