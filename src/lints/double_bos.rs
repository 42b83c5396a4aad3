//! A sequence begins with BOS twice.
//!
//! ## What it does
//!
//! Reports a record whose first two tokens are both the tokenizer's BOS.
//!
//! ## Why it hurts
//!
//! The template writes BOS, and the tokenizer adds another: the model is trained on a beginning that it never sees at
//! inference.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {{ bos_token }}{{ bos_token }}{% for message in messages %}{{ message.role }}
//! {{ message.content }}</s>
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
//! Tokenize with `add_special_tokens=False`, or take BOS out of the template.
//!
//! ## 作用
//!
//! 报告前两个 token 都是分词器的 BOS 的记录。
//!
//! ## 危害
//!
//! 模板写了一个 BOS，分词器又加了一个：训练时的开头在推理时不会出现。
//!
//! ## 处理方法
//!
//! 分词时使用 `add_special_tokens=False`，或从模板中去掉 BOS。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `double-bos` lint.
pub(super) static LINT: Lint = Lint {
    code: "double-bos",
    family: Family::Tokens,
    summary: Said { en: "a sequence begins with BOS twice", zh: "序列以两个 BOS 开头" },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::Bos],
    source: include_str!("double_bos.rs"),
    check: Check::Record(|view, sink| {
        let Some(bos) = view.setup.tokenizer.special_id("bos_token") else { return };
        if view.sequence.unpadded() > 1 && view.sequence.ids[..2] == [bos, bos] {
            let bos = view.setup.tokenizer.special("bos_token").unwrap_or_default().into();
            sink.at_tokens(0..2, TokensFault::DoubleBos { bos });
        }
    }),
};
