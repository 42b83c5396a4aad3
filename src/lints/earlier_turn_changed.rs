//! The template writes an earlier answer otherwise once later turns follow.
//!
//! ## What it does
//!
//! Renders a conversation up to an earlier answer and reports the first answer that the whole conversation does not hold in
//! this form: thoughts that are dropped, an empty think block that only the last answer gets, a note that only the last
//! question has. What differs behind an answer alone, such as an EOS behind the whole, is left out. Whether a template does
//! so is found out once; records are rendered again only where it does.
//!
//! ## Why it hurts
//!
//! Trainers that render turn by turn, or find the length of a prompt by rendering it, put their masks on the wrong tokens. And
//! what the model is trained on in an earlier turn is not what it will see when that turn is the last.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {% if message.role == 'assistant' and loop.last %}<think>
//!
//! </think>
//!
//! {% endif %}{{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No."}]}
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
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ## What to do
//!
//! Split the conversation so that each answer is the last of a record, or take a template that writes every turn alike.
//!
//! ## 作用
//!
//! 渲染到某个较早回答为止的对话，报告第一个在整段对话中不以同样形式出现的回答：思考内容被丢弃，只有最后一个回答才有
//! 的空思考块，或只有最后一个提问才有的说明。只在回答之后不同的部分（例如整段文本末尾的 EOS）不计。模板是否如此只判
//! 断一次；只有在会改变时才重新渲染各条记录。
//!
//! ## 危害
//!
//! 逐轮渲染的训练框架，或通过渲染提示得出其长度的训练框架，会把掩码放在错误的 token 上。而且模型在较早轮次中学到
//! 的，与该轮作为最后一轮时所见的不同。
//!
//! ## 处理方法
//!
//! 拆分对话，使每个回答都是一条记录的最后一个；或使用对每一轮写法都相同的模板。

use super::{Check, Family, Lint, Severity};
use crate::conversation::Source;
use crate::sequence::Written;
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `earlier-turn-changed` lint.
pub(super) static LINT: Lint = Lint {
    code: "earlier-turn-changed",
    family: Family::Template,
    summary: Said {
        en: "the template writes an earlier answer otherwise once later turns follow",
        zh: "后面还有轮次时，模板对较早回答的写法会改变",
    },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("earlier_turn_changed.rs"),
    check: Check::Record(|view, sink| {
        if view.conversation.source != Source::Template || view.sequence.written != Written::Template {
            return;
        }
        if let Some(changed) = view.prefixes.changed(view) {
            let (alone, whole) = (changed.alone.into(), changed.whole.into());
            let fault = TemplateFault::EarlierTurnChanged { message: changed.message, alone, whole };
            sink.at_message(changed.message, fault);
        }
    }),
};
