//! How much one rendering may do and hold.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::error::Failure;
use crate::machine::Machine;
use crate::text::{Builder, Run};
use crate::value::Res;

/// A template's file may have this many bytes; the longest that are in use have some ten thousand.
pub(crate) const MAXIMUM_SOURCE: usize = 1 << 20;

/// A text may have this many bytes, the rendered one and every other.
pub(crate) const MAXIMUM_TEXT: usize = 1 << 25;

/// A list may have this many items.
pub(crate) const MAXIMUM_ITEMS: usize = 1_000_000;

/// All texts and containers alive at a time may have this many bytes.
const MAXIMUM_HELD: usize = 1 << 28;

/// Containers nested deeper than this are refused, as everything that walks through them is recursive.
pub(crate) const MAXIMUM_DEPTH: usize = 100;

/// How deep statements, expressions and macros may be nested while they run: each level is a few frames of the stack,
/// of which a thread has at least two megabytes.
const MAXIMUM_LEVELS: u32 = 1_000;

/// How much work a rendering may do: a step of the template is one unit, and so is a stretch of bytes that are looked at.
const MAXIMUM_WORK: i64 = 16_000_000;

/// How many bytes are looked at in about the time of a step.
const BYTES_PER_UNIT: usize = 32;

/// What it costs to make a text or container, whatever its size.
const ALLOCATION: usize = 6;

/// A rendering that takes longer than this is stopped, whatever it does. The limit of work comes first by far.
const MAXIMUM_TIME: Duration = Duration::from_secs(20);

/// The clock is read each time that this much work is done.
const CLOCK_STRIDE: i64 = 1 << 20;

/// What a rendering has done and holds.
#[derive(Debug)]
pub(crate) struct Budget {
    work: Cell<i64>,
    clock: Cell<i64>,
    levels: Cell<u32>,
    held: Rc<Cell<usize>>,
    /// When the clock was read first.
    started: Cell<Option<Instant>>,
}

thread_local! {
    /// What was made for texts that live no more, of this rendering and of those before it on the thread.
    static SPARE: RefCell<Vec<(String, Vec<Run>)>> = const { RefCell::new(Vec::new()) };
}

/// So many buffers are kept for the texts to come, and none that is longer.
const MOST_SPARE: (usize, usize) = (8, 1 << 16);

/// Bytes that are counted as long as this lives.
#[derive(Debug)]
pub(crate) struct Held {
    bytes: usize,
    all: Rc<Cell<usize>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.set(self.all.get() - self.bytes);
    }
}

/// Takes buffers back that a text no longer needs.
pub(crate) fn take_back(mut text: String, mut runs: Vec<Run>) {
    if text.capacity().max(runs.capacity()) > MOST_SPARE.1 {
        return;
    }
    text.clear();
    runs.clear();
    // At the end of a thread there may be nothing left to keep them in.
    let _ = SPARE.try_with(|spare| {
        let mut spare = spare.borrow_mut();
        if spare.len() < MOST_SPARE.0 {
            spare.push((text, runs));
        }
    });
}

impl Budget {
    pub fn new() -> Self {
        Self::of(MAXIMUM_WORK)
    }

    /// A budget of less work.
    pub fn of(work: i64) -> Self {
        Self {
            work: Cell::new(work),
            clock: Cell::new((work - CLOCK_STRIDE).max(0)),
            levels: Cell::new(0),
            held: Rc::default(),
            started: Cell::new(None),
        }
    }

    /// How much work was done, with that which was spared.
    pub fn done(&self) -> usize {
        (MAXIMUM_WORK - self.work.get()).max(0) as usize
    }

    /// How much work may still be done.
    pub fn left(&self) -> i64 {
        self.work.get()
    }

    /// Takes work back that was for nothing.
    pub fn restore(&self, left: i64) {
        self.work.set(left);
    }

    /// Whether the limit of time is met. The time counts from the first question, since most renderings never ask.
    fn is_late(&self) -> bool {
        let started = self.started.get().unwrap_or_else(Instant::now);
        self.started.set(Some(started));
        started.elapsed() > MAXIMUM_TIME
    }
}

impl<'a> Machine<'a> {
    /// Charges for steps.
    #[inline]
    pub fn charge(&self, units: usize) -> Res<()> {
        let left = self.budget.work.get() - units as i64;
        self.budget.work.set(left);
        if left > self.budget.clock.get() { Ok(()) } else { self.much_done(left) }
    }

    #[cold]
    fn much_done(&self, left: i64) -> Res<()> {
        self.budget.clock.set(left - CLOCK_STRIDE);
        if left < 0 {
            return Err(Failure::limit("it does too much for one conversation"));
        }
        if self.budget.is_late() {
            return Err(Failure::limit("it takes too long for one conversation"));
        }
        Ok(())
    }

    /// Charges for looking at bytes.
    pub fn charge_bytes(&self, bytes: usize) -> Res<()> {
        self.charge(bytes / BYTES_PER_UNIT)
    }

    /// Goes one level deeper for as long as `inside` runs.
    pub fn level<T>(&self, inside: impl FnOnce() -> Res<T>) -> Res<T> {
        let levels = self.budget.levels.get() + 1;
        if levels > MAXIMUM_LEVELS {
            return Err(Failure::limit("its macros, loops or expressions are nested too deeply"));
        }
        self.budget.levels.set(levels);
        let result = inside();
        self.budget.levels.set(levels - 1);
        result
    }

    /// Allows a text of that many bytes.
    pub fn allow_text(bytes: usize) -> Res<()> {
        if bytes > MAXIMUM_TEXT { Err(Failure::limit("it makes a text longer than 32 MB")) } else { Ok(()) }
    }

    /// Allows a text of that many bytes, and charges for it.
    pub fn check_text(&self, bytes: usize) -> Res<()> {
        Self::allow_text(bytes)?;
        self.charge_bytes(bytes)
    }

    /// Allows a list of that many items.
    pub fn allow_items(count: usize) -> Res<()> {
        if count > MAXIMUM_ITEMS { Err(Failure::limit("it makes a list of more than 1000000 items")) } else { Ok(()) }
    }

    /// Allows a list of that many items, and charges for it.
    pub fn check_items(&self, count: usize) -> Res<()> {
        Self::allow_items(count)?;
        self.charge(count / 4)
    }

    /// Counts bytes that are held for as long as what is returned lives.
    pub fn hold(&self, bytes: usize) -> Res<Held> {
        self.charge(ALLOCATION)?;
        let total = self.budget.held.get() + bytes;
        if total > MAXIMUM_HELD {
            return Err(Failure::limit("it holds more than 256 MB of texts and lists"));
        }
        self.budget.held.set(total);
        Ok(Held { bytes, all: self.budget.held.clone() })
    }

    /// A builder of a text, with room if there is any at hand.
    pub fn builder() -> Builder {
        let spare = SPARE.with_borrow_mut(Vec::pop);
        spare.map_or_else(|| Builder::with_capacity(1000, 16), |(text, runs)| Builder { text, runs })
    }
}
