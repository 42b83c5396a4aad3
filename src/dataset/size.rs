//! How large a record and an unpacked file may be.

use std::fmt;
use std::str::FromStr;

/// A number of bytes, written with a unit: `64M`. By default what one record may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByteSize(u64);

impl ByteSize {
    /// The bytes.
    #[must_use]
    pub fn bytes(self) -> u64 {
        self.0
    }
}

impl Default for ByteSize {
    /// Four times the longest text that is tokenized, so that one whose every character is escaped can be read.
    fn default() -> Self {
        Self(64 << 20)
    }
}

/// How much is read of a file, however little of the disk the file takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes that one record may have in its file. What is larger is a whole file written as one line, or an
    /// attack: it becomes an error in its place and is never held in memory.
    pub record: ByteSize,
    /// The most bytes that a compressed file may unpack to. `None`: 1 GiB, and for a larger file 200 times its packed
    /// size, which texts that people write stay far below. What comes after is an error, and not read.
    pub unpacked: Option<ByteSize>,
}

impl Limits {
    /// The most bytes that so many packed ones may unpack to.
    #[must_use]
    pub(super) fn unpacked_of(self, packed: u64) -> u64 {
        const LEAST: u64 = 1 << 30;
        const RATIO: u64 = 200;
        self.unpacked.map_or_else(|| packed.saturating_mul(RATIO).max(LEAST), ByteSize::bytes)
    }
}

/// The units with their names, the largest first.
const UNITS: [(&str, u64); 3] = [("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10)];

impl FromStr for ByteSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let upper = text.trim().to_ascii_uppercase();
        let short = upper.strip_suffix('B').unwrap_or(&upper);
        let unit = UNITS.iter().find_map(|(name, bytes)| Some((short.strip_suffix(name)?, *bytes)));
        let (digits, factor) = unit.unwrap_or((short, 1));
        let bytes = digits.parse::<u64>().ok().and_then(|count| count.checked_mul(factor));
        let bytes = bytes.filter(|bytes| *bytes > 0);
        bytes.map(Self).ok_or_else(|| "give a size above zero, such as 64M, 2G or 1000000".to_owned())
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match UNITS.iter().find(|(_, bytes)| self.0.is_multiple_of(*bytes)) {
            Some((name, bytes)) => write!(formatter, "{}{name}", self.0 / bytes),
            None => write!(formatter, "{}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_may_unpack_to_a_multiple_of_it() {
        let usual = Limits::default();
        assert_eq!(
            [0, 1 << 20, 1 << 30, u64::MAX].map(|packed| usual.unpacked_of(packed)),
            [1 << 30, 1 << 30, 200 << 30, u64::MAX]
        );
        let given = Limits { unpacked: "3M".parse().ok(), ..usual };
        assert_eq!([0, 1 << 40].map(|packed| given.unpacked_of(packed)), [3 << 20; 2]);
    }

    #[test]
    fn sizes_are_read_and_written() {
        for (text, bytes, written) in [
            ("64M", 64 << 20, "64M"),
            ("2g", 2 << 30, "2G"),
            ("1kb", 1024, "1K"),
            ("1000000", 1_000_000, "1000000"),
            ("2048K", 2 << 20, "2M"),
        ] {
            let size: ByteSize = text.parse().unwrap();
            assert_eq!((size.bytes(), size.to_string().as_str()), (bytes, written), "{text}");
        }
        for text in ["", "0", "0M", "-1", "M", "1T", "99999999999G", "1.5M", "１M"] {
            assert!(text.parse::<ByteSize>().is_err(), "{text}");
        }
    }
}
