//! From records to ids.

use super::stages::{Rendering, TextTokens};
use super::{Encoded, Engine, Kept, SideEncoded, Templating};
use crate::conversation::{Conversation, Message, Prompt, Source as Origin, TokenRow};
use crate::dataset::Record;
use crate::error::{EncodeError, MessageName, TemplateError, TemplateHint};
use crate::formats::Schema;
use crate::policies::causes::LaterTurns;
use crate::policies::{self, Policy, Texts};
use crate::sequence::turns;
use crate::sequence::{Sequence, Source, Span, Written};
use crate::template::GenerationBlock;
use crate::tokenizer::{QuickText, SpecialTokens};
use serde_json::Value;
use std::sync::Arc;

/// Who gives the ids of a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ids {
    /// The reference, for a record that somebody looks at.
    OfReference,
    /// The quickest engine that is trusted, for many records.
    Quickest,
}

/// Takes records through the pipeline, as far as their ids.
#[derive(Debug, Clone, Copy)]
pub struct Encoder<'a> {
    pub(super) engine: &'a Engine,
    pub(super) ids: Ids,
}

impl Encoder<'_> {
    /// Takes a record through: normalise, render and tokenize, cut and pad.
    ///
    /// # Errors
    /// [`EncodeError`] says what is wrong with the record.
    pub fn encode(self, record: &Record) -> Result<Encoded, EncodeError> {
        let (schema, conversation) = self.engine.normalise(record)?;
        self.conversation(schema, conversation)?.written()
    }

    /// Takes each side of a record through: both answers of a preference record, and the one conversation of any other.
    /// The tokens are those that the trainer of `shown` feeds to the model.
    pub fn encode_sides(self, record: &Record, shown: &Policy) -> (SideEncoded, Option<SideEncoded>) {
        match self.engine.normalise(record) {
            Err(error) => ((None, Err(error)), None),
            Ok((schema, mut conversation)) => {
                let rejected = conversation.rejected.take();
                let encode = |side| self.engine.fed_by(shown, self.conversation(schema, side)?).written();
                let side = |side: Conversation| (side.choice, encode(side));
                (side(conversation), rejected.map(|rejected| side(*rejected)))
            }
        }
    }

    fn conversation(self, schema: &Schema, conversation: Conversation) -> Result<Encoded, EncodeError> {
        match conversation.source {
            Origin::Template if self.is_own_text(&conversation) => match self.own_text(&conversation) {
                Some(text) => self.encode_text(schema, text, conversation.prompt),
                None => Ok(unwritten(schema, conversation, EncodeError::NoText)),
            },
            Origin::Template => self.encode_messages(schema, conversation),
            Origin::Text(text) => self.encode_text(schema, self.with_ends(text), None),
            Origin::Tokens(row) => self.encode_row(schema, row),
        }
    }

    /// Whether no chat template writes the record's messages.
    fn is_own_text(self, conversation: &Conversation) -> bool {
        let is_text = matches!(conversation.prompt, Some(Prompt::Text { .. }));
        let settings = &self.engine.settings;
        settings.templating == Templating::AsWritten || (is_text && settings.texts == Texts::WithEnds)
    }

    /// A text with the EOS behind it, where the trainer puts that there.
    fn with_ends(self, text: String) -> String {
        match (self.engine.settings.texts, self.engine.tokenizer.special("eos_token")) {
            (Texts::WithEnds, Some(eos)) if !text.ends_with(eos) => text + eos,
            _ => text,
        }
    }

    /// The text that a record holds itself: a prompt and its completion, with the EOS that TRL appends.
    pub(super) fn own_text(self, conversation: &Conversation) -> Option<String> {
        let Some(Prompt::Text { prompt, completion }) = &conversation.prompt else { return None };
        Some(policies::joined(prompt, completion, self.engine.tokenizer.special("eos_token")))
    }

    fn encode_text(self, schema: &Schema, text: String, prompt: Option<Prompt>) -> Result<Encoded, EncodeError> {
        let special_tokens = match self.engine.settings.texts {
            Texts::WithEnds => SpecialTokens::Added,
            Texts::AsWritten => self.special_tokens(),
        };
        let tokens = self.tokens(&text, special_tokens)?;
        let (messages, spans) = self.read(&text);
        let source = TextTokens { tokenizer: Arc::clone(&self.engine.tokenizer), special_tokens };
        let sequence = self.sequence(text, tokens, Arc::new(source)).with_spans(spans);
        let sequence = Sequence { written: Written::Text, ..sequence };
        Ok(brought(schema, found(messages, prompt, &sequence.text), sequence))
    }

    fn encode_row(self, schema: &Schema, row: TokenRow) -> Result<Encoded, EncodeError> {
        let unknown = |place: usize, id: u32| EncodeError::UnknownId {
            place,
            id,
            tokenizer: self.engine.tokenizer.name().to_owned(),
            size: self.engine.tokenizer.vocabulary_size(),
        };
        let decoded = self.engine.tokenizer.decode(&row.ids).map_err(|place| unknown(place, row.ids[place]))?;
        if let Err(place) = self.engine.tokenizer.decode(&row.padding) {
            return Err(unknown(row.ids.len() + place, row.padding[place]));
        }
        checked(&decoded.text)?;
        let (messages, spans) = self.read(&decoded.text);
        let sequence = Sequence::of_tokens(decoded.text, decoded.encoded, spans, &row.padding, self.engine.shape());
        let sequence = Sequence { written: Written::Tokens(row.columns), ..sequence };
        Ok(brought(schema, found(messages, None, &sequence.text), sequence))
    }

    /// The messages and spans of a text that the record brings.
    fn read(self, text: &str) -> (Vec<Message>, Vec<Span>) {
        let read = self.engine.frames.as_ref().and_then(|frames| turns::read(text, frames));
        let Some((turns, spans)) = read else { return (Vec::new(), turns::unread(text)) };
        (turns.into_iter().map(|turn| Message::new(&turn.role, &text[turn.content])).collect(), spans)
    }

    fn encode_messages(self, schema: &Schema, conversation: Conversation) -> Result<Encoded, EncodeError> {
        if let Some(why) = &self.engine.no_template {
            return Ok(unwritten(schema, conversation, why.clone().into()));
        }
        let messages = conversation.values();
        let kwargs = self.engine.setup().kwargs_of(&conversation);
        let input = self.engine.setup().template_input(&messages, &conversation, &kwargs);
        let mut rendered = match self.engine.template_of(&conversation).render(&input) {
            Ok(rendered) => rendered,
            Err(error) => {
                let refusal = EncodeError::Template { hint: hint(&conversation), error: TemplateError(error) };
                return Ok(unwritten(schema, conversation, refusal));
            }
        };
        let text = std::mem::take(&mut rendered.text);
        let tokens = self.tokens(&text, self.special_tokens())?;
        let generation = rendered.generation.take();
        let conversation = Arc::new(conversation);
        let rendering = Arc::new(Rendering {
            tokens: TextTokens { tokenizer: Arc::clone(&self.engine.tokenizer), special_tokens: self.special_tokens() },
            frames: self.engine.frames.clone(),
            conversation: Arc::clone(&conversation),
            rendered,
        });
        let mut sequence = self.sequence(text, tokens, rendering.clone());
        sequence.generation_truth = generation.as_deref().and_then(standing);
        let recorded = |block: GenerationBlock| block.recorded.0..block.recorded.1;
        sequence.generation = generation.map(|blocks| blocks.into_iter().map(recorded).collect());
        let (schema, rendering) = (schema.name, Some(rendering));
        Ok(Encoded {
            schema,
            conversation,
            sequence,
            kept: Kept::default(),
            own: None,
            later_turns: LaterTurns::default(),
            rendering,
            refusal: None,
        })
    }

    fn special_tokens(self) -> SpecialTokens {
        self.engine.settings.special_tokens
    }

    fn tokens(self, text: &str, special: SpecialTokens) -> Result<QuickText, EncodeError> {
        let tokenizer = &self.engine.tokenizer;
        Ok(match self.ids {
            Ids::OfReference => tokenizer.encode(checked(text)?, special)?.into(),
            Ids::Quickest => tokenizer.encode_quickly(checked(text)?, special)?,
        })
    }

    fn sequence(self, text: String, tokens: QuickText, source: Arc<dyn Source>) -> Sequence {
        let sequence = Sequence::of_ids(text, tokens.ids, self.engine.shape()).with_source(source);
        match tokens.ranges {
            Some(ranges) => sequence.with_ranges(ranges),
            None => sequence,
        }
    }
}

