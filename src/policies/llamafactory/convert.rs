//! The record as LLaMA-Factory's converters align it: a system prompt, tools, and turns that alternate.

use super::tools::JsonText;
use crate::conversation::{Conversation, Message};
use crate::policies::Unavailable;
use crate::words::unavailable::{LlamaFactory as Refusal, Skips};
use serde_json::Value;

/// Who speaks in a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    User,
    Assistant,
    /// What a tool gave.
    Observation,
    /// Calls of functions, as JSON text.
    Function,
}

/// One turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub role: Role,
    pub content: String,
}

/// A record with turns in pairs: a question and its answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Dialogue {
    /// The system prompt; empty where there is none.
    pub system: String,
    /// The tools, if the record brings any, be it an empty list.
    pub tools: Option<Value>,
    pub turns: Vec<Turn>,
}

/// Which converter reads a record: `formatting` of the data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Converter {
    /// Reads roles and contents, under whatever keys and tags the data set has.
    Sharegpt,
    /// Reads `tool_calls` too, joins results of tools, and adds to the system prompt.
    OpenAi,
}

/// Where the calls of a message stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calls {
    /// In the content of the record, from which they were read.
    InContent,
    /// Under `tool_calls`.
    UnderKey,
    /// Under `tool_calls`, which is not looked at.
    Unseen,
}

/// What joins the results of tools that follow each other.
const BETWEEN_RESULTS: &str = "\n</tool_response>\n<tool_response>\n";

/// What the converter for OpenAI's form puts into every system prompt.
const SYSTEM_ADDITION: &str = "detailed thinking off";

/// Aligns a record of the schema named, with the converter that was asked for or that its form asks for.
///
/// # Errors
/// [`Unavailable`] in LLaMA-Factory's own words where it skips the record, and where it raises.
pub(super) fn dialogue(
    conversation: &Conversation,
    schema: &str,
    asked: Option<Converter>,
) -> Result<Dialogue, Unavailable> {
    let messages = &conversation.messages;
    let is_sharegpt = schema == "sharegpt";
    let usual = if !is_sharegpt && needs_openai(messages) { Converter::OpenAi } else { Converter::Sharegpt };
    let converter = asked.unwrap_or(usual);
    let place = match converter {
        _ if is_sharegpt => Calls::InContent,
        Converter::Sharegpt => Calls::Unseen,
        Converter::OpenAi => Calls::UnderKey,
    };
    let (mut system, messages) = system_of(messages, schema)?;
    let turns = match converter {
        Converter::Sharegpt => messages.iter().map(|message| turn(message, place)).collect::<Result<Vec<_>, _>>()?,
        Converter::OpenAi => joined_turns(messages, place)?,
    };
    check_alternation(&turns)?;
    if converter == Converter::OpenAi {
        system = with_addition(system, conversation.tools.is_some());
    }
    Ok(Dialogue { system, tools: conversation.tools.clone(), turns })
}

/// Whether only the converter for OpenAI's form reads all of it.
fn needs_openai(messages: &[Message]) -> bool {
    let is_result = |message: &Message| message.role() == "tool";
    messages.iter().any(|message| calls(message).is_some())
        || messages.windows(2).any(|pair| pair.iter().all(is_result))
}

fn with_addition(system: String, has_tools: bool) -> String {
    let is_said = ["on", "off"].iter().any(|state| system.contains(&format!("detailed thinking {state}")));
    match (system.is_empty(), has_tools) {
        (true, true) => system,
        (true, false) => SYSTEM_ADDITION.to_owned(),
        (false, true) => system + "\n",
        (false, false) if is_said => system,
        (false, false) => [&system, "\n", SYSTEM_ADDITION].concat(),
    }
}

