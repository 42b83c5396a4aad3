//! Reading records: one by its number, or all in order.

use std::sync::Arc;
use std::time::Duration;

use super::PassedOver;
use super::containers::{Extent, Splitter, Start, TextLayout};
use super::index::{Contents, STRIDE, Shared};
use super::record::{Body, Lookup, RawRecord, Unit};
use super::sieve::Sieve;
use super::size::ByteSize;
use super::store::Store;
use crate::error::RecordError;

/// How much is read at a time when all records are wanted.
const BLOCK: usize = 1024 * 1024;

/// Goes from record to record in a file of text, no further than the index has come.
struct Cursor {
    store: Arc<Store>,
    layout: TextLayout,
    largest: ByteSize,
    splitter: Box<dyn Splitter>,
    block: Vec<u8>,
    block_start: u64,
    block_length: usize,
    found: Vec<Extent>,
    /// Of `found`, those that have been handed out.
    taken: usize,
    /// Where the next record begins if it stands on the line after the last one, as in JSON lines: what is said of a
    /// record that is no longer there.
    expected_line: usize,
}

impl Cursor {
    fn new(store: Arc<Store>, layout: TextLayout, largest: ByteSize, start: Start, block: usize) -> Self {
        Self {
            splitter: (layout.splitter)(start),
            store,
            layout,
            largest,
            block: vec![0; block],
            block_start: start.offset,
            block_length: 0,
            found: Vec::new(),
            taken: 0,
            expected_line: start.line,
        }
    }

    /// The next record, which the index knows to end before `split_to`, or at the end of the file if it is complete: its
    /// line, and where it stands.
    fn next(&mut self, split_to: u64, complete: bool) -> (usize, Result<Extent, RecordError>) {
        let found = self.find(split_to, complete);
        let line = found.as_ref().map_or(self.expected_line, |extent| extent.start.line);
        self.expected_line = line + 1;
        (line, found)
    }

    fn find(&mut self, split_to: u64, complete: bool) -> Result<Extent, RecordError> {
        self.fill(split_to, complete)?;
        self.taken += 1;
        Ok(self.found[self.taken - 1])
    }

    /// Reads on until a record is found.
    fn fill(&mut self, split_to: u64, complete: bool) -> Result<(), RecordError> {
        while self.taken == self.found.len() {
            self.found.clear();
            self.taken = 0;
            self.block_start += self.block_length as u64;
            self.block_length = 0;
            let wanted = self.block.len().min((split_to.saturating_sub(self.block_start)) as usize);
            self.block_length =
                self.store.read_at(&mut self.block[..wanted], self.block_start).map_err(|error| unreadable(&error))?;
            if self.block_length > 0 {
                self.splitter.feed(&self.block[..self.block_length], &mut self.found);
            } else {
                if wanted > 0 || !complete {
                    return Err(RecordError::Gone);
                }
                // The index has met and reported any damage of the container already.
                let _ = self.splitter.finish(&mut self.found);
                if self.found.is_empty() {
                    return Err(RecordError::Gone);
                }
            }
        }
        Ok(())
    }

    /// Passes over the records before the next one of this block that the sieve may keep.
    fn pass_over(&mut self, sieve: &Sieve, most: usize, split_to: u64, complete: bool) -> PassedOver {
        if !sieve.tells(self.layout.form) || self.fill(split_to, complete).is_err() {
            return PassedOver::default();
        }
        let waiting = &self.found[self.taken..];
        let begin = waiting[0].start.offset;
        if begin < self.block_start {
            // It began in an earlier block, and is looked at as a whole.
            return PassedOver::default();
        }
        let (block, from) = (&self.block[..self.block_length], (begin - self.block_start) as usize);
        let passed = match sieve.next(block, from) {
            None => waiting.len(),
            Some(at) => waiting.partition_point(|extent| extent.end <= self.block_start + at as u64),
        };
        let Some(last) = waiting[..passed.min(most)].last() else { return PassedOver::default() };
        let (records, bytes) = (passed.min(most), (last.end - begin) as usize);
        self.expected_line = last.start.line + 1;
        self.taken += records;
        PassedOver { records, bytes }
    }

    fn bytes(&self, extent: Extent) -> Result<Vec<u8>, RecordError> {
        let length = extent.end - extent.start.offset;
        if length > self.largest.bytes() {
            return Err(RecordError::TooLarge { bytes: length, largest: self.largest.bytes() });
        }
        let length = length as usize;
        if extent.start.offset >= self.block_start {
            let from = (extent.start.offset - self.block_start) as usize;
            if let Some(bytes) = self.block[..self.block_length].get(from..from + length) {
                return Ok(bytes.to_vec());
            }
        }
        // The record began in an earlier block. Reading it once more needs no more memory than the record itself.
        let mut bytes = vec![0; length];
        let count = self.store.read_full_at(&mut bytes, extent.start.offset).map_err(|error| unreadable(&error))?;
        if count < length { Err(RecordError::Gone) } else { Ok(bytes) }
    }

    /// The next record's line and bytes.
    fn next_body(&mut self, split_to: u64, complete: bool) -> (usize, Body) {
        let (line, found) = self.next(split_to, complete);
        let body = found.and_then(|extent| {
            let parse = Arc::clone(&self.layout.parse);
            Ok(Body::Text { bytes: self.bytes(extent)?, parse, form: self.layout.form })
        });
        (line, body.unwrap_or_else(Body::Fault))
    }
}

