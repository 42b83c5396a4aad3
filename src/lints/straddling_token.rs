//! A token straddles the start of an answer.
//!
//! ## What it does
//!
//! Reports the first answer whose first token begins in the header: the tokenizer merged the end of the header with the
//! first characters of the answer. Where the generation prompt does not end with what is merged, the model writes it
//! itself, and nothing is wrong: a space before the answer, for instance, in templates that end at `[/INST]`.
//!
//! ## Why it hurts
//!
//! The token is half header and half answer. Whether it is trained is a matter of the policy, and at inference, where the
//! header stands alone, it is never written.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}{{ message.role }}: {{ message.content }}</s>
//! {% endfor %}{% if add_generation_prompt %}assistant: {% endif %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Found, with the tokenizer's own chat template, whose header ends in a newline:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Write it."}, {"role": "assistant", "content": "\t\treturn summer"}]}
//! ```
//!
//! Not found, with the tokenizer's own chat template:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Where the header ends in a newline and the answer begins with white space, remove it from the answer: when the data is
//! made, or by `| trim` in the chat template. Indented code keeps its indentation behind a line of its own, such as a
//! code fence. Where the header ends in a space, end it with a newline or a special token instead.
//!
//! ## 作用
//!
//! 报告第一个这样的回答：它的第一个 token 从角色头里就已开始，因为分词器把角色头的末尾与回答的前几个字符合并成了一个
//! token。如果生成提示不以被合并的部分结尾，模型会自己写出它，并无问题：例如在以 `[/INST]` 结尾的模板中，回答之前的空
//! 格。
//!
//! ## 危害
//!
//! 该 token 一半属于角色头，一半属于回答。它是否被训练取决于策略；而推理时角色头单独出现，这个 token 不会被写出。
//!
//! ## 处理方法
//!
//! 如果角色头以换行结尾，而回答以空白开头，请去掉回答开头的这些空白：在生成数据时，或在对话模板中用 `| trim`。
//! 要保留代码的缩进，可让回答先以单独一行开头，例如代码块标记。如果角色头以空格结尾，请让它改以换行或特殊 token 结尾。

use super::parts::answers;
use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TokensFault;

/// The `straddling-token` lint.
pub(super) static LINT: Lint = Lint {
    code: "straddling-token",
    family: Family::Tokens,
    summary: Said { en: "a token straddles the start of an answer", zh: "一个 token 跨越回答的起点" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("straddling_token.rs"),
    check: Check::Record(|view, sink| {
        let sequence = view.sequence;
        let prompt = view.setup.frames.map_or("", |frames| &frames.generation_prompt);
        for answer in answers(view) {
            let Some(start) = answer.content_start(sequence) else { continue };
            let mut before = answer.tokens.clone().take_while(|token| sequence.ranges()[*token].start < start);
            let Some(token) = before.find(|token| sequence.ranges()[*token].end > start) else { continue };
            let merged = &sequence.text[sequence.ranges()[token].start as usize..start as usize];
            if prompt.ends_with(merged) {
                let fault = TokensFault::Straddles { message: answer.message, token: sequence.text_of(token).into() };
                sink.at_tokens(token..token + 1, fault);
                return;
            }
        }
    }),
};
