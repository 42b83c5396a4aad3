//! The walk over a data set: every record worked on by all cores, every result taken in order.
//!
//! ```no_run
//! use maskview::dataset::Dataset;
//! use maskview::survey::{Control, Ending, Survey};
//! use std::ops::ControlFlow;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let dataset = Dataset::open(&["data.jsonl".into()])?;
//! let control = Control::new();
//! let ending = Survey::over(&dataset).records(..1000).run(
//!     &control,
//!     |raw| raw.parse().value.is_err(),
//!     |position, fails| if fails { ControlFlow::Break(position) } else { ControlFlow::Continue(()) },
//! );
//! if let Ending::Stopped(position) = ending {
//!     println!("record {} cannot be read", position + 1);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Everything that looks at more than one record goes through here, so that all of it has the same properties:
//!
//! - **Order.** `take` gets the results in the order of the selection, on the calling thread, each as soon as those before
//!   it are taken. What it does is the same whatever the number of threads.
//! - **All cores.** `work` runs on as many threads as there are cores. A thread that has finished a record takes the next
//!   one at once: there are no batches, so that a record a thousand times longer than the others keeps one thread busy
//!   while the rest go on through the records after it.
//! - **Bounded memory.** The records that have been read and whose results have not been taken are the *window*. No
//!   further record is read while the window holds [`Window::records`] of them or [`Window::bytes`] bytes (a record's own
//!   while it is worked on, afterwards what its result [weighs](Weigh)). A slow `take` thus holds the readers back.
//! - **An end at any time.** `take` ends the walk by [`ControlFlow::Break`], and [`Control::cancelled_when`] does from
//!   outside. No further record is begun then; records in work are finished before [`run`](Survey::run) returns, so that
//!   what was found should be reported from within `take`.
//! - **Any data set.** The index may still grow and its end be unknown: the walk waits for it, and cancelling ends the
//!   wait.
//!
//! For figures of a whole data set, `work` gives those of one record and `take` merges them.
//!
//! The threads are the walk's own and not rayon's: a task of rayon's pool that waits for room in the window could be
//! started by a thread that waits, inside of another record's work, for a part of that work. Neither would ever go on.

mod control;
mod selection;
#[cfg(test)]
mod tests;
mod weigh;
mod window;

pub use control::{Control, Progress};
pub use weigh::Weigh;
pub use window::Window;

use crate::dataset::{Dataset, RawRecord, Sieve};
use selection::{Reader, Selection, Step};
use std::ops::{ControlFlow, Range, RangeBounds};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use window::{Head, InFlight, SourceEnd};

/// How long a thread waits before it looks again whether the walk is still wanted.
const PATIENCE: Duration = Duration::from_millis(20);

/// Which records are walked over, and how. Without more, all records forward on all cores.
#[derive(Debug, Clone)]
pub struct Survey {
    dataset: Dataset,
    selection: Selection,
    threads: usize,
    window: Window,
}

/// How a walk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "the walk may not have come to its end"]
pub enum Ending<B> {
    /// Every result was taken.
    Complete,
    /// `take` stopped it.
    Stopped(B),
    /// It was cancelled from outside.
    Cancelled,
    /// A range of a [list](Survey::listed) begins at a record that is not there. What stands before it was taken.
    Missing {
        /// The record, counted from 0.
        asked: usize,
        /// How many records there are.
        count: usize,
    },
}

impl Survey {
    /// A walk over all records of a data set.
    #[must_use]
    pub fn over(dataset: &Dataset) -> Self {
        let selection = Selection::all();
        Self { dataset: dataset.clone(), selection, threads: rayon::current_num_threads(), window: Window::default() }
    }

    /// Only these records, counted from 0, as far as the data set has them.
    #[must_use]
    pub fn records(self, records: impl RangeBounds<usize>) -> Self {
        Self { selection: self.selection.of_range(records), ..self }
    }

    /// Only the records of these ranges, counted from 0, one range after the other. A range may end past the last record,
    /// but where it begins past it, the walk ends there and [says so](Ending::Missing).
    #[must_use]
    pub fn listed(self, ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        Self { selection: self.selection.of_list(ranges), ..self }
    }

    /// From the last of the chosen records to the first. Where the last is not known yet, its place is waited for.
    #[must_use]
    pub fn backward(self) -> Self {
        Self { selection: self.selection.reversed(), ..self }
    }

    /// On that many threads, at least one.
    #[must_use]
    pub fn threads(self, threads: usize) -> Self {
        Self { threads: threads.max(1), ..self }
    }

    /// With another limit for what is in memory.
    #[must_use]
    pub fn window(self, window: Window) -> Self {
        Self { window, ..self }
    }

