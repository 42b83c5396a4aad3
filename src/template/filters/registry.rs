//! Everything the translation calls, registered in the engine.

use std::sync::PoisonError;

use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, State, Value};

use super::{sequences, tests, texts};
use crate::template::python::{access, calls, operators, repr};
use crate::template::render;
use crate::template::size::check_text;
use crate::template::values::{Accumulator, Dict, List, Missing, Tuple, failure, items, type_name};

/// Texts longer than this are rare in conversations, and a few of them fill the memory.
const LARGE: usize = 1 << 22;

/// How much of such texts a unit of fuel pays for: a rendering can make 160 MB of them, for whatever variables hold them.
const LARGE_BYTES_PER_FUEL: u64 = 5;

/// An operator of two operands.
type Binary = fn(&Value, &Value) -> Result<Value, Error>;

fn two(values: &[Value]) -> Result<(&Value, &Value), Error> {
    match values {
        [a, b] => Ok((a, b)),
        _ => Err(failure("an operator needs two operands")),
    }
}

/// What gives texts that are there already.
const MERELY_READ: [&str; 5] = ["getattr", "getitem", "given", "joined", "o"];

/// Whether a text was made from these values, and is not one of them or a part of a list or dict among them.
fn is_made(text: &str, values: &[Value]) -> bool {
    let is_given = |value: &Value| value.as_str().is_some_and(|given| std::ptr::eq(given.as_ptr(), text.as_ptr()));
    let is_read = values.first().is_some_and(|value| value.downcast_object_ref::<Dict>().is_some());
    !is_read && !values.iter().any(is_given)
}

