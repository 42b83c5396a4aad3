//! Where a record comes from and what becomes of it, as text: its bytes in the file, the rendered text, the chat template,
//! and one message in full.

use crate::dataset::{Lookup, RawRecord};
use crate::error::RecordError;
use crate::paint::wrap::{Row, rows};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

/// What is shown as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The record as it stands in the file.
    Record,
    /// The rendered text.
    Rendered,
    /// The chat template.
    Template,
    /// The message under the cursor.
    Message,
}

impl Source {
    /// The one that the same key shows next; `None` after the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Record => Some(Self::Rendered),
            Self::Rendered => Some(Self::Template),
            Self::Template | Self::Message => None,
        }
    }
}

/// A text on show.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// What it is.
    pub source: Source,
    /// The text.
    pub text: Arc<str>,
    /// The byte of the rendered text at which it begins, where it is part of that.
    pub base: usize,
    /// What stands out: where a record is broken, or the statement that wrote the token under the cursor.
    pub lit: Option<Range<usize>>,
    /// What the reader is led to: a byte of the text.
    pub focus: usize,
    /// What is said of it beside its kind: the name of the template, the number of the message.
    pub name: String,
    pub(super) rows: Rows,
    pub(super) columns: usize,
}

/// The rows of a text.
#[derive(Debug, Clone)]
pub(super) enum Rows {
    /// They are known.
    Known(Vec<Row>),
    /// A thread is to be asked for them.
    Wanted,
    /// It was.
    Asked,
}

/// A text that a thread is to break into rows.
#[derive(Debug, Clone)]
pub struct ToBreak {
    /// The text.
    pub text: Arc<str>,
    /// The columns of a row.
    pub columns: usize,
}

impl ToBreak {
    /// The rows.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        rows(&self.text, self.columns)
    }
}

/// Texts of more bytes are broken into rows by a thread: a key does not wait for them.
const QUICK: usize = 32 << 10;

/// Columns of the numbers of lines, with the rule after them.
pub const GUTTER: usize = 7;

impl SourceText {
    /// A text in that many columns.
    #[must_use]
    pub fn new(source: Source, text: Arc<str>, name: String, columns: usize) -> Self {
        let mut made = Self { source, text, base: 0, lit: None, focus: 0, name, rows: Rows::Wanted, columns: 0 };
        made.fit(columns);
        made
    }

    /// Whether lines have their numbers beside them.
    #[must_use]
    pub fn has_numbers(&self) -> bool {
        matches!(self.source, Source::Record | Source::Template)
    }

    /// Breaks the text anew where the screen has other columns.
    pub fn fit(&mut self, columns: usize) {
        if self.columns != columns {
            self.columns = columns;
            self.rows = if self.text.len() > QUICK { Rows::Wanted } else { Rows::Known(self.to_break().rows()) };
        }
    }

    fn to_break(&self) -> ToBreak {
        let gutter = if self.has_numbers() { GUTTER } else { 1 };
        ToBreak { text: Arc::clone(&self.text), columns: self.columns.saturating_sub(gutter + 1) }
    }

    /// What a thread is to be asked for, given once.
    pub(super) fn take_wanted(&mut self) -> Option<ToBreak> {
        if !matches!(self.rows, Rows::Wanted) {
            return None;
        }
        self.rows = Rows::Asked;
        Some(self.to_break())
    }

    /// Takes the answer of a thread over; false for an answer to another question.
    pub(super) fn take_rows(&mut self, of: &ToBreak, rows: Vec<Row>) -> bool {
        let asked = self.to_break();
        let is_its_own = Arc::ptr_eq(&asked.text, &of.text) && asked.columns == of.columns;
        if is_its_own {
            self.rows = Rows::Known(rows);
        }
        is_its_own
    }

    /// Whether the rows are yet to come.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        !matches!(self.rows, Rows::Known(_))
    }

    /// The rows; none while they are yet to come.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        match &self.rows {
            Rows::Known(rows) => rows,
            Rows::Wanted | Rows::Asked => &[],
        }
    }

    /// The row of what the reader is led to.
    #[must_use]
    pub fn focus_row(&self) -> usize {
        let rows = self.rows();
        rows.partition_point(|row| row.bytes.end <= self.focus).min(rows.len().saturating_sub(1))
    }
}

/// The text of a record as it stands in its file, and where it is broken.
#[derive(Debug, Clone)]
pub struct RawText {
    /// The record, counted from 0.
    pub record: usize,
    /// The text; of a row of a table, the value as JSON.
    pub text: Arc<str>,
    /// The line of the file in which it begins, from 1.
    pub line: usize,
    /// The bytes that are at fault.
    pub fault: Option<Range<usize>>,
}

impl RawText {
    /// The text of a record.
    #[must_use]
    pub fn of(raw: RawRecord) -> Self {
        let (record, line) = (raw.number - 1, raw.line);
        let bytes = raw.bytes().map(<[u8]>::to_vec);
        let value = raw.parse().value;
        let text = match (&bytes, &value) {
            (Some(bytes), _) => String::from_utf8_lossy(bytes).into_owned(),
            (None, Ok(value)) => serde_json::to_string_pretty(value).unwrap_or_default(),
            (None, Err(_)) => String::new(),
        };
        let start = value.err().and_then(|error| fault_of(&error, &text, line));
        let fault =
            start.map(|start| start..text[start..].chars().next().map_or(start, |sign| start + sign.len_utf8()));
        Self { record, text: text.into(), line, fault }
    }

    /// That of a record of a data set, if it is there.
    #[must_use]
    pub fn read(dataset: &crate::dataset::Dataset, record: usize) -> Option<Self> {
        match dataset.raw_record_within(record, Duration::ZERO) {
            Lookup::Ready(raw) => Some(Self::of(raw)),
            Lookup::NotYet | Lookup::PastEnd => None,
        }
    }
}

/// The byte of a record's text at which it is broken.
fn fault_of(error: &RecordError, text: &str, first_line: usize) -> Option<usize> {
    let place = match error {
        RecordError::Utf8 { byte, .. } => return Some((byte - 1).min(text.len())),
        RecordError::Json { place, .. }
        | RecordError::NonFinite { place, .. }
        | RecordError::LoneSurrogate { place }
        | RecordError::TooDeep { place } => place,
        _ => return None,
    };
    let line = place.line.map_or(0, |line| line.saturating_sub(first_line));
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let in_line = text.get(start..)?.char_indices().nth(place.column - 1).map(|(at, _)| at);
    Some(start + in_line.unwrap_or(text.len() - start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Dataset;

    fn raw(bytes: &[u8]) -> RawText {
        let dataset = Dataset::from_reader("-", std::io::Cursor::new(bytes.to_vec())).unwrap();
        assert!(dataset.count() > 0);
        RawText::read(&dataset, 0).unwrap()
    }

    #[test]
    fn the_broken_character_is_found() {
        let broken = |bytes: &[u8]| {
            let raw = raw(bytes);
            raw.fault.map(|fault| (fault.start, raw.text[fault].to_owned()))
        };
        assert_eq!(broken(r#"{"夏": 1,, "b": 2}"#.as_bytes()), Some((10, ",".to_owned())));
        assert_eq!(broken(b"{\"a\": NaN}"), Some((6, "N".to_owned())));
        assert_eq!(broken(b"{\"a\": \"\xff\"}"), Some((7, "\u{fffd}".to_owned())));
        assert_eq!(broken(b"{\"a\": "), Some((5, " ".to_owned())));
        assert_eq!(broken(b"{\"a\": 1}"), None);
    }
}
