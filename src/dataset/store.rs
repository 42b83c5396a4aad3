//! Bytes that can be read anywhere and by several threads: a file, or the temporary file that stands for a stream.

use super::size::Limits;
use crate::error::Damage;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file read by position only, so that threads never share a cursor.
#[derive(Debug)]
pub(crate) struct Store(File);

impl Store {
    pub(super) fn new(file: File) -> Self {
        Self(file)
    }

    /// An empty file without a name: it vanishes with the process, however that ends.
    pub(crate) fn spool() -> io::Result<Self> {
        // Where /tmp is kept in memory, a data set does not belong there; /var/tmp is for what is large.
        let named = std::env::var_os("TMPDIR").is_some();
        let large = (cfg!(unix) && !named).then(|| tempfile::tempfile_in("/var/tmp").ok()).flatten();
        large.map_or_else(tempfile::tempfile, Ok).map(Self).map_err(|error| spool_error(&error))
    }

    /// How many bytes there are now.
    #[cfg(feature = "arrow")]
    pub(super) fn length(&self) -> io::Result<u64> {
        self.0.metadata().map(|metadata| metadata.len())
    }

    /// Reads up to `buffer.len()` bytes from `offset`; 0 means the end of the file.
    pub(super) fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        loop {
            match read_once(&self.0, buffer, offset) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }

    /// Reads as many bytes as there are, up to `buffer.len()`.
    pub(crate) fn read_full_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.read_at(&mut buffer[filled..], offset + filled as u64)? {
                0 => break,
                count => filled += count,
            }
        }
        Ok(filled)
    }

    /// Writes all bytes at `offset`, where the file ends.
    pub(crate) fn append_at(&self, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
        while !bytes.is_empty() {
            match write_once(&self.0, bytes, offset) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(spool_error(&error)),
                Ok(0) => return Err(spool_error(&io::Error::from(io::ErrorKind::WriteZero))),
                Ok(count) => {
                    bytes = &bytes[count..];
                    offset += count as u64;
                }
            }
        }
        Ok(())
    }
}

fn spool_error(error: &io::Error) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("cannot keep the decoded data in a temporary file ({error}); TMPDIR names another folder for it"),
    )
}

#[cfg(unix)]
fn read_once(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(unix)]
fn write_once(file: &File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::write_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_once(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

#[cfg(windows)]
fn write_once(file: &File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_write(file, bytes, offset)
}

/// Reads a store from a place on to its end.
pub(super) struct StoreReader {
    store: Arc<Store>,
    offset: u64,
}

impl StoreReader {
    pub(super) fn at(store: Arc<Store>, offset: u64) -> Self {
        Self { store, offset }
    }
}

impl Read for StoreReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.store.read_at(buffer, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}

/// How long a line of a spool may be for all of it to be kept; any length as long as nobody has said that the stream is
/// lines.
#[derive(Debug, Clone)]
pub(super) struct LongestLine(Arc<AtomicU64>);

impl Default for LongestLine {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(u64::MAX)))
    }
}

impl LongestLine {
    pub(super) fn limit(&self, bytes: u64) {
        self.0.store(bytes, Ordering::Relaxed);
    }
}

/// Copies what is read from a stream into a spool, so that it can be read again.
///
/// What a line has beyond the limit is a hole in the spool: a few bytes of a compressed stream would fill the disk
/// otherwise, with a record that nobody may read.
pub(super) struct Spooling<R> {
    stream: R,
    spool: Arc<Store>,
    offset: u64,
    longest: LongestLine,
    /// Where the line begins that is being read.
    line: u64,
    /// Whether that line has only white space so far. It is kept whole, since a hole is none.
    blank: bool,
    /// Whether the spool ends before `offset`.
    hollow: bool,
}

impl<R: Read> Spooling<R> {
    pub(super) fn new(stream: R, spool: Arc<Store>, longest: LongestLine) -> Self {
        Self { stream, spool, offset: 0, longest, line: 0, blank: true, hollow: false }
    }

    /// Takes in the next bytes of the stream, and tells whether they must be kept.
    fn keeps(&mut self, bytes: &[u8]) -> bool {
        let last = memchr::memrchr(b'\n', bytes);
        if let Some(newline) = last {
            self.line = self.offset + newline as u64 + 1;
            self.blank = true;
        }
        let is_far = self.offset - self.line.min(self.offset) > self.longest.0.load(Ordering::Relaxed);
        let keeps = last.is_some() || self.blank || !is_far;
        self.blank &= bytes[last.map_or(0, |newline| newline + 1)..].iter().all(u8::is_ascii_whitespace);
        keeps
    }
}

impl<R: Read> Read for Spooling<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        if count == 0 && self.hollow {
            self.spool.0.set_len(self.offset).map_err(|error| spool_error(&error))?;
            self.hollow = false;
        } else if count > 0 {
            self.hollow = !self.keeps(&buffer[..count]);
            if !self.hollow {
                self.spool.append_at(&buffer[..count], self.offset)?;
            }
        }
        self.offset += count as u64;
        Ok(count)
    }
}

/// Adds up the bytes that are read, for the progress display.
pub(super) struct Counting<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R> Counting<R> {
    pub(super) fn new(inner: R, count: Arc<AtomicU64>) -> Self {
        Self { inner, count }
    }
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Ends a stream that unpacks to more than it may: a small file would fill the disk otherwise.
pub(super) struct Bounded<R> {
    stream: R,
    compression: &'static str,
    /// How many packed bytes have been read.
    packed: Arc<AtomicU64>,
    unpacked: u64,
    limits: Limits,
}

impl<R: Read> Bounded<R> {
    pub(super) fn new(stream: R, compression: &'static str, packed: Arc<AtomicU64>, limits: Limits) -> Self {
        Self { stream, compression, packed, unpacked: 0, limits }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.unpacked += count as u64;
        let most = self.limits.unpacked_of(self.packed.load(Ordering::Relaxed));
        if self.unpacked > most {
            let damage = Damage::UnpacksTooFar { compression: self.compression, most };
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, damage));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_a_hole() {
        let long = vec![b'x'; 1000];
        let spaces = vec![b' '; 1000];
        let stream = [b"{}\n", &long[..], b"\n{}\n", &spaces[..], b"\n\n", &long[..]].concat();
        for block in [1, 7, 64, 1003, 5000] {
            let longest = LongestLine::default();
            longest.limit(100);
            let spool = Arc::new(Store::spool().unwrap());
            let mut reader = Spooling::new(&stream[..], Arc::clone(&spool), longest);
            let mut buffer = vec![0; block];
            while reader.read(&mut buffer).unwrap() > 0 {}
            let mut kept = vec![b'?'; stream.len() + 1];
            assert_eq!(spool.read_full_at(&mut kept, 0).unwrap(), stream.len(), "blocks of {block}");
            let holes = kept.iter().zip(&stream).filter(|(kept, given)| kept != given).count();
            for (at, (kept, given)) in kept.iter().zip(&stream).enumerate() {
                assert!(kept == given || (*kept == 0 && *given == b'x'), "byte {at} in blocks of {block}");
            }
            // A block that has a line end is kept whole, and so are those up to the limit.
            assert!(holes + 2 * (101 + 2 * block) >= 2 * long.len(), "{holes} in blocks of {block}");
        }
    }
}
