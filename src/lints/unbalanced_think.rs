//! A think tag is opened or closed without its other half.
//!
//! ## What it does
//!
//! Reports every assistant message where `<think>` and `</think>` do not pair up in the rendered text of its turn.
//!
//! ## Why it hurts
//!
//! An orphan `</think>` teaches the model to end thoughts that it never began; an open `<think>` teaches it never to end
//! them, and the answer is taken for thoughts.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "7 has no divisors.</think>Yes."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "<think>7 has no divisors.</think>Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Fix the content, or choose the template that the data was made for: some write the opening tag themselves.
//!
//! ## 作用
//!
//! 报告在该轮的渲染文本中 `<think>` 与 `</think>` 不配对的每条 assistant 消息。
//!
//! ## 危害
//!
//! 单独的 `</think>` 会教模型结束从未开始的思考；没有关闭的 `<think>` 会教模型永不结束思考，回答也会被当作思考内
//! 容。
//!
//! ## 处理方法
//!
//! 修正内容，或选择与数据相应的模板：有些模板会自行写出开始标签。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `unbalanced-think` lint.
pub(super) static LINT: Lint = Lint {
    code: "unbalanced-think",
    family: Family::Conversation,
    summary: Said {
        en: "a think tag is opened or closed without its other half", zh: "思考标签没有成对出现"
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("unbalanced_think.rs"),
    check: Check::Record(|view, sink| {
        let text = &view.sequence.text;
        // Most data has no such tag, and a search of the whole text finds that out at once.
        if !text.contains("think>") {
            return;
        }
        for turn in view.turns().iter() {
            let span = turn.span(view.sequence);
            let Some(message) = span.message.filter(|_| span.role == "assistant") else { continue };
            let runs = turn.runs(view.sequence);
            let (Some(first), Some(last)) = (runs.first(), runs.last()) else { continue };
            let bytes = view.sequence.spans()[first.span].bytes.start..view.sequence.spans()[last.span].bytes.end;
            let own = text.get(bytes.start as usize..bytes.end as usize).unwrap_or_default();
            let (opened, closed) = (own.matches("<think>").count(), own.matches("</think>").count());
            if opened != closed && view.sequence.truncated == 0 {
                sink.at_message(message, ConversationFault::UnbalancedThink { message, opened, closed });
            }
        }
    }),
};
