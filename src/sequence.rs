//! The sequence: the tokens of one record as a trainer feeds them to the model, each with its role, message and part.

mod characters;
mod markers;
mod runs;
mod span;
mod stages;
pub mod turns;

pub use characters::CharacterCounter;
pub use markers::{Marker, MarkerForm, MarkerSet, MarkerTexts, Markers};
pub use runs::Run;
pub use span::{Part, Span};
pub use stages::{Source, Stages};

use crate::conversation::Column;
use crate::error::ValueFault;
use crate::tokenizer::EncodedText;
use std::ops::Range;

/// How a sequence is cut and filled up, as a trainer's collator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Tokens after this many are cut away; `None` keeps all.
    pub max_length: Option<usize>,
    /// What is appended.
    pub padding: Padding,
    /// The id that is appended.
    pub pad_id: u32,
}

/// How many pad tokens a sequence gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Padding {
    /// This many, but never beyond the maximum length.
    Tokens(usize),
    /// Four for a text that is tokenized here, so that a shift past its end can be seen; none for a record that brings
    /// its tokens.
    Usual,
    /// As many as are needed to reach the maximum length; none without one.
    ToMaximum,
}

/// The most pad tokens of a sequence. What follows them is as long, so that more would take the memory of a machine.
pub const MOST_PADDING: usize = 1 << 20;

impl std::str::FromStr for Padding {
    type Err = ValueFault;

    fn from_str(text: &str) -> Result<Self, ValueFault> {
        match text {
            "max" => Ok(Self::ToMaximum),
            number => {
                let count = number.parse().ok().filter(|count| *count <= MOST_PADDING);
                count.map(Self::Tokens).ok_or(ValueFault::Padding { most: MOST_PADDING })
            }
        }
    }
}

/// Who has written the text of a sequence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Written {
    /// The chat template.
    #[default]
    Template,
    /// The record itself.
    Text,
    /// The record itself as tokens, with what stands beside them.
    Tokens(Vec<Column>),
    /// A trainer that does not use the chat template, or not once for the whole.
    Trainer,
    /// Nobody: the tokenizer has no chat template.
    Nobody,
}

impl Written {
    /// Its name in JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Text => "text",
            Self::Tokens(_) => "tokens",
            Self::Trainer => "trainer",
            Self::Nobody => "nobody",
        }
    }
}

/// Pad tokens that are appended where nothing else is asked for.
const USUAL_PADDING: usize = 4;

/// The tokens of one record after truncation and padding.
///
/// The ids are there from the start. What takes longer to find out is a stage that is made when somebody asks for it:
/// the [ranges](Sequence::ranges) of the tokens, the [spans](Sequence::spans) of the text, and from both the
/// [runs](Sequence::runs).
#[derive(Debug, Clone, Default)]
pub struct Sequence {
    /// The rendered text.
    pub text: String,
    /// Token ids, padding included.
    pub ids: Vec<u32>,
    /// How many tokens were cut away at the end.
    pub truncated: usize,
    /// How many tokens at the end are padding.
    pub padding: usize,
    /// The character ranges that Transformers records for the template's generation blocks, its faults included
    /// (an end may stand before its start); `None` for a template without generation blocks.
    pub generation: Option<Vec<Range<usize>>>,
    /// Where the generation blocks really stand, in characters; only where that was found to differ.
    pub generation_truth: Option<Vec<Range<usize>>>,
    /// Who has written the text.
    pub written: Written,
    /// What is made when somebody asks.
    pub stages: Stages,
}

impl Sequence {
    /// Cuts, pads and labels the tokens of a rendered text.
    ///
    /// `spans` must be sorted, without overlap, and cover the text.
    #[must_use]
    pub fn new(text: String, encoded: EncodedText, spans: Vec<Span>, shape: Shape) -> Self {
        Self::of_ids(text, encoded.ids, shape).with_ranges(encoded.ranges).with_spans(spans)
    }

