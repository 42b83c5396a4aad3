//! Answers between what beginnings of the conversation have in common with the whole.

use super::super::parts::{self, Beginnings};
use super::family::Markers;
use super::{Example, Unavailable};
use crate::sequence::turns::GenerationPrompt;
use crate::template::Error;
use std::borrow::Cow;

/// What of an answer is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Included {
    /// Its content and its end.
    Content,
    /// Its end alone.
    Ends,
}

/// An end marker that was found.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// Where it begins.
    pub at: usize,
    /// Where it ends.
    pub after: usize,
    /// Which of the end markers it is.
    pub priority: usize,
}

/// All end markers in a stretch of ids.
pub fn ends(ids: &[u32], markers: &Markers, start: usize, limit: usize) -> Vec<End> {
    let mut found = Vec::new();
    for (priority, pattern) in markers.ends().iter().enumerate() {
        let mut from = start;
        while from < limit {
            let Some(at) = parts::find(ids, pattern, from).filter(|at| at + pattern.len() <= limit) else { break };
            found.push(End { at, after: at + pattern.len(), priority });
            from = at + 1;
        }
    }
    found
}

/// A bit for each token of the whole, before it is cut; `None` where a message is not found.
///
/// # Errors
/// [`Unavailable`] where the template raises on a beginning, or the tokenizer fails.
pub fn bits(example: &Example<'_>, markers: &Markers, included: Included) -> Result<Option<Vec<bool>>, Unavailable> {
    let ids = &example.whole.ids;
    let messages = &example.messages;
    let answers: Vec<usize> = (0..messages.len()).filter(|at| parts::role(&messages[*at]) == "assistant").collect();
    example.renderer.check_beginnings(2 * answers.len(), example.whole.text.len())?;
    let beginnings = example.renderer.beginnings(messages);
    let Some(start) = markers.start("assistant").filter(|_| !answers.is_empty()) else { return Ok(None) };
    let mut bits = vec![false; ids.len()];
    for at in answers {
        let Some(before) = common(example, &beginnings, at)? else { return Ok(None) };
        let through = if at + 1 == messages.len() { Some(ids.len()) } else { common(example, &beginnings, at + 1)? };
        let Some(limit) = through.filter(|limit| before < *limit) else { return Ok(None) };
        let content = match parts::find(ids, start, before) {
            Some(found) => found + start.len(),
            // Some templates go on with the same turn behind a tool's answer.
            None if at > 0 && parts::role(&messages[at - 1]) == "tool" => before,
            None => return Ok(None),
        };
        if content > limit {
            return Ok(None);
        }
        let end = if markers.has_ends() {
            let ends = ends(ids, markers, content, limit);
            ends.into_iter().max_by_key(|end| (end.at, usize::MAX - end.priority))
        } else {
            next_start(example, markers, at, content, limit)?.map(|at| End { at, after: at, priority: 0 })
        };
        let Some(end) = end else { return Ok(None) };
        if included == Included::Content {
            parts::set(&mut bits, markers.trim(ids, content, end.at)..end.at);
        }
        parts::set(&mut bits, end.at..end.after);
    }
    Ok(Some(bits))
}

/// Where a message without an end marker ends: where the next one begins.
fn next_start(
    example: &Example<'_>,
    markers: &Markers,
    at: usize,
    content: usize,
    limit: usize,
) -> Result<Option<usize>, Unavailable> {
    let Some(next) = example.messages.get(at + 1) else { return Ok(Some(limit)) };
    if example.holds_marker(markers)? {
        return Ok(None);
    }
    Ok(markers.start(parts::role(next)).and_then(|start| parts::find(&example.whole.ids, start, content)))
}

/// How many tokens the beginning of the conversation has in common with the whole; `None` where Python fails on it.
fn common(example: &Example<'_>, beginnings: &Beginnings<'_>, messages: usize) -> Result<Option<usize>, Unavailable> {
    if messages == 0 {
        return Ok(Some(0));
    }
    beginnings.check()?;
    let text = match beginnings.try_text(messages, GenerationPrompt::LeftOut) {
        Ok(text) => text,
        Err(error) if matches!(error.0, Error::Raised { .. }) => return Err(error.into()),
        Err(_) => return Ok(None),
    };
    let ids: Cow<'_, [u32]> = example.whole.ids_of(&text)?;
    Ok(Some(parts::common(&ids, &example.whole.ids)))
}
