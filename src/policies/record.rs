//! Policies that work as their trainer does: from the messages, rendering and tokenizing for themselves.

use super::{LossMask, Unavailable};
use crate::conversation::{Conversation, Source};
use crate::error::{TemplateError, TokenizerError};
use crate::sequence::{MarkerSet, Sequence};
use crate::template::{ChatTemplate, TemplateInput};
use crate::tokenizer::{SpecialTokens, Tokenizer};
use crate::words::unavailable::Holds;
use serde_json::Value;

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
    /// [`Unavailable`] for a record that brings its text or its tokens instead.
    pub fn messages(&self) -> Result<&'a [Value], Unavailable> {
        let instead = match self.conversation.source {
            Source::Template => return Ok(self.given.messages),
            Source::Text(_) => Holds::Text,
            Source::Tokens(_) => Holds::Tokens,
        };
        Err(Unavailable::NeedsMessages { holds: instead })
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
}

/// A policy that works as its trainer does, from the messages.
///
/// Its ids may differ from those of the sequence on show; then there is no mask for that, and no such mask is ever made
/// up.
pub trait RecordRule: std::fmt::Debug + Send + Sync {
    /// What the trainer feeds to the model for this record.
    ///
    /// # Errors
    /// [`Unavailable`] when the trainer raises, drops the record or does not know its form.
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable>;

    /// The mask of the sequence on show: one bit per token, padding included.
    ///
    /// # Errors
    /// [`Unavailable`] as for [`RecordRule::train`], and when the trainer's tokens are others.
    fn mask(&self, input: RecordInput<'_>) -> Result<LossMask, Unavailable> {
        let trained = self.train(input)?;
        fit(&trained, input.sequence, input.tokenizer)
    }

    /// The keys by which a message can keep itself out of the loss.
    fn flags(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// Puts a trainer's bits on a sequence, if its tokens are the same before truncation.
pub(super) fn fit(trained: &Trained, sequence: &Sequence, tokenizer: &Tokenizer) -> Result<LossMask, Unavailable> {
    let shown = &sequence.ids[..sequence.unpadded()];
    let whole = shown.len() + sequence.truncated;
    let name = |id: u32| {
        let text = tokenizer.decode_one(id);
        let is_whole = !text.is_empty() && !text.contains('\u{FFFD}');
        if is_whole { text } else { tokenizer.entry(id).unwrap_or_else(|| id.to_string()) }
    };
    if let Some(at) = shown.iter().zip(&trained.ids).position(|(shown, own)| shown != own) {
        let (own, template) = (name(trained.ids[at]).into(), name(shown[at]).into());
        return Err(Unavailable::OtherToken { token: at, own, template });
    }
    let own = trained.ids.len();
    if own != whole && own != shown.len() {
        return Err(Unavailable::OtherLength { own, template: whole });
    }
    Ok(trained.mask.fitted(shown.len(), sequence.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenizer::embedded;

    fn fitted(own: &[u32], sequence: &Sequence) -> Result<Vec<bool>, String> {
        let location = crate::tokenizer::Location::Embedded(embedded::by_name("minimind").unwrap());
        let tokenizer = crate::tokenizer::load(&location).unwrap();
        let trained = Trained { ids: own.to_vec(), mask: (0..own.len()).map(|at| at % 2 == 1).collect() };
        fit(&trained, sequence, &tokenizer)
            .map(|mask| mask.iter().collect())
            .map_err(|why| crate::words::Language::English.say(&why))
    }

    #[test]
    fn the_same_tokens_take_the_bits() {
        let sequence = Sequence { ids: vec![5, 6, 7, 0], padding: 1, truncated: 2, ..Sequence::default() };
        assert_eq!(fitted(&[5, 6, 7, 8, 9], &sequence).unwrap(), [false, true, false, false]);
        assert_eq!(fitted(&[5, 6, 7], &sequence).unwrap(), [false, true, false, false], "a trainer that cuts too");
    }

    #[test]
    fn other_tokens_take_none() {
        let sequence = Sequence { ids: vec![5, 6, 7], ..Sequence::default() };
        assert!(fitted(&[5, 9, 7], &sequence).unwrap_err().contains("token 1 is"));
        assert!(fitted(&[5, 6, 7, 8], &sequence).unwrap_err().contains("4 tokens"));
        assert!(fitted(&[5, 6], &sequence).unwrap_err().contains("gives 3"));
    }
}
