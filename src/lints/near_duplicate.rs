//! A record differs from another by spaces, case or punctuation only.
//!
//! ## What it does
//!
//! Reports every record that is equal to an earlier one once everything but letters and digits is left out and case is
//! folded, and that is not equal to it letter by letter.
//!
//! ## Why it hurts
//!
//! As copies do, such records are trained several times an epoch, and pass a search for duplicates.
//!
//! ## Example
//!
//! Found:
//!
//! ```jsonl
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! {"messages": [{"role": "user", "content": "Is 7  prime"}, {"role": "assistant", "content": "yes"}]}
//! ```
//!
//! Not found:
//!
//! ```jsonl
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! {"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ## What to do
//!
//! Drop all but one of them when the data is made.
//!
//! ## 作用
//!
//! 报告与之前某条记录逐字不同、但只保留字母和数字并忽略大小写后相同的每条记录。
//!
//! ## 危害
//!
//! 与完全重复的记录一样，它们在一个 epoch 中会训练多次，却能通过查重。
//!
//! ## 处理方法
//!
//! 制作数据时只保留其中一条。

use super::seen::{Copies, Seen, whole};
use super::{Check, Family, Gather, Lint, Severity};
use super::{DatasetSink, Gathering, RecordView};
use crate::words::Said;
use crate::words::faults::DatasetFault;
use serde::{Deserialize, Serialize};
use std::io;

/// The `near-duplicate` lint.
pub(super) static LINT: Lint = Lint {
    code: "near-duplicate",
    family: Family::Dataset,
    summary: Said {
        en: "a record differs from another by spaces, case or punctuation only",
        zh: "记录与另一条只差空格、大小写或标点",
    },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("near_duplicate.rs"),
    check: Check::Dataset(Gather::new::<NearCopies>()),
};

/// The letters and digits of records, with marks of their texts.
#[derive(Debug, Default, Serialize, Deserialize)]
struct NearCopies(Seen);

impl Gathering for NearCopies {
    fn of(view: &RecordView<'_>) -> Self {
        Self(Seen::marked(view, |hasher| hasher.update(&letters(&view.sequence.text)), |hasher| whole(view, hasher)))
    }

    fn merge(&mut self, later: Self) {
        self.0.merge(later.0);
    }

    fn report(self, sink: &mut DatasetSink<'_>) -> io::Result<()> {
        for (place, of) in self.0.repeated(Copies::LeftOut)? {
            sink.at_record(place, DatasetFault::NearDuplicate { of });
        }
        Ok(())
    }
}

/// The letters and digits of a text, small, in UTF-8.
pub(super) fn letters(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len());
    let mut left = text;
    loop {
        let plain = left.bytes().position(|byte| !byte.is_ascii()).unwrap_or(left.len());
        push_small(&left.as_bytes()[..plain], &mut letters);
        left = &left[plain..];
        // Most of Chinese, which knows no case.
        let signs = left.as_bytes().chunks_exact(3).take_while(|sign| is_common_chinese(sign)).count();
        letters.extend_from_slice(&left.as_bytes()[..3 * signs]);
        left = &left[3 * signs..];
        let mut signs = left.chars();
        match signs.next() {
            None => return letters,
            Some(sign) if !sign.is_ascii() => {
                if !is_punctuation(sign) && sign.is_alphanumeric() {
                    letters.extend(sign.to_lowercase().collect::<String>().as_bytes());
                }
                left = signs.as_str();
            }
            Some(_) => {}
        }
    }
}

/// Whether a sign is punctuation that is common in texts: none is a letter or a digit.
fn is_punctuation(sign: char) -> bool {
    matches!(sign, '\u{2010}'..='\u{205E}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}')
}

/// Whether three bytes of UTF-8 that begin a sign are one from U+4E00 to U+9FFF.
fn is_common_chinese(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE4, 0xB8..=0xBF, _] | [0xE5..=0xE9, ..])
}

/// For each byte of ASCII its small letter or its digit; 0 for what is neither.
const SMALL: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Appends the letters and digits of ASCII. All bytes are written, and those that are not meant are written over.
fn push_small(plain: &[u8], letters: &mut Vec<u8>) {
    let mut end = letters.len();
    letters.resize(end + plain.len(), 0);
    for byte in plain {
        let small = SMALL[usize::from(byte & 0x7F)];
        letters[end] = small;
        end += usize::from(small != 0);
    }
    letters.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_are_those_of_unicode() {
        let every: String = ('\0'..=char::MAX).collect();
        let plain = every.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase);
        assert_eq!(String::from_utf8(letters(&every)).unwrap(), plain.collect::<String>());
    }
}
