//! Parquet: rows are decoded in small batches when one of them is wanted.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, PageIndexPolicy, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, Length};

use super::rows::{Batch, Decoded, damaged, damaged_row, guarded, unreadable};
use super::{Container, Head, Layout, Row, Table, Verdict};
use crate::dataset::store::{Store, StoreReader};
use crate::error::{Damage, RecordError, TableFault, TableKind};

pub(super) const CONTAINER: Container = Container { name: "Parquet", recognise };

const KIND: TableKind = TableKind::Parquet;
const MAGIC: &[u8] = b"PAR1";
/// Few, because rows of conversations are long and one of them may be all that is wanted.
const BATCH_ROWS: usize = 128;

fn recognise(head: &Head) -> Verdict {
    head.begins_with(MAGIC, Layout::Table(open))
}

fn open(store: Arc<Store>) -> Result<Arc<dyn Table>, RecordError> {
    let length = store.length().map_err(|error| unreadable(&error))?;
    let file = Chunks { store, length };
    let options = ArrowReaderOptions::new().with_offset_index_policy(PageIndexPolicy::Optional);
    let metadata = guarded(
        |fault| damaged(KIND, fault),
        || ArrowReaderMetadata::load(&file, options).map_err(|error| damaged(KIND, fault_of(error))),
    )?;
    let columns = metadata.metadata().row_groups().iter().flat_map(RowGroupMetaData::columns);
    if let Some(codec) = columns.map(ColumnChunkMetaData::compression).find(|codec| !is_read(*codec)) {
        return Err(RecordError::Damaged(Damage::Codec { codec: codec.to_string() }));
    }
    let mut groups = vec![0_usize];
    for group in metadata.metadata().row_groups() {
        let end = usize::try_from(group.num_rows()).ok().and_then(|rows| groups[groups.len() - 1].checked_add(rows));
        groups.push(end.ok_or_else(|| damaged(KIND, TableFault::ImpossibleRows))?);
    }
    let table = Parquet { file, metadata, groups, current: Mutex::default() };
    table.check_rows()?;
    Ok(Arc::new(table))
}

/// Brotli and LZO are left out: data sets do not use them.
fn is_read(codec: Compression) -> bool {
    !matches!(codec, Compression::BROTLI(_) | Compression::LZO)
}

/// What is wrong, in the words of maskview where it has found the fault itself.
fn fault_of(error: ParquetError) -> TableFault {
    match error {
        ParquetError::External(inner) => match inner.downcast::<TableFault>() {
            Ok(own) => *own,
            Err(other) => TableFault::said(&other),
        },
        other => TableFault::said(&other),
    }
}

struct Parquet {
    file: Chunks,
    metadata: ArrowReaderMetadata,
    /// The first row of each row group, and the number of rows.
    groups: Vec<usize>,
    current: Mutex<Option<Current>>,
}

/// What was decoded last, and the reader that goes on in its row group at that row.
type Current = (Decoded, Option<(usize, ParquetRecordBatchReader)>);

impl Parquet {
    /// The number of the row group that holds a row.
    fn group_of(&self, row: usize) -> usize {
        self.groups.partition_point(|first| *first <= row) - 1
    }

    /// Refuses a file with more rows than bytes that are not there: each row that cannot be read would become a record
    /// of its own. The last row of each group proves the others.
    fn check_rows(&self) -> Result<(), RecordError> {
        if self.len() as u64 <= self.file.length {
            return Ok(());
        }
        let has_columns = !self.metadata.schema().fields().is_empty();
        for group in self.groups.windows(2).filter(|group| group[0] < group[1]) {
            if !has_columns || self.decode(group[1] - 1, None).is_err() {
                return Err(damaged(KIND, TableFault::ClaimedRows { rows: group[1] - group[0] }));
            }
        }
        Ok(())
    }

    /// A reader from a row to the end of its row group: a damaged group takes no others with it.
    fn reader_at(&self, row: usize) -> Result<ParquetRecordBatchReader, ParquetError> {
        let group = self.group_of(row);
        ParquetRecordBatchReaderBuilder::new_with_metadata(self.file.clone(), self.metadata.clone())
            .with_row_groups(vec![group])
            .with_offset(row - self.groups[group])
            .with_batch_size(BATCH_ROWS)
            .build()
    }

    /// Decodes the rows from `first` on with a reader that has come there, or a new one.
    fn decode(&self, first: usize, reader: Option<ParquetRecordBatchReader>) -> Result<Current, RecordError> {
        let fault = |fault| damaged_row(KIND, fault);
        guarded(fault, || {
            let mut reader =
                reader.map_or_else(|| self.reader_at(first), Ok).map_err(|error| fault(fault_of(error)))?;
            let rows = reader.next().ok_or_else(|| fault(TableFault::FewerRows))?;
            let rows = Arc::new(rows.map_err(|error| fault(TableFault::said(&error)))?);
            let next = first + rows.num_rows();
            Ok((Decoded::Rows(Batch { first, rows, kind: KIND }), Some((next, reader))))
        })
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
        if let Some(found) = current.as_ref().and_then(|(decoded, _)| decoded.row(row)) {
            return found;
        }
        // Whole batches from the group's start on, so that going back a row finds the batch already decoded.
        let group = self.group_of(row);
        let first = row - (row - self.groups[group]) % BATCH_ROWS;
        let end = (first + BATCH_ROWS).min(self.groups[group + 1]);
        let reader =
            current.take().and_then(|(_, next)| next).filter(|(next, _)| *next == first && first > self.groups[group]);
        let (decoded, next) = self
            .decode(first, reader.map(|(_, reader)| reader))
            .unwrap_or_else(|error| (Decoded::Damaged(first..end, error), None));
        let found = decoded.row(row).unwrap_or(Err(RecordError::Gone));
        *current = Some((decoded, next));
        found
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
            return Err(ParquetError::External(Box::new(TableFault::CutOff)));
        }
        let mut bytes = vec![0; length];
        if self.store.read_full_at(&mut bytes, start)? < length {
            return Err(ParquetError::External(Box::new(TableFault::Changed)));
        }
        Ok(bytes.into())
    }
}
