//! Shapes of conversations: what breaks templates, and what blocks are proven on.

use super::Given;
use crate::words::Said;
use serde_json::{Map, Value, json};

/// A conversation of a shape.
#[derive(Debug)]
pub struct Shape {
    /// The shape in a word or two, as output names it.
    pub name: &'static str,
    /// What it is.
    pub about: Said,
    messages: Vec<Value>,
    tools: Option<Value>,
}

impl Shape {
    /// What a template is given.
    #[must_use]
    pub fn given<'a>(&'a self, kwargs: &'a Map<String, Value>) -> Given<'a> {
        Given { messages: &self.messages, tools: self.tools.as_ref(), documents: None, kwargs }
    }
}

impl Shape {
    /// Whether every content is a text.
    #[must_use]
    pub fn is_of_text(&self) -> bool {
        self.messages.iter().all(|message| message["content"].is_string())
    }

    /// Whether no trainer's data should have it: many templates write two answers in a row without an end between them.
    pub(super) fn is_odd(&self) -> bool {
        self.name == "two-answers"
    }

    /// The same with every content a list of one part.
    pub(super) fn in_parts(self) -> Self {
        Self { messages: self.messages.into_iter().map(in_parts).collect(), ..self }
    }
}

/// A message whose content is a list of one part.
pub(super) fn in_parts(mut message: Value) -> Value {
    if let Some(content) = message.get_mut("content").filter(|content| content.is_string()) {
        *content = json!([{"type": "text", "text": content.take()}]);
    }
    message
}

fn system() -> Value {
    json!({"role": "system", "content": "Answer in one word."})
}

fn user(content: &str) -> Value {
    json!({"role": "user", "content": content})
}

fn answer(content: &str) -> Value {
    json!({"role": "assistant", "content": content})
}

fn thought(reasoning: &str, content: &str) -> Value {
    json!({"role": "assistant", "reasoning_content": reasoning, "content": content})
}

fn result(content: &str) -> Value {
    json!({"role": "tool", "name": "weather", "tool_call_id": "call00001", "content": content})
}

/// A call of the tool; arguments are an object, or its JSON as text, and templates take one of the two.
fn call(id: &str, arguments: &Value) -> Value {
    json!({"id": id, "type": "function", "function": {"name": "weather", "arguments": arguments}})
}

fn calls(content: &Value, calls: &[Value]) -> Value {
    json!({"role": "assistant", "content": content, "tool_calls": calls})
}

