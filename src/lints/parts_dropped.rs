//! Content that is a list of parts is not in the rendered text.
//!
//! ## What it does
//!
//! Reports every message whose content is a list of parts where the text of a part is nowhere in the rendered text.
//!
//! ## Why it hurts
//!
//! Templates for text models test whether the content is text: a list of parts vanishes, and the turn is trained empty.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {%- for message in messages -%}
//! <s>{{ message.role }}
//! {% if message.content is string %}{{ message.content }}{% endif %}</s>
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
//! 报告内容是分段列表、且其中有一段文本没有出现在渲染文本中的每条消息。
//!
//! ## 危害
//!
//! 纯文本模型的模板会检查内容是否为文本：分段列表会消失，这一轮训练的是空内容。
//!
//! ## 处理方法
//!
//! 制作数据时把各段文本合并为一个字符串。

use super::parts::RenderedText;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TemplateFault;
use serde_json::Value;

/// The `parts-dropped` lint.
pub(super) static LINT: Lint = Lint {
    code: "parts-dropped",
    family: Family::Template,
    summary: Said {
        en: "content that is a list of parts is not in the rendered text",
        zh: "分段列表形式的内容没有出现在渲染文本中",
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("parts_dropped.rs"),
    check: Check::Record(|view, sink| {
        let rendered = RenderedText::of(view);
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let parts = said.content().and_then(Value::as_array).into_iter().flatten();
            let mut texts = parts.filter_map(|part| part.get("text")?.as_str()).map(str::trim);
            if texts.any(|text| !rendered.holds(message, text)) {
                sink.at_message(message, TemplateFault::PartsDropped { message });
            }
        }
    }),
};
