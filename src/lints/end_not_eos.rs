//! The end marker is not the tokenizer's EOS.
//!
//! ## What it does
//!
//! Reports a chat template whose end marker is another token than the `eos_token` of the tokenizer.
//!
//! ## Why it hurts
//!
//! Servers stop at the EOS of the tokenizer or of `generation_config.json`. A model that was trained to end with another
//! token runs on, unless that token is named there too; a trainer that appends EOS trains both.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}<|im_end|>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with the tokenizer's own chat template:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Set `eos_token` of the tokenizer (in TRL: `eos_token`), or add the token to `eos_token_id` of `generation_config.json`.
//!
//! ## 作用
//!
//! 报告结束标记与分词器的 `eos_token` 不同的对话模板。
//!
//! ## 危害
//!
//! 推理服务在分词器或 `generation_config.json` 的 EOS 处停止。如果训练时用另一个 token 结束，而它没有写进这些配置，
//! 模型就不会停下；追加 EOS 的训练框架则会把两个都训练。
//!
//! ## 处理方法
//!
//! 设置分词器的 `eos_token`（TRL 中为 `eos_token`），或把该 token 加入 `generation_config.json` 的 `eos_token_id`。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `end-not-eos` lint.
pub(super) static LINT: Lint = Lint {
    code: "end-not-eos",
    family: Family::Tokens,
    summary: Said { en: "the end marker is not the tokenizer's EOS", zh: "结束标记不是分词器的 EOS" },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::EndMarker, Need::Eos],
    source: include_str!("end_not_eos.rs"),
    check: Check::Template(|view, sink| {
        let (Some(end), Some(eos)) = (&view.setup.marker_texts.end, view.setup.tokenizer.special("eos_token")) else {
            return;
        };
        let marker = end.trim();
        if !marker.is_empty() && !marker.contains(eos) {
            sink.at_template(TokensFault::EndNotEos { marker: marker.into(), eos: eos.into() });
        }
    }),
};
