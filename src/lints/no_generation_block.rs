//! The policy needs generation blocks, and the template has none.
//!
//! ## What it does
//!
//! Reports a chat template without `{% generation %}` where the policy `generation` is on show.
//!
//! ## Why it hurts
//!
//! `assistant_only_loss` of TRL and `return_assistant_tokens_mask` of Transformers give a mask of zeros: nothing is
//! trained, or the trainer raises.
//!
//! ## Example
//!
//! Found, with `-p generation` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p generation` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {% generation %}{{ message.content }}</s>{% endgeneration %}
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Take the template with blocks that TRL brings for this model, or have `maskview template mark` put the blocks in.
//!
//! ## 作用
//!
//! 当前策略包含 `generation` 时，报告没有 `{% generation %}` 的对话模板。
//!
//! ## 危害
//!
//! TRL 的 `assistant_only_loss` 和 Transformers 的 `return_assistant_tokens_mask` 会得到全 0 的掩码：什么都不训练，
//! 或训练框架抛出异常。
//!
//! ## 处理方法
//!
//! 使用 TRL 为该模型提供的带 generation 块的模板，或用 `maskview template mark` 加上这些块。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `no-generation-block` lint.
pub(super) static LINT: Lint = Lint {
    code: "no-generation-block",
    family: Family::Template,
    summary: Said {
        en: "the policy needs generation blocks, and the template has none",
        zh: "策略需要 generation 块，而模板没有",
    },
    severity: Severity::Error,
    policy: Some("generation"),
    needs: &[],
    source: include_str!("no_generation_block.rs"),
    check: Check::Template(|view, sink| {
        let is_asked = view.policies.iter().any(|policy| policy.kind().name == "generation");
        if is_asked && !view.setup.template.has_generation_blocks() {
            sink.at_template(TemplateFault::NoGenerationBlock);
        }
    }),
};
