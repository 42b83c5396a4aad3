//! Arrow IPC, the stream that `datasets` writes and the file that others write: batches are decoded when a row of them
//! is wanted.
//!
//! A file is a stream between two magic words with a list of its batches at the end. The list is not used: walking over
//! the messages costs two short reads for each batch, and finds what is left of a file that was cut off.

use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_ipc::reader::StreamReader;
use arrow_ipc::{MessageHeader, root_as_message};

use super::rows::{Batch, guarded, unreadable};
use super::{Container, Head, Layout, Row, Table, Verdict};
use crate::dataset::store::{Store, StoreReader};
use crate::error::RecordError;

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
    current: Mutex<Option<Batch>>,
}

fn open(store: &Arc<Store>, start: u64) -> Result<Arc<dyn Table>, RecordError> {
    let length = store.length().map_err(|error| unreadable(&error))?;
    let mut walk = Messages { store, at: start, length };
    let Some((schema, Kind::Schema)) = walk.next()? else {
        return Err(damaged("it does not begin with a schema"));
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
                table.batches.push(BatchMessage { message, first: table.rows, dictionaries: table.dictionaries.len() });
                table.rows += rows;
            }
            Ok(Some((_, Kind::Schema))) => {
                table.damage = Some(damaged("a second schema follows"));
                break;
            }
            Err(error) => {
                table.damage = Some(error);
                break;
            }
        }
    }
    Ok(Arc::new(table))
}

fn damaged(reason: &str) -> RecordError {
    RecordError::Damaged {
        reason: format!("the Arrow data is damaged ({reason}): was the file written and downloaded completely?"),
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
    fn next(&mut self) -> Result<Option<(Message, Kind)>, RecordError> {
        let start = self.at;
        if start == self.length {
            // The end mark of a stream may be missing.
            return Ok(None);
        }
        let (metadata, body) = self.metadata()?;
        if metadata.is_empty() {
            return Ok(None);
        }
        let message = root_as_message(&metadata).map_err(|error| damaged(&error.to_string()))?;
        let end = u64::try_from(message.bodyLength()).ok().and_then(|length| body.checked_add(length));
        self.at = end.filter(|end| *end <= self.length).ok_or_else(|| damaged("it is cut off"))?;
        let kind = match message.header_type() {
            MessageHeader::Schema => Kind::Schema,
            MessageHeader::DictionaryBatch => Kind::Dictionary,
            MessageHeader::RecordBatch => {
                let rows = message.header_as_record_batch().map_or(0, |batch| batch.length());
                Kind::Batch(usize::try_from(rows).map_err(|_| damaged("a batch has less than no rows"))?)
            }
            _ => return Err(damaged("a message is of an unknown kind")),
        };
        Ok(Some((Message { start, end: self.at }, kind)))
    }

    /// The description of the message, empty for an end mark, and where its body begins.
    fn metadata(&self) -> Result<(Vec<u8>, u64), RecordError> {
        let mut prefix = [0; 8];
        self.read(&mut prefix, self.at)?;
        let [a, b, c, d, size @ ..] = prefix;
        if [a, b, c, d] != *CONTINUATION {
            return Err(damaged("a message does not begin where it should"));
        }
        let start = self.at + prefix.len() as u64;
        let body = start + u64::from(u32::from_le_bytes(size));
        if body > self.length {
            return Err(damaged("it is cut off"));
        }
        let mut metadata = vec![0; (body - start) as usize];
        self.read(&mut metadata, start)?;
        Ok((metadata, body))
    }

    fn read(&self, buffer: &mut [u8], offset: u64) -> Result<(), RecordError> {
        match self.store.read_full_at(buffer, offset) {
            Ok(count) if count == buffer.len() => Ok(()),
            Ok(_) => Err(damaged("it is cut off")),
            Err(error) => Err(unreadable(&error)),
        }
    }
}

impl Arrow {
    /// Refuses a batch or dictionary whose compressed parts claim to hold more than they can: the decoder would ask for that memory.
    fn check_lengths(&self, message: Message) -> Result<(), RecordError> {
        let walk = Messages { store: &self.store, at: message.start, length: message.end };
        let (metadata, body) = walk.metadata()?;
        let header = root_as_message(&metadata).map_err(|error| damaged(&error.to_string()))?;
        let dictionary = || header.header_as_dictionary_batch()?.data();
        let header = header.header_as_record_batch().or_else(dictionary);
        let Some(header) = header.filter(|header| header.compression().is_some()) else {
            return Ok(());
        };
        for part in header.buffers().into_iter().flatten() {
            let (Ok(offset), Ok(length)) = (u64::try_from(part.offset()), u64::try_from(part.length())) else {
                return Err(damaged("a part begins nowhere"));
            };
            let mut claimed = [0; 8];
            if length < claimed.len() as u64 {
                continue;
            }
            walk.read(&mut claimed, body.saturating_add(offset))?;
            // A negative length stands for a part that is not compressed.
            let limit = length.saturating_mul(HIGHEST_RATIO).min(LONGEST_PART);
            if u64::try_from(i64::from_le_bytes(claimed)).is_ok_and(|claimed| claimed > limit) {
                return Err(damaged("a part claims an impossible length"));
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

impl Table for Arrow {
    fn len(&self) -> usize {
        self.rows
    }

    fn damage(&self) -> Option<RecordError> {
        self.damage.clone()
    }

    fn row(&self, row: usize) -> Result<Row, RecordError> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = current.as_ref().and_then(|batch| batch.row(row)) {
            return Ok(found);
        }
        let after = self.batches.partition_point(|batch| batch.first <= row);
        let message = self.batches[..after].last().ok_or(RecordError::Gone)?;
        let rows = guarded(|| {
            for part in &self.dictionaries[..message.dictionaries] {
                self.check_lengths(*part)?;
            }
            self.check_lengths(message.message)?;
            let mut reader = StreamReader::try_new(self.stream(message), None).map_err(|error| unreadable(&error))?;
            reader.next().ok_or(RecordError::Gone)?.map_err(|error| unreadable(&error))
        })?;
        let batch = Batch { first: message.first, rows: Arc::new(rows) };
        let found = batch.row(row).ok_or(RecordError::Gone)?;
        *current = Some(batch);
        Ok(found)
    }
}
