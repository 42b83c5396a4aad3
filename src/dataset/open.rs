//! From paths to open files, with everything checked that can be checked at once.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::DatasetError;

/// How many files of a folder an error message names.
const NAMED_FILES: usize = 3;

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
}

/// Opens all paths, or says which one cannot be opened.
pub(super) fn open(paths: &[PathBuf]) -> Result<Vec<Source>, DatasetError> {
    if paths.is_empty() {
        return Err(DatasetError::NoPath);
    }
    if paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
        return Err(DatasetError::StandardInputTwice);
    }
    let sources = paths.iter().map(|path| open_one(path)).collect::<Result<Vec<_>, _>>()?;
    if let ([Source { length: Some(0), .. }], [path]) = (&sources[..], paths) {
        return Err(DatasetError::Empty { path: path.clone() });
    }
    Ok(sources)
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn open_one(path: &Path) -> Result<Source, DatasetError> {
    let name = Arc::from(path.to_string_lossy());
    if is_standard_input(path) {
        return Ok(Source { name, origin: Origin::Stream(Box::new(io::stdin())), length: None });
    }
    let metadata = fs::metadata(path).map_err(|error| refused(path, &error))?;
    if metadata.is_dir() {
        return Err(DatasetError::Folder { path: path.to_owned(), hint: folder_hint(path) });
    }
    if !metadata.is_file() {
        let stream = Box::new(LateFile { path: path.to_owned(), file: None });
        return Ok(Source { name, origin: Origin::Stream(stream), length: None });
    }
    let file = File::open(path).map_err(|error| refused(path, &error))?;
    Ok(Source { name, origin: Origin::File(file), length: Some(metadata.len()) })
}

fn refused(path: &Path, error: &io::Error) -> DatasetError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => DatasetError::Missing { path },
        io::ErrorKind::PermissionDenied => DatasetError::Denied { path },
        _ => DatasetError::Unreadable { path, reason: error.to_string() },
    }
}

fn folder_hint(folder: &Path) -> String {
    const ENDINGS: [&str; 7] = [".jsonl", ".json", ".ndjson", ".parquet", ".arrow", ".jsonl.gz", ".jsonl.zst"];
    let mut files: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| ENDINGS.iter().any(|ending| name.ends_with(ending)))
        .collect();
    files.sort();
    match files.len() {
        0 => "name the files that hold the records".to_owned(),
        count => {
            let named: Vec<String> =
                files.iter().take(NAMED_FILES).map(|name| folder.join(name).display().to_string()).collect();
            let more = if count > NAMED_FILES { format!(" (and {} more)", count - NAMED_FILES) } else { String::new() };
            format!("name files in it: {}{more}", named.join(" "))
        }
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
