//! The cases between which minimind draws lots: a system prompt before the record, and empty think blocks in its text.

use crate::error::PolicyError;
use crate::json::is_true;
use crate::policies::{Boundary, MaskInput, Options, RecordInput, RecordRule, SequenceRule, Trained, Unavailable};
use crate::sequence::{MarkerForm, Padding, Sequence, Shape};
use crate::template::TemplateInput;
use crate::words::masks::{Drawn, MaskWords};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;

/// The system prompts of `pre_processing_chat`.
const SYSTEM_PROMPTS: [&str; 10] = [
    "你是一个知识丰富的AI，尽力为用户提供准确的信息。",
    "你是minimind，一个小巧但有用的语言模型。",
    "你是一个专业的AI助手，请提供有价值的回答。",
    "你是minimind，请尽力帮助用户解决问题。",
    "你是一个可靠的AI，请给出准确的回答。",
    "You are a helpful AI assistant.",
    "You are minimind, a lightweight intelligent assistant.",
    "You are a friendly chatbot. Please answer the user's questions carefully.",
    "You are a knowledgeable AI. Try your best to provide accurate information.",
    "You are minimind, a small but useful language model.",
];

/// What `post_processing_chat` takes out.
const EMPTY_THOUGHT: &str = "<think>\n\n</think>\n\n";

/// What becomes of empty think blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Thoughts {
    #[default]
    Kept,
    Removed,
}

/// One of the cases.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    /// The number of the system prompt, counted from 0.
    system: Option<usize>,
    thoughts: Thoughts,
}

impl Case {
    /// The case that the options choose; `None` where they choose none.
    pub(super) fn of(options: &mut Options) -> Result<Option<Self>, PolicyError> {
        let names: Vec<String> = (1..=SYSTEM_PROMPTS.len()).map(|number| number.to_string()).collect();
        let mut systems = vec![("none", None)];
        systems.extend(names.iter().enumerate().map(|(at, name)| (name.as_str(), Some(at))));
        let system = options.one_of("system", &systems)?;
        let thoughts = options.one_of("think", &[("kept", Thoughts::Kept), ("removed", Thoughts::Removed)])?;
        let is_chosen = system.is_some() || thoughts.is_some();
        let case = Self { system: system.flatten(), thoughts: thoughts.unwrap_or_default() };
        Ok(is_chosen.then_some(case))
    }

    pub(super) fn rule(self, boundary: Boundary) -> Arc<dyn super::super::RecordRule> {
        Arc::new(Minimind { case: self, boundary })
    }
}

#[derive(Debug)]
struct Minimind {
    case: Case,
    boundary: Boundary,
}

impl RecordRule for Minimind {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let given = input.messages()?;
        let has_tools =
            input.given.tools.is_some() || given.iter().any(|message| message.get("tools").is_some_and(is_true));
        let has_system = given.first().is_some_and(|first| first["role"] == "system");
        let may_have_system = !has_tools && !has_system && !given.is_empty();
        let system = self.case.system.filter(|_| may_have_system);
        let messages: Cow<'_, [Value]> = match system {
            None => Cow::Borrowed(given),
            Some(number) => {
                let system = json!({"role": "system", "content": SYSTEM_PROMPTS[number]});
                Cow::Owned(std::iter::once(system).chain(given.iter().cloned()).collect())
            }
        };
        let mut text = input.render(&TemplateInput { messages: &messages, ..input.given })?;
        let empty = text.matches(EMPTY_THOUGHT).count();
        let thoughts = match self.case.thoughts {
            Thoughts::Kept => [0, empty],
            Thoughts::Removed => {
                text = text.replace(EMPTY_THOUGHT, "");
                [empty, 0]
            }
        };
        let ids = input.tokenizer.encode(&text, input.special_tokens)?.ids;
        // What the scan sees is padded already.
        let padding = Padding::Tokens(input.sequence.padding);
        let shape = Shape { max_length: input.max_length, padding, pad_id: input.tokenizer.pad_id() };
        let sequence = Sequence::of_ids(text, ids, shape);
        let (conversation, markers, form) = (input.conversation, input.markers, MarkerForm::Given);
        let template = Some(input.template);
        let mask = self.boundary.mask(MaskInput { sequence: &sequence, conversation, template, markers, form })?;
        let length = sequence.unpadded();
        let padding_trained = mask.tokens().skip_while(|token| *token < length).count();
        let said = Some(MaskWords::Drawn(Drawn { system: system.map(|at| at + 1), thoughts, may_have_system }));
        let ids = sequence.ids[..length].to_vec();
        Ok(Trained { padding_trained, said, ..Trained::new(ids, mask.fitted(length, length)) })
    }
}

#[cfg(test)]
mod tests {
    use crate::error::PolicyError;
    use crate::policies::Policy;

    #[test]
    fn the_cases_have_names() {
        for name in ["minimind:system=none", "minimind:system=10:think=removed", "minimind:think=kept"] {
            assert!(Policy::parse(name).unwrap().boundary().is_none(), "{name}");
        }
        assert!(Policy::parse("minimind").unwrap().boundary().is_some());
        let problem = Policy::parse("minimind:system=11").unwrap_err();
        assert!(matches!(problem, PolicyError::BadValue { .. }), "{problem}");
    }
}
