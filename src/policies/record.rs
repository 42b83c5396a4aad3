//! Policies that work as their trainer does: from the messages, rendering and tokenizing for themselves.

use super::{Alignment, LossMask, Unavailable};
use crate::conversation::{Conversation, Source};
use crate::error::{TemplateError, TokenizerError};
use crate::sequence::turns::Frames;
use crate::sequence::{MarkerSet, Sequence, Written};
use crate::template::{ChatTemplate, TemplateInput};
use crate::tokenizer::{SpecialTokens, Tokenizer};
use crate::words::masks::MaskWords;
use crate::words::unavailable::Holds;
use serde_json::{Map, Value};
use std::ops::Range;

/// What such a policy reads.
#[derive(Debug, Clone, Copy)]
pub struct RecordInput<'a> {
    /// The record after normalisation.
    pub conversation: &'a Conversation,
    /// The schema that it was read by.
    pub schema: &'static str,
    /// What the chat template and the tokenizer made of it.
    pub sequence: &'a Sequence,
    /// The tokenizer.
    pub tokenizer: &'a Tokenizer,
    /// The chat template.
    pub template: &'a ChatTemplate,
    /// What the template was given; a policy renders other messages by changing a copy.
    pub given: TemplateInput<'a>,
    /// The template's variables without those that the record brings.
    pub variables: &'a Map<String, Value>,
    /// What the chat template writes around messages; `None` where it refuses plain conversations.
    pub frames: Option<&'a Frames>,
    /// The markers in force.
    pub markers: &'a MarkerSet,
    /// Whether the tokenizer adds its own BOS and EOS.
    pub special_tokens: SpecialTokens,
    /// The length that sequences are cut to.
    pub max_length: Option<usize>,
}

