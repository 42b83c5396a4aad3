//! The pipeline: a record becomes a sequence once, and the sequence gets masks on every toggle, without tokenizing.

mod encode;
mod findings;
mod masks;
mod own;
mod stages;
#[cfg(test)]
mod tests;
mod texts;
mod told;

pub use crate::policies::{Settings, Templating};
pub use encode::Encoder;
pub use masks::Kept;
pub use own::Own;
pub use told::Told;

use crate::conversation::{Choice, Conversation};
use crate::dataset::Record;
use crate::error::{EncodeError, Kind, TokenizerError};
use crate::formats::Schema;
use crate::lints::{Against, Levels, Prefixes};
use crate::policies::causes::{LaterTurns, Turns};
use crate::policies::{Policy, Setup};
use crate::sequence::turns::{self, Frames, GenerationPrompt};
use crate::sequence::{MarkerSet, MarkerTexts, Sequence, Shape};
use crate::template::{ChatTemplate, Run};
use crate::tokenizer::{Doubt, Tokenizer};
use encode::Ids;
use serde_json::Value;
use stages::Rendering;
use std::sync::Arc;

/// A tokenizer and a chat template, with what is derived from them: everything that turns records into sequences.
#[derive(Debug)]
pub struct Engine {
    tokenizer: Arc<Tokenizer>,
    template: ChatTemplate,
    tool_template: Option<ChatTemplate>,
    frames: Option<Arc<Frames>>,
    markers: MarkerSet,
    marker_texts: MarkerTexts,
    settings: Settings,
    levels: Levels,
    prefixes: Prefixes,
    /// Another data set in which records are looked up.
    against: Option<Arc<Against>>,
    /// Why there is no chat template; then `template` writes nothing and is not asked.
    no_template: Option<TokenizerError>,
}

/// A record that came through the pipeline: its ids. What else there is to know of it is made when somebody asks.
#[derive(Debug, Clone)]
pub struct Encoded {
    /// The name of its schema.
    pub schema: &'static str,
    /// The record after normalisation.
    pub conversation: Arc<Conversation>,
    /// Its tokens.
    pub sequence: Sequence,
    /// What trainers make of it, as far as it was worked out.
    pub kept: Kept,
    /// Where the tokens are a trainer's own: what the chat template makes of the record.
    pub own: Option<Arc<Own>>,
    later_turns: LaterTurns,
    /// `None` for a record whose text is not the chat template's.
    rendering: Option<Arc<Rendering>>,
    /// Why nobody has written its text.
    refusal: Option<Arc<EncodeError>>,
}

impl Encoded {
    /// The turns of the sequence.
    #[must_use]
    pub fn turns(&self) -> &Turns {
        self.later_turns.of(&self.sequence)
    }

    /// The record, unless nobody has written its text.
    fn written(self) -> Result<Self, EncodeError> {
        self.refusal.as_deref().cloned().map_or(Ok(self), Err)
    }

    /// Which statement of the template wrote which bytes of the text, and where they come from: in order, without gaps.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        self.rendering.as_ref().map_or(&[], |rendering| rendering.runs())
    }
}

/// Who gives the ids of [`Engine::many`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// The reference, and it has given all of them until now.
    Reference,
    /// The quick engine.
    Quick,
    /// The reference, since the quick engine was found to be wrong.
    Doubted,
}

/// One side of a record, with which answer it is where there are two.
pub type SideEncoded = (Option<Choice>, Result<Encoded, EncodeError>);

/// Records of more messages are refused at once: no trainer takes them, and each would take minutes.
const MOST_MESSAGES: usize = 100_000;

/// Longer roles are refused: JSON names the role of each token, so that 300 kB of role would be 30 GB.
const LONGEST_ROLE: usize = 4096;

