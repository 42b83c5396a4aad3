//! A marker's text is there and its ids are not.
//!
//! ## What it does
//!
//! Reports, for each mask of a policy that searches for a begin marker, an answer of which nothing is trained since the
//! tokenizer merged the end of the marker with the first characters of the answer. Both id lists are shown.
//!
//! ## Why it hurts
//!
//! The trainer searches ids, does not find them, and skips the answer without a word.
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
//! Use the marker without its newline where the trainer allows that, strip white space from the beginning of answers, or
//! take a trainer that finds answers by position.
//!
//! ## 作用
//!
//! 对搜索起始标记的策略的每个掩码，报告因分词器把标记末尾与回答的开头合并而完全没有训练的回答，并列出两者的 id。
//!
//! ## 危害
//!
//! 训练框架按 id 搜索，找不到就跳过该回答，没有任何提示。
//!
//! ## 处理方法
//!
//! 如果训练框架允许，使用不带换行的标记；也可以去掉回答开头的空白，或改用按位置确定回答的训练框架。

use super::parts::answers;
use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `marker-merged` lint.
pub(super) static LINT: Lint = Lint {
    code: "marker-merged",
    family: Family::Mask,
    summary: Said {
        en: "a marker's text is there and its ids are not", zh: "标记的文本存在，但 token id 不同"
    },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::Markers],
    source: include_str!("marker_merged.rs"),
    check: Check::Mask(|view, sink| {
        let Some(form) = view.policy.searched_form(view.record.form) else { return };
        let Some(marker) = &view.record.setup.markers.form(form).begin else { return };
        let sequence = view.record.sequence;
        for answer in answers(view.record).filter(|answer| answer.tokens.clone().all(|token| !view.mask.get(token))) {
            let Some(tokens) = answer.tokens_of_text_before(sequence, &marker.text) else { continue };
            let here = sequence.ids[tokens.clone()].to_vec();
            if here != marker.ids {
                let (message, text, alone) = (answer.message, marker.text.as_str().into(), marker.ids.clone());
                sink.at_tokens(tokens, MaskFault::MarkerMerged { message, marker: text, alone, here });
            }
        }
    }),
};
