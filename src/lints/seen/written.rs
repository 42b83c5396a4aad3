//! The records met so far as they stand in a report: hashes in base64, places as stretches of neighbours.

use super::kept::Kept;
use super::{Seen, Stretch};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use base64::write::EncoderStringWriter;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// A [`Seen`] in JSON: some 22 bytes a record, and 6 more where records are marked.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    files: Vec<String>,
    /// Neighbouring records: the place of their file, the first one's number and line, and how many there are.
    records: Vec<[u32; 4]>,
    /// 16 bytes for each record, the lowest byte first, in base64.
    hashes: String,
    /// 4 bytes for each record, or none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    marks: String,
}

impl Written {
    /// # Errors
    /// What reading the temporary file gives.
    pub(super) fn of(seen: &Seen) -> io::Result<Self> {
        Ok(Self {
            files: seen.files.iter().map(ToString::to_string).collect(),
            records: seen.stretches.iter().map(|at| [at.file, at.number, at.line, at.count]).collect(),
            hashes: base64(&seen.hashes)?,
            marks: base64(&seen.marks)?,
        })
    }
}

/// The entries one after the other in base64.
fn base64<const SIZE: usize>(entries: &Kept<SIZE>) -> io::Result<String> {
    let mut writer = EncoderStringWriter::new(&BASE64_STANDARD);
    for chunk in entries.read() {
        writer.write_all(chunk?.as_flattened())?;
    }
    Ok(writer.into_inner())
}

impl TryFrom<Written> for Seen {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let of_stretch = |[file, number, line, count]: [u32; 4]| Stretch { file, number, line, count };
        let stretches: Vec<Stretch> = written.records.into_iter().map(of_stretch).collect();
        let count: u64 = stretches.iter().map(|stretch| u64::from(stretch.count)).sum();
        let is_whole = |stretch: &Stretch| {
            (stretch.file as usize) < written.files.len()
                && stretch.number.checked_add(stretch.count).is_some()
                && stretch.line.checked_add(stretch.count).is_some()
        };
        let (hashes, marks) = (entries(&written.hashes, "hashes")?, entries(&written.marks, "marks")?);
        let are_equal = hashes.len() as u64 == count && (marks.is_empty() || marks.len() == hashes.len());
        if !are_equal || !stretches.iter().all(is_whole) || count > u64::from(u32::MAX) {
            return Err("`files`, `records`, `hashes` and `marks` do not fit together".to_owned());
        }
        Ok(Self { files: written.files.iter().map(|file| file.as_str().into()).collect(), stretches, hashes, marks })
    }
}

/// What stands in base64 as entries.
fn entries<const SIZE: usize>(text: &str, key: &str) -> Result<Kept<SIZE>, String> {
    let bytes = BASE64_STANDARD.decode(text).map_err(|error| format!("`{key}` is not base64: {error}"))?;
    let (entries, rest) = bytes.as_chunks();
    if !rest.is_empty() {
        return Err(format!("`{key}` ends in the middle of a number"));
    }
    let mut kept = Kept::default();
    kept.extend(entries);
    Ok(kept)
}
