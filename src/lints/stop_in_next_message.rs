//! The token that ends an answer belongs to the next message.
//!
//! ## What it does
//!
//! Reports an answer without an end marker of its own that is followed by another message, and an answer that has one
//! where the last answer of the record has none.
//!
//! ## Why it hurts
//!
//! What ends the answer is the header of the next message. No policy that trains answers trains that token, and in the
//! last turn it is not there at all: the model goes on with a turn of the user.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes, it is."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No, it is not."}]}
//! ```
//!
//! Not found, with the tokenizer's own chat template:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes, it is."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No, it is not."}]}
//! ```
//!
//! ## What to do
//!
//! Choose a chat template that ends each turn, or one that the model was trained with.
//!
//! ## 作用
//!
//! 报告自身没有结束标记、且后面还有消息的回答，以及自身有结束标记、而该记录最后一个回答没有的情况。
//!
//! ## 危害
//!
//! 结束回答的是下一条消息的角色头。训练回答的策略都不会训练那个 token，而在最后一轮它根本不存在：模型会接着替用户写
//! 下一轮。
//!
//! ## 处理方法
//!
//! 选择在每轮末尾写出结束标记的对话模板，或模型原本训练时所用的模板。

use super::parts::{answers, writer};
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `stop-in-next-message` lint.
pub(super) static LINT: Lint = Lint {
    code: "stop-in-next-message",
    family: Family::Tokens,
    summary: Said {
        en: "the token that ends an answer belongs to the next message",
        zh: "结束回答的 token 属于下一条消息",
    },
    severity: Severity::Error,
    policy: None,
    needs: &[],
    source: include_str!("stop_in_next_message.rs"),
    check: Check::Record(|view, sink| {
        // A template that ends turns with the next header ends every answer but the last one of a conversation.
        let (mut first, mut last_is_open) = (None, false);
        for answer in answers(view) {
            let is_open = answer.end_marker.is_none();
            if !answer.is_last && (is_open || first.is_none()) {
                first = Some((answer.message, is_open || first.is_some_and(|(_, is_open)| is_open)));
            }
            last_is_open |= answer.is_last && is_open && view.sequence.truncated == 0;
        }
        if let Some((message, _)) = first.filter(|(_, is_open)| *is_open || last_is_open) {
            sink.at_message(message, TokensFault::StopInNext { message, writer: writer(view) });
        }
    }),
};
