//! How records stand in the bytes of a file: one file per container, one line each in [`CONTAINERS`].

mod array;
#[cfg(feature = "arrow")]
mod arrow;
#[cfg(feature = "arrow")]
mod cells;
mod csv;
mod foreign;
mod lines;
#[cfg(feature = "arrow")]
mod parquet;
#[cfg(feature = "arrow")]
mod rows;
mod sequence;
mod text;
mod values;

use std::sync::Arc;

use serde_json::Value;

use super::store::Store;
use crate::error::RecordError;

/// The containers in the order in which they are tried; the last one takes whatever is left.
const CONTAINERS: &[Container] = &[
    foreign::CONTAINER,
    #[cfg(feature = "arrow")]
    parquet::CONTAINER,
    #[cfg(feature = "arrow")]
    arrow::STREAM,
    #[cfg(feature = "arrow")]
    arrow::FILE,
    csv::CONTAINER,
    text::CONTAINER,
    array::CONTAINER,
    sequence::CONTAINER,
    lines::CONTAINER,
];

/// A way in which records stand in a file.
pub(super) struct Container {
    /// As people call it: `JSON lines`.
    pub(super) name: &'static str,
    /// Looks at the first bytes of a file.
    pub(super) recognise: fn(&Head) -> Verdict,
}

/// The first bytes of a file, decompressed and without a byte order mark.
pub(super) struct Head<'a> {
    /// The file's name as given, for contents that cannot tell what they are.
    pub(super) name: &'a str,
    /// What has been read so far.
    pub(super) bytes: &'a [u8],
    /// No more will come: the file ends here, or this is enough to decide.
    pub(super) settled: bool,
}

impl Head<'_> {
    /// Whether the name ends in one of these, leaving out the ending of a compressed file.
    fn is_named(&self, endings: &[&str]) -> bool {
        let name = ["gz", "zst", "bz2", "xz"]
            .iter()
            .find_map(|packed| self.name.strip_suffix(packed)?.strip_suffix('.'))
            .unwrap_or(self.name);
        name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    }

    /// Recognises a container by its first bytes.
    #[cfg(feature = "arrow")]
    fn begins_with(&self, magic: &[u8], layout: Layout) -> Verdict {
        if self.bytes.starts_with(magic) {
            Verdict::Yes(layout)
        } else if magic.starts_with(self.bytes) {
            Verdict::Unsure
        } else {
            Verdict::No
        }
    }

    fn looks_like_json(&self) -> bool {
        self.bytes.trim_ascii_start().starts_with(b"{") || self.bytes.trim_ascii_start().starts_with(b"[")
    }
}

/// What a container makes of the first bytes.
pub(super) enum Verdict {
    Yes(Layout),
    /// It is known, and known to be unreadable.
    Refused(RecordError),
    No,
    /// More bytes are needed; counts as no when the head is settled.
    Unsure,
}

/// How to get records out of a file.
#[derive(Clone)]
pub(super) enum Layout {
    /// Records are stretches of bytes that can be found from the start, one after the other.
    Text(TextLayout),
    /// Records are rows of a table that has its own index.
    #[cfg_attr(not(feature = "arrow"), expect(dead_code, reason = "all tables are Arrow tables"))]
    Table(OpenTable),
}

pub(super) type OpenTable = fn(Arc<Store>) -> Result<Arc<dyn Table>, RecordError>;

/// How to find and read records that are stretches of bytes.
#[derive(Clone)]
pub(super) struct TextLayout {
    /// Where the first record begins, at the earliest.
    pub(super) start: Start,
    /// Makes a splitter that goes on from any record's start, or from `start`.
    pub(super) splitter: fn(Start) -> Box<dyn Splitter>,
    /// Makes a value of a record's bytes; the number is the line in which they begin, from 1.
    pub(super) parse: Parse,
    /// What the bytes of a record are.
    pub(super) form: Form,
}

/// What the bytes of a record are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A line of JSON.
    Line,
    /// JSON that may go over several lines.
    Json,
    /// Something else, of which JSON is made.
    Other,
}

pub(super) type Parse = Arc<dyn Fn(&[u8], usize) -> Result<Value, RecordError> + Send + Sync>;

/// A place from which a splitter can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// In bytes from the start of the file.
    pub(super) offset: u64,
    /// The line there, from 1.
    pub(super) line: usize,
}

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) start: Start,
    /// The first byte after the record, from the start of the file.
    pub(super) end: u64,
}

/// Finds records in bytes that arrive block by block, keeping nothing of them.
pub(super) trait Splitter: Send {
    /// Takes the next bytes and appends the records that end in them.
    fn feed(&mut self, block: &[u8], found: &mut Vec<Extent>);

    /// Takes the end of the file: appends a last record without an end mark, and says if the container is damaged.
    fn finish(&mut self, found: &mut Vec<Extent>) -> Result<(), RecordError>;

    /// The line that has been reached, from 1.
    fn line(&self) -> usize;

    /// Where the bytes begin that belong to no record yet, if a splitter can go on there once more are appended.
    fn rest(&self) -> Option<Start> {
        None
    }
}

/// A file whose records are rows.
pub(super) trait Table: Send + Sync {
    /// The number of rows.
    fn len(&self) -> usize;

    /// What is wrong after the last row.
    fn damage(&self) -> Option<RecordError>;

    /// Fetches a row, from 0; making a value of it is left to whoever wants it, on whichever thread.
    fn row(&self, row: usize) -> Result<Row, RecordError>;
}

/// A row that is not yet a value.
pub(super) type Row = Box<dyn FnOnce() -> Result<Value, RecordError> + Send>;

/// What a file that begins with `head` is and how to read it; `None` when more bytes are needed.
pub(super) fn recognise(head: &Head) -> Option<Result<(&'static str, Layout), RecordError>> {
    for container in CONTAINERS {
        match (container.recognise)(head) {
            Verdict::Yes(layout) => return Some(Ok((container.name, layout))),
            Verdict::Refused(error) => return Some(Err(error)),
            Verdict::Unsure if !head.settled => return None,
            Verdict::No | Verdict::Unsure => {}
        }
    }
    None
}
