//! Comma-separated values with a header, `.csv` and `.tsv`; an empty field is null, as `datasets` reads it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Container, Extent, Form, Head, Layout, Splitter, Start, TextLayout, Verdict};
use crate::dataset::json::utf8_error;
use crate::error::{Damage, RecordError};

pub(super) const CONTAINER: Container = Container { name: "CSV", recognise };

fn recognise(head: &Head) -> Verdict {
    if !head.is_named(&["csv", "tsv"]) || head.looks_like_json() {
        return Verdict::No;
    }
    let header = match header(head) {
        Some(Ok(header)) => header,
        Some(Err(error)) => return Verdict::Refused(error),
        None => return Verdict::Unsure,
    };
    let end = header.end as usize;
    let text = &head.bytes[header.start.offset as usize..end];
    let delimiter = delimiter(text);
    let Ok(names) = fields(text, delimiter) else {
        return Verdict::No;
    };
    let start = Start { offset: end as u64, line: 1 + line_breaks(&head.bytes[..end]) };
    Verdict::Yes(Layout::Text(TextLayout {
        start,
        splitter: splitter(delimiter),
        parse: Arc::new(move |bytes, _| parse(bytes, delimiter, &names)),
        form: Form::Other,
    }))
}

/// Where the header stands; `None` where more of the file is needed.
///
/// Which delimiter the file has is not known yet, so that a quote opens behind each of them.
fn header(head: &Head) -> Option<Result<Extent, RecordError>> {
    let mut rows = Rows::new(Start { offset: 0, line: 1 }, DELIMITERS);
    let mut found = Vec::new();
    rows.feed(head.bytes, &mut found);
    if found.is_empty()
        && head.settled
        && let Err(error) = rows.finish(&mut found)
    {
        return Some(Err(error));
    }
    found.first().copied().map(Ok)
}

fn line_breaks(bytes: &[u8]) -> usize {
    let pairs = bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
    memchr::memchr2_iter(b'\n', b'\r', bytes).count() - pairs
}

/// The usual delimiters.
const DELIMITERS: &[u8] = b"\t;,";

/// The one of the usual delimiters that the header has most of.
fn delimiter(header: &[u8]) -> u8 {
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, header).count();
    // Of equals the last wins: the comma, when there is but one column.
    *DELIMITERS.iter().max_by_key(|delimiter| count(delimiter)).unwrap_or(&b',')
}

/// What splits the rows of a file with that delimiter.
fn splitter(delimiter: u8) -> fn(Start) -> Box<dyn Splitter> {
    match delimiter {
        b'\t' => |start| Box::new(Rows::new(start, b"\t")),
        b';' => |start| Box::new(Rows::new(start, b";")),
        _ => |start| Box::new(Rows::new(start, b",")),
    }
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

/// Splits at line ends outside of quotes and leaves out blank lines: exactly where the reader of a single row ends it, or
/// rows would be lost in the one before them.
struct Rows {
    offset: u64,
    line: usize,
    start: Option<Start>,
    /// What stands between fields.
    delimiters: &'static [u8],
    field: Field,
    /// The last byte, which a block may end with.
    last: u8,
}

/// Where in a row the splitter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// Outside of quotes.
    Bare,
    /// Inside of quotes that opened in that line.
    Quoted { line: usize },
    /// After a quote inside of quotes, which closes them, unless a second one follows.
    Closing { line: usize },
}

impl Rows {
    fn new(start: Start, delimiters: &'static [u8]) -> Self {
        Self { offset: start.offset, line: start.line, start: None, delimiters, field: Field::Bare, last: b'\n' }
    }

    /// Takes in a line end, which is one byte or two.
    fn end_line(&mut self, byte: u8) {
        if (byte, self.last) != (b'\n', b'\r') {
            self.line += 1;
        }
    }

