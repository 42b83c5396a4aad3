//! Texts that know where their bytes come from.
//!
//! A text is a stretch of one source, or a stretch of bytes made of several: then runs say for each what it is. Cutting
//! and joining keep the runs; what writes other characters says so, and what has no source has none.

use std::borrow::Borrow;
use std::ops::Range;
use std::rc::Rc;

use crate::limits::{Held, take_back};
use crate::machine::Machine;
use crate::value::Res;

/// No source is known.
pub(crate) const NO_SOURCE: u32 = 0;

/// No statement has written the bytes yet.
pub(crate) const NO_WRITER: u32 = u32::MAX;

/// What the bytes before `end`, from the end of the run before, are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub end: u32,
    /// Number of the source; [`NO_SOURCE`] where none is known.
    pub source: u32,
    /// Bytes of the source.
    pub from: u32,
    pub to: u32,
    /// Whether the bytes are other ones than the source's.
    pub rewritten: bool,
    /// The statement that wrote the bytes, if one did.
    pub writer: u32,
    /// Number of the innermost generation block, from 1; 0 outside.
    pub block: u32,
}

impl Run {
    /// The run so many bytes further on, written by a statement in a block unless it has been written before.
    fn moved(mut self, by: u32, writer: u32, block: u32) -> Self {
        self.end += by;
        if self.writer == NO_WRITER {
            self.writer = writer;
        }
        if self.block == 0 {
            self.block = block;
        }
        self
    }

    fn continues(&self, last: &Self) -> bool {
        let same = (last.source, last.writer, last.block, last.rewritten)
            == (self.source, self.writer, self.block, self.rewritten);
        same && !self.rewritten && (self.source == NO_SOURCE || last.to == self.from)
    }
}

/// A text made of several stretches.
#[derive(Debug)]
pub(crate) struct Whole {
    text: String,
    runs: Vec<Run>,
    _held: Held,
}

impl Drop for Whole {
    fn drop(&mut self) {
        take_back(std::mem::take(&mut self.text), std::mem::take(&mut self.runs));
    }
}

#[derive(Debug, Clone)]
enum Repr<'a> {
    /// Bytes of one source, from `from` on.
    Piece { text: &'a str, source: u32, from: u32 },
    /// Bytes of a text made of several.
    Part { whole: Rc<Whole>, from: u32, to: u32 },
}

/// A Python string.
#[derive(Debug, Clone)]
pub(crate) struct Text<'a> {
    repr: Repr<'a>,
    /// Whether it is a `Markup`, which escapes what is joined to it.
    pub markup: bool,
}

impl<'a> Text<'a> {
    /// Bytes of a source.
    pub fn piece(text: &'a str, source: u32) -> Self {
        Self { repr: Repr::Piece { text, source, from: 0 }, markup: false }
    }

    /// Bytes that come from nowhere in particular.
    pub fn fixed(text: &'static str) -> Self {
        Self::piece(text, NO_SOURCE)
    }

    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.repr {
            Repr::Piece { text, .. } => text,
            Repr::Part { whole, from, to } => &whole.text[*from as usize..*to as usize],
        }
    }

    #[inline]
    pub fn len(&self) -> usize {
        match &self.repr {
            Repr::Piece { text, .. } => text.len(),
            Repr::Part { from, to, .. } => (to - from) as usize,
        }
    }

    /// The same text as a `Markup`, or as none.
    pub fn with_markup(mut self, markup: bool) -> Self {
        self.markup = markup;
        self
    }

    /// Some of its bytes.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let repr = match &self.repr {
            Repr::Piece { text, source, from } => {
                Repr::Piece { text: &text[range.clone()], source: *source, from: from + range.start as u32 }
            }
            Repr::Part { whole, from, .. } => {
                Repr::Part { whole: whole.clone(), from: from + range.start as u32, to: from + range.end as u32 }
            }
        };
        Self { repr, markup: self.markup }
    }

    /// The part that a string method found, which must lie inside.
    pub fn part(&self, part: &str) -> Self {
        if part.is_empty() {
            return self.slice(0..0);
        }
        let start = part.as_ptr() as usize - self.as_str().as_ptr() as usize;
        self.slice(start..start + part.len())
    }

    /// Calls `see` with a run for each stretch of a range; their ends count from the start of the range.
    fn runs(&self, range: Range<usize>, mut see: impl FnMut(Run)) {
        let length = range.len() as u32;
        match &self.repr {
            Repr::Piece { source, from, .. } => {
                let from = from + range.start as u32;
                let (writer, to) = (NO_WRITER, from + length);
                see(Run { end: length, source: *source, from, to, rewritten: false, writer, block: 0 });
            }
            Repr::Part { whole, from, .. } => {
                let (start, stop) = (from + range.start as u32, from + range.end as u32);
                if start == 0 && stop as usize == whole.text.len() {
                    // All of it, with the marks of empty blocks at both ends.
                    return whole.runs.iter().copied().for_each(see);
                }
                let first = whole.runs.partition_point(|run| run.end <= start);
                let mut before = if first == 0 { 0 } else { whole.runs[first - 1].end };
                for run in &whole.runs[first..] {
                    if before >= stop {
                        break;
                    }
                    let mut cut = *run;
                    if !run.rewritten && run.source != NO_SOURCE {
                        cut.from += start.saturating_sub(before);
                        cut.to -= run.end.saturating_sub(stop);
                    }
                    cut.end = run.end.min(stop) - start;
                    see(cut);
                    before = run.end;
                }
            }
        }
    }
}

