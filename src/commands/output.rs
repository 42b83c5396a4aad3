//! Files that are written: beside their place, and put there when they are whole; never over what is read.

use crate::error::{Error, OptionFault, WriteFault};
use flate2::write::GzEncoder;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The level of compression that `zstd` itself has.
const ZSTD_LEVEL: i32 = 3;

/// Endings of files that hold something else than lines of JSON, plain or in a compression that is not written.
const OTHER_ENDINGS: &[&str] = &["arrow", "bz2", "csv", "feather", "json", "parquet", "tsv", "txt", "xz"];

/// A file that takes the place of another, or of none, once all of it is written.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    beside: BufWriter<NamedTempFile>,
}

impl NewFile {
    /// Begins the file.
    ///
    /// # Errors
    /// [`Error::NotWritten`] where its folder cannot be written to.
    pub fn begin(path: &Path) -> Result<Self, Error> {
        // In the same folder, so that it can take its place in one step.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let beside = builder().tempfile_in(folder).map_err(|error| refused(path, &error))?;
        Ok(Self { path: path.to_owned(), beside: BufWriter::new(beside) })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Error::NotWritten`].
    pub fn finish(self) -> Result<(), Error> {
        let written = self.beside.into_inner().map_err(|error| refused(&self.path, error.error()))?;
        written.persist(&self.path).map_err(|error| refused(&self.path, &error.error))?;
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.beside.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.beside.flush()
    }
}

/// Temporary files are for their owner alone, and these are not temporary.
fn builder<'a, 'b>() -> tempfile::Builder<'a, 'b> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has these permissions"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn refused(path: &Path, error: &io::Error) -> Error {
    Error::NotWritten { path: path.to_owned(), fault: WriteFault::of(path, error) }
}

/// Has something written to a file, which is replaced when all is written, or to the output.
///
/// # Errors
/// What `write` gives, and [`Error::NotWritten`] where the file cannot be written; then it is as it was.
pub fn into<T>(
    file: Option<&Path>,
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> Result<T, Error>,
) -> Result<T, Error> {
    let Some(path) = file else { return write(out) };
    let mut file = NewFile::begin(path)?;
    let done = write(&mut file).map_err(|error| match error {
        // What cannot be written is this file.
        Error::Output(error) => refused(path, &error),
        other => other,
    })?;
    file.finish()?;
    Ok(done)
}

/// Lines of JSON, compressed where the name says so.
pub struct NewLines {
    path: PathBuf,
    lines: Lines,
}

enum Lines {
    Plain(NewFile),
    Gzip(GzEncoder<NewFile>),
    Zstd(zstd::stream::write::Encoder<'static, NewFile>),
}

impl NewLines {
    /// Begins the file.
    ///
    /// # Errors
    /// [`Error::NotWritten`] where its folder cannot be written to.
    pub fn begin(path: &Path) -> Result<Self, Error> {
        let file = NewFile::begin(path)?;
        let lines = match ending(path).as_deref() {
            Some("gz") => Lines::Gzip(GzEncoder::new(file, flate2::Compression::default())),
            Some("zst") => {
                let encoder = zstd::stream::write::Encoder::new(file, ZSTD_LEVEL);
                Lines::Zstd(encoder.map_err(|error| refused(path, &error))?)
            }
            _ => Lines::Plain(file),
        };
        Ok(Self { path: path.to_owned(), lines })
    }

    /// Writes a line.
    ///
    /// # Errors
    /// [`Error::NotWritten`].
    pub fn line(&mut self, line: &[u8]) -> Result<(), Error> {
        let out: &mut dyn Write = match &mut self.lines {
            Lines::Plain(file) => file,
            Lines::Gzip(encoder) => encoder,
            Lines::Zstd(encoder) => encoder,
        };
        out.write_all(line).and_then(|()| out.write_all(b"\n")).map_err(|error| refused(&self.path, &error))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Error::NotWritten`].
    pub fn finish(self) -> Result<(), Error> {
        let refused = |error| refused(&self.path, &error);
        let file = match self.lines {
            Lines::Plain(file) => file,
            Lines::Gzip(encoder) => encoder.finish().map_err(refused)?,
            Lines::Zstd(encoder) => encoder.finish().map_err(refused)?,
        };
        file.finish()
    }
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// Refuses a name that promises something else than lines of JSON.
///
/// # Errors
/// [`Error::Option`] with the ending.
pub fn check_ending(option: &'static str, path: &Path) -> Result<(), Error> {
    match ending(path) {
        Some(ending) if OTHER_ENDINGS.contains(&ending.as_str()) => {
            Err(Error::Option { option, fault: OptionFault::NoLines { ending } })
        }
        _ => Ok(()),
    }
}

/// Refuses to write over a file that is read, whatever names lead to it.
///
/// # Errors
/// [`Error::Option`] with the name by which it is read.
pub fn check_inputs(option: &'static str, path: &Path, inputs: &[PathBuf]) -> Result<(), Error> {
    match inputs.iter().find(|input| is_same_file(path, input)) {
        Some(input) => {
            let input = input.display().to_string();
            Err(Error::Option { option, fault: OptionFault::OverInput { input } })
        }
        None => Ok(()),
    }
}

/// Whether two names lead to one file, by links of either kind too. `-` is what standard input comes from.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let (one, other) = (opened(one), opened(other));
    if let (Some(one), Some(other)) = (identity(one), identity(other)) {
        return one == other;
    }
    match (std::path::absolute(one), std::path::absolute(other)) {
        // Neither is there yet.
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

fn opened(path: &Path) -> &Path {
    if cfg!(unix) && path.as_os_str() == "-" { Path::new("/dev/stdin") } else { path }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// The names in a folder.
#[cfg(test)]
fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "old").unwrap();
        let mut lines = NewLines::begin(&path).unwrap();
        lines.line(b"new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        lines.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new\n");
        NewLines::begin(&path).unwrap().line(b"given up").unwrap();
        assert_eq!(
            (std::fs::read_to_string(&path).unwrap(), names_in(folder.path())),
            ("new\n".to_owned(), vec!["a.jsonl".to_owned()])
        );
    }

