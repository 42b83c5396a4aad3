//! The thread that makes the index grow.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::compression;
use super::containers::{self, Head, Layout, TextLayout};
use super::index::{Contents, Shared};
use super::open::{Origin, Source};
use super::store::{Counting, Spooling, Store, StoreReader};
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
    let Opened { mut reader, store, spooled, compression } =
        open(shared, origin).map_err(|error| Fault::damaged(1, &error))?;
    let mut head = Vec::new();
    let Recognised { container, layout, failure } = recognise(&shared.names[file], &mut reader, &mut head)?;
    let kind = compression.map_or_else(|| container.to_owned(), |compression| format!("{container}, {compression}"));
    match layout {
        Layout::Text(layout) => {
            let contents = Contents::Text { store, layout: layout.clone() };
            shared.change(file, |index| {
                index.kind = Some(kind);
                index.contents = contents;
            });
            index_text(shared, file, &layout, &head, reader, failure)
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
    let (compression, decoded) = compression::decode(raw)?;
    match plain {
        Some(store) if compression.is_none() => Ok(Opened { reader: decoded, store, spooled: false, compression }),
        _ => {
            let spool = Arc::new(Store::spool()?);
            let reader = Box::new(Spooling::new(decoded, Arc::clone(&spool)));
            Ok(Opened { reader, store: spool, spooled: true, compression })
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
    // At once, since a last record without an end mark can be found only by who knows that the file ends there.
    shared.change(file, |index| {
        index.add(&found);
        index.complete = true;
    });
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
