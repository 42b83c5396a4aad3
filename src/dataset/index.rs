//! The index of records: what is known so far.
//!
//! Not every record is remembered, only one about every 64 KiB: a record is found by splitting again from the last
//! remembered place before it. The index of 10 GB is 4 MB, however short or long the records are.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::containers::{Extent, Start, Table, TextLayout};
use super::record::Lookup;
use super::size::Limits;
use super::store::Store;
use super::watch::Watched;
use crate::error::{Damage, RecordError};

/// Distance between remembered places, in bytes; also what is read at most to find a record between two of them.
pub(super) const STRIDE: u64 = 64 * 1024;

/// What the readers and the thread share.
pub(super) struct Shared {
    pub(super) names: Vec<Arc<str>>,
    /// Bytes of all files, or `None` with a stream among them.
    pub(super) bytes_total: Option<u64>,
    pub(super) bytes_indexed: Arc<AtomicU64>,
    state: Mutex<State>,
    grown: Condvar,
    /// What tells whether the files change.
    pub(super) watched: Mutex<Vec<Option<Watched>>>,
    /// How large records and unpacked files may be.
    pub(super) limits: Limits,
    /// Nobody is interested any more.
    pub(super) stop: AtomicBool,
}

/// What is known so far.
#[derive(Default)]
pub(super) struct State {
    /// The files that have been begun, in order.
    pub(super) files: Vec<FileIndex>,
    /// All files are complete.
    pub(super) complete: bool,
}

/// What is known of one file.
pub(super) struct FileIndex {
    /// Records in the files before this one.
    pub(super) first: usize,
    /// Records known so far, without the fault.
    pub(super) known: usize,
    pub(super) contents: Contents,
    /// What the file is, in words.
    pub(super) kind: Option<String>,
    checkpoints: Vec<Checkpoint>,
    /// Where the splitter has come to, in bytes; the readers follow it no further.
    pub(super) split_to: u64,
    /// The damage that ends the file: shown as one record after the others, with its line or row.
    pub(super) fault: Option<(usize, RecordError)>,
    /// `split_to` is the end of the file.
    pub(super) complete: bool,
    /// How the file can be gone on with when more is appended; `None` for one that cannot.
    pub(super) end: Option<End>,
}

/// The end of a file of lines.
#[derive(Debug, Clone)]
pub(super) struct End {
    /// Where the last line begins that has no line end: the end of the file where every line has one.
    pub(super) rest: Start,
    /// What that line is.
    pub(super) last: LastLine,
    /// The bytes before `split_to`, by which it is known that the file was only appended to.
    pub(super) tail: Vec<u8>,
}

/// What a last line without a line end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LastLine {
    /// There is none, or it is blank.
    None,
    /// It is a record.
    Record,
    /// Nobody has looked at it, since whoever writes it may not be done.
    Held,
}

/// Where the records of a file are read from.
#[derive(Clone)]
pub(super) enum Contents {
    Unknown,
    Text { store: Arc<Store>, layout: TextLayout },
    Table(Arc<dyn Table>),
}

/// A remembered record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checkpoint {
    /// Records of the file before it.
    pub(super) position: usize,
    pub(super) start: Start,
}

/// The last file of a data set, opened again.
pub(super) struct Reopened {
    pub(super) file: usize,
    /// The first record that may be another than before.
    pub(super) from: usize,
    pub(super) store: Arc<Store>,
    pub(super) layout: TextLayout,
    pub(super) end: End,
    /// Where the index had come to.
    pub(super) split_to: u64,
}

impl State {
    /// All records known so far, faults included.
    pub(super) fn records(&self) -> usize {
        self.files.last().map_or(0, |file| file.first + file.len())
    }

    /// The file that holds a record that is known.
    pub(super) fn file_of(&self, index: usize) -> usize {
        self.files.partition_point(|file| file.first <= index) - 1
    }
}

impl FileIndex {
    pub(super) fn len(&self) -> usize {
        self.known + usize::from(self.fault.is_some())
    }

    /// Whether nothing can be read of the file; text always can, as far as it goes.
    pub(super) fn is_refused(&self) -> bool {
        self.complete && self.fault.is_some() && self.known == 0 && !matches!(self.contents, Contents::Text { .. })
    }

    /// The last remembered place at or before a record.
    pub(super) fn checkpoint(&self, position: usize) -> Option<Checkpoint> {
        let after = self.checkpoints.partition_point(|checkpoint| checkpoint.position <= position);
        self.checkpoints[..after].last().copied()
    }

