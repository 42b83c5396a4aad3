//! The maximum length cuts away everything that would be trained.
//!
//! ## What it does
//!
//! Reports, for each mask, a record that the maximum length cuts and of which no token is left in the loss.
//!
//! ## Why it hurts
//!
//! The record costs a whole step and teaches nothing; a batch of such records has a loss of 0 or NaN.
//!
//! ## Example
//!
//! Found, with `-p minimind --max-length 6`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
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
//! Raise the maximum length, shorten or drop the record, or cut the prompt instead of the answer where the trainer can.
//!
//! ## 作用
//!
//! 对每个掩码，报告被最大长度截断后，没有任何 token 计入损失的记录。
//!
//! ## 危害
//!
//! 该记录占用整整一步，却什么也没教；全是这类记录的 batch，损失为 0 或 NaN。
//!
//! ## 处理方法
//!
//! 增大最大长度，缩短或丢弃该记录；如果训练框架支持，截断提示而不是回答。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `nothing-left` lint.
pub(super) static LINT: Lint = Lint {
    code: "nothing-left",
    family: Family::Length,
    summary: Said {
        en: "the maximum length cuts away everything that would be trained",
        zh: "最大长度截掉了所有要训练的内容",
    },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::MaximumLength],
    source: include_str!("nothing_left.rs"),
    check: Check::Mask(|view, sink| {
        let cut = view.record.sequence.truncated;
        if cut > 0 && view.mask.count() == 0 {
            sink.at_record(MaskFault::NothingLeft { cut });
        }
    }),
};
