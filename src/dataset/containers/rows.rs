//! Rows of Arrow batches as records: what Parquet and Arrow files have in common.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::RecordBatch;

use super::{Row, cells};
use crate::error::{Damage, RecordError, TableFault, TableKind, caught};

/// Rows that have been decoded, and the place of the first of them in the file.
#[derive(Clone)]
pub(super) struct Batch {
    pub(super) first: usize,
    pub(super) rows: Arc<RecordBatch>,
    /// The kind of table, for messages.
    pub(super) kind: TableKind,
}

impl Batch {
    /// The row of the file, from 0, if it is among these.
    pub(super) fn row(&self, row: usize) -> Option<Row> {
        let within = row.checked_sub(self.first).filter(|within| *within < self.rows.num_rows())?;
        let rows = Arc::clone(&self.rows);
        let kind = self.kind;
        Some(Box::new(move || value(&rows, within, kind)))
    }
}

/// A row as a record. Damaged data may make the arrays panic where they are looked at.
fn value(rows: &RecordBatch, within: usize, kind: TableKind) -> Result<serde_json::Value, RecordError> {
    guarded(|fault| damaged_row(kind, fault), || cells::record(rows, within))
}

/// What a table has decoded last.
pub(super) enum Decoded {
    Rows(Batch),
    /// Rows that cannot be decoded; they are not tried again one by one.
    Damaged(Range<usize>, RecordError),
}

impl Decoded {
    /// The row of the file, from 0, if it is among these.
    pub(super) fn row(&self, row: usize) -> Option<Result<Row, RecordError>> {
        match self {
            Self::Rows(batch) => batch.row(row).map(Ok),
            Self::Damaged(rows, error) => rows.contains(&row).then(|| Err(error.clone())),
        }
    }
}

/// Runs a decoder that may panic on damaged data instead of giving an error; then `panicked` makes one.
pub(super) fn guarded<T>(
    panicked: impl FnOnce(TableFault) -> RecordError,
    decode: impl FnOnce() -> Result<T, RecordError>,
) -> Result<T, RecordError> {
    caught(decode).unwrap_or_else(|_| Err(panicked(TableFault::Undecodable)))
}

/// A row that the decoder fails on.
pub(super) fn damaged_row(kind: TableKind, fault: TableFault) -> RecordError {
    RecordError::DamagedRow { kind, fault }
}

/// Damage that ends the rows of a file.
pub(super) fn damaged(kind: TableKind, fault: TableFault) -> RecordError {
    RecordError::Damaged(Damage::Table { kind, fault })
}

pub(super) fn unreadable(error: &impl ToString) -> RecordError {
    RecordError::Unreadable { reason: error.to_string() }
}
