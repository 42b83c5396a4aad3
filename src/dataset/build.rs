//! The thread that makes the index grow.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::compression;
use super::containers::{self, Extent, Form, Head, Layout, Splitter, TextLayout};
use super::index::{Contents, End, LastLine, Reopened, Shared};
use super::open::{Origin, Source};
use super::store::{Bounded, Counting, LongestLine, Spooling, Store, StoreReader};
use crate::error::{Damage, RecordError};

/// The first block is short, so that the first record is there at once.
const FIRST_BLOCK: usize = 64 * 1024;
const BLOCK: usize = 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// By then a container must have been recognised.
const HEAD_LIMIT: usize = 256 * 1024;

/// Indexes the files one after the other; runs on a thread of its own.
pub(super) fn build(shared: &Arc<Shared>, sources: Vec<Source>) {
    // Whatever happens here, a panic in a decoder included, nobody may wait for ever.
    let _completion = Completion(Arc::clone(shared));
    let mut bytes_before = 0;
    for (file, source) in sources.into_iter().enumerate() {
        if shared.stopped() {
            return;
        }
        shared.begin_file();
        let fault = index_file(shared, file, source.origin).err();
        // Tables are not read to their end, nor is what is damaged.
        bytes_before =
            source.length.map_or_else(|| shared.bytes_indexed.load(Ordering::Relaxed), |length| bytes_before + length);
        shared.bytes_indexed.store(bytes_before, Ordering::Relaxed);
        shared.change(file, |index| {
            index.fault = fault.map(|fault| (fault.line, fault.error));
            index.complete = true;
        });
    }
}

struct Completion(Arc<Shared>);

impl Drop for Completion {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// What ends a file before its time.
struct Fault {
    line: usize,
    error: RecordError,
}

impl Fault {
    fn damaged(line: usize, error: &io::Error) -> Self {
        let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Damage>()).cloned();
        Self { line, error: RecordError::Damaged(own.unwrap_or_else(|| Damage::System(error.to_string()))) }
    }
}

fn index_file(shared: &Shared, file: usize, origin: Origin) -> Result<(), Fault> {
    let Opened { mut reader, store, spooled, compression, longest } =
        open(shared, origin).map_err(|error| Fault::damaged(1, &error))?;
    let mut head = Vec::new();
    let Recognised { container, layout, failure } = recognise(&shared.names[file], &mut reader, &mut head)?;
    let kind = compression.map_or_else(|| container.to_owned(), |compression| format!("{container}, {compression}"));
    match layout {
        Layout::Text(layout) => {
            if matches!(layout.form, Form::Line) {
                longest.limit(shared.limits.record.bytes());
            }
            let contents = Contents::Text { store, layout: layout.clone() };
            shared.change(file, |index| {
                index.kind = Some(kind);
                index.contents = contents;
            });
            let outcome = index_text(shared, file, &layout, &head, reader, failure);
            if spooled {
                // What is appended to the file is not appended to what was decoded of it.
                shared.change(file, |index| index.end = None);
            }
            outcome
        }
        Layout::Table(open) => {
            // A table is read from its end or with seeks: a stream must have come in completely.
            if let Some(error) = failure {
                return Err(Fault::damaged(1, &error));
            }
            if spooled {
                drain(shared, &mut *reader).map_err(|error| Fault::damaged(1, &error))?;
            }
            let table = open(store).map_err(|error| Fault { line: 1, error })?;
            let rows = table.len();
            let damage = table.damage();
            shared.change(file, |index| {
                index.kind = Some(kind);
                index.known = rows;
                index.contents = Contents::Table(table);
            });
            damage.map_or(Ok(()), |error| Err(Fault { line: rows + 1, error }))
        }
    }
}

/// The bytes of a file from its start, decompressed, and where they can be read again.
struct Opened {
    reader: Box<dyn Read>,
    store: Arc<Store>,
    /// The store fills only as the reader is read.
    spooled: bool,
    compression: Option<&'static str>,
    /// What the store keeps of a line, where it is filled.
    longest: LongestLine,
}

fn open(shared: &Shared, origin: Origin) -> io::Result<Opened> {
    let count = Arc::clone(&shared.bytes_indexed);
    let (raw, plain): (Box<dyn Read>, _) = match origin {
        Origin::File(file) => {
            let store = Arc::new(Store::new(file));
            (Box::new(Counting::new(StoreReader::at(Arc::clone(&store), 0), count)), Some(store))
        }
        Origin::Stream(stream) => (Box::new(Counting::new(stream, count)), None),
    };
    let packed = Arc::new(AtomicU64::new(0));
    let (compression, mut decoded) = compression::decode(Box::new(Counting::new(raw, Arc::clone(&packed))))?;
    if let Some(compression) = compression {
        decoded = Box::new(Bounded::new(decoded, compression, packed, shared.limits));
    }
    let longest = LongestLine::default();
    match plain {
        Some(store) if compression.is_none() => {
            Ok(Opened { reader: decoded, store, spooled: false, compression, longest })
        }
        _ => {
            let spool = Arc::new(Store::spool()?);
            let reader = Box::new(Spooling::new(decoded, Arc::clone(&spool), longest.clone()));
            Ok(Opened { reader, store: spool, spooled: true, compression, longest })
        }
    }
}