fn unreadable(error: &std::io::Error) -> RecordError {
    RecordError::Unreadable { reason: error.to_string() }
}

/// What is needed to read one record, taken from the index so that reading does not hold it up.
enum Plan {
    Text { cursor: Cursor, skip: usize, split_to: u64, complete: bool },
    Ready(usize, Body),
    Row(Arc<dyn super::containers::Table>, usize),
}

/// Reads a record that the index knows.
pub(super) fn fetch(shared: &Shared, index: usize) -> RawRecord {
    let (file, unit, plan) = plan(shared, index, STRIDE as usize);
    let file = Arc::clone(&shared.names[file]);
    let number = index + 1;
    let (line, body) = match plan {
        Plan::Ready(line, body) => (line, body),
        Plan::Row(table, row) => (row + 1, table.row(row).map_or_else(Body::Fault, Body::Row)),
        Plan::Text { mut cursor, skip, split_to, complete } => {
            for _ in 0..skip {
                let _ = cursor.next(split_to, complete);
            }
            cursor.next_body(split_to, complete)
        }
    };
    RawRecord { file, number, line, unit, body }
}

fn plan(shared: &Shared, index: usize, block: usize) -> (usize, Unit, Plan) {
    let state = shared.state();
    let number = state.file_of(index);
    let file = &state.files[number];
    let position = index - file.first;
    let unit = if matches!(file.contents, Contents::Text { .. }) { Unit::Line } else { Unit::Row };
    if position >= file.known {
        let (line, error) = file.fault.clone().unwrap_or((1, RecordError::Gone));
        return (number, unit, Plan::Ready(line, Body::Fault(error)));
    }
    let plan = match (&file.contents, file.checkpoint(position)) {
        (Contents::Table(table), _) => Plan::Row(Arc::clone(table), position),
        (Contents::Text { store, layout }, Some(checkpoint)) => Plan::Text {
            cursor: Cursor::new(Arc::clone(store), layout.clone(), shared.limits.record, checkpoint.start, block),
            skip: position - checkpoint.position,
            split_to: file.split_to,
            complete: file.complete,
        },
        _ => Plan::Ready(1, Body::Fault(RecordError::Gone)),
    };
    (number, unit, plan)
}

/// All records from one on, in order, as they become known.
pub(super) struct Walk {
    shared: Arc<Shared>,
    index: usize,
    /// The file that is being read, if it is text.
    cursor: Option<(usize, Cursor)>,
    /// What the index knew when it was last looked at.
    view: View,
}

#[derive(Clone, Copy, Default)]
struct View {
    file: usize,
    /// The record after the last one of this file known to stand in its text or table.
    end: usize,
    split_to: u64,
    complete: bool,
}

impl Walk {
    pub(super) fn new(shared: Arc<Shared>, index: usize) -> Self {
        Self { shared, index, cursor: None, view: View::default() }
    }

    /// Looks at the index again, waiting no longer than that for the wanted record.
    fn look(&mut self, patience: Duration) -> Lookup<()> {
        let (state, lookup) = self.shared.wait_for(self.index, patience);
        if lookup != Lookup::Ready(()) {
            return lookup;
        }
        let number = state.file_of(self.index);
        let file = &state.files[number];
        self.view =
            View { file: number, end: file.first + file.known, split_to: file.split_to, complete: file.complete };
        Lookup::Ready(())
    }

    /// The next record, if the index knows it before `patience` is at its end.
    pub(super) fn next_within(&mut self, patience: Duration) -> Lookup<RawRecord> {
        let known = if self.index < self.view.end { Lookup::Ready(()) } else { self.look(patience) };
        known.map(|()| self.step())
    }

    /// The next record, which the index knows.
    fn step(&mut self) -> RawRecord {
        let index = self.index;
        self.index += 1;
        self.settle(index);
        match &mut self.cursor {
            Some((file, cursor)) if index < self.view.end => {
                let file = Arc::clone(&self.shared.names[*file]);
                let (line, body) = cursor.next_body(self.view.split_to, self.view.complete);
                RawRecord { file, number: index + 1, line, unit: Unit::Line, body }
            }
            _ => fetch(&self.shared, index),
        }
    }

    /// Passes over records that the sieve does not keep, if the index knows one before `patience` is at its end.
    pub(super) fn pass_over(&mut self, sieve: &Sieve, most: usize, patience: Duration) -> PassedOver {
        if self.index >= self.view.end && self.look(patience) != Lookup::Ready(()) {
            return PassedOver::default();
        }
        let most = most.min(self.view.end.saturating_sub(self.index));
        if most == 0 {
            return PassedOver::default();
        }
        self.settle(self.index);
        let Some((_, cursor)) = &mut self.cursor else { return PassedOver::default() };
        let passed = cursor.pass_over(sieve, most, self.view.split_to, self.view.complete);
        self.index += passed.records;
        passed
    }

    /// Has a cursor stand at a record, if it is one of a text.
    fn settle(&mut self, index: usize) {
        if self.cursor.as_ref().is_none_or(|(file, _)| *file != self.view.file) {
            self.cursor = match plan(&self.shared, index, BLOCK) {
                (file, _, Plan::Text { mut cursor, skip, split_to, complete }) => {
                    for _ in 0..skip {
                        let _ = cursor.next(split_to, complete);
                    }
                    Some((file, cursor))
                }
                _ => None,
            };
        }
    }
}
