//! A plain text does not end with EOS.
//!
//! ## What it does
//!
//! Reports a record of plain text whose last token that is no white space is not the tokenizer's EOS, where nothing was
//! cut off. Under a policy whose trainer appends the EOS itself, the text ends with it.
//!
//! ## Why it hurts
//!
//! The model never learns where a text ends: it goes on for ever, or into another text of the same packed row.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"text": "The sun is a star."}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"text": "The sun is a star.</s>"}
//! ```
//!
//! ## What to do
//!
//! Append EOS to the text, or use a trainer that does (TRL since 0.16, axolotl with `type: completion`).
//!
//! ## 作用
//!
//! 报告最后一个非空白 token 不是分词器的 EOS 的纯文本记录；被截断的不计。如果策略对应的训练框架会自己补上
//! EOS，则文本以它结尾。
//!
//! ## 危害
//!
//! 模型学不到文本在哪里结束：它会一直写下去，或接着写同一打包行中的另一段文本。
//!
//! ## 处理方法
//!
//! 在文本末尾加上 EOS，或使用会加上 EOS 的训练框架（TRL 0.16 及以后，axolotl 的 `type: completion`）。

use super::{Check, Family, Lint, Need, Severity};
use crate::sequence::Written;
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `no-eos-in-text` lint.
pub(super) static LINT: Lint = Lint {
    code: "no-eos-in-text",
    family: Family::Tokens,
    summary: Said { en: "a plain text does not end with EOS", zh: "纯文本没有以 EOS 结尾" },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::Text, Need::Eos],
    source: include_str!("no_eos_in_text.rs"),
    check: Check::Record(|view, sink| {
        let (sequence, tokenizer) = (view.sequence, view.setup.tokenizer);
        let Some(eos) = tokenizer.special_id("eos_token").filter(|_| sequence.written == Written::Text) else { return };
        let last = (0..sequence.unpadded()).rev().find(|token| !sequence.text_of(*token).trim().is_empty());
        if sequence.truncated == 0
            && let Some(last) = last.filter(|last| sequence.ids[*last] != eos)
        {
            let eos = tokenizer.special("eos_token").unwrap_or_default().into();
            sink.at_tokens(last..last + 1, TokensFault::NoEos { eos });
        }
    }),
};
