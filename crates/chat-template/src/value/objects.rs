//! Ranges, generators and namespaces.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Res, Value, depth_of};
use crate::error::Failure;
use crate::limits::Held;
use crate::machine::Machine;
use crate::text::Text;

/// What `range()` gives.
#[derive(Debug)]
pub(crate) struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}

impl Range {
    /// How many numbers there are.
    pub fn len(&self) -> usize {
        let (start, stop, step) = (i128::from(self.start), i128::from(self.stop), i128::from(self.step));
        let distance = if step > 0 { stop - start } else { start - stop };
        if distance <= 0 { 0 } else { ((distance - 1) / step.abs() + 1) as usize }
    }

    /// The number at an index.
    pub fn at<'a>(&self, index: usize) -> Value<'a> {
        Value::Int(self.start + self.step * index as i64)
    }
}

/// What lazy filters such as `map` give: it can be walked through once. Items are made at once, up to the first failure.
#[derive(Debug)]
pub(crate) struct Generator<'a> {
    items: RefCell<std::vec::IntoIter<Value<'a>>>,
    failure: RefCell<Option<Box<Failure>>>,
    pub(super) depth: usize,
    /// How many generators were made before it.
    made: u64,
    _held: Held,
}

impl<'a> Generator<'a> {
    /// A generator of the items before the first failure. A limit is no failure to put off.
    pub fn value(cx: &Machine<'a>, items: impl Iterator<Item = Res<Value<'a>>>) -> Res<Value<'a>> {
        let (mut good, mut failure) = (Vec::new(), None);
        for item in items {
            cx.charge(1)?;
            match item {
                Ok(item) => good.push(item),
                Err(found) if matches!(found.kind, crate::error::FailureKind::Limit(_)) => return Err(found),
                Err(found) => {
                    failure = Some(found);
                    break;
                }
            }
        }
        let (depth, held) = (depth_of(&good)?, cx.hold(good.len() * size_of::<Value>())?);
        let items = RefCell::new(good.into_iter());
        let made = cx.count_generator();
        Ok(Value::Generator(Rc::new(Self { items, failure: RefCell::new(failure), depth, made, _held: held })))
    }

    /// The next item.
    pub fn next(&self, cx: &Machine<'a>) -> Res<Option<Value<'a>>> {
        cx.use_up(self.made)?;
        match self.items.borrow_mut().next() {
            Some(item) => Ok(Some(item)),
            None => self.failure.take().map_or(Ok(None), Err),
        }
    }
}

/// What `namespace()` gives: the one thing a template may change.
#[derive(Debug, Default)]
pub(crate) struct Namespace<'a> {
    pub entries: RefCell<Vec<(Text<'a>, Value<'a>)>>,
}

impl<'a> Namespace<'a> {
    /// Sets an attribute.
    pub fn set(&self, cx: &Machine<'a>, name: Text<'a>, value: Value<'a>) -> Res<()> {
        if name.as_str().starts_with('_') {
            return Err(Failure::python(format!(
                "chat templates cannot store underscore-prefixed attributes on a namespace, but got '{}'",
                name.as_str()
            )));
        }
        cx.note_set(self, &name, &value);
        let mut entries = self.entries.borrow_mut();
        cx.charge(1 + entries.len() / 8)?;
        match entries.iter_mut().find(|(known, _)| known.as_str() == name.as_str()) {
            Some((_, slot)) => *slot = value,
            None => {
                Machine::allow_items(entries.len() + 1)?;
                entries.push((name, value));
            }
        }
        Ok(())
    }

    /// Sets an attribute as it was set before.
    pub fn put(&self, name: &Text<'a>, value: &Value<'a>) {
        let mut entries = self.entries.borrow_mut();
        match entries.iter_mut().find(|(known, _)| known.as_str() == name.as_str()) {
            Some((_, slot)) => *slot = value.clone(),
            None => entries.push((name.clone(), value.clone())),
        }
    }

    /// Reads an attribute.
    pub fn get(&self, name: &str) -> Option<Value<'a>> {
        self.entries.borrow().iter().find(|(known, _)| known.as_str() == name).map(|(_, value)| value.clone())
    }
}
