//! What a template writes for a dialogue, in pieces that are weighed apart.

use super::agent;
use super::dialogue::{Content, Dialogue, Role};
use super::refused;
use super::table::{QUERY, SYSTEM, Template};
use super::thoughts::stripped;
use crate::policies::Unavailable;
use crate::tokenizer::{SpecialTokens, Tokenizer};
use crate::words::unavailable::Swift as Refusal;

/// A text, or tokens that stand for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Ids(Vec<u32>),
}

/// A piece with what decides on its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Context {
    /// The answer of a pair, counted from 0.
    Response(usize),
    /// What ends the last answer.
    Suffix(Piece),
    Other(Piece),
}

/// The system prompt, with the tools in it.
///
/// # Errors
/// [`Unavailable`] where the template takes none.
pub(super) fn system(dialogue: &mut Dialogue, template: &Template) -> Result<Option<String>, Unavailable> {
    if dialogue.system.is_some() && template.system_prefix.is_none() {
        return Err(refused(Refusal::NoSystem { template: template.name.into() }));
    }
    let system = dialogue.system.as_deref().or(template.default_system);
    let Some(tools) = &dialogue.tools else { return Ok(system.map(str::to_owned)) };
    let system = system.unwrap_or_default();
    agent::of(template)?.system_with_tools(tools, system, dialogue.turns.first_mut()).map(Some)
}

/// What is put in the place of placeholders.
#[derive(Debug, Clone, Copy, Default)]
struct Said<'a> {
    system: Option<&'a str>,
    query: Option<&'a str>,
    round: Option<usize>,
}

impl Said<'_> {
    /// A text with what is said in it. What was put in first is looked at for the later placeholders too.
    fn filled(self, text: &str) -> String {
        let mut text = text.to_owned();
        let round = |number: usize| number.to_string();
        let places = [
            (SYSTEM, self.system.map(str::to_owned)),
            (QUERY, self.query.map(str::to_owned)),
            ("{{ROUND0}}", self.round.map(round)),
            ("{{ROUND1}}", self.round.map(|number| round(number + 1))),
        ];
        for (place, said) in places {
            if let Some(said) = said.filter(|_| text.contains(place)) {
                text = text.replace(place, &said);
            }
        }
        text
    }
}

/// Everything that is written, in order.
///
/// # Errors
/// [`Unavailable`] where the turns do not alternate, or there are none.
pub(super) fn contexts(
    dialogue: &Dialogue,
    template: &Template,
    system: Option<&str>,
    response_prefix: &str,
    tokenizer: &Tokenizer,
) -> Result<Vec<Context>, Unavailable> {
    if dialogue.turns.is_empty() {
        return Err(refused(Refusal::NoTurns));
    }
    let mut contexts = Vec::new();
    let mut end = Vec::new();
    if template.adds_bos {
        let (bos, eos) = around(tokenizer)?;
        contexts.extend(Some(bos).filter(|ids| !ids.is_empty()).map(|ids| Context::Other(Piece::Ids(ids))));
        end = eos;
    }
    let prefix = match template.system_prefix {
        Some(prefix) if system.is_some_and(|system| !system.is_empty()) => prefix,
        _ => template.prefix,
    };
    write(Said { system, ..Said::default() }.filled(prefix), &mut contexts);
    let pairs = dialogue.turns.len() / 2;
    for pair in 0..pairs {
        let [question, answer] = [&dialogue.turns[2 * pair], &dialogue.turns[2 * pair + 1]];
        if answer.role != Role::Assistant {
            return Err(refused(Refusal::OutOfOrder { turn: 2 * pair + 1 }));
        }
        let (prompt, query) = match (question.role, &question.content) {
            (Role::User, Content::Text(text)) => (vec![template.prompt], text.as_str()),
            (Role::Tool, Content::Written(texts)) => (texts.iter().map(String::as_str).collect(), ""),
            _ => return Err(refused(Refusal::OutOfOrder { turn: 2 * pair })),
        };
        let said = Said { system, query: Some(query), round: Some(pair) };
        for text in prompt {
            write(said.filled(text), &mut contexts);
        }
        let is_last = pair + 1 == pairs;
        match &answer.content {
            Content::Open => write(said.filled(response_prefix), &mut contexts),
            _ => contexts.push(Context::Response(pair)),
        }
        if !is_last && dialogue.turns[2 * pair + 2].role != Role::Tool {
            write(template.separator.to_owned(), &mut contexts);
        }
        if is_last
            && answer.content != Content::Open
            && end.is_empty()
            && !is_ended(&answer.content, template, tokenizer)
        {
            contexts.push(Context::Suffix(Piece::Text(template.suffix.to_owned())));
        }
    }
    contexts.extend(Some(end).filter(|ids| !ids.is_empty()).map(|ids| Context::Suffix(Piece::Ids(ids))));
    Ok(contexts)
}

fn write(text: String, contexts: &mut Vec<Context>) {
    if !text.is_empty() {
        contexts.push(Context::Other(Piece::Text(text)));
    }
}

/// The tokens that the tokenizer puts before and behind a text.
fn around(tokenizer: &Tokenizer) -> Result<(Vec<u32>, Vec<u32>), Unavailable> {
    let all = tokenizer.encode("a", SpecialTokens::Added)?.ids;
    let alone = tokenizer.ids("a")?;
    let at = match alone.as_slice() {
        [only] => all.iter().position(|id| id == only),
        _ => None,
    };
    let at = at.ok_or_else(|| refused(Refusal::NoBos))?;
    Ok((all[..at].to_vec(), all[at + 1..].to_vec()))
}

/// Whether an answer ends with a stop word already.
fn is_ended(answer: &Content, template: &Template, tokenizer: &Tokenizer) -> bool {
    let text = match answer {
        Content::Text(text) => text.as_str(),
        Content::Joined(texts) | Content::Written(texts) => texts.last().map_or("", String::as_str),
        Content::Open => "",
    };
    let stop_words = template.stop_words.iter().copied();
    let mut stop_words = stop_words.chain([stripped(template.suffix)]).chain(tokenizer.special("eos_token"));
    stop_words.any(|word| text.ends_with(word))
}

/// Texts beside each other that weigh the same as one text.
#[expect(clippy::float_cmp, reason = "ms-swift joins texts whose weights are the same number")]
pub(super) fn joined(pieces: &[(Piece, f64)]) -> Vec<(Piece, f64)> {
    let mut joined: Vec<(Piece, f64)> = Vec::new();
    for (piece, weight) in pieces {
        match (joined.last_mut(), piece) {
            (_, Piece::Text(text)) if text.is_empty() => {}
            (Some((Piece::Text(before), of_before)), Piece::Text(text)) if of_before == weight => before.push_str(text),
            _ => joined.push((piece.clone(), *weight)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_can_ask_for_its_round() {
        let said = Said { system: Some("{{QUERY}}"), query: Some("{{ROUND1}}"), round: Some(2) };
        assert_eq!(said.filled("{{SYSTEM}} {{ROUND0}}"), "3 2");
    }

    #[test]
    fn equal_weights_are_joined() {
        let text = |text: &str, weight: f64| (Piece::Text(text.to_owned()), weight);
        let pieces = [text("a", 0.0), text("", 1.0), text("b", 0.0), text("c", 1.0), text("d", 2.0)];
        assert_eq!(joined(&pieces), [text("ab", 0.0), text("c", 1.0), text("d", 2.0)]);
    }
}
