//! What the assistant writes to call functions.

use super::{Call, JsonText, pairs, raises};
use crate::policies::Unavailable;
use serde_json::{Map, Value};

fn each(calls: &[Call], write: impl Fn(&Call) -> Result<String, Unavailable>) -> Result<Vec<String>, Unavailable> {
    calls.iter().map(write).collect()
}

/// A call as an object, with the arguments under a key of the format's choice.
fn object(call: &Call, arguments: &str) -> Value {
    Value::Object(Map::from_iter([
        ("name".to_owned(), call.name.clone().into()),
        (arguments.to_owned(), call.arguments.clone()),
    ]))
}

pub(super) fn words(calls: &[Call]) -> Result<String, Unavailable> {
    let call = |call: &Call| Ok(format!("Action: {}\nAction Input: {}", call.name, call.arguments.json_text()?));
    Ok(each(calls, call)?.join("\n"))
}

pub(super) fn glm4(calls: &[Call]) -> Result<String, Unavailable> {
    match calls {
        [] => Err(raises("a turn of calls has none")),
        [call] => Ok(format!("{}\n{}", call.name, call.arguments.json_text()?)),
        _ => Err(raises("GLM-4 does not support parallel functions")),
    }
}

pub(super) fn llama3(calls: &[Call]) -> Result<String, Unavailable> {
    match calls {
        [call] => object(call, "parameters").json_text(),
        calls => Value::Array(calls.iter().map(|call| object(call, "parameters")).collect()).json_text(),
    }
}

pub(super) fn mistral(calls: &[Call]) -> Result<String, Unavailable> {
    Value::Array(calls.iter().map(|call| object(call, "arguments")).collect()).json_text()
}

pub(super) fn qwen(calls: &[Call]) -> Result<String, Unavailable> {
    let call = |call: &Call| Ok(format!("<tool_call>\n{}\n</tool_call>", object(call, "arguments").json_text()?));
    Ok(each(calls, call)?.join("\n"))
}

pub(super) fn minimax1(calls: &[Call]) -> Result<String, Unavailable> {
    let objects = each(calls, |call| object(call, "arguments").json_text())?;
    Ok(format!("<tool_calls>\n{}\n</tool_calls>", objects.join("\n")))
}

/// Calls as elements: what opens one, what stands around each argument, what closes it.
struct Elements {
    open: (&'static str, &'static str),
    name: (&'static str, &'static str),
    value: (&'static str, &'static str),
    close: &'static str,
}

impl Elements {
    fn write(&self, calls: &[Call]) -> Result<String, Unavailable> {
        let call = |call: &Call| {
            let mut text = [self.open.0, &call.name, self.open.1].concat();
            for (name, value) in pairs(call)? {
                let value = value.text_or_json()?;
                text.extend([self.name.0, name, self.name.1, self.value.0, &value, self.value.1]);
            }
            Ok(text + self.close)
        };
        Ok(each(calls, call)?.join("\n"))
    }
}

pub(super) fn minimax2(calls: &[Call]) -> Result<String, Unavailable> {
    let elements = Elements {
        open: ("<invoke name=\"", "\">"),
        name: ("\n<parameter name=\"", "\">"),
        value: ("", "</parameter>"),
        close: "\n</invoke>",
    };
    elements.write(calls)
}

pub(super) fn qwen3_5(calls: &[Call]) -> Result<String, Unavailable> {
    let elements = Elements {
        open: ("<tool_call>\n<function=", ">"),
        name: ("\n<parameter=", ">"),
        value: ("\n", "\n</parameter>"),
        close: "\n</function>\n</tool_call>",
    };
    elements.write(calls)
}

pub(super) fn glm4_moe(calls: &[Call]) -> Result<String, Unavailable> {
    // The call is never closed there.
    let elements = Elements {
        open: ("\n<tool_call>", ""),
        name: ("\n<arg_key>", "</arg_key>"),
        value: ("\n<arg_value>", "</arg_value>"),
        close: "",
    };
    elements.write(calls)
}

pub(super) fn seed_oss(calls: &[Call]) -> Result<String, Unavailable> {
    // The tag with the name is never closed there.
    let elements = Elements {
        open: ("\n<seed:tool_call>\n<function=", ""),
        name: ("\n<parameter=", ">"),
        value: ("", "</parameter>"),
        close: "\n</function>\n</seed:tool_call>",
    };
    elements.write(calls)
}

pub(super) fn lfm2(calls: &[Call]) -> Result<String, Unavailable> {
    let argument = |(name, value): (&String, &Value)| match value {
        Value::String(text) => Ok(format!("{name}=\"{text}\"")),
        other => Ok(format!("{name}={}", other.json_text()?)),
    };
    let call = |call: &Call| {
        let arguments: Vec<String> = pairs(call)?.iter().map(argument).collect::<Result<_, Unavailable>>()?;
        Ok(format!("{}({})", call.name, arguments.join(", ")))
    };
    Ok(format!("<|tool_call_start|>[{}]<|tool_call_end|>", each(calls, call)?.join(", ")))
}