/// Where generation blocks stand, if Transformers records one of them elsewhere. What the template dropped stands nowhere
/// and is left where it is recorded.
fn standing(blocks: &[GenerationBlock]) -> Option<Vec<std::ops::Range<usize>>> {
    let shifted = blocks.iter().any(|block| block.stands.first().is_some_and(|first| *first != block.recorded));
    let place = |block: &GenerationBlock| block.stands.first().copied().unwrap_or(block.recorded);
    shifted.then(|| blocks.iter().map(place).map(|(start, end)| start..end).collect())
}

/// What was found in a text. For lists of records, the text speaks where no message was found in it.
fn found(messages: Vec<Message>, prompt: Option<Prompt>, text: &str) -> Conversation {
    let source = if messages.is_empty() { Origin::Text(opening(text)) } else { Origin::default() };
    Conversation { source, prompt, messages, ..Conversation::default() }
}

/// A record whose text no template has written.
fn brought(schema: &Schema, conversation: Conversation, sequence: Sequence) -> Encoded {
    let conversation = Arc::new(conversation);
    let (schema, later_turns) = (schema.name, LaterTurns::default());
    Encoded {
        schema,
        conversation,
        sequence,
        kept: Kept::default(),
        own: None,
        later_turns,
        rendering: None,
        refusal: None,
    }
}