/// A text that comes from nowhere in particular.
pub(crate) fn plain_text<'a>(cx: &Machine<'a>, text: &str) -> Res<Text<'a>> {
    let mut builder = Builder::default();
    builder.plain(text);
    builder.finish(cx)
}

impl Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

/// Where texts are put together.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    pub text: String,
    pub runs: Vec<Run>,
}

impl Builder {
    /// A builder with room for so many bytes and runs.
    pub fn with_capacity(bytes: usize, runs: usize) -> Self {
        Self { text: String::with_capacity(bytes), runs: Vec::with_capacity(runs) }
    }

    pub fn len(&self) -> usize {
        self.text.len()
    }

    fn push_run(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last) if run.end == last.end && (run.block == 0 || run.block == last.block) => {}
            Some(last) if run.source == last.source && run.continues(last) => {
                last.end = run.end;
                last.to = run.to;
            }
            None if run.end == 0 && run.block == 0 => {}
            _ => self.runs.push(run),
        }
    }

    /// Appends some bytes of a text.
    pub fn slice(&mut self, text: &Text<'_>, range: Range<usize>) {
        self.written(text, range, NO_WRITER, 0);
    }

    /// Appends a text.
    pub fn push(&mut self, text: &Text<'_>) {
        self.append(text, NO_WRITER, 0);
    }

    /// Appends bytes of a source.
    pub fn push_piece(&mut self, text: &str, source: u32) {
        self.piece(text, source, 0, (NO_WRITER, 0));
    }

    #[inline]
    fn piece(&mut self, text: &str, source: u32, from: u32, (writer, block): (u32, u32)) {
        self.text.push_str(text);
        let (end, to) = (self.text.len() as u32, from + text.len() as u32);
        self.push_run(Run { end, source, from, to, rewritten: false, writer, block });
    }

    /// Appends a text that a statement writes, as [`written`](Self::written) does with some of one.
    pub fn append(&mut self, text: &Text<'_>, writer: u32, block: u32) {
        match &text.repr {
            Repr::Piece { text, source, from } => self.piece(text, *source, *from, (writer, block)),
            Repr::Part { .. } => self.written(text, 0..text.len(), writer, block),
        }
    }

    /// Appends what a statement writes inside of a generation block (0 for none). Runs that were written before keep
    /// their writer.
    pub fn written(&mut self, text: &Text<'_>, range: Range<usize>, writer: u32, block: u32) {
        let base = self.text.len() as u32;
        self.text.push_str(&text.as_str()[range.clone()]);
        text.runs(range, |run| self.push_run(run.moved(base, writer, block)));
    }

    /// Appends characters that come from nowhere in particular.
    pub fn plain(&mut self, text: &str) {
        self.text.push_str(text);
        let end = self.text.len() as u32;
        self.push_run(Run { end, source: NO_SOURCE, from: 0, to: 0, rewritten: false, writer: NO_WRITER, block: 0 });
    }

    /// Appends other characters in place of some of a text, if those have one source.
    pub fn rewritten(&mut self, text: &Text<'_>, range: Range<usize>, new: &str) {
        let mut sources: Option<Run> = None;
        let mut single = true;
        text.runs(range, |run| match &mut sources {
            None => sources = Some(run),
            Some(first) if (first.source, first.writer, first.block) == (run.source, run.writer, run.block) => {
                first.from = first.from.min(run.from);
                first.to = first.to.max(run.to);
            }
            Some(_) => single = false,
        });
        self.text.push_str(new);
        let end = self.text.len() as u32;
        let blank = Run { end, source: NO_SOURCE, from: 0, to: 0, rewritten: false, writer: NO_WRITER, block: 0 };
        match sources {
            Some(run) if single => self.push_run(Run { end, rewritten: run.source != NO_SOURCE, ..run }),
            _ => self.push_run(blank),
        }
    }

    /// Appends a text with what `other` gives in place of some of its characters.
    pub fn with_others<S: AsRef<str>>(&mut self, text: &Text<'_>, mut other: impl FnMut(char) -> Option<S>) -> Res<()> {
        let content = text.as_str();
        let mut from = 0;
        for (at, c) in content.char_indices() {
            if let Some(new) = other(c) {
                self.slice(text, from..at);
                from = at + c.len_utf8();
                self.rewritten(text, at..from, new.as_ref());
                Machine::allow_text(self.len())?;
            }
        }
        self.slice(text, from..content.len());
        Ok(())
    }

    /// Marks an empty generation block.
    pub fn empty_block(&mut self, block: u32) {
        let end = self.text.len() as u32;
        let writer = NO_WRITER;
        self.runs.push(Run { end, source: NO_SOURCE, from: 0, to: 0, rewritten: false, writer, block });
    }

    /// The text, unless it is too long or too much is held already.
    pub fn finish<'a>(self, cx: &Machine<'a>) -> Res<Text<'a>> {
        cx.check_text(self.text.len())?;
        let to = self.text.len() as u32;
        if to == 0 && self.runs.is_empty() {
            return Ok(Text::fixed(""));
        }
        let held = cx.hold(self.text.len() + self.runs.len() * size_of::<Run>())?;
        let whole = Rc::new(Whole { text: self.text, runs: self.runs, _held: held });
        Ok(Text { repr: Repr::Part { whole, from: 0, to }, markup: false })
    }
}
