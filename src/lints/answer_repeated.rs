//! NeMo-RL puts an answer into the text twice.
//!
//! ## What it does
//!
//! Reports, for `nemo-rl`, the first answer that stands in the trainer's tokens a second time right behind itself.
//!
//! ## Why it hurts
//!
//! NeMo-RL renders the conversation up to each message and takes what is new as the part of that message. A template that
//! writes an answer in another way once more follow (Qwen3 takes the empty think block out of earlier answers) has the
//! answer in the part of the next message too: the model reads it twice in a row, once trained and once as if the user had
//! said it, and sees no such text at inference.
//!
//! ## Example
//!
//! Found, with `-p nemo-rl` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {% if message.role == 'assistant' and loop.last %}<think>
//! </think>
//! {% endif %}{{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!  {"role": "user", "content": "Is 8?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! Not found, with `-p nemo-rl` and the tokenizer's own chat template:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!  {"role": "user", "content": "Is 8?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ## What to do
//!
//! Take a chat template that writes messages in one way whatever follows, or split conversations so that each has one
//! answer. `maskview template check` says whether a template does so.
//!
//! ## 作用
//!
//! 对 `nemo-rl`，报告第一个这样的回答：它在训练框架的 token 中紧接着又出现了一次。
//!
//! ## 危害
//!
//! NeMo-RL 渲染到每条消息为止的对话，把新增的部分当作该消息的部分。如果模板在后面还有消息时对回答的写法不同（Qwen3
//! 会去掉较早回答的空思考块），该回答也会出现在下一条消息的部分中：模型连续读到它两次，一次被训练，一次仿佛由 user
//! 说出；推理时不会有这样的文本。
//!
//! ## 处理方法
//!
//! 使用消息写法不受后文影响的对话模板；或拆分对话，使每段只有一个回答。`maskview template check` 会说明模板是否如此。

use super::parts::token_behind;
use super::{Check, Family, Lint, Severity};
use crate::sequence::{Part, Written};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `answer-repeated` lint.
pub(super) static LINT: Lint = Lint {
    code: "answer-repeated",
    family: Family::Mask,
    summary: Said { en: "NeMo-RL puts an answer into the text twice", zh: "NeMo-RL 把一个回答写进文本两次" },
    severity: Severity::Error,
    policy: Some("nemo-rl"),
    needs: &[],
    source: include_str!("answer_repeated.rs"),
    check: Check::Mask(|view, sink| {
        let sequence = view.record.sequence;
        if sequence.written != Written::Trainer {
            return;
        }
        for turn in view.record.turns().iter().filter(|turn| turn.answer().is_some()) {
            let spans = || turn.runs(sequence).iter().map(|run| &sequence.spans()[run.span]);
            let content = spans().find(|span| span.part == Part::Content);
            let end = spans().rfind(|span| span.part == Part::End);
            let (Some(content), Some(end)) = (content, end) else { continue };
            let said = sequence.text[content.bytes.start as usize..end.bytes.end as usize].trim_end();
            let behind = &sequence.text[end.bytes.end as usize..];
            if behind.trim_start().starts_with(said) {
                let from = sequence.text.len() - behind.trim_start().len();
                let tokens = token_behind(sequence, from)..token_behind(sequence, from + said.len());
                sink.at_tokens(tokens, MaskFault::AnswerRepeated { message: content.message.unwrap_or_default() });
                return;
            }
        }
    }),
};
