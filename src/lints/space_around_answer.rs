//! An answer begins or ends with white space.
//!
//! ## What it does
//!
//! Reports the first answer of a record that has white space of its own between the assistant's header and its text, and the
//! first one that has some between its text and the end marker: what the chat template writes there in every answer does not
//! count, and neither does what stands behind a think block. Answers without text are left to `empty-answer`.
//!
//! ## Why it hurts
//!
//! The model learns the white space with the answer. One that begins with a space or a line break is tokenized in another
//! way than the same words in the rest of the data, and the model wastes tokens on what nobody wants to read. It breaks
//! nothing, and some data has a line break at the end of every answer, so that this is for information.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": " Yes."}]}
//! ```
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes.\n"}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": " Is 7 prime? "}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content | trim }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "\nYes.\n"}]}
//! ```
//!
//! ## What to do
//!
//! Strip the answers when the data is made, or write `| trim` into the chat template.
//!
//! ## 作用
//!
//! 报告一条记录中第一个在 assistant 角色头与正文之间自带空白的回答，以及第一个在正文与结束标记之间自带空白的回答：对话模
//! 板在每个回答中都会写出的空白不算，思考块之后的空白也不算。没有文本的回答由 `empty-answer` 报告。
//!
//! ## 危害
//!
//! 模型会把空白连同回答一起学会。以空格或换行开头的回答，其分词与数据中其他地方的同样文字不同，模型还会把 token 浪费在没
//! 有人要读的内容上。它不会造成错误，而且有的数据每个回答都以换行结尾，因此仅作提示。
//!
//! ## 处理方法
//!
//! 制作数据时去掉回答首尾的空白，或在对话模板中使用 `| trim`。

use super::{Check, Family, Lint, RecordView, Severity};
use crate::sequence::turns::Frame;
use crate::words::Said;
use crate::words::faults::{Edge, TokensFault};

/// The `space-around-answer` lint.
pub(super) static LINT: Lint = Lint {
    code: "space-around-answer",
    family: Family::Tokens,
    summary: Said { en: "an answer begins or ends with white space", zh: "回答以空白开头或结尾" },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("space_around_answer.rs"),
    check: Check::Record(|view, sink| {
        let Some(frames) = view.setup.frames else { return };
        let answers = view.conversation.messages.iter().enumerate().filter(|(_, said)| said.role() == "assistant");
        let mut found = [None, None];
        for (message, said) in answers {
            let has_space = |text: &str| text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
            if !said.texts().any(has_space) {
                continue;
            }
            let text = said.text();
            if text.trim().is_empty() {
                continue;
            }
            for (first, space) in found.iter_mut().zip(around(view, message, text.trim(), &frames.assistant)) {
                *first = first.take().or_else(|| Some((message, space?)));
            }
        }
        for (edge, first) in [Edge::Beginning, Edge::End].into_iter().zip(found) {
            if let Some((message, space)) = first {
                sink.at_message(message, TokensFault::SpaceAround { message, edge, space: space.into() });
            }
        }
    }),
};

/// The white space that stands before and behind what an answer says, beside what the template writes there anyway; none
/// where something else stands there.
fn around<'a>(view: &RecordView<'a>, message: usize, said: &str, frame: &Frame) -> [Option<&'a str>; 2] {
    let mut spans = view.sequence.spans_of(message).map(|span| span.bytes.start as usize..span.bytes.end as usize);
    let Some(first) = spans.next() else { return [None, None] };
    let written = &view.sequence.text[first.start..spans.next_back().unwrap_or(first).end];
    let Some(at) = written.find(said) else { return [None, None] };
    let (before, behind) = (&written[..at], &written[at + said.len()..]);
    let header = frame.header.trim_end();
    let usual = &frame.header[header.len()..];
    let (before, space) = before.split_at(before.trim_end().len());
    let leading = Some(space).filter(|_| before.ends_with(header)).and_then(|space| space.strip_prefix(usual));
    let end = frame.end.trim_start();
    let usual = &frame.end[..frame.end.len() - end.len()];
    let (space, behind) = behind.split_at(behind.len() - behind.trim_start().len());
    let is_ended = !end.trim().is_empty() && behind.starts_with(end.trim_end());
    let trailing = Some(space).filter(|_| is_ended).and_then(|space| space.strip_suffix(usual));
    [leading, trailing].map(|space| space.filter(|space| !space.is_empty()))
}
