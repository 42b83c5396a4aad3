//! What a template holds that is neither number, text nor container.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use indexmap::IndexMap;
use minijinja::value::{Object, ObjectRepr};
use minijinja::{Error, Value};

use super::size::{check_content, weight};
use super::values::{LongInteger, failure};

/// What lazy filters such as `map` give: it can be walked through once.
pub(crate) struct Generator {
    state: Mutex<GeneratorState>,
}

struct GeneratorState {
    items: std::vec::IntoIter<Value>,
    /// The failure that Python would meet after the items.
    failure: Option<String>,
}

impl fmt::Debug for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<generator object>")
    }
}

impl Generator {
    /// A generator of the items before the first failure.
    pub fn value(items: impl Iterator<Item = Result<Value, Error>>) -> Value {
        let mut good = Vec::new();
        let mut failure = None;
        let mut bytes = 0;
        for item in items {
            let bounded = item.and_then(|item| {
                bytes = check_content(bytes + weight(&item))?;
                Ok(item)
            });
            match bounded {
                Ok(item) => good.push(item),
                Err(error) => {
                    failure = Some(error.detail().unwrap_or("failed").to_owned());
                    break;
                }
            }
        }
        Value::from_object(Self { state: Mutex::new(GeneratorState { items: good.into_iter(), failure }) })
    }

    /// The next item.
    pub fn next(&self) -> Result<Option<Value>, Error> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match state.items.next() {
            Some(item) => Ok(Some(item)),
            None => state.failure.take().map_or(Ok(None), |reason| Err(failure(reason))),
        }
    }

    /// All that is left.
    pub fn rest(&self) -> Result<Vec<Value>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next()? {
            items.push(item);
        }
        Ok(items)
    }
}

/// What `namespace()` gives: the one thing a template may change.
#[derive(Debug, Default)]
pub(crate) struct Namespace {
    entries: Mutex<IndexMap<String, Value>>,
}

impl Namespace {
    /// Sets an attribute.
    pub fn set(&self, name: &str, value: Value) -> Result<(), Error> {
        if name.starts_with('_') {
            return Err(failure(format!(
                "chat templates cannot store underscore-prefixed attributes on a namespace, but got '{name}'"
            )));
        }
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let others = entries.iter().filter(|(other, _)| *other != name).map(|(_, value)| weight(value));
        check_content(others.sum::<usize>() + weight(&value))?;
        entries.insert(name.to_owned(), value);
        Ok(())
    }

    /// Reads an attribute.
    pub fn get(&self, name: &str) -> Option<Value> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(name).cloned()
    }
}

/// What `cycler()` gives.
#[derive(Debug)]
pub(crate) struct Cycler {
    pub items: Vec<Value>,
    pub at: AtomicUsize,
}

/// What `joiner()` gives.
#[derive(Debug)]
pub(crate) struct Joiner {
    pub separator: Value,
    pub used: AtomicBool,
}

impl Joiner {
    /// Nothing the first time, the separator from then on.
    pub fn next(&self) -> Value {
        if self.used.swap(true, Ordering::Relaxed) { self.separator.clone() } else { Value::from("") }
    }
}

/// A method taken from a value and not yet called, or a function.
#[derive(Debug)]
pub(crate) struct BoundMethod {
    pub receiver: Value,
    pub name: String,
}

/// A function of the template's environment.
#[derive(Debug)]
pub(crate) struct Function(pub &'static str);

/// What a parameter holds that the caller of a macro did not give.
#[derive(Debug)]
pub(crate) struct Missing;

/// A list that the translation itself fills while a loop runs.
#[derive(Debug, Default)]
pub(crate) struct Accumulator(pub Mutex<Vec<Value>>);

/// Keyword and spread arguments, handed on as the last argument of a translated call.
#[derive(Debug, Default)]
pub(crate) struct Keywords {
    pub positional: Vec<Value>,
    pub named: Vec<(String, Value)>,
}

/// What the call `namespace(a=1)` and friends build, and everything else that is neither number, text nor container.
macro_rules! opaque {
    ($($name:ident),*) => {
        $(impl Object for $name {
            fn repr(self: &Arc<Self>) -> ObjectRepr {
                ObjectRepr::Plain
            }

            fn is_true(self: &Arc<Self>) -> bool {
                true
            }
        })*
    };
}
opaque!(LongInteger, Generator, Namespace, Cycler, Joiner, BoundMethod, Function, Missing, Accumulator, Keywords);
