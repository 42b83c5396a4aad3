//! The evaluator: runs the statements of a template. Expressions are in [`evaluate`](crate::evaluate).

mod blocks;
mod frame;
mod loops;
mod memory;
mod print;

pub(crate) use blocks::Specials;
use blocks::block_text;
pub(crate) use frame::Frame;
pub(crate) use memory::{Key, Memory};

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};

use crate::ast::{Block, Escaping, Expression, ExpressionKind, Place, Scope, Statement, StatementKind};
use crate::clock::LocalTime;
use crate::error::Failure;
use crate::evaluate::Arguments;
use crate::limits::Budget;
use crate::objects::Object;
use crate::python::repr::to_text;
use crate::resolver::Resolution;
use crate::text::{Builder, NO_SOURCE, Text};
use crate::value::{Namespace, Res, Value};
use memory::Outcome;

/// Where statements go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    Next,
    Break,
    Continue,
}

/// A generation block that has ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended {
    /// Its number in the runs.
    pub block: u32,
    /// Bytes that had been written out by then.
    pub written: usize,
    /// How many characters it gave.
    pub characters: usize,
}

/// One rendering.
pub(crate) struct Machine<'a> {
    pub text: &'a str,
    pub resolution: &'a Resolution,
    pub budget: Budget,
    pub now: Option<LocalTime>,
    /// Whether an undefined value that is used is an error.
    pub is_strict: bool,
    /// What the template is given, by the numbers of the names.
    given: Vec<Value<'a>>,
    /// What the template has set outside of its blocks, where it has blocks.
    exports: RefCell<HashMap<u32, Value<'a>>>,
    blocks: HashMap<&'a str, &'a Block>,
    out: RefCell<Builder>,
    /// How many captures are open, and how much had been written out before the first.
    captures: Cell<usize>,
    written: Cell<usize>,
    /// The generation block that runs, the blocks around each, and those that have ended.
    block: Cell<u32>,
    pub parents: RefCell<Vec<u32>>,
    pub ended: RefCell<Vec<Ended>>,
    pub autoescape: Cell<bool>,
    /// What a call without arguments is given.
    pub no_arguments: Arguments<'a>,
    /// What can hold itself, to be emptied at the end.
    frames: RefCell<Vec<Weak<Frame<'a>>>>,
    namespaces: RefCell<Vec<Weak<Namespace<'a>>>>,
    /// What was done in renderings before, where this one is of a series.
    pub memory: RefCell<Option<Memory<'a>>>,
    /// Whether what is read and set is noted, and whether it is only found out what would be read.
    recording: Cell<bool>,
    checking: Cell<bool>,
    /// How much work was spared by what was taken over.
    pub spared: Cell<usize>,
    /// An item that comes in this rendering alone.
    pub passing: Cell<Option<Key>>,
    /// How many generators were made, in all and before a round was looked at.
    generators: Cell<u64>,
    generators_before: Cell<u64>,
}

/// Notes the place of a failure unless a place further in is known.
pub(crate) fn located(mut failure: Box<Failure>, at: usize) -> Box<Failure> {
    failure.at.get_or_insert(at);
    failure
}

impl<'a> Machine<'a> {
    /// A machine before it has been given anything.
    pub fn new(text: &'a str, resolution: &'a Resolution, statements: &'a [Statement], now: Option<LocalTime>) -> Self {
        let mut blocks = HashMap::new();
        if resolution.has_blocks {
            crate::visit::for_each_statement(statements, &mut |statement| {
                if let StatementKind::Block(block) = &statement.kind {
                    blocks.insert(block.name.as_str(), &**block);
                }
            });
        }
        Self {
            text,
            resolution,
            budget: Budget::new(),
            now,
            is_strict: false,
            given: Vec::new(),
            exports: RefCell::default(),
            blocks,
            out: RefCell::default(),
            captures: Cell::new(0),
            written: Cell::new(0),
            block: Cell::new(0),
            parents: RefCell::default(),
            ended: RefCell::default(),
            autoescape: Cell::new(false),
            no_arguments: Arguments::default(),
            frames: RefCell::default(),
            namespaces: RefCell::default(),
            memory: RefCell::default(),
            recording: Cell::new(false),
            checking: Cell::new(false),
            spared: Cell::new(0),
            passing: Cell::new(None),
            generators: Cell::new(0),
            generators_before: Cell::new(0),
        }
    }

    /// Runs the template with what it is given; gives what it wrote.
    pub fn run(&mut self, statements: &'a [Statement], given: Vec<Value<'a>>) -> Res<Builder> {
        self.run_in(&Frame::new(self.resolution.slots, None), statements, given)
    }

