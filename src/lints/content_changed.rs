//! The template changes the content of a message.
//!
//! ## What it does
//!
//! Reports the first message with text in its content of which a line is nowhere in the rendered text, where the template
//! writes something of the message. Thoughts that a template drops from earlier turns have a lint of their own.
//!
//! ## Why it hurts
//!
//! What is trained is not what the data says.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content | replace('Yes', 'No') }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
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
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Look at the rendered text, and choose a template that writes contents as they are.
//!
//! ## 作用
//!
//! 报告第一条满足以下条件的消息：模板输出了它的一部分，但其内容中有一行在渲染后的文本里找不到。模板从较早轮次中丢弃
//! 的思考内容由另一个检查项报告。
//!
//! ## 危害
//!
//! 实际训练的内容与数据不一致。
//!
//! ## 处理方法
//!
//! 查看渲染后的文本，选择原样输出内容的模板。

use super::parts::RenderedText;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `content-changed` lint.
pub(super) static LINT: Lint = Lint {
    code: "content-changed",
    family: Family::Template,
    summary: Said { en: "the template changes the content of a message", zh: "模板改动了消息的内容" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("content_changed.rs"),
    check: Check::Record(|view, sink| {
        let rendered = RenderedText::of(view);
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let Some(text) = said.content().and_then(|content| content.as_str()) else { continue };
            // The whole is looked for first, which is the usual case, and its lines only where it is not there.
            let is_other = rendered.has_any_of(message) && !text.contains("</think>");
            if !is_other || rendered.holds_there(message, text.trim()) {
                continue;
            }
            if let Some(line) = text.lines().map(str::trim).find(|line| !rendered.holds(message, line)) {
                let line: String = line.chars().take(LONGEST).collect();
                sink.at_message(message, TemplateFault::Changed { message, line: line.into() });
                return;
            }
        }
    }),
};

/// Characters of a line that are shown.
const LONGEST: usize = 60;
