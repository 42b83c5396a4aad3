//! One rendering: what is written, what wrote it, and what Transformers would have recorded meanwhile.
//!
//! Filters cannot be handed anything but values, so the state of the rendering in progress is kept per thread.

use std::cell::RefCell;
use std::io;
use std::ops::Range;

use minijinja::Value;

use super::clock::LocalTime;
use super::size::MAXIMUM_TEXT;

/// The characters that stand around the output of generation blocks while their true places are looked for.
pub(crate) type Marks = (char, char);

/// What wrote a part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// An expression or block, by its number in the translation.
    Output(usize),
    /// Text of the template, by its position in the translated source.
    Data(usize),
    /// Nothing known.
    Unknown,
}

/// The state of a rendering.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// What has been written.
    pub text: Vec<u8>,
    /// Lengths in bytes of the parts, with what wrote each.
    pub parts: Vec<(usize, Writer)>,
    /// Bytes written when a generation block ended, and how many characters the block gave.
    pub generation: Vec<(usize, usize)>,
    /// What the template itself complained about.
    pub raised: Option<String>,
    /// Whether the output grew too long.
    pub too_long: bool,
    /// How many bytes the blocks and macros keep that have not ended.
    captured: usize,
    /// How many it were when each of them began.
    captures: Vec<usize>,
    pending: Option<usize>,
    /// The outputs since something was last written: those of blocks whose text is kept until they end.
    kept: Vec<(usize, Value)>,
    /// What the generation block that is about to be written consists of.
    block: Vec<(usize, Writer)>,
    /// Whether the next output is that block's own.
    ends_block: bool,
    now: Option<LocalTime>,
    marks: Option<Marks>,
    source: Range<usize>,
}

impl Progress {
    /// The state before anything is written.
    pub fn new(source: &str, now: Option<LocalTime>, marks: Option<Marks>) -> Self {
        let range = source.as_bytes().as_ptr_range();
        Self { now, marks, source: range.start as usize..range.end as usize, ..Self::default() }
    }

    fn write(&mut self, part: &[u8]) {
        self.kept.clear();
        let block = std::mem::take(&mut self.block);
        let pending = self.pending.take();
        if pending.is_some() && !block.is_empty() && block.iter().map(|(length, _)| length).sum::<usize>() == part.len()
        {
            self.text.extend_from_slice(part);
            self.parts.extend(block);
            return;
        }
        let writer = if let Some(number) = pending {
            Writer::Output(number)
        } else {
            // Text of the template is written straight from the translated source.
            let at = part.as_ptr() as usize;
            if self.source.contains(&at) { Writer::Data(at - self.source.start) } else { Writer::Unknown }
        };
        self.text.extend_from_slice(part);
        self.parts.push((part.len(), writer));
    }
}

thread_local! {
    static PROGRESS: RefCell<Progress> = RefCell::default();
}

/// Takes what the engine writes.
pub(crate) struct Sink;

impl io::Write for Sink {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        PROGRESS.with_borrow_mut(|progress| {
            if progress.text.len() + part.len() > MAXIMUM_TEXT {
                progress.too_long = true;
                return Err(io::Error::other("the rendered text is too long"));
            }
            if !part.is_empty() {
                progress.write(part);
            }
            Ok(part.len())
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs a rendering with a state of its own and returns what became of that.
pub(crate) fn with<T>(progress: Progress, render: impl FnOnce() -> T) -> (T, Progress) {
    let before = PROGRESS.replace(progress);
    let result = render();
    (result, PROGRESS.replace(before))
}

/// The next thing written, or kept by a block, is the output of that number.
pub(crate) fn output(number: usize, text: &Value) {
    PROGRESS.with_borrow_mut(|progress| {
        if !std::mem::take(&mut progress.ends_block) {
            progress.block.clear();
        }
        progress.pending = Some(number);
        progress.kept.push((number, text.clone()));
    });
}

/// The outputs that a block's text consists of, if the last ones kept add up to it exactly.
fn parts_of(text: &str, kept: &[(usize, Value)]) -> Vec<(usize, Writer)> {
    let mut parts = Vec::new();
    let mut rest = text;
    for (number, output) in kept.iter().rev() {
        let output = output.as_str().unwrap_or_default();
        let Some(before) = rest.strip_suffix(output) else { return Vec::new() };
        if !output.is_empty() {
            parts.push((output.len(), Writer::Output(*number)));
        }
        rest = before;
        if rest.is_empty() {
            parts.reverse();
            return parts;
        }
    }
    Vec::new()
}

/// A generation block has ended with this text.
pub(crate) fn generation(text: &Value) -> Value {
    PROGRESS.with_borrow_mut(|progress| {
        let content = text.as_str().unwrap_or_default();
        progress.generation.push((progress.text.len(), content.chars().count()));
        progress.block = parts_of(content, &progress.kept);
        progress.ends_block = true;
        match progress.marks {
            Some((begin, end)) => Value::from(format!("{begin}{content}{end}")),
            None => text.clone(),
        }
    })
}

/// What a block or macro prints is kept until it ends; gives how many bytes are kept now.
pub(crate) fn captured(bytes: usize) -> usize {
    PROGRESS.with_borrow_mut(|progress| {
        progress.captured += if progress.captures.is_empty() { 0 } else { bytes };
        progress.captured
    })
}

/// A block or macro begins whose text is kept.
pub(crate) fn begin_capture() {
    PROGRESS.with_borrow_mut(|progress| progress.captures.push(progress.captured));
}

/// The last one that began ends.
pub(crate) fn end_capture() {
    PROGRESS.with_borrow_mut(|progress| progress.captured = progress.captures.pop().unwrap_or(0));
}

/// The template itself complains.
pub(crate) fn raise(message: &str) {
    PROGRESS.with_borrow_mut(|progress| progress.raised = Some(message.to_owned()));
}

/// The time that the template sees; none is the clock's.
pub(crate) fn now() -> Option<LocalTime> {
    PROGRESS.with_borrow(|progress| progress.now)
}
