//! `human`: one screen of text.

use super::{How, Reader, Writer, Written};
use crate::paint::{ansi, audit};
use crate::words::Said;
use std::io::{self, Write};

/// The `human` format.
pub(super) static WRITER: Writer = Writer {
    name: "human",
    endings: &["txt"],
    summary: Said { en: "One screen of words, tables and bars", zh: "一屏文字、表格和条形图" },
    how: How::Report(write),
    reader: Reader::Person,
    is_read_back: false,
};

fn write(written: &Written<'_>, mut out: &mut dyn Write) -> io::Result<()> {
    for line in audit::lines(written.report, written.theme, written.language) {
        for row in audit::rows(&line, WIDEST) {
            ansi::write_line(&mut out, &row, written.color)?;
        }
    }
    Ok(())
}

/// Columns of a line, in a pipe as on a terminal.
const WIDEST: usize = 100;
