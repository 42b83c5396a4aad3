//! Where a turn stands: looked for in the ids, as axolotl did at 067b021, or in the text, as its releases do from 0.19 on.

use super::Unavailable;
use super::turns::{THOUGHTS, Turn};
use crate::policies::RecordInput;
use crate::policies::parts::{Beginnings, Whole, common_text};
use crate::template::{Stretch, TemplateInput};
use crate::tokenizer::SpecialTokens;
use crate::words::unavailable::Axolotl as Refusal;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::ops::Range;

/// What axolotl puts in place of a content. The two share neither their first nor their last character, so that a
/// template that writes that character beside the content hides it from one of them only.
const PLACEHOLDERS: [&str; 2] = ["[[dummy_message]]", "zzdummymessagezz"];

/// What it put in place of thoughts before 0.19.
const THOUGHTS_PLACEHOLDER: &str = "[[dummy_reasoning]]";

/// The name that reasons give.
const TRAINER: &str = "axolotl";

/// What is looked for in a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// The content, and the thoughts before it.
    Turn,
    /// The content without the thoughts.
    Content,
    /// The thoughts alone.
    Thoughts,
}

/// A conversation in which turns are looked for.
pub struct Conversation<'a> {
    input: &'a RecordInput<'a>,
    turns: &'a [Turn],
    /// The whole conversation.
    pub whole: Whole<'a>,
    /// The texts of the whole with something in place of a turn, and those up to a turn.
    wholes: Beginnings<'a>,
    beginnings: Beginnings<'a>,
    search: Search,
}

/// What the template is given for the turns of a conversation.
#[derive(Debug)]
pub struct Given {
    messages: Vec<Value>,
    /// The variables where the conversation ends before its end, and is told where that is.
    variables: Map<String, Value>,
}

impl Given {
    /// What axolotl gives for these turns beside the variables that the template is given in any case.
    pub fn for_turns(turns: &[Turn], variables: &Map<String, Value>) -> Self {
        let mut variables = variables.clone();
        let index = turns.len().saturating_sub(1);
        if index > 0 {
            variables.insert("real_last_index".to_owned(), index.into());
        }
        Self { messages: turns.iter().map(|turn| Value::Object(turn.message.clone())).collect(), variables }
    }
}

/// Where turns are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Search {
    #[default]
    InIds,
    InText,
}

impl<'a> Conversation<'a> {
    /// Renders and tokenizes the whole.
    ///
    /// # Errors
    /// [`Unavailable`] where the template or the tokenizer refuses.
    pub fn new(
        input: &'a RecordInput<'a>,
        turns: &'a [Turn],
        given: &'a Given,
        search: Search,
    ) -> Result<Self, Unavailable> {
        let whole = TemplateInput { messages: &given.messages, ..input.given };
        let beginning = TemplateInput { kwargs: &given.variables, ..whole };
        let wholes = Beginnings::of(TRAINER, input.template, whole);
        let beginnings = Beginnings::of(TRAINER, input.template, beginning);
        let text = wholes.replaced(stretch(whole, turns.len(), None))?;
        let encoded = input.tokenizer.encode(&text, SpecialTokens::AsWritten)?;
        let whole = Whole::of(TRAINER, input.tokenizer, text, encoded);
        Ok(Self { input, turns, whole, wholes, beginnings, search })
    }

    /// What the template writes with a message in place of a turn's own.
    fn render_with(&self, at: usize, message: &Value) -> Result<String, Unavailable> {
        self.wholes.replaced(stretch(self.input.given, self.turns.len(), Some((at, message))))
    }

    /// What the template writes up to a turn, with a message in place of that turn's own where one is given.
    fn render_until(&self, at: usize, message: Option<&Value>) -> Result<String, Unavailable> {
        let replaced = message.map(|message| (at, message));
        self.beginnings.replaced(stretch(self.input.given, at + 1, replaced))
    }

    /// The tokens of a turn; `None` where axolotl does not find them.
    ///
    /// # Errors
    /// [`Unavailable`] where the template or the tokenizer refuses.
    pub fn find(&self, at: usize, sought: Sought) -> Result<Option<Range<usize>>, Unavailable> {
        if at == 0 && self.turns[0].role() == "system" && self.input.tokenizer.name().to_lowercase().contains("mistral")
        {
            return Ok(None);
        }
        let Whole { text, ranges, .. } = &self.whole;
        let found = match self.search {
            Search::InText if !text.is_empty() => self.find_in_text(text, ranges, at, sought)?,
            _ => None,
        };
        let found = match found {
            Some(found) => Some(found),
            None => self.find_in_ids(at, sought)?,
        };
        Ok(found.filter(|place| place.start < place.end))
    }

    /// Compares the whole text with those in which a placeholder stands for what is sought. An empty range stands for
    /// what the template does not write; `None` sends axolotl to the ids.
    fn find_in_text(
        &self,
        text: &str,
        tokens: &[Range<u32>],
        at: usize,
        sought: Sought,
    ) -> Result<Option<Range<usize>>, Unavailable> {
        let mut widest: Option<Range<usize>> = None;
        for placeholder in PLACEHOLDERS {
            let other = self.render_with(at, &self.with_placeholder(at, sought, placeholder))?;
            if other.is_empty() {
                return Ok(None);
            }
            let found = differing_text(text, &other);
            widest = Some(match widest {
                None => found,
                Some(before) => before.start.min(found.start)..before.end.max(found.end),
            });
        }
        let Some(widest) = widest.filter(|widest| widest.start < widest.end) else { return Ok(Some(0..0)) };
        let first = bisect(tokens.len(), |token| tokens[token].end as usize <= widest.start);
        let end = bisect(tokens.len(), |token| (tokens[token].start as usize) < widest.end);
        Ok((first < tokens.len()).then_some(first..end))
    }

