//! Comma-separated values with a header, `.csv` and `.tsv`; an empty field is null, as `datasets` reads it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Container, Extent, Form, Head, Layout, Splitter, Start, TextLayout, Verdict};
use crate::dataset::json::utf8_error;
use crate::error::RecordError;

pub(super) const CONTAINER: Container = Container { name: "CSV", recognise };

fn recognise(head: &Head) -> Verdict {
    if !head.is_named(&["csv", "tsv"]) || head.looks_like_json() {
        return Verdict::No;
    }
    let mut rows = Rows::new(Start { offset: 0, line: 1 });
    let mut found = Vec::new();
    rows.feed(head.bytes, &mut found);
    if found.is_empty() && head.settled && rows.finish(&mut found).is_err() {
        return Verdict::No;
    }
    let Some(header) = found.first() else {
        return Verdict::Unsure;
    };
    let header_end = header.end as usize;
    let text = &head.bytes[header.start.offset as usize..header_end];
    let delimiter = delimiter(text);
    let Ok(names) = fields(text, delimiter) else {
        return Verdict::No;
    };
    let start =
        Start { offset: header_end as u64, line: 1 + memchr::memchr_iter(b'\n', &head.bytes[..header_end]).count() };
    Verdict::Yes(Layout::Text(TextLayout {
        start,
        splitter: |start| Box::new(Rows::new(start)),
        parse: Arc::new(move |bytes, _| parse(bytes, delimiter, &names)),
        form: Form::Other,
    }))
}

/// The one of the usual delimiters that the header has most of.
fn delimiter(header: &[u8]) -> u8 {
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, header).count();
    // Of equals the last wins: the comma, when there is but one column.
    *b"\t;,".iter().max_by_key(|delimiter| count(delimiter)).unwrap_or(&b',')
}

fn fields(bytes: &[u8], delimiter: u8) -> Result<Vec<String>, RecordError> {
    std::str::from_utf8(bytes).map_err(|error| utf8_error(bytes, error))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(bytes);
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(_) => Ok(record.iter().map(str::to_owned).collect()),
        Err(error) => Err(RecordError::Unreadable { reason: error.to_string() }),
    }
}

fn parse(bytes: &[u8], delimiter: u8, names: &[String]) -> Result<Value, RecordError> {
    let fields = fields(bytes, delimiter)?;
    if fields.len() != names.len() {
        return Err(RecordError::Columns { found: fields.len(), expected: names.len() });
    }
    let value = |field: String| {
        if field.is_empty() { Value::Null } else { Value::String(field) }
    };
    Ok(Value::Object(names.iter().cloned().zip(fields.into_iter().map(value)).collect::<Map<_, _>>()))
}

/// Splits at newlines outside of quotes and leaves out blank lines.
struct Rows {
    offset: u64,
    line: usize,
    start: Option<Start>,
    in_quotes: bool,
}

impl Rows {
    fn new(start: Start) -> Self {
        Self { offset: start.offset, line: start.line, start: None, in_quotes: false }
    }
}

impl Splitter for Rows {
    fn feed(&mut self, block: &[u8], found: &mut Vec<Extent>) {
        let mut at = 0;
        while at < block.len() {
            if self.start.is_none() {
                // Line breaks before a row are blank lines, or the end of the row before.
                match block[at] {
                    b'\n' => self.line += 1,
                    b'\r' => {}
                    _ => {
                        self.start = Some(Start { offset: self.offset + at as u64, line: self.line });
                    }
                }
                if self.start.is_none() {
                    at += 1;
                    continue;
                }
            }
            let Some(skip) = memchr::memchr2(b'"', b'\n', &block[at..]) else {
                break;
            };
            at += skip;
            if block[at] == b'"' {
                // A doubled quote leaves and enters again, which is as good as staying.
                self.in_quotes = !self.in_quotes;
            } else {
                if !self.in_quotes
                    && let Some(start) = self.start.take()
                {
                    found.push(Extent { start, end: self.offset + at as u64 });
                }
                self.line += 1;
            }
            at += 1;
        }
        self.offset += block.len() as u64;
    }

    fn finish(&mut self, found: &mut Vec<Extent>) -> Result<(), RecordError> {
        if let Some(start) = self.start.take() {
            found.push(Extent { start, end: self.offset });
        }
        Ok(())
    }

    fn line(&self) -> usize {
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_block_length_gives_the_same_rows() {
        let text = "a,\"b\n\"\"\n\"\r\n\r\n\nc,d\n\"e\",\"\"\"\"";
        let expected = [(1, "a,\"b\n\"\"\n\"\r"), (6, "c,d"), (7, "\"e\",\"\"\"\"")];
        for block in 1..=text.len() {
            let mut rows = Rows::new(Start { offset: 0, line: 1 });
            let mut found = Vec::new();
            for piece in text.as_bytes().chunks(block) {
                rows.feed(piece, &mut found);
            }
            rows.finish(&mut found).unwrap();
            let found: Vec<(usize, &str)> = found
                .iter()
                .map(|extent| (extent.start.line, &text[extent.start.offset as usize..extent.end as usize]))
                .collect();
            assert_eq!(found, expected, "in blocks of {block}");
        }
    }
}
