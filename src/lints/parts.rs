//! What several lints ask of a record: its answers, the tokens of roles, and what stands in the rendered text.

use super::{MaskView, RecordView};
use crate::conversation::Source;
use crate::sequence::{Part, Run, Sequence, Written};
use crate::words::faults::Writer;
use std::cell::Cell;
use std::ops::Range;

/// One turn of the assistant.
#[derive(Debug)]
pub(super) struct AnswerView<'a> {
    /// The message, counted from 0.
    pub message: usize,
    /// All tokens of the turn.
    pub tokens: Range<usize>,
    /// The runs of the turn.
    pub runs: &'a [Run],
    /// The first token of the end marker that is no white space.
    pub end_marker: Option<usize>,
    /// Whether no other message follows.
    pub is_last: bool,
    sequence: &'a Sequence,
}

impl<'a> AnswerView<'a> {
    /// The tokens of what the message itself says.
    pub fn content_tokens(&self) -> impl Iterator<Item = usize> + use<'a> {
        let sequence = self.sequence;
        let content = self.runs.iter().filter(move |run| sequence.spans()[run.span].part == Part::Content);
        content.flat_map(|run| run.tokens.clone())
    }

    /// The byte at which what the message says begins.
    pub fn content_start(&self, sequence: &Sequence) -> Option<u32> {
        let content = self.runs.iter().map(|run| &sequence.spans()[run.span]).find(|span| span.part == Part::Content);
        content.map(|span| span.bytes.start)
    }

    /// The tokens that hold a text which stands in the turn right before what the message says.
    pub fn tokens_of_text_before(&self, sequence: &Sequence, text: &str) -> Option<Range<usize>> {
        let end = self.content_start(sequence)? as usize;
        let start = end.checked_sub(text.len())?;
        if sequence.text.get(start..end)? != text {
            return None;
        }
        // Behind the turn there may be tokens that the post-processor added, whose ranges are not in order.
        let ranges = &sequence.ranges()[..self.tokens.end];
        let first = ranges.partition_point(|range| range.end as usize <= start);
        let last = ranges.partition_point(|range| (range.start as usize) < end);
        Some(first..last)
    }
}

/// The answers of a record in order.
pub(super) fn answers<'a>(view: &RecordView<'a>) -> impl Iterator<Item = AnswerView<'a>> + use<'a> {
    let (turns, sequence) = (view.turns(), view.sequence);
    let last = turns.iter().rev().find_map(|turn| turn.span(sequence).message);
    turns.iter().filter_map(move |turn| {
        let answer = turn.answer()?;
        let (message, runs) = (turn.span(sequence).message?, turn.runs(sequence));
        let tokens = runs.first()?.tokens.start..runs.last()?.tokens.end;
        let is_last = last == Some(message);
        Some(AnswerView { message, tokens, runs, end_marker: answer.end_marker, is_last, sequence })
    })
}

/// Who has written the text of a record.
pub(super) fn writer(view: &RecordView<'_>) -> Writer {
    match (&view.sequence.written, &view.conversation.source) {
        (Written::Text | Written::Tokens(_), _) | (Written::Trainer, Source::Text(_) | Source::Tokens(_)) => {
            Writer::Record
        }
        (Written::Trainer, Source::Template) => Writer::Trainer,
        (Written::Template | Written::Nobody, _) => Writer::ChatTemplate,
    }
}

/// The first token that ends behind a byte of the text.
pub(super) fn token_behind(sequence: &Sequence, byte: usize) -> usize {
    // Tokens that stand for no text are left out: padding, and what the post-processor added, whose ranges are not in order.
    let written = sequence.ranges().iter().rposition(|range| !range.is_empty()).map_or(0, |last| last + 1);
    sequence.ranges()[..written].partition_point(|range| range.end as usize <= byte)
}

/// The rendered text, to look up in it what messages say.
///
/// A text is searched in what the template wrote of its message, and elsewhere only where it is not there. All searches
/// of one record together go through a few times the text at most: what is asked after that counts as written.
pub(super) struct RenderedText<'a> {
    sequence: &'a Sequence,
    left: Cell<usize>,
}

impl<'a> RenderedText<'a> {
    /// How many times the whole text may be gone through.
    const TIMES: usize = 16;

    pub fn of(view: &RecordView<'a>) -> Self {
        let sequence = view.sequence;
        Self { sequence, left: Cell::new(sequence.text.len().saturating_mul(Self::TIMES)) }
    }

    /// Whether the template wrote something of a message.
    pub fn has_any_of(&self, message: usize) -> bool {
        self.sequence.spans_of(message).next().is_some()
    }

