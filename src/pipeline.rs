//! The pipeline: a record becomes a sequence once, and the sequence gets masks on every toggle, without tokenizing.

mod findings;
mod masks;
mod own;
mod told;

pub use crate::policies::{Settings, Templating};
pub use masks::Kept;
pub use own::Own;
pub use told::Told;

use crate::conversation::{Choice, Conversation, Message, Prompt, Source, TokenRow};
use crate::dataset::Record;
use crate::error::{EncodeError, Kind, MessageName, TemplateError, TemplateHint, TokenizerError};
use crate::formats::Schema;
use crate::lints::Levels;
use crate::policies::{self, Policy, Setup, causes::Turns};
use crate::sequence::turns::{self, Frames, GenerationPrompt, Said};
use crate::sequence::{MarkerSet, MarkerTexts, Sequence, Shape, Span, Written};
use crate::template::{ChatTemplate, GenerationBlock, Rendered, Run};
use crate::tokenizer::Tokenizer;
use serde_json::Value;
use std::sync::Arc;

/// A tokenizer and a chat template, with what is derived from them: everything that turns records into sequences.
#[derive(Debug)]
pub struct Engine {
    tokenizer: Tokenizer,
    template: ChatTemplate,
    tool_template: Option<ChatTemplate>,
    frames: Option<Frames>,
    markers: MarkerSet,
    marker_texts: MarkerTexts,
    settings: Settings,
    levels: Levels,
}

/// A record that came through the pipeline.
#[derive(Debug, Clone)]
pub struct Encoded {
    /// The name of its schema.
    pub schema: &'static str,
    /// The record after normalisation.
    pub conversation: Conversation,
    /// Its tokens.
    pub sequence: Sequence,
    /// The turns of the sequence.
    pub turns: Turns,
    /// Which statement of the template wrote which bytes of the text, and where they come from: in order, without gaps.
    pub runs: Vec<Run>,
    /// What trainers make of it, as far as it was worked out.
    pub kept: Kept,
    /// Where the tokens are a trainer's own: what the chat template makes of the record.
    pub own: Option<Arc<Own>>,
}

/// One side of a record, with which answer it is where there are two.
pub type SideEncoded = (Option<Choice>, Result<Encoded, EncodeError>);

impl Engine {
    /// Derives frames and markers from the template once.
    ///
    /// # Errors
    /// [`TokenizerError::Encode`] when the tokenizer fails on a marker.
    pub fn new(tokenizer: Tokenizer, template: ChatTemplate, settings: Settings) -> Result<Self, TokenizerError> {
        let mut engine = Self {
            tokenizer,
            template,
            tool_template: None,
            frames: None,
            markers: MarkerSet::default(),
            marker_texts: MarkerTexts::default(),
            settings,
            levels: Levels::default(),
        };
        engine.frames = engine.probe();
        let derived = engine.derived_markers()?;
        let given = engine.settings.markers.clone();
        engine.marker_texts = MarkerTexts {
            begin: given.begin.or(derived.begin),
            end: given.end.or(derived.end),
            user_begin: given.user_begin.or(derived.user_begin),
        };
        engine.markers = MarkerSet::new(&engine.marker_texts, &engine.tokenizer)?;
        Ok(engine)
    }

    /// The tokenizer.
    #[must_use]
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// The same engine with another template for records with tools, as Transformers takes `tool_use` for them.
    #[must_use]
    pub fn with_tool_template(self, tool_template: Option<ChatTemplate>) -> Self {
        Self { tool_template, ..self }
    }

    /// The chat template.
    #[must_use]
    pub fn template(&self) -> &ChatTemplate {
        &self.template
    }

