//! The tokenizer as LLaMA-Factory leaves it for a template: with stop words as special tokens, and with its own EOS.

use super::encode::Piece;
use super::template::{EndToken, Template};
use crate::policies::Unavailable;
use crate::tokenizer::Tokenizer;
use crate::words::unavailable::LlamaFactory as Refusal;
use serde_json::Value;

/// The end-of-sequence token of a tokenizer that has none.
const USUAL_EOS: &str = "<|endoftext|>";

/// A tokenizer with a template's special tokens.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    tokenizer: &'a Tokenizer,
    bos: Option<&'a str>,
    eos: &'a str,
    /// Stop words that the tokenizer does not match as tokens yet.
    added: Vec<&'a str>,
}

impl<'a> Vocabulary<'a> {
    /// The tokenizer with the template's stop words.
    pub fn of(tokenizer: &'a Tokenizer, template: &Template<'a>) -> Self {
        let special = |key: &str| tokenizer.special_tokens().get(key).and_then(Value::as_str);
        let has_id = |text: &&str| tokenizer.id_of(text).is_some();
        let replaced = template.stop_words.first().copied().filter(|_| template.eos == EndToken::FirstStopWord);
        let eos = replaced.or_else(|| special("eos_token").filter(has_id)).unwrap_or(USUAL_EOS);
        let is_matched = |text: &str| tokenizer.id_of(text).is_some_and(|id| tokenizer.is_added(id));
        let words = std::iter::once(eos).chain(template.stop_words.iter().copied());
        let added = words.filter(|word| !is_matched(word)).collect();
        Self { tokenizer, bos: special("bos_token").filter(has_id), eos, added }
    }

    /// The id of EOS.
    ///
    /// # Errors
    /// [`Unavailable`] where LLaMA-Factory adds it to the vocabulary.
    pub fn eos(&self) -> Result<u32, Unavailable> {
        self.tokenizer.id_of(self.eos).ok_or_else(|| adds(self.eos))
    }

    /// The ids of pieces.
    ///
    /// # Errors
    /// [`Unavailable`] where LLaMA-Factory adds tokens to the vocabulary that stand in the text, and where the
    /// tokenizer fails.
    pub fn ids(&self, pieces: &[Piece<'_>]) -> Result<Vec<u32>, Unavailable> {
        let mut ids = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) if text.is_empty() => {}
                Piece::Text(text) => {
                    if let Some(word) = self.added.iter().find(|word| text.contains(**word)) {
                        return Err(adds(word));
                    }
                    ids.extend(self.tokenizer.ids(text)?);
                }
                Piece::Token(entry) => ids.push(self.entry(entry)?),
                Piece::Bos => ids.extend(self.bos.and_then(|bos| self.tokenizer.id_of(bos))),
                Piece::Eos => ids.push(self.eos()?),
            }
        }
        Ok(ids)
    }

    /// An entry of the vocabulary; the unknown token where it is none.
    fn entry(&self, entry: &str) -> Result<u32, Unavailable> {
        if self.added.contains(&entry) && self.tokenizer.id_of(entry).is_none() {
            return Err(adds(entry));
        }
        let unknown = || self.tokenizer.special_tokens().get("unk_token").and_then(Value::as_str);
        let id = self.tokenizer.id_of(entry).or_else(|| self.tokenizer.id_of(unknown()?));
        id.ok_or_else(|| Unavailable::LlamaFactory(Refusal::NoToken { token: entry.into() }))
    }

    /// What the pieces stand for as text.
    pub fn push_text(&self, pieces: &[Piece<'_>], text: &mut String) {
        for piece in pieces {
            text.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Token(entry) => entry,
                Piece::Bos => self.bos.unwrap_or_default(),
                Piece::Eos => self.eos,
            });
        }
    }

    /// EOS as text.
    pub fn eos_text(&self) -> &'a str {
        self.eos
    }
}

fn adds(word: &str) -> Unavailable {
    Unavailable::LlamaFactory(Refusal::AddsToken { token: word.into() })
}
