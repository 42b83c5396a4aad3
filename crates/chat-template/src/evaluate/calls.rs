//! Calls, and the arguments that they take.

use crate::ast::{Arguments as Given, Expression, ExpressionKind as Kind};
use crate::error::Failure;
use crate::functions;
use crate::machine::{Frame, Machine, Specials, located};
use crate::objects::{Macro, Object};
use crate::python::{access, methods};
use crate::text::{NO_SOURCE, Text};
use crate::value::{Dict, Res, Value};
use smallvec::SmallVec;
use std::rc::Rc;

/// The arguments of a call as Python sees them.
#[derive(Debug, Default)]
pub(crate) struct Arguments<'a> {
    pub positional: SmallVec<[Value<'a>; 2]>,
    pub named: Vec<(Text<'a>, Value<'a>)>,
}

impl<'a> Arguments<'a> {
    /// Assigns the arguments to parameters; the first `required` must be given.
    pub fn bind<const N: usize>(&self, parameters: [&str; N], required: usize) -> Res<[Option<Value<'a>>; N]> {
        let mut bound = [const { None }; N];
        if self.positional.len() > N {
            return Err(Failure::python(format!("takes at most {N} arguments, got {}", self.positional.len())));
        }
        for (slot, value) in bound.iter_mut().zip(&self.positional) {
            *slot = Some(value.clone());
        }
        for (name, value) in &self.named {
            let name = name.as_str();
            let Some(at) = parameters.iter().position(|parameter| *parameter == name) else {
                return Err(Failure::python(format!("unexpected keyword argument '{name}'")));
            };
            if bound[at].replace(value.clone()).is_some() {
                return Err(Failure::python(format!("got multiple values for argument '{name}'")));
            }
        }
        if let Some(missing) = (0..required.min(N)).find(|&at| bound[at].is_none()) {
            return Err(Failure::python(format!("missing required argument '{}'", parameters[missing])));
        }
        Ok(bound)
    }

    /// As [`bind`](Self::bind), for what Python takes by position only.
    pub fn by_position<const N: usize>(&self, required: usize) -> Res<[Option<Value<'a>>; N]> {
        if !self.named.is_empty() {
            return Err(Failure::python("takes no keyword arguments"));
        }
        self.bind(std::array::from_fn(|_| ""), required)
    }

    /// Refuses any argument.
    pub fn none(&self) -> Res<()> {
        self.bind([], 0).map(|_| ())
    }
}

impl<'a> Machine<'a> {
    /// Applies one filter of the template.
    pub(super) fn filter(&self, expression: &'a Expression, value: Value<'a>, frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        let Kind::Filter(_, name, arguments, filter) = &expression.kind else {
            return Err(Failure::python("expected a filter"));
        };
        if self.is_strict && name.as_str() == "tojson" {
            return Err(Failure::unsupported("the filter 'tojson' of Jinja2 itself is not supported"));
        }
        let filter = || filter.ok_or_else(|| Failure::python(format!("No filter named '{name}' found.")));
        if arguments.is_empty() {
            return filter()?(self, &value, &self.no_arguments);
        }
        let arguments = self.arguments(arguments, frame)?;
        filter()?(self, &value, &arguments)
    }

    /// Applies a chain of filters that stands without a value.
    pub fn filtered(&self, filter: &'a Expression, value: Value<'a>, frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        let Kind::Filter(operand, ..) = &filter.kind else {
            return Err(Failure::python("expected a filter"));
        };
        let value = match operand {
            Some(operand) => self.level(|| self.filtered(operand, value, frame))?,
            None => value,
        };
        self.filter(filter, value, frame).map_err(|failure| located(failure, filter.span.start))
    }

