//! The tokenizer inside the program, so that the first command needs neither a network nor a file.
//!
//! A byte-level BPE of 6,400 entries for Chinese and English, a free re-creation of the kind of tokenizer that `MiniMind2`
//! has. Two dialects share its vocabulary and differ in the three special tokens and the chat template. How it was trained
//! is told in `assets/tokenizer/README.md`.

use std::fmt::Write;

use crate::words::Said;
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
    /// What it is, in one line.
    #[must_use]
    pub fn about(self) -> &'static Said {
        match self {
            Self::Minimind => &Said {
                en: "6,400 entries for Chinese and English, with MiniMind2's markers `<s>` and `</s>`",
                zh: "6,400 个词条，用于中文和英文，标记与 MiniMind2 相同：`<s>` 和 `</s>`",
            },
            Self::Chatml => &Said {
                en: "the same entries with ChatML's markers `<|im_start|>` and `<|im_end|>`",
                zh: "同样的词条，使用 ChatML 的标记 `<|im_start|>` 和 `<|im_end|>`",
            },
        }
    }

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
        let mut alphabet: Vec<char> = (0..=u8::MAX).map(byte_character).collect();
        alphabet.sort_unstable();
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

/// The character that stands for a byte in a byte-level vocabulary.
///
/// The bytes that are printable in Latin-1 stand for themselves, the others in their order for the characters from U+0100 on.
///
/// # Panics
///
/// Never: all of the characters from U+0100 to U+0143 exist.
#[must_use]
pub fn byte_character(byte: u8) -> char {
    let shift = match byte {
        0..=0x20 => u32::from(byte),
        0x7F..=0xA0 => u32::from(byte) - 0x7F + 0x21,
        0xAD => 0x43,
        _ => return char::from(byte),
    };
    char::from_u32(0x100 + shift).expect("the block after Latin-1 has no gaps")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text of the kinds that the tokenizer is for, and of kinds that it was never trained on.
    const TEXTS: [&str; 9] = [
        "夏天，热浪滚滚，阳光普照。",
        "<s>user\n生成一段关于夏天的诗歌。</s>\n<s>assistant\n夏天，热浪滚滚。</s>\n",
        "The quick brown fox doesn't jump over the lazy dog; it's asleep.",
        "def add(a, b):\n\treturn a + b\r\n\r\n    # 返回两个数的和\n",
        "👩‍👩‍👧‍👦 🇨🇳 ✅ ❤️ 😀",
        "\0\u{1}\u{7f}\u{80}\u{85}\u{ad}\u{2028}\u{fffd}\u{feff}\u{10ffff}",
        "Ġ Ċ ĉ Ω ж ñ 한국어 ひらがな 龘 𠮷",
        "   ",
        "",
    ];

    fn ids(tokenizer: &Tokenizer, text: &str) -> Vec<u32> {
        tokenizer.encode_fast(text, true).unwrap().get_ids().to_vec()
    }

    /// Text put together at random from the characters of [`TEXTS`] and from all of Unicode, the same on every run.
    fn random_texts() -> impl Iterator<Item = String> {
        let known: Vec<char> = TEXTS.concat().chars().filter(|&character| character != '<').collect();
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as usize
        };
        (0..300).map(move |_| {
            (0..next() % 40)
                .map(|_| match next() % 8 {
                    0 => char::from_u32((next() % 0x11_0000) as u32).unwrap_or(' '),
                    1 => ' ',
                    _ => known[next() % known.len()],
                })
                .collect()
        })
    }

    #[test]
    fn a_name_gives_its_dialect() {
        assert_eq!(names().collect::<Vec<_>>(), ["minimind", "chatml"]);
        for dialect in Dialect::ALL {
            assert_eq!(by_name(dialect.name()), Some(dialect));
        }
        assert_eq!(by_name("qwen"), None);
    }

    #[test]
    fn the_vocabulary_is_whole() {
        let specials = [
            (Dialect::Minimind, ["<unk>", "<s>", "</s>"]),
            (Dialect::Chatml, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]),
        ];
        for (dialect, specials) in specials {
            let tokenizer = dialect.load();
            assert_eq!(tokenizer.get_vocab_size(true), VOCABULARY_SIZE);
            assert_eq!(tokenizer.get_vocab_size(false), VOCABULARY_SIZE);
            for (id, special) in (0..).zip(specials) {
                assert_eq!(tokenizer.token_to_id(special), Some(id));
                assert_eq!(ids(&tokenizer, special), [id]);
            }
            assert_eq!(tokenizer.token_to_id("!"), Some(3));
            for id in 0..VOCABULARY_SIZE as u32 {
                assert!(tokenizer.id_to_token(id).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn the_example_of_the_lost_first_token_is_two_tokens() {
        let tokenizer = Dialect::Minimind.load();
        let decoded = |text| -> Vec<String> {
            ids(&tokenizer, text).iter().map(|&id| tokenizer.decode(&[id], false).unwrap()).collect()
        };
        assert_eq!(decoded("夏天"), ["夏", "天"]);
        assert_eq!(decoded("夏天，")[..2], ["夏", "天"]);
        assert_eq!(decoded("<s>assistant\n夏天"), ["<s>", "assistant", "\n", "夏", "天"]);
        for character in ["诗", "歌", "热", "浪", "滚", "阳", "光"] {
            assert_eq!(decoded(character), [character]);
        }
    }

    #[test]
    fn a_token_is_whole_characters_or_a_part_of_one() {
        let tokenizer = Dialect::Minimind.load();
        let alphabet: std::collections::HashMap<char, u8> =
            (0..=u8::MAX).map(|byte| (byte_character(byte), byte)).collect();
        for id in 3..VOCABULARY_SIZE as u32 {
            let bytes: Vec<u8> =
                tokenizer.id_to_token(id).unwrap().chars().map(|character| alphabet[&character]).collect();
            let leading = bytes.iter().filter(|byte| !(0x80..0xC0).contains(*byte)).count();
            assert!(std::str::from_utf8(&bytes).is_ok() || leading <= 1, "{id}");
        }
    }

    #[test]
    fn text_comes_back_from_its_tokens() {
        let tokenizer = Dialect::Minimind.load();
        for text in TEXTS.into_iter().map(str::to_owned).chain(random_texts()) {
            assert_eq!(tokenizer.decode(&ids(&tokenizer, &text), false).unwrap(), text);
        }
    }

    #[test]
    fn the_dialects_agree_on_plain_text() {
        let [minimind, chatml] = Dialect::ALL.map(Dialect::load);
        for text in TEXTS.into_iter().filter(|text| !text.contains("<s>")).map(str::to_owned).chain(random_texts()) {
            assert_eq!(ids(&minimind, &text), ids(&chatml, &text), "{text:?}");
        }
    }

    #[test]
    fn the_exported_tokenizer_is_the_loaded_one() {
        for dialect in Dialect::ALL {
            let loaded = dialect.load();
            let exported = Tokenizer::from_bytes(dialect.tokenizer_json()).unwrap();
            assert_eq!(exported.get_vocab(true), loaded.get_vocab(true));
            for text in TEXTS.into_iter().map(str::to_owned).chain(random_texts()) {
                let [expected, actual] =
                    [&exported, &loaded].map(|tokenizer| tokenizer.encode(text.as_str(), true).unwrap());
                assert_eq!(actual.get_ids(), expected.get_ids(), "{text:?}");
                assert_eq!(actual.get_tokens(), expected.get_tokens(), "{text:?}");
                assert_eq!(actual.get_offsets(), expected.get_offsets(), "{text:?}");
            }
        }
    }

    #[test]
    fn the_readme_tells_the_size_of_the_asset() {
        let readme = include_str!("../../assets/tokenizer/README.md");
        assert!(MERGES.len() < 64 * 1024);
        assert!(readme.contains(&format!("{} bytes", MERGES.len())), "{} bytes", MERGES.len());
    }
}