    /// Cuts and pads the tokens of a rendered text. Its later stages are empty until they or their
    /// [source](Sequence::with_source) are given.
    #[must_use]
    pub fn of_ids(text: String, mut ids: Vec<u32>, shape: Shape) -> Self {
        let whole = ids.len();
        let kept = shape.max_length.map_or(whole, |maximum| whole.min(maximum));
        let room = shape.max_length.map(|maximum| maximum - kept);
        let padding = match shape.padding {
            Padding::Tokens(asked) => room.map_or(asked, |room| asked.min(room)),
            Padding::Usual => room.map_or(USUAL_PADDING, |room| USUAL_PADDING.min(room)),
            Padding::ToMaximum => room.unwrap_or(0),
        };
        let stages = Stages::of_cut(ids.split_off(kept));
        ids.extend(std::iter::repeat_n(shape.pad_id, padding));
        Self { text, ids, truncated: whole - kept, padding, stages, ..Self::default() }
    }

    /// Cuts, pads and labels tokens that the record brings, of which those in `row_padding` are padding already.
    #[must_use]
    pub fn of_tokens(text: String, encoded: EncodedText, spans: Vec<Span>, row_padding: &[u32], shape: Shape) -> Self {
        let mut sequence = Self::of_ids(text, encoded.ids, Shape { padding: Padding::Tokens(0), ..shape });
        let room = |sequence: &Self| shape.max_length.map_or(usize::MAX, |maximum| maximum - sequence.len());
        let kept = row_padding.len().min(room(&sequence));
        sequence.truncated += row_padding.len() - kept;
        sequence.pad(row_padding[..kept].iter().copied());
        let more = match shape.padding {
            Padding::Tokens(asked) => asked.min(room(&sequence)),
            Padding::Usual => 0,
            Padding::ToMaximum => shape.max_length.map_or(0, |_| room(&sequence)),
        };
        sequence.pad(std::iter::repeat_n(shape.pad_id, more));
        sequence.with_ranges(encoded.ranges).with_spans(spans)
    }

    /// Appends padding.
    fn pad(&mut self, ids: impl ExactSizeIterator<Item = u32>) {
        self.padding += ids.len();
        self.ids.extend(ids);
    }

    /// The number of tokens, padding included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no token at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The number of tokens before the padding.
    #[must_use]
    pub fn unpadded(&self) -> usize {
        self.len() - self.padding
    }

    /// The ids before the padding.
    #[must_use]
    pub fn unpadded_ids(&self) -> &[u32] {
        &self.ids[..self.unpadded()]
    }

    /// The span that a token belongs to, by its first character that is no white space.
    ///
    /// # Panics
    /// When the token is past the end of the sequence.
    #[must_use]
    pub fn span(&self, token: usize) -> &Span {
        &self.spans()[self.runs()[self.run_at(token)].span]
    }

