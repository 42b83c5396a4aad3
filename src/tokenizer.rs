//! Tokenizers: loading them, encoding with byte ranges, and what a single token stands for.

mod config;
mod decode;
pub mod embedded;
mod fast;
mod guard;
mod hub;
mod load;
mod pattern;
mod ranges;
mod spelling;

pub use config::WrittenTemplate;
pub use decode::DecodedText;
pub use fast::Doubt;
pub use hub::{Hub, HubId};
pub use load::{Location, load, locate};

use crate::error::{TokenizerError, caught};
use config::TokenizerConfig;
use fast::Fast;
use guard::Guard;
use ranges::Ranges;
use serde_json::{Map, Value};
use spelling::Spelling;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use tokenizers::AddedToken;

/// Whether the tokenizer's post-processor may add its BOS and EOS around a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SpecialTokens {
    /// The text alone, as `apply_chat_template` tokenizes: the template has written them.
    #[default]
    AsWritten,
    /// The tokenizer's own are added, as `tokenizer(text)` does by default.
    Added,
}

/// A text as tokens: `ids[i]` stands for the bytes `ranges[i]` of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EncodedText {
    /// Token ids.
    pub ids: Vec<u32>,
    /// Byte ranges of the text, always of whole characters: tokens that share one character share its range.
    /// Empty for tokens that the post-processor added.
    pub ranges: Vec<Range<u32>>,
}

/// A text as token ids, for somebody who has many texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuickText {
    /// Token ids.
    pub ids: Vec<u32>,
    /// Their ranges, where the reference has given them along with the ids; else [`Tokenizer::ranges_of`] finds them.
    pub ranges: Option<Vec<Range<u32>>>,
}

impl From<EncodedText> for QuickText {
    fn from(encoded: EncodedText) -> Self {
        Self { ids: encoded.ids, ranges: Some(encoded.ranges) }
    }
}

/// A tokenizer with its special tokens and chat templates.
pub struct Tokenizer {
    name: String,
    inner: Arc<tokenizers::Tokenizer>,
    config: TokenizerConfig,
    spelling: Spelling,
    /// The ids of special tokens, sorted: they are few, and all tokens of whole data sets are looked up in them.
    special_ids: Vec<u32>,
    fast: Fast,
    guard: Guard,
    ranges: Arc<Ranges>,
    /// The same with special tokens as plain text; made when a text holds one.
    literal: OnceLock<Arc<tokenizers::Tokenizer>>,
}

