//! The template's text as Jinja2 reads it, and the way back to the author's text.

use std::ops::Range;

/// A template source with Jinja2's newlines: `\r\n` and `\r` become `\n`, and one newline at the very end goes.
pub(crate) struct NormalisedSource {
    /// The text that is tokenized.
    pub text: String,
    /// Positions in `text` just after a `\n` that stands for two original bytes, ascending.
    shortened: Vec<usize>,
}

impl NormalisedSource {
    /// Reads the author's text.
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut shortened = Vec::new();
        let mut rest = original;
        while let Some(at) = rest.find('\r') {
            text.push_str(&rest[..at]);
            text.push('\n');
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('\n') {
                rest = after;
                shortened.push(text.len());
            }
        }
        text.push_str(rest);
        if text.ends_with('\n') {
            text.pop();
        }
        Self { text, shortened }
    }

    /// The author's byte range for a range of the normalised text.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.shortened.is_empty() {
            return range;
        }
        let shift = |at: usize| at + self.shortened.partition_point(|&after| after <= at);
        shift(range.start)..shift(range.end)
    }

    /// The line of a position in the normalised text, from 1.
    pub fn line(&self, at: usize) -> usize {
        line_of(&self.text, at)
    }
}

/// The line of a byte position, from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newlines_become_one_kind_and_the_last_goes() {
        let source = NormalisedSource::new("a\r\nb\rc\n\n");
        assert_eq!(source.text, "a\nb\nc\n");
    }

    #[test]
    fn ranges_lead_back_to_the_authors_bytes() {
        let original = "a\r\nbc\r\nd";
        let source = NormalisedSource::new(original);
        let at = source.text.find("bc").unwrap();
        assert_eq!(&original[source.original(at..at + 2)], "bc");
        let at = source.text.find('d').unwrap();
        assert_eq!(&original[source.original(at..at + 1)], "d");
    }
}
