//! Errors that end the run.

use super::{DatasetError, PolicyError, TemplateError, TokenizerError};
use std::io;
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
    /// A file that an option names cannot be read.
    #[error("{option} {}: {reason}", path.display())]
    OptionFile {
        /// The option.
        option: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system or the parser said.
        reason: String,
    },
    /// An option's value is not of its form.
    #[error("{option}: {reason}")]
    Option {
        /// The option.
        option: &'static str,
        /// What is wrong and what to give.
        reason: String,
    },
    /// `--records` asks for a record that is not there.
    #[error("--records: there is no record {asked}; the data set has {count}")]
    NoSuchRecord {
        /// The record asked for.
        asked: usize,
        /// How many there are.
        count: usize,
    },
    /// The data set has no record at all.
    #[error(
        "{files}: there is no record in it; a data set has one JSON object a line, such as {{\"messages\": [...]}}"
    )]
    NoRecord {
        /// The files as the person named them.
        files: String,
    },
    /// Standard input is a terminal, so that keys would be taken for data.
    #[error("standard input is a terminal; pipe a data set into it: cat data.jsonl | maskview -")]
    NoPipe,
    /// The terminal cannot be drawn on.
    #[error("the terminal cannot be used: {0}; `maskview print` needs none")]
    Terminal(io::Error),
    /// The output cannot be written; a reader that has gone away is no error to the person.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

impl Error {
    /// Whether the reader of the output has gone away, as `head` does.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
