//! What each token looks like as text, measured once per record.

use crate::sequence::{Part, Sequence};
use crate::words::visible::{display_width, fit, superscript, visible};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// A token's text is never wider than this; the inspector shows it whole.
const WIDEST: usize = 48;

/// The visible text and width of every token of a sequence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glyphs {
    /// Columns of each token's text.
    widths: Vec<u8>,
    /// Whether the next token starts a new row: the text ends with a newline inside of a message's content, or the turn
    /// ends. Known before a row is wrapped, since wrapping goes through all tokens at a key press.
    breaks: Vec<bool>,
    /// The text of ids that stand for nothing in the rendered text: padding, and what the post-processor added.
    standalone: BTreeMap<u32, String>,
    /// Columns of the longest name of a role.
    widest_role: usize,
}

impl Glyphs {
    /// Measures every token. `decode` gives the text of an id on its own.
    #[must_use]
    pub fn measure(sequence: &Sequence, decode: impl Fn(u32) -> String) -> Self {
        let mut glyphs = Self::default();
        for (id, range) in sequence.ids.iter().zip(sequence.ranges()) {
            if range.is_empty() {
                glyphs.standalone.entry(*id).or_insert_with(|| decode(*id));
            }
        }
        glyphs.widths = (0..sequence.len()).map(|token| display_width(&glyphs.text(sequence, token)) as u8).collect();
        glyphs.breaks = vec![false; sequence.len()];
        let roles: HashSet<&str> = sequence.spans().iter().map(|span| span.role.as_str()).collect();
        glyphs.widest_role = roles.into_iter().map(|role| display_width(&visible(role))).max().unwrap_or(0);
        for run in sequence.runs() {
            if sequence.spans()[run.span].part == Part::Content {
                run.tokens.clone().for_each(|token| glyphs.breaks[token] = sequence.text_of(token).ends_with('\n'));
            }
            let last = run.tokens.end - 1;
            glyphs.breaks[last] |= run.tokens.end < sequence.len() && !sequence.same_turn(last, last + 1);
        }
        glyphs
    }

    /// The visible text of a token: safe for the terminal, and never empty. One of several tokens that share a
    /// character shows the character and which part of it it is, as `滚²`.
    #[must_use]
    pub fn text<'a>(&'a self, sequence: &'a Sequence, token: usize) -> Cow<'a, str> {
        let raw = match sequence.text_of(token) {
            "" => self.standalone.get(&sequence.ids[token]).map_or("", String::as_str),
            text => text,
        };
        let shown = if raw.is_empty() { Cow::Borrowed("∅") } else { visible(raw) };
        let shown = match shown {
            Cow::Borrowed(text) => fit(text, WIDEST),
            Cow::Owned(text) => Cow::Owned(fit(&text, WIDEST).into_owned()),
        };
        match sequence.share(token) {
            (_, 1) => shown,
            (place, _) => Cow::Owned(format!("{shown}{}", superscript(place + 1))),
        }
    }

    /// The columns of a token's text.
    #[must_use]
    pub fn width(&self, token: usize) -> usize {
        usize::from(self.widths[token])
    }

    /// The columns of the longest name of a role.
    #[must_use]
    pub fn widest_role(&self) -> usize {
        self.widest_role
    }

    /// Of some tokens in order, the columns of their texts and whether the next token starts a new row.
    pub fn measures(&self, tokens: Range<usize>) -> impl Iterator<Item = (usize, bool)> {
        let measures = self.widths[tokens.clone()].iter().zip(&self.breaks[tokens]);
        measures.map(|(width, breaks)| (usize::from(*width), *breaks))
    }

    /// All tokens in pieces of about that many, each of which starts a new row.
    #[must_use]
    pub fn pieces(&self, size: usize) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = 0;
        while start < self.breaks.len() {
            let least = (start + size).min(self.breaks.len());
            let more = self.breaks[least - 1..].iter().position(|breaks| *breaks);
            let end = more.map_or(self.breaks.len(), |more| least + more);
            pieces.push(start..end);
            start = end;
        }
        pieces
    }

    /// The text that an id stands for where the rendered text has nothing for it.
    #[must_use]
    pub fn standalone(&self, id: u32) -> Option<&str> {
        self.standalone.get(&id).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::{Padding, Shape, Span};
    use crate::tokenizer::EncodedText;

    #[test]
    fn parts_of_a_character_are_numbered() {
        let encoded = EncodedText { ids: vec![5, 6, 7, 8, 0], ranges: vec![0..1, 1..4, 1..4, 4..5, 5..5] };
        let spans = vec![Span { bytes: 0..5, message: None, role: String::new(), part: Part::Content }];
        let shape = Shape { max_length: None, padding: Padding::Tokens(0), pad_id: 0 };
        let sequence = Sequence::new("a滚\n".to_owned(), encoded, spans, shape);
        let glyphs = Glyphs::measure(&sequence, |_| "<unk>".to_owned());
        let texts: Vec<_> = (0..5).map(|token| glyphs.text(&sequence, token)).collect();
        assert_eq!(texts, ["a", "滚¹", "滚²", "⏎", "<unk>"]);
        assert_eq!(
            (glyphs.width(1), glyphs.width(4), glyphs.measures(3..4).next()),
            (3, 5, Some((glyphs.width(3), true)))
        );
    }

    #[test]
    fn pieces_part_where_rows_do() {
        let breaks = [false, true, false, false, true, false].to_vec();
        let glyphs = Glyphs { widths: vec![1; 6], breaks, ..Glyphs::default() };
        assert_eq!(glyphs.pieces(1), [0..2, 2..5, 5..6]);
        assert_eq!(glyphs.pieces(3), [0..5, 5..6]);
        assert!(Glyphs::default().pieces(3).is_empty());
    }
}
