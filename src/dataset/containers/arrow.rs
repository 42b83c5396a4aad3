//! Arrow IPC, the stream that `datasets` writes and the file that others write: batches are decoded when a row of them
//! is wanted.
//!
//! A file is a stream between two magic words with a list of its batches at the end. The list is not used: walking over
//! the messages costs two short reads for each batch, and finds what is left of a file that was cut off.

use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_ipc::reader::StreamReader;
use arrow_ipc::{MessageHeader, root_as_message};

use super::rows::{Batch, Decoded, damaged, damaged_row, guarded, unreadable};
use super::{Container, Head, Layout, Row, Table, Verdict};
use crate::dataset::store::{Store, StoreReader};
use crate::error::{RecordError, TableFault, TableKind};

pub(super) const STREAM: Container = Container { name: "Arrow stream", recognise: recognise_stream };
pub(super) const FILE: Container = Container { name: "Arrow file", recognise: recognise_file };

const CONTINUATION: &[u8; 4] = b"\xff\xff\xff\xff";
const FILE_MAGIC: &[u8] = b"ARROW1\0\0";

fn recognise_stream(head: &Head) -> Verdict {
    head.begins_with(CONTINUATION, Layout::Table(|store| open(&store, 0)))
}

fn recognise_file(head: &Head) -> Verdict {
    head.begins_with(FILE_MAGIC, Layout::Table(|store| open(&store, FILE_MAGIC.len() as u64)))
}

/// By how much data can shrink at most.
const HIGHEST_RATIO: u64 = 1 << 17;
/// No column of a batch is longer than this, in bytes.
const LONGEST_PART: u64 = 1 << 32;

/// A batch has no more rows than this without a bit for each.
const MOST_EMPTY_ROWS: usize = 1 << 20;

/// A message with its body, in bytes from the start of the file.
#[derive(Debug, Clone, Copy)]
struct Message {
    start: u64,
    end: u64,
}

struct BatchMessage {
    message: Message,
    /// Rows before it.
    first: usize,
    /// How many of the dictionary messages stand before it.
    dictionaries: usize,
}

struct Arrow {
    store: Arc<Store>,
    schema: Message,
    dictionaries: Vec<Message>,
    batches: Vec<BatchMessage>,
    rows: usize,
    damage: Option<RecordError>,
    /// The batch decoded last.
    current: Mutex<Option<Decoded>>,
}

fn open(store: &Arc<Store>, start: u64) -> Result<Arc<dyn Table>, RecordError> {
    let length = store.length().map_err(|error| unreadable(&error))?;
    let mut walk = Messages { store, at: start, length };
    let Some((schema, Kind::Schema)) = walk.next().map_err(Fault::of_file)? else {
        return Err(Fault::Damaged(TableFault::NoSchema).of_file());
    };
    let mut table = Arrow {
        store: Arc::clone(store),
        schema,
        dictionaries: Vec::new(),
        batches: Vec::new(),
        rows: 0,
        damage: None,
        current: Mutex::default(),
    };
    loop {
        match walk.next() {
            Ok(None) => break,
            Ok(Some((message, Kind::Dictionary))) => table.dictionaries.push(message),
            Ok(Some((message, Kind::Batch(rows)))) => {
                let batch = BatchMessage { message, first: table.rows, dictionaries: table.dictionaries.len() };
                if !table.holds(&batch, rows) {
                    table.damage = Some(damaged(KIND, TableFault::ClaimedRows { rows }));
                    break;
                }
                table.batches.push(batch);
                table.rows += rows;
            }
            Ok(Some((_, Kind::Schema))) => {
                table.damage = Some(Fault::Damaged(TableFault::SecondSchema).of_file());
                break;
            }
            Err(error) => {
                table.damage = Some(error.of_file());
                break;
            }
        }
    }
    Ok(Arc::new(table))
}

const KIND: TableKind = TableKind::Arrow;

/// Why a message cannot be read.
enum Fault {
    Damaged(TableFault),
    System(std::io::Error),
}

impl Fault {
    /// Where it ends the rows of the file.
    fn of_file(self) -> RecordError {
        match self {
            Self::Damaged(fault) => damaged(KIND, fault),
            Self::System(error) => unreadable(&error),
        }
    }

    /// Where only the rows of one batch are lost.
    fn of_row(self) -> RecordError {
        match self {
            Self::Damaged(fault) => damaged_row(KIND, fault),
            Self::System(error) => unreadable(&error),
        }
    }
}

enum Kind {
    Schema,
    Dictionary,
    /// With the number of its rows.
    Batch(usize),
}

/// Walks over the messages of a stream without reading their bodies.
struct Messages<'a> {
    store: &'a Store,
    at: u64,
    length: u64,
}

