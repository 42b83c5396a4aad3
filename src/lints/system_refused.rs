//! The template refuses a system message.
//!
//! ## What it does
//!
//! Reports a chat template that raises on a conversation that begins with a system message.
//!
//! ## Why it hurts
//!
//! Every such record fails: trainers stop there or drop it.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
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
//! Put the system message into the first question, or choose a template that takes one.
//!
//! ## 作用
//!
//! 报告对以 system 消息开头的对话抛出异常的对话模板。
//!
//! ## 危害
//!
//! 这样的记录都会失败：训练框架会在此中止，或丢弃记录。
//!
//! ## 处理方法
//!
//! 把 system 消息写进第一个提问，或选择支持它的模板。

use super::{Check, Family, Lint, Severity};
use crate::conversation::Conversation;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use crate::words::faults::TemplateFault;
use serde_json::json;

/// The `system-refused` lint.
pub(super) static LINT: Lint = Lint {
    code: "system-refused",
    family: Family::Template,
    summary: Said { en: "the template refuses a system message", zh: "模板拒绝 system 消息" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("system_refused.rs"),
    check: Check::Template(|view, sink| {
        let messages = [("system", "Be brief."), ("user", "Is 7 prime?"), ("assistant", "Yes.")]
            .map(|(role, content)| json!({"role": role, "content": content}));
        let render = |messages: &[serde_json::Value]| {
            view.setup.render(messages, &Conversation::default(), GenerationPrompt::LeftOut)
        };
        if let (Err(error), Ok(_)) = (render(&messages), render(&messages[1..])) {
            sink.at_template(TemplateFault::SystemRefused { reason: error.0.to_string().into() });
        }
    }),
};