/// A record whose text nobody has written: a trainer with a template of its own may still make something of it.
fn unwritten(schema: &Schema, conversation: Conversation, refusal: EncodeError) -> Encoded {
    let sequence = Sequence { written: Written::Nobody, ..Sequence::default() };
    Encoded { refusal: Some(Arc::new(refusal)), ..brought(schema, conversation, sequence) }
}

/// The first words of a text, more than any list shows.
fn opening(text: &str) -> String {
    const SHOWN: usize = 200;
    text.trim_start().chars().take(SHOWN).collect()
}

/// Texts of more bytes are not tokenized: the tokenizers library takes some two hundred bytes of memory for each.
const LONGEST: usize = 16 << 20;

/// The text, if it is not too long to be tokenized.
fn checked(text: &str) -> Result<&str, EncodeError> {
    if text.len() > LONGEST {
        return Err(EncodeError::TooLong { bytes: text.len(), longest: LONGEST >> 20 });
    }
    Ok(text)
}

/// What in a conversation makes templates fail, if that can be told.
fn hint(conversation: &Conversation) -> Option<TemplateHint> {
    let name = |(at, message): (usize, &Message)| MessageName { at, role: message.role().to_owned() };
    let first = |is_meant: fn(Option<&Value>) -> bool| {
        conversation.messages.iter().enumerate().find(|(_, message)| is_meant(message.content()))
    };
    if let Some(found) = first(|content| content.is_none_or(Value::is_null)) {
        let calls = found.1.get("tool_calls").is_some_and(Value::is_array);
        let hint = if calls { TemplateHint::NoTextBesideCalls } else { TemplateHint::NoContent };
        return Some(hint(name(found)));
    }
    if let Some(found) = first(|content| matches!(content, Some(Value::Array(_)))) {
        return Some(TemplateHint::Parts(name(found)));
    }
    first(|content| !matches!(content, Some(Value::String(_)))).map(|found| TemplateHint::OtherContent(name(found)))
}
