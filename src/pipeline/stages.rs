//! What is kept of a rendering and a tokenizer to find out more of a record later.

use crate::conversation::{Conversation, Message};
use crate::sequence::turns::{self, Frames, Said};
use crate::sequence::{Source, Span};
use crate::template::{Rendered, Run};
use crate::tokenizer::{SpecialTokens, Tokenizer};
use std::ops::Range;
use std::sync::Arc;

/// The tokens of a text that no template wrote.
#[derive(Debug)]
pub(super) struct TextTokens {
    pub tokenizer: Arc<Tokenizer>,
    pub special_tokens: SpecialTokens,
}

impl Source for TextTokens {
    fn ranges(&self, text: &str, ids: &[u32]) -> Vec<Range<u32>> {
        self.tokenizer.ranges_of(text, ids, self.special_tokens)
    }

    fn spans(&self, text: &str) -> Vec<Span> {
        turns::unread(text)
    }
}

/// The tokens of a rendered text, and where the template has it from.
#[derive(Debug)]
pub(super) struct Rendering {
    pub tokens: TextTokens,
    /// What the template writes around messages; `None` where it refuses the probes.
    pub frames: Option<Arc<Frames>>,
    pub conversation: Arc<Conversation>,
    /// Without the text, which the sequence has.
    pub rendered: Rendered,
}

impl Rendering {
    /// Which statement of the template wrote which bytes of the text.
    pub fn runs(&self) -> &[Run] {
        &self.rendered.runs
    }
}

impl Source for Rendering {
    fn ranges(&self, text: &str, ids: &[u32]) -> Vec<Range<u32>> {
        self.tokens.ranges(text, ids)
    }

    fn spans(&self, text: &str) -> Vec<Span> {
        let blocks = turns::blocks(&self.rendered);
        let messages = &self.conversation.messages;
        let texts: Vec<String> = messages.iter().map(Message::text).collect();
        let said: Vec<Said<'_>> =
            messages.iter().zip(&texts).map(|(message, content)| Said { role: message.role(), content }).collect();
        turns::label(text, &said, &blocks, self.frames.as_deref().unwrap_or(&Frames::default()))
    }
}