    /// Walks. `work` is called for each record on any thread, in any order; `take` on this one, in the order of the
    /// selection, with the record's position in the data set, from 0.
    ///
    /// # Panics
    /// Where `work` panics, when its result would be taken.
    pub fn run<T, B>(
        self,
        control: &Control<'_>,
        work: impl Fn(RawRecord) -> T + Sync,
        take: impl FnMut(usize, T) -> ControlFlow<B>,
    ) -> Ending<B>
    where
        T: Weigh + Send,
    {
        self.walk(control, None, work, take)
    }

    /// Walks, with `nothing` as the result of every record that the sieve does not keep: these are neither copied nor worked
    /// on. Where many of them follow each other, `take` gets it once for all of them, with the position of the last.
    ///
    /// # Panics
    /// Where `work` panics, when its result would be taken.
    pub fn run_sifted<T, B>(
        self,
        control: &Control<'_>,
        (sieve, nothing): (Option<&Sieve>, fn() -> T),
        work: impl Fn(RawRecord) -> T + Sync,
        take: impl FnMut(usize, T) -> ControlFlow<B>,
    ) -> Ending<B>
    where
        T: Weigh + Send,
    {
        self.walk(control, sieve.map(|sieve| Passing { sieve, nothing }), work, take)
    }

    fn walk<T, B>(
        self,
        control: &Control<'_>,
        passing: Option<Passing<'_, T>>,
        work: impl Fn(RawRecord) -> T + Sync,
        mut take: impl FnMut(usize, T) -> ControlFlow<B>,
    ) -> Ending<B>
    where
        T: Weigh + Send,
    {
        let threads = self.threads.min(self.selection.most()).max(1);
        let walk = Walk {
            in_flight: InFlight::new(self.window),
            reader: Mutex::new(Reader::new(self.dataset.clone(), self.selection.clone())),
            control,
            passing,
            work,
        };
        std::thread::scope(|scope| {
            // However this ends, by a panic too, the threads must not wait for room for ever.
            let _closing = Closing(&walk.in_flight);
            for _ in 0..threads {
                scope.spawn(|| walk.work_on_records());
            }
            loop {
                match walk.in_flight.head(control) {
                    Head::Ready { position, records, size, result } => {
                        let result = result.unwrap_or_else(|panic| resume_unwind(panic));
                        control.count(records, size, || self.selection.total(self.dataset.progress()));
                        if let ControlFlow::Break(found) = take(position, result) {
                            return Ending::Stopped(found);
                        }
                    }
                    Head::Ended(SourceEnd::Complete) => return Ending::Complete,
                    Head::Ended(SourceEnd::Missing { asked, count }) => return Ending::Missing { asked, count },
                    Head::Cancelled => return Ending::Cancelled,
                }
            }
        })
    }
}

/// Tells the threads to end.
struct Closing<'a, T>(&'a InFlight<T>);

impl<T> Drop for Closing<'_, T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// What the threads of a walk share.
struct Walk<'a, T, W> {
    in_flight: InFlight<T>,
    reader: Mutex<Reader>,
    control: &'a Control<'a>,
    passing: Option<Passing<'a, T>>,
    work: W,
}

/// Which records are not worked on, and what they come to.
struct Passing<'a, T> {
    sieve: &'a Sieve,
    nothing: fn() -> T,
}

/// A record with its place in the order of the walk.
struct Ticket {
    order: usize,
    raw: RawRecord,
}

impl<T: Weigh, W: Fn(RawRecord) -> T> Walk<'_, T, W> {
    fn work_on_records(&self) {
        while let Some(Ticket { order, raw }) = self.next() {
            let result = match &self.passing {
                Some(Passing { sieve, nothing }) if !sieve.keeps(&raw) => Ok(nothing()),
                _ => catch_unwind(AssertUnwindSafe(|| (self.work)(raw))),
            };
            self.in_flight.put(order, result);
        }
    }

    /// The next record, when the window has room for it; `None` when no more is wanted or there.
    fn next(&self) -> Option<Ticket> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        while self.in_flight.wait_for_room(self.control) {
            match reader.next(self.passing.as_ref().map(|passing| passing.sieve), PATIENCE) {
                Step::PassedOver(position, passed) => {
                    if let Some(Passing { nothing, .. }) = &self.passing {
                        self.in_flight.pass(position, passed, nothing());
                    }
                }
                Step::Record(position, raw) => {
                    let order = self.in_flight.admit(position, raw.size());
                    return Some(Ticket { order, raw });
                }
                Step::NotYet => {}
                Step::End => self.in_flight.end(SourceEnd::Complete),
                Step::Missing { asked, count } => self.in_flight.end(SourceEnd::Missing { asked, count }),
            }
        }
        None
    }
}
