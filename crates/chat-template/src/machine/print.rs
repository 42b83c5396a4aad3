//! What is written out.

use std::rc::Rc;

use smallvec::SmallVec;

use super::{Frame, Machine};
use crate::ast::{Escaping, Expression, ExpressionKind};
use crate::error::Failure;
use crate::escape::escape;
use crate::limits::MAXIMUM_TEXT;
use crate::machine::located;
use crate::python::operators::add;
use crate::python::repr::to_text;
use crate::text::Text;
use crate::value::{Res, Value};

impl<'a> Machine<'a> {
    pub(super) fn escaped_buffer(&self, text: Text<'a>, escaping: Escaping) -> Value<'a> {
        let markup = escaping == Escaping::On || escaping == Escaping::Volatile && self.autoescape.get();
        Value::Text(text.with_markup(markup))
    }

    /// Writes a text out, or to what is captured.
    pub(super) fn write(&self, text: &Text<'a>, writer: u32) -> Res<()> {
        let mut out = self.out.borrow_mut();
        if out.len() + text.len() > MAXIMUM_TEXT {
            return Err(Failure::limit("the text that it writes grows longer than 32 MB"));
        }
        self.charge_bytes(text.len())?;
        out.append(text, writer, self.block.get());
        Ok(())
    }

    /// Prints an expression. Of a sum of texts every part is written at once, without joining them first.
    pub(super) fn print(&self, expression: &'a Expression, writer: u32, frame: &Rc<Frame<'a>>) -> Res<()> {
        if let ExpressionKind::Sum(items) = &expression.kind {
            return self.print_sum(items, writer, frame).map_err(|failure| located(failure, expression.span.start));
        }
        match self.decided(expression, frame, || self.used(expression, frame))? {
            Value::Text(text) => self.write(&text, writer),
            other => self.write(&to_text(self, &other)?, writer),
        }
    }

    /// Prints an expression where values are escaped, or may be.
    pub(super) fn print_escaped(
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
            values.push(self.decided(item, frame, || self.used(item, frame))?);
        }
        if values.iter().all(|value| matches!(value, Value::Text(text) if !text.markup)) {
            return values.iter().filter_map(Value::as_text).try_for_each(|text| self.write(text, writer));
        }
        let Some((first, rest)) = values.split_first() else { return Ok(()) };
        let sum = rest.iter().try_fold(first.clone(), |sum, value| add(self, &sum, value))?;
        self.write(&to_text(self, &sum)?, writer)
    }
}
