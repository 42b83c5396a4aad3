//! Where NeMo Automodel finds answers, reasoning and generation prompts in the tokens of the whole.

use super::super::parts::{self, Beginnings, Renderer, Whole};
use super::Unavailable;
use super::normal::REASONING;
use crate::json::is_true;
use crate::sequence::turns::GenerationPrompt;
use crate::template::Stretch;
use crate::words::unavailable::Why;
use serde_json::{Map, Value};
use std::ops::Range;

/// The whole conversation, in which parts are found by rendering others.
pub struct Reference<'a> {
    /// Renders.
    pub renderer: Renderer<'a>,
    /// The messages.
    pub messages: &'a [Value],
    /// The conversation, not cut.
    pub whole: &'a Whole<'a>,
    /// How many of its tokens are left by truncation.
    pub length: usize,
}

impl Reference<'_> {
    fn assistants(&self) -> impl Iterator<Item = usize> {
        (0..self.messages.len()).filter(|at| parts::role(&self.messages[*at]) == "assistant")
    }

    /// The tokens of each assistant message, between the lengths of the conversation up to it and with it.
    ///
    /// # Errors
    /// [`Unavailable`] where a beginning alone has other tokens than the whole.
    pub fn answers(&self, max_length: Option<usize>) -> Result<Vec<Range<usize>>, Unavailable> {
        self.renderer.check_beginnings(2 * self.assistants().count(), self.whole.text.len())?;
        let beginnings = self.renderer.beginnings(self.messages);
        let eos = self.renderer.tokenizer().special_id("eos_token");
        let full = &self.whole.ids[..self.length];
        let mut known = vec![None; self.messages.len() + 1];
        known[self.messages.len()] = Some(self.length);
        let mut length_of = |messages: usize| {
            if let Some(length) = known[messages] {
                return Ok(length);
            }
            let ids = self.whole.ids_of(&beginnings.text(messages, GenerationPrompt::LeftOut)?)?;
            let ids = &ids[..max_length.map_or(ids.len(), |maximum| ids.len().min(maximum))];
            let last_is_eos = ids.len() > 1 && eos.is_some() && ids.last().copied() == eos;
            let is_beginning = full.starts_with(ids)
                || last_is_eos && ids.len() <= full.len() && full.starts_with(&ids[..ids.len() - 1]);
            if !is_beginning {
                return Err(self.renderer.refused(Why::NotAPrefix { messages }));
            }
            known[messages] = Some(ids.len());
            Ok(ids.len())
        };
        let answers: Vec<Range<usize>> =
            self.assistants().map(|at| Ok(length_of(at)?..length_of(at + 1)?)).collect::<Result<_, Unavailable>>()?;
        if answers.is_empty() {
            return Err(self.renderer.refused(Why::NoAssistant));
        }
        Ok(answers)
    }

    /// What of each assistant message a generation prompt would have written, where the message begins with all of it.
    ///
    /// # Errors
    /// [`Unavailable`] where the template refuses the messages before one that is not the first.
    pub fn generation_prompts(&self, max_length: Option<usize>) -> Result<Vec<Range<usize>>, Unavailable> {
        self.renderer.check_beginnings(3 * self.assistants().count(), self.whole.text.len())?;
        let plain = self.renderer.beginnings(self.messages);
        let modes = self.modes();
        let modes: Vec<Beginnings<'_>> =
            modes.iter().map(|variables| self.renderer.with_variables(variables).beginnings(self.messages)).collect();
        let mut found = Vec::new();
        for at in self.assistants() {
            match self.generation_prompt(at, &plain, &modes) {
                Ok(Some(tokens)) => found.push(tokens),
                Ok(None) => {}
                // A template may not render an empty conversation.
                Err(_) if at == 0 => {}
                Err(why) => return Err(why),
            }
        }
        let kept = max_length.unwrap_or(usize::MAX);
        Ok(found.into_iter().map(|tokens| tokens.start.min(kept)..tokens.end.min(kept)).collect())
    }

    fn generation_prompt(
        &self,
        at: usize,
        plain: &Beginnings<'_>,
        modes: &[Beginnings<'_>],
    ) -> Result<Option<Range<usize>>, Unavailable> {
        let base = self.whole.ids_of(&plain.text(at, GenerationPrompt::LeftOut)?)?.into_owned();
        if !self.whole.ids.starts_with(&base) {
            return Ok(None);
        }
        let turn = &self.whole.ids[base.len()..];
        let mut longest = 0;
        for mode in modes {
            let ids = self.whole.ids_of(&mode.text(at, GenerationPrompt::Added)?)?;
            if let Some(block) = ids.strip_prefix(base.as_slice()).filter(|block| turn.starts_with(block)) {
                longest = longest.max(block.len());
            }
        }
        Ok(Some(base.len()..base.len() + longest))
    }

    /// The template's variables of each generation prompt: with and without thinking where the template asks for that.
    fn modes(&self) -> Vec<Map<String, Value>> {
        const THINKING: &str = "enable_thinking";
        let variables = self.renderer.variables();
        if !self.renderer.template_source().contains(THINKING) {
            return vec![variables.clone()];
        }
        let with = |thinking: bool| {
            let mut variables = variables.clone();
            variables.insert(THINKING.to_owned(), thinking.into());
            variables
        };
        vec![with(true), with(false)]
    }

    /// What of the whole changes when the reasoning of one message is emptied.
    ///
    /// # Errors
    /// [`Unavailable`] where the template refuses the emptied conversation.
    pub fn reasoning(&self) -> Result<Vec<Range<usize>>, Unavailable> {
        let reasons = |at: &usize| self.messages[*at].get(REASONING).is_some_and(is_true);
        let reasoning: Vec<usize> = self.assistants().filter(reasons).collect();
        self.renderer.check_beginnings(2 * reasoning.len(), self.whole.text.len())?;
        let (wholes, messages) = (self.renderer.beginnings(self.messages), self.messages.len());
        let mut found = Vec::new();
        for at in reasoning {
            let mut emptied = self.messages[at].clone();
            emptied[REASONING] = "".into();
            let replaced = Some((at, &emptied));
            let other = wholes.replaced(Stretch { messages, replaced, add_generation_prompt: false })?;
            let other = self.whole.ids_beside(&other)?;
            found.push(differing(&self.whole.ids, &other));
        }
        Ok(found)
    }
}

