//! Whether the files still are what the index knows of them.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// What has become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Something was appended to it.
    Grown,
    /// It is shorter than it was.
    Truncated,
    /// Another file has its name.
    Replaced,
    /// Other bytes stand in it.
    Rewritten,
    /// No file has its name any more.
    Gone,
}

/// A file that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// What has become of it.
    pub change: Change,
}

/// What a file is told from others by, and whether it has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    identity: (u64, u64),
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { identity: identity(metadata), length: metadata.len(), modified: metadata.modified().ok() }
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> (u64, u64) {
    let age = metadata.created().ok().and_then(|created| created.duration_since(SystemTime::UNIX_EPOCH).ok());
    (0, age.map_or(0, |age| age.as_nanos() as u64))
}

/// A file as it was when it was looked at last.
#[derive(Debug)]
pub(super) struct Watched {
    path: PathBuf,
    /// `None` after it was gone.
    stamp: Option<Stamp>,
}

impl Watched {
    pub(super) fn new(path: &Path, metadata: &Metadata) -> Self {
        Self { path: path.to_owned(), stamp: Some(Stamp::of(metadata)) }
    }

    /// What has become of the file since it was looked at last. `keeps` tells whether what the index knows of it still
    /// stands there.
    pub(super) fn change(&mut self, keeps: impl FnOnce() -> bool) -> Option<Change> {
        let now = match fs::metadata(&self.path) {
            Ok(metadata) if metadata.is_file() => Some(Stamp::of(&metadata)),
            Ok(_) => None,
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            // A file system that fails for a moment has not changed the file.
            Err(_) => return None,
        };
        let before = std::mem::replace(&mut self.stamp, now);
        match (before, now) {
            (before, now) if before == now => None,
            (_, None) => Some(Change::Gone),
            (None, Some(_)) => Some(Change::Replaced),
            (Some(before), Some(now)) if before.identity != now.identity => Some(Change::Replaced),
            (Some(before), Some(now)) if before.length > now.length => Some(Change::Truncated),
            (Some(before), Some(now)) if before.length < now.length && keeps() => Some(Change::Grown),
            _ => Some(Change::Rewritten),
        }
    }
}
