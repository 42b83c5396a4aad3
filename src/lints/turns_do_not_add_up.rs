//! Turns that are tokenized one by one give other tokens than the whole conversation.
//!
//! ## What it does
//!
//! Tokenizes a built-in conversation of two turns as a whole and message by message, once, and reports a chat template with
//! which the tokens are not the same: the tokenizer merges the end of a message with the beginning of the next.
//!
//! ## Why it hurts
//!
//! Trainers that tokenize turn by turn find lengths that do not add up ("tokenization mismatch") and leave such records out of
//! the loss, or put their masks on the wrong tokens. Those that tokenize the whole have a token that is half header.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}  {{ message.role }}: {{ message.content }}  {% endfor %}
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
//! Take a template that puts a special token between messages.
//!
//! ## 作用
//!
//! 把一段两轮的内置对话分别整段分词和逐条消息分词，如果两者的 token 不同，就报告该对话模板：分词器把一条消息的末尾与下
//! 一条的开头合并了。
//!
//! ## 危害
//!
//! 逐轮分词的训练框架会发现长度对不上（“tokenization mismatch”），因而不把这样的记录计入损失，或把掩码放在错误的
//! token 上。整段分词的训练框架则会有一个一半属于角色头的 token。
//!
//! ## 处理方法
//!
//! 使用在消息之间写出特殊 token 的模板。

use super::{Check, Family, Lint, Severity};
use crate::conversation::Conversation;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use crate::words::faults::TokensFault;
use serde_json::json;

/// The `turns-do-not-add-up` lint.
pub(super) static LINT: Lint = Lint {
    code: "turns-do-not-add-up",
    family: Family::Tokens,
    summary: Said {
        en: "turns that are tokenized one by one give other tokens than the whole",
        zh: "逐轮分词与整段分词得到的 token 不同",
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("turns_do_not_add_up.rs"),
    check: Check::Template(|view, sink| {
        let messages = [("user", "Is 7 prime?"), ("assistant", "Yes."), ("user", "And 9?"), ("assistant", "No.")]
            .map(|(role, content)| json!({"role": role, "content": content}));
        let render = |count: usize| {
            let rendered = view.setup.render(&messages[..count], &Conversation::default(), GenerationPrompt::LeftOut);
            rendered.ok().map(|rendered| rendered.text)
        };
        let Some(texts) = (1..=messages.len()).map(render).collect::<Option<Vec<_>>>() else { return };
        let (mut start, mut pieces) = (0, Vec::new());
        for pair in texts.windows(2) {
            // Where the prefix changes, another lint says so.
            if !pair[1].starts_with(&pair[0]) {
                return;
            }
        }
        let whole = &texts[messages.len() - 1];
        for text in &texts {
            let Ok(ids) = view.setup.tokenizer.ids(&whole[start..text.len()]) else { return };
            pieces.push(ids);
            start = text.len();
        }
        let Ok(ids) = view.setup.tokenizer.ids(whole) else { return };
        let mut at = 0;
        for (piece, text) in pieces.iter().zip(&texts) {
            if ids.get(at..at + piece.len()) != Some(piece) {
                let around = around(whole, text.len());
                let (whole, pieces) = (ids.len(), pieces.iter().map(Vec::len).sum());
                sink.at_template(TokensFault::DoNotAddUp { whole, pieces, around: around.into() });
                return;
            }
            at += piece.len();
        }
    }),
};

/// What stands around an edge.
fn around(text: &str, edge: usize) -> String {
    const CHARACTERS: usize = 8;
    let before: Vec<char> = text[..edge].chars().rev().take(CHARACTERS).collect();
    before.into_iter().rev().chain(text[edge..].chars().take(CHARACTERS)).collect()
}