/// The items of a list between those that it has in common with another at either end.
fn differing(full: &[u32], other: &[u32]) -> Range<usize> {
    let start = parts::common(full, other);
    let (full, other) = (&full[start..], &other[start..]);
    let end = full.iter().rev().zip(other.iter().rev()).take_while(|(left, right)| left == right).count();
    start..start + full.len() - end
}

/// Whether a template has a generation block as Automodel and Megatron Bridge look for one: with white space around the
/// word.
pub fn has_generation(source: &str) -> bool {
    source.match_indices("{%").any(|(at, opening)| {
        let rest = &source[at + opening.len()..];
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let inner = rest.trim_start();
        let Some(after) = inner.strip_prefix("generation").filter(|_| inner.len() < rest.len()) else { return false };
        let end = after.trim_start();
        end.len() < after.len() && (end.starts_with("%}") || end.starts_with("-%}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_block_is_found_by_its_spelling() {
        for source in ["{% generation %}", "a {%- generation -%}", "{%\n generation %}"] {
            assert!(has_generation(source), "{source}");
        }
        for source in ["{%generation%}", "{% endgeneration %}", "{% generations %}", "{%+ generation %}"] {
            assert!(!has_generation(source), "{source}");
        }
    }

    #[test]
    fn what_differs_lies_between() {
        assert_eq!(differing(&[1, 2, 3, 4], &[1, 4]), 1..3);
        assert_eq!(differing(&[1, 1], &[1, 1, 1]), 2..2);
    }
}
