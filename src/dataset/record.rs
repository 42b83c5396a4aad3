//! Records as they leave the data set.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::containers::{Form, Parse, Row};
use crate::error::RecordError;
use crate::words::Said;

/// What records of a file are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// The file is text.
    Line,
    /// The file is a table, or nothing that has lines.
    Row,
}

impl Unit {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Row => "row",
        }
    }

    /// It for people.
    #[must_use]
    pub fn words(self) -> Said {
        let zh = match self {
            Self::Line | Self::Row => "行",
        };
        Said { en: self.name(), zh }
    }
}

/// One record of a data set, or the reason why it cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The file as the user named it; `-` for standard input.
    pub file: Arc<str>,
    /// The number of the record in the whole data set, from 1.
    pub number: usize,
    /// The line of the file in which the record begins, from 1; the row, from 1, where the file has no lines.
    pub line: usize,
    /// Whether `line` is a line or a row.
    pub unit: Unit,
    /// A JSON object, or what is wrong.
    pub value: Result<Value, RecordError>,
}

/// What looking for a record without waiting for it finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup<R = Record> {
    /// The record.
    Ready(R),
    /// The index has not come so far; ask again later.
    NotYet,
    /// The data set has fewer records.
    PastEnd,
}

impl<R> Lookup<R> {
    /// The same with the record made into something else.
    pub(super) fn map<T>(self, make: impl FnOnce(R) -> T) -> Lookup<T> {
        match self {
            Self::Ready(record) => Lookup::Ready(make(record)),
            Self::NotYet => Lookup::NotYet,
            Self::PastEnd => Lookup::PastEnd,
        }
    }
}

/// A record that is read but not parsed, so that parsing can be done on another thread.
#[derive(Debug)]
pub struct RawRecord {
    /// The file as the user named it; `-` for standard input.
    pub file: Arc<str>,
    /// The number of the record in the whole data set, from 1.
    pub number: usize,
    /// The line of the file in which the record begins, from 1; the row, from 1, where the file has no lines.
    pub line: usize,
    /// Whether `line` is a line or a row.
    pub unit: Unit,
    pub(super) body: Body,
}

pub(super) enum Body {
    Text { bytes: Vec<u8>, parse: Parse, form: Form },
    Row(Row),
    Fault(RecordError),
}

impl RawRecord {
    /// The bytes of the record as they stand in the file, without the end of the line; `None` where it is not text.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.body {
            Body::Text { bytes, .. } => Some(bytes.strip_suffix(b"\r").unwrap_or(bytes)),
            Body::Row(_) | Body::Fault(_) => None,
        }
    }

    /// How many bytes the record has in memory before it is parsed. Rows of a table are views into what the table has
    /// decoded, and have none of their own.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.body {
            Body::Text { bytes, .. } => bytes.len(),
            Body::Row(_) | Body::Fault(_) => 0,
        }
    }

    /// The record as one line of JSON, without its end: the bytes of the file where they are that, else what is made of them.
    /// A line that is no JSON is given as it is. `None` for what cannot be read.
    #[must_use]
    pub fn into_json_line(self) -> Option<Vec<u8>> {
        match self.body {
            Body::Text { bytes, form: Form::Line, .. } => Some(bytes),
            Body::Text { mut bytes, form: Form::Json, .. } => {
                // In JSON they are between values only. A record with line ends inside a text is no JSON: it loses them, and
                // gets no other record's place.
                bytes.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
                Some(bytes)
            }
            Body::Text { .. } | Body::Row(_) | Body::Fault(_) => serde_json::to_vec(&self.parse().value.ok()?).ok(),
        }
    }

    /// Makes the record's value: the costly part of reading it.
    #[must_use]
    pub fn parse(self) -> Record {
        let value = match self.body {
            Body::Text { bytes, parse, .. } => parse(&bytes, self.line),
            Body::Row(row) => row(),
            Body::Fault(error) => Err(error),
        };
        Record { file: self.file, number: self.number, line: self.line, unit: self.unit, value }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { bytes, .. } => write!(formatter, "{:?}", String::from_utf8_lossy(bytes)),
            Self::Row(_) => formatter.write_str("row"),
            Self::Fault(error) => write!(formatter, "{error:?}"),
        }
    }
}
