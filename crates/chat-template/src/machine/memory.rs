//! What the rounds of loops did in renderings before, so that a rendering of nearly the same conversation need not do
//! them again.
//!
//! A round (the body of a loop, run for one item) changes nothing but the text and attributes of namespaces: the variables
//! that it sets are its own. It depends on its item and on what it reads from outside: variables, attributes of namespaces,
//! `loop`. All of these readings are noted while it runs. In a later rendering the round for the same item is taken over
//! when each of them gives the same again; then the body would do the same, step by step. Where a condition, or the value
//! of a `set` or `print`, reads only from outside, it may instead be worked out once more and come to the same: whether
//! `loop.index0 > ns.last_query` holds is the same for most messages, whatever the number is.
//!
//! Rounds that were done one behind the other make a row, which is taken over at once.
//!
//! Whatever else a round does (a macro that it keeps, a generator from outside that it uses up) keeps it from being taken
//! over. Texts that are taken over have no runs.

mod recall;
mod record;
mod recorder;
mod rows;

pub(super) use recall::Followed;
use recorder::Recorder;
use rows::Row;
pub(super) use rows::Walk;

use std::collections::HashMap;
use std::rc::Rc;

use super::Flow;
use crate::ast::{Expression, ExpressionKind as Kind, ForLoop, Place, Statement};
use crate::objects::Object;
use crate::resolver::Resolution;
use crate::text::Text;
use crate::value::{Dict, List, Value};
use crate::visit::for_each_expression;

/// How many bytes of texts are kept at most.
const MOST_BYTES: usize = 1 << 26;

/// Lists and dicts of more items than this are the same only where they are one.
const MOST_ITEMS: usize = 16;

/// What is known of the renderings before.
#[derive(Debug, Default)]
pub(crate) struct Memory<'a> {
    versions: u32,
    /// The rounds of each loop.
    loops: Vec<(*const ForLoop, Rounds<'a>)>,
    /// Bytes of the texts that are kept.
    bytes: usize,
    /// Whether something was done that these notes do not cover.
    is_lost: bool,
    recorder: Option<Recorder<'a>>,
}

/// A variable that rounds read.
#[derive(Debug)]
struct Known<'a> {
    place: Place,
    value: Value<'a>,
    /// Another number for each value that is not the same as the one before.
    version: u32,
}

/// The rounds of one loop.
#[derive(Debug, Default)]
struct Rounds<'a> {
    /// The variables that they have read, with what they held when the loop began last.
    known: Vec<Known<'a>>,
    all: Vec<Round<'a>>,
    numbers: HashMap<Key, usize>,
    /// The round that was found last: the next one is most often beside it.
    last: usize,
    has_rows: bool,
}

/// An item by which rounds are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// A dict, by its address. The round holds the dict, so that no other can come to lie there.
    Dict(usize),
    Integer(i64),
}

impl Key {
    pub fn of(item: &Value<'_>) -> Option<Self> {
        match item {
            Value::Dict(dict) => Some(Self::Dict(Rc::as_ptr(dict).cast::<()>() as usize)),
            Value::Int(number) => Some(Self::Integer(*number)),
            _ => None,
        }
    }
}

/// What one round did.
#[derive(Debug)]
struct Round<'a> {
    key: Key,
    /// Keeps the address of a dict its own.
    _item: Value<'a>,
    checks: Vec<Check<'a>>,
    /// The attributes that it set: the slot of the namespace, the name, the last value.
    sets: Vec<(u32, Text<'a>, Value<'a>)>,
    text: String,
    flow: Flow,
    /// What it cost.
    work: usize,
    /// Bytes of the texts that are kept of it.
    bytes: usize,
    /// It and those behind it, where they were done in a row.
    row: Option<Box<Row<'a>>>,
}

/// What must be as it was.
#[derive(Debug)]
enum Check<'a> {
    Reading(Reading<'a>),
    /// An expression that reads only from outside: its readings, or else what comes of it.
    Decision {
        readings: Vec<Reading<'a>>,
        expression: &'a Expression,
        outcome: Outcome<'a>,
    },
}

