//! Python's containers as values of the engine.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, PoisonError};

use indexmap::{Equivalent, IndexMap};
use minijinja::value::{Enumerator, Object, ObjectRepr, ValueKind};
use minijinja::{Error, ErrorKind, Value};

pub(crate) use super::long_integer::LongInteger;
use super::long_integer::{Whole, number, whole};
pub(crate) use super::objects::{
    Accumulator, BoundMethod, Cycler, Function, Generator, Joiner, Keywords, Missing, Namespace,
};
use super::size::{check_content, check_items, weight, weight_of};

/// Containers nested deeper than this are refused, as everything that walks them is recursive.
pub(crate) const MAXIMUM_DEPTH: usize = 200;

/// A failed operation, in Python's words.
pub(crate) fn failure(reason: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason.into())
}

/// How deep a value is nested.
fn depth(value: &Value) -> usize {
    if let Some(list) = value.downcast_object_ref::<List>() {
        list.depth
    } else if let Some(tuple) = value.downcast_object_ref::<Tuple>() {
        tuple.depth
    } else if let Some(dict) = value.downcast_object_ref::<Dict>() {
        dict.depth
    } else {
        usize::from(value.as_object().is_some())
    }
}

fn depth_of(items: &[Value]) -> usize {
    1 + items.iter().map(depth).max().unwrap_or(0)
}

fn bounded(depth: usize) -> Result<usize, Error> {
    if depth > MAXIMUM_DEPTH {
        return Err(failure("a value is nested too deeply"));
    }
    Ok(depth)
}

/// A Python list. Lists of constants may also be the engine's own.
#[derive(Debug)]
pub(crate) struct List {
    pub items: Vec<Value>,
    depth: usize,
    weight: usize,
}

/// A Python tuple.
#[derive(Debug)]
pub(crate) struct Tuple {
    pub items: Vec<Value>,
    depth: usize,
    weight: usize,
    /// Whether `groupby` made it, whose tuples name their items `grouper` and `list`.
    pub is_group: bool,
}

impl List {
    /// Makes the value, unless it would be nested too deeply or too large.
    pub fn value(items: Vec<Value>) -> Result<Value, Error> {
        let (depth, weight) = (bounded(depth_of(&items))?, check_content(weight_of(&items))?);
        Ok(Value::from_object(Self { items, depth, weight }))
    }

    /// How many bytes its items count for.
    pub fn weight(&self) -> usize {
        self.weight
    }
}

impl Tuple {
    /// Makes the value, unless it would be nested too deeply or too large.
    pub fn value(items: Vec<Value>) -> Result<Value, Error> {
        let (depth, weight) = (bounded(depth_of(&items))?, check_content(weight_of(&items))?);
        Ok(Value::from_object(Self { items, depth, weight, is_group: false }))
    }

    /// How many bytes its items count for.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// A key and the list of its items, as `groupby` gives them.
    pub fn group(key: Value, members: Value) -> Result<Value, Error> {
        let items = vec![key, members];
        let (depth, weight) = (bounded(depth_of(&items))?, check_content(weight_of(&items))?);
        Ok(Value::from_object(Self { items, depth, weight, is_group: true }))
    }
}

macro_rules! sequence {
    ($name:ident) => {
        impl Object for $name {
            fn repr(self: &Arc<Self>) -> ObjectRepr {
                ObjectRepr::Seq
            }

            fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
                self.items.get(key.as_usize()?).cloned()
            }

            fn enumerate(self: &Arc<Self>) -> Enumerator {
                Enumerator::Seq(self.items.len())
            }
        }
    };
}
sequence!(List);
sequence!(Tuple);

