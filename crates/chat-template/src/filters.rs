//! Jinja2's filters and tests, by name.

pub(crate) mod html;
mod sequences;
mod tests;
mod texts;
mod words;

use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::value::{Res, Value};

/// A filter: the value it stands behind, and its arguments.
pub(crate) type Filter = for<'a, 'm> fn(&'m Machine<'a>, &'m Value<'a>, &'m Arguments<'a>) -> Res<Value<'a>>;

/// A test: the value, and its arguments.
pub(crate) type Test = for<'a, 'm> fn(&'m Machine<'a>, &'m Value<'a>, &'m Arguments<'a>) -> Res<bool>;

/// Whether an argument is given and true.
fn truth(argument: Option<Value<'_>>) -> bool {
    argument.is_some_and(|value| value.is_true())
}

/// The filter that Jinja2 has under a name.
pub(crate) fn find_filter(name: &str) -> Option<Filter> {
    let all = texts::FILTERS.iter().chain(sequences::FILTERS).chain(html::FILTERS).chain(words::FILTERS);
    all.into_iter().find(|(known, _)| *known == name).map(|&(_, filter)| filter)
}

/// The test that Jinja2 has under a name.
pub(crate) fn find_test(name: &str) -> Option<Test> {
    tests::TESTS.iter().find(|(known, _)| *known == name).map(|&(_, test)| test)
}