    /// The same with a frame for the template's variables, which are none yet.
    pub fn run_in(
        &mut self,
        frame: &Rc<Frame<'a>>,
        statements: &'a [Statement],
        given: Vec<Value<'a>>,
    ) -> Res<Builder> {
        self.given = given;
        self.out = RefCell::new(Self::builder());
        self.enter(&self.resolution.enter, frame);
        let result = self.statements(statements, frame);
        for frame in self.frames.take().iter().filter_map(Weak::upgrade) {
            frame.slots.take();
        }
        for namespace in self.namespaces.take().iter().filter_map(Weak::upgrade) {
            namespace.entries.take();
        }
        frame.slots.take();
        result.map(|_| self.out.take())
    }

    /// The value at a place.
    #[inline]
    pub fn at(&self, place: Place, frame: &Frame<'a>) -> Value<'a> {
        match place {
            Place::Slot { up, slot } => {
                let value = frame.read(up, slot);
                if self.recording.get() && frame.is_outermost_from(up) {
                    self.note_variable(Place::Slot { up: 0, slot }, &value);
                }
                value
            }
            Place::Context(number) => {
                if self.resolution.has_blocks
                    && let Some(value) = self.exports.borrow().get(&number)
                {
                    return value.clone();
                }
                let value = self.given.get(number as usize).cloned().unwrap_or_default();
                if self.recording.get() && self.resolution.varies(number) {
                    self.note_variable(place, &value);
                }
                value
            }
            Place::Blocks => Object::Blocks.value(),
            Place::Nothing => Value::Undefined,
        }
    }

    fn set(&self, place: Place, frame: &Frame<'a>, value: Value<'a>) {
        if let Place::Slot { slot, .. } = place {
            self.put(slot, frame, value);
        }
    }

    #[inline]
    fn put(&self, slot: u32, frame: &Frame<'a>, value: Value<'a>) {
        if self.recording.get() && frame.is_outermost() {
            self.note_slot(slot);
        }
        frame.set(slot, value);
    }

    pub fn enter(&self, enter: &[(u32, Place)], frame: &Frame<'a>) {
        for (slot, place) in enter {
            let value = self.at(*place, frame);
            self.put(*slot, frame, value);
        }
    }

    fn leave(&self, scope: &Scope, frame: &Frame<'a>) {
        scope.leave.iter().for_each(|slot| self.put(*slot, frame, Value::Undefined));
        scope.missing.iter().for_each(|slot| self.put(*slot, frame, Object::Missing.value()));
    }

    /// Keeps a namespace in mind, which can come to hold itself.
    pub fn remember(&self, namespace: &Rc<Namespace<'a>>) {
        self.namespaces.borrow_mut().push(Rc::downgrade(namespace));
        self.note_namespace(namespace);
    }

    /// Runs statements in order.
    pub fn statements(&self, statements: &'a [Statement], frame: &Rc<Frame<'a>>) -> Res<Flow> {
        for statement in statements {
            let flow = self.charge(1).and_then(|()| self.statement(statement, frame));
            match flow.map_err(|failure| located(failure, statement.span.start))? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&self, statement: &'a Statement, frame: &Rc<Frame<'a>>) -> Res<Flow> {
        let writer = statement.writer;
        match &statement.kind {
            StatementKind::Data(literal) => {
                self.write(&Text::piece(&self.text[statement.span.clone()], *literal), writer)?;
            }
            StatementKind::Print(expression, Escaping::Off) => self.print(expression, writer, frame)?,
            StatementKind::Print(expression, escaping) => self.print_escaped(expression, *escaping, writer, frame)?,
            StatementKind::If { branches, otherwise } => return self.branch(branches, otherwise, frame),
            StatementKind::For(head) => return self.level(|| self.for_loop(head, writer, frame)),
            StatementKind::Set(target, value, exported) => self.assignment(target, value, *exported, frame)?,
            StatementKind::Macro(definition, place, exported) => {
                let value = self.closure(definition, frame);
                self.export(&definition.name, *exported, &value);
                self.set(*place, frame, value);
            }
            StatementKind::Break => return Ok(Flow::Break),
            StatementKind::Continue => return Ok(Flow::Continue),
            _ => return self.level(|| self.block_statement(statement, frame)),
        }
        Ok(Flow::Next)
    }

    /// Statements with a body whose output is kept, or whose names are their own.
    fn block_statement(&self, statement: &'a Statement, frame: &Rc<Frame<'a>>) -> Res<Flow> {
        let writer = statement.writer;
        match &statement.kind {
            StatementKind::SetBlock { target, filter, body, scope, escaping, exported } => {
                self.enter(&scope.enter, frame);
                let (text, flow) = self.capture(|| self.statements(body, frame))?;
                if flow != Flow::Next {
                    return Ok(flow);
                }
                let mut value = match filter {
                    Some(filter) => self.filtered(filter, self.escaped_buffer(text, *escaping), frame)?,
                    None => Value::Text(text),
                };
                if self.autoescape.get() {
                    value = Value::Text(to_text(self, &value)?.with_markup(true));
                }
                self.leave(scope, frame);
                self.export_target(target, *exported, &value);
                self.assign(target, value, frame)?;
            }
            StatementKind::With { targets, body, scope } => {
                self.enter(&scope.enter, frame);
                for (target, value) in targets {
                    let value = self.expression(value, frame)?;
                    self.assign(target, value, frame)?;
                }
                let flow = self.statements(body, frame)?;
                if flow != Flow::Next {
                    return Ok(flow);
                }
                self.leave(scope, frame);
            }
            StatementKind::FilterBlock { filter, body, scope, escaping } => {
                self.enter(&scope.enter, frame);
                let (text, flow) = self.capture(|| self.statements(body, frame))?;
                if flow != Flow::Next {
                    return Ok(flow);
                }
                let value = self.filtered(filter, self.escaped_buffer(text, *escaping), frame)?;
                self.write(block_text(&value)?, writer)?;
                self.leave(scope, frame);
            }
            StatementKind::CallBlock { callee, arguments, definition } => {
                let body = self.closure(definition, frame);
                let callee = self.expression(callee, frame)?;
                let before_spread = arguments.keywords.len();
                let mut arguments = self.arguments(arguments, frame)?;
                arguments.named.insert(before_spread, (Text::fixed("caller"), body));
                let value = self.call(&callee, &arguments)?;
                self.write(block_text(&value)?, writer)?;
            }
            StatementKind::Autoescape { value, body, scope, .. } => {
                self.enter(&scope.enter, frame);
                let before = self.autoescape.get();
                self.autoescape.set(self.expression(value, frame)?.is_true());
                let flow = self.statements(body, frame)?;
                if flow != Flow::Next {
                    return Ok(flow);
                }
                self.autoescape.set(before);
                self.leave(scope, frame);
            }
            StatementKind::Block(block) => self.named_block(block, frame)?,
            StatementKind::Generation(definition) => self.generation(definition, writer, frame)?,
            _ => {}
        }
        Ok(Flow::Next)
    }

    fn branch(
        &self,
        branches: &'a [(Expression, Vec<Statement>)],
        otherwise: &'a [Statement],
        frame: &Rc<Frame<'a>>,
    ) -> Res<Flow> {
        for (condition, body) in branches {
            let is_true = || self.truth(condition, frame);
            if self.decision(condition, frame, is_true, |truth| Outcome::Truth(*truth))? {
                return self.level(|| self.statements(body, frame));
            }
        }
        if otherwise.is_empty() { Ok(Flow::Next) } else { self.level(|| self.statements(otherwise, frame)) }
    }

    fn export(&self, name: &str, exported: bool, value: &Value<'a>) {
        if !exported || !self.resolution.has_blocks {
            return;
        }
        if let Some(number) = self.resolution.context_names.iter().position(|known| known == name) {
            self.exports.borrow_mut().insert(number as u32, value.clone());
        }
    }

    fn export_target(&self, target: &Expression, exported: bool, value: &Value<'a>) {
        match (&target.kind, value) {
            (ExpressionKind::Name(name, _), value) => self.export(name, exported, value),
            (ExpressionKind::Tuple(targets), Value::List(list) | Value::Tuple(list)) => {
                for (target, item) in targets.iter().zip(&list.items) {
                    self.export_target(target, exported, item);
                }
            }
            _ => {}
        }
    }

    fn assignment(
        &self,
        target: &'a Expression,
        value: &'a Expression,
        exported: bool,
        frame: &Rc<Frame<'a>>,
    ) -> Res<()> {
        let made = self.decided(value, frame, || self.expression(value, frame))?;
        self.note_count(target, value);
        let value = made;
        if exported && self.resolution.has_blocks {
            self.export_target(target, exported, &value);
        }
        self.assign(target, value, frame)
    }

    /// Gives a target its value.
    pub fn assign(&self, target: &'a Expression, value: Value<'a>, frame: &Frame<'a>) -> Res<()> {
        match &target.kind {
            ExpressionKind::Name(_, place) => {
                self.set(*place, frame, value);
                Ok(())
            }
            ExpressionKind::NamespaceTarget(_, attribute, place) => match self.at(*place, frame) {
                Value::Namespace(namespace) => namespace.set(self, Text::piece(attribute, NO_SOURCE), value),
                _ => Err(Failure::python("cannot assign attribute on non-namespace object")),
            },
            ExpressionKind::Tuple(targets) => {
                let items = value.items(self)?;
                if items.len() != targets.len() {
                    return Err(Failure::python(format!(
                        "expected {} values to unpack from '{}', got {}",
                        targets.len(),
                        value.type_name(),
                        items.len()
                    )));
                }
                targets.iter().zip(items).try_for_each(|(target, item)| self.assign(target, item, frame))
            }
            _ => Err(Failure::python("can't assign to this")),
        }
    }
}
