//! The evaluator: expressions.

mod calls;

pub(crate) use calls::Arguments;

use std::rc::Rc;

use crate::ast::{Arguments as Given, Comparator, Constant, Escaping, Expression, ExpressionKind as Kind, Place};
use crate::constants::{has_nonfinite_part, is_folded};
use crate::error::Failure;
use crate::filters::Test;
use crate::machine::{Frame, Machine, located};
use crate::python::access::Name;
use crate::python::{access, compare, operators};
use crate::text::Text;
use crate::value::{Dict, Res, Value};

/// The tests that ask what a value is, and may be asked of an undefined one.
const TAKES_UNDEFINED: [&str; 14] = [
    "defined",
    "undefined",
    "none",
    "string",
    "mapping",
    "number",
    "integer",
    "float",
    "boolean",
    "true",
    "false",
    "callable",
    "sameas",
    "escaped",
];

impl<'a> Machine<'a> {
    /// Works out an expression.
    pub fn expression(&self, expression: &'a Expression, frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        self.charge(1)?;
        match &expression.kind {
            Kind::Name(_, place) => Ok(self.at(*place, frame)),
            Kind::Constant(constant) => Ok(constant_value(constant)),
            kind => {
                if let Kind::Attribute(object, name) = kind
                    && let Some(value) = self.attribute_at_hand(object, name, frame)
                {
                    self.charge(1)?;
                    return Ok(value);
                }
                let mut result = self.level(|| self.compound(expression, frame));
                if let Err(failure) = &mut result {
                    failure.at.get_or_insert(expression.span.start);
                }
                result
            }
        }
    }

    /// Works out an expression for its value to be used, which must be defined where undefined values are errors.
    pub fn used(&self, expression: &'a Expression, frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        let value = self.expression(expression, frame)?;
        if self.is_strict && matches!(value, Value::Undefined) {
            let what = match &expression.kind {
                Kind::Name(name, _) => format!("'{name}' is undefined"),
                Kind::Attribute(_, name) => format!("there is no '{}'", name.text),
                _ => "a value is undefined".to_owned(),
            };
            return Err(located(Failure::python(what), expression.span.start));
        }
        Ok(value)
    }

    /// Whether an expression is true, for which most need not be made a value.
    pub fn truth(&self, expression: &'a Expression, frame: &Rc<Frame<'a>>) -> Res<bool> {
        match &expression.kind {
            Kind::Not(_) | Kind::And(..) | Kind::Or(..) | Kind::Comparison(..) | Kind::Test(..) => {
                self.charge(1)?;
                let decided = self.level(|| self.decide(expression, frame));
                decided.map_err(|failure| located(failure, expression.span.start))
            }
            _ => Ok(self.used(expression, frame)?.is_true()),
        }
    }

