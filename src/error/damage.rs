//! What is wrong with the bytes of a file, and what to do about it.

use super::mebibytes;
use std::fmt;

/// What to do with a damaged file.
const MEND: &str = "download the file again, or write it again from its source";

/// Why a file gives no records, or no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// A table that is damaged.
    Table {
        /// Its kind.
        kind: TableKind,
        /// What is wrong with it.
        fault: TableFault,
    },
    /// Compressed data that is damaged.
    Compressed {
        /// The compression, such as `gzip`.
        compression: &'static str,
        /// What the decoder said; `None` where the data ends too early.
        said: Option<String>,
    },
    /// Compressed data unpacks to more than is read of it.
    UnpacksTooFar {
        /// The compression, such as `gzip`.
        compression: &'static str,
        /// The most bytes that are read.
        most: u64,
    },
    /// A table is compressed in a way that is not read.
    Codec {
        /// The compression, as Parquet calls it.
        codec: String,
    },
    /// The array is not closed.
    OpenArray,
    /// A quote of a table of text is not closed.
    OpenQuote {
        /// How many lines follow the one in which it opens.
        lines: usize,
    },
    /// A comma stands before the end of the array.
    LastComma,
    /// Something follows the array.
    AfterArray {
        /// The line, from 1.
        line: usize,
    },
    /// A file of another kind than records.
    Foreign(Foreign),
    /// The operating system fails to deliver the bytes.
    System(String),
    /// The reader ended without a reason.
    Unforeseen,
}

impl std::error::Error for Damage {}

impl fmt::Display for Damage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { kind, fault } => write!(formatter, "the {kind} is damaged ({fault}); {MEND}"),
            Self::Compressed { compression, said } => {
                let said = said.as_deref().unwrap_or("it is cut off");
                write!(
                    formatter,
                    "the {compression} data is damaged ({said}); check that the file was written and downloaded completely"
                )
            }
            Self::UnpacksTooFar { compression, most } => write!(
                formatter,
                "the {compression} data unpacks to more than {} MiB, and the rest is not read, since a small file can fill the \
                 disk this way; if you trust it, raise the limit with --max-unpacked-size",
                mebibytes(*most)
            ),
            Self::Codec { codec } => {
                write!(formatter, "its compression {codec} is not known here; write the file with zstd, snappy or gzip")
            }
            Self::OpenArray => formatter
                .write_str("the array is not closed by ]; check that the file was written and downloaded completely"),
            Self::OpenQuote { lines } => {
                formatter.write_str("the quote that opens in this line is never closed, so ")?;
                match lines {
                    0 => formatter.write_str("the row cannot be read")?,
                    1 => formatter.write_str("neither its row nor the line after it can be read")?,
                    lines => write!(formatter, "neither its row nor the {lines} lines after it can be read")?,
                }
                formatter.write_str("; close it, or write a quote inside a field twice")
            }
            Self::LastComma => formatter.write_str("there is a comma before the closing ]; remove it"),
            Self::AfterArray { line } => {
                write!(formatter, "the array is closed, but more follows in line {line}; write one array per file")
            }
            Self::Foreign(foreign) => write!(formatter, "this is {foreign}"),
            Self::System(said) => formatter.write_str(said),
            Self::Unforeseen => {
                formatter.write_str("reading failed unexpectedly: the file is damaged or of an unknown kind")
            }
        }
    }
}

/// A kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// Parquet.
    Parquet,
    /// Arrow IPC.
    Arrow,
}

impl fmt::Display for TableKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Parquet => "Parquet file",
            Self::Arrow => "Arrow file",
        })
    }
}

/// What is wrong with a table or a row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableFault {
    /// What the decoder said.
    Said(String),
    /// The decoder gave up without a reason.
    Undecodable,
    /// The file ends too early.
    CutOff,
    /// The file was changed while it was open.
    Changed,
    /// A group of rows claims an impossible number of them.
    ImpossibleRows,
    /// A group of rows claims more of them than it holds.
    ClaimedRows {
        /// How many it claims.
        rows: usize,
    },
    /// There are fewer rows than the file says.
    FewerRows,
    /// The file does not begin with a schema.
    NoSchema,
    /// A second schema follows.
    SecondSchema,
    /// A batch has a negative number of rows.
    NegativeRows,
    /// A message is of an unknown kind.
    UnknownMessage,
    /// A message does not begin where it should.
    MisplacedMessage,
    /// A part of a batch begins before the batch.
    MisplacedPart,
    /// A part claims a length that no part can have.
    ImpossibleLength,
    /// A batch is missing.
    MissingBatch,
}

