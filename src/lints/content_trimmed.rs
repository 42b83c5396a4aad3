//! The template trims the content of a message.
//!
//! ## What it does
//!
//! Reports the first message whose content has white space at its edges that is not in the rendered text.
//!
//! ## Why it hurts
//!
//! Code that needs its indentation, and answers that begin with a newline on purpose, are trained without them.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content | trim }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "    return 7"}]}
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
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "    return 7"}]}
//! ```
//!
//! ## What to do
//!
//! Where the white space matters, choose a template that keeps it. Else there is nothing to do.
//!
//! ## 作用
//!
//! 报告第一条这样的消息：其内容首尾有空白，而渲染后的文本中没有这些空白。
//!
//! ## 危害
//!
//! 依赖缩进的代码，以及有意以换行开头的回答，训练时会失去这些空白。
//!
//! ## 处理方法
//!
//! 如果空白有意义，请选择保留空白的模板；否则无需处理。

use super::parts::RenderedText;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `content-trimmed` lint.
pub(super) static LINT: Lint = Lint {
    code: "content-trimmed",
    family: Family::Template,
    summary: Said {
        en: "the template trims the content of a message", zh: "模板去掉了消息内容首尾的空白"
    },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("content_trimmed.rs"),
    check: Check::Record(|view, sink| {
        let rendered = RenderedText::of(view);
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let Some(text) = said.content().and_then(|content| content.as_str()) else { continue };
            let trimmed = text.trim();
            let has_edges = trimmed.len() < text.len() && !trimmed.is_empty();
            if has_edges && rendered.holds_there(message, trimmed) && !rendered.holds_there(message, text) {
                sink.at_message(message, TemplateFault::Trimmed { message });
                return;
            }
        }
    }),
};
