//! The evaluator: runs the statements of a template. Expressions are in [`expression`](crate::evaluate).

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};

use smallvec::SmallVec;

use crate::ast::{
    Block, Escaping, Expression, ExpressionKind, ForLoop, MacroDefinition, Place, Scope, Statement, StatementKind,
};
use crate::clock::LocalTime;
use crate::error::Failure;
use crate::escape::escape;
use crate::evaluate::Arguments;
use crate::limits::{Budget, MAXIMUM_TEXT};
use crate::objects::{Condition, Iteration, Loop, Macro, Object};
use crate::python::operators::add;
use crate::python::repr::to_text;
use crate::resolver::Resolution;
use crate::text::{Builder, NO_SOURCE, Text};
use crate::value::{Namespace, Res, Value};

/// The variables of one call of a function.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    slots: RefCell<Vec<Value<'a>>>,
    around: Option<Rc<Frame<'a>>>,
}

impl<'a> Frame<'a> {
    pub fn new(slots: u32, around: Option<Rc<Self>>) -> Rc<Self> {
        Rc::new(Self { slots: RefCell::new(vec![Value::Undefined; slots as usize]), around })
    }

    /// What a slot of this very frame holds, looked at in place.
    pub fn peek<T>(&self, slot: u32, look: impl FnOnce(&Value<'a>) -> Option<T>) -> Option<T> {
        self.slots.borrow().get(slot as usize).and_then(look)
    }

    #[inline]
    fn read(&self, up: u32, slot: u32) -> Value<'a> {
        let mut frame = self;
        for _ in 0..up {
            match &frame.around {
                Some(around) => frame = around,
                None => return Value::Undefined,
            }
        }
        frame.slots.borrow().get(slot as usize).cloned().unwrap_or_default()
    }

