//! Parquet: rows are decoded in small batches when one of them is wanted.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::PageIndexPolicy;
use parquet::file::reader::{ChunkReader, Length};

use super::rows::{Batch, guarded, unreadable};
use super::{Container, Head, Layout, Row, Table, Verdict};
use crate::dataset::store::{Store, StoreReader};
use crate::error::RecordError;

pub(super) const CONTAINER: Container = Container { name: "Parquet", recognise };

const MAGIC: &[u8] = b"PAR1";
/// Few, because rows of conversations are long and one of them may be all that is wanted.
const BATCH_ROWS: usize = 128;

fn recognise(head: &Head) -> Verdict {
    head.begins_with(MAGIC, Layout::Table(open))
}

fn open(store: Arc<Store>) -> Result<Arc<dyn Table>, RecordError> {
    let damaged = |error: ParquetError| RecordError::Damaged {
        reason: format!("the Parquet file is damaged ({error}): was it written and downloaded completely?"),
    };
    let length = store.length().map_err(|error| unreadable(&error))?;
    let file = Chunks { store, length };
    let options = ArrowReaderOptions::new().with_offset_index_policy(PageIndexPolicy::Optional);
    let metadata = guarded(|| ArrowReaderMetadata::load(&file, options).map_err(damaged))?;
    let mut groups = vec![0];
    for group in metadata.metadata().row_groups() {
        groups.push(groups[groups.len() - 1] + usize::try_from(group.num_rows()).unwrap_or(0));
    }
    Ok(Arc::new(Parquet { file, metadata, groups, current: Mutex::default() }))
}

struct Parquet {
    file: Chunks,
    metadata: ArrowReaderMetadata,
    /// The first row of each row group, and the number of rows.
    groups: Vec<usize>,
    /// The batch decoded last, and the reader that gives the next one.
    current: Mutex<Option<(Batch, ParquetRecordBatchReader)>>,
}

impl Parquet {
    fn reader_at(&self, row: usize) -> Result<ParquetRecordBatchReader, RecordError> {
        let group = self.groups.partition_point(|first| *first <= row) - 1;
        ParquetRecordBatchReaderBuilder::new_with_metadata(self.file.clone(), self.metadata.clone())
            .with_row_groups((group..self.groups.len() - 1).collect())
            .with_offset(row - self.groups[group])
            .with_batch_size(BATCH_ROWS)
            .build()
            .map_err(|error| unreadable(&error))
    }
}

impl Table for Parquet {
    fn len(&self) -> usize {
        self.groups[self.groups.len() - 1]
    }

    fn damage(&self) -> Option<RecordError> {
        None
    }

    fn row(&self, row: usize) -> Result<Row, RecordError> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = current.as_ref().and_then(|(batch, _)| batch.row(row)) {
            return Ok(found);
        }
        guarded(|| {
            let (first, mut reader) = match current.take() {
                Some((batch, reader)) if batch.first + batch.rows.num_rows() == row => (row, reader),
                // Whole batches from the group's start on, so that going back a row finds the batch already decoded.
                _ => {
                    let group = self.groups[self.groups.partition_point(|first| *first <= row) - 1];
                    let first = row - (row - group) % BATCH_ROWS;
                    (first, self.reader_at(first)?)
                }
            };
            let rows = reader.next().ok_or(RecordError::Gone)?.map_err(|error| unreadable(&error))?;
            let batch = Batch { first, rows: Arc::new(rows) };
            let found = batch.row(row).ok_or(RecordError::Gone)?;
            *current = Some((batch, reader));
            Ok(found)
        })
    }
}

/// A store as the library wants to read it.
#[derive(Clone)]
struct Chunks {
    store: Arc<Store>,
    length: u64,
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Chunks {
    type T = StoreReader;

    fn get_read(&self, start: u64) -> parquet::errors::Result<StoreReader> {
        Ok(StoreReader::at(Arc::clone(&self.store), start))
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        if start.saturating_add(length as u64) > self.length {
            return Err(ParquetError::EOF("the file ends too early".to_owned()));
        }
        let mut bytes = vec![0; length];
        if self.store.read_full_at(&mut bytes, start)? < length {
            return Err(ParquetError::EOF("the file was changed while it was open".to_owned()));
        }
        Ok(bytes.into())
    }
}
