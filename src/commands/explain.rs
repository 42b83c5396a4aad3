//! `explain`: what a policy or a lint means, out of the registries.

use crate::error::Error;
use crate::lints::LINTS;
use crate::policies::KINDS;
use std::io::Write;

/// Writes the explanation of one policy or lint, or the list of all.
///
/// # Errors
/// [`Error::Option`] for a name that is neither, and what writing gives.
pub fn run(name: Option<&str>, out: &mut impl Write) -> Result<(), Error> {
    match name {
        None => list(out),
        Some(name) => one(name, out),
    }
}

fn list(out: &mut impl Write) -> Result<(), Error> {
    writeln!(out, "Policies (maskview explain NAME says more):")?;
    for kind in KINDS {
        writeln!(out, "  {:<14} {}", kind.name, kind.who)?;
    }
    writeln!(out, "\nLints:")?;
    for lint in LINTS {
        writeln!(out, "  {:<16} {}", lint.code, lint.summary)?;
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
        for option in kind.options {
            let form = if option.value.is_empty() {
                option.name.to_owned()
            } else {
                format!("{}={}", option.name, option.value)
            };
            writeln!(out, "  {form:<12} {}", option.help)?;
        }
        return Ok(());
    }
    if let Some(lint) = LINTS.iter().find(|lint| lint.code == name) {
        writeln!(out, "{} ({:?})\n\n{}", lint.code, lint.severity, lint.explanation())?;
        return Ok(());
    }
    Err(Error::Option {
        option: "explain",
        reason: format!("nothing is called `{name}`; `maskview explain` lists policies and lints"),
    })
}
