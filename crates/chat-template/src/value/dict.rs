//! Dictionaries and their keys.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use num_bigint::BigInt;

use super::{Res, Value, bounded, integer_of_float};
use crate::error::Failure;
use crate::limits::Held;
use crate::machine::Machine;
use crate::text::{NO_SOURCE, Text};

/// A key of a dict: what Python's hash and equality make of a value.
#[derive(Debug, Clone)]
pub(crate) enum Key<'a> {
    None,
    Undefined,
    Integer(i64),
    Big(Rc<BigInt>),
    /// A float that is no integer, by its bits.
    Float(u64),
    Text(Text<'a>),
    Tuple(Vec<Key<'a>>),
    /// An object that is equal to itself only, by its address.
    Object(usize),
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) | (Self::Undefined, Self::Undefined) => true,
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Big(a), Self::Big(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a.as_str() == b.as_str(),
            (Self::Tuple(a), Self::Tuple(b)) => a == b,
            (Self::Object(a), Self::Object(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Key<'_> {}

impl Hash for Key<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::None => 0u8.hash(state),
            Self::Undefined => 1u8.hash(state),
            Self::Integer(value) => value.hash(state),
            Self::Big(value) => value.hash(state),
            Self::Float(bits) => bits.hash(state),
            Self::Text(text) => text.as_str().hash(state),
            Self::Tuple(items) => items.hash(state),
            Self::Object(address) => address.hash(state),
        }
    }
}

impl<'a> Key<'a> {
    /// The key for a value, if Python can hash it.
    pub fn new(cx: &Machine<'a>, value: &Value<'a>) -> Res<Self> {
        Ok(match value {
            Value::Undefined => Self::Undefined,
            Value::None => Self::None,
            Value::Bool(value) => Self::Integer(i64::from(*value)),
            Value::Int(value) => Self::Integer(*value),
            Value::Big(value) => Self::Big(value.clone()),
            Value::Float(float) if float.is_finite() && float.fract() == 0.0 => match integer_of_float(*float) {
                Value::Int(value) => Self::Integer(value),
                Value::Big(value) => Self::Big(value),
                _ => Self::Float(float.to_bits()),
            },
            Value::Float(float) => Self::Float(float.to_bits()),
            Value::Text(text) => {
                cx.charge_bytes(text.len())?;
                Self::Text(text.clone())
            }
            Value::Tuple(list) => {
                cx.charge(list.items.len())?;
                Self::Tuple(list.items.iter().map(|item| Self::new(cx, item)).collect::<Res<_>>()?)
            }
            Value::Namespace(it) => Self::Object(Rc::as_ptr(it) as usize),
            Value::Generator(it) => Self::Object(Rc::as_ptr(it) as usize),
            Value::Object(it) => Self::Object(Rc::as_ptr(it) as usize),
            Value::Range(range) => {
                let values = [range.len() as i64, range.start, range.step];
                let told = values.iter().take(range.len().min(2) + 1).map(|value| Self::Integer(*value));
                Self::Tuple(std::iter::once(Self::Undefined).chain(told).collect())
            }
            _ => return Err(Failure::python(format!("unhashable type: '{}'", value.type_name()))),
        })
    }
}

/// A dict of more keys than this has an index.
const INDEXED: usize = 8;

/// A Python dict.
#[derive(Debug, Default)]
pub(crate) struct Dict<'a> {
    /// Keys as written, and values.
    pub entries: Vec<(Value<'a>, Value<'a>)>,
    index: Option<HashMap<Key<'a>, usize>>,
    pub(super) depth: usize,
    held: Option<Held>,
}

impl<'a> Dict<'a> {
    /// An empty dict with room.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { entries: Vec::with_capacity(capacity), ..Self::default() }
    }

    fn place(&self, cx: &Machine<'a>, key: &Value<'a>) -> Res<Option<usize>> {
        if let (Value::Text(text), None) = (key, &self.index) {
            return Ok(self.place_of(text.as_str()));
        }
        let key = Key::new(cx, key)?;
        if let Some(index) = &self.index {
            return Ok(index.get(&key).copied());
        }
        for (at, (known, _)) in self.entries.iter().enumerate() {
            if Key::new(cx, known)? == key {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    fn place_of(&self, name: &str) -> Option<usize> {
        let is_name = |key: &Value<'a>| matches!(key, Value::Text(text) if text.as_str() == name);
        let Some(index) = &self.index else {
            return self.entries.iter().position(|(key, _)| is_name(key));
        };
        // The hash map wants a key of its own kind, whose text lives as long as the values.
        let key: Key<'_> = Key::Text(Text::piece(name, NO_SOURCE));
        let index: &HashMap<Key<'_>, usize> = index;
        index.get(&key).copied()
    }

    /// Sets a key; a key that is there keeps its place and its spelling.
    pub fn insert(&mut self, cx: &Machine<'a>, key: Value<'a>, value: Value<'a>) -> Res<()> {
        cx.charge(1)?;
        self.depth = bounded(self.depth.max(1 + key.depth()).max(1 + value.depth()))?;
        match self.place(cx, &key)? {
            Some(at) => self.entries[at].1 = value,
            None => self.push(cx, key, value)?,
        }
        Ok(())
    }

    /// The dict with keyword arguments as further entries.
    pub fn with_named<'v>(
        mut self,
        cx: &Machine<'a>,
        named: impl IntoIterator<Item = &'v (Text<'a>, Value<'a>)>,
    ) -> Res<Self>
    where
        'a: 'v,
    {
        for (name, value) in named {
            self.insert(cx, Value::Text(name.clone()), value.clone())?;
        }
        Ok(self)
    }

    /// Appends a key that is not there.
    pub fn push(&mut self, cx: &Machine<'a>, key: Value<'a>, value: Value<'a>) -> Res<()> {
        self.depth = bounded(self.depth.max(1 + value.depth()))?;
        let at = self.entries.len();
        if at >= INDEXED {
            let index = self.index.get_or_insert_default();
            if at == INDEXED {
                for (at, (key, _)) in self.entries.iter().enumerate() {
                    index.insert(Key::new(cx, key)?, at);
                }
            }
            index.insert(Key::new(cx, &key)?, at);
            Machine::allow_items(at + 1)?;
        }
        self.entries.push((key, value));
        Ok(())
    }

    /// The finished dict.
    pub fn value(mut self, cx: &Machine<'a>) -> Res<Value<'a>> {
        self.held = Some(cx.hold(self.entries.len() * 2 * size_of::<Value>())?);
        self.depth = self.depth.max(1);
        Ok(Value::Dict(Rc::new(self)))
    }

    /// The value under a string.
    pub fn get_str(&self, name: &str) -> Option<&Value<'a>> {
        self.place_of(name).map(|at| &self.entries[at].1)
    }

    /// The value under a key, if Python can hash it.
    pub fn get(&self, cx: &Machine<'a>, key: &Value<'a>) -> Res<Option<&Value<'a>>> {
        Ok(self.place(cx, key)?.map(|at| &self.entries[at].1))
    }
}