    #[inline]
    pub fn set(&self, slot: u32, value: Value<'a>) {
        if let Some(place) = self.slots.borrow_mut().get_mut(slot as usize) {
            *place = value;
        }
    }
}

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
        }
    }

    /// Runs the template with what it is given; gives what it wrote.
    pub fn run(&mut self, statements: &'a [Statement], given: Vec<Value<'a>>) -> Res<Builder> {
        self.given = given;
        self.out = RefCell::new(Self::builder());
        let frame = Frame::new(self.resolution.slots, None);
        self.enter(&self.resolution.enter, &frame);
        let result = self.statements(statements, &frame);
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
            Place::Slot { up, slot } => frame.read(up, slot),
            Place::Context(number) => {
                if self.resolution.has_blocks
                    && let Some(value) = self.exports.borrow().get(&number)
                {
                    return value.clone();
                }
                self.given.get(number as usize).cloned().unwrap_or_default()
            }
            Place::Blocks => Object::Blocks.value(),
            Place::Nothing => Value::Undefined,
        }
    }

    fn set(place: Place, frame: &Frame<'a>, value: Value<'a>) {
        if let Place::Slot { slot, .. } = place {
            frame.set(slot, value);
        }
    }

    pub fn enter(&self, enter: &[(u32, Place)], frame: &Frame<'a>) {
        for (slot, place) in enter {
            let value = self.at(*place, frame);
            frame.set(*slot, value);
        }
    }

    fn leave(scope: &Scope, frame: &Frame<'a>) {
        scope.leave.iter().for_each(|slot| frame.set(*slot, Value::Undefined));
        scope.missing.iter().for_each(|slot| frame.set(*slot, Object::Missing.value()));
    }

    /// Keeps a namespace in mind, which can come to hold itself.
    pub fn remember(&self, namespace: &Rc<Namespace<'a>>) {
        self.namespaces.borrow_mut().push(Rc::downgrade(namespace));
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
                Self::set(*place, frame, value);
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
                Self::leave(scope, frame);
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
                Self::leave(scope, frame);
            }
            StatementKind::FilterBlock { filter, body, scope, escaping } => {
                self.enter(&scope.enter, frame);
                let (text, flow) = self.capture(|| self.statements(body, frame))?;
                if flow != Flow::Next {
                    return Ok(flow);
                }
                let value = self.filtered(filter, self.escaped_buffer(text, *escaping), frame)?;
                self.write(block_text(&value)?, writer)?;
                Self::leave(scope, frame);
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
                Self::leave(scope, frame);
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
            if self.truth(condition, frame)? {
                return self.level(|| self.statements(body, frame));
            }
        }
        if otherwise.is_empty() { Ok(Flow::Next) } else { self.level(|| self.statements(otherwise, frame)) }
    }

    fn escaped_buffer(&self, text: Text<'a>, escaping: Escaping) -> Value<'a> {
        let markup = escaping == Escaping::On || escaping == Escaping::Volatile && self.autoescape.get();
        Value::Text(text.with_markup(markup))
    }

    /// Writes a text out, or to what is captured.
    fn write(&self, text: &Text<'a>, writer: u32) -> Res<()> {
        let mut out = self.out.borrow_mut();
        if out.len() + text.len() > MAXIMUM_TEXT {
            return Err(Failure::limit("the text that it writes grows longer than 32 MB"));
        }
        self.charge_bytes(text.len())?;
        out.append(text, writer, self.block.get());
        Ok(())
    }

    /// Prints an expression. Of a sum of texts every part is written at once, without joining them first.
    fn print(&self, expression: &'a Expression, writer: u32, frame: &Rc<Frame<'a>>) -> Res<()> {
        if let ExpressionKind::Sum(items) = &expression.kind {
            return self.print_sum(items, writer, frame).map_err(|failure| located(failure, expression.span.start));
        }
        match self.used(expression, frame)? {
            Value::Text(text) => self.write(&text, writer),
            other => self.write(&to_text(self, &other)?, writer),
        }
    }

    /// Prints an expression where values are escaped, or may be.
    fn print_escaped(
        &self,
        expression: &'a Expression,
        escaping: Escaping,
        writer: u32,
        frame: &Rc<Frame<'a>>,
    ) -> Res<()> {
        let value = self.used(expression, frame)?;
        let escapes = escaping == Escaping::On || self.autoescape.get();
        let text = if escapes { escape(self, &value)? } else { to_text(self, &value)? };
        self.write(&text, writer)
    }

    #[inline(never)]
    fn print_sum(&self, items: &'a [Expression], writer: u32, frame: &Rc<Frame<'a>>) -> Res<()> {
        let mut values = SmallVec::<[Value<'a>; 6]>::new();
        for item in items {
            values.push(self.used(item, frame)?);
        }
        if values.iter().all(|value| matches!(value, Value::Text(text) if !text.markup)) {
            return values.iter().filter_map(Value::as_text).try_for_each(|text| self.write(text, writer));
        }
        let Some((first, rest)) = values.split_first() else { return Ok(()) };
        let sum = rest.iter().try_fold(first.clone(), |sum, value| add(self, &sum, value))?;
        self.write(&to_text(self, &sum)?, writer)
    }

    /// Keeps what is written while `inside` runs.
    pub fn capture<T>(&self, inside: impl FnOnce() -> Res<T>) -> Res<(Text<'a>, T)> {
        let before = self.out.replace(Self::builder());
        if self.captures.get() == 0 {
            self.written.set(before.len());
        }
        self.captures.set(self.captures.get() + 1);
        let result = inside()?;
        self.captures.set(self.captures.get() - 1);
        let captured = self.out.replace(before);
        Ok((captured.finish(self)?, result))
    }

    /// A macro with the variables around it.
    fn closure(&self, definition: &'a MacroDefinition, frame: &Rc<Frame<'a>>) -> Value<'a> {
        self.frames.borrow_mut().push(Rc::downgrade(frame));
        Object::Macro(Macro { definition, around: frame.clone() }).value()
    }

    /// A generation block: what Transformers makes a call of a function that notes how much has been written out.
    fn generation(&self, definition: &'a MacroDefinition, writer: u32, frame: &Rc<Frame<'a>>) -> Res<()> {
        let around = self.block.get();
        let block = {
            let mut parents = self.parents.borrow_mut();
            parents.push(around);
            parents.len() as u32
        };
        self.block.set(block);
        let inner = Frame::new(definition.slots, Some(frame.clone()));
        self.enter(&definition.scope.enter, &inner);
        self.specials(definition, &inner)?;
        let (text, _) = self.capture(|| self.statements(&definition.body, &inner))?;
        self.block.set(around);
        let written = if self.captures.get() == 0 { self.out.borrow().len() } else { self.written.get() };
        self.charge_bytes(text.len())?;
        let characters = text.as_str().chars().count();
        self.ended.borrow_mut().push(Ended { block, written, characters });
        if text.len() == 0 {
            self.out.borrow_mut().empty_block(block);
            return Ok(());
        }
        self.write(&text, writer)
    }

    /// What a body without a caller finds under the names that Jinja2 gives every macro.
    fn specials(&self, definition: &MacroDefinition, frame: &Frame<'a>) -> Res<()> {
        if let Some(slot) = definition.kwargs {
            frame.set(slot, crate::value::Dict::default().value(self)?);
        }
        if let Some(slot) = definition.varargs {
            frame.set(slot, Value::tuple(self, Vec::new())?);
        }
        Ok(())
    }

    fn named_block(&self, block: &'a Block, frame: &Rc<Frame<'a>>) -> Res<()> {
        if block.required {
            return Err(Failure::python(format!("Required block '{}' not found", block.name)));
        }
        let before = block.scoped.then(|| self.exports.borrow().clone());
        for (number, place) in &block.visible {
            let value = self.at(*place, frame);
            if !value.is_undefined() {
                self.exports.borrow_mut().insert(*number, value);
            }
        }
        self.run_block(block)?;
        if let Some(before) = before {
            self.exports.replace(before);
        }
        Ok(())
    }

    fn run_block(&self, block: &'a Block) -> Res<()> {
        let frame = Frame::new(block.slots, None);
        self.enter(&block.scope.enter, &frame);
        self.statements(&block.body, &frame).map(|_| ())
    }

    /// `self.name`.
    pub fn block_called(&self, name: &str) -> Option<Value<'a>> {
        self.blocks.get(name).map(|block| Object::Block(block).value())
    }

    /// `self.name()`.
    pub fn call_block(&self, block: &'a Block) -> Res<Value<'a>> {
        let (text, ()) = self.level(|| self.capture(|| self.run_block(block)))?;
        Ok(Value::Text(text.with_markup(self.autoescape.get())))
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
        let value = self.expression(value, frame)?;
        if exported && self.resolution.has_blocks {
            self.export_target(target, exported, &value);
        }
        self.assign(target, value, frame)
    }

    /// Gives a target its value.
    pub fn assign(&self, target: &'a Expression, value: Value<'a>, frame: &Frame<'a>) -> Res<()> {
        match &target.kind {
            ExpressionKind::Name(_, place) => {
                Self::set(*place, frame, value);
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

    /// The item that the condition of a loop lets pass, if it does.
    pub fn passed(&self, condition: &Condition<'a>, item: Value<'a>) -> Res<Option<Value<'a>>> {
        self.enter(&condition.head.test_scope.enter, &condition.frame);
        self.assign(condition.target, item.clone(), &condition.frame)?;
        if !self.truth(condition.expression, &condition.frame)? {
            return Ok(None);
        }
        self.put_together(condition.target, item).map(Some)
    }

    /// What Jinja2 hands on of an item that was taken apart for a target: tuples, whatever it was made of.
    fn put_together(&self, target: &Expression, item: Value<'a>) -> Res<Value<'a>> {
        let ExpressionKind::Tuple(targets) = &target.kind else { return Ok(item) };
        let parts = targets.iter().zip(item.items(self)?).map(|(target, part)| self.put_together(target, part));
        Value::tuple(self, parts.collect::<Res<_>>()?)
    }

    fn for_loop(&self, head: &'a ForLoop, writer: u32, frame: &Rc<Frame<'a>>) -> Res<Flow> {
        let iterable = self.used(&head.iterable, frame)?;
        if !head.recursive {
            return self.run_loop(head, iterable, frame, None);
        }
        let value = self.recursive_loop(head, frame, iterable, 0)?;
        self.write(block_text(&value)?, writer)?;
        Ok(Flow::Next)
    }

    /// A recursive loop is a function of its own, which gives its text.
    pub fn recursive_loop(
        &self,
        head: &'a ForLoop,
        around: &Rc<Frame<'a>>,
        iterable: Value<'a>,
        depth0: i64,
    ) -> Res<Value<'a>> {
        let frame = Frame::new(head.slots, Some(around.clone()));
        let run = || self.run_loop(head, iterable, &frame, Some((around, depth0)));
        let (text, _) = self.level(|| self.capture(run))?;
        // The loop's own variable may hold the frame; a macro that was made in it needs what is there.
        if Rc::strong_count(&frame) <= 1 + usize::from(head.condition.is_some()) {
            frame.slots.take();
        }
        Ok(self.escaped_buffer(text, head.escaping))
    }

    fn run_loop(
        &self,
        head: &'a ForLoop,
        iterable: Value<'a>,
        frame: &Rc<Frame<'a>>,
        recursive: Option<(&Rc<Frame<'a>>, i64)>,
    ) -> Res<Flow> {
        let condition = head.condition.as_ref().zip(head.test_target.as_ref());
        let length = match &iterable {
            Value::Generator(_) => None,
            _ if condition.is_some() => None,
            other => other.length(self).ok().map(|length| length as i64),
        };
        let condition = condition.map(|(condition, target)| Condition {
            head,
            expression: condition,
            target,
            frame: frame.clone(),
        });
        let mut iteration = Iteration::new(self, iterable, condition)?;
        let mut finished = false;
        let mut left = Flow::Next;
        if let Some(slot) = head.loop_slot {
            let object = Rc::new(Object::Loop(Loop {
                iteration: RefCell::new(iteration),
                length: length.into(),
                index0: Cell::new(-1),
                after: RefCell::default(),
                current: RefCell::default(),
                before: RefCell::default(),
                changed: RefCell::default(),
                recursive: recursive.map(|(around, _)| (head, around.clone())),
                depth0: recursive.map_or(0, |(_, depth0)| depth0),
            }));
            if head.condition.is_some() {
                self.frames.borrow_mut().push(Rc::downgrade(frame));
            }
            let Object::Loop(state) = &*object else { return Ok(Flow::Next) };
            while left != Flow::Break
                && let Some(item) = state.next(self)?
            {
                self.assign(&head.target, item, frame)?;
                frame.set(slot, Value::Object(object.clone()));
                left = self.round(head, frame, &mut finished)?;
            }
        } else {
            while left != Flow::Break
                && let Some(item) = iteration.next(self)?
            {
                self.assign(&head.target, item, frame)?;
                left = self.round(head, frame, &mut finished)?;
            }
        }
        if !head.recursive || !head.otherwise.is_empty() {
            Self::leave(&head.scope, frame);
        }
        if head.otherwise.is_empty() || finished {
            return Ok(Flow::Next);
        }
        self.enter(&head.otherwise_scope.enter, frame);
        let flow = self.statements(&head.otherwise, frame)?;
        if flow == Flow::Next {
            Self::leave(&head.otherwise_scope, frame);
        }
        Ok(flow)
    }

    /// One round of a loop; notes whether it came to its end, which `continue` and `break` keep it from.
    fn round(&self, head: &'a ForLoop, frame: &Rc<Frame<'a>>, finished: &mut bool) -> Res<Flow> {
        self.enter(&head.scope.enter, frame);
        let flow = self.statements(&head.body, frame)?;
        *finished |= flow == Flow::Next;
        Ok(flow)
    }

    /// Calls a macro with what its parameters are given; `None` is what the caller did not give.
    pub fn call_macro(&self, it: &Macro<'a>, given: Vec<Option<Value<'a>>>, more: Specials<'a>) -> Res<Value<'a>> {
        let definition = it.definition;
        let frame = Frame::new(definition.slots, Some(it.around.clone()));
        self.enter(&definition.scope.enter, &frame);
        let special = [(definition.caller, more.caller), (definition.kwargs, more.kwargs)];
        for (slot, value) in special.into_iter().chain([(definition.varargs, more.varargs)]) {
            if let Some(slot) = slot {
                frame.set(slot, value);
            }
        }
        let mut missing = Vec::new();
        for (at, (slot, value)) in definition.parameter_slots.iter().zip(given).enumerate() {
            match value {
                Some(value) => frame.set(*slot, value),
                None => missing.push((at, *slot)),
            }
        }
        let without_default = definition.parameters.len() - definition.defaults.len();
        for (at, slot) in missing {
            if let Some(default) = at.checked_sub(without_default) {
                let value = self.expression(&definition.defaults[default], &frame)?;
                frame.set(slot, value);
            }
        }
        let (text, _) = self.level(|| self.capture(|| self.statements(&definition.body, &frame)))?;
        Ok(Value::Text(text.with_markup(self.autoescape.get())))
    }
}

/// What a macro finds under names that are no parameters.
#[derive(Debug, Default)]
pub(crate) struct Specials<'a> {
    pub caller: Value<'a>,
    pub kwargs: Value<'a>,
    pub varargs: Value<'a>,
}

/// What a filter block, a call block or a recursive loop gives: Jinja2 joins it to the output as it is, which only a
/// text allows.
fn block_text<'v, 'a>(value: &'v Value<'a>) -> Res<&'v Text<'a>> {
    value.as_text().ok_or_else(|| Failure::python(format!("a block gives {}, not a text", value.type_name())))
}
