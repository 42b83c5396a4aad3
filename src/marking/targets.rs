//! What the model would write of a rendered conversation: after what the generation prompt holds, up to the end marker.

use super::{Bench, Given, TargetFault};
use crate::template::{Origin, Rendered, Variable};
use serde_json::Value;
use std::ops::Range;

/// What the model would write, of each answer that the template writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Targets {
    /// Bytes of the rendered text, in order.
    pub ranges: Vec<Range<usize>>,
}

/// Up to this message the beginning of an answer is taken from the rendered prompt itself. Later ones are found by their
/// header alone, so that the work stays linear.
const PROMPTED: usize = 12;

/// The bytes of a rendered text that come from each message, but for its role.
fn own_bytes(rendered: &Rendered, messages: usize) -> Vec<Option<Range<usize>>> {
    let mut own: Vec<Option<Range<usize>>> = vec![None; messages];
    for run in &rendered.runs {
        let Some(Origin::Value { place, .. }) = &run.origin else { continue };
        let place = &rendered.places[*place];
        let Variable::Message(message) = place.variable else { continue };
        if place.pointer == "/role" {
            continue;
        }
        if let Some(slot) = own.get_mut(message) {
            let start = slot.as_ref().map_or(run.bytes.start, |known| known.start);
            *slot = Some(start..run.bytes.end);
        }
    }
    own
}

/// One rendering, with what is asked of it.
struct Reading<'a> {
    bench: &'a Bench<'a>,
    given: Given<'a>,
    text: &'a str,
    own: Vec<Option<Range<usize>>>,
    /// What the generation prompt holds.
    prompt: &'a str,
    /// What of it, or of the assistant's header, stands before every answer.
    header: &'a str,
    end: &'a str,
}

fn common<'a>(one: &'a str, other: &str) -> &'a str {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
    &one[..same.map(|(sign, _)| sign.len_utf8()).sum()]
}

impl Targets {
    /// Finds them.
    ///
    /// # Errors
    /// [`TargetFault`] where that is not known, never a guess.
    pub fn of(bench: &Bench<'_>, given: Given<'_>, rendered: &Rendered) -> Result<Self, TargetFault> {
        let frames = &bench.frames;
        let header = match common(&frames.generation_prompt, &frames.assistant.header) {
            "" => frames.assistant.header.as_str(),
            shared => shared,
        };
        let reading = Reading {
            bench,
            given,
            text: &rendered.text,
            own: own_bytes(rendered, given.messages.len()),
            prompt: &frames.generation_prompt,
            header,
            end: &bench.end,
        };
        let mut ranges: Vec<Range<usize>> = Vec::new();
        // The beginning of a turn that goes on with the next answer.
        let mut open = None;
        for message in 0..given.messages.len() {
            if !is_answer(given.messages.get(message)) {
                continue;
            }
            let from = ranges.last().map_or(0, |range| range.end).max(open.unwrap_or(0));
            let Some((start, end)) = reading.target(message, from)? else { continue };
            if start < from {
                return Err(TargetFault::Overlap { message });
            }
            let first = open.take().unwrap_or(start);
            if first < start && !header.trim().is_empty() && rendered.text[first..start].contains(header) {
                return Err(TargetFault::NoEnd { message: message - 1 });
            }
            match end {
                Some(end) => ranges.push(first..end),
                None if is_answer(given.messages.get(message + 1)) => open = Some(first),
                None => return Err(TargetFault::NoEnd { message }),
            }
        }
        match open {
            None => Ok(Self { ranges }),
            Some(_) => Err(TargetFault::NoEnd { message: given.messages.len() - 1 }),
        }
    }
}

fn is_answer(message: Option<&Value>) -> bool {
    message.and_then(|message| message.get("role")).and_then(Value::as_str) == Some("assistant")
}

impl Reading<'_> {
    /// Where an answer begins, and where it ends if an end marker is found. `None` for a message of which nothing is
    /// written, not even a header.
    fn target(&self, message: usize, from: usize) -> Result<Option<(usize, Option<usize>)>, TargetFault> {
        let own = self.own[message].clone();
        let limit = own.as_ref().map_or(usize::MAX, |own| own.start);
        let before = self.own[..message].iter().flatten().map(|range| range.end).filter(|end| *end <= limit);
        let low = before.max().unwrap_or(0).max(from);
        let behind = own.as_ref().map_or(low, |own| own.end).max(low);
        let after = self.own[message + 1..].iter().flatten().map(|range| range.start).filter(|start| *start >= behind);
        let high = after.min().unwrap_or(self.text.len());
        let Some(start) = self.start(message, own.as_ref(), low..high) else {
            return if own.is_some() { Err(TargetFault::NoStart { message }) } else { Ok(None) };
        };
        Ok(Some((start, self.end(message, behind.max(start), high))))
    }

    fn start(&self, message: usize, own: Option<&Range<usize>>, window: Range<usize>) -> Option<usize> {
        // Where the prompt is what the text begins with, there is nothing to look for.
        if message <= PROMPTED && message > 0 && !self.prompt.is_empty() {
            let asked = Given { messages: &self.given.messages[..message], ..self.given };
            let prompt = self.bench.render(asked, true).ok()?;
            if self.text.starts_with(&prompt.text) && prompt.text.len() >= window.start {
                return Some(prompt.text.len());
            }
        }
        let until = own.map_or(window.end, |own| own.start);
        let before = self.text.get(window.start..until)?;
        if self.header.is_empty() {
            return own.map(|own| own.start);
        }
        let found = if own.is_some() { before.rfind(self.header) } else { before.find(self.header) };
        let header = window.start + found?;
        // A header of white space alone is what the model writes itself.
        if self.header.trim().is_empty() {
            return Some(header);
        }
        let whole = !self.prompt.is_empty() && self.text[header..].starts_with(self.prompt);
        Some(header + if whole { self.prompt.len() } else { self.header.len() })
    }

    fn end(&self, message: usize, from: usize, high: usize) -> Option<usize> {
        if let Some(at) = self.text.get(from..high)?.find(self.end) {
            return Some(from + at + self.end.len());
        }
        // Another end, such as that after tool calls: what the conversation up to here ends with.
        let until = Given { messages: &self.given.messages[..=message], ..self.given };
        let alone = if message + 1 == self.given.messages.len() {
            self.text.to_owned()
        } else {
            self.bench.render(until, false).ok()?.text
        };
        let end = alone.trim_end().len();
        (self.text.starts_with(&alone) && end > from && end <= high).then_some(end)
    }
}