impl Engine {
    /// Derives frames and markers from the template once.
    ///
    /// # Errors
    /// [`TokenizerError::Encode`] when the tokenizer fails on a marker.
    pub fn new(tokenizer: Tokenizer, template: ChatTemplate, settings: Settings) -> Result<Self, TokenizerError> {
        let mut engine = Self {
            tokenizer: Arc::new(tokenizer),
            template,
            tool_template: None,
            frames: None,
            markers: MarkerSet::default(),
            marker_texts: MarkerTexts::default(),
            settings,
            levels: Levels::default(),
            prefixes: Prefixes::default(),
            against: None,
            no_template: None,
        };
        engine.frames = engine.probe().map(Arc::new);
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

    /// The same engine for a tokenizer without a chat template: records that need one fail with this error, and the others
    /// are taken through.
    #[must_use]
    pub fn without_template(self, why: TokenizerError) -> Self {
        Self { no_template: Some(why), ..self }
    }

    /// The chat template.
    #[must_use]
    pub fn template(&self) -> &ChatTemplate {
        &self.template
    }

    /// Whether records are written by a chat template.
    #[must_use]
    pub fn has_template(&self) -> bool {
        self.no_template.is_none() && self.settings.templating != Templating::AsWritten
    }

    /// Everything that makes sequences and masks of records.
    #[must_use]
    pub fn setup(&self) -> Setup<'_> {
        Setup {
            tokenizer: &self.tokenizer,
            template: &self.template,
            tool_template: self.tool_template.as_ref(),
            frames: self.frames.as_deref(),
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

    /// Takes a record through: normalise, render and tokenize, cut and pad.
    ///
    /// # Errors
    /// [`EncodeError`] says what is wrong with the record.
    pub fn encode(&self, record: &Record) -> Result<Encoded, EncodeError> {
        self.encoder(Ids::OfReference).encode(record)
    }

    /// Takes each side of a record through: both answers of a preference record, and the one conversation of any other.
    /// The tokens are those that the trainer of `shown` feeds to the model.
    pub fn encode_sides(&self, record: &Record, shown: &Policy) -> (SideEncoded, Option<SideEncoded>) {
        self.encoder(Ids::OfReference).encode_sides(record, shown)
    }

    /// What the record says, before anything is rendered.
    ///
    /// # Errors
    /// [`EncodeError`] for a record that cannot be read or that is of no schema.
    pub fn normalise(&self, record: &Record) -> Result<(&'static Schema, Conversation), EncodeError> {
        let value = record.value.as_ref().map_err(Clone::clone)?;
        let object = value.as_object().ok_or(EncodeError::NotAnObject { found: Kind::of(value) })?;
        let (schema, conversation) = self.settings.schema.of_file(&record.file).normalise(object)?;
        let messages = conversation.messages.len();
        if messages > MOST_MESSAGES {
            return Err(EncodeError::TooManyMessages { messages, most: MOST_MESSAGES });
        }
        let sides = std::iter::once(&conversation).chain(conversation.rejected.as_deref());
        let mut roles = sides.flat_map(|side| side.messages.iter().map(|message| message.role().len()).enumerate());
        if let Some((message, bytes)) = roles.find(|(_, bytes)| *bytes > LONGEST_ROLE) {
            return Err(EncodeError::LongRole { message, bytes, most: LONGEST_ROLE });
        }
        Ok((schema, conversation))
    }

    /// Takes records through that are many, such as those of a whole data set. Their ids come from the quickest engine
    /// that is trusted: whoever has used it asks [`Engine::doubt`] before the results leave the program.
    #[must_use]
    pub fn many(&self) -> Encoder<'_> {
        self.encoder(Ids::Quickest)
    }

    /// Where the quick engine was found to give other ids than the reference. What [`Engine::many`] gave before may be
    /// wrong then; what it gives afterwards is the reference's.
    #[must_use]
    pub fn doubt(&self) -> Option<&Doubt> {
        self.tokenizer.doubt()
    }

    /// For a walk to ask over and over whether a doubt has come up since it began.
    pub fn doubted_from_now(&self) -> impl Fn() -> bool + '_ {
        let known = self.doubt().is_some();
        move || !known && self.doubt().is_some()
    }

    /// Has a changed tokenizer give the ids of [`Engine::many`], so that it can be seen what a difference does.
    #[cfg(test)]
    pub(crate) fn with_fast_engine_of(mut self, change: impl FnOnce(&mut tokenizers::Tokenizer)) -> Self {
        let tokenizer = Arc::into_inner(self.tokenizer).expect("nothing is encoded yet");
        self.tokenizer = Arc::new(tokenizer.with_fast_engine_of(change));
        self
    }

    /// Who gives the ids of [`Engine::many`] at this moment.
    #[must_use]
    pub fn trust(&self) -> Trust {
        match self.doubt() {
            Some(_) => Trust::Doubted,
            None if self.tokenizer.has_fast_engine() => Trust::Quick,
            None => Trust::Reference,
        }
    }

    fn shape(&self) -> Shape {
        let Settings { max_length, padding, .. } = self.settings;
        Shape { max_length, padding, pad_id: self.tokenizer.pad_id() }
    }

    fn encoder(&self, ids: Ids) -> Encoder<'_> {
        Encoder { engine: self, ids }
    }
}
