//! The index of records: what is known so far, and the thread that makes it grow.
//!
//! Not every record is remembered, only one about every 64 KiB: a record is found by splitting again from the last
//! remembered place before it. The index of 10 GB is 4 MB, however short or long the records are.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::containers::{self, Extent, Head, Layout, Start, Table, TextLayout};
use super::open::Origin;
use super::store::{Counting, Spooling, Store, StoreReader};
use crate::error::RecordError;

/// Distance between remembered places, in bytes; also what is read at most to find a record between two of them.
pub(super) const STRIDE: u64 = 64 * 1024;
/// The first block is short, so that the first record is there at once.
const FIRST_BLOCK: usize = 64 * 1024;
const BLOCK: usize = 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// By then a container must have been recognised.
const HEAD_LIMIT: usize = 256 * 1024;

/// What the readers and the thread share.
pub(super) struct Shared {
    pub(super) names: Vec<Arc<str>>,
    /// Bytes of all files, or `None` with a stream among them.
    pub(super) bytes_total: Option<u64>,
    pub(super) bytes_indexed: Arc<AtomicU64>,
    state: Mutex<State>,
    grown: Condvar,
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
    checkpoints: Vec<Checkpoint>,
    /// Where the splitter has come to, in bytes; the readers follow it no further.
    pub(super) split_to: u64,
    /// The damage that ends the file: shown as one record after the others, with its line or row.
    pub(super) fault: Option<(usize, RecordError)>,
    pub(super) complete: bool,
}