fn add<F>(environment: &mut Environment<'static>, name: impl Into<String>, filter: F)
where
    F: Fn(&mut State, &[Value]) -> Result<Value, Error> + Send + Sync + 'static,
{
    let name = name.into();
    environment.add_filter(name.clone(), move |state: &mut State, values: &[Value]| {
        let result = filter(state, values)?;
        // The engine charges for texts by itself, but does not know how large our lists are.
        if let Some(list) = result.downcast_object_ref::<List>() {
            state.consume_fuel(list.items.len() as u64 / 4)?;
        }
        if let Some(text) = result.as_str() {
            check_text(text.len())?;
            if text.len() > LARGE && !MERELY_READ.contains(&name.as_str()) && is_made(text, values) {
                state.consume_fuel(text.len() as u64 / LARGE_BYTES_PER_FUEL)?;
            }
        }
        Ok::<Value, Error>(result)
    });
}

/// Registers all filters and functions.
pub(crate) fn register(environment: &mut Environment<'static>) {
    for &(name, filter) in texts::FILTERS.iter().chain(sequences::FILTERS) {
        add(environment, format!("f_{name}"), move |state, values| {
            let (value, arguments) = values.split_first().ok_or_else(|| failure("a filter without a value"))?;
            filter(state, value, &calls::Arguments::new(arguments))
        });
    }
    for &(name, test) in tests::TESTS {
        add(environment, format!("t_{name}"), move |_, values| {
            let (value, arguments) = values.split_first().ok_or_else(|| failure("a test without a value"))?;
            test(value, &calls::Arguments::new(arguments)).map(Value::from)
        });
    }
    operators_of(environment);
    structure(environment);
    helpers(environment);
}

fn operators_of(environment: &mut Environment<'static>) {
    let binary: [(&str, Binary); 7] = [
        ("add", operators::add),
        ("sub", operators::subtract),
        ("mul", operators::multiply),
        ("div", operators::divide),
        ("floordiv", operators::floor_divide),
        ("mod", operators::modulo),
        ("pow", operators::power),
    ];
    for (name, operator) in binary {
        add(environment, name, move |_, values| {
            let (a, b) = two(values)?;
            operator(a, b)
        });
    }
    for name in ["eq", "ne", "lt", "le", "gt", "ge", "in_", "not_in"] {
        add(environment, name, move |_, values| {
            let (a, b) = two(values)?;
            operators::comparison(name, a, b).map(Value::from)
        });
    }
    add(environment, "neg", |_, values| operators::negative(&values[0]));
    add(environment, "pos", |_, values| operators::positive(&values[0]));
    add(environment, "concat", |_, values| operators::concatenate(values));
}

fn structure(environment: &mut Environment<'static>) {
    add(environment, "list_", |_, values| List::value(items(&values[0])?));
    add(environment, "tuple_", |_, values| Tuple::value(items(&values[0])?));
    add(environment, "dict_", |_, values| {
        let mut dict = Dict::default();
        for pair in items(&values[0])?.chunks(2) {
            let (key, value) = two(pair)?;
            dict.insert(key.clone(), value.clone())?;
        }
        Ok(Value::from_object(dict))
    });
    add(environment, "getattr", |_, values| {
        let (object, name) = two(values)?;
        access::get_attribute(object, name.as_str().unwrap_or_default())
    });
    add(environment, "getitem", |_, values| {
        let (object, index) = two(values)?;
        access::get_item(object, index)
    });
    add(environment, "slice_", |_, values| match values {
        [object, start, stop, stride] => access::slice(object, start, stop, stride),
        _ => Err(failure("a slice needs three bounds")),
    });
    add(environment, "setattr", |_, values| match values {
        [namespace, name, value] => {
            access::set_attribute(namespace, name.as_str().unwrap_or_default(), value)?;
            Ok(Value::UNDEFINED)
        }
        _ => Err(failure("an assignment needs a value")),
    });
    add(environment, "unpack", |_, values| {
        let (value, count) = two(values)?;
        let unpacked = items(value)?;
        if value.is_undefined() || Some(unpacked.len()) != count.as_usize() {
            return Err(failure(format!(
                "expected {count} values to unpack from '{}', got {}",
                type_name(value),
                unpacked.len()
            )));
        }
        List::value(unpacked)
    });
    add(environment, "iterate", |_, values| {
        match values[0].as_object() {
            // What is a list already is walked through as it is.
            Some(object) if object.downcast_ref::<List>().is_some() => Ok(values[0].clone()),
            _ => List::value(items(&values[0])?),
        }
    });
    add(environment, "keywords", |_, values| calls::keywords(values));
    add(environment, "call", |state, values| {
        let (callee, arguments) = values.split_first().ok_or_else(|| failure("a call without a callee"))?;
        calls::call(state, callee, arguments, None)
    });
    add(environment, "method", |state, values| match values {
        [object, name, arguments @ ..] => {
            calls::call_method(state, object, name.as_str().unwrap_or_default(), arguments)
        }
        _ => Err(failure("a call without a callee")),
    });
    environment.add_function("invoke", |state: &mut State, values: Rest<ValueOrKwargs>| {
        let mut values: Vec<Value> = values.0.into_iter().map(ValueOrKwargs::into_value).collect();
        let body = values.pop().map(|last| last.get_attr("caller")).transpose()?;
        match values.as_slice() {
            [number, callee, arguments @ ..] => {
                let result = calls::call(state, callee, arguments, body)?;
                let text = joined(&result)?;
                check_text(render::captured(text.as_str().map_or(0, str::len)))?;
                render::output(number.as_usize().unwrap_or(usize::MAX), text);
                Ok(text.clone())
            }
            _ => Err(failure("a call without a callee")),
        }
    });
}

/// What a filter or call block gives: Jinja2 joins it to the output as it is, which only a text allows.
fn joined(value: &Value) -> Result<&Value, Error> {
    let is_text = value.as_str().is_some();
    is_text.then_some(value).ok_or_else(|| failure(format!("a block gives {}, not a text", type_name(value))))
}

fn helpers(environment: &mut Environment<'static>) {
    add(environment, "o", |_, values| {
        let (value, number) = two(values)?;
        let text = match value.as_str() {
            Some(_) if !value.is_safe() => value.clone(),
            _ => Value::from(repr::text(value)?.as_ref()),
        };
        render::output(number.as_usize().unwrap_or(usize::MAX), &text);
        check_text(render::captured(text.as_str().map_or(0, str::len)))?;
        Ok(text)
    });
    add(environment, "captured", |_, values| {
        check_text(render::captured(values[0].as_usize().unwrap_or(0)))?;
        Ok(Value::UNDEFINED)
    });
    add(environment, "begin_capture", |_, _| {
        render::begin_capture();
        Ok(Value::UNDEFINED)
    });
    add(environment, "end_capture", |_, _| {
        render::end_capture();
        Ok(Value::UNDEFINED)
    });
    add(environment, "joined", |_, values| joined(&values[0]).cloned());
    add(environment, "generation", |_, values| Ok(render::generation(&values[0])));
    add(environment, "given", |_, values| {
        let missing = values[0].downcast_object_ref::<Missing>().is_some();
        Ok(if missing { Value::UNDEFINED } else { values[0].clone() })
    });
    add(environment, "is_missing", |_, values| Ok(Value::from(values[0].downcast_object_ref::<Missing>().is_some())));
    add(environment, "accumulator", |_, _| Ok(Value::from_object(Accumulator::default())));
    add(environment, "push", |_, values| {
        let (accumulator, item) = two(values)?;
        if let Some(Accumulator(items)) = accumulator.downcast_object_ref() {
            items.lock().unwrap_or_else(PoisonError::into_inner).push(item.clone());
        }
        Ok(Value::UNDEFINED)
    });
    add(environment, "is_empty", |_, values| {
        Ok(Value::from(match values[0].downcast_object_ref() {
            Some(Accumulator(items)) => items.lock().unwrap_or_else(PoisonError::into_inner).is_empty(),
            None => true,
        }))
    });
    add(environment, "unknown", |_, values| match values {
        [_, what, name] => Err(failure(format!("there is no {what} called '{name}'"))),
        _ => Err(failure("an unknown filter or test")),
    });
}
