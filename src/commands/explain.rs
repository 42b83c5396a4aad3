//! `explain`: what a policy or a lint means, out of the registries.

use super::Exit;
use crate::error::{Error, OptionFault, nearest};
use crate::lints::LINTS;
use crate::policies::{KINDS, OptionHelp};
use std::io::Write;

/// Writes the explanation of one policy or lint, or the list of all.
///
/// # Errors
/// [`Error::Option`] for a name that is neither, and what writing gives.
pub fn run(name: Option<&str>, out: &mut impl Write) -> Result<Exit, Error> {
    match name {
        None => list(out)?,
        Some(name) => one(name, out)?,
    }
    Ok(Exit::Fine)
}

fn list(out: &mut impl Write) -> Result<(), Error> {
    writeln!(out, "Policies (maskview explain NAME says more):")?;
    columns(KINDS.iter().map(|kind| (kind.name.to_owned(), kind.who)), out)?;
    writeln!(out, "\nLints:")?;
    columns(LINTS.iter().map(|lint| (lint.code.to_owned(), lint.summary)), out)
}

/// Names and what is said of them, which begins in the same column.
fn columns<'a>(rows: impl Iterator<Item = (String, &'a str)>, out: &mut impl Write) -> Result<(), Error> {
    let rows: Vec<_> = rows.collect();
    let longest = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, words) in rows {
        writeln!(out, "  {name:<longest$}  {words}")?;
    }
    Ok(())
}

fn one(name: &str, out: &mut impl Write) -> Result<(), Error> {
    let policy = name.split(':').next().unwrap_or(name);
    if let Some(kind) = KINDS.iter().find(|kind| kind.name == policy) {
        writeln!(out, "{}\n\nBits set: {}", kind.explanation(), kind.bits)?;
        if !kind.options.is_empty() {
            writeln!(out, "\nOptions, each behind a colon:")?;
        }
        let form = |option: &OptionHelp| match option.value {
            "" => option.name.to_owned(),
            value => format!("{}={value}", option.name),
        };
        return columns(kind.options.iter().map(|option| (form(option), option.help)), out);
    }
    if let Some(lint) = LINTS.iter().find(|lint| lint.code == name) {
        let (code, level, family) = (lint.code, lint.severity.name(), lint.family.name());
        writeln!(out, "{code} ({level}, {family})\n\n{}", lint.explanation())?;
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
