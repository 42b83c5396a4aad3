//! Rows of Arrow batches as records: what Parquet and Arrow files have in common.

use std::cell::Cell;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Once};

use arrow_array::RecordBatch;

use super::{Row, cells};
use crate::error::{MEND, RecordError};

/// Rows that have been decoded, and the place of the first of them in the file.
#[derive(Clone)]
pub(super) struct Batch {
    pub(super) first: usize,
    pub(super) rows: Arc<RecordBatch>,
    /// `Parquet file`, for messages.
    pub(super) container: &'static str,
}

impl Batch {
    /// The row of the file, from 0, if it is among these.
    pub(super) fn row(&self, row: usize) -> Option<Row> {
        let within = row.checked_sub(self.first).filter(|within| *within < self.rows.num_rows())?;
        let rows = Arc::clone(&self.rows);
        let container = self.container;
        Some(Box::new(move || value(&rows, within, container)))
    }
}

/// A row as a record. Damaged data may make the arrays panic where they are looked at.
fn value(rows: &RecordBatch, within: usize, container: &'static str) -> Result<serde_json::Value, RecordError> {
    guarded(|reason| damaged_row(container, &reason), || cells::record(rows, within))
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

thread_local! {
    static DECODES: Cell<bool> = const { Cell::new(false) };
}

/// A panic of a decoder becomes the error of a record: nothing of it is to be written over the output or the screen.
fn silence_decoders() {
    static SILENCED: Once = Once::new();
    SILENCED.call_once(|| {
        let speak = panic::take_hook();
        panic::set_hook(Box::new(move |said| {
            if !DECODES.get() {
                speak(said);
            }
        }));
    });
}

/// Whether a panic of this thread is caught and becomes the error of a record.
pub(in crate::dataset) fn catches_panics() -> bool {
    DECODES.get()
}

/// Runs a decoder that may panic on damaged data instead of giving an error; then `panicked` makes one.
pub(super) fn guarded<T>(
    panicked: impl FnOnce(&'static str) -> RecordError,
    decode: impl FnOnce() -> Result<T, RecordError>,
) -> Result<T, RecordError> {
    silence_decoders();
    let outer = DECODES.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(decode));
    DECODES.set(outer);
    outcome.unwrap_or_else(|_| Err(panicked("it cannot be decoded")))
}

/// A row that the decoder fails on.
pub(super) fn damaged_row(container: &'static str, error: &impl ToString) -> RecordError {
    RecordError::DamagedRow { container, reason: one_line(&error.to_string()) }
}

/// Damage that ends the rows of a file.
pub(super) fn damaged(container: &str, error: &impl ToString) -> RecordError {
    let reason = one_line(&error.to_string());
    RecordError::Damaged { reason: format!("the {container} is damaged ({reason}); {MEND}") }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn unreadable(error: &impl ToString) -> RecordError {
    RecordError::Unreadable { reason: error.to_string() }
}
