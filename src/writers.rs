//! The report of an audit in every format. A format is one file here and one line in [`WRITERS`].

mod html;
mod human;
mod json;
pub mod jsonl;
mod junit;
mod markdown;
mod places;
pub mod safe_json;
mod sarif;
mod xml;

use crate::lints::Severity;
use crate::paint::{Theme, ansi};
use crate::report::audit::AuditReport;
use crate::words::{Language, Said};
use std::io;
use std::path::Path;

/// A report with how it is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// The report.
    pub report: &'a AuditReport,
    /// The language of its words.
    pub language: Language,
    /// The colours of a terminal.
    pub theme: &'a Theme,
    /// Whether a terminal's colours are written.
    pub color: ansi::Color,
    /// From which severity on a finding fails the run; `None` where nothing does.
    pub fails_from: Option<Severity>,
}

/// How a format comes to be.
#[derive(Debug, Clone, Copy)]
pub enum How {
    /// The report is written when it is whole.
    Report(fn(&Written<'_>, &mut dyn io::Write) -> io::Result<()>),
    /// Each finding is written as soon as it is found. Reports have no more than the first places of each lint.
    Findings,
}

/// Who reads a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// People: it says everything in words.
    Person,
    /// Programs.
    Program,
}

/// A format.
#[derive(Debug)]
pub struct Writer {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// How names of files that hold it end.
    pub endings: &'static [&'static str],
    /// What it is, in one line.
    pub summary: Said,
    /// How it comes to be.
    pub how: How,
    /// Who reads it.
    pub reader: Reader,
    /// Whether it is read back, so that everything belongs into it that reports are added up by.
    pub is_read_back: bool,
}

/// Every format, in the order of tables and lists.
pub static WRITERS: &[&Writer] =
    &[&human::WRITER, &json::WRITER, &jsonl::WRITER, &markdown::WRITER, &html::WRITER, &sarif::WRITER, &junit::WRITER];

/// The format that the name of a file promises by its ending; upper case says the same.
#[must_use]
pub fn by_ending(path: &Path) -> Option<&'static Writer> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    WRITERS.iter().copied().find(|writer| writer.endings.contains(&ending.as_str()))
}

/// The format of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Writer> {
    WRITERS.iter().copied().find(|writer| writer.name == name)
}