/// Something that was read from outside of a round.
#[derive(Debug)]
enum Reading<'a> {
    /// A variable, by its place among those that are known.
    Variable { known: usize, version: u32 },
    /// An attribute of the namespace in a slot; `None` where it has no such attribute.
    Attribute { slot: u32, name: String, value: Option<Value<'a>> },
    /// An item of a list in a variable; undefined where the list has none of that number.
    Item { known: usize, index: i64, value: Value<'a> },
    /// An attribute of `loop`.
    Loop { name: String, value: Value<'a> },
}

/// What came of an expression.
#[derive(Debug)]
pub(super) enum Outcome<'a> {
    Truth(bool),
    Value(Value<'a>),
}

impl<'a> Memory<'a> {
    /// Notes for a template, unless it has what they do not cover.
    pub fn for_template(statements: &[Statement], resolution: &Resolution) -> Option<Self> {
        let mut asks = false;
        for_each_expression(statements, &mut |expression| asks |= asks_identity(expression));
        let is_stateful = resolution.context_names.iter().any(|name| ["cycler", "joiner"].contains(&name.as_str()));
        (!asks && !is_stateful && !resolution.has_blocks).then(Self::default)
    }

    /// The place of a loop's rounds.
    fn loop_at(&mut self, head: &ForLoop) -> usize {
        if let Some(at) = self.loops.iter().position(|(known, _)| std::ptr::eq(*known, head)) {
            return at;
        }
        self.loops.push((head, Rounds::default()));
        self.loops.len() - 1
    }

    fn rounds(&mut self, followed: &Followed<'a>) -> Option<&mut Rounds<'a>> {
        self.loops.get_mut(followed.at).map(|(_, rounds)| rounds)
    }

    /// Forgets everything for good.
    fn lose(&mut self) {
        self.is_lost = true;
        self.loops.clear();
    }
}

impl<'a> Rounds<'a> {
    /// The number of a variable among those that are known.
    fn known(&mut self, place: Place, value: &Value<'a>, versions: &mut u32) -> usize {
        if let Some(at) = self.known.iter().position(|known| known.place == place) {
            return at;
        }
        *versions += 1;
        self.known.push(Known { place, value: value.clone(), version: *versions });
        self.known.len() - 1
    }

    /// Whether a list in a variable has an item.
    fn has(&self, known: usize, index: i64, then: &Value<'a>) -> bool {
        let Value::List(list) = &self.known[known].value else { return false };
        let from_end = |index: i64| if index < 0 { index + list.items.len() as i64 } else { index };
        let now = usize::try_from(from_end(index)).ok().and_then(|index| list.items.get(index));
        same(now.unwrap_or(&Value::Undefined), then)
    }

    fn find(&mut self, key: Key) -> Option<usize> {
        let beside = [self.last + 1, self.last.wrapping_sub(1), self.last];
        let is_it = |at: &usize| self.all.get(*at).is_some_and(|round| round.key == key);
        let found = beside.into_iter().find(is_it).or_else(|| self.numbers.get(&key).copied())?;
        self.last = found;
        Some(found)
    }
}

/// Whether an expression asks whether two values are one.
fn asks_identity(expression: &Expression) -> bool {
    let mut found = matches!(&expression.kind, Kind::Test(_, name, ..) if name == "sameas");
    expression.for_each_child(&mut |child| found |= asks_identity(child));
    found
}

/// Whether a template cannot tell two values apart.
fn same<'a>(left: &Value<'a>, right: &Value<'a>) -> bool {
    let lists = |left: &Rc<List<'a>>, right: &Rc<List<'a>>| {
        let items = || left.items.iter().zip(&right.items).all(|(left, right)| same(left, right));
        let (here, there) = (left.items.len(), right.items.len());
        Rc::ptr_eq(left, right) || here == there && here <= MOST_ITEMS && left.group == right.group && items()
    };
    let dicts = |left: &Rc<Dict<'a>>, right: &Rc<Dict<'a>>| {
        let pairs = || left.entries.iter().zip(&right.entries);
        let items = || pairs().all(|(left, right)| same(&left.0, &right.0) && same(&left.1, &right.1));
        let (here, there) = (left.entries.len(), right.entries.len());
        Rc::ptr_eq(left, right) || here == there && here <= MOST_ITEMS && items()
    };
    match (left, right) {
        (Value::Undefined, Value::Undefined) | (Value::None, Value::None) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Int(left), Value::Int(right)) => left == right,
        (Value::Big(left), Value::Big(right)) => left == right,
        (Value::Float(left), Value::Float(right)) => left.to_bits() == right.to_bits(),
        (Value::Text(left), Value::Text(right)) => left.markup == right.markup && left.as_str() == right.as_str(),
        (Value::List(left), Value::List(right)) | (Value::Tuple(left), Value::Tuple(right)) => lists(left, right),
        (Value::Dict(left), Value::Dict(right)) => dicts(left, right),
        (Value::View(kind, left), Value::View(other, right)) => kind == other && dicts(left, right),
        (Value::Range(left), Value::Range(right)) => {
            (left.start, left.stop, left.step) == (right.start, right.stop, right.step)
        }
        (Value::Object(left), Value::Object(right)) => match (&**left, &**right) {
            (Object::Function(left), Object::Function(right)) => left == right,
            (Object::Missing, Object::Missing) => true,
            // The frame of the template is one for all renderings.
            (Object::Macro(left), Object::Macro(right)) => {
                std::ptr::eq(left.definition, right.definition)
                    && Rc::ptr_eq(&left.around, &right.around)
                    && left.around.is_outermost()
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a value and all in it never change; `steps` is how many parts may be looked at.
fn is_constant(value: &Value<'_>, steps: &mut usize) -> bool {
    *steps = steps.saturating_sub(1);
    match value {
        _ if *steps == 0 => false,
        Value::List(list) | Value::Tuple(list) => list.items.iter().all(|item| is_constant(item, steps)),
        Value::Dict(dict) | Value::View(_, dict) => {
            dict.entries.iter().all(|(key, item)| is_constant(key, steps) && is_constant(item, steps))
        }
        Value::Generator(_) | Value::Namespace(_) | Value::Object(_) => false,
        _ => true,
    }
}

/// The bytes of a text.
fn bytes_of(value: &Value<'_>) -> usize {
    value.as_text().map_or(0, Text::len)
}
