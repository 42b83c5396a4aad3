//! Finds JSON values that may spread over many lines, by their brackets; whether they are right is seen in parsing.

use super::{Extent, Splitter, Start};
use crate::error::{Damage, RecordError};

/// What stands around the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Commas between the values, a closing bracket after the last, then nothing more.
    Array,
    /// The same, but what follows the closing bracket is none of our business.
    ArrayInside,
    /// Nothing but white space.
    Nothing,
}

/// Where a byte stands with regard to strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    Outside,
    Inside,
    /// Inside, after a backslash.
    Escape,
}

/// Splits a sequence of JSON values, beginning before any of them (in an array, after the opening bracket).
pub(super) struct Values {
    frame: Frame,
    /// Where the next block begins.
    offset: u64,
    line: usize,
    /// Where the current value begins, if one has begun.
    start: Option<Start>,
    /// The byte after the last one of the current value that is no white space, strings apart.
    end: u64,
    depth: usize,
    quoting: Quoting,
    after_comma: bool,
    /// The closing bracket has been passed.
    closed: bool,
    /// The first line of what follows the closing bracket though nothing may.
    excess: Option<usize>,
}

impl Values {
    pub(super) fn new(start: Start, frame: Frame) -> Self {
        Self {
            frame,
            offset: start.offset,
            line: start.line,
            start: None,
            end: start.offset,
            depth: 0,
            quoting: Quoting::Outside,
            after_comma: false,
            closed: false,
            excess: None,
        }
    }

    /// Passes over the inside of a string, and gives the place after what has been passed.
    fn skip_string(&mut self, block: &[u8], at: usize) -> usize {
        if self.quoting == Quoting::Escape {
            self.quoting = Quoting::Inside;
            self.line += usize::from(block[at] == b'\n');
            return at + 1;
        }
        let Some(skip) = memchr::memchr3(b'"', b'\\', b'\n', &block[at..]) else {
            return block.len();
        };
        match block[at + skip] {
            b'"' => {
                self.quoting = Quoting::Outside;
                self.end = self.offset + (at + skip + 1) as u64;
            }
            b'\\' => self.quoting = Quoting::Escape,
            _ => self.line += 1,
        }
        at + skip + 1
    }

    fn emit(&mut self, found: &mut Vec<Extent>) {
        if let Some(start) = self.start.take() {
            found.push(Extent { start, end: self.end });
        }
    }

    /// A comma or the closing bracket of the array itself.
    fn separate(&mut self, byte: u8, at: u64, found: &mut Vec<Extent>) {
        if byte == b',' && self.start.is_none() {
            // Nothing between two commas is an element too: a wrong one.
            found.push(Extent { start: Start { offset: at, line: self.line }, end: at });
        }
        if byte == b',' || self.start.is_some() {
            self.after_comma = byte == b',';
        }
        self.emit(found);
        self.closed = byte == b']';
    }

    fn take(&mut self, byte: u8, at: u64, found: &mut Vec<Extent>) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {
                self.line += usize::from(byte == b'\n');
                if self.frame == Frame::Nothing && self.depth == 0 {
                    self.emit(found);
                }
                return;
            }
            _ if self.closed => {
                self.excess.get_or_insert(self.line);
                return;
            }
            b',' | b']' if self.depth == 0 && self.frame != Frame::Nothing => {
                return self.separate(byte, at, found);
            }
            _ => {}
        }
        self.start.get_or_insert(Start { offset: at, line: self.line });
        self.end = at + 1;
        match byte {
            b'"' => self.quoting = Quoting::Inside,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 && self.frame == Frame::Nothing {
                    self.emit(found);
                }
            }
            _ => {}
        }
    }
}

impl Splitter for Values {
    fn feed(&mut self, block: &[u8], found: &mut Vec<Extent>) {
        let mut at = 0;
        while at < block.len() && !(self.closed && self.frame == Frame::ArrayInside) {
            if self.quoting == Quoting::Outside {
                self.take(block[at], self.offset + at as u64, found);
                at += 1;
            } else {
                at = self.skip_string(block, at);
            }
        }
        self.offset += block.len() as u64;
    }

