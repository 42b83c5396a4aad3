//! Messages as torchtune holds them.

use super::super::parts::{self, Renderer};
use super::Unavailable;
use serde_json::{Value, json};

/// Who says what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The role.
    pub role: String,
    /// The text, of a list of parts the first one's.
    pub content: String,
}

impl Spoken {
    /// The message as the template gets it.
    pub fn value(&self) -> Value {
        json!({"role": self.role, "content": self.content})
    }
}

/// The messages. One whose content is neither text nor a list has that of the message before it: a fault of torchtune's.
///
/// # Errors
/// [`Unavailable`] where torchtune raises, and for images.
pub fn spoken(renderer: &Renderer<'_>, messages: &[Value]) -> Result<Vec<Spoken>, Unavailable> {
    let mut before: Option<String> = None;
    let mut spoken = Vec::with_capacity(messages.len());
    for message in messages {
        let content = match message.get("content") {
            None => return Err(renderer.raises("KeyError: 'content'")),
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Array(parts)) => Some(first_text(renderer, parts)?),
            Some(_) => before.clone(),
        };
        let unbound = "UnboundLocalError: cannot access local variable 'content'";
        let content = content.ok_or_else(|| renderer.raises(unbound))?;
        before = Some(content.clone());
        spoken.push(Spoken { role: parts::role(message).to_owned(), content });
    }
    Ok(spoken)
}

fn first_text(renderer: &Renderer<'_>, parts: &[Value]) -> Result<String, Unavailable> {
    let kind = |part: &Value| part.get("type").and_then(Value::as_str).map(str::to_owned);
    let mut texts = Vec::new();
    for part in parts {
        match kind(part).as_deref() {
            None => return Err(renderer.raises("KeyError: 'type'")),
            Some("text") => {
                let text = part.get("text").and_then(Value::as_str);
                texts.push(text.ok_or_else(|| renderer.raises("KeyError: 'text'"))?);
            }
            Some("image_url") => return Err(renderer.refused(crate::words::unavailable::Why::Parts)),
            Some(_) => {}
        }
    }
    texts.first().map(|text| (*text).to_owned()).ok_or_else(|| renderer.raises("IndexError: list index out of range"))
}

/// Makes sure that the messages go back and forth.
///
/// # Errors
/// [`Unavailable`] where torchtune raises.
pub fn validate(renderer: &Renderer<'_>, spoken: &[Spoken]) -> Result<(), Unavailable> {
    let raises = |what: String| Err(renderer.raises(what));
    if spoken.len() < 2 {
        return raises(format!("Messages must be at least length 2, but got {} messages", spoken.len()));
    }
    let mut last = "assistant";
    for (at, message) in spoken.iter().enumerate() {
        match message.role.as_str() {
            "assistant" if !["user", "tool", "ipython"].contains(&last) => {
                return raises(format!(
                    "Assistant message before expected user, tool or ipython message at index {at}"
                ));
            }
            "user" if last == "user" => {
                return raises(format!("Two consecutive user messages at index {at} and {}", at.saturating_sub(1)));
            }
            "system" if at > 0 => {
                return raises(format!("System message at index {at}, but system messages must come first"));
            }
            // No message that comes from a record is one of calls.
            "tool" | "ipython" => {
                return raises(format!("Tool or ipython message at index {at} must follow an ipython message"));
            }
            _ => {}
        }
        last = &message.role;
    }
    Ok(())
}
