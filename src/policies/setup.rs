//! What records are made into sequences with: the settings, a tokenizer, a chat template, and what is derived from them.

use super::{MaskInput, RecordInput};
use crate::conversation::Conversation;
use crate::error::TemplateError;
use crate::formats::SchemaChoice;
use crate::sequence::turns::{Frames, GenerationPrompt};
use crate::sequence::{MarkerForm, MarkerSet, MarkerTexts, Padding, Sequence};
use crate::template::{ChatTemplate, LocalTime, Rendered, TemplateInput};
use crate::tokenizer::{SpecialTokens, Tokenizer};
use serde_json::{Map, Value};

/// Whether a chat template writes the text of a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Templating {
    /// It does.
    #[default]
    ChatTemplate,
    /// The record's own text is taken as it stands.
    AsWritten,
}

/// What stands around a text that no chat template writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Texts {
    /// Nothing, unless the tokenizer is asked to add its own BOS and EOS.
    #[default]
    AsWritten,
    /// What the tokenizer adds of its own accord, and behind a text that does not end with it the EOS, as TRL has it.
    WithEnds,
}

/// How records are brought to sequences: what the command line says, resolved.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How records are read.
    pub schema: SchemaChoice,
    /// Whether a chat template writes the texts.
    pub templating: Templating,
    /// What stands around texts that no chat template writes.
    pub texts: Texts,
    /// Variables for the template.
    pub template_kwargs: Map<String, Value>,
    /// The local time that `strftime_now` sees; `None` for the clock.
    pub now: Option<LocalTime>,
    /// Whether the tokenizer adds its own BOS and EOS.
    pub special_tokens: SpecialTokens,
    /// Tokens after this many are cut away.
    pub max_length: Option<usize>,
    /// What is appended.
    pub padding: Padding,
    /// Markers that are given; those that are not are derived from the template.
    pub markers: MarkerTexts,
}

/// Everything that makes sequences and masks of a data set's records; the same for all of them.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// The tokenizer, with its special tokens.
    pub tokenizer: &'a Tokenizer,
    /// The chat template.
    pub template: &'a ChatTemplate,
    /// The chat template for records with tools, where there is one of its own for them.
    pub tool_template: Option<&'a ChatTemplate>,
    /// What the template writes around messages, found by rendering probe conversations; `None` where it refuses them.
    pub frames: Option<&'a Frames>,
    /// The texts of the markers in force.
    pub marker_texts: &'a MarkerTexts,
    /// The markers in force, in each form.
    pub markers: &'a MarkerSet,
    /// What the command line says.
    pub settings: &'a Settings,
}

impl<'a> Setup<'a> {
    /// The chat template that writes this conversation.
    #[must_use]
    pub fn template_of(self, conversation: &Conversation) -> &'a ChatTemplate {
        self.tool_template.filter(|_| conversation.tools.is_some()).unwrap_or(self.template)
    }

    /// The template's variables: those of the command line, and on top those that the record brings.
    #[must_use]
    pub fn kwargs_of(self, conversation: &Conversation) -> Map<String, Value> {
        let mut kwargs = self.settings.template_kwargs.clone();
        kwargs.extend(conversation.template_kwargs.clone());
        kwargs
    }

    /// What the template is given for these messages in place of the conversation's own.
    #[must_use]
    pub fn template_input<'b>(
        self,
        messages: &'b [Value],
        conversation: &'b Conversation,
        kwargs: &'b Map<String, Value>,
    ) -> TemplateInput<'b>
    where
        'a: 'b,
    {
        TemplateInput {
            messages,
            tools: conversation.tools.as_ref(),
            documents: conversation.documents.as_ref(),
            add_generation_prompt: kwargs.get("add_generation_prompt").is_some_and(|value| *value == Value::Bool(true)),
            special_tokens: self.tokenizer.special_tokens(),
            kwargs,
            now: self.settings.now,
        }
    }

    /// What the template writes for these messages in place of the conversation's own.
    ///
    /// # Errors
    /// [`TemplateError`] with the template's own words, when it refuses them.
    pub fn render(
        self,
        messages: &[Value],
        conversation: &Conversation,
        prompt: GenerationPrompt,
    ) -> Result<Rendered, TemplateError> {
        let kwargs = self.kwargs_of(conversation);
        let input = TemplateInput {
            add_generation_prompt: prompt == GenerationPrompt::Added,
            ..self.template_input(messages, conversation, &kwargs)
        };
        self.template_of(conversation).render(&input).map_err(TemplateError)
    }

    /// What a policy of the sequence alone reads.
    #[must_use]
    pub fn mask_input<'b>(
        self,
        sequence: &'b Sequence,
        conversation: &'b Conversation,
        form: MarkerForm,
    ) -> MaskInput<'b>
    where
        'a: 'b,
    {
        let template = Some(self.template_of(conversation));
        MaskInput { sequence, conversation, template, markers: self.markers, form }
    }

    /// Hands over what a policy reads that works as its trainer does.
    pub fn with_record_input<T>(
        self,
        schema: &'static str,
        conversation: &Conversation,
        sequence: &Sequence,
        work: impl FnOnce(RecordInput<'_>) -> T,
    ) -> T {
        let messages = conversation.values();
        let kwargs = self.kwargs_of(conversation);
        work(RecordInput {
            conversation,
            schema,
            sequence,
            tokenizer: self.tokenizer,
            template: self.template_of(conversation),
            given: self.template_input(&messages, conversation, &kwargs),
            variables: &self.settings.template_kwargs,
            frames: self.frames,
            markers: self.markers,
            special_tokens: self.settings.special_tokens,
            max_length: self.settings.max_length,
        })
    }
}