/// A key of a dict: what Python's hash and equality make of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    None,
    Undefined,
    Integer(i128),
    /// An integer of more than 128 bits.
    LongInteger(Arc<str>),
    /// A float that is no integer, by its bits.
    Float(u64),
    String(Arc<str>),
    Tuple(Vec<Key>),
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::None => 0u8.hash(state),
            Self::Undefined => 1u8.hash(state),
            Self::Integer(value) => value.hash(state),
            Self::LongInteger(digits) => digits.hash(state),
            Self::Float(bits) => bits.hash(state),
            Self::String(text) => text.hash(state),
            Self::Tuple(items) => items.hash(state),
        }
    }
}

impl Equivalent<Key> for str {
    fn equivalent(&self, key: &Key) -> bool {
        matches!(key, Key::String(text) if **text == *self)
    }
}

impl Key {
    /// The key for a value, if Python can hash it.
    pub fn new(value: &Value) -> Result<Self, Error> {
        Ok(match Python::of(value) {
            Python::Undefined => Self::Undefined,
            Python::None => Self::None,
            Python::Boolean(value) => Self::Integer(i128::from(value)),
            Python::Integer(value) => Self::Integer(value),
            Python::LongInteger(integer) => Self::LongInteger(integer.digits().into()),
            Python::Float(value) if value.is_finite() && value.fract() == 0.0 => match whole(value) {
                Whole::Short(value) => Self::Integer(value),
                Whole::Long(integer) => Self::LongInteger(integer.digits().into()),
            },
            Python::Float(value) => Self::Float(value.to_bits()),
            Python::String(text) => Self::String(text.into()),
            Python::Tuple(items) => Self::Tuple(items.iter().map(Self::new).collect::<Result<_, _>>()?),
            _ => return Err(failure(format!("unhashable type: '{}'", type_name(value)))),
        })
    }
}

/// A Python dict.
#[derive(Debug, Default)]
pub(crate) struct Dict {
    /// Key as written, and value.
    entries: IndexMap<Key, (Value, Value)>,
    depth: usize,
    weight: usize,
}

impl Dict {
    /// An empty dict with room.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { entries: IndexMap::with_capacity(capacity), depth: 1, weight: 0 }
    }

    /// Sets a key; a key that is there keeps its place and its spelling.
    pub fn insert(&mut self, key: Value, value: Value) -> Result<(), Error> {
        self.depth = bounded(self.depth.max(1 + depth(&key)).max(1 + depth(&value)))?;
        let added = weight(&key) + weight(&value);
        match self.entries.entry(Key::new(&key)?) {
            indexmap::map::Entry::Occupied(mut entry) => {
                self.weight = check_content(self.weight + weight(&value) - weight(&entry.get().1))?;
                entry.get_mut().1 = value;
            }
            indexmap::map::Entry::Vacant(entry) => {
                self.weight = check_content(self.weight + added)?;
                entry.insert((key, value));
            }
        }
        Ok(())
    }

    /// Sets a key that is a string.
    pub fn insert_str(&mut self, key: &str, value: Value) -> Result<(), Error> {
        self.insert(Value::from(key), value)
    }

    /// The value under a string.
    pub fn get_str(&self, key: &str) -> Option<&Value> {
        self.entries.get(key).map(|(_, value)| value)
    }

    /// The value under a key, if Python can hash it.
    pub fn get(&self, key: &Value) -> Result<Option<&Value>, Error> {
        Ok(match key.as_str() {
            Some(text) => self.get_str(text),
            None => self.entries.get(&Key::new(key)?).map(|(_, value)| value),
        })
    }

    /// Keys and values in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &(Value, Value)> {
        self.entries.values()
    }

    /// How many bytes its keys and values count for.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
}

impl Object for Dict {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get(key).ok().flatten().cloned()
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.get_str(key).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.iter().map(|(key, _)| key.clone()).collect())
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.len())
    }
}

/// Which side of a dict a view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ViewKind {
    Keys,
    Values,
    Items,
}

/// What `dict.keys()`, `.values()` and `.items()` give.
#[derive(Debug)]
pub(crate) struct View {
    pub kind: ViewKind,
    pub dict: Arc<Dict>,
}