    /// Everything that makes sequences and masks of records.
    #[must_use]
    pub fn setup(&self) -> Setup<'_> {
        Setup {
            tokenizer: &self.tokenizer,
            template: &self.template,
            tool_template: self.tool_template.as_ref(),
            frames: self.frames.as_ref(),
            marker_texts: &self.marker_texts,
            markers: &self.markers,
            settings: &self.settings,
        }
    }

    /// The chat template that writes this conversation.
    #[must_use]
    pub fn template_of(&self, conversation: &Conversation) -> &ChatTemplate {
        self.setup().template_of(conversation)
    }

    /// The texts of the markers in force.
    #[must_use]
    pub fn marker_texts(&self) -> &MarkerTexts {
        &self.marker_texts
    }

    /// The markers in force, in each form.
    #[must_use]
    pub fn markers(&self) -> &MarkerSet {
        &self.markers
    }

    fn probe(&self) -> Option<Frames> {
        let nothing = Conversation::default();
        let render = |messages: &[Value], prompt: GenerationPrompt| {
            self.setup().render(messages, &nothing, prompt).ok().map(|rendered| rendered.text)
        };
        let specials = self.tokenizer.added_tokens();
        let bos = self.tokenizer.special_tokens().get("bos_token").and_then(Value::as_str);
        turns::probe(&render, &specials, bos)
    }

    /// The markers of the template, in the form that the tokenizer finds.
    fn derived_markers(&self) -> Result<MarkerTexts, TokenizerError> {
        let Some(frames) = &self.frames else { return Ok(MarkerTexts::default()) };
        let sample = self.tokenizer.ids(&frames.sample())?;
        let is_found = |marker: &str| {
            let ids = self.tokenizer.ids(marker).unwrap_or_default();
            !ids.is_empty() && sample.windows(ids.len()).any(|window| window == ids)
        };
        Ok(frames.markers(&is_found))
    }

    /// Takes a record through: normalise, render, tokenize, label, cut and pad.
    ///
    /// # Errors
    /// [`EncodeError`] says what is wrong with the record.
    pub fn encode(&self, record: &Record) -> Result<Encoded, EncodeError> {
        let (schema, conversation) = self.normalise(record)?;
        self.encode_conversation(schema, conversation)
    }

    /// Takes each side of a record through: both answers of a preference record, and the one conversation of any other.
    /// The tokens are those that the trainer of `shown` feeds to the model.
    pub fn encode_sides(&self, record: &Record, shown: &Policy) -> (SideEncoded, Option<SideEncoded>) {
        match self.normalise(record) {
            Err(error) => ((None, Err(error)), None),
            Ok((schema, mut conversation)) => {
                let rejected = conversation.rejected.take();
                let encode = |side| Ok(self.fed_by(shown, self.encode_conversation(schema, side)?));
                let side = |side: Conversation| (side.choice, encode(side));
                (side(conversation), rejected.map(|rejected| side(*rejected)))
            }
        }
    }

    /// What the record says, before anything is rendered.
    ///
    /// # Errors
    /// [`EncodeError`] for a record that cannot be read or that is of no schema.
    pub fn normalise(&self, record: &Record) -> Result<(&'static Schema, Conversation), EncodeError> {
        let value = record.value.as_ref().map_err(Clone::clone)?;
        let object = value.as_object().ok_or(EncodeError::NotAnObject { found: Kind::of(value) })?;
        Ok(self.settings.schema.normalise(object)?)
    }

    fn encode_conversation(&self, schema: &Schema, conversation: Conversation) -> Result<Encoded, EncodeError> {
        match conversation.source {
            Source::Template if self.settings.templating == Templating::AsWritten => {
                let text = self.own_text(&conversation).ok_or(EncodeError::NoText)?;
                self.encode_text(schema, text, conversation.prompt)
            }
            Source::Template => self.encode_messages(schema, conversation),
            Source::Text(text) => self.encode_text(schema, text, None),
            Source::Tokens(row) => self.encode_row(schema, row),
        }
    }

    /// The text that a record holds itself: a prompt and its completion, with the EOS that TRL appends.
    fn own_text(&self, conversation: &Conversation) -> Option<String> {
        let Some(Prompt::Text { prompt, completion }) = &conversation.prompt else { return None };
        Some(policies::joined(prompt, completion, self.tokenizer.special("eos_token")))
    }

    fn encode_text(&self, schema: &Schema, text: String, prompt: Option<Prompt>) -> Result<Encoded, EncodeError> {
        let encoded = self.tokenizer.encode(checked(&text)?, self.settings.special_tokens)?;
        let (messages, spans) = self.read(&text);
        let sequence = Sequence { written: Written::Text, ..Sequence::new(text, encoded, spans, self.shape()) };
        let mut encoded = brought(schema, messages, sequence);
        encoded.conversation.prompt = prompt;
        Ok(encoded)
    }

    fn encode_row(&self, schema: &Schema, row: TokenRow) -> Result<Encoded, EncodeError> {
        let unknown = |place: usize, id: u32| EncodeError::UnknownId {
            place,
            id,
            tokenizer: self.tokenizer.name().to_owned(),
            size: self.tokenizer.vocabulary_size(),
        };
        let decoded = self.tokenizer.decode(&row.ids).map_err(|place| unknown(place, row.ids[place]))?;
        if let Err(place) = self.tokenizer.decode(&row.padding) {
            return Err(unknown(row.ids.len() + place, row.padding[place]));
        }
        checked(&decoded.text)?;
        let (messages, spans) = self.read(&decoded.text);
        let sequence = Sequence::of_tokens(decoded.text, decoded.encoded, spans, &row.padding, self.shape());
        Ok(brought(schema, messages, Sequence { written: Written::Tokens(row.columns), ..sequence }))
    }

    /// The messages and spans of a text that the record brings.
    fn read(&self, text: &str) -> (Vec<Message>, Vec<Span>) {
        let read = self.frames.as_ref().and_then(|frames| turns::read(text, frames));
        let Some((turns, spans)) = read else { return (Vec::new(), turns::unread(text)) };
        (turns.into_iter().map(|turn| Message::new(&turn.role, &text[turn.content])).collect(), spans)
    }

    fn shape(&self) -> Shape {
        Shape { max_length: self.settings.max_length, padding: self.settings.padding, pad_id: self.tokenizer.pad_id() }
    }

    fn encode_messages(&self, schema: &Schema, conversation: Conversation) -> Result<Encoded, EncodeError> {
        let messages = conversation.values();
        let kwargs = self.setup().kwargs_of(&conversation);
        let input = self.setup().template_input(&messages, &conversation, &kwargs);
        let rendered = self
            .template_of(&conversation)
            .render(&input)
            .map_err(|error| EncodeError::Template { hint: hint(&conversation), error: TemplateError(error) })?;
        checked(&rendered.text)?;
        let spans = self.spans(&conversation, &rendered);
        let encoded = self.tokenizer.encode(&rendered.text, self.settings.special_tokens)?;
        let mut sequence = Sequence::new(rendered.text, encoded, spans, self.shape());
        sequence.generation_truth = rendered.generation.as_deref().and_then(standing);
        let recorded = |block: GenerationBlock| block.recorded.0..block.recorded.1;
        sequence.generation = rendered.generation.map(|blocks| blocks.into_iter().map(recorded).collect());
        let turns = Turns::of(&sequence);
        let (schema, runs) = (schema.name, rendered.runs);
        Ok(Encoded { schema, conversation, sequence, turns, runs, kept: Kept::default(), own: None })
    }

    /// What each stretch of the rendered text is.
    fn spans(&self, conversation: &Conversation, rendered: &Rendered) -> Vec<Span> {
        let blocks = turns::blocks(rendered);
        let texts: Vec<String> = conversation.messages.iter().map(Message::text).collect();
        let said: Vec<Said<'_>> = conversation
            .messages
            .iter()
            .zip(&texts)
            .map(|(message, content)| Said { role: message.role(), content })
            .collect();
        turns::label(&rendered.text, &said, &blocks, self.frames.as_ref().unwrap_or(&Frames::default()))
    }
}

/// Where generation blocks stand, if Transformers records one of them elsewhere. What the template dropped stands nowhere
/// and is left where it is recorded.
fn standing(blocks: &[GenerationBlock]) -> Option<Vec<std::ops::Range<usize>>> {
    let shifted = blocks.iter().any(|block| block.stands.first().is_some_and(|first| *first != block.recorded));
    let place = |block: &GenerationBlock| block.stands.first().copied().unwrap_or(block.recorded);
    shifted.then(|| blocks.iter().map(place).map(|(start, end)| start..end).collect())
}

/// A record whose text no template has written.
fn brought(schema: &Schema, messages: Vec<Message>, sequence: Sequence) -> Encoded {
    // For lists of records, the text speaks where no message was found in it.
    let source = if messages.is_empty() { Source::Text(opening(&sequence.text)) } else { Source::default() };
    let conversation = Conversation { source, messages, ..Conversation::default() };
    let turns = Turns::of(&sequence);
    let (schema, runs) = (schema.name, Vec::new());
    Encoded { schema, conversation, sequence, turns, runs, kept: Kept::default(), own: None }
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
