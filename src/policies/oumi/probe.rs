//! The assistant's header and the end marker, as Oumi finds them by rendering a conversation of its own.

use super::super::parts::{self, Renderer};
use super::Unavailable;
use crate::sequence::turns::GenerationPrompt;
use serde_json::{Value, json};

/// What Oumi puts into the probe, unlike anything that a template writes.
const SYSTEM: &str = "<<__S__>>";
const QUESTION: &str = "<<__U__>>";
const ANSWER: &str = "<<__A__>>";

/// The ids around an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundaries {
    /// Of the header.
    pub header: Vec<u32>,
    /// Of the end marker.
    pub end: Vec<u32>,
}

impl Boundaries {
    /// Renders the probe, with a system message where the template takes one.
    ///
    /// # Errors
    /// [`Unavailable`] where Oumi raises.
    pub fn found_by(renderer: &Renderer<'_>) -> Result<Self, Unavailable> {
        let message = |role: &str, content: &str| json!({"role": role, "content": content});
        let turns = [("user", QUESTION), ("assistant", ANSWER), ("user", QUESTION), ("assistant", ANSWER)];
        let turns: Vec<Value> = turns.iter().map(|(role, content)| message(role, content)).collect();
        let with_system: Vec<Value> = std::iter::once(message("system", SYSTEM)).chain(turns.iter().cloned()).collect();
        let (messages, text) = if let Ok(text) = renderer.try_text(&with_system, GenerationPrompt::LeftOut) {
            (with_system, text)
        } else {
            let text = renderer.text(&turns, GenerationPrompt::LeftOut)?;
            (turns, text)
        };
        let lost = || renderer.raises("Could not locate assistant turn boundaries in the rendered chat template.");
        let behind = |sought: &str, from: usize| {
            text[from..].find(sought).map(|at| (from + at, from + at + sought.len())).ok_or_else(lost)
        };
        let (_, first_end) = behind(ANSWER, 0)?;
        let (question, question_end) = behind(QUESTION, first_end)?;
        let (answer, answer_end) = behind(ANSWER, question_end)?;
        let end = end_of_turn(renderer, &text[answer_end..], &text[first_end..question])?;
        let end_text = renderer.tokenizer().decode_text(&end);
        let header = header(renderer, &text[question_end..answer], &end)?;
        let header = no_longer_than_prompt(renderer, header, &messages[..messages.len() - 1]);
        for (found, what) in [(&header, "response_template"), (&end_text, "end_of_turn_template")] {
            if found.trim().is_empty() {
                return Err(renderer.raises(format!("Extracted {what} is empty.")));
            }
        }
        Ok(Self { header: renderer.ids(&header)?, end: renderer.ids(&end_text)? })
    }
}

/// What the ids behind the last answer and those between two turns begin with alike; else the first of the latter.
fn end_of_turn(renderer: &Renderer<'_>, after: &str, between: &str) -> Result<Vec<u32>, Unavailable> {
    let (after, between) = (renderer.ids(after)?, renderer.ids(between)?);
    let alike = parts::common(&after, &between);
    Ok(if alike == 0 { between.into_iter().take(1).collect() } else { after[..alike].to_vec() })
}

/// The header without the end of the turn before it, a think block and newlines at its end.
fn header(renderer: &Renderer<'_>, text: &str, end: &[u32]) -> Result<String, Unavailable> {
    let ids = renderer.ids(text)?;
    let ids = ids.strip_prefix(end).unwrap_or(&ids);
    let mut header = renderer.tokenizer().decode_text(ids);
    if let Some(think) = header.find("<think>") {
        header.truncate(header[..think].trim_end().len());
        if header.is_empty() {
            return Err(renderer.raises("Extracted response_template is only a <think> block."));
        }
    }
    header.truncate(header.trim_end_matches('\n').len());
    Ok(header)
}

/// The generation prompt where the header begins with it and goes on.
fn no_longer_than_prompt(renderer: &Renderer<'_>, header: String, messages: &[Value]) -> String {
    let text = |prompt| renderer.try_text(messages, prompt).ok();
    let added = |without: String, with: String| with.strip_prefix(without.as_str()).map(str::to_owned);
    let prompt = text(GenerationPrompt::LeftOut).zip(text(GenerationPrompt::Added));
    let prompt = prompt.and_then(|(without, with)| added(without, with)).unwrap_or_default();
    let prompt = prompt.trim_end_matches('\n');
    if prompt.is_empty() || prompt.len() >= header.len() || !header.starts_with(prompt) {
        return header;
    }
    prompt.to_owned()
}