    /// Compares the ids of the conversation up to the turn with those in which a placeholder stands for it.
    fn find_in_ids(&self, at: usize, sought: Sought) -> Result<Option<Range<usize>>, Unavailable> {
        let text = self.render_until(at, None)?;
        let placeholder = match (self.search, sought) {
            (Search::InIds, Sought::Thoughts) => THOUGHTS_PLACEHOLDER,
            _ => PLACEHOLDERS[0],
        };
        let other = self.render_until(at, Some(&self.with_placeholder(at, sought, placeholder)))?;
        let ids = |text: &str| match self.whole.known_ids_of(text) {
            Some(ids) => Ok(Cow::Borrowed(ids)),
            None => self.whole.ids_beside(text).map(Cow::Owned),
        };
        Ok(differing_ids(&ids(&other)?, &ids(&text)?))
    }

    /// A turn with a placeholder in place of what is sought.
    fn with_placeholder(&self, at: usize, sought: Sought, placeholder: &str) -> Value {
        let turn = &self.turns[at].message;
        let mut changed = Map::new();
        changed.insert("role".to_owned(), turn.get("role").cloned().unwrap_or_default());
        let content = match sought {
            Sought::Thoughts => turn.get("content").cloned().unwrap_or_else(|| "".into()),
            Sought::Turn | Sought::Content => placeholder.into(),
        };
        changed.insert("content".to_owned(), content);
        match (sought, turn.get(THOUGHTS)) {
            (Sought::Thoughts, Some(_)) => changed.insert(THOUGHTS.to_owned(), placeholder.into()),
            (Sought::Content, Some(thoughts)) => changed.insert(THOUGHTS.to_owned(), thoughts.clone()),
            _ => None,
        };
        Value::Object(changed)
    }
}

/// So many messages of a conversation.
fn stretch<'j>(given: TemplateInput<'_>, messages: usize, replaced: Option<(usize, &'j Value)>) -> Stretch<'j> {
    Stretch { messages, replaced, add_generation_prompt: given.add_generation_prompt }
}

/// Makes sure that turns can be looked for in a while: each takes the conversation up to it, or all of it, twice.
///
/// # Errors
/// [`Unavailable`] where that is too much text, for a conversation of `length` bytes.
pub fn check_work(turns: usize, length: usize, search: Search) -> Result<(), Unavailable> {
    const MOST: usize = 4096;
    let renderings = match search {
        // Up to the turn: half of the conversation on average.
        Search::InIds => turns,
        Search::InText => 2 * turns,
    };
    let mebibytes = renderings.saturating_mul(length) >> 20;
    if mebibytes > MOST {
        return Err(Unavailable::Axolotl(Refusal::TooManyTurns { turns, mebibytes, most: MOST }));
    }
    Ok(())
}

/// The ids of `full` from the first to the last that differ from those of `other`, counted from either end.
fn differing_ids(other: &[u32], full: &[u32]) -> Option<Range<usize>> {
    let shorter = other.len().min(full.len());
    let start = (0..shorter).find(|&at| other[at] != full[at])?;
    let end = (1..=shorter).find(|&back| other[other.len() - back] != full[full.len() - back])?;
    let end = full.len() + 1 - end;
    (start < end).then_some(start..end)
}

/// The bytes of `full` that differ from `other`: what is left when the common beginning and, of the rest, the common end
/// are taken away.
fn differing_text(full: &str, other: &str) -> Range<usize> {
    let start = common_text(full, other);
    let (full_rest, other_rest) = (&full.as_bytes()[start..], &other.as_bytes()[start..]);
    let mut end = common_end(full_rest, other_rest);
    while !full.is_char_boundary(full.len() - end) {
        end -= 1;
    }
    start..full.len() - end
}

/// The bytes with which two texts end alike.
fn common_end(left: &[u8], right: &[u8]) -> usize {
    const STRETCH: usize = 64;
    let stretches = left.rchunks_exact(STRETCH).zip(right.rchunks_exact(STRETCH));
    let same = STRETCH * stretches.take_while(|(left, right)| left == right).count();
    let rest = |bytes: &[u8]| bytes.len() - same;
    let (left, right) = (&left[..rest(left)], &right[..rest(right)]);
    same + left.iter().rev().zip(right.iter().rev()).take_while(|(left, right)| left == right).count()
}

/// The first place from which on `is_before` no longer holds, found by halving as Python's `bisect` does it: bytes of
/// tokens need not be in order.
fn bisect(length: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_found_from_both_ends() {
        assert_eq!(differing_ids(&[1, 2, 9, 9, 5], &[1, 2, 3, 5]), Some(2..3));
        assert_eq!(differing_ids(&[1, 2, 9, 5], &[1, 2, 3, 4, 6, 5]), Some(2..5));
        assert_eq!(differing_ids(&[1, 2], &[1, 2]), None);
        assert_eq!(differing_ids(&[1, 9, 2], &[1, 2]), None, "an empty content");
        assert_eq!(differing_text("ab夏cd", "ab秋cd"), 2..5);
        assert_eq!(differing_text("aXa", "aa"), 1..2);
        assert_eq!(differing_text("aa", "aXa"), 1..1);
        assert_eq!(differing_text("xaay", "xay"), 2..3, "the end does not reach into the beginning");
    }

    #[test]
    fn halving_finds_the_place() {
        let numbers = [0, 1, 1, 4, 6];
        for sought in 0..8 {
            assert_eq!(bisect(5, |at| numbers[at] < sought), numbers.partition_point(|number| *number < sought));
        }
    }
}
