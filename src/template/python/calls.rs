//! Calls: functions, methods, macros.

use minijinja::value::Kwargs;
use minijinja::{Error, ErrorKind, State, Value};

use super::access::{get_attribute, is_loop};
use super::methods;
use crate::template::functions;
use crate::template::values::{
    BoundMethod, Cycler, Dict, Function, Joiner, Keywords, List, Missing, Tuple, failure, type_name,
};

/// The arguments of a call as Python sees them.
pub(crate) struct Arguments<'a> {
    positional: &'a [Value],
    keywords: Option<&'a Keywords>,
}

impl<'a> Arguments<'a> {
    /// Splits off the keywords that the translation puts last.
    pub fn new(values: &'a [Value]) -> Self {
        match values.split_last() {
            Some((last, rest)) if last.downcast_object_ref::<Keywords>().is_some() => {
                Self { positional: rest, keywords: last.downcast_object_ref() }
            }
            _ => Self { positional: values, keywords: None },
        }
    }

    /// All positional arguments, spread ones included.
    pub fn positional(&self) -> Vec<Value> {
        let spread = self.keywords.map_or(&[][..], |keywords| &keywords.positional);
        [self.positional, spread].concat()
    }

    /// All keyword arguments.
    pub fn named(&self) -> &[(String, Value)] {
        self.keywords.map_or(&[], |keywords| &keywords.named)
    }

    /// Assigns the arguments to parameters; the first `required` must be given.
    pub fn bind<const N: usize>(&self, parameters: [&str; N], required: usize) -> Result<[Option<Value>; N], Error> {
        let mut bound = [const { None }; N];
        let positional = self.positional();
        if positional.len() > N {
            return Err(failure(format!("takes at most {N} arguments, got {}", positional.len())));
        }
        for (slot, value) in bound.iter_mut().zip(positional) {
            *slot = Some(value);
        }
        for (name, value) in self.named() {
            let Some(at) = parameters.iter().position(|parameter| parameter == name) else {
                return Err(failure(format!("unexpected keyword argument '{name}'")));
            };
            if bound[at].replace(value.clone()).is_some() {
                return Err(failure(format!("got multiple values for argument '{name}'")));
            }
        }
        if let Some(missing) = (0..required.min(N)).find(|&at| bound[at].is_none()) {
            return Err(failure(format!("missing required argument '{}'", parameters[missing])));
        }
        Ok(bound)
    }

    /// Refuses any argument.
    pub fn none(&self) -> Result<(), Error> {
        self.bind([], 0).map(|_| ())
    }
}

/// `object.name(arguments)`.
pub(crate) fn call_method(state: &mut State, object: &Value, name: &str, arguments: &[Value]) -> Result<Value, Error> {
    if object.as_str().is_some() || object.downcast_object_ref::<Dict>().is_some() {
        let method = get_attribute(object, name)?;
        return match method.downcast_object_ref::<BoundMethod>() {
            Some(_) => methods::call(object, name, &Arguments::new(arguments)),
            None => call(state, &method, arguments, None),
        };
    }
    let callee = get_attribute(object, name)?;
    call(state, &callee, arguments, None)
}

/// `callee(arguments)`, with the body of a call block if there is one.
pub(crate) fn call(
    state: &mut State,
    callee: &Value,
    arguments: &[Value],
    body: Option<Value>,
) -> Result<Value, Error> {
    if callee.is_undefined() {
        return Err(failure("an undefined value cannot be called"));
    }
    let parsed = Arguments::new(arguments);
    if let Some(parameters) = macro_parameters(callee) {
        return call_macro(state, callee, &parameters, &parsed, body);
    }
    if body.is_some() {
        return Err(failure("only macros take the body of a call block"));
    }
    if let Some(function) = callee.downcast_object_ref::<Function>() {
        return functions::call(function.0, &parsed);
    }
    if let Some(method) = callee.downcast_object_ref::<BoundMethod>() {
        if is_loop(&method.receiver) {
            return call_loop_method(state, &method.receiver, &method.name, &parsed);
        }
        return methods::call(&method.receiver, &method.name, &parsed);
    }
    if let Some(joiner) = callee.downcast_object_ref::<Joiner>() {
        parsed.none()?;
        return Ok(joiner.next());
    }
    if callee.downcast_object_ref::<Cycler>().is_some() || callee.as_object().is_none() {
        return Err(failure(format!("'{}' object is not callable", type_name(callee))));
    }
    Err(failure("this object is not callable"))
}

fn call_loop_method(state: &mut State, receiver: &Value, name: &str, arguments: &Arguments) -> Result<Value, Error> {
    let positional = arguments.positional();
    if !arguments.named().is_empty() || (name == "cycle" && positional.is_empty()) {
        return Err(failure(format!("invalid arguments for loop.{name}()")));
    }
    if name == "changed" {
        // The engine compares by its own rules, so it gets what is equal exactly when Python's values are.
        let mut key = String::new();
        super::repr::repr(&Tuple::value(positional)?, &mut key)?;
        return receiver.call_method(state, name, &[Value::from(key)]);
    }
    receiver.call_method(state, name, &positional)
}

