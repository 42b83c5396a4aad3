//! What a sequence finds out of its tokens only when somebody asks: where they stand in the text, and whose they are.

use super::runs::Index;
use super::{Part, Run, Sequence, Span};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Knows the later stages of a sequence. Each of them is asked for once at most.
pub trait Source: std::fmt::Debug + Send + Sync {
    /// The bytes of the text that each of its tokens stands for: those of the whole text, before it is cut.
    fn ranges(&self, text: &str, ids: &[u32]) -> Vec<Range<u32>>;

    /// What each stretch of the text is: sorted, without overlap, covering it wholly.
    fn spans(&self, text: &str) -> Vec<Span>;
}

/// The later stages of a sequence, each of them made or yet to be made.
#[derive(Debug, Clone, Default)]
pub struct Stages {
    source: Option<Arc<dyn Source>>,
    /// The ids that were cut away: ranges are found from all of them together.
    cut_away: Vec<u32>,
    ranges: OnceLock<Vec<Range<u32>>>,
    spans: OnceLock<Vec<Span>>,
    runs: OnceLock<Vec<Run>>,
    pub(super) index: OnceLock<Index>,
}

impl Stages {
    pub(super) fn of_cut(cut_away: Vec<u32>) -> Self {
        Self { cut_away, ..Self::default() }
    }
}

#[cfg(test)]
impl Stages {
    /// Which of ranges, spans and runs are there.
    pub(crate) fn made(&self) -> [bool; 3] {
        [self.ranges.get().is_some(), self.spans.get().is_some(), self.runs.get().is_some()]
    }
}

impl Sequence {
    /// Says who knows the later stages.
    #[must_use]
    pub fn with_source(mut self, source: Arc<dyn Source>) -> Self {
        self.stages.source = Some(source);
        self
    }

    /// Says which bytes each token stands for, of all tokens before the cut and without padding.
    #[must_use]
    pub fn with_ranges(mut self, ranges: Vec<Range<u32>>) -> Self {
        self.stages.ranges = OnceLock::from(self.padded(ranges));
        self
    }

    /// Says what each stretch of the text is: sorted, without overlap, covering it wholly.
    #[must_use]
    pub fn with_spans(mut self, spans: Vec<Span>) -> Self {
        self.stages.spans = OnceLock::from(self.with_padding_span(spans));
        self
    }

    /// The bytes of the text that each token stands for; tokens that share one character share its range, and padding
    /// has the empty range at the end.
    #[must_use]
    pub fn ranges(&self) -> &[Range<u32>] {
        self.stages.ranges.get_or_init(|| {
            let Some(source) = &self.stages.source else { return Vec::new() };
            let shown = self.unpadded_ids();
            let ranges = match self.stages.cut_away.as_slice() {
                [] => source.ranges(&self.text, shown),
                cut_away => source.ranges(&self.text, &[shown, cut_away].concat()),
            };
            self.padded(ranges)
        })
    }

    /// What each stretch of the text is: sorted, without overlap, covering it wholly; the last one is that of padding
    /// where there is any.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        self.stages.spans.get_or_init(|| {
            let spans = self.stages.source.as_ref().map(|source| source.spans(&self.text));
            self.with_padding_span(spans.unwrap_or_default())
        })
    }

    /// The tokens of each span, in order and without gaps; the last ones are those of padding where there is any.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        self.stages.runs.get_or_init(|| {
            let written = self.unpadded();
            let spans = self.spans();
            let of_text = spans.len() - usize::from(self.padding > 0);
            let ranges = self.ranges().get(..written).unwrap_or_default();
            let mut runs = Run::all(stretches(&self.text, ranges, &spans[..of_text]));
            if self.padding > 0 {
                runs.push(Run { span: of_text, tokens: written..self.len() });
            }
            runs
        })
    }

    fn padded(&self, mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
        let end = self.text.len() as u32;
        ranges.truncate(self.unpadded());
        ranges.extend(std::iter::repeat_n(end..end, self.padding));
        ranges
    }

    fn with_padding_span(&self, mut spans: Vec<Span>) -> Vec<Span> {
        let end = self.text.len() as u32;
        if self.padding > 0 {
            spans.push(Span { bytes: end..end, message: None, role: String::new(), part: Part::Padding });
        }
        spans
    }
}

