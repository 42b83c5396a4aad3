//! `json`: one object with everything, which `maskview merge` reads back.

use super::{How, Reader, Writer, Written, safe_json};
use crate::words::Said;
use std::io::{self, Write};

/// The `json` format.
pub(super) static WRITER: Writer = Writer {
    name: "json",
    endings: &["json"],
    summary: Said { en: "One JSON object with all figures", zh: "一个包含全部数字的 JSON 对象" },
    how: How::Report(write),
    reader: Reader::Program,
    is_read_back: true,
};

fn write(written: &Written<'_>, mut out: &mut dyn Write) -> io::Result<()> {
    safe_json::write(&mut out, written.report)?;
    out.write_all(b"\n")
}