impl<'a> RecordInput<'a> {
    /// The messages as the chat template saw them.
    ///
    /// # Errors
    /// [`Unavailable`] for a record that brings its text or its tokens instead, whatever messages were found in them: its
    /// trainer does not look for any.
    pub fn messages(&self) -> Result<&'a [Value], Unavailable> {
        let instead = match (&self.conversation.source, &self.sequence.written) {
            (Source::Tokens(_), _) | (_, Written::Tokens(_)) => Holds::Tokens,
            (Source::Text(_), _) => Holds::Text,
            (Source::Template, Written::Text) if self.conversation.prompt.is_none() => Holds::Text,
            (Source::Template, _) => return Ok(self.given.messages),
        };
        Err(Unavailable::NeedsMessages { holds: instead })
    }

    /// The whole text of a record that brings one, whatever messages were found in it; none for a prompt with its completion.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        if self.conversation.prompt.is_some() {
            return None;
        }
        match (&self.sequence.written, &self.conversation.source) {
            (Written::Text, _) => Some(&self.sequence.text),
            (_, Source::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// What the chat template writes for these messages.
    ///
    /// # Errors
    /// [`Unavailable`] with the template's own words, when it refuses them.
    pub fn render(&self, given: &TemplateInput<'_>) -> Result<String, Unavailable> {
        Ok(self.template.render(given).map_err(TemplateError)?.text)
    }

    /// The ids that `apply_chat_template` gives for these messages.
    ///
    /// # Errors
    /// [`Unavailable`] when the template refuses them, or when the tokenizer fails.
    pub fn ids(&self, given: &TemplateInput<'_>) -> Result<Vec<u32>, Unavailable> {
        Ok(self.tokenizer.ids(&self.render(given)?)?)
    }
}

impl From<TemplateError> for Unavailable {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

impl From<TokenizerError> for Unavailable {
    fn from(error: TokenizerError) -> Self {
        Self::Tokenizer(error)
    }
}

/// What a trainer feeds to the model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trained {
    /// The trainer's own token ids.
    pub ids: Vec<u32>,
    /// One bit for each of them.
    pub mask: LossMask,
    /// How many pad tokens behind them the trainer has in the loss where its batch is padded.
    pub padding_trained: usize,
    /// Where the tokens stand in the record as it was before the trainer cut it; empty where they are its beginning.
    pub kept: Vec<Range<usize>>,
    /// What is to be told of how the trainer came to it, if anything.
    pub said: Option<MaskWords>,
}

impl Trained {
    /// What a trainer feeds to the model that has no padding in its loss.
    #[must_use]
    pub fn new(ids: Vec<u32>, mask: LossMask) -> Self {
        Self { ids, mask, padding_trained: 0, kept: Vec::new(), said: None }
    }

    /// Where the tokens stand among those that the trainer would feed without a maximum length.
    #[must_use]
    pub fn places(&self) -> Vec<usize> {
        if self.kept.is_empty() { (0..self.ids.len()).collect() } else { self.kept.iter().cloned().flatten().collect() }
    }

    /// Whether these are the tokens of a sequence, before or after it was cut.
    #[must_use]
    pub fn is_of(&self, sequence: &Sequence) -> bool {
        let shown = sequence.unpadded_ids();
        let whole = shown.len() + sequence.truncated;
        let own = self.ids.len();
        (own == whole || own == shown.len()) && self.ids.starts_with(shown)
    }

    /// The bits on the tokens of a sequence, its padding included: the mask as it is where the tokens are the same, else
    /// laid along them.
    #[must_use]
    pub fn on(&self, sequence: &Sequence) -> LossMask {
        let shown = sequence.unpadded_ids();
        if !self.is_of(sequence) {
            return Alignment::of(shown, &self.ids).carry(&self.mask, sequence.len());
        }
        let mut mask = self.mask.fitted(shown.len(), sequence.len());
        if self.ids.len() == shown.len() {
            mask.set(shown.len()..shown.len() + self.padding_trained);
        }
        mask
    }
}

/// A policy that works as its trainer does, from the messages.
///
/// Its ids may differ from those of the chat template; then they are a sequence of their own, and the two are compared
/// where they correspond.
pub trait RecordRule: std::fmt::Debug + Send + Sync {
    /// What the trainer feeds to the model for this record.
    ///
    /// # Errors
    /// [`Unavailable`] when the trainer raises, drops the record or does not know its form.
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable>;

    /// The keys by which a message can keep itself out of the loss.
    fn flags(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Whether a maximum length may change tokens or bits of a record that it does not cut. `false` where the code of the
    /// rule shows that it cannot; a test holds those rules to it.
    fn heeds_length(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(own: &[u32], sequence: &Sequence) -> Vec<Option<bool>> {
        let trained = Trained::new(own.to_vec(), (0..own.len()).map(|at| at % 2 == 1).collect());
        let mask = trained.on(sequence);
        (0..sequence.len()).map(|token| mask.bit(token)).collect()
    }

    const YES: Option<bool> = Some(true);
    const NO: Option<bool> = Some(false);

    #[test]
    fn the_same_tokens_take_the_bits() {
        let sequence = Sequence { ids: vec![5, 6, 7, 0], padding: 1, truncated: 2, ..Sequence::default() };
        assert_eq!(on(&[5, 6, 7, 8, 9], &sequence), [NO, YES, NO, NO]);
        assert_eq!(on(&[5, 6, 7], &sequence), [NO, YES, NO, NO], "a trainer that cuts too");
    }

    #[test]
    fn other_tokens_are_laid_along() {
        let sequence = Sequence { ids: vec![5, 6, 7], ..Sequence::default() };
        assert_eq!(on(&[5, 9, 7], &sequence), [NO, None, NO]);
        assert_eq!(on(&[5, 6, 7, 8], &sequence), [NO, YES, NO]);
        assert_eq!(on(&[5, 6], &sequence), [NO, YES, None]);
    }

    #[test]
    fn padding_is_trained_behind_a_whole_record() {
        let mut trained = Trained::new(vec![5, 6], LossMask::none(2));
        trained.padding_trained = 1;
        let bits = |truncated| {
            let sequence = Sequence { ids: vec![5, 6, 0, 0], padding: 2, truncated, ..Sequence::default() };
            trained.on(&sequence).tokens().collect::<Vec<_>>()
        };
        assert_eq!(bits(0), [2]);
    }
}
