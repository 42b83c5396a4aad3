//! The template puts in a system prompt of its own.
//!
//! ## What it does
//!
//! Reports a chat template that writes more before the first question of a conversation without a system message than its
//! header.
//!
//! ## Why it hurts
//!
//! Every record without a system message is trained with one that nobody wrote, and the model expects it at inference.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% if messages[0].role != 'system' %}<s>system
//! You are Qwen, created by Alibaba Cloud.</s>
//! {% endif %}{% for message in messages %}<s>{{ message.role }}
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
//! Give each record the system message that the model is to be used with, or an empty one where the template allows that.
//!
//! ## 作用
//!
//! 报告这样的对话模板：对话没有 system 消息时，它在第一个提问之前除了角色头还输出了其他内容。
//!
//! ## 危害
//!
//! 没有 system 消息的记录，训练时都带上了一条并非由数据给出的 system 消息，模型在推理时也会期待它。
//!
//! ## 处理方法
//!
//! 为每条记录写上模型使用时的 system 消息；如果模板允许，也可以写一条空的。

use super::{Check, Family, Lint, Severity};
use crate::conversation::Conversation;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use crate::words::faults::TemplateFault;
use serde_json::json;

/// The `default-system-prompt` lint.
pub(super) static LINT: Lint = Lint {
    code: "default-system-prompt",
    family: Family::Template,
    summary: Said { en: "the template puts in a system prompt of its own", zh: "模板会自行加入 system 提示" },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("default_system_prompt.rs"),
    check: Check::Template(|view, sink| {
        let render = |messages: &[serde_json::Value]| {
            let rendered = view.setup.render(messages, &Conversation::default(), GenerationPrompt::LeftOut);
            rendered.ok().map(|rendered| rendered.text)
        };
        let question = json!({"role": "user", "content": QUESTION});
        let answer = json!({"role": "assistant", "content": "Maskview?"});
        let once = render(std::slice::from_ref(&question));
        let twice = render(&[question.clone(), answer, question]);
        let (Some(once), Some(twice)) = (once, twice) else { return };
        // What stands before the second question, in the same conversation, is a header alone.
        let (Some(first), Some(last)) = (once.find(QUESTION), twice.rfind(QUESTION)) else { return };
        let header = first - common_suffix(&once[..first], &twice[..last]);
        let extra = once[..header].trim();
        let words = extra.split_whitespace().count();
        if words >= FEWEST_WORDS {
            let text: String = extra.chars().take(LONGEST).collect();
            sink.at_template(TemplateFault::DefaultSystem { text: text.into() });
        }
    }),
};

const QUESTION: &str = "Maskview asks.";

/// BOS and a header are fewer words.
const FEWEST_WORDS: usize = 3;

/// Characters that are shown.
const LONGEST: usize = 80;

/// How many bytes at the end two texts have in common.
fn common_suffix(one: &str, other: &str) -> usize {
    let same = one.chars().rev().zip(other.chars().rev()).take_while(|(one, other)| one == other);
    same.map(|(sign, _)| sign.len_utf8()).sum()
}
