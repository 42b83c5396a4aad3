//! The template ignores a key of a message that holds text.
//!
//! ## What it does
//!
//! Reports a key of a message beside role, content and tool calls whose text, of at least 12 characters, is nowhere in
//! the rendered text: `reasoning`, `reasoning_content`, `thoughts`, `thinking` and others.
//!
//! ## Why it hurts
//!
//! The data has reasoning in a key that this template does not read: none of it is trained, and the model answers without
//! thinking.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"},
//!               {"role": "assistant", "content": "Yes.", "thoughts": "It has no divisor but 1 and 7."}]}
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
//! Rename the key to the one that the template reads (`reasoning_content` in most), or put the text into the content.
//!
//! ## 作用
//!
//! 报告消息中除角色、内容和工具调用之外，文本不少于 12 个字符、却未出现在渲染文本中的键：`reasoning`、
//! `reasoning_content`、`thoughts`、`thinking` 等。
//!
//! ## 危害
//!
//! 数据把思考内容放在模板不读取的键中：这些内容完全没有训练，模型会不经思考就回答。
//!
//! ## 处理方法
//!
//! 把键改为模板读取的名称（多为 `reasoning_content`），或把文本放进内容中。

use super::parts::RenderedText;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `ignored-key` lint.
pub(super) static LINT: Lint = Lint {
    code: "ignored-key",
    family: Family::Template,
    summary: Said {
        en: "the template ignores a key of a message that holds text", zh: "模板忽略了消息中含有文本的键"
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("ignored_key.rs"),
    check: Check::Record(|view, sink| {
        let rendered = RenderedText::of(view);
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let other = said.fields().iter().filter(|(key, _)| !READ_ELSEWHERE.contains(&key.as_str()));
            let texts = other.filter_map(|(key, value)| Some((key, value.as_str()?.trim())));
            for (key, _) in texts.filter(|(_, text)| is_said(text) && !rendered.holds(message, text)) {
                sink.at_message(message, TemplateFault::IgnoredKey { message, key: key.as_str().into() });
            }
        }
    }),
};

/// Keys that other lints look at, and those that say how a message came about rather than what it says.
const READ_ELSEWHERE: &[&str] = &[
    "role",
    "content",
    "reasoning_content",
    "tool_calls",
    "tool_call_id",
    "id",
    "from",
    "value",
    "name",
    "source",
    "model",
    "date",
    "timestamp",
    "tools",
];

/// Whether a text says something, and is no name, label or address: it has words, or letters of a script without spaces.
fn is_said(text: &str) -> bool {
    const SHORTEST: usize = 12;
    text.len() >= SHORTEST && (text.contains(char::is_whitespace) || !text.is_ascii())
}
