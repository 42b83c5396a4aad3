//! The prompt is no prefix of the whole conversation.
//!
//! ## What it does
//!
//! Reports a chat template that, with the generation prompt added, writes a text for a question with which its text of
//! question and answer does not begin.
//!
//! ## Why it hurts
//!
//! Trainers that take the length of the prompt for the start of the answer mask the wrong tokens, and what the model
//! continues at inference is not what it was trained on.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}{% if add_generation_prompt %}<s>assistant
//! <think>
//! {% endif %}
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
//! {% endfor %}{% if add_generation_prompt %}<s>assistant
//! {% endif %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Choose a template whose generation prompt is the header that it writes before answers, or set the variable that makes
//! it so (`enable_thinking`).
//!
//! ## 作用
//!
//! 报告这样的对话模板：对提问加上生成提示后输出的文本，并不是提问加回答的文本的开头。
//!
//! ## 危害
//!
//! 以提示的长度作为回答起点的训练框架会把掩码放在错误的 token 上；推理时模型所续写的文本，也与训练时不同。
//!
//! ## 处理方法
//!
//! 选择生成提示与回答的角色头一致的模板，或设置使两者一致的变量（`enable_thinking`）。

use super::{Check, Family, Lint, Severity};
use crate::conversation::Conversation;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use crate::words::faults::TemplateFault;
use serde_json::json;

/// The `prompt-no-prefix` lint.
pub(super) static LINT: Lint = Lint {
    code: "prompt-no-prefix",
    family: Family::Template,
    summary: Said { en: "the prompt is no prefix of the whole conversation", zh: "提示不是整段对话的前缀" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("prompt_no_prefix.rs"),
    check: Check::Template(|view, sink| {
        let messages = [("user", "Is 7 prime?"), ("assistant", "Maskview.")]
            .map(|(role, content)| json!({"role": role, "content": content}));
        let render = |messages: &[serde_json::Value], prompt| {
            view.setup.render(messages, &Conversation::default(), prompt).ok().map(|rendered| rendered.text)
        };
        let prompt = render(&messages[..1], GenerationPrompt::Added);
        let (Some(prompt), Some(whole)) = (prompt, render(&messages, GenerationPrompt::LeftOut)) else { return };
        if !whole.starts_with(&prompt) {
            let same = prompt.chars().zip(whole.chars()).take_while(|(one, other)| one == other);
            let at = same.map(|(sign, _)| sign.len_utf8()).sum::<usize>();
            let shown = |text: &str| text[at..].chars().take(LONGEST).collect::<String>().into();
            sink.at_template(TemplateFault::NoPrefix { prompt: shown(&prompt), whole: shown(&whole) });
        }
    }),
};

/// Characters that are shown.
const LONGEST: usize = 40;
