//! What a template holds that is neither number, text nor container.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::ast::{Block, Expression, ForLoop, MacroDefinition};
use crate::error::Failure;
use crate::machine::{Frame, Machine};
use crate::value::{Generator, List, Range, Res, Value};

/// An object that is told from others by what it is.
#[derive(Debug)]
pub(crate) enum Object<'a> {
    /// A function of the template's environment.
    Function(&'static str),
    /// A method taken from a value and not yet called.
    Method {
        receiver: Value<'a>,
        name: &'static str,
    },
    Macro(Macro<'a>),
    Loop(Loop<'a>),
    /// What `cycler()` gives.
    Cycler {
        items: Vec<Value<'a>>,
        at: Cell<usize>,
    },
    /// What `joiner()` gives.
    Joiner {
        separator: Value<'a>,
        used: Cell<bool>,
    },
    /// `self`.
    Blocks,
    /// `self.name`.
    Block(&'a Block),
    /// What Jinja2 leaves where the target of a loop was.
    Missing,
}

/// A macro, or the body of a call block.
#[derive(Debug)]
pub(crate) struct Macro<'a> {
    pub definition: &'a MacroDefinition,
    /// The variables of the function around it.
    pub around: Rc<Frame<'a>>,
}

/// What is walked through, item by item.
#[derive(Debug)]
pub(crate) enum Items<'a> {
    List(Rc<List<'a>>, usize),
    Range(Rc<Range>, usize),
    Generator(Rc<Generator<'a>>),
    Made(std::vec::IntoIter<Value<'a>>),
}

/// The condition of a loop, asked of each item when it is wanted.
#[derive(Debug)]
pub(crate) struct Condition<'a> {
    pub head: &'a ForLoop,
    pub expression: &'a Expression,
    pub target: &'a Expression,
    pub frame: Rc<Frame<'a>>,
}

/// The items of a loop that its condition lets pass.
#[derive(Debug)]
pub(crate) struct Iteration<'a> {
    items: Items<'a>,
    condition: Option<Condition<'a>>,
}

impl<'a> Iteration<'a> {
    pub fn new(cx: &Machine<'a>, value: Value<'a>, condition: Option<Condition<'a>>) -> Res<Self> {
        let items = match value {
            Value::List(list) | Value::Tuple(list) => Items::List(list, 0),
            Value::Range(range) => Items::Range(range, 0),
            Value::Generator(generator) => Items::Generator(generator),
            other => Items::Made(other.items(cx)?.into_iter()),
        };
        Ok(Self { items, condition })
    }

    /// Goes on to the item behind so many of a list.
    pub fn go_to(&mut self, position: usize) {
        if let Items::List(_, at) = &mut self.items {
            *at = position;
        }
    }

    fn any(&mut self, cx: &Machine<'a>) -> Res<Option<Value<'a>>> {
        Ok(match &mut self.items {
            Items::List(list, at) => {
                *at += 1;
                list.items.get(*at - 1).cloned()
            }
            Items::Range(range, at) => {
                *at += 1;
                (*at <= range.len()).then(|| range.at(*at - 1))
            }
            Items::Generator(generator) => generator.next(cx)?,
            Items::Made(items) => items.next(),
        })
    }

    /// The next item that passes.
    pub fn next(&mut self, cx: &Machine<'a>) -> Res<Option<Value<'a>>> {
        loop {
            cx.charge(1)?;
            let Some(item) = self.any(cx)? else { return Ok(None) };
            let Some(condition) = &self.condition else { return Ok(Some(item)) };
            if let Some(item) = cx.passed(condition, item)? {
                return Ok(Some(item));
            }
        }
    }
}

/// What a loop knows without asking for further items.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LoopCount {
    Index0,
    Index,
    First,
}

impl LoopCount {
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "index0" => Self::Index0,
            "index" => Self::Index,
            "first" => Self::First,
            _ => return None,
        })
    }
}

/// `loop`.
#[derive(Debug)]
pub(crate) struct Loop<'a> {
    pub iteration: RefCell<Iteration<'a>>,
    /// The number of items, once that is known.
    pub length: Cell<Option<i64>>,
    pub index0: Cell<i64>,
    /// The next item, where it was asked for before its turn.
    pub after: RefCell<Option<Value<'a>>>,
    pub current: RefCell<Value<'a>>,
    pub before: RefCell<Value<'a>>,
    pub changed: RefCell<Option<Value<'a>>>,
    /// What the loop calls to go through other items, where it is recursive.
    pub recursive: Option<(&'a ForLoop, Rc<Frame<'a>>)>,
    pub depth0: i64,
}