impl Messages<'_> {
    fn next(&mut self) -> Result<Option<(Message, Kind)>, Fault> {
        let start = self.at;
        if start == self.length {
            // The end mark of a stream may be missing.
            return Ok(None);
        }
        let (metadata, body) = self.metadata()?;
        if metadata.is_empty() {
            return Ok(None);
        }
        let message = root_as_message(&metadata).map_err(|error| Fault::Damaged(TableFault::said(&error)))?;
        let end = u64::try_from(message.bodyLength()).ok().and_then(|length| body.checked_add(length));
        self.at = end.filter(|end| *end <= self.length).ok_or(Fault::Damaged(TableFault::CutOff))?;
        let kind = match message.header_type() {
            MessageHeader::Schema => Kind::Schema,
            MessageHeader::DictionaryBatch => Kind::Dictionary,
            MessageHeader::RecordBatch => {
                let rows = message.header_as_record_batch().map_or(0, |batch| batch.length());
                Kind::Batch(usize::try_from(rows).map_err(|_| Fault::Damaged(TableFault::NegativeRows))?)
            }
            _ => return Err(Fault::Damaged(TableFault::UnknownMessage)),
        };
        Ok(Some((Message { start, end: self.at }, kind)))
    }

    /// The description of the message, empty for an end mark, and where its body begins.
    fn metadata(&self) -> Result<(Vec<u8>, u64), Fault> {
        let mut prefix = [0; 8];
        self.read(&mut prefix, self.at)?;
        let [a, b, c, d, size @ ..] = prefix;
        if [a, b, c, d] != *CONTINUATION {
            return Err(Fault::Damaged(TableFault::MisplacedMessage));
        }
        let start = self.at + prefix.len() as u64;
        let body = start + u64::from(u32::from_le_bytes(size));
        if body > self.length {
            return Err(Fault::Damaged(TableFault::CutOff));
        }
        let mut metadata = vec![0; (body - start) as usize];
        self.read(&mut metadata, start)?;
        Ok((metadata, body))
    }

    fn read(&self, buffer: &mut [u8], offset: u64) -> Result<(), Fault> {
        match self.store.read_full_at(buffer, offset) {
            Ok(count) if count == buffer.len() => Ok(()),
            Ok(_) => Err(Fault::Damaged(TableFault::CutOff)),
            Err(error) => Err(Fault::System(error)),
        }
    }
}

impl Arrow {
    /// Refuses a batch or dictionary whose compressed parts claim to hold more than they can: the decoder would ask for that memory.
    fn check_lengths(&self, message: Message) -> Result<(), Fault> {
        let walk = Messages { store: &self.store, at: message.start, length: message.end };
        let (metadata, body) = walk.metadata()?;
        let header = root_as_message(&metadata).map_err(|error| Fault::Damaged(TableFault::said(&error)))?;
        let dictionary = || header.header_as_dictionary_batch()?.data();
        let header = header.header_as_record_batch().or_else(dictionary);
        let Some(header) = header.filter(|header| header.compression().is_some()) else {
            return Ok(());
        };
        for part in header.buffers().into_iter().flatten() {
            let (Ok(offset), Ok(length)) = (u64::try_from(part.offset()), u64::try_from(part.length())) else {
                return Err(Fault::Damaged(TableFault::MisplacedPart));
            };
            let mut claimed = [0; 8];
            if length < claimed.len() as u64 {
                continue;
            }
            walk.read(&mut claimed, body.saturating_add(offset))?;
            // A negative length stands for a part that is not compressed.
            let limit = length.saturating_mul(HIGHEST_RATIO).min(LONGEST_PART);
            if u64::try_from(i64::from_le_bytes(claimed)).is_ok_and(|claimed| claimed > limit) {
                return Err(Fault::Damaged(TableFault::ImpossibleLength));
            }
        }
        Ok(())
    }

    /// A stream of what is needed to decode one batch.
    fn stream(&self, batch: &BatchMessage) -> Box<dyn Read> {
        let part = |message: &Message| {
            StoreReader::at(Arc::clone(&self.store), message.start).take(message.end - message.start)
        };
        let mut stream: Box<dyn Read> = Box::new(part(&self.schema));
        for dictionary in &self.dictionaries[..batch.dictionaries] {
            stream = Box::new(stream.chain(part(dictionary)));
        }
        Box::new(stream.chain(part(&batch.message)).chain(Cursor::new([*CONTINUATION, [0; 4]].concat())))
    }
}

impl Arrow {
    /// Whether a batch has as many rows as it claims. Where they are more than its bytes, it has to prove it: each row
    /// that cannot be read becomes a record of its own, and they must not be more than the file has bytes.
    fn holds(&self, batch: &BatchMessage, rows: usize) -> bool {
        if rows as u64 <= batch.message.end - batch.message.start {
            return true;
        }
        let Ok(Decoded::Rows(decoded)) = self.decode(batch) else { return false };
        // Columns of nulls alone have any number of rows in no bytes at all.
        let most = decoded.rows.get_array_memory_size().saturating_mul(8).max(MOST_EMPTY_ROWS);
        decoded.rows.num_rows() == rows && rows <= most
    }

    fn decode(&self, message: &BatchMessage) -> Result<Decoded, RecordError> {
        let fault = |fault| damaged_row(KIND, fault);
        guarded(fault, || {
            for part in self.dictionaries[..message.dictionaries].iter().chain([&message.message]) {
                self.check_lengths(*part).map_err(Fault::of_row)?;
            }
            let mut reader =
                StreamReader::try_new(self.stream(message), None).map_err(|error| fault(TableFault::said(&error)))?;
            let rows = reader.next().ok_or_else(|| fault(TableFault::MissingBatch))?;
            let rows = Arc::new(rows.map_err(|error| fault(TableFault::said(&error)))?);
            Ok(Decoded::Rows(Batch { first: message.first, rows, kind: KIND }))
        })
    }
}

impl Table for Arrow {
    fn len(&self) -> usize {
        self.rows
    }

    fn damage(&self) -> Option<RecordError> {
        self.damage.clone()
    }

    fn row(&self, row: usize) -> Result<Row, RecordError> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = current.as_ref().and_then(|decoded| decoded.row(row)) {
            return found;
        }
        let after = self.batches.partition_point(|batch| batch.first <= row);
        let message = self.batches[..after].last().ok_or(RecordError::Gone)?;
        let end = self.batches.get(after).map_or(self.rows, |batch| batch.first);
        let decoded = self.decode(message).unwrap_or_else(|error| Decoded::Damaged(message.first..end, error));
        let found = decoded.row(row).unwrap_or(Err(RecordError::Gone));
        *current = Some(decoded);
        found
    }
}
