//! Why a file cannot be written, and what to do about it.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why a file cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteFault {
    /// Its folder is not there.
    NoFolder(PathBuf),
    /// What should be its folder is a file.
    NotFolder(PathBuf),
    /// A folder has its name.
    IsFolder,
    /// Nothing may be written into its folder.
    Denied(PathBuf),
    /// There is no room left for it.
    Full,
    /// What the operating system said.
    System(String),
}

impl WriteFault {
    /// What an error of the operating system means for the file that is to be written. It is written under another name
    /// first, which is no concern of the reader.
    #[must_use]
    pub fn of(path: &Path, error: &io::Error) -> Self {
        let folder = || path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match error.kind() {
            _ if path.is_dir() => Self::IsFolder,
            ErrorKind::NotFound => Self::NoFolder(folder().to_owned()),
            ErrorKind::NotADirectory => Self::NotFolder(folder().to_owned()),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::Denied(folder().to_owned()),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::WriteZero => Self::Full,
            // The error of a temporary file names that file.
            kind => Self::System(error.raw_os_error().map_or_else(|| kind.to_string(), |_| error.to_string())),
        }
    }
}

impl fmt::Display for WriteFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder(folder) => {
                write!(formatter, "there is no folder {}; create it (mkdir -p), or give another name", folder.display())
            }
            Self::NotFolder(folder) => {
                write!(formatter, "{} is not a folder; give a name in a folder", folder.display())
            }
            Self::IsFolder => formatter.write_str("a folder has this name; give the name of a file"),
            Self::Denied(folder) => write!(
                formatter,
                "the folder {} is not writable; check who may write to it (ls -ld), or give a name in another folder",
                folder.display()
            ),
            Self::Full => {
                formatter.write_str("no space is left on the disk; free some, or give a name on another disk")
            }
            Self::System(said) => formatter.write_str(said),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_the_folder_and_no_file_within() {
        let said = |path: &str, kind: ErrorKind| WriteFault::of(Path::new(path), &io::Error::from(kind)).to_string();
        assert!(said("no/x.json", ErrorKind::NotFound).contains("no folder no;"));
        assert!(said("x.json", ErrorKind::PermissionDenied).contains("the folder . is not writable"));
        assert!(said("x.json", ErrorKind::StorageFull).contains("no space is left"));
        assert!(said("src", ErrorKind::PermissionDenied).contains("a folder has this name"));
        let hidden = io::Error::other("something at path \"/x/.tmpA\"");
        assert!(!WriteFault::of(Path::new("x.json"), &hidden).to_string().contains(".tmp"));
    }
}
