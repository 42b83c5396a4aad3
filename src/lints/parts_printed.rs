//! Content that is a list of parts is printed as Python.
//!
//! ## What it does
//!
//! Reports every message whose content is a list of parts where the rendered text holds the list as Python prints it.
//!
//! ## Why it hurts
//!
//! The model reads, and learns to write, `[{'type': 'text', 'text': …}]`.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {%- for message in messages -%}
//! <s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor -%}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": [{"type": "text", "text": "Is 7 prime?"}]}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Join the texts of the parts into one text when the data is made.
//!
//! ## 作用
//!
//! 报告内容是分段列表、而渲染文本中是其 Python 打印形式的每条消息。
//!
//! ## 危害
//!
//! 模型读到的、学着输出的都是 `[{'type': 'text', 'text': …}]`。
//!
//! ## 处理方法
//!
//! 制作数据时把各段文本合并为一个字符串。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TemplateFault;
use serde_json::Value;

/// The `parts-printed` lint.
pub(super) static LINT: Lint = Lint {
    code: "parts-printed",
    family: Family::Template,
    summary: Said {
        en: "content that is a list of parts is printed as Python",
        zh: "分段列表形式的内容按 Python 的打印形式输出",
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("parts_printed.rs"),
    check: Check::Record(|view, sink| {
        let messages = view.conversation.messages.iter().enumerate();
        let mut lists = messages.filter(|(_, said)| said.content().is_some_and(Value::is_array)).peekable();
        // Few records have lists, so that the text of the others need not be looked through.
        let is_printed = lists.peek().is_some()
            && ["[{'type'", "[{\"type\"", "[{'text'"].iter().any(|mark| view.sequence.text.contains(mark));
        for (message, _) in lists.filter(|_| is_printed) {
            sink.at_message(message, TemplateFault::PartsPrinted { message });
        }
    }),
};
