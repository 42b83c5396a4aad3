//! Python's objects, as far as a template can see them.

mod dict;
mod objects;

pub(crate) use dict::{Dict, Key};
pub(crate) use objects::{Generator, Namespace, Range};

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Signed, ToPrimitive};

use crate::error::Failure;
use crate::limits::{Held, MAXIMUM_DEPTH};
use crate::machine::Machine;
use crate::objects::Object;
use crate::text::Text;

/// What an operation gives, or why it fails. Failures are rare and large, so they are boxed.
pub(crate) type Res<T> = Result<T, Box<Failure>>;

/// A value. Cloning one is cheap.
#[derive(Debug, Clone, Default)]
pub(crate) enum Value<'a> {
    #[default]
    Undefined,
    None,
    Bool(bool),
    Int(i64),
    /// An integer that 64 bits do not hold.
    Big(Rc<BigInt>),
    Float(f64),
    Text(Text<'a>),
    List(Rc<List<'a>>),
    Tuple(Rc<List<'a>>),
    Dict(Rc<Dict<'a>>),
    View(ViewKind, Rc<Dict<'a>>),
    Range(Rc<Range>),
    Generator(Rc<Generator<'a>>),
    Namespace(Rc<Namespace<'a>>),
    /// Loops, macros, functions and the like.
    Object(Rc<Object<'a>>),
}

/// The items of a list or tuple.
#[derive(Debug)]
pub(crate) struct List<'a> {
    pub items: Vec<Value<'a>>,
    depth: usize,
    /// Whether `groupby` made the tuple, whose items are also called `grouper` and `list`.
    pub group: bool,
    _held: Held,
}

/// Which side of a dict a view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ViewKind {
    Keys,
    Values,
    Items,
}

fn bounded(depth: usize) -> Res<usize> {
    if depth > MAXIMUM_DEPTH {
        return Err(Failure::limit("a value is nested too deeply"));
    }
    Ok(depth)
}

fn depth_of(items: &[Value<'_>]) -> Res<usize> {
    bounded(1 + items.iter().map(Value::depth).max().unwrap_or(0))
}

/// What `int()` makes of a float, which must be finite.
pub(crate) fn integer_of_float<'a>(value: f64) -> Value<'a> {
    BigInt::from_f64(value.trunc()).map_or(Value::Undefined, integer)
}

/// An integer in its smallest form.
pub(crate) fn integer<'a>(value: BigInt) -> Value<'a> {
    value.to_i64().map_or_else(|| Value::Big(Rc::new(value)), Value::Int)
}

macro_rules! from {
    ($($kind:ty: $value:ident => $made:expr),*) => {
        $(impl From<$kind> for Value<'_> {
            fn from($value: $kind) -> Self {
                $made
            }
        })*
    };
}
from!(bool: value => Self::Bool(value), i64: value => Self::Int(value), usize: value => Self::Int(value as i64),
      f64: value => Self::Float(value));

impl<'a> From<Text<'a>> for Value<'a> {
    fn from(text: Text<'a>) -> Self {
        Self::Text(text)
    }
}

impl<'a> Value<'a> {
    /// A list, unless it would be nested too deeply or too large.
    pub fn list(cx: &Machine<'a>, items: Vec<Self>) -> Res<Self> {
        Ok(Self::List(Self::items_of(cx, items, false)?))
    }

    /// A tuple.
    pub fn tuple(cx: &Machine<'a>, items: Vec<Self>) -> Res<Self> {
        Ok(Self::Tuple(Self::items_of(cx, items, false)?))
    }

    /// A key and the list of its items, as `groupby` gives them.
    pub fn group(cx: &Machine<'a>, key: Self, members: Self) -> Res<Self> {
        Ok(Self::Tuple(Self::items_of(cx, vec![key, members], true)?))
    }

    fn items_of(cx: &Machine<'a>, items: Vec<Self>, group: bool) -> Res<Rc<List<'a>>> {
        cx.check_items(items.len())?;
        let held = cx.hold(items.len() * size_of::<Self>())?;
        Ok(Rc::new(List { depth: depth_of(&items)?, items, group, _held: held }))
    }

    /// A text without a source.
    pub fn text(cx: &Machine<'a>, text: impl AsRef<str>) -> Res<Self> {
        Ok(Self::Text(crate::text::plain_text(cx, text.as_ref())?))
    }

    /// How deep a walk through the value goes.
    fn depth(&self) -> usize {
        match self {
            Self::List(list) | Self::Tuple(list) => list.depth,
            Self::Dict(dict) => dict.depth,
            Self::View(_, dict) => 1 + dict.depth,
            Self::Generator(generator) => generator.depth,
            Self::Object(object) => object.depth(),
            _ => 0,
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&Text<'a>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text's characters, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        self.as_text().map(Text::as_str)
    }

    pub fn is_undefined(&self) -> bool {
        matches!(self, Self::Undefined)
    }

    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether it is a `Markup`.
    pub fn is_markup(&self) -> bool {
        self.as_text().is_some_and(|text| text.markup)
    }

    /// `bool(value)`.
    pub fn is_true(&self) -> bool {
        match self {
            Self::Undefined | Self::None => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Text(text) => text.len() > 0,
            Self::List(list) | Self::Tuple(list) => !list.items.is_empty(),
            Self::Dict(dict) | Self::View(_, dict) => !dict.entries.is_empty(),
            Self::Range(range) => range.len() > 0,
            Self::Big(_) | Self::Generator(_) | Self::Namespace(_) => true,
            Self::Object(object) => object.is_true(),
        }
    }

    /// The number, with `True` as 1, if it is an integer of 64 bits.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            Self::Bool(value) => Some(i64::from(*value)),
            _ => None,
        }
    }

    /// The integer, of whatever size.
    pub fn as_big(&self) -> Option<BigInt> {
        match self {
            Self::Big(value) => Some((**value).clone()),
            other => other.as_int().map(BigInt::from),
        }
    }

    /// The number where Python wants an index: beyond 64 bits none is one.
    pub fn index(&self) -> Res<i64> {
        match self {
            Self::Big(_) => Err(Failure::python("cannot fit 'int' into an index-sized integer")),
            other => other.as_int().ok_or_else(|| {
                Failure::python(format!("'{}' object cannot be interpreted as an integer", self.type_name()))
            }),
        }
    }

    /// Whether a test holds for the value or for anything in it.
    pub fn holds(&self, cx: &Machine<'a>, test: fn(&Self) -> bool) -> Res<bool> {
        cx.charge(1)?;
        let or = |found, item: &Self| Ok(found || item.holds(cx, test)?);
        match self {
            _ if test(self) => Ok(true),
            Self::List(list) | Self::Tuple(list) => list.items.iter().try_fold(false, or),
            Self::Dict(dict) => dict.entries.iter().flat_map(|(key, value)| [key, value]).try_fold(false, or),
            _ => Ok(false),
        }
    }

    /// The number where lengths are compared with it: one beyond 64 bits is as good as the last of them.
    pub fn length_limit(&self) -> Res<i64> {
        match self {
            Self::Big(value) => Ok(if value.is_positive() { i64::MAX } else { i64::MIN }),
            Self::Float(_) => Err(Failure::unsupported("a length that is no integer is not supported")),
            other => other.index(),
        }
    }

    /// The number where Python wants a C `int`, as its flags are until Python 3.12.
    pub fn flag(&self) -> Res<bool> {
        self.c_int().map(|value| value != 0)
    }

    /// The number as a C `int`.
    pub fn c_int(&self) -> Res<i32> {
        i32::try_from(self.index()?).map_err(|_| Failure::python("Python int too large to convert to C int"))
    }

    /// The name of its Python type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Undefined => "Undefined",
            Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) | Self::Big(_) => "int",
            Self::Float(_) => "float",
            Self::Text(text) if text.markup => "Markup",
            Self::Text(_) => "str",
            Self::List(_) => "list",
            Self::Tuple(_) => "tuple",
            Self::Dict(_) => "dict",
            Self::View(ViewKind::Keys, _) => "dict_keys",
            Self::View(ViewKind::Values, _) => "dict_values",
            Self::View(ViewKind::Items, _) => "dict_items",
            Self::Range(_) => "range",
            Self::Generator(_) => "generator",
            Self::Namespace(_) => "Namespace",
            Self::Object(object) => object.type_name(),
        }
    }

    /// Everything that a `for` loop or a filter walks through.
    pub fn items(&self, cx: &Machine<'a>) -> Res<Vec<Self>> {
        let items = match self {
            Self::Undefined => Vec::new(),
            Self::Text(text) => {
                cx.check_items(text.len())?;
                let characters = text.as_str().char_indices();
                characters.map(|(at, c)| Self::Text(text.slice(at..at + c.len_utf8()).with_markup(false))).collect()
            }
            Self::List(list) | Self::Tuple(list) => list.items.clone(),
            Self::Dict(dict) | Self::View(ViewKind::Keys, dict) => {
                dict.entries.iter().map(|(key, _)| key.clone()).collect()
            }
            Self::View(ViewKind::Values, dict) => dict.entries.iter().map(|(_, value)| value.clone()).collect(),
            Self::View(ViewKind::Items, dict) => {
                let pair = |(key, value): &(Self, Self)| Self::tuple(cx, vec![key.clone(), value.clone()]);
                dict.entries.iter().map(pair).collect::<Res<_>>()?
            }
            Self::Range(range) => (0..range.len()).map(|index| range.at(index)).collect(),
            Self::Generator(generator) => {
                let mut items = Vec::new();
                while let Some(item) = generator.next(cx)? {
                    items.push(item);
                }
                items
            }
            Self::Object(object) => object.items(cx)?,
            _ => return Err(Failure::python(format!("'{}' object is not iterable", self.type_name()))),
        };
        cx.charge(items.len() / 4)?;
        Ok(items)
    }

    /// `len(value)`.
    pub fn length(&self, cx: &Machine<'a>) -> Res<usize> {
        Ok(match self {
            Self::Undefined => 0,
            Self::Text(text) => {
                cx.charge_bytes(text.len())?;
                crate::python::strings::length(text.as_str())
            }
            Self::List(list) | Self::Tuple(list) => list.items.len(),
            Self::Dict(dict) | Self::View(_, dict) => dict.entries.len(),
            Self::Range(range) => range.len(),
            Self::Object(object) => object.length(cx)?,
            _ => return Err(Failure::python(format!("object of type '{}' has no len()", self.type_name()))),
        })
    }
}