    /// What a variable's object has at hand under a name; `None` where more must be done to find it.
    fn attribute_at_hand(&self, object: &Expression, name: &Name, frame: &Frame<'a>) -> Option<Value<'a>> {
        match object.kind {
            Kind::Name(_, Place::Slot { up: 0, slot }) if !self.is_recording() => {
                frame.peek(slot, |object| name.at_hand_in(object))
            }
            _ => None,
        }
    }

    fn decide(&self, expression: &'a Expression, frame: &Rc<Frame<'a>>) -> Res<bool> {
        match &expression.kind {
            Kind::Not(operand) => Ok(!self.truth(operand, frame)?),
            Kind::And(left, right) => Ok(self.truth(left, frame)? && self.truth(right, frame)?),
            Kind::Or(left, right) => Ok(self.truth(left, frame)? || self.truth(right, frame)?),
            Kind::Comparison(first, rest) => self.comparison(first, rest, frame),
            Kind::Test(operand, name, arguments, test) => self.test(operand, (name, *test), arguments, frame),
            _ => Err(Failure::python("this is neither true nor false")),
        }
    }

    fn compound(&self, expression: &'a Expression, frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        let value = |it: &'a Expression| self.expression(it, frame);
        match &expression.kind {
            Kind::Attribute(object, name) => access::get_named(self, &value(object)?, name),
            Kind::Item(object, index) => self.item(object, index, frame),
            Kind::Sum(items) => self.sum(items, frame),
            Kind::Comparison(..) | Kind::Test(..) | Kind::Not(_) => self.decide(expression, frame).map(Value::Bool),
            Kind::And(left, right) => {
                let left = self.used(left, frame)?;
                if left.is_true() { value(right) } else { Ok(left) }
            }
            Kind::Or(left, right) => {
                let left = self.used(left, frame)?;
                if left.is_true() { Ok(left) } else { value(right) }
            }
            Kind::Filter(operand, ..) => {
                let operand = operand.as_deref().ok_or_else(|| Failure::python("a filter without a value"))?;
                let takes_undefined =
                    matches!(&expression.kind, Kind::Filter(_, name, ..) if ["default", "d"].contains(&name.as_str()));
                let operand = if takes_undefined { value(operand)? } else { self.used(operand, frame)? };
                self.filter(expression, operand, frame)
            }
            Kind::Call(callee, arguments) => self.called(callee, arguments, frame),
            Kind::Conditional { condition, value: first, other } => match (self.truth(condition, frame)?, other) {
                (true, _) => value(first),
                (false, Some(other)) => value(other),
                (false, None) => Ok(Value::Undefined),
            },
            _ => self.rare(expression, frame),
        }
    }

    /// The expressions that templates have few of, apart so that the stack holds more of the others.
    #[inline(never)]
    fn rare(&self, expression: &'a Expression, frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        let value = |it: &'a Expression| self.expression(it, frame);
        match &expression.kind {
            Kind::Slice(object, bounds) => {
                let object = value(object)?;
                let bound = |at: usize| bounds[at].as_deref().map_or(Ok(Value::None), value);
                let slice = access::slice(self, &object, &[bound(0)?, bound(1)?, bound(2)?]);
                if slice.is_err() && is_folded(expression, Escaping::Off) {
                    // Jinja2 gives nothing while it compiles and fails when it runs, depending on what is around.
                    return Err(Failure::unsupported("a slice of a constant that has no parts is not supported"));
                }
                slice
            }
            Kind::Binary(operator, left, right) => {
                let (left, right) = (self.used(left, frame)?, self.used(right, frame)?);
                operators::binary(self, operator, &left, &right)
            }
            Kind::Concatenation(items, markup) => {
                let items = items.iter().map(|item| self.used(item, frame)).collect::<Res<Vec<_>>>()?;
                operators::concatenate(self, &items, *markup)
            }
            Kind::Negative(operand) => operators::negative(&value(operand)?),
            Kind::Positive(operand) => operators::positive(&value(operand)?),
            Kind::List(items) => Value::list(self, self.all(items, frame)?),
            Kind::Tuple(items) => Value::tuple(self, self.all(items, frame)?),
            Kind::Dict(pairs) => {
                let mut dict = Dict::with_capacity(pairs.len());
                for (key, item) in pairs {
                    let (key, item) = (value(key)?, value(item)?);
                    dict.insert(self, key, item)?;
                }
                dict.value(self)
            }
            Kind::Folded(folded) => {
                let value = value(folded)?;
                if value.holds(self, |it| matches!(it, Value::Float(it) if !it.is_finite()))? {
                    return Err(Failure::python("name 'inf' or 'nan' is not defined"));
                }
                if has_nonfinite_part(folded)
                    && value.holds(self, |it| matches!(it, Value::Undefined | Value::Object(_)))?
                {
                    return Err(Failure::unsupported("what infinity or NaN has as attributes is not supported"));
                }
                Ok(value)
            }
            _ => Err(Failure::python("a target cannot be read")),
        }
    }

    fn test(
        &self,
        operand: &'a Expression,
        (name, test): (&str, Option<Test>),
        given: &'a Given,
        frame: &Rc<Frame<'a>>,
    ) -> Res<bool> {
        let operand =
            if TAKES_UNDEFINED.contains(&name) { self.expression(operand, frame)? } else { self.used(operand, frame)? };
        let test = || test.ok_or_else(|| Failure::python(format!("No test named '{name}' found.")));
        if given.is_empty() {
            return test()?(self, &operand, &self.no_arguments);
        }
        let arguments = self.arguments(given, frame)?;
        test()?(self, &operand, &arguments)
    }

    fn all(&self, items: &'a [Expression], frame: &Rc<Frame<'a>>) -> Res<Vec<Value<'a>>> {
        items.iter().map(|item| self.expression(item, frame)).collect()
    }

