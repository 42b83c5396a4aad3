//! How a vocabulary spells bytes: GPT-2's byte alphabet, SentencePiece's `▁` and `<0x0A>`, or plain text.

use tokenizers::{DecoderWrapper, ModelWrapper, PreTokenizerWrapper};

/// How the entries of a vocabulary spell the bytes that they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Every byte is one character of GPT-2's alphabet (`Ġ` is a space).
    ByteLevel,
    /// `▁` is a space and `<0x0A>` one byte, as SentencePiece writes them.
    SentencePiece,
    /// Entries are the text itself.
    Plain,
}

impl Spelling {
    /// The spelling that the tokenizer's decoder undoes.
    #[must_use]
    pub fn of(tokenizer: &tokenizers::Tokenizer) -> Self {
        let byte_level_split = matches!(tokenizer.get_pre_tokenizer(), Some(PreTokenizerWrapper::ByteLevel(_)));
        match tokenizer.get_decoder() {
            Some(DecoderWrapper::ByteLevel(_)) => Self::ByteLevel,
            Some(DecoderWrapper::Metaspace(_) | DecoderWrapper::ByteFallback(_) | DecoderWrapper::Sequence(_)) => {
                Self::SentencePiece
            }
            None if byte_level_split => Self::ByteLevel,
            _ if matches!(tokenizer.get_model(), ModelWrapper::Unigram(_)) => Self::SentencePiece,
            _ => Self::Plain,
        }
    }

    /// The bytes that a vocabulary entry stands for.
    #[must_use]
    pub fn bytes(self, entry: &str) -> Vec<u8> {
        match self {
            Self::ByteLevel => entry.chars().map(byte_of).collect::<Option<_>>().unwrap_or_else(|| entry.into()),
            Self::SentencePiece => match fallback_byte(entry) {
                Some(byte) => vec![byte],
                None => entry.replace('▁', " ").into_bytes(),
            },
            Self::Plain => entry.into(),
        }
    }
}

/// The byte of `<0x0A>`.
fn fallback_byte(entry: &str) -> Option<u8> {
    let digits = entry.strip_prefix("<0x")?.strip_suffix('>')?;
    (digits.len() == 2).then(|| u8::from_str_radix(digits, 16).ok())?
}

/// The byte that a character of GPT-2's alphabet stands for: printable Latin-1 stands for itself, and the other bytes
/// are, in order, the characters from U+0100 on.
fn byte_of(character: char) -> Option<u8> {
    let code = character as u32;
    match code {
        0x21..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF => Some(code as u8),
        0x100..=0x120 => Some((code - 0x100) as u8),
        0x121..=0x142 => Some((code - 0x121 + 0x7F) as u8),
        0x143 => Some(0xAD),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokenizers::pre_tokenizers::byte_level::ByteLevel;

    #[test]
    fn the_byte_alphabet_is_that_of_the_library() {
        let mut bytes: Vec<u8> = ByteLevel::alphabet().into_iter().map(|c| byte_of(c).unwrap()).collect();
        bytes.sort_unstable();
        assert_eq!(bytes, (0..=255).collect::<Vec<u8>>());
    }

    #[test]
    fn each_spelling_gives_its_bytes() {
        assert_eq!(Spelling::ByteLevel.bytes("Ġthe"), b" the");
        assert_eq!(Spelling::ByteLevel.bytes("å¤ı"), "夏".as_bytes());
        assert_eq!(Spelling::SentencePiece.bytes("▁the"), b" the");
        assert_eq!(Spelling::SentencePiece.bytes("<0x0A>"), b"\n");
        assert_eq!(Spelling::SentencePiece.bytes("<0xZZ>"), b"<0xZZ>");
        assert_eq!(Spelling::Plain.bytes("Ġ"), "Ġ".as_bytes());
    }
}
