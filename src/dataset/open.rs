//! From paths to open files, with everything checked that can be checked at once.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder;
use super::watch::Watched;
use crate::error::DatasetError;
use crate::words::config::ConfigWarning;

/// EMFILE, the same on Linux, macOS and the BSDs.
const TOO_MANY_OPEN_FILES: i32 = 24;

/// Where the bytes of one file come from.
pub(super) enum Origin {
    /// A regular file, which can be read anywhere.
    File(File),
    /// Standard input, a named pipe, a device: read once, from the start.
    Stream(Box<dyn Read + Send>),
}

/// One file of a data set.
pub(super) struct Source {
    pub(super) name: Arc<str>,
    pub(super) origin: Origin,
    /// In bytes; `None` for a stream.
    pub(super) length: Option<u64>,
    /// What tells whether it changes; `None` for a stream.
    pub(super) watched: Option<Watched>,
}

/// All files of a data set, and what the user should know of how they were chosen.
pub(super) struct Sources {
    pub(super) sources: Vec<Source>,
    pub(super) notes: Vec<ConfigWarning>,
}

/// Opens all paths, or says which one cannot be opened.
pub(super) fn open(paths: &[PathBuf]) -> Result<Sources, DatasetError> {
    if paths.is_empty() {
        return Err(DatasetError::NoPath);
    }
    if paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
        return Err(DatasetError::StandardInputTwice);
    }
    let mut sources = Vec::new();
    let mut notes = Vec::new();
    for path in paths {
        if !is_standard_input(path) && path.is_dir() {
            check_readable(path)?;
            let folder = folder::expand(path)?;
            notes.extend(folder.note);
            for file in &folder.files {
                sources.push(open_one(file)?);
            }
        } else {
            sources.push(open_one(path)?);
        }
    }
    if let ([Source { length: Some(0), .. }], [path]) = (&sources[..], paths) {
        return Err(DatasetError::Empty { path: path.clone() });
    }
    Ok(Sources { sources, notes })
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn open_one(path: &Path) -> Result<Source, DatasetError> {
    let name = Arc::from(path.to_string_lossy());
    if is_standard_input(path) {
        return Ok(Source { name, origin: Origin::Stream(Box::new(io::stdin())), length: None, watched: None });
    }
    let metadata = fs::metadata(path).map_err(|error| refused(path, &error))?;
    if !metadata.is_file() {
        let stream = Box::new(LateFile { path: path.to_owned(), file: None });
        return Ok(Source { name, origin: Origin::Stream(stream), length: None, watched: None });
    }
    let file = File::open(path).map_err(|error| refused(path, &error))?;
    let watched = Some(Watched::new(path, &metadata));
    Ok(Source { name, origin: Origin::File(file), length: Some(metadata.len()), watched })
}

/// Whether a folder may be read at all: what cannot be looked at is not empty.
fn check_readable(folder: &Path) -> Result<(), DatasetError> {
    fs::read_dir(folder).map_err(|error| refused(folder, &error))?;
    match fs::metadata(folder.join("state.json")) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(refused(folder, &error)),
        _ => Ok(()),
    }
}

fn refused(path: &Path, error: &io::Error) -> DatasetError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => DatasetError::Missing { path },
        io::ErrorKind::PermissionDenied => DatasetError::Denied { path },
        // A folder of a thousand shards meets the usual limit; there is no portable name for this error.
        _ if cfg!(unix) && error.raw_os_error() == Some(TOO_MANY_OPEN_FILES) => {
            DatasetError::TooManyOpen { path, reason: error.to_string() }
        }
        _ => DatasetError::Unreadable { path, reason: error.to_string() },
    }
}

/// A named pipe, opened when it is first read: opening waits for the other side.
struct LateFile {
    path: PathBuf,
    file: Option<File>,
}

impl Read for LateFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let file = match &mut self.file {
            Some(file) => file,
            closed => closed.insert(File::open(&self.path)?),
        };
        file.read(buffer)
    }
}
