//! The renderers by their names, and what they have in common.

use super::content::Message;
use super::{deepseek, plain, qwen};
use crate::policies::Unavailable;
use crate::tokenizer::Tokenizer;
use crate::words::unavailable::Tinker as Refusal;

/// How a conversation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Renderer {
    RoleColon,
    Llama3,
    Qwen3(qwen::Thinking),
    DeepSeekV3(deepseek::Thinking),
}

/// The renderers under the names that `get_renderer` knows them by.
pub(super) const NAMES: [(&str, Renderer); 8] = [
    ("role_colon", Renderer::RoleColon),
    ("llama3", Renderer::Llama3),
    ("qwen3", Renderer::Qwen3(qwen::Thinking::Open)),
    ("qwen3_disable_thinking", Renderer::Qwen3(qwen::Thinking::Closed)),
    ("qwen3_instruct", Renderer::Qwen3(qwen::Thinking::Unknown)),
    ("deepseekv3", Renderer::DeepSeekV3(deepseek::Thinking::Off)),
    ("deepseekv3_disable_thinking", Renderer::DeepSeekV3(deepseek::Thinking::Off)),
    ("deepseekv3_thinking", Renderer::DeepSeekV3(deepseek::Thinking::On)),
];

/// The renderer where none is named.
pub(super) const USUAL: Renderer = Renderer::Qwen3(qwen::Thinking::Open);

/// Where a message stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub at: usize,
    pub is_last: bool,
    pub follows_tool: bool,
    /// Whether the conversation has a message of the user.
    pub has_user: bool,
}

impl Place {
    /// The place of a message in a conversation; the one behind its end is that of the message to be generated.
    pub fn of(messages: &[Message<'_>], at: usize) -> Self {
        let before = at.checked_sub(1).and_then(|before| messages.get(before));
        Self {
            at,
            is_last: at + 1 >= messages.len(),
            follows_tool: before.is_some_and(|before| before.role == "tool"),
            has_user: messages.iter().any(|message| message.role == "user"),
        }
    }
}

/// A message as tokens.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// What introduces it.
    pub header: Vec<u32>,
    /// What its author writes.
    pub output: Vec<u32>,
    /// What completes the stop sequence behind the last message.
    pub overlap: Vec<u32>,
}

/// The place after the last message of the user.
pub(super) fn after_last_user(messages: &[Message<'_>]) -> usize {
    messages.iter().rposition(|message| message.role == "user").map_or(0, |at| at + 1)
}

/// A text that must be one token.
pub(super) fn single(text: &str, tokenizer: &Tokenizer) -> Result<u32, Unavailable> {
    match tokenizer.ids(text)?.as_slice() {
        [id] => Ok(*id),
        ids => Err(Unavailable::Tinker(Refusal::NoToken { token: text.into(), tokens: ids.len() })),
    }
}

impl Renderer {
    /// What stands before the first message.
    pub fn bos(self, tokenizer: &Tokenizer) -> Result<Vec<u32>, Unavailable> {
        match self {
            Self::RoleColon => Ok(tokenizer.special("bos_token").map_or(Ok(Vec::new()), |bos| tokenizer.ids(bos))?),
            Self::Llama3 => Ok(tokenizer.ids("<|begin_of_text|>")?),
            Self::Qwen3(_) => Ok(Vec::new()),
            Self::DeepSeekV3(_) => Ok(vec![single("<｜begin▁of▁sentence｜>", tokenizer)?]),
        }
    }

    /// Whether its generation prompt closes the think block.
    pub fn disables_thinking(self) -> bool {
        self == Self::Qwen3(qwen::Thinking::Closed)
    }

    pub fn rendered(self, message: &Message<'_>, place: Place, tokenizer: &Tokenizer) -> Result<Rendered, Unavailable> {
        match self {
            Self::RoleColon => plain::role_colon(message, tokenizer),
            Self::Llama3 => plain::llama3(message, tokenizer),
            Self::Qwen3(thinking) => qwen::rendered(message, place, thinking, tokenizer),
            Self::DeepSeekV3(thinking) => deepseek::rendered(message, place, thinking, tokenizer),
        }
    }

    /// What sampling is given to produce the message after these.
    pub fn generation_prompt(self, messages: &[Message<'_>], tokenizer: &Tokenizer) -> Result<Vec<u32>, Unavailable> {
        let mut ids = self.bos(tokenizer)?;
        for (at, message) in messages.iter().enumerate() {
            let rendered = self.rendered(message, Place::of(messages, at), tokenizer)?;
            ids.extend(rendered.header);
            ids.extend(rendered.output);
        }
        let next = Place::of(messages, messages.len());
        ids.extend(match self {
            Self::RoleColon => plain::role_colon_header("assistant", tokenizer)?,
            Self::Llama3 => plain::llama3_header("assistant", tokenizer)?,
            Self::Qwen3(thinking) => qwen::generation_suffix(next, thinking, tokenizer)?,
            Self::DeepSeekV3(thinking) => deepseek::generation_suffix(next, thinking, tokenizer)?,
        });
        Ok(ids)
    }
}