    /// The text that a token stands for, as whole characters; empty for padding.
    #[must_use]
    pub fn text_of(&self, token: usize) -> &str {
        let range = &self.ranges()[token];
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Of the tokens that share this token's characters, which one it is (from 0) and how many there are.
    #[must_use]
    pub fn share(&self, token: usize) -> (usize, usize) {
        let ranges = self.ranges();
        let range = &ranges[token];
        if range.is_empty() {
            return (0, 1);
        }
        let before = ranges[..token].iter().rev().take_while(|other| *other == range).count();
        let after = ranges[token + 1..].iter().take_while(|other| *other == range).count();
        (before, before + 1 + after)
    }

    /// The ranges as characters (Unicode scalar values) of the text, as Python counts them.
    #[must_use]
    pub fn character_ranges(&self) -> Vec<Range<usize>> {
        let mut counter = CharacterCounter::new(&self.text);
        self.ranges().iter().map(|range| counter.at(range.start as usize)..counter.at(range.end as usize)).collect()
    }

    /// Whether two tokens stand in the same message, or in the same stretch outside of messages.
    #[must_use]
    pub fn same_turn(&self, one: usize, other: usize) -> bool {
        self.span(one).is_of_turn(self.span(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(max_length: Option<usize>, padding: Padding) -> Shape {
        Shape { max_length, padding, pad_id: 9 }
    }

    fn sequence(max_length: Option<usize>, padding: Padding) -> Sequence {
        let encoded = EncodedText { ids: vec![1, 2, 3, 4], ranges: vec![0..1, 1..4, 1..4, 4..5] };
        let span = |bytes, part| Span { bytes, message: Some(0), role: "user".to_owned(), part };
        let spans = vec![span(0..1, Part::Header), span(1..5, Part::Content)];
        Sequence::new("a夏b".to_owned(), encoded, spans, shape(max_length, padding))
    }

    #[test]
    fn a_space_that_is_merged_with_a_word_belongs_where_the_word_does() {
        let text = "[/INST] Hi \n </s>";
        let span = |bytes, part| Span { bytes, message: Some(0), role: "assistant".to_owned(), part };
        let spans = vec![span(0..8, Part::Header), span(8..10, Part::Content), span(10..17, Part::End)];
        let encoded = EncodedText { ids: vec![1, 2, 3, 4], ranges: vec![0..7, 7..10, 10..12, 12..17] };
        let sequence = Sequence::new(text.to_owned(), encoded, spans, shape(None, Padding::Tokens(0)));
        assert_eq!(sequence.runs(), Run::all([(0, 1), (1, 1), (2, 2)]));
    }

    #[test]
    fn padding_follows_the_tokens() {
        let padded = sequence(None, Padding::Tokens(2));
        assert_eq!(padded.ids, [1, 2, 3, 4, 9, 9]);
        assert_eq!((padded.padding, padded.truncated, padded.unpadded()), (2, 0, 4));
        assert_eq!(padded.span(5).part, Part::Padding);
        assert_eq!(padded.runs(), Run::all([(0, 1), (1, 3), (2, 2)]));
    }

    #[test]
    fn truncation_leaves_no_room_for_padding() {
        let cut = sequence(Some(3), Padding::Tokens(2));
        assert_eq!((cut.ids.as_slice(), cut.truncated, cut.padding), ([1, 2, 3].as_slice(), 1, 0));
        assert_eq!(sequence(Some(6), Padding::ToMaximum).padding, 2);
        assert_eq!(sequence(None, Padding::ToMaximum).padding, 0);
        assert!(sequence(Some(0), Padding::ToMaximum).is_empty());
    }

    #[test]
    fn a_row_keeps_its_own_padding() {
        let row = |max_length, padding| {
            let encoded = EncodedText { ids: vec![1, 2], ranges: vec![0..1, 1..2] };
            let spans = turns::unread("ab");
            let sequence = Sequence::of_tokens("ab".to_owned(), encoded, spans, &[0, 0], shape(max_length, padding));
            (sequence.ids, sequence.padding, sequence.truncated)
        };
        assert_eq!(row(None, Padding::Usual), (vec![1, 2, 0, 0], 2, 0));
        assert_eq!(row(None, Padding::Tokens(1)), (vec![1, 2, 0, 0, 9], 3, 0));
        assert_eq!(row(Some(3), Padding::Tokens(1)), (vec![1, 2, 0], 1, 1));
        assert_eq!(row(Some(1), Padding::Usual), (vec![1], 0, 3));
        assert_eq!(row(Some(5), Padding::ToMaximum), (vec![1, 2, 0, 0, 9], 3, 0));
    }

    #[test]
    fn ranges_are_counted_in_characters() {
        assert_eq!(sequence(None, Padding::Tokens(1)).character_ranges(), [0..1, 1..2, 1..2, 2..3, 3..3]);
    }

    #[test]
    fn tokens_of_one_character_know_their_share() {
        let all = sequence(None, Padding::Tokens(1));
        assert_eq!((all.share(0), all.share(1), all.share(2), all.share(4)), ((0, 1), (0, 2), (1, 2), (0, 1)));
        assert_eq!(all.text_of(1), "夏");
    }
}
