//! How large one record may be.

use std::fmt;
use std::str::FromStr;

/// The most bytes that one record may have in its file. What is larger is a whole file written as one line, or an attack:
/// it becomes an error in its place and is never held in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordSize(u64);

impl RecordSize {
    /// The bytes.
    #[must_use]
    pub fn bytes(self) -> u64 {
        self.0
    }
}

impl Default for RecordSize {
    /// Four times the longest text that is tokenized, so that one whose every character is escaped can be read.
    fn default() -> Self {
        Self(64 << 20)
    }
}

/// The units with their names, the largest first.
const UNITS: [(&str, u64); 3] = [("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10)];

impl FromStr for RecordSize {
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

impl fmt::Display for RecordSize {
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
    fn sizes_are_read_and_written() {
        for (text, bytes, written) in [
            ("64M", 64 << 20, "64M"),
            ("2g", 2 << 30, "2G"),
            ("1kb", 1024, "1K"),
            ("1000000", 1_000_000, "1000000"),
            ("2048K", 2 << 20, "2M"),
        ] {
            let size: RecordSize = text.parse().unwrap();
            assert_eq!((size.bytes(), size.to_string().as_str()), (bytes, written), "{text}");
        }
        for text in ["", "0", "0M", "-1", "M", "1T", "99999999999G", "1.5M", "１M"] {
            assert!(text.parse::<RecordSize>().is_err(), "{text}");
        }
    }
}
