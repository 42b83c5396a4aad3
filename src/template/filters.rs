//! Jinja2's filters and tests, by name.

mod registry;
mod sequences;
mod tests;
mod texts;

pub(crate) use registry::register;

use minijinja::{Error, State, Value};

use super::python::calls::Arguments;
use super::size::check_text;
use super::values::failure;

/// A filter: the value it stands behind, and its arguments.
type Filter = fn(&mut State, &Value, &Arguments) -> Result<Value, Error>;

/// A test: the value, and its arguments.
type Test = fn(&Value, &Arguments) -> Result<bool, Error>;

fn find_filter(name: &str) -> Option<Filter> {
    texts::FILTERS.iter().chain(sequences::FILTERS).find(|(known, _)| *known == name).map(|&(_, filter)| filter)
}

fn find_test(name: &str) -> Option<Test> {
    tests::TESTS.iter().find(|(known, _)| *known == name).map(|&(_, test)| test)
}

/// Whether Jinja2 has a filter of that name.
pub(crate) fn is_filter(name: &str) -> bool {
    find_filter(name).is_some()
}

/// Whether Jinja2 has a test of that name.
pub(crate) fn is_test(name: &str) -> bool {
    find_test(name).is_some()
}

fn apply_filter(state: &mut State, name: &str, value: &Value, arguments: &Arguments) -> Result<Value, Error> {
    let filter = find_filter(name).ok_or_else(|| failure(format!("there is no filter called '{name}'")))?;
    filter(state, value, arguments)
}

fn apply_test(name: &str, value: &Value, arguments: &Arguments) -> Result<bool, Error> {
    let test = find_test(name).ok_or_else(|| failure(format!("there is no test called '{name}'")))?;
    test(value, arguments)
}

/// `markupsafe.escape` of a text.
pub(crate) fn escape_html(text: &str) -> Result<String, Error> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        check_text(out.len())?;
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    Ok(out)
}
