//! Contents as Anthropic writes them: lists of blocks, calls and results of tools among them.
//!
//! Follows ms-swift 4.6.0, `swift/dataset/preprocessor/core.py`, `anthropic_to_messages`.

use super::{Canonical, refused, role_of};
use crate::policies::Unavailable;
use crate::words::unavailable::Swift as Refusal;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// Whether its content has blocks that only Anthropic has.
pub(super) fn is_anthropic(message: &Value) -> bool {
    blocks_of(message).is_some_and(|blocks| {
        blocks.iter().any(|block| match kind(block) {
            "tool_use" | "tool_result" => true,
            "image" => block.get("source").is_some(),
            _ => false,
        })
    })
}

/// The messages with each call and each result as one of its own, the results in the order of their calls.
///
/// # Errors
/// [`Unavailable`] for images and for blocks of other types.
pub(super) fn canonical(messages: &[Value]) -> Result<Vec<Canonical<'_>>, Unavailable> {
    let mut canonical = Vec::with_capacity(messages.len());
    let mut calls: Vec<&Value> = Vec::new();
    for message in messages {
        let Some(blocks) = blocks_of(message) else {
            canonical.push(Canonical::Message(Cow::Borrowed(message)));
            calls.clear();
            continue;
        };
        let blocks = ordered(&calls, blocks);
        calls = blocks.iter().copied().filter(|block| kind(block) == "tool_use").collect();
        let mut text = String::new();
        for block in blocks {
            match kind(block) {
                "text" => text.push_str(text_of(block)?),
                "tool_use" => {
                    canonical.extend(said(message, &mut text));
                    canonical.push(Canonical::Call { call: call(block)?, made_by: message });
                }
                "tool_result" => {
                    canonical.extend(said(message, &mut text));
                    canonical.push(with(message, "tool_response", result(block)?));
                }
                "image" => return Err(refused(Refusal::Media)),
                _ => return Err(refused(Refusal::NotText)),
            }
        }
        canonical.extend(said(message, &mut text));
    }
    Ok(canonical)
}

fn blocks_of(message: &Value) -> Option<&Vec<Value>> {
    message.get("content")?.as_array()
}

fn kind(block: &Value) -> &str {
    block.get("type").and_then(Value::as_str).unwrap_or_default()
}

/// The blocks with the results at the start in the order of the calls, where each call has one result.
fn ordered<'a>(calls: &[&Value], blocks: &'a [Value]) -> Vec<&'a Value> {
    let mut ordered: Vec<&Value> = blocks.iter().collect();
    let count = ordered.iter().take_while(|block| kind(block) == "tool_result").count();
    let place = |result: &&Value| {
        let id = result.get("tool_use_id").filter(|id| !id.is_null())?;
        calls.iter().position(|call| call.get("id") == Some(id))
    };
    let mut places: Vec<usize> = ordered[..count].iter().filter_map(place).collect();
    places.sort_unstable();
    places.dedup();
    if count == calls.len() && places.len() == count {
        ordered[..count].sort_by_key(place);
    }
    ordered
}

/// The text so far as a message; none where there is none.
fn said<'a>(message: &Value, text: &mut String) -> Option<Canonical<'a>> {
    (!text.is_empty()).then(|| with(message, role_of(message), std::mem::take(text).into()))
}

/// A message with that role and content, and with what the whole message says of its weight.
fn with<'a>(message: &Value, role: &str, content: Value) -> Canonical<'a> {
    let mut fields = Map::new();
    for key in ["loss", "loss_scale"] {
        fields.extend(message.get(key).map(|value| (key.to_owned(), value.clone())));
    }
    fields.insert("role".to_owned(), role.into());
    fields.insert("content".to_owned(), content);
    Canonical::Message(Cow::Owned(Value::Object(fields)))
}

fn text_of(block: &Value) -> Result<&str, Unavailable> {
    block.get("text").map_or(Some(""), Value::as_str).ok_or_else(|| refused(Refusal::NotText))
}

fn call(block: &Value) -> Result<Value, Unavailable> {
    let name = block.get("name").ok_or_else(|| refused(Refusal::Call { reason: "name".into() }))?;
    let arguments = block.get("input").cloned().unwrap_or_else(|| Value::Object(Map::new()));
    Ok(json!({"name": name, "arguments": arguments}))
}

/// The content of a result: what it holds, or the texts of its blocks.
fn result(block: &Value) -> Result<Value, Unavailable> {
    let Some(content) = block.get("content") else { return Ok("".into()) };
    let Some(blocks) = content.as_array() else { return Ok(content.clone()) };
    let text = blocks.iter().map(|block| match kind(block) {
        "text" => text_of(block),
        "image" => Err(refused(Refusal::Media)),
        _ => Err(refused(Refusal::NotText)),
    });
    Ok(text.collect::<Result<String, _>>()?.into())
}
