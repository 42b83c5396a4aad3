//! The BOS and the EOS as torchtune reads them of `tokenizer_config.json`, and how it puts them around a text.

use super::super::parts::Renderer;
use super::Unavailable;
use crate::tokenizer::{SpecialTokens, Tokenizer};
use serde_json::{Map, Value};

/// The special tokens of a tokenizer.
#[derive(Debug)]
pub struct Special<'a> {
    tokenizer: &'a Tokenizer,
    bos: u32,
    /// Its text.
    bos_text: String,
    /// The EOS.
    pub eos: u32,
    /// Whether the tokenizer itself puts a BOS before a text.
    adds_bos: bool,
}

impl<'a> Special<'a> {
    /// Those of the configuration.
    ///
    /// # Errors
    /// [`Unavailable`] where torchtune raises.
    pub fn of(renderer: &Renderer<'a>) -> Result<Self, Unavailable> {
        let tokenizer = renderer.tokenizer();
        let text = |key: &str| {
            let token = tokenizer.configuration().get(key);
            let text = token.and_then(|token| token.as_str().or_else(|| token.get("content")?.as_str()));
            text.map(str::to_owned).ok_or_else(|| renderer.raises(format!("Could not parse {key} from config")))
        };
        let (bos_text, eos_text) = (text("bos_token")?, text("eos_token")?);
        let id = |text: &str| {
            let unknown = || renderer.raises("Could not infer BOS and EOS token IDs from config");
            tokenizer.id_of(text).ok_or_else(unknown)
        };
        let (bos, eos) = (id(&bos_text)?, id(&eos_text)?);
        let adds_bos = tokenizer.encode("", SpecialTokens::Added)?.ids.contains(&bos);
        Ok(Self { tokenizer, bos, bos_text, eos, adds_bos })
    }

    /// The ids of what a template has written, with one BOS.
    ///
    /// # Errors
    /// [`Unavailable`] when the tokenizer fails.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, Unavailable> {
        let mut ids = self.tokenizer.encode(text, SpecialTokens::Added)?.ids;
        let is_written = text.contains(&self.bos_text);
        if !self.adds_bos && !is_written {
            ids.insert(0, self.bos);
        }
        if self.adds_bos && is_written && !ids.is_empty() {
            ids.remove(0);
        }
        Ok(ids)
    }

    /// The template's variables: what stands in the configuration by itself, neither as a list nor as an object.
    pub fn variables(&self, given: &Map<String, Value>) -> Map<String, Value> {
        let mut variables = given.clone();
        for (key, value) in self.tokenizer.configuration() {
            if !value.is_object() && !value.is_array() {
                variables.insert(key.clone(), value.clone());
            }
        }
        variables
    }
}
