//! Turns as the pieces of text and token that a template writes for them.

use super::convert::{Dialogue, Role, Turn};
use super::template::{Media, PLACEHOLDER, Slot, SystemPlace, Template, Thoughts, ToolList};
use super::tools::{SpecialWords, between};
use super::{History, PastThoughts, Settings, Thinking};
use crate::policies::Unavailable;
use crate::template::LocalTime;
use crate::words::unavailable::LlamaFactory as Refusal;
use serde_json::Value;

/// A slot with what is said in it. Each is tokenized on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(String),
    /// One entry of the vocabulary.
    Token(&'a str),
    Bos,
    Eos,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair<'a> {
    pub prompt: Vec<Piece<'a>>,
    pub answer: Vec<Piece<'a>>,
}

/// The number of the pair, which a slot can ask for, and what is said too: it is looked for after that was put in.
const PAIR_NUMBER: &str = "{{idx}}";

/// What stands for an image, a video and a sound in a text.
const MEDIA: &[&str] = &["<image>", "<video>", "<audio>"];

/// The pairs of a dialogue as a template writes them.
///
/// # Errors
/// [`Unavailable`] where LLaMA-Factory raises.
pub(super) fn pairs<'a>(
    template: &Template<'a>,
    dialogue: &Dialogue,
    settings: Settings,
    now: Option<LocalTime>,
) -> Result<Vec<Pair<'a>>, Unavailable> {
    let mut turns = dialogue.turns.clone();
    check_media(template, &turns)?;
    let past = past_thoughts(settings);
    if template.thoughts != Thoughts::None {
        remove_thoughts(template, &mut turns, settings.thinking, past);
    }
    let mut written = Vec::with_capacity(turns.len());
    for (at, turn) in turns.iter().enumerate() {
        let mut pieces = Vec::new();
        let mut system = None;
        if at == 0 {
            pieces.extend(filled(template.prefix, "", None));
            system = system_pieces(template, dialogue, now)?;
        }
        pieces.extend(turn_pieces(template, turn, at, system)?);
        written.push(pieces);
    }
    let mut pairs: Vec<Pair<'a>> = Vec::with_capacity(turns.len() / 2);
    let mut written = written.into_iter();
    while let (Some(prompt), Some(answer)) = (written.next(), written.next()) {
        pairs.push(Pair { prompt, answer });
    }
    if template.thoughts != Thoughts::None {
        add_empty_thoughts(template, &mut pairs, &turns, settings.thinking, past);
    }
    Ok(pairs)
}

fn check_media(template: &Template<'_>, turns: &[Turn]) -> Result<(), Unavailable> {
    let has_media = |turn: &Turn| MEDIA.iter().any(|sign| turn.content.contains(sign));
    if template.media == Media::Placeholders && turns.iter().any(has_media) {
        return Err(Unavailable::LlamaFactory(Refusal::Media { template: template.name.into(), signs: MEDIA }));
    }
    Ok(())
}

/// What becomes of the thoughts of earlier answers. They are only discarded where history is masked.
fn past_thoughts(settings: Settings) -> PastThoughts {
    if settings.history == History::Masked { settings.past_thoughts } else { PastThoughts::Kept }
}

/// The answers before the last.
fn is_past(at: usize, turns: usize) -> bool {
    at + 2 < turns
}

fn remove_thoughts(template: &Template<'_>, turns: &mut [Turn], thinking: Thinking, past: PastThoughts) {
    let count = turns.len();
    for (at, turn) in turns.iter_mut().enumerate().filter(|(at, _)| at % 2 == 1) {
        if thinking == Thinking::Off || (past == PastThoughts::Discarded && is_past(at, count)) {
            turn.content = without_thoughts(&turn.content, template.thought_words);
        }
    }
}

/// A text without what stands between the words, and without newlines at its start.
fn without_thoughts(text: &str, words: (&str, &str)) -> String {
    let (mut rest, mut kept) = (text, String::with_capacity(text.len()));
    while let Some((whole, _)) = between(rest, Some(words)) {
        let start = rest.find(words.0).unwrap_or(rest.len());
        kept.push_str(&rest[..start]);
        rest = &rest[start + whole.len()..];
    }
    kept.push_str(rest);
    kept.trim_start_matches('\n').to_owned()
}

