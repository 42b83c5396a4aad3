//! What the system prompt says of the tools on offer. The texts are files, byte for byte.

use super::{JsonText, function_of, raises, text_of, wrapped};
use crate::policies::Unavailable;
use crate::template::{LocalTime, strftime};
use serde_json::{Map, Value};

/// The places in the texts.
const TOOLS: &str = "{{tools}}";
const NAMES: &str = "{{names}}";
const DATE: &str = "{{date}}";

/// The text around the tools, with the tools in it.
fn with_tools(prompt: &str, tools: &str) -> String {
    let (before, after) = prompt.split_once(TOOLS).unwrap_or((prompt, ""));
    [before, tools, after].concat()
}

/// Each tool by itself, one after the other.
fn each(tools: &[Value], write: impl Fn(&Value) -> Result<String, Unavailable>) -> Result<String, Unavailable> {
    tools.iter().map(write).collect()
}

pub(super) fn words(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    let names = tools.iter().map(|tool| text_of(function_of(tool), "name")).collect::<Result<Vec<_>, _>>()?;
    let prompt = include_str!("prompts/words.txt").replace(NAMES, &names.join(", "));
    Ok(with_tools(&prompt, &each(tools, |tool| in_words(function_of(tool)))?))
}

fn in_words(tool: &Value) -> Result<String, Unavailable> {
    let schema = tool.get("parameters").ok_or_else(|| raises("a tool has no `parameters`"))?;
    let properties = schema.get("properties").and_then(Value::as_object);
    let properties = properties.ok_or_else(|| raises("the parameters of a tool have no `properties`"))?;
    let required = match schema.get("required") {
        None => &[],
        Some(Value::Array(names)) => names.as_slice(),
        Some(_) => return Err(raises("`required` of a tool is no list")),
    };
    let mut parameters = String::new();
    for (name, parameter) in properties {
        let parameter = parameter.as_object().ok_or_else(|| raises("a parameter of a tool is no object"))?;
        let is_required = required.iter().any(|required| required.as_str() == Some(name));
        parameters += &parameter_in_words(name, parameter, if is_required { ", required" } else { "" })?;
    }
    let (name, description) = (text_of(tool, "name")?, printed(tool.get("description"))?);
    Ok(format!("> Tool Name: {name}\nTool Description: {description}\nTool Args:\n{parameters}\n"))
}

fn parameter_in_words(name: &str, parameter: &Map<String, Value>, required: &str) -> Result<String, Unavailable> {
    let choices = match parameter.get("enum") {
        None | Some(Value::Null) => String::new(),
        Some(Value::Array(choices)) if choices.is_empty() => String::new(),
        Some(Value::Array(choices)) => {
            let choices: Option<Vec<&str>> = choices.iter().map(Value::as_str).collect();
            let choices = choices.ok_or_else(|| raises("a choice of a tool's parameter is no text"))?;
            format!(", should be one of [{}]", choices.join(", "))
        }
        Some(_) => return Err(raises("`enum` of a tool's parameter is no list")),
    };
    let items = match parameter.get("items") {
        None | Some(Value::Null) => String::new(),
        Some(Value::Object(items)) if items.is_empty() => String::new(),
        Some(Value::Object(items)) => format!(", where each item should be {}", printed(items.get("type"))?),
        Some(_) => return Err(raises("`items` of a tool's parameter is no object")),
    };
    let (kind, description) = (printed(parameter.get("type"))?, printed(parameter.get("description"))?);
    Ok(format!("  - {name} ({kind}{required}): {description}{choices}{items}\n"))
}

/// `str` of a value; nothing where there is none.
fn printed(value: Option<&Value>) -> Result<String, Unavailable> {
    value.map_or(Ok(String::new()), JsonText::printed)
}

pub(super) fn glm4(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    let text = each(tools, |tool| {
        let function = function_of(tool);
        let (name, body) = (text_of(function, "name")?, function.indented_json_text()?);
        Ok(format!("\n\n## {name}\n\n{body}\n在调用上述函数时，请使用 Json 格式表示调用的参数。"))
    })?;
    Ok(with_tools(include_str!("prompts/glm4.txt"), &text))
}

pub(super) fn llama3(tools: &[Value], now: Option<LocalTime>) -> Result<String, Unavailable> {
    let date = strftime("%d %b %Y", now).map_err(raises)?;
    let text = each(tools, |tool| Ok(wrapped(tool).indented_json_text()? + "\n\n"))?;
    Ok(with_tools(&include_str!("prompts/llama3.txt").replace(DATE, &date), &text))
}

pub(super) fn mistral(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    let list = Value::Array(tools.iter().map(wrapped).collect()).json_text()?;
    Ok(format!("[AVAILABLE_TOOLS] {list}[/AVAILABLE_TOOLS]"))
}

/// The tools in their wrappers, each on a line of its own.
fn wrapped_lines(tools: &[Value]) -> Result<String, Unavailable> {
    each(tools, |tool| Ok("\n".to_owned() + &wrapped(tool).json_text()?))
}

pub(super) fn qwen(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    Ok(with_tools(include_str!("prompts/qwen.txt"), &wrapped_lines(tools)?))
}

pub(super) fn glm4_moe(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    Ok(with_tools(include_str!("prompts/glm4_moe.txt"), &wrapped_lines(tools)?))
}

pub(super) fn ling(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    Ok(with_tools(include_str!("prompts/ling.txt"), &wrapped_lines(tools)?) + "\ndetailed thinking off")
}

pub(super) fn qwen3_5(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    let text = each(tools, |tool| Ok("\n".to_owned() + &function_of(tool).json_text()?))?;
    Ok(with_tools(include_str!("prompts/qwen3_5.txt"), &text))
}

pub(super) fn minimax1(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    let text = each(tools, |tool| Ok(function_of(tool).json_text()? + "\n"))?;
    Ok(with_tools(include_str!("prompts/minimax1.txt"), &text))
}

pub(super) fn minimax2(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    let text = each(tools, |tool| Ok(format!("<tool>{}</tool>\n", function_of(tool).json_text()?)))?;
    Ok(with_tools(include_str!("prompts/minimax2.txt"), &text))
}

pub(super) fn seed_oss(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    let list = Value::Array(tools.to_vec()).json_text()?;
    Ok(with_tools(include_str!("prompts/seed_oss.txt"), &("\n".to_owned() + &list)))
}

pub(super) fn lfm2(tools: &[Value], _: Option<LocalTime>) -> Result<String, Unavailable> {
    let list = Value::Array(tools.iter().map(|tool| function_of(tool).clone()).collect()).json_text()?;
    Ok(with_tools(include_str!("prompts/lfm2.txt"), &list))
}
