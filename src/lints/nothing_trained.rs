//! Nothing of a record is trained.
//!
//! ## What it does
//!
//! Reports, for each mask, a record with answers and without a single trained token, where nothing was cut off.
//!
//! ## Why it hurts
//!
//! The record costs a step and teaches nothing; a batch of such records has a loss of 0 or NaN.
//!
//! ## Example
//!
//! Found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "    Yes, it is."}]}
//! ```
//!
//! Not found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Look at the other findings of the record: a marker that is merged or belongs to another template, or keys that turn
//! training off.
//!
//! ## 作用
//!
//! 对每个掩码，报告含有回答、没有被截断、却没有任何 token 被训练的记录。
//!
//! ## 危害
//!
//! 该记录占用一步，却什么也没教；全是这类记录的 batch，损失为 0 或 NaN。
//!
//! ## 处理方法
//!
//! 查看该记录的其他问题：标记与后面的文本合并、标记属于另一个模板，或某个键关闭了训练。

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `nothing-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "nothing-trained",
    family: Family::Mask,
    summary: Said { en: "nothing of a record is trained", zh: "记录完全没有训练" },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("nothing_trained.rs"),
    check: Check::Mask(|view, sink| {
        let answers = answers(view.record).count();
        if answers > 0 && view.mask.count() == 0 && view.record.sequence.truncated == 0 {
            sink.at_record(MaskFault::NothingTrained { answers });
        }
    }),
};
