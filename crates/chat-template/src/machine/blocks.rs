//! What is written elsewhere first: macros, generation blocks, named blocks and whatever else is captured.

use std::rc::Rc;

use super::{Ended, Frame, Machine};
use crate::ast::{Block, MacroDefinition};
use crate::error::Failure;
use crate::objects::{Macro, Object};
use crate::text::Text;
use crate::value::{Res, Value};

/// What a macro finds under names that are no parameters.
#[derive(Debug, Default)]
pub(crate) struct Specials<'a> {
    pub caller: Value<'a>,
    pub kwargs: Value<'a>,
    pub varargs: Value<'a>,
}

impl<'a> Machine<'a> {
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
    pub(super) fn closure(&self, definition: &'a MacroDefinition, frame: &Rc<Frame<'a>>) -> Value<'a> {
        self.frames.borrow_mut().push(Rc::downgrade(frame));
        Object::Macro(Macro { definition, around: frame.clone() }).value()
    }

    /// A generation block: what Transformers makes a call of a function that notes how much has been written out.
    pub(super) fn generation(&self, definition: &'a MacroDefinition, writer: u32, frame: &Rc<Frame<'a>>) -> Res<()> {
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

    pub(super) fn named_block(&self, block: &'a Block, frame: &Rc<Frame<'a>>) -> Res<()> {
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

    /// Calls a macro with what its parameters are given; `None` is what the caller did not give.
    pub fn call_macro(&self, it: &Macro<'a>, given: Vec<Option<Value<'a>>>, more: Specials<'a>) -> Res<Value<'a>> {
        self.must_not_check()?;
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

/// What a filter block, a call block or a recursive loop gives: Jinja2 joins it to the output as it is, which only a
/// text allows.
pub(super) fn block_text<'v, 'a>(value: &'v Value<'a>) -> Res<&'v Text<'a>> {
    value.as_text().ok_or_else(|| Failure::python(format!("a block gives {}, not a text", value.type_name())))
}
