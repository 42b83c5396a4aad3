//! The marker that a policy searches for is nowhere in the record.
//!
//! ## What it does
//!
//! Reports, for each mask of a policy that searches for a begin marker, a record with answers where the text of the
//! marker does not stand before any of them.
//!
//! ## Why it hurts
//!
//! The response part of the configuration belongs to another chat template: nothing is trained at all.
//!
//! ## Example
//!
//! Found, with `-p minimind --begin '<|im_start|>assistant'`:
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
//! Give the header that this template writes (--begin, `response_part`), or leave the option out to have it derived.
//!
//! ## 作用
//!
//! 对搜索起始标记的策略的每个掩码，报告含有回答、而没有任何回答以该标记的文本开头的记录。
//!
//! ## 危害
//!
//! 配置中的 response 标记属于另一个对话模板：什么都不会训练。
//!
//! ## 处理方法
//!
//! 给出该模板所写的角色头（--begin、`response_part`），或去掉该选项，由 maskview 推导。

use super::parts::answers;
use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `marker-absent` lint.
pub(super) static LINT: Lint = Lint {
    code: "marker-absent",
    family: Family::Mask,
    summary: Said {
        en: "the marker that a policy searches for is nowhere in the record",
        zh: "记录中没有策略要搜索的标记",
    },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::Markers],
    source: include_str!("marker_absent.rs"),
    check: Check::Mask(|view, sink| {
        let Some(form) = view.policy.searched_form(view.record.form) else { return };
        let Some(marker) = &view.record.setup.markers.form(form).begin else { return };
        let sequence = view.record.sequence;
        let (mut count, mut found) = (0, false);
        for answer in answers(view.record) {
            count += 1;
            found = found || answer.tokens_of_text_before(sequence, &marker.text).is_some();
        }
        if count > 0 && !found && !sequence.text.contains(&marker.text) {
            sink.at_record(MaskFault::MarkerAbsent { marker: marker.text.as_str().into(), answers: count });
        }
    }),
};