    #[test]
    fn the_ending_says_how_it_is_compressed() {
        let folder = tempfile::tempdir().unwrap();
        let written = |name: &str| {
            let path = folder.path().join(name);
            let mut lines = NewLines::begin(&path).unwrap();
            lines.line(b"{}").unwrap();
            lines.finish().unwrap();
            std::fs::read(path).unwrap()
        };
        let mut plain = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*written("a.jsonl.gz")), &mut plain).unwrap();
        assert_eq!(plain, "{}\n");
        assert_eq!(zstd::decode_all(&*written("a.jsonl.ZST")).unwrap(), b"{}\n");
        assert_eq!(written("a"), b"{}\n");
        for name in ["a.parquet", "a.jsonl.xz", "a.CSV", "a.json"] {
            assert!(
                check_ending("--write-clean", Path::new(name)).unwrap_err().to_string().contains(".jsonl"),
                "{name}"
            );
        }
        assert!(check_ending("--write-clean", Path::new("a.b/c")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn one_file_is_known_by_all_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let name = |name: &str| folder.path().join(name);
        std::fs::write(name("a"), "").unwrap();
        std::fs::write(name("b"), "").unwrap();
        std::fs::hard_link(name("a"), name("hard")).unwrap();
        std::os::unix::fs::symlink(name("a"), name("soft")).unwrap();
        assert!(["a", "hard", "soft", "./a"].iter().all(|other| is_same_file(&name("a"), &name(other))));
        assert!(!is_same_file(&name("a"), &name("b")) && !is_same_file(&name("a"), &name("new")));
        assert!(is_same_file(&name("new"), &name("new")));
        let inputs = [name("b"), name("soft")];
        assert!(check_inputs("--output", &name("hard"), &inputs).unwrap_err().to_string().contains("soft"));
        assert!(check_inputs("--output", &name("new"), &inputs).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_it_as_the_person_has_it_with_new_files() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        std::fs::write(folder.path().join("plain"), "").unwrap();
        NewFile::begin(&folder.path().join("new")).unwrap().finish().unwrap();
        assert_eq!(mode("new"), mode("plain"));
    }
}