/// The system prompt, and the messages after it.
fn system_of<'a>(messages: &'a [Message], schema: &str) -> Result<(String, &'a [Message]), Unavailable> {
    let is_system = |message: &Message| message.role() == "system";
    match messages {
        // One beside the list and one in it: the one in the list wins.
        [beside, listed, rest @ ..] if schema == "sharegpt" && is_system(beside) && is_system(listed) => {
            Ok((text(listed)?, rest))
        }
        [first, rest @ ..] if is_system(first) => {
            let absent = first.content().is_none_or(Value::is_null);
            Ok((if absent { String::new() } else { text(first)? }, rest))
        }
        _ => Ok((String::new(), messages)),
    }
}

fn text(message: &Message) -> Result<String, Unavailable> {
    match message.content() {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Array(_)) => Err(Unavailable::LlamaFactory(Refusal::Parts)),
        _ => Err(Unavailable::LlamaFactory(Refusal::NoText)),
    }
}

fn role(message: &Message) -> Result<Role, Unavailable> {
    match message.role() {
        "user" => Ok(Role::User),
        "assistant" => Ok(Role::Assistant),
        "tool" | "observation" => Ok(Role::Observation),
        "function_call" => Ok(Role::Function),
        "system" => Err(skipped(Skips::LateSystem)),
        other => Err(Unavailable::LlamaFactory(Refusal::NoTag { role: other.into() })),
    }
}

fn turn(message: &Message, place: Calls) -> Result<Turn, Unavailable> {
    let role = role(message)?;
    match calls(message).filter(|_| role != Role::User && place != Calls::Unseen) {
        // The text of the call was parted from the thoughts before it, and how they stood is not known any more.
        Some(_) if place == Calls::InContent && !text(message)?.is_empty() => {
            Err(Unavailable::LlamaFactory(Refusal::ThoughtsBeforeCall))
        }
        Some(calls) => Ok(Turn { role: Role::Function, content: called(calls)? }),
        None => Ok(Turn { role, content: text(message)? }),
    }
}

/// The turns, with results of tools that follow each other joined to one.
fn joined_turns(messages: &[Message], place: Calls) -> Result<Vec<Turn>, Unavailable> {
    let mut turns = Vec::with_capacity(messages.len());
    let mut results: Vec<String> = Vec::new();
    for message in messages {
        if role(message)? == Role::Observation {
            results.push(text(message)?);
            continue;
        }
        if !results.is_empty() {
            turns.push(Turn { role: Role::Observation, content: results.join(BETWEEN_RESULTS) });
            results.clear();
        }
        turns.push(turn(message, place)?);
    }
    // Results that nothing follows are lost, as they are there.
    Ok(turns)
}

/// The calls of a message, if it has any.
fn calls(message: &Message) -> Option<&[Value]> {
    message.get("tool_calls").and_then(Value::as_array).map(Vec::as_slice).filter(|calls| !calls.is_empty())
}

/// The functions that are called, as JSON text.
fn called(calls: &[Value]) -> Result<String, Unavailable> {
    let functions = calls.iter().map(|call| call.get("function").cloned()).collect::<Option<Vec<_>>>();
    let functions = functions
        .ok_or_else(|| Unavailable::LlamaFactory(Refusal::Raises("a tool call has no key `function`".into())))?;
    Value::Array(functions).json_text()
}

fn check_alternation(turns: &[Turn]) -> Result<(), Unavailable> {
    let asks = |turn: &Turn| matches!(turn.role, Role::User | Role::Observation);
    if let Some(at) = turns.iter().enumerate().position(|(at, turn)| asks(turn) != (at % 2 == 0)) {
        let why = if at % 2 == 0 { Skips::NotUser { turn: at } } else { Skips::NotAssistant { turn: at } };
        return Err(skipped(why));
    }
    match turns.len() {
        0 => Err(skipped(Skips::Empty)),
        turns if turns % 2 == 1 => Err(skipped(Skips::Unanswered { turns })),
        _ => Ok(()),
    }
}

fn skipped(why: Skips) -> Unavailable {
    Unavailable::LlamaFactory(Refusal::Skips(why))
}
