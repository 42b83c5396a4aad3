//! A record occurs twice in the data set.
//!
//! ## What it does
//!
//! Reports every record whose rendered text is that of an earlier record, the rejected answer of a preference record
//! included. A hash of 16 bytes is kept of each record: 160 MB for ten million.
//!
//! ## Why it hurts
//!
//! Duplicates are trained several times an epoch: the model learns them by heart, and an evaluation split that holds
//! copies measures nothing.
//!
//! ## Example
//!
//! Found:
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
//! {"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ## What to do
//!
//! Drop all but one of them when the data is made.
//!
//! ## 作用
//!
//! 报告渲染后的文本与之前某条记录相同的每条记录；偏好数据的记录，其被拒绝的回答也参与比较。每条记录保存 16 字节的哈
//! 希值：一千万条记录占 160 MB。
//!
//! ## 危害
//!
//! 重复的记录在一个 epoch 中会训练多次：模型会把它们背下来，而含有重复记录的评测集什么也衡量不了。
//!
//! ## 处理方法
//!
//! 制作数据时只保留其中一条。

use super::seen::{Copies, Seen};
use super::{Check, Family, Gather, Lint, Severity};
use super::{DatasetSink, Gathering, RecordView};
use crate::words::Said;
use crate::words::faults::DatasetFault;
use serde::{Deserialize, Serialize};
use std::io;

/// The `duplicate-record` lint.
pub(super) static LINT: Lint = Lint {
    code: "duplicate-record",
    family: Family::Dataset,
    summary: Said { en: "a record occurs twice in the data set", zh: "记录在数据集中重复出现" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("duplicate_record.rs"),
    check: Check::Dataset(Gather::new::<Texts>()),
};

/// The texts of records.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Texts(Seen);

impl Gathering for Texts {
    fn of(view: &RecordView<'_>) -> Self {
        Self(Seen::of(view, |hasher| super::seen::whole(view, hasher)))
    }

    fn merge(&mut self, later: Self) {
        self.0.merge(later.0);
    }

    fn report(self, sink: &mut DatasetSink<'_>) -> io::Result<()> {
        for (place, of) in self.0.repeated(Copies::Kept)? {
            sink.at_record(place, DatasetFault::Duplicate { of });
        }
        Ok(())
    }
}
