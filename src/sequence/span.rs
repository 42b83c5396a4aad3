//! What a stretch of the rendered text is.

use crate::words::Said;
use std::ops::Range;

/// Which part of a turn a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// What the template writes before a message's content: the role marker.
    Header,
    /// What the message itself says: content, reasoning, tool calls.
    Content,
    /// What the template writes after a message's content: the end-of-turn marker.
    End,
    /// What the template writes elsewhere, or text whose origin cannot be proven.
    Scaffold,
    /// The header that invites the model to answer, with nothing after it.
    GenerationPrompt,
    /// Pad tokens after the text.
    Padding,
}

impl Part {
    /// Its name in JSON output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Content => "content",
            Self::End => "end",
            Self::Scaffold => "scaffold",
            Self::GenerationPrompt => "generation_prompt",
            Self::Padding => "pad",
        }
    }

    /// The part of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let all = [Self::Header, Self::Content, Self::End, Self::Scaffold, Self::GenerationPrompt, Self::Padding];
        all.into_iter().find(|part| part.name() == name)
    }

    /// Its name on screen.
    #[must_use]
    pub fn words(self) -> Said {
        let (en, zh) = match self {
            Self::Header => ("header", "角色头"),
            Self::Content => ("content", "内容"),
            Self::End => ("end marker", "结束标记"),
            Self::Scaffold => ("other text", "其他文本"),
            Self::GenerationPrompt => ("generation prompt", "生成提示"),
            Self::Padding => ("padding", "填充"),
        };
        Said { en, zh }
    }

    /// Whether it is padding.
    #[must_use]
    pub fn is_padding(self) -> bool {
        self == Self::Padding
    }
}

/// A half-open range of the rendered text with what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the rendered text.
    pub bytes: Range<u32>,
    /// The message it comes from, counted from 0 in the conversation; `None` where no message can be proven.
    pub message: Option<usize>,
    /// Who speaks; empty for padding and where it cannot be proven. A default system prompt has a role and no message.
    pub role: String,
    /// Which part of the turn it is.
    pub part: Part,
}

impl Span {
    /// Whether both stand in the same message, or in the same stretch outside of messages.
    #[must_use]
    pub fn is_of_turn(&self, other: &Self) -> bool {
        self.message == other.message && self.role == other.role && self.part.is_padding() == other.part.is_padding()
    }
}