    /// Works out arguments, in Python's order.
    pub fn arguments(&self, given: &'a Given, frame: &Rc<Frame<'a>>) -> Res<Arguments<'a>> {
        let mut arguments = Arguments::default();
        for argument in &given.positional {
            arguments.positional.push(self.expression(argument, frame)?);
        }
        if let Some(star) = &given.star {
            arguments.positional.extend(self.expression(star, frame)?.items(self)?);
        }
        for (name, value) in &given.keywords {
            arguments.named.push((Text::piece(name, NO_SOURCE), self.expression(value, frame)?));
        }
        if let Some(spread) = &given.star_star {
            let Value::Dict(dict) = self.expression(spread, frame)? else {
                return Err(Failure::python("argument after ** must be a mapping"));
            };
            let known: std::collections::HashSet<&str> = given.keywords.iter().map(|(name, _)| name.as_str()).collect();
            for (key, value) in &dict.entries {
                self.charge(1)?;
                let name = key.as_text().ok_or_else(|| Failure::python("keywords must be strings"))?;
                if known.contains(name.as_str()) {
                    let name = name.as_str();
                    return Err(Failure::python(format!("got multiple values for keyword argument '{name}'")));
                }
                arguments.named.push((name.clone(), value.clone()));
            }
        }
        self.charge(arguments.positional.len() + arguments.named.len())?;
        Ok(arguments)
    }

    pub(super) fn called(&self, callee: &'a Expression, given: &'a Given, frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        if let Kind::Attribute(object, name) = &callee.kind {
            let object = self.expression(object, frame)?;
            // The method of a text or dict is called at once, without making an object of it.
            if let Some(name) = name.method_of(&object) {
                let arguments = self.arguments(given, frame)?;
                return methods::call(self, &object, name, &arguments);
            }
            let callee = access::get_named(self, &object, name)?;
            return self.call(&callee, &self.arguments(given, frame)?);
        }
        let callee = self.expression(callee, frame)?;
        self.call(&callee, &self.arguments(given, frame)?)
    }

    /// `callee(arguments)`.
    pub fn call(&self, callee: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
        let object = match callee {
            Value::Object(object) => object,
            Value::Undefined => return Err(Failure::python("an undefined value cannot be called")),
            _ => return Err(Failure::python(format!("'{}' object is not callable", callee.type_name()))),
        };
        match &**object {
            Object::Macro(it) => self.call_with(it, arguments),
            Object::Function(name) => functions::call(self, name, arguments),
            Object::Method { receiver, name } => methods::call(self, receiver, name, arguments),
            Object::Loop(it) => {
                let [iterable] = arguments.bind(["iterable"], 1)?;
                let Some((head, around)) = &it.recursive else {
                    return Err(Failure::python("The loop must have the 'recursive' marker to be called recursively."));
                };
                self.recursive_loop(head, around, iterable.unwrap_or_default(), it.depth0 + 1)
            }
            Object::Joiner { separator, used } => {
                arguments.none()?;
                Ok(if used.replace(true) { separator.clone() } else { Value::Text(Text::fixed("")) })
            }
            Object::Block(block) => {
                arguments.none()?;
                self.call_block(block)
            }
            Object::Cycler { .. } | Object::Blocks | Object::Missing => {
                Err(Failure::python(format!("'{}' object is not callable", callee.type_name())))
            }
        }
    }

    /// Calls a macro, its parameters bound as Jinja2's `Macro` binds them.
    fn call_with(&self, it: &Macro<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
        let definition = it.definition;
        let count = definition.parameters.len();
        let mut named: Vec<Option<&(Text<'a>, Value<'a>)>> = arguments.named.iter().map(Some).collect();
        let mut take = |name: &str| {
            let found = named.iter_mut().find(|pair| pair.is_some_and(|(known, _)| known.as_str() == name));
            found.and_then(Option::take).map(|(_, value)| value.clone())
        };
        let mut given: Vec<Option<Value<'a>>> = arguments.positional.iter().take(count).cloned().map(Some).collect();
        self.charge((count - given.len()) * arguments.named.len() / 8)?;
        let mut explicit = definition.parameters.iter().any(|name| name == "caller");
        if given.len() < count {
            explicit = definition.parameters[given.len()..].iter().any(|name| name == "caller");
            for name in &definition.parameters[given.len()..] {
                given.push(take(name));
            }
        }
        let mut more = Specials::default();
        if definition.caller.is_some() && !explicit {
            more.caller = take("caller").unwrap_or_default();
        }
        let rest: Vec<&(Text<'a>, Value<'a>)> = named.into_iter().flatten().collect();
        if definition.kwargs.is_some() {
            more.kwargs = Dict::default().with_named(self, rest)?.value(self)?;
        } else if let Some((name, _)) = rest.first() {
            let name = name.as_str();
            return Err(Failure::python(format!("macro '{}' takes no keyword argument '{name}'", definition.name)));
        }
        if definition.varargs.is_some() {
            more.varargs = Value::tuple(self, arguments.positional.iter().skip(count).cloned().collect())?;
        } else if arguments.positional.len() > count {
            return Err(Failure::python(format!(
                "macro '{}' takes not more than {count} argument(s)",
                definition.name
            )));
        }
        self.call_macro(it, given, more)
    }
}
