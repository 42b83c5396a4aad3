//! The template drops the thoughts of an answer.
//!
//! ## What it does
//!
//! Reports the first answer whose thoughts, in `<think>` tags of its content or in `reasoning_content`, are nowhere in
//! the rendered text.
//!
//! ## Why it hurts
//!
//! Templates of reasoning models drop the thoughts of earlier turns, as they do at inference. What is dropped is not
//! trained: of a conversation of many turns only the last thoughts are.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content.split('</think>')[-1] }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "<think>7 has no divisors.</think>Yes."}]}
//! ```
//!
//! Not found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "<think>7 has no divisors.</think>Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Split the conversation so that each answer is the last of a record, or take a template that keeps thoughts.
//!
//! ## 作用
//!
//! 报告第一个这样的回答：其思考内容（位于内容的 `<think>` 标签中，或在 `reasoning_content` 中）没有出现在渲染文本中。
//!
//! ## 危害
//!
//! 推理模型的模板会丢弃较早轮次的思考内容，与推理时一致。被丢弃的内容不会训练：多轮对话中只有最后一轮的思考内容被训
//! 练。
//!
//! ## 处理方法
//!
//! 拆分对话，使每个回答都是一条记录的最后一个；或使用保留思考内容的模板。

use super::parts::dropped_thoughts;
use super::{Check, Family, Lint, Severity};
use crate::sequence::Written;
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `thoughts-dropped` lint.
pub(super) static LINT: Lint = Lint {
    code: "thoughts-dropped",
    family: Family::Template,
    summary: Said { en: "the template drops the thoughts of an answer", zh: "模板丢弃了回答的思考内容" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("thoughts_dropped.rs"),
    check: Check::Record(|view, sink| {
        // Of a trainer's own text, `trainer-drops-thoughts` tells.
        if view.sequence.written == Written::Trainer {
            return;
        }
        if let Some((message, answers)) = dropped_thoughts(view) {
            sink.at_message(message, TemplateFault::ThoughtsDropped { message, answers });
        }
    }),
};