impl std::fmt::Debug for Tokenizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokenizer").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Tokenizer {
    /// Puts a tokenizer together: the tokens that only its configuration has are added, as Transformers does. Truncation
    /// and padding that its file asks for are switched off, since both are the trainer's, not the tokenizer's.
    ///
    /// # Errors
    /// [`TokenizerError::Encode`] when the library refuses to switch truncation off or to add a token.
    pub(crate) fn new(
        name: String,
        mut inner: tokenizers::Tokenizer,
        config: TokenizerConfig,
    ) -> Result<Self, TokenizerError> {
        let refused = |reason: tokenizers::Error| TokenizerError::Encode { reason: reason.to_string() };
        inner.with_padding(None);
        inner.with_truncation(None).map_err(refused)?;
        let missing = missing_tokens(&inner, &config);
        if !missing.is_empty() {
            inner.add_tokens(missing).map_err(refused)?;
        }
        inner.set_encode_special_tokens(config.splits_special_tokens);
        let spelling = Spelling::of(&inner);
        let special_ids = special_ids(&inner, &config);
        let guard = Guard::of(&inner);
        let fast = if guard.is_suspect() { Fast::never() } else { Fast::default() };
        let (ranges, literal) = Default::default();
        Ok(Self { name, inner: Arc::new(inner), config, spelling, special_ids, fast, guard, ranges, literal })
    }

    /// Names special tokens anew, as a trainer does before it trains, and makes texts tokens that are none yet.
    ///
    /// # Errors
    /// [`TokenizerError::Encode`] when the tokenizers library refuses one.
    pub fn add_tokens(&mut self, special: &Map<String, Value>, texts: &[String]) -> Result<(), TokenizerError> {
        let named = special.values().filter_map(Value::as_str).map(|text| AddedToken::from(text, true));
        let plain = texts.iter().map(|text| AddedToken::from(text.as_str(), false).normalized(false));
        let known = self.added_tokens();
        let new: Vec<AddedToken> = named.chain(plain).filter(|token| !known.contains(&token.content)).collect();
        let refused = |reason: tokenizers::Error| TokenizerError::Encode { reason: reason.to_string() };
        Arc::make_mut(&mut self.inner).add_tokens(new).map_err(refused)?;
        // An engine that was made before does not know them.
        self.fast = if self.guard.is_suspect() { Fast::never() } else { Fast::default() };
        (self.ranges, self.literal) = Default::default();
        self.config.special_tokens.extend(special.clone());
        self.special_ids = special_ids(&self.inner, &self.config);
        Ok(())
    }

    /// The name to show: an embedded one, or the last part of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A hash of its vocabulary, its merges and its settings, in hexadecimal digits. The whole is written out for it.
    #[must_use]
    pub fn hash(&self) -> String {
        let written = self.inner.to_string(false).unwrap_or_default();
        format!("{:032x}", xxhash_rust::xxh3::xxh3_128(written.as_bytes()))
    }

    /// How many entries its vocabulary has, added tokens included.
    #[must_use]
    pub fn vocabulary_size(&self) -> usize {
        self.inner.get_vocab_size(true)
    }

    /// The named special tokens, such as `bos_token`, as the chat template sees them.
    #[must_use]
    pub fn special_tokens(&self) -> &Map<String, Value> {
        &self.config.special_tokens
    }

    /// What stands in `tokenizer_config.json`, but for its chat template and its added tokens.
    #[must_use]
    pub fn configuration(&self) -> &Map<String, Value> {
        &self.config.written
    }

    /// The text of a named special token, such as `eos_token`.
    #[must_use]
    pub fn special(&self, name: &str) -> Option<&str> {
        self.config.special(name)
    }

    /// The id of a named special token, such as `eos_token`.
    #[must_use]
    pub fn special_id(&self, name: &str) -> Option<u32> {
        self.inner.token_to_id(self.special(name)?)
    }

    /// The chat template of that name, or the default one.
    ///
    /// # Errors
    /// [`TokenizerError::NoTemplate`], [`TokenizerError::NoDefaultTemplate`] and [`TokenizerError::NoSuchTemplate`].
    pub fn chat_template(&self, asked: Option<&str>) -> Result<&WrittenTemplate, TokenizerError> {
        let templates = &self.config.chat_templates;
        if templates.is_empty() {
            return Err(TokenizerError::NoTemplate { name: self.name.clone() });
        }
        templates.get(asked.unwrap_or(config::DEFAULT)).ok_or_else(|| {
            let (name, known) = (self.name.clone(), templates.keys().cloned().collect());
            match asked {
                Some(asked) => TokenizerError::NoSuchTemplate { name, asked: asked.to_owned(), known },
                None => TokenizerError::NoDefaultTemplate { name, known },
            }
        })
    }

    /// The template for records with tools, where the tokenizer has one of its own for them.
    #[must_use]
    pub fn tool_template(&self) -> Option<&WrittenTemplate> {
        self.config.chat_templates.get(config::TOOL_USE)
    }

    /// The id that pads a sequence: the pad token, else the end-of-text token as collators take it, else 0.
    #[must_use]
    pub fn pad_id(&self) -> u32 {
        let id = |key: &str| self.config.special(key).and_then(|token| self.inner.token_to_id(token));
        id("pad_token").or_else(|| id("eos_token")).unwrap_or(0)
    }

    /// Tokenizes a text.
    ///
    /// # Errors
    /// [`TokenizerError`] when the tokenizers library fails on it, panics, or would take too long or too much memory.
    pub fn encode(&self, text: &str, special: SpecialTokens) -> Result<EncodedText, TokenizerError> {
        let encoding = self.guard.encode(&self.inner, text, special == SpecialTokens::Added)?;
        let ranges = encoding.get_offsets().iter().map(|&(start, end)| start as u32..end as u32).collect();
        Ok(EncodedText { ids: encoding.get_ids().to_vec(), ranges })
    }

    /// The ids of a short text, such as a marker, without special tokens around it.
    ///
    /// # Errors
    /// [`TokenizerError::Encode`] when the tokenizers library fails on it.
    pub fn ids(&self, text: &str) -> Result<Vec<u32>, TokenizerError> {
        Ok(self.encode(text, SpecialTokens::AsWritten)?.ids)
    }

    /// The ids of a text in which the texts of special tokens are plain text, as `encode_special_tokens` of the tokenizers
    /// library has it.
    ///
    /// # Errors
    /// [`TokenizerError::Encode`] when the tokenizers library fails on it.
    pub fn literal_ids(&self, text: &str) -> Result<Vec<u32>, TokenizerError> {
        let ids = self.ids(text)?;
        // A special token that is found gives its id: where there is none, none was found.
        if !ids.iter().any(|id| self.is_special(*id)) {
            return Ok(ids);
        }
        let literal = self.literal.get_or_init(|| {
            let mut literal = self.inner.as_ref().clone();
            literal.set_encode_special_tokens(true);
            Arc::new(literal)
        });
        Ok(self.guard.encode(literal, text, false)?.get_ids().to_vec())
    }

    /// Loads the fast engine and waits for it; false where it does not take the tokenizer.
    #[must_use]
    pub fn wait_for_fast_engine(&self) -> bool {
        self.fast.load_now(&self.inner)
    }

    /// Whether the fast engine is loaded.
    #[must_use]
    pub fn has_fast_engine(&self) -> bool {
        self.fast.is_loaded()
    }

    /// Where the fast engine was found to disagree with the reference. Ids that [`Tokenizer::encode_quickly`] gave before
    /// may be wrong then, and whatever was counted of them is to be counted again; from then on the reference gives all
    /// ids.
    #[must_use]
    pub fn doubt(&self) -> Option<&Doubt> {
        self.fast.doubt()
    }

    /// The ids of one text out of many, by the fast engine where it is trusted. It is loaded in a thread once the reference
    /// has had so much work that loading takes less time than what is likely to come.
    ///
    /// # Errors
    /// [`TokenizerError::Encode`] when the tokenizers library fails on it.
    pub fn encode_quickly(&self, text: &str, special: SpecialTokens) -> Result<QuickText, TokenizerError> {
        let reference = || self.encode(text, special);
        self.fast.load_after(text.len(), &self.inner);
        let Some(quick) = self.fast.ids(text, special, self.config.splits_special_tokens, reference) else {
            return Ok(reference()?.into());
        };
        let quick = quick?;
        if let Some(ranges) = &quick.ranges {
            self.ranges.compare((text, &quick.ids), || self.size_of_ids(), |id| self.bytes_of(id), ranges);
        }
        Ok(quick)
    }

    /// The ranges of tokens whose ids the fast engine gave, found from the ids where the tokenizer allows that. Where the
    /// reference is asked and has other ids, that is a [doubt](Tokenizer::doubt) too.
    #[must_use]
    pub fn ranges_of(&self, text: &str, ids: &[u32], special: SpecialTokens) -> Vec<Range<u32>> {
        self.ranges.of((text, ids), || self.size_of_ids(), |id| self.bytes_of(id)).unwrap_or_else(|| {
            // A text that the reference fails on has no ids.
            let EncodedText { ids: known, mut ranges } = self.encode(text, special).unwrap_or_default();
            self.fast.compare(Some(ids), &known);
            ranges.resize(ids.len(), 0..0);
            ranges
        })
    }

    /// Has another tokenizer give the fast engine's ids, so that it can be seen what a difference does.
    #[cfg(test)]
    pub(crate) fn with_fast_engine_of(mut self, change: impl FnOnce(&mut tokenizers::Tokenizer)) -> Self {
        let mut other = tokenizers::Tokenizer::clone(&self.inner);
        change(&mut other);
        self.fast = Fast::default();
        assert!(self.fast.load_now(&other), "the engine takes it");
        self
    }

    /// The id after the highest; the whole vocabulary is gone through for it.
    fn size_of_ids(&self) -> u32 {
        let highest = self.inner.get_vocab(true).into_values().max();
        highest.map_or(0, |id| id.saturating_add(1))
    }

    /// What decoding one id gives: U+FFFD where it is a part of a character, nothing for an unknown id.
    #[must_use]
    pub fn decode_one(&self, id: u32) -> String {
        self.decode_text(&[id])
    }

    /// The bytes that an id stands for, which need not be whole characters; empty for an unknown id.
    #[must_use]
    pub fn bytes_of(&self, id: u32) -> Vec<u8> {
        let Some(entry) = self.inner.id_to_token(id) else { return Vec::new() };
        if self.is_added(id) { entry.into_bytes() } else { self.spelling.bytes(&entry) }
    }

    /// The text that ids stand for, each with its bytes.
    ///
    /// # Errors
    /// The place of the first id that the tokenizer does not have.
    pub fn decode(&self, ids: &[u32]) -> Result<DecodedText, usize> {
        match ids.iter().position(|id| self.inner.id_to_token(*id).is_none()) {
            Some(place) => Err(place),
            None => Ok(decode::join(ids.iter().map(|id| (*id, self.bytes_of(*id))))),
        }
    }

    /// What Transformers' `decode` gives, special tokens included: for some tokenizers other white space than the ids' own.
    #[must_use]
    pub fn decode_text(&self, ids: &[u32]) -> String {
        // A decoder of a stranger may panic.
        caught(|| self.inner.decode(ids, false)).ok().and_then(Result::ok).unwrap_or_default()
    }

    /// The vocabulary's own spelling of an id, such as `Ġthe` or `▁the`.
    #[must_use]
    pub fn entry(&self, id: u32) -> Option<String> {
        self.inner.id_to_token(id)
    }

    /// The id of an entry of the vocabulary, added tokens included.
    #[must_use]
    pub fn id_of(&self, entry: &str) -> Option<u32> {
        self.inner.token_to_id(entry)
    }

    /// Whether the id is an added token: a special one, or another that is matched before the model runs.
    #[must_use]
    pub fn is_added(&self, id: u32) -> bool {
        self.inner.get_added_vocabulary().get_added_tokens_decoder().contains_key(&id)
    }

    /// Whether the id is an added token at which a text is cut before anything else is done with it: one that is matched in
    /// the text as it is written.
    #[must_use]
    pub fn cuts_texts(&self, id: u32) -> bool {
        let added = self.inner.get_added_vocabulary().get_added_tokens_decoder().get(&id);
        added.is_some_and(|token| !token.normalized && !token.single_word)
    }

    /// The bytes of the longest added token.
    #[must_use]
    pub fn longest_added(&self) -> usize {
        let added = self.inner.get_added_vocabulary().get_added_tokens_decoder();
        added.values().map(|token| token.content.len()).max().unwrap_or(0)
    }

    /// Whether the id is a special token: one that is added as such, or one of those with a name.
    #[must_use]
    pub fn is_special(&self, id: u32) -> bool {
        self.special_ids.binary_search(&id).is_ok()
    }

    /// The places of special tokens among ids. They are rare, and stretches without one are passed over at once.
    pub fn special_places<'a>(&'a self, ids: &'a [u32]) -> impl Iterator<Item = usize> + use<'a> {
        const STRETCH: usize = 64;
        let (least, most) = match self.special_ids.as_slice() {
            [] => (1, 0),
            [one] => (*one, *one),
            [least, .., most] => (*least, *most),
        };
        let may_hold = move |stretch: &[u32]| stretch.iter().fold(false, |held, id| held | (least..=most).contains(id));
        let stretches = ids.chunks(STRETCH).enumerate().filter(move |(_, stretch)| may_hold(stretch));
        stretches.flat_map(move |(at, stretch)| {
            let special = stretch.iter().enumerate().filter(|(_, id)| self.is_special(**id));
            special.map(move |(place, _)| at * STRETCH + place)
        })
    }

    /// The texts of all added tokens, which is how templates write markers.
    #[must_use]
    pub fn added_tokens(&self) -> Vec<String> {
        let added = self.inner.get_added_vocabulary().get_added_tokens_decoder();
        added.values().map(|token| token.content.clone()).collect()
    }
}

