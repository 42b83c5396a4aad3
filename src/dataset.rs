//! Where records come from: files, standard input, and the containers that hold records in them.
//!
//! A [`Dataset`] is read lazily. A thread walks through the files and builds an index of records while the first ones
//! are shown already; only the index and the record that is wanted are in memory. What cannot be read again (standard
//! input, pipes) goes to a temporary file on the way.

mod build;
mod compression;
mod containers;
mod cursor;
mod folder;
mod index;
mod json;
mod open;
mod record;
mod sieve;
mod size;
mod store;
mod watch;

#[cfg(test)]
mod tests;

use std::fmt;
use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

pub use record::{Lookup, RawRecord, Record, Unit};
pub use sieve::{Sieve, Sifted};
pub use size::{ByteSize, Limits};
pub(crate) use store::Store;
pub use watch::{Change, FileChange};

use crate::error::{DatasetError, RecordError};
use crate::words::config::ConfigWarning;
use index::{Contents, LastLine, Shared};
use open::{Origin, Source};

/// The records of one or several files, numbered through in the order of the files.
///
/// A handle: clones are cheap and show the same data set. Dropping the last one ends the thread that builds the index
/// (at the next block it reads; one that waits for a pipe ends with the process).
#[derive(Clone)]
pub struct Dataset {
    handle: Arc<Handle>,
}

struct Handle {
    shared: Arc<Shared>,
    notes: Vec<ConfigWarning>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
    }
}

impl fmt::Debug for Dataset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Dataset")
            .field("files", &self.file_names())
            .field("containers", &self.containers())
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}

/// How far the index has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Records known so far.
    pub records: usize,
    /// All files are indexed: `records` is the number of records of the data set.
    pub complete: bool,
    /// Bytes of the files that are indexed, as they are on disk (compressed ones count compressed).
    pub bytes_indexed: u64,
    /// Bytes of all files; `None` when one of them is standard input or a pipe.
    pub bytes_total: Option<u64>,
}

/// Records in order; see [`Dataset::raw_records`].
pub struct RawRecords {
    walk: cursor::Walk,
    /// The index must go on growing while it is read.
    _dataset: Dataset,
}

/// How long one wait for the index is where a reader waits for ever.
const LONG: Duration = Duration::from_hours(1);

impl RawRecords {
    /// The next record, if the index comes so far before `patience` is at its end.
    pub fn next_within(&mut self, patience: Duration) -> Lookup<RawRecord> {
        self.walk.next_within(patience)
    }

    /// Passes over the next records that the sieve does not keep, at most that many and no more than a block of the file
    /// holds.
    pub fn pass_over(&mut self, sieve: &Sieve, most: usize, patience: Duration) -> PassedOver {
        self.walk.pass_over(sieve, most, patience)
    }
}

/// Records that nobody wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// How many.
    pub records: usize,
    /// What they have in the file, with what stands between them.
    pub bytes: usize,
}

impl Iterator for RawRecords {
    type Item = RawRecord;

    /// Waits for the index where it has not come so far.
    fn next(&mut self) -> Option<RawRecord> {
        loop {
            match self.next_within(LONG) {
                Lookup::Ready(record) => return Some(record),
                Lookup::NotYet => {}
                Lookup::PastEnd => return None,
            }
        }
    }
}

impl Dataset {
    /// Opens files, `-` being standard input, and starts to index them. A folder that `datasets` wrote with
    /// `save_to_disk` stands for the files in it; of several splits `train` is taken, or else the first.
    ///
    /// # Errors
    ///
    /// Fails at once when a path is missing, may not be read or is another folder, when the only file is empty, and when
    /// standard input is named twice. What is wrong inside a file shows later, as a record with an error.
    pub fn open(paths: &[PathBuf]) -> Result<Self, DatasetError> {
        Self::open_with(paths, Limits::default())
    }

    /// The same with other limits for the size of a record and of an unpacked file: what is larger is an error in its place.
    ///
    /// # Errors
    ///
    /// Those of [`Dataset::open`].
    pub fn open_with(paths: &[PathBuf], limits: Limits) -> Result<Self, DatasetError> {
        let opened = open::open(paths)?;
        Self::start(opened.sources, opened.notes, limits)
    }

    /// Reads records from a stream, which is copied to a temporary file as it comes in.
    ///
    /// # Errors
    ///
    /// Fails when no thread can be started.
    pub fn from_reader(name: &str, stream: impl Read + Send + 'static) -> Result<Self, DatasetError> {
        let origin = Origin::Stream(Box::new(stream));
        let source = Source { name: Arc::from(name), origin, length: None, watched: None };
        Self::start(vec![source], Vec::new(), Limits::default())
    }

    fn start(mut sources: Vec<Source>, notes: Vec<ConfigWarning>, limits: Limits) -> Result<Self, DatasetError> {
        let names = sources.iter().map(|source| Arc::clone(&source.name)).collect();
        let bytes_total = sources.iter().map(|source| source.length).sum();
        let watched = sources.iter_mut().map(|source| source.watched.take()).collect();
        let shared = Arc::new(Shared::new(names, bytes_total, watched, limits));
        let builder = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("index".to_owned())
            .spawn(move || build::build(&builder, sources))
            .map_err(|error| DatasetError::Thread { reason: error.to_string() })?;
        Ok(Self { handle: Arc::new(Handle { shared, notes }) })
    }

    fn shared(&self) -> &Arc<Shared> {
        &self.handle.shared
    }

