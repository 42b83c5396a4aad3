//! Files that people name by mistake: recognised in order to say what they are and what to do.

use super::{Container, Head, Verdict};
use crate::error::{Damage, Foreign, RecordError};

pub(super) const CONTAINER: Container = Container { name: "unknown", recognise };

const KINDS: &[(&[u8], Foreign)] = &[
    (b"PK\x03\x04", Foreign::Zip),
    (b"7z\xbc\xaf\x27\x1c", Foreign::SevenZip),
    (b"SQLite format 3\0", Foreign::Sqlite),
    (b"\x89HDF\r\n\x1a\n", Foreign::Hdf5),
    (b"\x93NUMPY", Foreign::NumPy),
    (b"%PDF-", Foreign::Pdf),
    (b"\x80\x04\x95", Foreign::Pickle),
    (b"\x80\x05\x95", Foreign::Pickle),
    #[cfg(not(feature = "arrow"))]
    (b"PAR1", Foreign::ParquetNotBuilt),
    #[cfg(not(feature = "arrow"))]
    (b"ARROW1", Foreign::ArrowNotBuilt),
    #[cfg(not(feature = "arrow"))]
    (b"\xff\xff\xff\xff", Foreign::ArrowNotBuilt),
    (b"PK\x05\x06", Foreign::Zip),
    (b"\x89PNG\r\n", Foreign::Picture),
    (b"\xff\xd8\xff", Foreign::Picture),
    (b"GIF8", Foreign::Picture),
    (b"\x7fELF", Foreign::Program),
    (b"MZ\x90\0", Foreign::Program),
    (b"\xcf\xfa\xed\xfe", Foreign::Program),
    (b"GGUF", Foreign::Weights),
    (b"FEA1", Foreign::OldFeather),
    (b"ORC", Foreign::Orc),
    (b"Obj\x01", Foreign::Avro),
    (b"version https://git-lfs.", Foreign::GitLfs),
    (b"\xff\xfe", Foreign::Utf16),
    (b"\xfe\xff", Foreign::Utf16),
];

/// How tables begin, with what people name them.
const TABLES: [&[u8]; 3] = [b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"];
const TABLE_ENDINGS: [&str; 3] = ["parquet", "arrow", "feather"];

/// Where a tar archive says that it is one.
const TAR: (usize, &[u8]) = (257, b"ustar");

fn recognise(head: &Head) -> Verdict {
    let refuse = |kind| Verdict::Refused(RecordError::Damaged(Damage::Foreign(kind)));
    if let Some((_, kind)) = KINDS.iter().find(|(magic, _)| head.bytes.starts_with(magic)) {
        return refuse(*kind);
    }
    if !head.settled && KINDS.iter().any(|(magic, _)| magic.starts_with(head.bytes)) {
        return Verdict::Unsure;
    }
    if head.bytes.get(TAR.0..).is_some_and(|bytes| bytes.starts_with(TAR.1)) {
        return refuse(Foreign::Tar);
    }
    // Safetensors begin with the length of their header, which is JSON.
    if head.bytes.get(4..10).is_some_and(|bytes| bytes == b"\0\0\0\0{\"") {
        return refuse(Foreign::Weights);
    }
    let is_table = TABLES.iter().any(|magic| head.bytes.starts_with(magic) || magic.starts_with(head.bytes));
    if head.is_named(&TABLE_ENDINGS) && !head.bytes.is_empty() && !is_table && !head.looks_like_json() {
        return refuse(Foreign::NoTable);
    }
    Verdict::No
}
