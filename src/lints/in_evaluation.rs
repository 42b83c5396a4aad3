//! A conversation occurs in the evaluation set too.
//!
//! ## What it does
//!
//! With `--against`, reports every record whose conversation is one of that data set: letter by letter, or once system
//! messages, spaces, case and punctuation are left out. A hash of 16 bytes is kept of each form of each record of that data
//! set, up to 400 bytes of memory in all, and nothing of the records that are audited.
//!
//! ## Why it hurts
//!
//! The evaluation measures what the model has learnt by heart, and no longer what it can do.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ```jsonl against
//! {"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "No."}]}
//! {"messages": [{"role": "user", "content": "Is 7  prime"}, {"role": "assistant", "content": "yes"}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ```jsonl against
//! {"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ## What to do
//!
//! Take these records out of the training data, for instance with `--write-clean`.
//!
//! ## 作用
//!
//! 使用 `--against` 时，报告对话与该数据集中某条相同的每条记录：逐字相同，或不计 system 消息、空格、大小写和标点后
//! 相同。该数据集的每条记录，其每种形式各保存 16 字节的哈希值，合计占用 150 至 300 字节内存；被审计的记录则什么都不
//! 保存。
//!
//! ## 危害
//!
//! 评测衡量的是模型背下来的内容，而不再是它的能力。
//!
//! ## 处理方法
//!
//! 从训练数据中去掉这些记录，例如用 `--write-clean`。

use super::against::{Likeness, Prints};
use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::DatasetFault;

/// The `in-evaluation` lint.
pub(super) static LINT: Lint = Lint {
    code: "in-evaluation",
    family: Family::Dataset,
    summary: Said { en: "a conversation occurs in the evaluation set too", zh: "对话也出现在评测集中" },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::AnotherDataSet],
    source: include_str!("in_evaluation.rs"),
    check: Check::Record(|view, sink| {
        let Some(against) = view.against else { return };
        if let Some((likeness, at)) = against.conversation(&Prints::of(view.conversation)) {
            sink.at_record(DatasetFault::InEvaluation { same: likeness == Likeness::Same, at });
        }
    }),
};
