//! Files that people name by mistake: recognised in order to say what they are and what to do.

use super::{Container, Head, Verdict};
use crate::error::{MEND, RecordError};

pub(super) const CONTAINER: Container = Container { name: "unknown", recognise };

const KINDS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive: unpack it and name the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it and name the files in it"),
    (b"SQLite format 3\0", "an SQLite database: export the table as JSON lines"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file: export the records as JSON lines"),
    (b"\x93NUMPY", "a NumPy array: export the records as JSON lines"),
    (b"%PDF-", "a PDF document: name the data set itself"),
    (b"\x80\x04\x95", "a Python pickle: load it and write the records with json.dumps"),
    (b"\x80\x05\x95", "a Python pickle: load it and write the records with json.dumps"),
    #[cfg(not(feature = "arrow"))]
    (b"PAR1", "a Parquet file, which this build cannot read: build with the feature arrow"),
    #[cfg(not(feature = "arrow"))]
    (b"ARROW1", "an Arrow file, which this build cannot read: build with the feature arrow"),
    #[cfg(not(feature = "arrow"))]
    (b"\xff\xff\xff\xff", "Arrow data, which this build cannot read: build with the feature arrow"),
    (b"FEA1", "a Feather file of version 1: write it again with a newer pyarrow"),
    (b"ORC", "an ORC file: write it as Parquet"),
    (b"Obj\x01", "an Avro file: write it as Parquet or JSON lines"),
    (b"version https://git-lfs.", "what Git LFS leaves in place of a file: fetch the file itself with git lfs pull"),
    (b"\xff\xfe", "UTF-16 text: convert it with iconv -f UTF-16 -t UTF-8"),
    (b"\xfe\xff", "UTF-16 text: convert it with iconv -f UTF-16 -t UTF-8"),
];

/// How tables begin, with what people name them.
const TABLES: [&[u8]; 3] = [b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"];
const TABLE_ENDINGS: [&str; 3] = ["parquet", "arrow", "feather"];

/// Where a tar archive says that it is one.
const TAR: (usize, &[u8]) = (257, b"ustar");

fn recognise(head: &Head) -> Verdict {
    let refuse = |reason: &str| Verdict::Refused(RecordError::Damaged { reason: format!("this is {reason}") });
    if let Some((_, reason)) = KINDS.iter().find(|(magic, _)| head.bytes.starts_with(magic)) {
        return refuse(reason);
    }
    if !head.settled && KINDS.iter().any(|(magic, _)| magic.starts_with(head.bytes)) {
        return Verdict::Unsure;
    }
    if head.bytes.get(TAR.0..).is_some_and(|bytes| bytes.starts_with(TAR.1)) {
        return refuse("a tar archive: unpack it and name the files in it");
    }
    let is_table = TABLES.iter().any(|magic| head.bytes.starts_with(magic) || magic.starts_with(head.bytes));
    if head.is_named(&TABLE_ENDINGS) && !head.bytes.is_empty() && !is_table && !head.looks_like_json() {
        return refuse(&format!(
            "no Parquet or Arrow file, whatever its name says: it does not begin like one, so it is damaged or something \
             else; {MEND}"
        ));
    }
    Verdict::No
}