    /// Whether the text stands where the template wrote the message, or anywhere else.
    pub fn holds(&self, message: usize, text: &str) -> bool {
        self.stands_in(self.written_of(message), text) || self.stands_in(&self.sequence.text, text)
    }

    /// Whether the text stands where the template wrote the message.
    pub fn holds_there(&self, message: usize, text: &str) -> bool {
        self.stands_in(self.written_of(message), text)
    }

    fn written_of(&self, message: usize) -> &'a str {
        let mut spans = self.sequence.spans_of(message).map(|span| &span.bytes);
        let Some(first) = spans.next() else { return "" };
        let last = spans.next_back().unwrap_or(first);
        self.sequence.text.get(first.start as usize..last.end as usize).unwrap_or_default()
    }

    fn stands_in(&self, written: &str, text: &str) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else { return true };
        let found = find(written, text);
        self.left.set(left.saturating_sub(found.map_or(written.len(), |at| at + text.len())));
        found.is_some()
    }
}

/// Where a text stands. Texts are long, and stand where their beginning does or nowhere, so that no time is spent on getting
/// ready for a search of the whole.
fn find(written: &str, text: &str) -> Option<usize> {
    const BEGINNING: usize = 24;
    let beginning = &text.as_bytes()[..text.len().min(BEGINNING)];
    let at = memchr::memmem::find(written.as_bytes(), beginning)?;
    if written.as_bytes()[at..].starts_with(text.as_bytes()) { Some(at) } else { written.find(text) }
}

/// The first answer whose thoughts are nowhere in the rendered text, and how many such answers there are.
pub(super) fn dropped_thoughts(view: &RecordView<'_>) -> Option<(usize, usize)> {
    let rendered = RenderedText::of(view);
    let is_dropped = |message: usize, thoughts: &str| {
        let thoughts = thoughts.trim();
        !thoughts.is_empty() && !rendered.holds(message, thoughts)
    };
    let messages = view.conversation.messages.iter().enumerate();
    let mut dropped = messages.filter(|(message, said)| {
        let reasoning = said.get("reasoning_content").and_then(|value| value.as_str());
        let inside = said.texts().filter_map(|text| text.split_once("<think>")?.1.split_once("</think>"));
        let mut thoughts = reasoning.into_iter().chain(inside.map(|(inside, _)| inside));
        said.role() == "assistant" && thoughts.any(|thoughts| is_dropped(*message, thoughts))
    });
    let (first, _) = dropped.next()?;
    Some((first, 1 + dropped.count()))
}

/// How many tokens of the content of messages of these roles a mask trains, and the first such message; `None` where it
/// trains none, or means to train everything.
pub(super) fn trained_of_roles(view: &MaskView<'_>, roles: &[&str]) -> Option<(usize, usize)> {
    if view.policy.kind().name == "full" {
        return None;
    }
    let (sequence, turns, messages) = (view.record.sequence, view.record.turns(), &view.record.conversation.messages);
    let (mut tokens, mut first) = (0, None);
    for turn in turns.iter() {
        let Some(message) = turn.span(sequence).message else { continue };
        if !messages.get(message).is_some_and(|said| roles.contains(&said.role())) {
            continue;
        }
        let trained: usize = turn.content(sequence).map(|run| view.mask.count_in(run.tokens.clone())).sum();
        if trained > 0 {
            tokens += trained;
            first.get_or_insert(message);
        }
    }
    Some((tokens, first?))
}

/// The special tokens inside the contents of messages, each with its message.
pub(super) fn special_in_content<'a>(view: &RecordView<'a>) -> impl Iterator<Item = (usize, usize)> + use<'a> {
    let (sequence, tokenizer, turns) = (view.sequence, view.setup.tokenizer, view.turns());
    turns.iter().flat_map(move |turn| {
        let message = turn.span(sequence).message;
        let special = turn.content(sequence).flat_map(move |run| {
            let places = tokenizer.special_places(&sequence.ids[run.tokens.clone()]);
            places.map(|place| run.tokens.start + place)
        });
        special.filter_map(move |token| Some((message?, token)))
    })
}

/// The id of the token that ends turns, where it is one token.
pub(super) fn end_id(view: &RecordView<'_>) -> Option<u32> {
    let end = view.setup.markers.form(view.form).end.as_ref()?;
    end.ids.iter().copied().find(|id| view.setup.tokenizer.is_special(*id))
}

/// Whether a policy of that name trains the last answer and no other.
pub(super) fn means_the_last_alone(policy: &str) -> bool {
    policy.split(':').any(|part| ["last-turn", "last", "history=masked"].contains(&part))
}