fn tools() -> Value {
    json!([{"type": "function", "function": {
        "name": "weather", "description": "The weather of a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    }}])
}

/// The shapes, the plainest first.
#[must_use]
pub fn shapes() -> Vec<Shape> {
    let mut shapes = talks();
    shapes.extend(with_calls());
    shapes
}

fn talk((name, en, zh): (&'static str, &'static str, &'static str), messages: Vec<Value>) -> Shape {
    Shape { name, about: Said { en, zh }, messages, tools: None }
}

/// Those without tools.
fn talks() -> Vec<Shape> {
    vec![
        talk(("one-turn", "one question and its answer", "一问一答"), vec![user("Is 7 prime?"), answer("It is.")]),
        talk(("system", "a system message", "有 system 消息"), vec![system(), user("Is 7 prime?"), answer("Yes!")]),
        talk(
            ("turns", "two turns", "两轮"),
            vec![user("Is 7 prime?"), answer("It is."), user("And 9?"), answer("No,\n 3·3 = 9。")],
        ),
        talk(
            ("system-turns", "a system message and three turns", "有 system 消息的三轮"),
            vec![system(), user("A?"), answer("B."), user("C?"), answer("D."), user("E?"), answer("F.")],
        ),
        talk(
            ("ends-with-user", "the last message is the user's", "最后一条是 user 消息"),
            vec![user("Is 7 prime?"), answer("It is."), user("And 9?")],
        ),
        talk(("empty-content", "an empty answer", "空回答"), vec![user("Is 7 prime?"), answer("")]),
        talk(
            ("empty-before", "an empty answer before another", "空回答之后还有回答"),
            vec![user("Is 7 prime?"), answer(""), user("Well?"), answer("It is.")],
        ),
        talk(
            ("space-around", "white space around answers", "回答前后有空白"),
            vec![user("Is 7 prime?"), answer(" It is. \n"), user("And 9?"), answer("\n\nNo ")],
        ),
        talk(
            ("two-answers", "two answers in a row", "连续两个回答"),
            vec![user("Is 7 prime?"), answer("It is."), answer("I am sure.")],
        ),
        talk(
            ("parts", "content as a list of parts", "content 是分段列表"),
            vec![
                json!({"role": "user", "content": [{"type": "text", "text": "Is 7 prime?"}]}),
                json!({"role": "assistant", "content": [{"type": "text", "text": "It is."}]}),
            ],
        ),
        talk(
            ("reasoning", "reasoning_content", "有 reasoning_content"),
            vec![user("Is 7 prime?"), thought("Only 1 and 7 divide it.", "It is.")],
        ),
        talk(
            ("reasoning-turns", "reasoning_content in two turns", "两轮都有 reasoning_content"),
            vec![
                user("Is 7 prime?"),
                thought("Only 1 and 7 divide it.", "It is."),
                user("And 9?"),
                thought("3·3.", "No."),
            ],
        ),
    ]
}

/// Those with tools.
fn with_calls() -> Vec<Shape> {
    let (city, text) = (json!({"city": "Oslo"}), json!("{\"city\": \"Oslo\"}"));
    let id = "call00001";
    let one = |arguments: &Value| [call(id, arguments)];
    let two = |arguments: &Value| [call(id, arguments), call("call00002", arguments)];
    let with_tools = |name, messages| Shape { tools: Some(tools()), ..talk(name, messages) };
    let ask = || user("Is it raining in Oslo?");
    vec![
        with_tools(
            ("tools-unused", "tools that are not called", "有工具但未调用"),
            vec![system(), user("Is 7 prime?"), answer("It is.")],
        ),
        with_tools(
            ("call", "a tool call with empty content", "工具调用，content 为空"),
            vec![ask(), calls(&json!(""), &one(&city)), result("rain"), answer("Yes, it is.")],
        ),
        with_tools(
            ("call-text", "the same, arguments as JSON text", "同上，参数是 JSON 文本"),
            vec![ask(), calls(&json!(""), &one(&text)), result("rain"), answer("Yes, it is.")],
        ),
        with_tools(
            ("null-content", "a tool call with null content", "工具调用，content 为 null"),
            vec![ask(), calls(&Value::Null, &one(&city)), result("rain"), answer("Yes, it is.")],
        ),
        with_tools(
            ("null-content-text", "the same, arguments as JSON text", "同上，参数是 JSON 文本"),
            vec![ask(), calls(&Value::Null, &one(&text)), result("rain"), answer("Yes.")],
        ),
        with_tools(
            ("call-last", "a tool call at the end", "以工具调用结束"),
            vec![system(), ask(), calls(&json!("I will look."), &one(&city))],
        ),
        with_tools(
            ("call-last-text", "the same, arguments as JSON text", "同上，参数是 JSON 文本"),
            vec![system(), ask(), calls(&json!("I will look."), &one(&text))],
        ),
        with_tools(
            ("two-calls", "two calls and two results in a row", "两个调用和连续两个结果"),
            vec![
                ask(),
                calls(&json!("I will look."), &two(&city)),
                result("rain"),
                result("snow"),
                answer("Both."),
                user("Thanks!"),
                answer("Welcome."),
            ],
        ),
        with_tools(
            ("two-calls-text", "the same, arguments as JSON text", "同上，参数是 JSON 文本"),
            vec![ask(), calls(&json!("I will look."), &two(&text)), result("rain"), result("snow"), answer("Both.")],
        ),
        with_tools(
            ("reasoning-call", "reasoning, a call, and another turn", "推理、调用，再加一轮"),
            vec![
                ask(),
                json!({"role": "assistant", "reasoning_content": "I must look.", "content": "", "tool_calls": one(&city)}),
                result("rain"),
                thought("It says rain.", "Yes, it is."),
                user("And now?"),
                thought("Again?", "Still."),
            ],
        ),
    ]
}
