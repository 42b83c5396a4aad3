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
//! 报告只保留字母和数字、并忽略大小写后与之前某条记录相同，而逐字比较并不相同的每条记录。
//!
//! ## 危害
//!
//! 与完全重复的记录一样，它们在一个 epoch 中会训练多次，却能通过查重。
//!
//! ## 处理方法
//!
//! 制作数据时只保留其中一条。

use super::seen::{Copies, Seen};
use super::{Check, Family, Gather, Lint, Severity};
use super::{DatasetPlace, Gathering, RecordView, Sink};
use crate::words::Said;
use crate::words::faults::DatasetFault;
use serde::{Deserialize, Serialize};

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
        Self(Seen::marked(view, |hasher| hasher.update(&letters(&view.sequence.text))))
    }

    fn merge(&mut self, later: Self) {
        self.0.merge(later.0);
    }

    fn report(self, sink: &mut Sink<DatasetPlace>) {
        for (place, of) in self.0.repeated(Copies::LeftOut) {
            sink.at_record(place, DatasetFault::NearDuplicate { of });
        }
    }
}

/// The letters and digits of a text, small, in UTF-8.
pub(super) fn letters(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            'a'..='z' | '0'..='9' => letters.push(sign as u8),
            'A'..='Z' => letters.push(sign.to_ascii_lowercase() as u8),
            '\0'..='\x7F' => {}
            // Most of Chinese, which knows no case.
            '\u{4E00}'..='\u{9FFF}' => letters.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes()),
            _ if sign.is_alphanumeric() => {
                for small in sign.to_lowercase() {
                    letters.extend_from_slice(small.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
            _ => {}
        }
    }
    letters
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
