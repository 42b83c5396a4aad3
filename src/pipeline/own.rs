//! A record as the trainer of a policy feeds it to the model, where its tokens are not those of the chat template.

use super::{Encoded, Engine, Kept};
use crate::policies::causes::LaterTurns;
use crate::policies::{Alignment, Policy, Trained};
use crate::sequence::turns::{self, Block, Frames, Said};
use crate::sequence::{Sequence, Shape, Span, Written};
use std::sync::Arc;

/// What the chat template makes of a record whose tokens on show are a trainer's own.
#[derive(Debug, Clone)]
pub struct Own {
    /// The record by the chat template.
    pub template: Encoded,
    /// How its tokens go with those on show.
    pub alignment: Alignment,
}

impl Engine {
    /// The record with the tokens that this policy's trainer feeds to the model; as it is where those are the tokens of
    /// the chat template, and where the trainer makes nothing of it.
    #[must_use]
    pub fn fed_by(&self, policy: &Policy, encoded: Encoded) -> Encoded {
        let template = match &encoded.own {
            Some(own) => own.template.clone(),
            None => encoded,
        };
        let own = self.own_tokens(&template, policy).and_then(|trained| self.sequence_of(&template, &trained));
        let Some(sequence) = own else { return template };
        let shown = &sequence.ids[..sequence.unpadded()];
        let kept = Kept::default();
        let alignment = Alignment::of(shown, &template.sequence.ids[..template.sequence.unpadded()]);
        Encoded {
            schema: template.schema,
            conversation: template.conversation.clone(),
            sequence,
            kept,
            later_turns: LaterTurns::default(),
            rendering: None,
            refusal: None,
            own: Some(Arc::new(Own { template, alignment })),
        }
    }

    /// A trainer's tokens as a sequence; `None` where the tokenizer does not know one of them.
    fn sequence_of(&self, template: &Encoded, trained: &Trained) -> Option<Sequence> {
        let decoded = self.tokenizer.decode(&trained.ids).ok()?;
        let spans = self.spans_of_own(template, &decoded.text);
        // The trainer has cut the record itself, and may leave more than the maximum length.
        let shape = self.shape();
        let max_length = shape.max_length.map(|most| most.max(trained.ids.len()));
        let sequence = Sequence::new(decoded.text, decoded.encoded, spans, Shape { max_length, ..shape });
        Some(Sequence { written: Written::Trainer, ..sequence })
    }

    /// What each stretch of a trainer's text is: contents are looked for in their order, the rest is what the template's
    /// frames explain.
    fn spans_of_own(&self, template: &Encoded, text: &str) -> Vec<Span> {
        let messages = &template.conversation.messages;
        let texts: Vec<String> = messages.iter().map(crate::conversation::Message::text).collect();
        let said: Vec<Said<'_>> =
            messages.iter().zip(&texts).map(|(message, content)| Said { role: message.role(), content }).collect();
        let mut blocks = Vec::new();
        let mut from = 0;
        for (message, content) in texts.iter().enumerate() {
            let content = content.trim();
            let Some(at) = text[from..].find(content).filter(|_| !content.is_empty()) else { continue };
            let bytes = from + at..from + at + content.len();
            from = bytes.end;
            blocks.push(Block { bytes, message });
        }
        turns::label(text, &said, &blocks, self.frames.as_deref().unwrap_or(&Frames::default()))
    }
}