    /// Takes in a byte that may end or open something.
    fn sign(&mut self, byte: u8, at: u64, found: &mut Vec<Extent>) {
        let is_line_end = matches!(byte, b'\n' | b'\r');
        if let Field::Closing { line } = self.field {
            self.field = if byte == b'"' { Field::Quoted { line } } else { Field::Bare };
            if byte == b'"' {
                return;
            }
        }
        match self.field {
            Field::Quoted { line } if byte == b'"' => self.field = Field::Closing { line },
            Field::Bare if is_line_end => {
                found.extend(self.start.take().map(|start| Extent { start, end: at }));
            }
            // Elsewhere a quote is a sign like any other: 5" stands for inches.
            Field::Bare if byte == b'"' && (self.start.is_none() || self.delimiters.contains(&self.last)) => {
                self.field = Field::Quoted { line: self.line };
            }
            _ => {}
        }
        if is_line_end {
            self.end_line(byte);
        } else if self.start.is_none() {
            self.start = Some(Start { offset: at, line: self.line });
        }
    }
}

impl Splitter for Rows {
    fn feed(&mut self, block: &[u8], found: &mut Vec<Extent>) {
        let mut at = 0;
        while at < block.len() {
            // The first byte of a row and the one after a quote are looked at whatever they are.
            if self.start.is_some() && !matches!(self.field, Field::Closing { .. }) {
                let skip = memchr::memchr3(b'"', b'\n', b'\r', &block[at..]).unwrap_or(block.len() - at);
                if skip > 0 {
                    at += skip;
                    self.last = block[at - 1];
                    continue;
                }
            }
            self.sign(block[at], self.offset + at as u64, found);
            self.last = block[at];
            at += 1;
        }
        self.offset += block.len() as u64;
    }

    fn finish(&mut self, found: &mut Vec<Extent>) -> Result<(), RecordError> {
        let Some(start) = self.start.take() else { return Ok(()) };
        if let Field::Quoted { line } = self.field {
            let after = self.line - line - usize::from(matches!(self.last, b'\n' | b'\r'));
            self.line = line;
            return Err(RecordError::Damaged(Damage::OpenQuote { lines: after }));
        }
        found.push(Extent { start, end: self.offset });
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
        let expected = [(1, "a,\"b\n\"\"\n\""), (6, "c,d"), (7, "\"e\",\"\"\"\"")];
        for block in 1..=text.len() {
            let mut rows = Rows::new(Start { offset: 0, line: 1 }, b",");
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

    /// Something with its line.
    type Lined<T> = (usize, T);

    /// The rows, and what is wrong at the end.
    fn split(text: &str) -> (Vec<Lined<&str>>, Option<Lined<RecordError>>) {
        let mut rows = Rows::new(Start { offset: 0, line: 1 }, b",");
        let mut found = Vec::new();
        rows.feed(text.as_bytes(), &mut found);
        let fault = rows.finish(&mut found).err().map(|error| (rows.line(), error));
        let text = |extent: &Extent| &text[extent.start.offset as usize..extent.end as usize];
        (found.iter().map(|extent| (extent.start.line, text(extent))).collect(), fault)
    }

    #[test]
    fn a_quote_opens_at_the_start_of_a_field_only() {
        assert_eq!(split("5\" disk,a\nb,c\n").0, [(1, "5\" disk,a"), (2, "b,c")]);
        assert_eq!(split("\"a\"b\"\nc\"\n,\"\n\"").0, [(1, "\"a\"b\""), (2, "c\""), (3, ",\"\n\"")]);
        assert_eq!(split("a;\"b\nc").0, [(1, "a;\"b"), (2, "c")]);
    }

    #[test]
    fn lines_may_end_in_a_carriage_return_alone() {
        assert_eq!(split("a,\"b\rc\"\rd\r\r\ne").0, [(1, "a,\"b\rc\""), (3, "d"), (5, "e")]);
        assert_eq!(line_breaks(b"a\rb\r\n\nc"), 3);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_damage_where_it_opened() {
        let open = |lines| RecordError::Damaged(Damage::OpenQuote { lines });
        assert_eq!(split("a\n\nb,\"c\nd\ne\n"), (vec![(1, "a")], Some((3, open(2)))));
        assert_eq!(split("\"a\nb\",\"\n"), (vec![], Some((2, open(0)))));
        assert_eq!(split("\"a\",\"b\"").1, None);
        assert_eq!(split("\"a\"\"").1, Some((1, open(0))), "a doubled quote closes nothing");
    }
}
