//! Errors of taking one record through the pipeline.

use super::{FormatError, RecordError, TemplateError, TokenizerError};

/// Why a record gives no sequence. It never stops the others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The record is no JSON object.
    #[error("not an object but {found}: a record is one JSON object, such as {{\"messages\": [...]}}")]
    NotAnObject {
        /// What it is.
        found: &'static str,
    },
    /// The record is of no known shape.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The chat template fails on it.
    #[error("{error}{}", hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default())]
    Template {
        /// What the template said.
        error: TemplateError,
        /// What in the record makes templates fail so, if that can be told.
        hint: Option<String>,
    },
    /// No chat template is to be used, and the record has no text of its own.
    #[error(
        "--chat-template none takes the text of a record as it stands, and this one holds messages: leave the option \
         out, or give records with `text` or with texts as `prompt` and `completion`"
    )]
    NoText,
    /// The tokenizer fails on the rendered text.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
    /// The record brings an id that the tokenizer does not have.
    #[error(
        "`input_ids[{place}]` is {id}, which the tokenizer {tokenizer} with its {size} entries does not have; \
         name the record's own tokenizer with --tokenizer"
    )]
    UnknownId {
        /// Where the id stands, from 0.
        place: usize,
        /// The id.
        id: u32,
        /// The tokenizer's name.
        tokenizer: String,
        /// How many entries its vocabulary has.
        size: usize,
    },
    /// The text is too long to be tokenized.
    #[error(
        "the text of this record has {:.1} MB, and more than {longest} MB are not tokenized: no trainer takes so long a \
         sequence; split the record, or look whether a file was written as one line", *bytes as f64 / 1_048_576.0
    )]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The longest in mebibytes.
        longest: usize,
    },
}
