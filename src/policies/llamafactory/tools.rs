//! Tool formats: how the tools on offer and the calls of them are written.

mod calls;
mod gemma4;
mod prompts;

use crate::json;
use crate::policies::Unavailable;
use crate::template::{LocalTime, python_json, python_text};
use crate::words::Raw;
use crate::words::unavailable::LlamaFactory as Refusal;
use serde_json::{Map, Value};

/// A call of a function.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub name: String,
    pub arguments: Value,
}

/// A tool format.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToolFormat {
    /// Its name, as `tool_format` takes it.
    pub name: &'static str,
    /// What the system prompt says of the tools, on the day given.
    pub describe: fn(&[Value], Option<LocalTime>) -> Result<String, Unavailable>,
    /// What the assistant writes to call functions.
    pub write: fn(&[Call]) -> Result<String, Unavailable>,
}

impl ToolFormat {
    pub const WORDS: Self = Self { name: "default", describe: prompts::words, write: calls::words };
    pub const GEMMA4: Self = Self { name: "gemma4", describe: gemma4::describe, write: gemma4::write };
    pub const GLM4: Self = Self { name: "glm4", describe: prompts::glm4, write: calls::glm4 };
    pub const LLAMA3: Self = Self { name: "llama3", describe: prompts::llama3, write: calls::llama3 };
    pub const LFM2: Self = Self { name: "lfm2", describe: prompts::lfm2, write: calls::lfm2 };
    pub const MINIMAX1: Self = Self { name: "minimax1", describe: prompts::minimax1, write: calls::minimax1 };
    pub const MINIMAX2: Self = Self { name: "minimax2", describe: prompts::minimax2, write: calls::minimax2 };
    pub const MISTRAL: Self = Self { name: "mistral", describe: prompts::mistral, write: calls::mistral };
    pub const QWEN: Self = Self { name: "qwen", describe: prompts::qwen, write: calls::qwen };
    pub const QWEN3_5: Self = Self { name: "qwen3_5", describe: prompts::qwen3_5, write: calls::qwen3_5 };
    pub const GLM4_MOE: Self = Self { name: "glm4_moe", describe: prompts::glm4_moe, write: calls::glm4_moe };
    pub const SEED_OSS: Self = Self { name: "seed_oss", describe: prompts::seed_oss, write: calls::seed_oss };
    pub const LING: Self = Self { name: "ling", describe: prompts::ling, write: calls::qwen };

    /// Every format.
    pub const ALL: [Self; 13] = [
        Self::WORDS,
        Self::GEMMA4,
        Self::GLM4,
        Self::LLAMA3,
        Self::LFM2,
        Self::MINIMAX1,
        Self::MINIMAX2,
        Self::MISTRAL,
        Self::QWEN,
        Self::QWEN3_5,
        Self::GLM4_MOE,
        Self::SEED_OSS,
        Self::LING,
    ];

    /// The text of the tools of a record; empty for an empty list.
    ///
    /// # Errors
    /// [`Unavailable`] where LLaMA-Factory raises on them.
    pub fn described(self, tools: &Value, now: Option<LocalTime>) -> Result<String, Unavailable> {
        match tools {
            Value::Array(tools) if tools.is_empty() => Ok(String::new()),
            Value::Object(tools) if tools.is_empty() => Ok(String::new()),
            Value::Array(tools) => (self.describe)(tools, now),
            _ => Err(raises("the tools are no list")),
        }
    }

    /// The text of a turn that holds calls as JSON text, with thoughts or other words before it where it has any.
    ///
    /// # Errors
    /// [`Unavailable`] where LLaMA-Factory raises on them.
    pub fn called(self, content: &str, words: SpecialWords<'_>) -> Result<String, Unavailable> {
        if let Some((whole, inner)) = between(content, words.calls) {
            let written = (self.write)(&parse_calls(inner)?)?;
            return Ok(content.replace(whole, "") + &written);
        }
        match between(content, words.thoughts) {
            Some((thoughts, _)) => {
                let written = (self.write)(&parse_calls(&content.replace(thoughts, ""))?)?;
                Ok(thoughts.to_owned() + &written)
            }
            None => (self.write)(&parse_calls(content)?),
        }
    }
}