fn drain(shared: &Shared, reader: &mut dyn Read) -> io::Result<()> {
    let mut block = vec![0; BLOCK];
    while !shared.stopped() && read(reader, &mut block)? > 0 {}
    Ok(())
}

struct Recognised {
    container: &'static str,
    layout: Layout,
    /// Reading failed on the way; what came before can be shown.
    failure: Option<io::Error>,
}

/// Reads into `head` until it is certain what the file is.
fn recognise(name: &str, reader: &mut dyn Read, head: &mut Vec<u8>) -> Result<Recognised, Fault> {
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
        match containers::recognise(&Head { name, bytes: &head[skip..], settled }) {
            None => {}
            Some(Err(error)) => return Err(Fault { line: 1, error }),
            Some(Ok((container, mut layout))) => {
                if let Layout::Text(layout) = &mut layout {
                    layout.start.offset += skip as u64;
                }
                return Ok(Recognised { container, layout, failure });
            }
        }
    }
}

/// Goes on with the last file after lines were appended to it; runs on a thread of its own.
pub(super) fn extend(shared: &Arc<Shared>, reopened: Reopened, last: LastLine) {
    let _completion = Completion(Arc::clone(shared));
    let Reopened { file, store, layout, end, split_to, .. } = reopened;
    // The last line is read again.
    let again = (split_to - end.rest.offset) as usize;
    let mut tail = end.tail;
    tail.truncate(tail.len().saturating_sub(again));
    let mut splitter = (layout.splitter)(end.rest);
    let mut reader = StoreReader::at(store, end.rest.offset);
    let mut text = Indexing { splitter: &mut *splitter, tail, split_to: end.rest.offset };
    let outcome = text.read_on(shared, file, &mut reader, None, last);
    shared.change(file, |index| {
        index.fault = outcome.err().map(|fault| (fault.line, fault.error));
        index.complete = true;
    });
}

/// Bytes at the end of a file by which it is known again.
const TAIL: usize = 256;

/// A text that is being split into records.
struct Indexing<'a> {
    splitter: &'a mut dyn Splitter,
    /// The last bytes that were split.
    tail: Vec<u8>,
    split_to: u64,
}

impl Indexing<'_> {
    fn feed(&mut self, block: &[u8], found: &mut Vec<Extent>) {
        self.splitter.feed(block, found);
        self.split_to += block.len() as u64;
        self.tail.extend_from_slice(&block[block.len().saturating_sub(TAIL)..]);
        self.tail.drain(..self.tail.len().saturating_sub(TAIL));
    }

    /// Reads to the end of the file. What is said of a last line without a line end depends on who asks.
    fn read_on(
        &mut self,
        shared: &Shared,
        file: usize,
        reader: &mut dyn Read,
        mut failure: Option<io::Error>,
        last: LastLine,
    ) -> Result<(), Fault> {
        let mut found = Vec::new();
        let mut block = vec![0; BLOCK];
        loop {
            if shared.stopped() {
                return Ok(());
            }
            let count = match failure.take().map_or_else(|| read(reader, &mut block), Err) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) => return Err(Fault::damaged(self.splitter.line(), &error)),
            };
            self.feed(&block[..count], &mut found);
            let split_to = self.split_to;
            shared.change(file, |index| {
                index.add(&found);
                index.split_to = split_to;
            });
            found.clear();
        }
        let rest = self.splitter.rest();
        let outcome = if last == LastLine::Held && rest.is_some() { Ok(()) } else { self.splitter.finish(&mut found) };
        let last = match (found.is_empty(), last) {
            (false, _) => LastLine::Record,
            (true, LastLine::Held) if rest.is_some_and(|rest| rest.offset < self.split_to) => LastLine::Held,
            (true, _) => LastLine::None,
        };
        let end = rest.map(|rest| End { rest, last, tail: std::mem::take(&mut self.tail) });
        // At once, since a last record without an end mark can be found only by who knows that the file ends there.
        shared.change(file, |index| {
            index.add(&found);
            index.end = end;
            index.complete = true;
        });
        outcome.map_err(|error| Fault { line: self.splitter.line(), error })
    }
}

fn index_text(
    shared: &Shared,
    file: usize,
    layout: &TextLayout,
    head: &[u8],
    mut reader: Box<dyn Read>,
    failure: Option<io::Error>,
) -> Result<(), Fault> {
    let mut splitter = (layout.splitter)(layout.start);
    let mut found = Vec::new();
    let mut text = Indexing { splitter: &mut *splitter, tail: Vec::new(), split_to: layout.start.offset };
    text.feed(&head[layout.start.offset as usize..], &mut found);
    shared.change(file, |index| {
        index.add(&found);
        index.split_to = head.len() as u64;
    });
    text.read_on(shared, file, &mut *reader, failure, LastLine::Record)
}

fn read(reader: &mut dyn Read, block: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(block) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}
