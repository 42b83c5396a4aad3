//! The end marker is several tokens.
//!
//! ## What it does
//!
//! Reports a chat template whose end marker, without white space, is more than one token.
//!
//! ## Why it hurts
//!
//! No single id says that the turn is over: servers cannot stop at it, and trainers that search for one id do not find
//! it.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}[END]
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
//! Add the marker to the tokenizer as a special token and resize the embeddings, or choose a template whose markers this
//! tokenizer has.
//!
//! ## 作用
//!
//! 报告结束标记（不计空白）由多个 token 组成的对话模板。
//!
//! ## 危害
//!
//! 没有单独一个 id 能表示本轮结束：推理服务无法在此停止，搜索单个 id 的训练框架也找不到它。
//!
//! ## 处理方法
//!
//! 把该标记作为特殊 token 加入分词器，并调整 embedding 的大小；或选择所用标记都在该分词器中的模板。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `end-several-tokens` lint.
pub(super) static LINT: Lint = Lint {
    code: "end-several-tokens",
    family: Family::Tokens,
    summary: Said { en: "the end marker is several tokens", zh: "结束标记是多个 token" },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::EndMarker],
    source: include_str!("end_several_tokens.rs"),
    check: Check::Template(|view, sink| {
        let Some(marker) = view.setup.marker_texts.end.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            return;
        };
        let ids = view.setup.tokenizer.ids(marker).unwrap_or_default();
        if ids.len() > 1 {
            sink.at_template(TokensFault::EndInPieces { marker: marker.into(), ids });
        }
    }),
};