/// Gives answers without thoughts empty ones: at the end of the question, or in the loss at the start of the answer.
fn add_empty_thoughts(
    template: &Template<'_>,
    pairs: &mut [Pair<'_>],
    turns: &[Turn],
    thinking: Thinking,
    past: PastThoughts,
) {
    let (open, close) = template.thought_words;
    let empty = match template.thoughts {
        Thoughts::ClosingTag => close.to_owned(),
        Thoughts::None | Thoughts::BothTags => [open, close].concat(),
    };
    for (pair, answer) in pairs.iter_mut().zip((1..turns.len()).step_by(2)) {
        let content = &turns[answer].content;
        let has_thoughts = content.contains(open.trim()) || content.contains(close.trim());
        if has_thoughts || (past == PastThoughts::Discarded && is_past(answer, turns.len())) {
            continue;
        }
        let piece = Piece::Text(empty.clone());
        match thinking {
            Thinking::On => pair.answer.insert(0, piece),
            Thinking::Off | Thinking::Unset => pair.prompt.push(piece),
        }
    }
}

/// What the system prompt and the tools give before the first turn; `None` where there is neither.
fn system_pieces<'a>(
    template: &Template<'a>,
    dialogue: &Dialogue,
    now: Option<LocalTime>,
) -> Result<Option<Vec<Piece<'a>>>, Unavailable> {
    let system = if dialogue.system.is_empty() { template.default_system } else { &dialogue.system };
    if system.is_empty() && dialogue.tools.is_none() {
        return Ok(None);
    }
    let tools = dialogue.tools.as_ref().map_or(Ok(String::new()), |tools| tool_text(template.tools, tools, now))?;
    Ok(Some(filled(template.system, &[system, &tools].concat(), None)))
}

fn tool_text(list: ToolList, tools: &Value, now: Option<LocalTime>) -> Result<String, Unavailable> {
    match list {
        ToolList::Described(format) => format.described(tools, now),
        ToolList::Verbatim => Err(Unavailable::LlamaFactory(Refusal::VerbatimTools)),
    }
}

/// The pieces of a turn, with those of the system prompt before it or in it.
fn turn_pieces<'a>(
    template: &Template<'a>,
    turn: &Turn,
    at: usize,
    system: Option<Vec<Piece<'a>>>,
) -> Result<Vec<Piece<'a>>, Unavailable> {
    let content = turn.content.as_str();
    let (mut pieces, inside) = match template.system_place {
        SystemPlace::Apart => (system.unwrap_or_default(), String::new()),
        SystemPlace::FirstUserTurn => (Vec::new(), system.map_or_else(String::new, first_text)),
    };
    pieces.extend(match turn.role {
        Role::User => {
            let number = (template.system_place == SystemPlace::Apart).then(|| (at / 2).to_string());
            filled(template.user, &(inside + content), number.as_deref())
        }
        Role::Assistant => filled(template.assistant, content, None),
        Role::Observation => filled(template.observation(), content, None),
        Role::Function => filled(template.function(), &template.calls.called(content, special_words(template))?, None),
    });
    Ok(pieces)
}

/// Templates with the system prompt in the first turn look for no words around calls.
fn special_words<'a>(template: &Template<'a>) -> SpecialWords<'a> {
    match template.system_place {
        SystemPlace::FirstUserTurn => SpecialWords::default(),
        SystemPlace::Apart => SpecialWords { thoughts: Some(template.thought_words), calls: Some(template.call_words) },
    }
}

fn first_text(pieces: Vec<Piece<'_>>) -> String {
    match pieces.into_iter().next() {
        Some(Piece::Text(text)) => text,
        _ => String::new(),
    }
}

/// Slots with a text in their place.
fn filled<'a>(slots: &[Slot<'a>], content: &str, number: Option<&str>) -> Vec<Piece<'a>> {
    let piece = |slot: &Slot<'a>| match *slot {
        Slot::Text(text) => {
            let text = text.replacen(PLACEHOLDER, content, 1);
            Piece::Text(number.map_or_else(|| text.clone(), |number| text.replacen(PAIR_NUMBER, number, 1)))
        }
        Slot::Token(entry) => Piece::Token(entry),
        Slot::Bos => Piece::Bos,
        Slot::Eos => Piece::Eos,
    };
    slots.iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thoughts_are_removed_with_the_newlines_after_them() {
        let words = ("<think>", "</think>");
        assert_eq!(without_thoughts("<think>a</think>\n\nb <think>c</think>\nd", words), "b \nd");
        assert_eq!(without_thoughts("a <think> b", words), "a <think> b");
    }

    #[test]
    fn what_is_said_can_ask_for_the_number_of_its_pair() {
        let said = filled(&[Slot::Text("<{{content}}>")], "{{content}} {{idx}} {{idx}}", Some("3"));
        assert_eq!(said, [Piece::Text("<{{content}} 3 {{idx}}>".to_owned())]);
    }
}
