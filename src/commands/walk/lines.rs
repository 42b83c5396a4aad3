//! Lines that are written while records are walked over, so that none is wrong without a word.
//!
//! Lines of records that the quick engine took part in are written in blocks. When a later record shows that the engine
//! is wrong, the records are walked over again with the reference's ids. The lines of each block that was written are
//! compared by their hash; where they are others, the right ones are written too, and the person learns which records
//! these are. Lines of records that the reference alone worked on are written at once.

use crate::error::Error;
use crate::pipeline::Trust;
use std::io::Write;
use std::ops::RangeInclusive;
use xxhash_rust::xxh3::xxh3_128;

/// Records of a block.
const BLOCK: usize = 256;

/// What stands around the lines of records.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::commands) struct Joint {
    /// Before the first.
    pub opening: &'static str,
    /// Between two.
    pub between: &'static str,
}

/// A block that was written.
struct Block {
    records: usize,
    hash: u128,
}

/// Where lines are written to.
pub(super) struct Lines<'a, W> {
    out: &'a mut W,
    joint: Joint,
    /// Whether something was written.
    is_open: bool,
    /// Records at the start whose lines are written and right.
    certain: usize,
    /// Blocks that were written after these.
    blocks: Vec<Block>,
    /// Records of this walk that were taken.
    taken: usize,
    /// Blocks of this walk that are full.
    full: usize,
    /// The lines of the block that is not full yet, and its records.
    held: Vec<u8>,
    positions: Vec<usize>,
    replaced: Vec<RangeInclusive<usize>>,
}

impl<'a, W: Write> Lines<'a, W> {
    pub fn new(out: &'a mut W, joint: Joint) -> Self {
        Self {
            out,
            joint,
            is_open: false,
            certain: 0,
            blocks: Vec::new(),
            taken: 0,
            full: 0,
            held: Vec::new(),
            positions: Vec::new(),
            replaced: Vec::new(),
        }
    }

    /// Takes the lines of a record in, of which it is known who gave the ids up to it.
    pub fn take(&mut self, position: usize, lines: &[u8], trust: Trust) -> Result<(), Error> {
        self.taken += 1;
        if self.taken <= self.certain {
            return Ok(());
        }
        if !self.positions.is_empty() {
            self.held.extend_from_slice(self.joint.between.as_bytes());
        }
        self.held.extend_from_slice(lines);
        self.positions.push(position);
        match self.blocks.get(self.full) {
            Some(written) if written.records == self.positions.len() => self.compare(),
            None if trust != Trust::Quick => {
                self.certain += usize::from(self.blocks.is_empty());
                self.write()
            }
            None if self.positions.len() == BLOCK => self.write_block(),
            Some(_) | None => Ok(()),
        }
    }

    /// Begins with the first record again.
    pub fn begin_again(&mut self) {
        (self.taken, self.full) = (0, 0);
        self.held.clear();
        self.positions.clear();
    }

    /// Writes what is left, and gives the records whose lines were written twice, the first time wrong.
    pub fn finish(mut self) -> Result<Vec<RangeInclusive<usize>>, Error> {
        if !self.positions.is_empty() {
            self.write()?;
        }
        Ok(self.replaced)
    }

    fn write_block(&mut self) -> Result<(), Error> {
        self.blocks.push(Block { records: self.positions.len(), hash: xxh3_128(&self.held) });
        self.full += 1;
        self.write()
    }

    /// Compares a block with what was written for the same records.
    fn compare(&mut self) -> Result<(), Error> {
        let is_same = self.blocks[self.full].hash == xxh3_128(&self.held);
        self.full += 1;
        if is_same {
            self.held.clear();
            self.positions.clear();
            return Ok(());
        }
        if let (Some(first), Some(last)) = (self.positions.first(), self.positions.last()) {
            let (first, last) = (first + 1, last + 1);
            match self.replaced.last_mut() {
                Some(before) if before.end() + 1 == first => *before = *before.start()..=last,
                _ => self.replaced.push(first..=last),
            }
        }
        self.write()
    }

    fn write(&mut self) -> Result<(), Error> {
        let before = if self.is_open { self.joint.between } else { self.joint.opening };
        self.is_open = true;
        self.out.write_all(before.as_bytes())?;
        self.out.write_all(&self.held)?;
        self.held.clear();
        self.positions.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Joint = Joint { opening: "[", between: "," };

    /// Takes the lines of records in, each its number.
    fn take(lines: &mut Lines<'_, Vec<u8>>, records: std::ops::Range<usize>, sign: &str, trust: Trust) {
        records.for_each(|record| lines.take(record, format!("{record}{sign}").as_bytes(), trust).unwrap());
    }

    fn list(parts: &[(std::ops::Range<usize>, &str)]) -> String {
        let all = parts.iter().flat_map(|(records, sign)| records.clone().map(move |record| format!("{record}{sign}")));
        format!("[{}", all.collect::<Vec<_>>().join(","))
    }

    #[test]
    fn lines_of_the_reference_are_written_at_once_and_those_of_the_quick_engine_in_blocks() {
        let mut out = Vec::new();
        let mut lines = Lines::new(&mut out, LIST);
        take(&mut lines, 0..3, "", Trust::Reference);
        assert_eq!(String::from_utf8_lossy(lines.out), "[0,1,2");
        take(&mut lines, 3..4 + BLOCK, "", Trust::Quick);
        assert_eq!(String::from_utf8_lossy(lines.out), list(&[(0..3 + BLOCK, "")]));
        assert_eq!(lines.finish().unwrap(), []);
        assert_eq!(String::from_utf8(out).unwrap(), list(&[(0..4 + BLOCK, "")]));
    }

    #[test]
    fn a_second_walk_writes_what_is_new_or_other_than_before() {
        let mut out = Vec::new();
        let mut lines = Lines::new(&mut out, LIST);
        take(&mut lines, 0..3, "", Trust::Reference);
        take(&mut lines, 3..3 + BLOCK, "", Trust::Quick);
        take(&mut lines, 3 + BLOCK..3 + 3 * BLOCK, "?", Trust::Quick);
        take(&mut lines, 3 + 3 * BLOCK..9 + 3 * BLOCK, "?", Trust::Quick);
        lines.begin_again();
        take(&mut lines, 0..20 + 3 * BLOCK, "", Trust::Doubted);
        assert_eq!(lines.finish().unwrap(), [4 + BLOCK..=3 + 3 * BLOCK]);
        let (right, wrong) = (0..3 + BLOCK, 3 + BLOCK..3 + 3 * BLOCK);
        let again = wrong.start..20 + 3 * BLOCK;
        assert_eq!(String::from_utf8(out).unwrap(), list(&[(right, ""), (wrong, "?"), (again, "")]));
    }
}