impl<'a> Loop<'a> {
    /// Goes on to the next item.
    pub fn next(&self, cx: &Machine<'a>) -> Res<Option<Value<'a>>> {
        let after = self.after.take();
        let next = match after {
            Some(item) => Some(item),
            None => self.iteration.borrow_mut().next(cx)?,
        };
        if let Some(item) = &next {
            self.index0.set(self.index0.get() + 1);
            self.before.replace(self.current.replace(item.clone()));
        }
        Ok(next)
    }

    /// Goes on to the last of so many items of a list.
    pub fn go_to(&self, items: &[Value<'a>], position: usize) {
        self.after.take();
        self.iteration.borrow_mut().go_to(position);
        self.index0.set(position as i64 - 1);
        let item = |at: Option<usize>| at.and_then(|at| items.get(at)).cloned().unwrap_or_default();
        self.current.replace(item(position.checked_sub(1)));
        self.before.replace(item(position.checked_sub(2)));
    }

    fn peek(&self, cx: &Machine<'a>) -> Res<Option<Value<'a>>> {
        if self.after.borrow().is_none() {
            let next = self.iteration.borrow_mut().next(cx)?;
            self.after.replace(next);
        }
        Ok(self.after.borrow().clone())
    }

    /// How many items there are; those of unknown number are all asked for.
    pub fn length(&self, cx: &Machine<'a>) -> Res<i64> {
        if let Some(length) = self.length.get() {
            return Ok(length);
        }
        let mut rest = Vec::new();
        while let Some(item) = self.iteration.borrow_mut().next(cx)? {
            rest.push(item);
        }
        let length = rest.len() as i64 + self.index0.get() + 1 + i64::from(self.after.borrow().is_some());
        self.iteration.replace(Iteration { items: Items::Made(rest.into_iter()), condition: None });
        self.length.set(Some(length));
        Ok(length)
    }

    /// A count.
    pub fn count(&self, count: LoopCount) -> Value<'a> {
        let index0 = self.index0.get();
        match count {
            LoopCount::Index0 => Value::Int(index0),
            LoopCount::Index => Value::Int(index0 + 1),
            LoopCount::First => Value::Bool(index0 == 0),
        }
    }

    /// An attribute.
    pub fn attribute(&self, cx: &Machine<'a>, name: &str) -> Res<Option<Value<'a>>> {
        if let Some(count) = LoopCount::of(name) {
            return Ok(Some(self.count(count)));
        }
        let index0 = self.index0.get();
        Ok(Some(match name {
            "length" => Value::Int(self.length(cx)?),
            "revindex" => Value::Int(self.length(cx)? - index0),
            "revindex0" => Value::Int(self.length(cx)? - index0 - 1),
            "last" => Value::Bool(self.peek(cx)?.is_none()),
            "depth" => Value::Int(self.depth0 + 1),
            "depth0" => Value::Int(self.depth0),
            "previtem" if index0 == 0 => Value::Undefined,
            "previtem" => self.before.borrow().clone(),
            "nextitem" => self.peek(cx)?.unwrap_or_default(),
            _ => return Ok(None),
        }))
    }
}

impl<'a> Object<'a> {
    pub fn value(self) -> Value<'a> {
        Value::Object(Rc::new(self))
    }

    /// How deep a walk through it goes. What it holds is not walked through.
    pub fn depth(&self) -> usize {
        match self {
            Self::Method { .. } | Self::Cycler { .. } | Self::Joiner { .. } => 1,
            _ => 0,
        }
    }

    /// `bool()`: a loop has a length, everything else is true.
    pub fn is_true(&self) -> bool {
        !matches!(self, Self::Loop(it) if it.length.get() == Some(0))
    }

    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Function("range" | "dict" | "namespace" | "cycler" | "joiner") => "type",
            Self::Function(_) => "function",
            Self::Method { .. } => "builtin_function_or_method",
            Self::Macro(_) => "Macro",
            Self::Loop(_) => "LoopContext",
            Self::Cycler { .. } => "Cycler",
            Self::Joiner { .. } => "Joiner",
            Self::Blocks => "TemplateReference",
            Self::Block(_) => "BlockReference",
            Self::Missing => "MissingType",
        }
    }

    /// What a walk through it gives.
    pub fn items(&self, cx: &Machine<'a>) -> Res<Vec<Value<'a>>> {
        let Self::Loop(_) = self else {
            return Err(Failure::python(format!("'{}' object is not iterable", self.type_name())));
        };
        cx.charge(1)?;
        Err(Failure::unsupported("a walk through 'loop' itself is not supported"))
    }

    /// `len()`.
    pub fn length(&self, cx: &Machine<'a>) -> Res<usize> {
        match self {
            Self::Loop(it) => {
                cx.note_unfit()?;
                Ok(it.length(cx)?.max(0) as usize)
            }
            _ => Err(Failure::python(format!("object of type '{}' has no len()", self.type_name()))),
        }
    }

    /// Whether it can be called.
    pub fn is_callable(&self) -> bool {
        !matches!(self, Self::Cycler { .. } | Self::Blocks | Self::Missing)
    }
}