/// Where the records of a file are read from.
#[derive(Clone)]
pub(super) enum Contents {
    Unknown,
    Text { name: &'static str, store: Arc<Store>, layout: TextLayout },
    Table { name: &'static str, table: Arc<dyn Table> },
}

/// A remembered record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checkpoint {
    /// Records of the file before it.
    pub(super) position: usize,
    pub(super) start: Start,
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

    /// The last remembered place at or before a record.
    pub(super) fn checkpoint(&self, position: usize) -> Option<Checkpoint> {
        let after = self.checkpoints.partition_point(|checkpoint| checkpoint.position <= position);
        self.checkpoints[..after].last().copied()
    }

    fn add(&mut self, found: &[Extent]) {
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
    pub(super) fn new(names: Vec<Arc<str>>, bytes_total: Option<u64>) -> Self {
        Self {
            names,
            bytes_total,
            bytes_indexed: Arc::default(),
            state: Mutex::default(),
            grown: Condvar::new(),
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

    fn change(&self, file: usize, change: impl FnOnce(&mut FileIndex)) {
        change(&mut self.state().files[file]);
        self.grown.notify_all();
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Indexes the files one after the other; runs on a thread of its own.
pub(super) fn build(shared: &Arc<Shared>, origins: Vec<Origin>) {
    // Whatever happens here, a panic in a decoder included, nobody may wait for ever.
    let _completion = Completion(Arc::clone(shared));
    for (file, origin) in origins.into_iter().enumerate() {
        if shared.stopped() {
            return;
        }
        {
            let mut state = shared.state();
            let first = state.records();
            state.files.push(FileIndex {
                first,
                known: 0,
                contents: Contents::Unknown,
                checkpoints: Vec::new(),
                split_to: 0,
                fault: None,
                complete: false,
            });
        }
        let fault = index_file(shared, file, origin).err();
        shared.change(file, |index| {
            index.fault = fault.map(|fault| (fault.line, fault.error));
            index.complete = true;
        });
    }
}

struct Completion(Arc<Shared>);

impl Drop for Completion {
    fn drop(&mut self) {
        let mut state = self.0.state();
        if let Some(file) = state.files.last_mut().filter(|file| !file.complete) {
            file.complete = true;
            if !self.0.stopped() {
                let reason = "reading failed unexpectedly: the file is damaged or of an unknown kind".to_owned();
                file.fault = Some((file.known + 1, RecordError::Damaged { reason }));
            }
        }
        state.complete = true;
        drop(state);
        self.0.grown.notify_all();
    }
}

/// What ends a file before its time.
struct Fault {
    line: usize,
    error: RecordError,
}

impl Fault {
    fn damaged(line: usize, error: &io::Error) -> Self {
        Self { line, error: RecordError::Damaged { reason: error.to_string() } }
    }
}

fn index_file(shared: &Shared, file: usize, origin: Origin) -> Result<(), Fault> {
    let (mut reader, store) = open(shared, origin).map_err(|error| Fault::damaged(1, &error))?;
    let mut head = Vec::new();
    let (failure, name, layout) = recognise(&shared.names[file], &mut reader, &mut head);
    match layout {
        Layout::Text(layout) => {
            let contents = Contents::Text { name, store, layout: layout.clone() };
            shared.change(file, |index| index.contents = contents);
            index_text(shared, file, &layout, &head, reader, failure)
        }
        Layout::Table(open) => {
            let outcome = failure.map_or_else(|| io::copy(&mut reader, &mut io::sink()), Err);
            outcome.map_err(|error| Fault::damaged(1, &error))?;
            let table = open(store).map_err(|error| Fault { line: 1, error })?;
            shared.change(file, |index| {
                index.known = table.len();
                index.contents = Contents::Table { name, table };
            });
            Ok(())
        }
    }
}

/// The bytes of a file from its start, and where they can be read again.
fn open(shared: &Shared, origin: Origin) -> io::Result<(Box<dyn Read>, Arc<Store>)> {
    let count = Arc::clone(&shared.bytes_indexed);
    match origin {
        Origin::File(file) => {
            let store = Arc::new(Store::new(file));
            Ok((Box::new(Counting::new(StoreReader::new(Arc::clone(&store)), count)), store))
        }
        Origin::Stream(stream) => {
            let spool = Arc::new(Store::spool()?);
            Ok((Box::new(Spooling::new(Counting::new(stream, count), Arc::clone(&spool))), spool))
        }
    }
}

/// Reads into `head` until the container is certain. A failure to read is handed on: what came before it is shown.
fn recognise(name: &str, reader: &mut dyn Read, head: &mut Vec<u8>) -> (Option<io::Error>, &'static str, Layout) {
    let mut block = vec![0; FIRST_BLOCK];
    let mut failure = None;
    loop {
        let count = read(reader, &mut block).unwrap_or_else(|error| {
            failure = Some(error);
            0
        });
        head.extend_from_slice(&block[..count]);
        let settled = count == 0 || head.len() >= HEAD_LIMIT;
        let mark = BYTE_ORDER_MARK.len();
        let skip = match head.get(..mark) {
            Some(BYTE_ORDER_MARK) => mark,
            None if !settled && BYTE_ORDER_MARK.starts_with(head) => continue,
            _ => 0,
        };
        let found = containers::recognise(&Head { name, bytes: &head[skip..], settled });
        if let Some((container, mut layout)) = found {
            if let Layout::Text(layout) = &mut layout {
                layout.start.offset += skip as u64;
            }
            return (failure, container, layout);
        }
    }
}

fn index_text(
    shared: &Shared,
    file: usize,
    layout: &TextLayout,
    head: &[u8],
    mut reader: Box<dyn Read>,
    mut failure: Option<io::Error>,
) -> Result<(), Fault> {
    let mut splitter = (layout.splitter)(layout.start);
    let mut found = Vec::new();
    let mut split_to = head.len() as u64;
    splitter.feed(&head[layout.start.offset as usize..], &mut found);
    let mut block = vec![0; BLOCK];
    loop {
        shared.change(file, |index| {
            index.add(&found);
            index.split_to = split_to;
        });
        found.clear();
        if shared.stopped() {
            return Ok(());
        }
        let count = match failure.take().map_or_else(|| read(&mut *reader, &mut block), Err) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) => return Err(Fault::damaged(splitter.line(), &error)),
        };
        splitter.feed(&block[..count], &mut found);
        split_to += count as u64;
    }
    let outcome = splitter.finish(&mut found);
    shared.change(file, |index| index.add(&found));
    outcome.map_err(|error| Fault { line: splitter.line(), error })
}

fn read(reader: &mut dyn Read, block: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(block) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}