    /// How far the index has come; never waits.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let shared = self.shared();
        let state = shared.state();
        Progress {
            records: state.records(),
            complete: state.complete,
            bytes_indexed: shared.bytes_indexed.load(Ordering::Relaxed),
            bytes_total: shared.bytes_total,
        }
    }

    /// Waits until all files are indexed, and gives the number of records.
    #[must_use]
    pub fn count(&self) -> usize {
        let shared = self.shared();
        let mut state = shared.state();
        while !state.complete {
            state = shared.wait(state);
        }
        state.records()
    }

    /// The record at `index`, from 0. Waits until the index has come so far; `None` past the end.
    #[must_use]
    pub fn record(&self, index: usize) -> Option<Record> {
        let shared = self.shared();
        let mut state = shared.state();
        while state.records() <= index {
            if state.complete {
                return None;
            }
            state = shared.wait(state);
        }
        drop(state);
        Some(cursor::fetch(shared, index).parse())
    }

    /// The record at `index`, from 0, if the index has come so far; does not wait for it.
    #[must_use]
    pub fn try_record(&self, index: usize) -> Lookup {
        self.raw_record_within(index, Duration::ZERO).map(RawRecord::parse)
    }

    /// The record at `index`, from 0, not parsed, if the index comes so far before `patience` is at its end.
    #[must_use]
    pub fn raw_record_within(&self, index: usize, patience: Duration) -> Lookup<RawRecord> {
        let shared = self.shared();
        let (state, lookup) = shared.wait_for(index, patience);
        drop(state);
        lookup.map(|()| cursor::fetch(shared, index))
    }

    /// All records in order, parsed one after the other; waits for the index where it has not come so far.
    pub fn records(&self) -> impl Iterator<Item = Record> + Send + use<> {
        self.raw_records(0).map(RawRecord::parse)
    }

    /// The records from `index` on (from 0) in order, read in large blocks but not parsed: the cheap part, to be done
    /// on one thread, while [`RawRecord::parse`] is done on many.
    #[must_use]
    pub fn raw_records(&self, index: usize) -> RawRecords {
        RawRecords { walk: cursor::Walk::new(Arc::clone(self.shared()), index), _dataset: self.clone() }
    }

    /// Waits until it is known whether the one file of the data set can be read. A file among several that cannot be
    /// read is a record with an error instead, since the others can.
    ///
    /// # Errors
    ///
    /// Fails when nothing can be read of the file: a table without its index, an archive.
    pub fn readable(&self) -> Result<(), DatasetError> {
        let shared = self.shared();
        let [name] = shared.names.as_slice() else { return Ok(()) };
        let mut state = shared.state();
        loop {
            match state.files.first() {
                Some(file) if file.is_refused() => {
                    let error = file.fault.as_ref().map_or(RecordError::Gone, |(_, error)| error.clone());
                    return Err(DatasetError::Refused { file: name.to_string(), error: Box::new(error) });
                }
                Some(file) if file.complete || matches!(file.contents, Contents::Text { .. }) => return Ok(()),
                _ if state.complete => return Ok(()),
                _ => state = shared.wait(state),
            }
        }
    }

    /// The first file that is not what it was when it was looked at last; each change is told once. Streams do not change.
    #[must_use]
    pub fn changed(&self) -> Option<FileChange> {
        let shared = self.shared();
        let mut watched = shared.watched.lock().unwrap_or_else(PoisonError::into_inner);
        watched.iter_mut().enumerate().find_map(|(number, watched)| {
            let change = watched.as_mut()?.change(|| shared.keeps(number))?;
            Some(FileChange { file: Arc::clone(&shared.names[number]), change })
        })
    }

    /// Whether a last line without a line end is left out, since it may not be whole.
    #[must_use]
    pub fn holds_line_back(&self) -> bool {
        let state = self.shared().state();
        let end = state.files.last().and_then(|file| file.end.as_ref());
        state.complete && end.is_some_and(|end| end.last == LastLine::Held)
    }

    /// Goes on with the last file, to which lines were appended, and gives the first record that may be another than
    /// before. A last line without a line end is left out: [`Dataset::take_last_line`] takes it. `None` where the data set
    /// has to be opened again instead: it is no file of lines, or it is still being indexed.
    #[must_use]
    pub fn extend(&self) -> Option<usize> {
        self.go_on(LastLine::Held)
    }

    /// Takes a last line without a line end that was held back, as [`Dataset::extend`] does.
    #[must_use]
    pub fn take_last_line(&self) -> Option<usize> {
        self.go_on(LastLine::Record)
    }

    fn go_on(&self, last: LastLine) -> Option<usize> {
        let shared = Arc::clone(self.shared());
        let reopened = shared.reopen()?;
        let from = reopened.from;
        let builder = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("index".to_owned());
        let started = thread.spawn(move || build::extend(&builder, reopened, last));
        if started.is_err() {
            shared.close();
        }
        Some(from)
    }

    /// The files in order, as the user named them; `-` for standard input.
    #[must_use]
    pub fn file_names(&self) -> &[Arc<str>] {
        &self.shared().names
    }

    /// What the user should know of how the files were chosen: which split of a saved data set is shown.
    #[must_use]
    pub fn notes(&self) -> &[ConfigWarning] {
        &self.handle.notes
    }

    /// What each file is, in words, as far as that is known: `JSON lines, gzip`.
    fn containers(&self) -> Vec<Option<String>> {
        self.shared().state().files.iter().map(|file| file.kind.clone()).collect()
    }
}