/// The ids of the tokens that are added as special ones, and of those with a name.
fn special_ids(inner: &tokenizers::Tokenizer, config: &TokenizerConfig) -> Vec<u32> {
    let added = inner.get_added_vocabulary().get_added_tokens_decoder().iter();
    let special = added.filter(|(_, token)| token.special).map(|(id, _)| *id);
    let named = config.special_tokens.values().filter_map(Value::as_str).filter_map(|text| inner.token_to_id(text));
    let mut ids: Vec<u32> = special.chain(named).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The tokens that the configuration has and `tokenizer.json` has not: the listed ones when they differ in anything,
/// the special ones when there is none of their text.
fn missing_tokens(inner: &tokenizers::Tokenizer, config: &TokenizerConfig) -> Vec<AddedToken> {
    let known = inner.get_added_vocabulary().get_added_tokens_decoder();
    let special: HashSet<&str> = config.special_tokens.values().filter_map(Value::as_str).collect();
    let known_tokens: HashSet<&AddedToken> = known.values().collect();
    let mut missing: Vec<AddedToken> =
        config.listed_tokens.iter().filter(|token| !known_tokens.contains(token)).cloned().collect();
    let mut texts: HashSet<&str> =
        known.values().chain(&config.listed_tokens).map(|token| token.content.as_str()).collect();
    for token in &mut missing {
        token.special |= special.contains(token.content.as_str());
    }
    missing.extend(config.special_additions.iter().filter(|token| texts.insert(token.content.as_str())).cloned());
    missing
}

#[cfg(test)]
mod tests;
