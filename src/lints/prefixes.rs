//! Whether a chat template writes earlier turns otherwise once later ones follow: found out once, by rendering probes, so
//! that records are rendered again only where it can happen.

use super::RecordView;
use crate::conversation::{Conversation, Message};
use crate::policies::Setup;
use crate::sequence::turns::GenerationPrompt;
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::OnceLock;

/// In which conversations the template changes earlier turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changes {
    /// In none of the probes.
    Never,
    /// Only where an answer has thoughts or tool calls.
    OfMore,
    /// In plain ones too.
    Always,
}

/// What the probes have found, as soon as somebody asks.
#[derive(Debug, Default)]
pub struct Prefixes(OnceLock<Changes>);

/// An answer that stands otherwise in the whole conversation than at the end of its own turn.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Changed {
    /// The answer.
    pub message: usize,
    /// What is written from the first difference on, at the end of its own turn.
    pub alone: String,
    /// What stands there in the whole.
    pub whole: String,
}

/// Characters that are shown.
const LONGEST: usize = 40;

impl Prefixes {
    /// The first answer of a record that the template writes otherwise since later turns follow.
    pub(super) fn changed(&self, view: &RecordView<'_>) -> Option<Changed> {
        let messages = &view.conversation.messages;
        // The probes are of the template for records without tools.
        let is_probed = std::ptr::eq(view.setup.template_of(view.conversation), view.setup.template);
        let changes = if is_probed { *self.0.get_or_init(|| probe(view.setup)) } else { Changes::Always };
        let message = earlier_answers(messages).find(|message| match changes {
            Changes::Never => false,
            Changes::OfMore => has_more(&messages[*message]),
            Changes::Always => true,
        })?;
        let values: Vec<Value> = messages[..=message].iter().cloned().map(Message::into_value).collect();
        let alone = render(view.setup, &values, view.conversation)?;
        let content = messages[message].text();
        let differs = difference(&alone, &view.sequence.text, content.trim())?;
        let shown = |text: &str| text[differs.start..].chars().take(LONGEST).collect();
        Some(Changed { message, alone: shown(&alone[..differs.end]), whole: shown(&view.sequence.text) })
    }
}

/// The answers behind which another question follows.
fn earlier_answers(messages: &[Message]) -> impl Iterator<Item = usize> {
    let last = messages.iter().rposition(|message| message.role() == "user").unwrap_or(0);
    (0..last).filter(|message| messages[*message].role() == "assistant")
}

/// Whether an answer has more than its text.
fn has_more(answer: &Message) -> bool {
    answer.says_more() || answer.texts().any(|text| text.contains("</think>"))
}

fn render(setup: Setup<'_>, messages: &[Value], conversation: &Conversation) -> Option<String> {
    Some(setup.render(messages, conversation, GenerationPrompt::LeftOut).ok()?.text)
}

/// Where a text differs from the one that goes on, up to the end of the content; `None` where only what stands behind that
/// differs, such as an EOS behind the whole.
fn difference(alone: &str, whole: &str, content: &str) -> Option<Range<usize>> {
    let end = alone.rfind(content)? + content.len();
    let same = alone.bytes().zip(whole.bytes()).take_while(|(one, other)| one == other).count();
    // A whole that ends before was cut.
    if same >= end || same >= whole.len() {
        return None;
    }
    let start = (0..=same).rev().find(|at| alone.is_char_boundary(*at) && whole.is_char_boundary(*at))?;
    Some(start..end)
}

fn probe(setup: Setup<'_>) -> Changes {
    let user = |text: &str| json!({"role": "user", "content": text});
    let answer = |text: &str| json!({"role": "assistant", "content": text});
    let is_changed = |first: &Value| {
        let all = [user("Is 7 prime?"), first.clone(), user("And 9?"), answer("It is not.")];
        let nothing = Conversation::default();
        let texts = render(setup, &all[..2], &nothing).zip(render(setup, &all, &nothing));
        texts.is_some_and(|(alone, whole)| difference(&alone, &whole, "It is one.").is_some())
    };
    let call =
        json!({"id": "call00001", "type": "function", "function": {"name": "clock", "arguments": {"zone": "UTC"}}});
    let more = [
        json!({"role": "assistant", "reasoning_content": "7 has no divisors.", "content": "It is one."}),
        answer("<think>\n7 has no divisors.\n</think>\n\nIt is one."),
        json!({"role": "assistant", "content": "It is one.", "tool_calls": [call]}),
    ];
    match () {
        () if is_changed(&answer("It is one.")) => Changes::Always,
        () if more.iter().any(is_changed) => Changes::OfMore,
        () => Changes::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_behind_the_content_is_none() {
        assert_eq!(difference("q yes</s><eos>", "q yes</s>q2", "yes"), None);
        assert_eq!(difference("q <t>yes</s>", "q yes</s>q2", "yes"), Some(2..8));
        assert_eq!(difference("夏 a", "冬 a", "a"), Some(0..5), "at a character");
        assert_eq!(difference("q yes", "q y", "yes"), None, "the whole is cut");
    }

    #[test]
    fn only_answers_before_a_question_are_earlier() {
        let talk = |roles: &[&str]| roles.iter().map(|role| Message::new(role, "x")).collect::<Vec<_>>();
        let earlier = |roles: &[&str]| earlier_answers(&talk(roles)).collect::<Vec<usize>>();
        assert!(earlier(&["user", "assistant"]).is_empty());
        assert_eq!(earlier(&["user", "assistant", "user", "assistant", "user", "assistant"]), [1, 3]);
        assert!(earlier(&["assistant", "tool", "assistant"]).is_empty());
    }
}