    /// Forgets the last record, which may go on in what was appended.
    fn forget_last(&mut self) {
        self.known -= 1;
        self.checkpoints.retain(|checkpoint| checkpoint.position < self.known);
    }

    pub(super) fn add(&mut self, found: &[Extent]) {
        for extent in found {
            let far = |last: &Checkpoint| extent.start.offset - last.start.offset >= STRIDE;
            if self.checkpoints.last().is_none_or(far) {
                self.checkpoints.push(Checkpoint { position: self.known, start: extent.start });
            }
            self.known += 1;
        }
    }
}

impl Shared {
    pub(super) fn new(
        names: Vec<Arc<str>>,
        bytes_total: Option<u64>,
        watched: Vec<Option<Watched>>,
        limits: Limits,
    ) -> Self {
        Self {
            names,
            bytes_total,
            bytes_indexed: Arc::default(),
            state: Mutex::default(),
            grown: Condvar::new(),
            watched: Mutex::new(watched),
            limits,
            stop: AtomicBool::new(false),
        }
    }

    /// The state; a panic elsewhere cannot leave it half changed in a way that matters, so poison is ignored.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the index has grown.
    pub(super) fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.grown.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the index knows the record at `index` or that there is none, for no longer than `patience`.
    pub(super) fn wait_for(&self, index: usize, patience: Duration) -> (MutexGuard<'_, State>, Lookup<()>) {
        let unknown = |state: &mut State| state.records() <= index && !state.complete;
        let mut state = self.state();
        if unknown(&mut state) && !patience.is_zero() {
            let waited = self.grown.wait_timeout_while(state, patience, unknown);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let lookup = match (index < state.records(), state.complete) {
            (true, _) => Lookup::Ready(()),
            (false, true) => Lookup::PastEnd,
            (false, false) => Lookup::NotYet,
        };
        (state, lookup)
    }

    /// Takes the next file into the index, with nothing known of it.
    pub(super) fn begin_file(&self) {
        let mut state = self.state();
        let first = state.records();
        state.files.push(FileIndex {
            first,
            known: 0,
            contents: Contents::Unknown,
            kind: None,
            checkpoints: Vec::new(),
            split_to: 0,
            fault: None,
            complete: false,
            end: None,
        });
    }

    /// Changes what is known of a file, and wakes up who waits for it.
    pub(super) fn change(&self, file: usize, change: impl FnOnce(&mut FileIndex)) {
        change(&mut self.state().files[file]);
        self.grown.notify_all();
    }

    /// Whether what the index knows of the end of a file still stands there. Only the last file can be gone on with.
    pub(super) fn keeps(&self, number: usize) -> bool {
        let state = self.state();
        let Some(file) = state.files.get(number).filter(|_| number + 1 == self.names.len()) else { return false };
        let (Contents::Text { store, .. }, Some(end)) = (&file.contents, &file.end) else { return false };
        let (store, end, split_to) = (Arc::clone(store), end.clone(), file.split_to);
        drop(state);
        let length = end.tail.len();
        let mut tail = vec![0; length];
        let read = store.read_full_at(&mut tail, split_to - length as u64);
        read.is_ok_and(|count| count == length) && tail == end.tail
    }

    /// Opens the last file again, to go on where it ended: gives that end, the bytes and the record from which on the
    /// index may change. `None` where that cannot be done.
    pub(super) fn reopen(&self) -> Option<Reopened> {
        let mut state = self.state();
        if !state.complete {
            return None;
        }
        let number = state.files.len().checked_sub(1)?;
        let file = &mut state.files[number];
        let (Contents::Text { store, layout }, Some(end), None) = (&file.contents, &file.end, &file.fault) else {
            return None;
        };
        let (store, layout, end) = (Arc::clone(store), layout.clone(), end.clone());
        if end.last == LastLine::Record {
            file.forget_last();
        }
        file.complete = false;
        let (from, split_to) = (file.first + file.known, file.split_to);
        state.complete = false;
        Some(Reopened { file: number, from, store, layout, end, split_to })
    }

    /// Says that no more will become known. A file that is still open has met something unforeseen.
    pub(super) fn close(&self) {
        let mut state = self.state();
        if let Some(file) = state.files.last_mut().filter(|file| !file.complete) {
            file.complete = true;
            if !self.stopped() {
                file.fault = Some((file.known + 1, RecordError::Damaged(Damage::Unforeseen)));
            }
        }
        state.complete = true;
        drop(state);
        self.grown.notify_all();
    }

    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