/// What `range()` gives.
#[derive(Debug)]
pub(crate) struct Range {
    pub start: i128,
    pub stop: i128,
    pub step: i128,
}

impl Range {
    /// How many numbers there are.
    pub fn len(&self) -> usize {
        let distance = if self.step > 0 { self.stop - self.start } else { self.start - self.stop };
        if distance <= 0 {
            return 0;
        }
        usize::try_from((distance - 1) / self.step.abs() + 1).unwrap_or(usize::MAX)
    }

    /// The number at an index.
    pub fn at(&self, index: usize) -> Value {
        integer(self.start + self.step * index as i128)
    }
}

impl Object for View {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.dict.len() > 0
    }
}

impl Object for Range {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.len() > 0
    }
}

/// A value seen as the Python object it stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Python<'a> {
    Undefined,
    None,
    Boolean(bool),
    Integer(i128),
    /// An integer of more than 128 bits, which can be carried through, printed and compared.
    LongInteger(&'a LongInteger),
    Float(f64),
    String(&'a str),
    List(&'a [Value]),
    Tuple(&'a [Value]),
    Dict(&'a Dict),
    View(&'a View),
    Range(&'a Range),
    Generator(&'a Generator),
    Namespace(&'a Namespace),
    /// Loops, macros, functions and the like.
    Other,
}

impl<'a> Python<'a> {
    /// Looks at a value.
    pub fn of(value: &'a Value) -> Self {
        if let Some(text) = value.as_str() {
            return Self::String(text);
        }
        match value.kind() {
            ValueKind::Undefined => Self::Undefined,
            ValueKind::None => Self::None,
            ValueKind::Bool => Self::Boolean(value.is_true()),
            ValueKind::Number if value.is_integer() => i128::try_from(value.clone()).map_or(Self::Other, Self::Integer),
            ValueKind::Number => f64::try_from(value.clone()).map_or(Self::Other, Self::Float),
            _ => Self::of_object(value),
        }
    }

    fn of_object(value: &'a Value) -> Self {
        if let Some(dict) = value.downcast_object_ref::<Dict>() {
            Self::Dict(dict)
        } else if let Some(integer) = value.downcast_object_ref::<LongInteger>() {
            Self::LongInteger(integer)
        } else if let Some(list) = value.downcast_object_ref::<List>() {
            Self::List(&list.items)
        } else if let Some(items) = value.downcast_object_ref::<Vec<Value>>() {
            Self::List(items)
        } else if let Some(tuple) = value.downcast_object_ref::<Tuple>() {
            Self::Tuple(&tuple.items)
        } else if let Some(view) = value.downcast_object_ref::<View>() {
            Self::View(view)
        } else if let Some(range) = value.downcast_object_ref::<Range>() {
            Self::Range(range)
        } else if let Some(generator) = value.downcast_object_ref::<Generator>() {
            Self::Generator(generator)
        } else if let Some(namespace) = value.downcast_object_ref::<Namespace>() {
            Self::Namespace(namespace)
        } else {
            Self::Other
        }
    }

    /// The number, with `True` as 1, if it is an integer.
    pub fn as_integer(self) -> Option<i128> {
        match self {
            Self::Integer(value) => Some(value),
            Self::Boolean(value) => Some(i128::from(value)),
            _ => None,
        }
    }
}

/// An integer value in its smallest form.
pub(crate) fn integer(value: i128) -> Value {
    i64::try_from(value).map_or_else(|_| Value::from(value), Value::from)
}

/// What is said where an integer is needed.
pub(crate) fn not_an_integer(value: &Value) -> Error {
    if matches!(Python::of(value), Python::LongInteger(_)) {
        return failure("an integer of more than 128 bits is not supported here: it can only be printed and compared");
    }
    failure(format!("'{}' object cannot be interpreted as an integer", type_name(value)))
}

/// The name of a value's Python type.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match Python::of(value) {
        Python::Undefined => "Undefined",
        Python::None => "NoneType",
        Python::Boolean(_) => "bool",
        Python::Integer(_) | Python::LongInteger(_) => "int",
        Python::Float(_) => "float",
        Python::String(_) => "str",
        Python::List(_) => "list",
        Python::Tuple(_) => "tuple",
        Python::Dict(_) => "dict",
        Python::View(_) => "dict view",
        Python::Range(_) => "range",
        Python::Generator(_) => "generator",
        Python::Namespace(_) => "Namespace",
        Python::Other => "object",
    }
}

/// The items that a `for` loop or a filter walks through.
pub(crate) fn items(value: &Value) -> Result<Vec<Value>, Error> {
    Ok(match Python::of(value) {
        Python::Undefined => Vec::new(),
        Python::String(text) => {
            check_items(super::python::strings::length(text))?;
            text.chars().map(Value::from).collect()
        }
        Python::List(items) | Python::Tuple(items) => items.to_vec(),
        Python::Dict(dict) => dict.iter().map(|(key, _)| key.clone()).collect(),
        Python::View(view) => view_items(view)?,
        Python::Range(range) => (0..range.len()).map(|index| range.at(index)).collect(),
        Python::Generator(generator) => generator.rest()?,
        Python::Other if value.downcast_object_ref::<Accumulator>().is_some() => accumulated(value),
        _ => {
            return Err(failure(format!("'{}' object is not iterable", type_name(value))));
        }
    })
}

/// What the translation has collected.
fn accumulated(value: &Value) -> Vec<Value> {
    value
        .downcast_object_ref()
        .map_or_else(Vec::new, |Accumulator(items)| items.lock().unwrap_or_else(PoisonError::into_inner).clone())
}

fn view_items(view: &View) -> Result<Vec<Value>, Error> {
    view.dict
        .iter()
        .map(|(key, value)| match view.kind {
            ViewKind::Keys => Ok(key.clone()),
            ViewKind::Values => Ok(value.clone()),
            ViewKind::Items => Tuple::value(vec![key.clone(), value.clone()]),
        })
        .collect()
}

/// `len()` of a value.
pub(crate) fn length(value: &Value) -> Result<usize, Error> {
    Ok(match Python::of(value) {
        Python::Undefined => 0,
        Python::String(text) => super::python::strings::length(text),
        Python::List(items) | Python::Tuple(items) => items.len(),
        Python::Dict(dict) => dict.len(),
        Python::View(view) => view.dict.len(),
        Python::Range(range) => range.len(),
        Python::Other => match value.get_attr("revindex0") {
            // Only a loop has it; `loop|length` is how many rounds it makes.
            Ok(inner) if !inner.is_undefined() => {
                value.get_attr("length")?.as_usize().ok_or_else(|| failure("this loop has no length"))?
            }
            _ => return Err(failure("this object has no len()")),
        },
        _ => {
            return Err(failure(format!("object of type '{}' has no len()", type_name(value))));
        }
    })
}

/// JSON as the Python objects that `json.loads` makes of it.
pub(crate) fn from_json(json: &serde_json::Value) -> Result<Value, Error> {
    if let Some(literal) = crate::json::literal(json) {
        return number(literal);
    }
    Ok(match json {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(value) => Value::from(*value),
        serde_json::Value::Number(number) => {
            if let Some(value) = number.as_i64() {
                Value::from(value)
            } else if let Some(value) = number.as_u64() {
                Value::from(value)
            } else {
                Value::from(number.as_f64().unwrap_or(f64::NAN))
            }
        }
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => List::value(items.iter().map(from_json).collect::<Result<_, _>>()?)?,
        serde_json::Value::Object(map) => from_map(map)?,
    })
}

/// A JSON object as a dict.
pub(crate) fn from_map(map: &serde_json::Map<String, serde_json::Value>) -> Result<Value, Error> {
    let mut dict = Dict::with_capacity(map.len());
    for (key, value) in map {
        dict.insert_str(key, from_json(value)?)?;
    }
    Ok(Value::from_object(dict))
}
