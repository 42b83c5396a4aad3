//! The renderers for Qwen3.

use super::content::{Content, Message, Part};
use super::renderer::{Place, Rendered, single};
use crate::policies::Unavailable;
use crate::tokenizer::Tokenizer;
use crate::words::unavailable::Tinker as Refusal;
use serde_json::Value;

/// What a renderer makes of thoughts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thinking {
    /// `qwen3`: the last answer has a think block.
    Open,
    /// `qwen3_disable_thinking`: so it has, and the generation prompt closes it.
    Closed,
    /// `qwen3_instruct`: the model knows no think block.
    Unknown,
}

pub(super) fn rendered(
    message: &Message<'_>,
    place: Place,
    thinking: Thinking,
    tokenizer: &Tokenizer,
) -> Result<Rendered, Unavailable> {
    let is_answer = message.role == "assistant";
    let content = message.content()?;
    if thinking == Thinking::Closed && is_answer && place.is_last && !content.is_empty() && !place.has_user {
        return Err(Unavailable::Tinker(Refusal::NoUser));
    }
    let is_framed = thinking != Thinking::Unknown && is_answer && place.is_last && place.has_user;
    let mut text = written(content, is_framed, is_answer && !place.is_last)?;
    let has_text = !text.is_empty();
    if is_framed && !content.thinks()? {
        text = framed("") + text.trim_start_matches('\n');
    }
    if message.role == "tool" {
        text = format!("<tool_response>\n{text}\n</tool_response>");
    }
    match message.calls() {
        None => {}
        Some(Value::Array(calls)) if calls.is_empty() => text.push_str(if has_text { "\n" } else { "" }),
        Some(_) => return Err(Unavailable::Tinker(Refusal::PlainCalls)),
    }
    let role = if message.role == "tool" { "user" } else { message.role };
    let mut output = tokenizer.literal_ids(&text)?;
    output.push(single("<|im_end|>", tokenizer)?);
    Ok(Rendered { header: header(role, place, "", tokenizer)?, output, overlap: Vec::new() })
}

/// The text of a content, with its thoughts as the template frames them where it does.
fn written(content: Content<'_>, is_framed: bool, is_history: bool) -> Result<String, Unavailable> {
    match content {
        Content::Text(text) => Ok(match text.split_once("</think>").filter(|_| is_framed) {
            Some((before, rest)) => {
                let thought = before.rsplit_once("<think>").map_or(before, |(_, thought)| thought);
                framed(thought) + rest.trim_start_matches('\n')
            }
            None => text.to_owned(),
        }),
        Content::Parts(parts) => {
            let mut whole = String::new();
            let mut is_behind_block = false;
            for part in Content::parts(parts)? {
                match part {
                    Part::Thinking(_) if is_history => {}
                    Part::Thinking(thought) if is_framed => {
                        whole.push_str(&framed(thought));
                        is_behind_block = true;
                    }
                    Part::Thinking(thought) => {
                        whole.extend(["<think>", thought, "</think>"]);
                        is_behind_block = false;
                    }
                    Part::Text(text) => {
                        whole.push_str(if is_behind_block { text.trim_start_matches('\n') } else { text });
                        is_behind_block = false;
                    }
                    Part::Other => {}
                }
            }
            Ok(whole)
        }
    }
}

/// A think block as the template of Qwen3 writes it.
fn framed(thought: &str) -> String {
    format!("<think>\n{}\n</think>\n\n", thought.trim_matches('\n'))
}

fn header(role: &str, place: Place, behind: &str, tokenizer: &Tokenizer) -> Result<Vec<u32>, Unavailable> {
    let newline = if place.at > 0 { "\n" } else { "" };
    Ok(tokenizer.ids(&format!("{newline}<|im_start|>{role}\n{behind}"))?)
}

pub(super) fn generation_suffix(
    next: Place,
    thinking: Thinking,
    tokenizer: &Tokenizer,
) -> Result<Vec<u32>, Unavailable> {
    let behind = if thinking == Thinking::Closed { framed("") } else { String::new() };
    header("assistant", next, &behind, tokenizer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(content: &Value, is_framed: bool, is_history: bool) -> String {
        let message = json!({"role": "assistant", "content": content});
        written(Message::of(&message).content().unwrap(), is_framed, is_history).unwrap()
    }

    #[test]
    fn inline_thoughts_are_framed_anew() {
        assert_eq!(text(&json!("a<think>b\n</think>c"), true, false), "<think>\nb\n</think>\n\nc");
        assert_eq!(text(&json!("a</think>\n\n\nc</think>"), true, false), "<think>\na\n</think>\n\nc</think>");
        assert_eq!(text(&json!("<think>b</think>c"), false, true), "<think>b</think>c");
    }

    #[test]
    fn thoughts_in_parts_leave_history() {
        let parts = json!([{"type": "thinking", "thinking": "\nb\n"}, {"type": "text", "text": "\n\nc"}]);
        assert_eq!(text(&parts, true, false), "<think>\nb\n</think>\n\nc");
        assert_eq!(text(&parts, false, false), "<think>\nb\n</think>\n\nc");
        assert_eq!(text(&parts, false, true), "\n\nc");
    }
}
