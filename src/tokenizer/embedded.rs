//! The tokenizer inside the program, so that the first command needs neither a network nor a file.
//!
//! A byte-level BPE of 6,400 entries for Chinese and English, a free re-creation of the kind of tokenizer that `MiniMind2`
//! has. Two dialects share its vocabulary and differ in the three special tokens and the chat template. How it was trained
//! is told in `assets/tokenizer/README.md`.

use std::fmt::Write;

use serde::Deserialize;
use tokenizers::models::bpe::{BPE, Merges, Vocab};
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::{AddedToken, Tokenizer};

/// How many entries the vocabulary has, the special tokens included.
pub const VOCABULARY_SIZE: usize = 6400;

/// The merges, one `left right` a line, in the order of their ranks and so of the ids that they make.
///
/// Nothing else need be stored: every entry of a byte-level vocabulary is a special token, one of the 256 bytes or what a merge makes.
const MERGES: &[u8] = include_bytes!("../../assets/tokenizer/merges.txt.zst");

/// A little more than the merges take unpacked: room that [`merges`] allocates once.
const MERGES_CAPACITY: usize = 128 * 1024;

/// The dialects of the embedded tokenizer, in the order of the help text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `<s>role`, a line break, the content, `</s>` and a line break: the markers of `MiniMind2`.
    Minimind,
    /// `<|im_start|>role`, a line break, the content, `<|im_end|>` and a line break: `ChatML`.
    Chatml,
}

/// The names of the dialects, in the order of the help text.
pub fn names() -> impl Iterator<Item = &'static str> {
    Dialect::ALL.into_iter().map(Dialect::name)
}

/// The dialect of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<Dialect> {
    Dialect::ALL.into_iter().find(|dialect| dialect.name() == name)
}

impl Dialect {
    /// Every dialect, in the order of the help text.
    pub const ALL: [Self; 2] = [Self::Minimind, Self::Chatml];

    /// The name that `--tokenizer` takes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Minimind => "minimind",
            Self::Chatml => "chatml",
        }
    }

    /// What Hugging Face keeps in `tokenizer_config.json`: the special tokens, with their ids and their roles.
    #[must_use]
    pub fn config_json(self) -> &'static str {
        match self {
            Self::Minimind => include_str!("../../assets/tokenizer/minimind/tokenizer_config.json"),
            Self::Chatml => include_str!("../../assets/tokenizer/chatml/tokenizer_config.json"),
        }
    }

    /// What Hugging Face keeps in `chat_template.jinja`.
    #[must_use]
    pub fn chat_template(self) -> &'static str {
        match self {
            Self::Minimind => include_str!("../../assets/tokenizer/minimind/chat_template.jinja"),
            Self::Chatml => include_str!("../../assets/tokenizer/chatml/chat_template.jinja"),
        }
    }

    /// Builds the tokenizer.
    ///
    /// # Panics
    ///
    /// Never with the data that the program is built with; the tests load both dialects.
    #[must_use]
    pub fn load(self) -> Tokenizer {
        let specials = self.special_tokens();
        let merges = merges();
        let alphabet = byte_alphabet();
        let mut vocabulary = Vocab::with_capacity(VOCABULARY_SIZE);
        let entries = specials
            .iter()
            .map(|token| token.content.clone())
            .chain(alphabet.iter().map(char::to_string))
            .chain(merges.iter().map(|(left, right)| [left.as_str(), right].concat()));
        for (id, entry) in (0..).zip(entries) {
            vocabulary.insert(entry, id);
        }
        let model = BPE::builder()
            .vocab_and_merges(vocabulary, merges)
            .build()
            .expect("every half of an embedded merge is an entry before it");
        let mut tokenizer = Tokenizer::new(model);
        tokenizer.with_pre_tokenizer(Some(ByteLevel::new(false, true, true)));
        tokenizer.with_decoder(Some(ByteLevel::default()));
        tokenizer.add_special_tokens(specials).expect("the embedded special tokens are plain text");
        tokenizer
    }

    /// The special tokens in the order of their ids, which begin at 0.
    fn special_tokens(self) -> Vec<AddedToken> {
        /// The one field of the configuration that the vocabulary depends on.
        #[derive(Deserialize)]
        struct Configuration {
            added_tokens_decoder: std::collections::BTreeMap<String, AddedToken>,
        }
        let configuration: Configuration =
            serde_json::from_str(self.config_json()).expect("the embedded configuration is JSON");
        configuration.added_tokens_decoder.into_values().collect()
    }

    /// What Hugging Face keeps in `tokenizer.json`, for use with other programs.
    ///
    /// # Panics
    ///
    /// Never: a tokenizer can always be written as JSON.
    #[must_use]
    pub fn tokenizer_json(self) -> String {
        let mut json = self.load().to_string(true).expect("a tokenizer can be written as JSON");
        let _ = writeln!(json);
        json
    }
}

/// The merges as pairs of entries.
fn merges() -> Merges {
    let text = zstd::bulk::decompress(MERGES, MERGES_CAPACITY).expect("the embedded merges are whole");
    let text = std::str::from_utf8(&text).expect("the embedded merges are text");
    let mut merges = Merges::with_capacity(VOCABULARY_SIZE);
    merges.extend(
        text.lines().filter_map(|line| line.split_once(' ')).map(|(left, right)| (left.to_owned(), right.to_owned())),
    );
    merges
}

/// The characters that stand for the 256 bytes in a byte-level vocabulary, in the order of their ids.
///
/// Printable bytes stand for themselves and the others for the characters from U+0100 on, so that in the order of the
/// characters the printable bytes come first.
#[must_use]
pub fn byte_alphabet() -> Vec<char> {
    let mut alphabet: Vec<char> = ByteLevel::alphabet().into_iter().collect();
    alphabet.sort_unstable();
    alphabet
}
