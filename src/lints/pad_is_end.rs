//! The pad token is the end marker.
//!
//! ## What it does
//!
//! Reports a tokenizer whose pad token is the token that ends a turn.
//!
//! ## Why it hurts
//!
//! Collators such as `DataCollatorForLanguageModeling` mask pads by their id, and the end of every answer with them: the
//! model never learns to stop. Nothing in the masks shown here says so, since they are made before padding.
//!
//! ## Example
//!
//! Found, with `--end '<unk>'`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `--end '</s>'`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Give the tokenizer a pad token of its own (`<|endoftext|>`, `<|finetune_right_pad_id|>`), or use a collator that pads
//! labels by position.
//!
//! ## 作用
//!
//! 报告 pad token 与结束标记相同的分词器。
//!
//! ## 危害
//!
//! `DataCollatorForLanguageModeling` 等 collator 按 id 掩码填充，因而把每个回答的结束标记也一并掩码：模型学不会停止。这
//! 里显示的掩码看不出这一点，因为它们是在填充之前得到的。
//!
//! ## 处理方法
//!
//! 为分词器指定单独的 pad token（`<|endoftext|>`、`<|finetune_right_pad_id|>`），或使用按位置填充标签的 collator。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `pad-is-end` lint.
pub(super) static LINT: Lint = Lint {
    code: "pad-is-end",
    family: Family::Tokens,
    summary: Said { en: "the pad token is the end marker", zh: "pad token 就是结束标记" },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::EndMarker],
    source: include_str!("pad_is_end.rs"),
    check: Check::Template(|view, sink| {
        let Some(marker) = view.setup.marker_texts.end.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            return;
        };
        if view.setup.tokenizer.ids(marker).is_ok_and(|ids| ids == [view.setup.tokenizer.pad_id()]) {
            sink.at_template(TokensFault::PadIsEnd { token: marker.into() });
        }
    }),
};
