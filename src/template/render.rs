//! One rendering: what is written, what wrote it, and what Transformers would have recorded meanwhile.
//!
//! Filters cannot be handed anything but values, so the state of the rendering in progress is kept per thread.

use std::cell::RefCell;
use std::io;
use std::ops::Range;

use minijinja::Value;

use super::clock::LocalTime;

/// A rendered text may grow to this many bytes.
const MAXIMUM_OUTPUT: usize = 1 << 28;

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
    pending: Option<usize>,
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
        let writer = if let Some(number) = self.pending.take() {
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
            if progress.text.len() + part.len() > MAXIMUM_OUTPUT {
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

/// The next thing written is the output of that number.
pub(crate) fn output(number: usize) {
    PROGRESS.with_borrow_mut(|progress| progress.pending = Some(number));
}

/// A generation block has ended with this text.
pub(crate) fn generation(text: &Value) -> Value {
    PROGRESS.with_borrow_mut(|progress| {
        let content = text.as_str().unwrap_or_default();
        progress.generation.push((progress.text.len(), content.chars().count()));
        match progress.marks {
            Some((begin, end)) => Value::from(format!("{begin}{content}{end}")),
            None => text.clone(),
        }
    })
}

/// The template itself complains.
pub(crate) fn raise(message: &str) {
    PROGRESS.with_borrow_mut(|progress| progress.raised = Some(message.to_owned()));
}

/// The time that the template sees; none is the clock's.
pub(crate) fn now() -> Option<LocalTime> {
    PROGRESS.with_borrow(|progress| progress.now)
}