impl TableFault {
    /// What a decoder said, in one line.
    #[must_use]
    pub fn said(error: &impl ToString) -> Self {
        Self::Said(error.to_string().split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl std::error::Error for TableFault {}

impl fmt::Display for TableFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Said(said) => said,
            Self::Undecodable => "it cannot be decoded",
            Self::CutOff => "it is cut off",
            Self::Changed => "it was changed while it was open",
            Self::ImpossibleRows => "a group claims an impossible number of rows",
            Self::ClaimedRows { rows } => {
                return write!(formatter, "a group claims {rows} rows, which it does not hold");
            }
            Self::FewerRows => "it has fewer rows than it says",
            Self::NoSchema => "it does not begin with a schema",
            Self::SecondSchema => "a second schema follows",
            Self::NegativeRows => "a batch has a negative number of rows",
            Self::UnknownMessage => "a message is of an unknown kind",
            Self::MisplacedMessage => "a message does not begin where it should",
            Self::MisplacedPart => "a part begins outside its batch",
            Self::ImpossibleLength => "a part claims an impossible length",
            Self::MissingBatch => "a batch is missing",
        })
    }
}

/// A file that people name by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// A ZIP archive.
    Zip,
    /// A 7z archive.
    SevenZip,
    /// A tar archive.
    Tar,
    /// An `SQLite` database.
    Sqlite,
    /// An HDF5 file.
    Hdf5,
    /// A `NumPy` array.
    NumPy,
    /// A PDF document.
    Pdf,
    /// A Python pickle.
    Pickle,
    /// A Parquet file, in a build that cannot read it.
    ParquetNotBuilt,
    /// An Arrow file, in a build that cannot read it.
    ArrowNotBuilt,
    /// A Feather file of version 1.
    OldFeather,
    /// An ORC file.
    Orc,
    /// An Avro file.
    Avro,
    /// A Git LFS pointer.
    GitLfs,
    /// UTF-16 text.
    Utf16,
    /// A picture.
    Picture,
    /// A program.
    Program,
    /// The weights of a model.
    Weights,
    /// A file with the name of a table and other contents.
    NoTable,
}

impl fmt::Display for Foreign {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Zip => "a ZIP archive; unpack it and name the files in it",
            Self::SevenZip => "a 7z archive; unpack it and name the files in it",
            Self::Tar => "a tar archive; unpack it and name the files in it",
            Self::Sqlite => "an SQLite database; export the table as JSON lines",
            Self::Hdf5 => "an HDF5 file; export the records as JSON lines",
            Self::NumPy => "a NumPy array; export the records as JSON lines",
            Self::Pdf => "a PDF document; name the data set itself",
            Self::Pickle => "a Python pickle; load it and write the records with json.dumps",
            Self::ParquetNotBuilt => {
                "a Parquet file, which this build cannot read; build maskview with the feature arrow"
            }
            Self::ArrowNotBuilt => "an Arrow file, which this build cannot read; build maskview with the feature arrow",
            Self::OldFeather => "a Feather file of version 1; write it again with a newer pyarrow",
            Self::Orc => "an ORC file; convert it to Parquet",
            Self::Avro => "an Avro file; convert it to Parquet or JSON lines",
            Self::GitLfs => "a Git LFS pointer, not the data; run git lfs pull, or download the file itself",
            Self::Utf16 => "UTF-16 text; convert it with iconv -f UTF-16 -t UTF-8",
            Self::Picture => "a picture; name the data set itself",
            Self::Program => "a program; name the data set itself",
            Self::Weights => "the weights of a model; name the data set itself, and the model with --tokenizer",
            Self::NoTable => {
                "not a Parquet or Arrow file, although its name says so; download the file again, or give it the right \
                 name"
            }
        })
    }
}
