//! A list of equal pieces of bytes that does not grow in memory: all but its end stands in a temporary file.

use crate::dataset::Store;
use std::borrow::Cow;
use std::io;
use std::sync::Arc;

/// How many entries go to the file together; fewer stay in memory.
const CHUNK: usize = if cfg!(test) { 4 } else { 1 << 18 };

/// Entries of `SIZE` bytes in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Kept<const SIZE: usize> {
    /// The temporary file with the bytes that it has, once there are many entries.
    file: Option<(Arc<Store>, u64)>,
    chunks: Vec<Chunk<SIZE>>,
    /// The entries after those.
    last: Vec<[u8; SIZE]>,
}

/// Entries that follow each other, at most [`CHUNK`].
#[derive(Debug)]
enum Chunk<const SIZE: usize> {
    Written {
        file: Arc<Store>,
        offset: u64,
        count: usize,
    },
    /// Those for which no file can be made or written: they are worth more than the memory.
    InMemory(Vec<[u8; SIZE]>),
}

impl<const SIZE: usize> Kept<SIZE> {
    pub fn len(&self) -> usize {
        self.chunks.iter().map(Chunk::len).sum::<usize>() + self.last.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn extend(&mut self, entries: &[[u8; SIZE]]) {
        self.last.extend_from_slice(entries);
        while self.last.len() >= CHUNK {
            let rest = self.last.split_off(CHUNK);
            let full = std::mem::replace(&mut self.last, rest);
            let chunk = self.write(&full).unwrap_or(Chunk::InMemory(full));
            self.chunks.push(chunk);
        }
    }

    /// Takes in the entries of another list after these.
    pub fn append(&mut self, later: Self) {
        if later.chunks.is_empty() {
            return self.extend(&later.last);
        }
        let last = std::mem::replace(&mut self.last, later.last);
        self.chunks.push(Chunk::InMemory(last));
        self.chunks.extend(later.chunks);
    }

    /// The entries in order, in chunks. Lists that grew by the same numbers of entries have chunks of the same
    /// lengths.
    ///
    /// # Errors
    /// For each chunk, what reading the temporary file gives.
    pub fn read(&self) -> impl Iterator<Item = io::Result<Cow<'_, [[u8; SIZE]]>>> {
        self.chunks.iter().map(Chunk::read).chain(std::iter::once(Ok(Cow::Borrowed(&self.last[..]))))
    }

    fn write(&mut self, entries: &[[u8; SIZE]]) -> Option<Chunk<SIZE>> {
        if self.file.is_none() {
            self.file = Some((Arc::new(Store::spool().ok()?), 0));
        }
        let (file, end) = self.file.as_mut()?;
        let offset = *end;
        file.append_at(entries.as_flattened(), offset).ok()?;
        *end += size_of_val(entries) as u64;
        Some(Chunk::Written { file: file.clone(), offset, count: entries.len() })
    }
}

impl<const SIZE: usize> Chunk<SIZE> {
    fn len(&self) -> usize {
        match self {
            Self::Written { count, .. } => *count,
            Self::InMemory(entries) => entries.len(),
        }
    }

    fn read(&self) -> io::Result<Cow<'_, [[u8; SIZE]]>> {
        match self {
            Self::InMemory(entries) => Ok(Cow::Borrowed(entries)),
            Self::Written { file, offset, count } => {
                let mut entries = vec![[0; SIZE]; *count];
                let bytes = entries.as_flattened_mut();
                let is_whole = file.read_full_at(bytes, *offset)? == bytes.len();
                if is_whole { Ok(Cow::Owned(entries)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(list: &Kept<2>) -> Vec<[u8; 2]> {
        list.read().flat_map(|chunk| chunk.unwrap().into_owned()).collect()
    }

    fn of(entries: std::ops::Range<u8>) -> Kept<2> {
        let mut list = Kept::default();
        entries.for_each(|entry| list.extend(&[[entry, entry + 1]]));
        list
    }

    #[test]
    fn entries_come_back_in_order_whether_they_were_written_or_not() {
        let expected: Vec<[u8; 2]> = (0..11).map(|entry| [entry, entry + 1]).collect();
        let mut list = of(0..11);
        let written = list.chunks.iter().filter(|chunk| matches!(chunk, Chunk::Written { .. })).count();
        assert_eq!((all(&list), list.len(), written, list.last.len()), (expected.clone(), 11, 2, 3));
        for at in 0..=11 {
            let mut parts = of(0..at);
            parts.append(of(at..11));
            assert_eq!((all(&parts), parts.len()), (expected.clone(), 11), "{at}");
            parts.extend(&[[99, 99]]);
            assert_eq!(all(&parts).last(), Some(&[99, 99]));
        }
        // A list that was handed on goes on in a file of its own.
        list.append(of(11..20));
        list.extend(&(20..40).map(|entry| [entry, entry + 1]).collect::<Vec<_>>());
        assert_eq!(all(&list), all(&of(0..40)));
    }

    #[test]
    fn what_the_file_no_longer_has_is_an_error() {
        let mut list = of(0..4);
        list.chunks = vec![Chunk::Written { file: Arc::new(Store::spool().unwrap()), offset: 0, count: 4 }];
        assert_eq!(list.read().next().unwrap().unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
