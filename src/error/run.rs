//! Errors that end the run.

use super::{
    DatasetError, EncodeError, FileFault, FilterError, Kind, LintError, PictureFault, PolicyError, ReportFault,
    TemplateError, TokenizerError, TomlFault, WriteFault,
};
use super::{likely, meant_any};
use std::fmt;
use std::io;
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// What ends the run with exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data set.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// The tokenizer.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
    /// The chat template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The policies.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The lints that are chosen.
    #[error(transparent)]
    Lint(#[from] LintError),
    /// The terms that choose records.
    #[error("--where: {0}")]
    Filter(#[from] FilterError),
    /// No record is chosen by the terms.
    #[error("--where: no record of {files} satisfies `{terms}`")]
    NothingHolds {
        /// The files as the person named them.
        files: String,
        /// The terms.
        terms: String,
    },
    /// A file that an option names cannot be read.
    #[error("{option} {}: {fault}", path.display())]
    OptionFile {
        /// The option.
        option: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        fault: Box<FileFault>,
    },
    /// A file of settings is not understood.
    #[error("{}{}: {fault}", path.display(), line.map(|line| format!(":{line}")).unwrap_or_default())]
    Settings {
        /// The file.
        path: PathBuf,
        /// The line, from 1; `None` for the file as a whole.
        line: Option<usize>,
        /// What is wrong and what to do.
        fault: Box<TomlFault>,
    },
    /// Data files stand under settings of two projects.
    #[error(
        "the data files are covered by two settings files, {} and {}; run on them one after the other, or with --isolated",
        first.display(), other.display()
    )]
    TwoProjects {
        /// That of the first data file.
        first: PathBuf,
        /// That of another.
        other: PathBuf,
    },
    /// An option's value is not of its form.
    #[error("{option}: {fault}")]
    Option {
        /// The option.
        option: &'static str,
        /// What is wrong and what to give.
        fault: OptionFault,
    },
    /// A record is asked for that is not there.
    #[error("there is no record {asked}; the data set has {count}")]
    NoSuchRecord {
        /// The record asked for.
        asked: usize,
        /// How many there are.
        count: usize,
    },
    /// The data set has no record at all.
    #[error("{files}: there are no records; a data set has one JSON object per line, such as {{\"messages\": [...]}}")]
    NoRecord {
        /// The files as the person named them.
        files: String,
    },
    /// The data set has records by its form, and none of them can be read.
    #[error(
        "{files}: none of {records} lines or rows can be read as a record, so this may be no data set; the first: {place}: {why}"
    )]
    NothingRead {
        /// The files as the person named them.
        files: String,
        /// How many there are.
        records: usize,
        /// Where the first stands.
        place: String,
        /// What is wrong with it.
        why: String,
    },
    /// Lines were written from ids that turned out to be wrong, and the right ones after them.
    #[error(
        "the lines of these records were written twice, since the fast tokenizer engine was wrong: {}; take the later ones",
        spans(records)
    )]
    LinesReplaced {
        /// The records, counted from 1.
        records: Vec<RangeInclusive<usize>>,
    },
    /// A report that cannot be added up.
    #[error("{}: {fault}", path.display())]
    Report {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        fault: Box<ReportFault>,
    },
    /// A record that is asked for as a picture gives no tokens.
    #[error("{place}: {error}")]
    NotExported {
        /// Which.
        place: String,
        /// Why.
        error: Box<EncodeError>,
    },
    /// A picture cannot be drawn.
    #[error("--format: {0}")]
    NotDrawn(PictureFault),
    /// A file that is asked for cannot be written.
    #[error("cannot write {}: {fault}", path.display())]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// Why, and what to do.
        fault: WriteFault,
    },
    /// The only word is neither a file nor a command.
    #[error(
        "{name}: no such file and no such command (did you mean `{nearest}`?); `maskview --help` lists the commands"
    )]
    NoCommand {
        /// The word.
        name: String,
        /// The command that is likely to be meant.
        nearest: String,
    },
    /// Standard input is a terminal, so that keys would be taken for data.
    #[error("standard input is a terminal; pipe a data set into it: cat data.jsonl | maskview -")]
    NoPipe,
    /// The terminal cannot be drawn on.
    #[error("the terminal cannot be used: {0}; use `maskview print`, which needs no terminal")]
    Terminal(io::Error),
    /// What was gathered of all records is not there any more.
    #[error(
        "what was kept of the records in a temporary file cannot be read back: {0}; TMPDIR names another folder for it, \
         and without the lints duplicate-record, near-duplicate and other-answer (--ignore) nothing is kept"
    )]
    Gathered(io::Error),
    /// The output cannot be written; a reader that has gone away is no error to the person.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

/// Ranges of records as a list: `3-9, 12-20`.
#[must_use]
pub fn spans(records: &[RangeInclusive<usize>]) -> String {
    records.iter().map(|span| format!("{}-{}", span.start(), span.end())).collect::<Vec<_>>().join(", ")
}

