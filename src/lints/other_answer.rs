//! The same question has another answer elsewhere.
//!
//! ## What it does
//!
//! Reports every record that has the messages of an earlier record up to the last answer, and another answer. Answers that
//! differ by spaces, case or punctuation alone are left to `near-duplicate`.
//!
//! ## Why it hurts
//!
//! Two answers to one question pull the model in two directions. Where one of them is wrong, it is learnt too.
//!
//! ## Example
//!
//! Found:
//!
//! ```jsonl
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "It is."}]}
//! ```
//!
//! Not found:
//!
//! ```jsonl
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found:
//!
//! ```jsonl
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "yes!"}]}
//! ```
//!
//! ## What to do
//!
//! Keep the better one; keep both where variety is what the data is for.
//!
//! ## 作用
//!
//! 报告最后一个回答之前的消息与之前某条记录相同、而回答不同的每条记录。回答只差空格、大小写或标点的，由
//! `near-duplicate` 报告。
//!
//! ## 危害
//!
//! 同一问题的两个回答会把模型拉向两个方向。其中一个若是错的，也会被学到。
//!
//! ## 处理方法
//!
//! 保留较好的一个；如果数据本来就要求多样性，则两个都保留。

use super::near_duplicate::letters;
use super::seen::{Copies, Seen};
use super::{Check, Family, Gather, Lint, Severity};
use super::{DatasetSink, Gathering, RecordView};
use crate::words::Said;
use crate::words::faults::DatasetFault;
use serde::{Deserialize, Serialize};
use std::io;
use xxhash_rust::xxh3::Xxh3;

/// The `other-answer` lint.
pub(super) static LINT: Lint = Lint {
    code: "other-answer",
    family: Family::Dataset,
    summary: Said {
        en: "the same question has another answer elsewhere", zh: "同一问题在别处有不同的回答"
    },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("other_answer.rs"),
    check: Check::Dataset(Gather::new::<Contexts>()),
};

/// What stands before the last answers of records, with marks of their texts.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Contexts(Seen);

impl Gathering for Contexts {
    fn of(view: &RecordView<'_>) -> Self {
        let messages = &view.conversation.messages;
        let Some(last) = messages.iter().rposition(|message| message.role() == "assistant") else {
            return Self::default();
        };
        if last == 0 {
            return Self::default();
        }
        let question = |hasher: &mut Xxh3| {
            for message in &messages[..last] {
                for text in std::iter::once(message.role()).chain(message.texts()) {
                    hasher.update(text.as_bytes());
                    hasher.update(&[0]);
                }
            }
        };
        // What differs by spaces, case or punctuation alone is no other answer.
        Self(Seen::marked(view, question, |hasher| hasher.update(&letters(&view.sequence.text))))
    }

    fn merge(&mut self, later: Self) {
        self.0.merge(later.0);
    }

    fn report(self, sink: &mut DatasetSink<'_>) -> io::Result<()> {
        for (place, of) in self.0.repeated(Copies::LeftOut)? {
            sink.at_record(place, DatasetFault::OtherAnswer { of });
        }
        Ok(())
    }
}