/// Neighbouring ranges of one span: its place, and how many they are. A range is of the span that holds its first character
/// that is no white space, or its first one where there is none: tokenizers merge the space before a word with it, and the word
/// is what the token says. Tokens that the post-processor added have the empty range 0..0 and fall to the first span.
fn stretches(text: &str, ranges: &[Range<u32>], spans: &[Span]) -> impl Iterator<Item = (usize, usize)> {
    let (mut at, mut left) = (0, ranges);
    std::iter::from_fn(move || {
        let start = left.first().map(|range| range.start + space_before_word(text, range))?;
        // Offsets grow, but for added tokens; then a search is cheap enough.
        if spans.get(at).is_some_and(|span| start < span.bytes.start) {
            at = spans.partition_point(|span| span.bytes.end <= start);
        }
        while at + 1 < spans.len() && spans[at].bytes.end <= start {
            at += 1;
        }
        // Nearly all tokens lie within one span, whatever they begin with.
        let Range { start, end } = spans.get(at).map_or(0..0, |span| span.bytes.clone());
        let is_within = |range: &&Range<u32>| start <= range.start && range.start < range.end && range.end <= end;
        let tokens = 1 + left[1..].iter().take_while(is_within).count();
        left = &left[tokens..];
        Some((at, tokens))
    })
}

/// Bytes of white space before the first character of a token that is none; 0 where there is none.
fn space_before_word(text: &str, range: &Range<u32>) -> u32 {
    let (start, end) = (range.start as usize, range.end as usize);
    let bytes = text.as_bytes();
    match bytes.get(start) {
        // Nearly all tokens: no white space is written with such bytes in UTF-8.
        Some(b'!'..=b'~' | 0xE4..) => return 0,
        Some(b' ') if start + 1 < end && bytes.get(start + 1).is_some_and(u8::is_ascii_graphic) => return 1,
        _ => {}
    }
    let token = text.get(start..end).unwrap_or_default();
    let word = token.trim_start();
    if word.is_empty() { 0 } else { (token.len() - word.len()) as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::{Padding, Shape};
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A token a byte, and one span; counts how often it is asked.
    #[derive(Debug, Default)]
    struct Bytes {
        ranges: AtomicUsize,
        spans: AtomicUsize,
    }

    impl Source for Bytes {
        fn ranges(&self, text: &str, ids: &[u32]) -> Vec<Range<u32>> {
            assert_eq!(text.len(), ids.len(), "tokens that were cut away are asked for too");
            self.ranges.fetch_add(1, Ordering::Relaxed);
            (0..ids.len() as u32).map(|at| at..at + 1).collect()
        }

        fn spans(&self, text: &str) -> Vec<Span> {
            self.spans.fetch_add(1, Ordering::Relaxed);
            let bytes = 0..text.len() as u32;
            vec![Span { bytes, message: Some(0), role: "user".to_owned(), part: Part::Content }]
        }
    }

    #[test]
    fn a_stage_is_made_once_and_only_when_somebody_asks() {
        let shape = Shape { max_length: Some(3), padding: Padding::ToMaximum, pad_id: 9 };
        for (text, length) in [("abcde", 3), ("ab", 2)] {
            let source = Arc::new(Bytes::default());
            let asked = || (source.ranges.load(Ordering::Relaxed), source.spans.load(Ordering::Relaxed));
            let ids = (0..text.len() as u32).collect();
            let sequence = Sequence::of_ids(text.to_owned(), ids, shape).with_source(source.clone());
            assert_eq!((sequence.len(), sequence.unpadded(), asked()), (3, length, (0, 0)));
            assert_eq!(sequence.spans_of(0).count(), 1);
            assert_eq!(asked(), (1, 1), "an index of messages takes both");
            assert_eq!((sequence.ranges().len(), sequence.ranges()[1].clone()), (3, 1..2));
            assert_eq!(sequence.tokens_of(0), Some(0..length));
            assert_eq!(asked(), (1, 1));
        }
    }
}