    fn item(&self, object: &'a Expression, index: &'a Expression, frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        if self.is_recording()
            && let Some(place) = self.place_outside(object, frame)
        {
            return self.noted_item(place, index, frame);
        }
        let object = self.expression(object, frame)?;
        if let (Value::Dict(dict), Kind::Constant(Constant::String(key, _))) = (&object, &index.kind)
            && let Some(found) = dict.get_str(key)
        {
            self.charge(1)?;
            return Ok(found.clone());
        }
        access::get_item(self, &object, &self.expression(index, frame)?)
    }

    /// `a + b + …`; texts at its beginning are put together at once.
    fn sum(&self, items: &'a [Expression], frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        let mut items = items.iter();
        let first = items.next().map_or(Ok(Value::Undefined), |first| self.used(first, frame))?;
        let Some(text) = first.as_text().filter(|text| !text.markup) else {
            return self.add_all(first, items, frame);
        };
        let mut builder = Self::builder();
        builder.push(text);
        while let Some(item) = items.next() {
            if let Kind::Constant(Constant::String(text, literal)) = &item.kind {
                self.charge(1)?;
                builder.push_piece(text, *literal);
                Self::allow_text(builder.len())?;
                continue;
            }
            let value = self.used(item, frame)?;
            match &value {
                Value::Text(text) if !text.markup => {
                    self.check_text(text.len())?;
                    builder.push(text);
                    Self::allow_text(builder.len())?;
                }
                _ => {
                    let sum = operators::add(self, &Value::Text(builder.finish(self)?), &value)?;
                    return self.add_all(sum, items, frame);
                }
            }
        }
        Ok(Value::Text(builder.finish(self)?))
    }

    fn add_all(
        &self,
        first: Value<'a>,
        mut rest: std::slice::Iter<'a, Expression>,
        frame: &Rc<Frame<'a>>,
    ) -> Res<Value<'a>> {
        rest.try_fold(first, |sum, item| operators::add(self, &sum, &self.used(item, frame)?))
    }

    fn comparison(
        &self,
        first: &'a Expression,
        rest: &'a [(Comparator, Expression)],
        frame: &Rc<Frame<'a>>,
    ) -> Res<bool> {
        let mut left = self.used(first, frame)?;
        for (at, (operator, right)) in rest.iter().enumerate() {
            if at + 1 == rest.len()
                && let Kind::Constant(constant) = &right.kind
                && *operator == Comparator::Equal
                && let Some(same) = is_constant(&left, constant)
            {
                self.charge(1)?;
                return Ok(same);
            }
            // A list that is only asked for one item need not be made.
            if let (Kind::List(items) | Kind::Tuple(items), Comparator::In | Comparator::NotIn, true) =
                (&right.kind, *operator, at + 1 == rest.len())
                && items.iter().all(|item| matches!(item.kind, Kind::Constant(_)))
            {
                let mut found = false;
                for item in items {
                    found = found || compare::equal(self, &left, &self.expression(item, frame)?)?;
                }
                return Ok(found == (*operator == Comparator::In));
            }
            let right = self.used(right, frame)?;
            if !operators::compare(self, *operator, &left, &right)? {
                return Ok(false);
            }
            left = right;
        }
        Ok(true)
    }
}

/// Whether a text or integer is equal to a constant of its own kind; `None` for other kinds.
fn is_constant(value: &Value<'_>, constant: &Constant) -> Option<bool> {
    match (value, constant) {
        (Value::Text(text), Constant::String(other, _)) => Some(text.as_str() == other),
        (Value::Int(value), Constant::Integer(other)) => Some(value == other),
        _ => None,
    }
}

#[inline]
fn constant_value<'a>(constant: &'a Constant) -> Value<'a> {
    match constant {
        Constant::None => Value::None,
        Constant::Boolean(value) => Value::Bool(*value),
        Constant::Integer(value) => Value::Int(*value),
        Constant::Large(value) => Value::Big(Rc::new(value.clone())),
        Constant::Float(value) => Value::Float(*value),
        Constant::String(text, literal) => Value::Text(Text::piece(text, *literal)),
    }
}
