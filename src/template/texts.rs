//! The texts of a conversation: where they are and how they fall into pieces.

use std::ops::Range;

use serde_json::Value as Json;

use super::python::strings::is_space;

/// A field of a message, or the tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// What the message says.
    Content,
    /// What was thought before.
    Reasoning,
    /// Names and arguments of tool calls.
    ToolCalls,
    /// The list of tools, which belongs to no message.
    Tools,
}

/// Where a text stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Index of the message; none for tools.
    pub message: Option<usize>,
    /// Which of its fields.
    pub field: Field,
    /// JSON pointer within the message, or within the list of tools.
    pub pointer: String,
}

/// Keys whose texts templates compare rather than print.
const COMPARED: [&str; 6] = ["role", "type", "id", "tool_call_id", "required", "enum"];

/// Visits every text that a template prints, in a fixed order.
pub(super) fn for_each_text(
    messages: &mut [Json],
    tools: Option<&mut Json>,
    visit: &mut dyn FnMut(Place, &mut String),
) {
    for (index, message) in messages.iter_mut().enumerate() {
        let Some(fields) = message.as_object_mut() else {
            continue;
        };
        for (name, value) in fields {
            let field = match name.as_str() {
                "content" => Field::Content,
                "reasoning_content" | "thinking" | "reasoning" => Field::Reasoning,
                "tool_calls" => Field::ToolCalls,
                _ => continue,
            };
            walk(value, &format!("/{name}"), &mut |pointer, text| {
                let place = Place { message: Some(index), field, pointer };
                visit(place, text);
            });
        }
    }
    if let Some(tools) = tools {
        walk(tools, "", &mut |pointer, text| {
            let place = Place { message: None, field: Field::Tools, pointer };
            visit(place, text);
        });
    }
}

fn walk(json: &mut Json, pointer: &str, visit: &mut dyn FnMut(String, &mut String)) {
    match json {
        Json::String(text) => visit(pointer.to_owned(), text),
        Json::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                walk(item, &format!("{pointer}/{index}"), visit);
            }
        }
        Json::Object(fields) => {
            for (name, value) in fields {
                if !COMPARED.contains(&name.as_str()) {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    walk(value, &format!("{pointer}/{name}"), visit);
                }
            }
        }
        _ => {}
    }
}

/// The pieces of a text between white space at its ends, groups of newlines, and tags such as `<think>` or `[INST]`:
/// where templates cut, they cut there. A text of nothing but tags is one piece, one of white space has none.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let length = match bytes[at] {
            b'\n' => 1,
            b'<' => tag(&bytes[at..], b'>', 64, |byte| !byte.is_ascii_whitespace() && byte != b'<'),
            b'[' => tag(&bytes[at..], b']', 32, |byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'/')),
            _ => 0,
        };
        if length == 0 {
            at += 1;
            continue;
        }
        push_trimmed(text, start..at, &mut pieces);
        at += length;
        start = at;
    }
    push_trimmed(text, start..text.len(), &mut pieces);
    if pieces.is_empty() {
        push_trimmed(text, 0..text.len(), &mut pieces);
    }
    pieces
}

fn push_trimmed(text: &str, range: Range<usize>, pieces: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let trimmed = part.trim_start_matches(is_space);
    let start = range.start + part.len() - trimmed.len();
    let end = start + trimmed.trim_end_matches(is_space).len();
    if start < end {
        pieces.push(start..end);
    }
}

/// The length of a tag that starts here, or 0.
fn tag(bytes: &[u8], closing: u8, longest: usize, inside: impl Fn(u8) -> bool) -> usize {
    for (index, &byte) in bytes.iter().enumerate().take(longest).skip(1) {
        if byte == closing {
            return if index > 1 { index + 1 } else { 0 };
        }
        if !inside(byte) {
            return 0;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        pieces(text).into_iter().map(|piece| &text[piece]).collect()
    }

    #[test]
    fn pieces_lie_between_newlines_and_tags() {
        assert_eq!(parts("<think>\nhm, hm\n</think>\n\n Yes.\nNo. "), ["hm, hm", "Yes.", "No."]);
        assert_eq!(parts("[INST] a < b [/INST]"), ["a < b"]);
        assert_eq!(parts("<tag>"), ["<tag>"]);
        assert_eq!(parts(" \n\t"), [""; 0]);
        assert_eq!(parts("夏天"), ["夏天"]);
    }

    #[test]
    fn compared_keys_are_left_alone() {
        let mut messages = vec![serde_json::json!({
            "role": "user", "content": [{"type": "text", "text": "hi"}], "name": "me",
            "tool_calls": [{"id": "1", "function": {"name": "f", "arguments": {"a": "x", "n": 1}}}],
        })];
        let mut found = Vec::new();
        for_each_text(&mut messages, None, &mut |place, text| {
            found.push((place.pointer, text.clone()));
        });
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            found,
            [
                ("/content/0/text", "hi"),
                ("/tool_calls/0/function/name", "f"),
                ("/tool_calls/0/function/arguments/a", "x"),
            ]
        );
    }
}