/// The parameters of a macro as the translation declares them, if the value is one.
fn macro_parameters(callee: &Value) -> Option<Vec<String>> {
    callee.as_object()?;
    if callee.get_attr("caller").ok()?.kind() != minijinja::value::ValueKind::Bool {
        return None;
    }
    let parameters = callee.get_attr("arguments").ok()?;
    parameters.try_iter().ok()?.map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Whether a value can be called.
pub(crate) fn is_callable(value: &Value) -> bool {
    macro_parameters(value).is_some()
        || value.downcast_object_ref::<Function>().is_some()
        || value.downcast_object_ref::<BoundMethod>().is_some()
        || value.downcast_object_ref::<Joiner>().is_some()
        || is_loop(value)
        // Calling an undefined value fails, but the class has the method.
        || value.is_undefined()
}

/// Whether a value is a macro.
pub(crate) fn is_macro(value: &Value) -> bool {
    macro_parameters(value).is_some()
}

fn call_macro(
    state: &mut State,
    callee: &Value,
    parameters: &[String],
    arguments: &Arguments,
    body: Option<Value>,
) -> Result<Value, Error> {
    let mut positional = arguments.positional().into_iter();
    let mut named: Vec<(String, Value)> = arguments.named().to_vec();
    let mut values = Vec::with_capacity(parameters.len() + 1);
    let (mut extra_positional, mut extra_named) = (None, None);
    for parameter in parameters {
        // `v7_name` is a parameter of the author's, `x7_kwargs` and `x7_varargs` are what Jinja2 provides.
        let (prefix, name) = parameter.split_once('_').unwrap_or(("v", parameter));
        if prefix.starts_with('x') {
            if name == "kwargs" {
                extra_named = Some(values.len());
            } else {
                extra_positional = Some(values.len());
            }
            values.push(Value::UNDEFINED);
            continue;
        }
        let by_name = named.iter().position(|(known, _)| known == name).map(|at| named.remove(at).1);
        match (positional.next(), by_name) {
            (Some(_), Some(_)) => {
                return Err(failure(format!("got multiple values for argument '{name}'")));
            }
            (Some(value), None) | (None, Some(value)) => values.push(value),
            (None, None) => values.push(Value::from_object(Missing)),
        }
    }
    let rest: Vec<Value> = positional.collect();
    match extra_positional {
        Some(at) => values[at] = Tuple::value(rest)?,
        None if rest.is_empty() => {}
        None => return Err(failure("a macro takes fewer arguments than it was given")),
    }
    let body = body.or_else(|| {
        let at = named.iter().position(|(name, _)| name == "caller")?;
        Some(named.remove(at).1)
    });
    match extra_named {
        Some(at) => {
            let mut dict = Dict::with_capacity(named.len());
            for (name, value) in named {
                dict.insert_str(&name, value)?;
            }
            values[at] = Value::from_object(dict);
        }
        None => {
            if let Some((name, _)) = named.first() {
                return Err(failure(format!("a macro takes no keyword argument '{name}'")));
            }
        }
    }
    if let Some(body) = body {
        values.push(Kwargs::from_iter([("caller", body)]).into());
    }
    callee.call(state, &values)
}

/// The last argument of a translated call with keywords: `[name, value, …]`, what `*` and `**` spread.
pub(crate) fn keywords(values: &[Value]) -> Result<Value, Error> {
    let [pairs, star, star_star, has_star, has_star_star] = values else {
        return Err(Error::from(ErrorKind::MissingArgument));
    };
    let mut keywords = Keywords::default();
    for pair in crate::template::values::items(pairs)?.chunks(2) {
        if let [name, value] = pair {
            keywords.named.push((name.to_string(), value.clone()));
        }
    }
    if has_star.is_true() {
        keywords.positional = crate::template::values::items(star)?;
    }
    if has_star_star.is_true() {
        let dict =
            star_star.downcast_object_ref::<Dict>().ok_or_else(|| failure("argument after ** must be a mapping"))?;
        for (key, value) in dict.iter() {
            let name = key.as_str().ok_or_else(|| failure("keywords must be strings"))?;
            if keywords.named.iter().any(|(known, _)| known == name) {
                return Err(failure(format!("got multiple values for keyword argument '{name}'")));
            }
            keywords.named.push((name.to_owned(), value.clone()));
        }
    }
    Ok(Value::from_object(keywords))
}

/// `list(value)`.
pub(crate) fn list(value: &Value) -> Result<Value, Error> {
    List::value(crate::template::values::items(value)?)
}
