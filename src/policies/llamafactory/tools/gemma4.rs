//! The tool format of Gemma 4: objects without quotes, and text between quotes of its own.

use super::{Call, JsonText, function_of, text_of};
use crate::json;
use crate::json::is_true;
use crate::policies::Unavailable;
use crate::template::LocalTime;
use serde_json::{Map, Value};

const QUOTE: &str = "<|\"|>";

fn quoted(text: &str) -> String {
    [QUOTE, text, QUOTE].concat()
}

pub(super) fn describe(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    let declarations = tools.iter().map(|tool| declaration(function_of(tool)));
    Ok(declarations.collect::<Result<Vec<_>, _>>()?.join("\n"))
}

/// A value under a key that Python holds to be true.
fn said<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get(key).filter(|value| is_true(value))
}

fn described(value: &Value, parts: &mut Vec<String>) -> Result<(), Unavailable> {
    if let Some(text) = said(value, "description") {
        parts.push(format!("description:{}", quoted(&text.printed()?)));
    }
    Ok(())
}

fn typed(value: &Value, parts: &mut Vec<String>) -> Result<(), Unavailable> {
    if let Some(kind) = said(value, "type") {
        parts.push(format!("type:{}", quoted(&kind.printed()?.to_uppercase())));
    }
    Ok(())
}

fn declaration(function: &Value) -> Result<String, Unavailable> {
    let description = function.get("description").map_or(Ok(String::new()), JsonText::printed)?;
    let mut text = format!("declaration:{}{{description:{}", text_of(function, "name")?, quoted(&description));
    if let Some(parameters) = said(function, "parameters") {
        text.extend([",parameters:{", &self::parameters(parameters)?, "}"]);
    }
    if let Some(response) = said(function, "response") {
        let mut parts = Vec::new();
        described(response, &mut parts)?;
        let kind = response.get("type").map_or(Ok(String::new()), JsonText::printed)?.to_uppercase();
        if kind == "OBJECT" {
            parts.push(format!("type:{}", quoted(&kind)));
        }
        text.extend([",response:{", &parts.join(","), "}"]);
    }
    Ok(text + "}")
}

fn parameters(parameters: &Value) -> Result<String, Unavailable> {
    let mut parts = Vec::new();
    if let Some(properties) = said(parameters, "properties") {
        let properties =
            properties.as_object().ok_or_else(|| super::raises("the properties of a tool are no object"))?;
        parts.push(format!("properties:{{{}}}", properties_of(properties)?));
    }
    if let Some(required) = said(parameters, "required") {
        let names = required.as_array().ok_or_else(|| super::raises("`required` of a tool is no list"))?;
        let names = names.iter().map(|name| Ok(quoted(&name.printed()?)));
        parts.push(format!("required:[{}]", names.collect::<Result<Vec<_>, Unavailable>>()?.join(",")));
    }
    typed(parameters, &mut parts)?;
    Ok(parts.join(","))
}

fn properties_of(properties: &Map<String, Value>) -> Result<String, Unavailable> {
    let property = |(name, schema): (&String, &Value)| {
        let mut parts = Vec::new();
        described(schema, &mut parts)?;
        typed(schema, &mut parts)?;
        Ok(format!("{name}:{{{}}}", parts.join(",")))
    };
    Ok(properties.iter().map(property).collect::<Result<Vec<_>, Unavailable>>()?.join(","))
}

pub(super) fn write(calls: &[Call]) -> Result<String, Unavailable> {
    let call = |call: &Call| {
        let arguments = match &call.arguments {
            number if json::literal(number).is_some() => argument(number)?,
            Value::Object(fields) => fields_of(fields)?,
            Value::String(text) => text.clone(),
            other => argument(other)?,
        };
        Ok(format!("<|tool_call>call:{}{{{arguments}}}<tool_call|>", call.name))
    };
    calls.iter().map(call).collect()
}

/// The fields of an object in the order of their names.
fn fields_of(fields: &Map<String, Value>) -> Result<String, Unavailable> {
    let mut sorted: Vec<(&String, &Value)> = fields.iter().collect();
    sorted.sort_unstable_by_key(|(name, _)| *name);
    let field = |(name, value): (&String, &Value)| Ok(format!("{name}:{}", argument(value)?));
    Ok(sorted.into_iter().map(field).collect::<Result<Vec<_>, Unavailable>>()?.join(","))
}

fn argument(value: &Value) -> Result<String, Unavailable> {
    match value {
        Value::String(text) => Ok(quoted(text)),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Null => Ok("null".to_owned()),
        number if json::literal(number).is_some() => number.printed(),
        Value::Object(fields) => Ok(format!("{{{}}}", fields_of(fields)?)),
        Value::Array(items) => {
            let items = items.iter().map(argument).collect::<Result<Vec<_>, _>>()?;
            Ok(format!("[{}]", items.join(",")))
        }
        Value::Number(_) => value.printed(),
    }
}