    fn finish(&mut self, found: &mut Vec<Extent>) -> Result<(), RecordError> {
        if self.start.is_some() {
            self.end = self.offset;
            self.emit(found);
            return Ok(());
        }
        let damage = match (self.frame, self.closed) {
            (Frame::Nothing, _) => return Ok(()),
            (_, false) => Damage::OpenArray,
            (_, true) if self.after_comma => Damage::LastComma,
            (_, true) => match self.excess {
                None => return Ok(()),
                Some(line) => Damage::AfterArray { line },
            },
        };
        Err(RecordError::Damaged(damage))
    }

    fn line(&self) -> usize {
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, frame: Frame, block: usize) -> (Vec<(usize, String)>, Option<String>) {
        let mut values = Values::new(Start { offset: 0, line: 1 }, frame);
        let mut found = Vec::new();
        for piece in text.as_bytes().chunks(block) {
            values.feed(piece, &mut found);
        }
        let damage = values.finish(&mut found).err().map(|error| error.to_string());
        let texts = found
            .iter()
            .map(|extent| (extent.start.line, text[extent.start.offset as usize..extent.end as usize].to_owned()))
            .collect();
        (texts, damage)
    }

    fn check(text: &str, frame: Frame, expected: &[(usize, &str)], damage: Option<&str>) {
        for block in 1..=text.len() + 1 {
            let (found, fault) = split(text, frame, block);
            let found: Vec<(usize, &str)> = found.iter().map(|(line, text)| (*line, text.as_str())).collect();
            assert_eq!(found, expected, "{text} in blocks of {block}");
            match (damage, fault) {
                (None, None) => {}
                (Some(part), Some(fault)) if fault.contains(part) => {}
                (_, fault) => panic!("{text} in blocks of {block}: {fault:?}"),
            }
        }
    }

    #[test]
    fn elements_of_an_array() {
        check(
            r#"{"a":"]},\""},{"b":[1,{}]} , 3]"#,
            Frame::Array,
            &[(1, r#"{"a":"]},\""}"#), (1, r#"{"b":[1,{}]}"#), (1, "3")],
            None,
        );
        check("\n {\n\"a\":1\n}\n,\n\"x\\\\\"]\n\n", Frame::Array, &[(2, "{\n\"a\":1\n}"), (6, "\"x\\\\\"")], None);
        check(" ] ", Frame::Array, &[], None);
    }

    #[test]
    fn damaged_arrays() {
        check("1, 2,", Frame::Array, &[(1, "1"), (1, "2")], Some("not closed"));
        check("1, {\"a\": [", Frame::Array, &[(1, "1"), (1, "{\"a\": [")], None);
        check("1, {\"a\": \"x\n", Frame::Array, &[(1, "1"), (1, "{\"a\": \"x\n")], None);
        check("1,]", Frame::Array, &[(1, "1")], Some("remove it"));
        check("1,,2]", Frame::Array, &[(1, "1"), (1, ""), (1, "2")], None);
        check("{} {}]", Frame::Array, &[(1, "{} {}")], None);
        check("1]\n,2", Frame::Array, &[(1, "1")], Some("line 2"));
        check("1] , \"more\": {}}", Frame::ArrayInside, &[(1, "1")], None);
    }

    #[test]
    fn values_one_after_the_other() {
        check(
            "{\n}\n{\"a\":\"} {\"}{} 12 [\n3]",
            Frame::Nothing,
            &[(1, "{\n}"), (3, "{\"a\":\"} {\"}"), (3, "{}"), (3, "12"), (3, "[\n3]")],
            None,
        );
        check("{}\n{\"a\":\n", Frame::Nothing, &[(1, "{}"), (2, "{\"a\":\n")], None);
    }
}
