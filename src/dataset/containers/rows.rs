//! Rows of Arrow batches as records: what Parquet and Arrow files have in common.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_json::WriterBuilder;
use arrow_json::writer::LineDelimited;

use super::Row;
use crate::dataset::json;
use crate::error::RecordError;

/// Rows that have been decoded, and the place of the first of them in the file.
#[derive(Clone)]
pub(super) struct Batch {
    pub(super) first: usize,
    pub(super) rows: Arc<RecordBatch>,
}

impl Batch {
    /// The row of the file, from 0, if it is among these.
    pub(super) fn row(&self, row: usize) -> Option<Row> {
        let within = row.checked_sub(self.first).filter(|within| *within < self.rows.num_rows())?;
        let rows = Arc::clone(&self.rows);
        Some(Box::new(move || value(&rows, within)))
    }
}

fn value(rows: &RecordBatch, within: usize) -> Result<serde_json::Value, RecordError> {
    let text = guarded(|| {
        let mut writer = WriterBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(Vec::new());
        writer.write(&rows.slice(within, 1)).map_err(|error| unreadable(&error))?;
        Ok(writer.into_inner())
    })?;
    json::parse_object(&text, within + 1)
}

/// Runs a decoder that may panic on damaged data instead of giving an error.
pub(super) fn guarded<T>(decode: impl FnOnce() -> Result<T, RecordError>) -> Result<T, RecordError> {
    catch_unwind(AssertUnwindSafe(decode))
        .unwrap_or_else(|_| Err(RecordError::Unreadable { reason: "the data cannot be decoded".to_owned() }))
}

pub(super) fn unreadable(error: &impl ToString) -> RecordError {
    RecordError::Unreadable { reason: error.to_string() }
}