impl Error {
    /// Whether the reader of the output has gone away, as `head` does.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// What is wrong with an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionFault {
    /// No schema of this name.
    Schema {
        /// The name as given.
        name: String,
        /// The known ones.
        known: Vec<&'static str>,
    },
    /// No theme of this name.
    Theme {
        /// The name as given.
        name: String,
        /// The known ones.
        known: Vec<&'static str>,
    },
    /// No view of this name.
    View {
        /// The name as given.
        name: String,
        /// The known ones.
        known: Vec<&'static str>,
    },
    /// No JSON.
    NotJson {
        /// What the parser said.
        reason: String,
    },
    /// JSON, but no object.
    NotObject {
        /// What it is.
        found: Kind,
    },
    /// No time.
    NotTime {
        /// The text as given.
        text: String,
    },
    /// A marker without text.
    EmptyMarker,
    /// No policy and no lint of this name.
    NothingCalled {
        /// The name as given.
        name: String,
        /// The known ones that are likely to be meant.
        likely: Vec<&'static str>,
    },
    /// No list of records.
    NotRecords {
        /// The text as given.
        text: String,
    },
    /// Other names of columns that are not understood.
    Columns {
        /// The pair at fault.
        pair: String,
        /// The keys that can have another name.
        known: Vec<&'static str>,
    },
    /// A file is there already.
    Exists {
        /// Its name.
        path: PathBuf,
    },
    /// A file that is read would be written over.
    OverInput {
        /// The name by which it is read.
        input: String,
    },
    /// The other data set is the one that is audited.
    IsAudited {
        /// The file.
        path: String,
    },
    /// Bytes that are no text would go to a terminal.
    NoText {
        /// The format.
        format: &'static str,
    },
    /// The ending of a name is that of no format.
    NoFormat {
        /// The ending.
        ending: String,
        /// Those of formats.
        known: Vec<&'static str>,
    },
    /// Two outputs are one file.
    SameOutput {
        /// The file.
        path: String,
    },
    /// The ending of a name is not that of lines of JSON.
    NoLines {
        /// The ending.
        ending: String,
    },
    /// More pad tokens than a sequence can have.
    TooMuchPadding {
        /// How many are asked for.
        asked: String,
        /// The most.
        most: usize,
    },
    /// Another number of policies than two.
    NotTwoPolicies {
        /// How many are given.
        given: usize,
    },
}

impl fmt::Display for OptionFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema { name, known } => {
                write!(formatter, "no schema `{name}`; the schemas are {}", known.join(", "))
            }
            Self::Theme { name, known } => {
                let meant = meant_any(&likely(name, known.iter().copied()));
                write!(formatter, "no theme `{name}`{meant}; the themes are {}", known.join(", "))
            }
            Self::View { name, known } => {
                let meant = meant_any(&likely(name, known.iter().copied()));
                write!(formatter, "no view `{name}`{meant}; the views are {}", known.join(", "))
            }
            Self::NotJson { reason } => {
                write!(formatter, "not JSON: {reason}; give an object such as '{{\"enable_thinking\": false}}'")
            }
            Self::NotObject { found } => write!(
                formatter,
                "{found} where a JSON object is expected; give one such as '{{\"enable_thinking\": false}}'"
            ),
            Self::NotTime { text } => write!(formatter, "`{text}` is not a time; give one such as 2026-01-31T12:00:00"),
            Self::EmptyMarker => formatter.write_str("the marker is empty; give its text"),
            Self::TooMuchPadding { asked, most } => write!(
                formatter,
                "{asked} pad tokens are too many for a record; give at most {most}, or `max` with a maximum length up to that"
            ),
            Self::NothingCalled { name, likely } => write!(
                formatter,
                "no policy, lint, family of lints or built-in tokenizer is called `{name}`{}; `maskview explain` lists what there is",
                meant_any(likely)
            ),
            Self::NotRecords { text } => {
                write!(formatter, "`{text}` is not a list of records; give one such as 1,3,5-9, or all")
            }
            Self::Columns { pair, known } => write!(
                formatter,
                "`{pair}` is not understood; give what is read and its name in the data, such as \
                 messages=chat,content=text; what is read is one of {}",
                known.join(", ")
            ),
            Self::Exists { path } => {
                write!(formatter, "{} is there already; give another name, or --force to write over it", path.display())
            }
            Self::OverInput { input } => {
                write!(
                    formatter,
                    "this is the file that is read as {input}; give another name, since no input is changed"
                )
            }
            Self::NoFormat { ending, known } => {
                let known: Vec<String> = known.iter().map(|ending| format!(".{ending}")).collect();
                write!(
                    formatter,
                    "a name that ends in `.{ending}` is that of no format; end it in one of {}, or name the format with --format",
                    known.join(", ")
                )
            }
            Self::IsAudited { path } => {
                write!(formatter, "{path} is the data set that is audited; give the one that it must not overlap with")
            }
            Self::NoText { format } => {
                write!(formatter, "{format} is not for a terminal; name a file with --output, or pipe it on")
            }
            Self::SameOutput { path } => {
                write!(formatter, "{path} is written by another option too; give another name")
            }
            Self::NoLines { ending } => write!(
                formatter,
                "JSON lines are written, and a name that ends in .{ending} promises something else; give one that ends in \
                 .jsonl, .jsonl.gz or .jsonl.zst"
            ),
            Self::NotTwoPolicies { given } => {
                let given = if *given == 1 { "1 is given".to_owned() } else { format!("{given} are given") };
                write!(formatter, "diff compares two policies, but {given}; name A and B, such as `-p legacy,fixed`")
            }
        }
    }
}