/// The words that thoughts and calls stand between; `None` where a template does not look for them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SpecialWords<'a> {
    pub thoughts: Option<(&'a str, &'a str)>,
    pub calls: Option<(&'a str, &'a str)>,
}

/// The first stretch from an opening to a closing word, with them and without.
pub(super) fn between<'a>(text: &'a str, words: Option<(&str, &str)>) -> Option<(&'a str, &'a str)> {
    let (open, close) = words?;
    let start = text.find(open)?;
    let inner = start + open.len();
    let length = text[inner..].find(close)?;
    Some((&text[start..inner + length + close.len()], &text[inner..inner + length]))
}

fn parse_calls(json: &str) -> Result<Vec<Call>, Unavailable> {
    let read: Value = json::parse(json).map_err(|_| raises("Invalid JSON format in function message"))?;
    let list = match read {
        Value::Array(list) => list,
        one => vec![one],
    };
    let call = |call: Value| {
        let name = call.get("name").and_then(Value::as_str)?.to_owned();
        Some(Call { name, arguments: call.get("arguments")?.clone() })
    };
    list.into_iter().map(call).collect::<Option<_>>().ok_or_else(|| raises("a call has no `name` or no `arguments`"))
}

/// The function that a tool is, without the wrapper of `type` and `function`.
fn function_of(tool: &Value) -> &Value {
    let is_wrapped = tool.get("type").and_then(Value::as_str) == Some("function");
    tool.get("function").filter(|_| is_wrapped).unwrap_or(tool)
}

/// The tool inside of a wrapper of `type` and `function`.
fn wrapped(tool: &Value) -> Value {
    if tool.get("type").and_then(Value::as_str) == Some("function") {
        return tool.clone();
    }
    Value::Object(Map::from_iter([("type".to_owned(), "function".into()), ("function".to_owned(), tool.clone())]))
}

/// The arguments of a call by name.
fn pairs(call: &Call) -> Result<&Map<String, Value>, Unavailable> {
    call.arguments
        .as_object()
        .filter(|_| json::literal(&call.arguments).is_none())
        .ok_or_else(|| raises("the arguments of a call are no object"))
}

fn text_of<'a>(value: &'a Value, key: &str) -> Result<&'a str, Unavailable> {
    let text = value.get(key).and_then(Value::as_str);
    text.ok_or_else(|| Unavailable::LlamaFactory(Refusal::ToolText { key: key.into() }))
}

fn raises(what: impl Into<Raw>) -> Unavailable {
    Unavailable::LlamaFactory(Refusal::Raises(what.into()))
}

/// Values as Python writes them.
pub(super) trait JsonText {
    /// `json.dumps` with its usual separators.
    ///
    /// # Errors
    /// [`Unavailable`] for a value that Python does not write.
    fn json_text(&self) -> Result<String, Unavailable>;

    /// `json.dumps` with an indent of four.
    ///
    /// # Errors
    /// [`Unavailable`] for a value that Python does not write.
    fn indented_json_text(&self) -> Result<String, Unavailable>;

    /// `str` of it.
    ///
    /// # Errors
    /// [`Unavailable`] for a value that Python does not write.
    fn printed(&self) -> Result<String, Unavailable>;

    /// Text as it stands, and anything else as JSON.
    ///
    /// # Errors
    /// [`Unavailable`] for a value that Python does not write.
    fn text_or_json(&self) -> Result<String, Unavailable>;
}

impl JsonText for Value {
    fn json_text(&self) -> Result<String, Unavailable> {
        python_json(self, None).map_err(raises)
    }

    fn indented_json_text(&self) -> Result<String, Unavailable> {
        python_json(self, Some(4)).map_err(raises)
    }

    fn printed(&self) -> Result<String, Unavailable> {
        python_text(self).map_err(raises)
    }

    fn text_or_json(&self) -> Result<String, Unavailable> {
        match self {
            Self::String(text) => Ok(text.clone()),
            other => other.json_text(),
        }
    }
}
