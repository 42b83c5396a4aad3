//! The generation mask of Transformers stands in the wrong place.
//!
//! ## What it does
//!
//! Reports the first `{% generation %}` block that Transformers records elsewhere than it stands in the rendered text.
//!
//! ## Why it hurts
//!
//! Transformers counts the characters that a template has written so far to know where a block starts. Inside a macro, a
//! `set`, `call` or `filter` block nothing is written until the block ends, so the ranges are shifted: tokens before the
//! answer are trained and the answer's last ones are not.
//!
//! ## Example
//!
//! Found, with `-p generation` and this chat template:
//!
//! ```jinja
//! {%- macro turn(message) -%}
//! <s>{{ message.role }}
//! {% generation %}{{ message.content }}</s>{% endgeneration %}
//! {% endmacro -%}
//! {%- for message in messages %}{{ turn(message) }}{% endfor -%}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Summer?"}, {"role": "assistant", "content": "Warm days."}]}
//! ```
//!
//! Not found, with `-p generation` and this chat template:
//!
//! ```jinja
//! {%- for message in messages -%}
//! <s>{{ message.role }}
//! {% generation %}{{ message.content }}</s>{% endgeneration %}
//! {% endfor -%}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Summer?"}, {"role": "assistant", "content": "Warm days."}]}
//! ```
//!
//! ## What to do
//!
//! Take the generation tags out of the macro or block. The policy `generation` shows what Transformers does, faults
//! included, since that is what a trainer would train on.
//!
//! ## 作用
//!
//! 报告第一个被 Transformers 记录的位置与渲染文本中的实际位置不符的 `{% generation %}` 块。
//!
//! ## 危害
//!
//! Transformers 以模板到目前为止输出的字符数确定块的起点。在宏，或 `set`、`call`、`filter` 块中，直到块结束才会输出，因
//! 此记录的范围会移位：回答之前的 token 被训练，而回答末尾的 token 没有训练。
//!
//! ## 处理方法
//!
//! 把 generation 标签移到宏或这些块之外。策略 `generation` 显示的是 Transformers 的实际行为，包括其中的错误，因为训练时
//! 用的就是它。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `generation-shifted` lint.
pub(super) static LINT: Lint = Lint {
    code: "generation-shifted",
    family: Family::Template,
    summary: Said {
        en: "Transformers would record the template's generation blocks in the wrong place",
        zh: "Transformers 会把模板的 generation 块记录在错误的位置",
    },
    severity: Severity::Error,
    policy: Some("generation"),
    needs: &[Need::GenerationBlocks],
    source: include_str!("generation_shifted.rs"),
    check: Check::Record(|view, sink| {
        let sequence = view.sequence;
        let (Some(recorded), Some(stands)) = (&sequence.generation, &sequence.generation_truth) else { return };
        let mut blocks = recorded.iter().zip(stands);
        let Some((recorded, stands)) = blocks.find(|(recorded, stands)| recorded != stands) else { return };
        let byte = sequence.text.char_indices().nth(stands.start).map_or(0, |(byte, _)| byte as u32);
        let span = sequence.spans().iter().find(|span| span.bytes.contains(&byte));
        let fault = TemplateFault::GenerationShifted { recorded: recorded.clone(), stands: stands.clone() };
        match span.and_then(|span| span.message) {
            Some(message) => sink.at_message(message, fault),
            None => sink.at_record(fault),
        };
    }),
};
