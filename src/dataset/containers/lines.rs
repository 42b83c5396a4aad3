//! JSON lines: one record per line, blank lines between them allowed.

use std::sync::Arc;

use super::{Container, Extent, Form, Head, Layout, Splitter, Start, TextLayout, Verdict};
use crate::dataset::json;
use crate::error::RecordError;

pub(super) const CONTAINER: Container = Container { name: "JSON lines", recognise };

/// Lines are what everything is that is nothing else: a wrong file then gets an error for each line that says why.
fn recognise(_: &Head) -> Verdict {
    Verdict::Yes(Layout::Text(TextLayout {
        start: Start { offset: 0, line: 1 },
        splitter: |start| Box::new(Lines::new(start)),
        parse: Arc::new(json::parse_line),
        form: Form::Line,
    }))
}

/// Splits at newlines and leaves out lines of white space.
pub(super) struct Lines {
    /// Where the next block begins.
    offset: u64,
    /// Where the current line begins.
    start: Start,
    /// The current line has only white space so far.
    blank: bool,
}

impl Lines {
    pub(super) fn new(start: Start) -> Self {
        Self { offset: start.offset, start, blank: true }
    }
}

impl Splitter for Lines {
    fn feed(&mut self, block: &[u8], found: &mut Vec<Extent>) {
        let mut from = 0;
        for newline in memchr::memchr_iter(b'\n', block) {
            let end = self.offset + newline as u64;
            if !(self.blank && is_blank(&block[from..newline])) {
                found.push(Extent { start: self.start, end });
            }
            self.start = Start { offset: end + 1, line: self.start.line + 1 };
            self.blank = true;
            from = newline + 1;
        }
        self.blank = self.blank && is_blank(&block[from..]);
        self.offset += block.len() as u64;
    }

    fn finish(&mut self, found: &mut Vec<Extent>) -> Result<(), RecordError> {
        if !self.blank {
            found.push(Extent { start: self.start, end: self.offset });
            self.blank = true;
        }
        Ok(())
    }

    fn line(&self) -> usize {
        self.start.line
    }

    fn rest(&self) -> Option<Start> {
        Some(self.start)
    }
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the splitter must find, in the plainest way.
    fn naive(text: &[u8]) -> Vec<Extent> {
        let mut extents = Vec::new();
        let mut offset = 0;
        for (index, line) in text.split(|&byte| byte == b'\n').enumerate() {
            let end = offset + line.len() as u64;
            if !line.trim_ascii().is_empty() {
                extents.push(Extent { start: Start { offset, line: index + 1 }, end });
            }
            offset = end + 1;
        }
        extents
    }

    fn split(text: &[u8], block: usize) -> Vec<Extent> {
        let mut lines = Lines::new(Start { offset: 0, line: 1 });
        let mut found = Vec::new();
        for piece in text.chunks(block) {
            lines.feed(piece, &mut found);
        }
        lines.finish(&mut found).unwrap();
        found
    }

    #[test]
    fn any_block_length_gives_the_same_lines() {
        for text in [
            "",
            "\n",
            "a",
            "a\n",
            "a\r\nb\r\n",
            "\n\na\n \t\r\n\nb",
            "a long line that no block holds\n\n  \nb\n",
            "   \n   ",
            "a\n\r\n\u{3000}\nb",
        ] {
            for block in 1..=text.len().max(1) + 1 {
                assert_eq!(split(text.as_bytes(), block), naive(text.as_bytes()), "{text:?} in blocks of {block}");
            }
        }
    }

    #[test]
    fn random_texts_agree_with_the_naive_split() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        for _ in 0..2_000 {
            let text: Vec<u8> = (0..random(200)).map(|_| b"\n\n\r \tab{}\xe5"[random(10) as usize]).collect();
            let block = 1 + random(40) as usize;
            assert_eq!(split(&text, block), naive(&text), "{text:?} in blocks of {block}");
        }
    }
}
