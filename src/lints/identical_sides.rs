//! Both answers of a preference record are the same.
//!
//! ## What it does
//!
//! Reports every record whose `chosen` and `rejected` are equal.
//!
//! ## Why it hurts
//!
//! There is nothing to prefer: the pair gives no gradient but noise.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"prompt": "Is 7 prime?", "chosen": "Yes.", "rejected": "Yes."}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"prompt": "Is 7 prime?", "chosen": "Yes.", "rejected": "No."}
//! ```
//!
//! ## What to do
//!
//! Remove the record, or look where the other answer was lost.
//!
//! ## 作用
//!
//! 报告 `chosen` 与 `rejected` 相同的每条记录。
//!
//! ## 危害
//!
//! 没有可供选择的偏好：这一对样本提供的梯度只有噪声。
//!
//! ## 处理方法
//!
//! 去掉该记录，或查明另一个回答是在哪里丢失的。

use super::{Check, Family, Lint, Need, Severity};
use crate::conversation::Choice;
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `identical-sides` lint.
pub(super) static LINT: Lint = Lint {
    code: "identical-sides",
    family: Family::Conversation,
    summary: Said { en: "both answers of a preference record are the same", zh: "偏好数据的两个回答相同" },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::Pairs(1)],
    source: include_str!("identical_sides.rs"),
    check: Check::Record(|view, sink| {
        let side = |key: &str| view.fields()?.get(key);
        let is_first = view.conversation.choice == Some(Choice::Chosen);
        if let (true, Some(chosen), Some(rejected)) = (is_first, side("chosen"), side("rejected"))
            && chosen == rejected
        {
            sink.at_record(ConversationFault::IdenticalSides);
        }
    }),
};
