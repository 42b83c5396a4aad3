//! The names that a shell completes the values of options with: those of the registries. What the program itself accepts is
//! more (options of policies, lists, paths), so that these are no concern of its parser.

use super::translated;
use crate::formats::SCHEMAS;
use crate::lints::{Family, LINTS};
use crate::paint::THEMES;
use crate::paint::views::VIEWS;
use crate::policies::KINDS;
use crate::tokenizer::embedded;
use crate::words::{Language, Said};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Command, ValueHint};
use clap_complete::Shell;

/// A name, and what is said of it.
type Name = (&'static str, Option<&'static Said>);

/// What an argument is completed with.
struct Offer {
    /// The argument.
    id: &'static str,
    /// The names.
    names: fn() -> Vec<Name>,
    /// What else it takes.
    besides: Besides,
}

/// What an argument takes besides names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Besides {
    /// Nothing that could be listed.
    Nothing,
    /// Paths.
    Paths,
}

/// Every argument whose values have names in a registry.
static OFFERS: &[Offer] = &[
    Offer { id: "policy", names: policies, besides: Besides::Nothing },
    Offer { id: "select", names: lints, besides: Besides::Nothing },
    Offer { id: "ignore", names: lints, besides: Besides::Nothing },
    Offer { id: "name", names: explained, besides: Besides::Nothing },
    Offer { id: "tokenizer", names: tokenizers, besides: Besides::Paths },
    Offer { id: "schema", names: schemas, besides: Besides::Nothing },
    Offer { id: "theme", names: themes, besides: Besides::Nothing },
    Offer { id: "view", names: views, besides: Besides::Nothing },
];

const EVERY_POLICY: Said = Said { en: "every policy", zh: "全部策略" };
const FILTER_TERMS: Said = Said { en: "the terms of --where", zh: "--where 的条件" };

fn policies() -> Vec<Name> {
    let kinds = KINDS.iter().map(|kind| (kind.name, Some(&kind.who)));
    kinds.chain([("all", Some(&EVERY_POLICY))]).collect()
}

fn lints() -> Vec<Name> {
    let codes = LINTS.iter().map(|lint| (lint.code, Some(&lint.summary)));
    codes.chain(families()).collect()
}

fn explained() -> Vec<Name> {
    let kinds = KINDS.iter().map(|kind| (kind.name, Some(&kind.who)));
    let codes = LINTS.iter().map(|lint| (lint.code, Some(&lint.summary)));
    // A tokenizer that has the name of a policy is explained beside it.
    let of_policy = |name: &str| KINDS.iter().any(|kind| kind.name == name);
    let tokenizers = tokenizers().into_iter().filter(|(name, _)| !of_policy(name));
    kinds.chain(codes).chain(families()).chain(tokenizers).chain([("where", Some(&FILTER_TERMS))]).collect()
}

fn families() -> impl Iterator<Item = Name> {
    Family::ALL.into_iter().map(|family| (family.name(), Some(family.about())))
}

fn tokenizers() -> Vec<Name> {
    embedded::names().map(|name| (name, embedded::by_name(name).map(embedded::Dialect::about))).collect()
}

fn schemas() -> Vec<Name> {
    SCHEMAS.iter().map(|schema| (schema.name, None)).collect()
}

fn themes() -> Vec<Name> {
    THEMES.iter().map(|theme| (theme.name, None)).collect()
}

fn views() -> Vec<Name> {
    VIEWS.iter().map(|view| (view.name, None)).collect()
}

/// The command line as the completion script of a shell is made from it. It reads every value as text.
#[must_use]
pub fn for_completions(language: Language, shell: Shell) -> Command {
    with_names(translated::with_values_said(language), language, shell)
}

fn with_names(command: Command, language: Language, shell: Shell) -> Command {
    let completed = |arg: Arg| match OFFERS.iter().find(|offer| arg.get_id() == offer.id) {
        Some(offer) => offered(arg, offer, language, shell),
        None => arg,
    };
    command.mut_args(completed).mut_subcommands(|inner| with_names(inner, language, shell))
}

fn offered(arg: Arg, offer: &Offer, language: Language, shell: Shell) -> Arg {
    // Bash goes on to the names of files where no other name fits; the scripts of other shells offer either.
    if offer.besides == Besides::Paths && shell != Shell::Bash {
        return arg.value_hint(ValueHint::AnyPath);
    }
    let values = (offer.names)().into_iter().map(|(name, said)| {
        let value = PossibleValue::new(name);
        // The scripts quote what is said by double quotes of their own.
        said.map_or(value.clone(), |said| value.help(language.say(said).replace('"', "'")))
    });
    arg.value_parser(PossibleValuesParser::new(values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn ids(command: &Command, found: &mut BTreeSet<String>) {
        found.extend(command.get_arguments().map(|arg| arg.get_id().to_string()));
        command.get_subcommands().for_each(|inner| ids(inner, found));
    }

    #[test]
    fn every_argument_that_is_offered_names_is_there() {
        let mut known = BTreeSet::new();
        ids(&translated::command(Language::English), &mut known);
        assert!(OFFERS.iter().all(|offer| known.contains(offer.id) && !(offer.names)().is_empty()), "{known:?}");
    }
}
