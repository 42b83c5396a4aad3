//! Places in a data set.

use crate::conversation::Choice;
use crate::dataset::{Record, Unit};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordAt {
    /// The file as the person named it.
    #[serde(with = "text")]
    pub file: Arc<str>,
    /// The number of the record in the data set, from 1.
    pub record: usize,
    /// Its line or row in the file, from 1.
    pub line: usize,
    /// Whether that is a line or a row.
    pub unit: Unit,
    /// Which answer is meant; only of records with two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Choice>,
}

impl RecordAt {
    /// The place of a record, or of one side of it.
    #[must_use]
    pub fn of(record: &Record, side: Option<Choice>) -> Self {
        let Record { file, number, line, unit, .. } = record;
        Self { file: Arc::clone(file), record: *number, line: *line, unit: *unit, side }
    }
}

/// A place for the reader to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The record.
    #[serde(flatten)]
    pub at: RecordAt,
    /// The token, from 0.
    pub token: usize,
    /// The beginning of the text there.
    pub text: String,
}

/// Shared text as plain text.
mod text {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::sync::Arc;

    pub(super) fn serialize<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(deserializer).map(Arc::from)
    }
}
