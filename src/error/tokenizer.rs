//! Errors of loading and running a tokenizer.

use super::{Conversion, HubError, meant, quoted};
use std::fmt;
use std::path::PathBuf;

/// A tokenizer that cannot be loaded, or that fails on a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenizerError {
    /// Neither an embedded name, nor a path that exists, nor of the form of a hub id.
    #[error(
        "no tokenizer `{name}`: no embedded tokenizer has this name ({}), and there is no such directory or file; \
         give a directory that holds tokenizer.json, or a hub id such as org/name",
        quoted(embedded)
    )]
    Unknown {
        /// The name as given.
        name: String,
        /// The embedded names.
        embedded: Vec<&'static str>,
    },
    /// A name without a folder or an owner, which is neither built in nor to be had from the hub.
    #[error(
        "no tokenizer `{name}`{}: the built-in ones are {}; as a model of the hub: {hub}", meant(*nearest), quoted(embedded)
    )]
    NoSuchName {
        /// The name as given.
        name: String,
        /// The embedded one that is likely to be meant.
        nearest: Option<&'static str>,
        /// The embedded names.
        embedded: Vec<&'static str>,
        /// Why it is no model of the hub.
        hub: Box<HubError>,
    },
    /// A model of the hub.
    #[error(transparent)]
    Hub(Box<HubError>),
    /// The directory has no `tokenizer.json`.
    #[error("{}: no tokenizer.json in this directory; {}", directory.display(), directory_hint(holds.as_ref()))]
    NoTokenizerJson {
        /// The directory as given.
        directory: PathBuf,
        /// What the directory holds instead.
        holds: Option<Conversion>,
    },
    /// A file that cannot be read.
    #[error("{}: cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A file that can be read but not understood.
    #[error("{}: not {form}: {reason}; download the tokenizer's files again", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What it should be.
        form: FileForm,
        /// What the parser said.
        reason: String,
    },
    /// The tokenizer brings no chat template.
    #[error("the tokenizer {name} has no chat template; give one with --chat-template FILE")]
    NoTemplate {
        /// The tokenizer's name.
        name: String,
    },
    /// The tokenizer brings templates with names of their own and none is the default.
    #[error(
        "the tokenizer {name} has no default chat template, only {}: choose one of them, such as --chat-template {}",
        quoted(known), known.first().map_or("NAME", String::as_str)
    )]
    NoDefaultTemplate {
        /// The tokenizer's name.
        name: String,
        /// The templates it has.
        known: Vec<String>,
    },
    /// The tokenizer brings several templates, and not the one asked for.
    #[error("the tokenizer {name} has no chat template called `{asked}`; it has {}", quoted(known))]
    NoSuchTemplate {
        /// The tokenizer's name.
        name: String,
        /// The template asked for.
        asked: String,
        /// The templates it has.
        known: Vec<String>,
    },
    /// A file that is larger than any of its kind.
    #[error("{}: {:.1} MB, and maskview reads at most {longest} MB of it; check that it is the right file", path.display(), *bytes as f64 / 1_048_576.0)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its length in bytes.
        bytes: u64,
        /// The longest in mebibytes.
        longest: u64,
    },
    /// The merges of a byte-pair encoding cut characters in two.
    #[error(
        "{}: the `continuing_subword_prefix` does not stand before `{entry}`, which a merge joins to another; fix the \
         merges, or train the tokenizer again", path.display()
    )]
    Prefix {
        /// The file.
        path: PathBuf,
        /// The entry of the vocabulary.
        entry: String,
    },
    /// The tokenizers library panicked.
    #[error("the tokenizer breaks down on this text ({reason}); check the regular expressions in its tokenizer.json")]
    Panicked {
        /// What the panic said.
        reason: String,
    },
    /// The normalizer would make a text too large.
    #[error(
        "the tokenizer would make up to {:.1} MB of this text, and maskview takes at most {:.1} MB of it; check `Replace` \
         in the normalizer of its tokenizer.json", *bytes as f64 / 1_048_576.0, *allowed as f64 / 1_048_576.0
    )]
    Grows {
        /// How many bytes at most.
        bytes: u64,
        /// How many are allowed.
        allowed: u64,
    },
    /// The tokenizer has not ended in time.
    #[error(
        "the tokenizer has not ended on this text after {seconds} s; check the regular expressions in its tokenizer.json: \
         one that backtracks, such as (a+)+$, may take years"
    )]
    Slow {
        /// How long was waited.
        seconds: u64,
    },
    /// The tokenizer has not ended in time too often.
    #[error(
        "the tokenizer is not asked any more, since it did not end on {texts} texts before; check the regular expressions \
         in its tokenizer.json"
    )]
    GivenUp {
        /// How many.
        texts: usize,
    },
    /// The tokenizer failed on a text.
    #[error("the tokenizer fails on this text: {reason}")]
    Encode {
        /// What the tokenizers library said.
        reason: String,
    },
}

impl From<HubError> for TokenizerError {
    fn from(error: HubError) -> Self {
        Self::Hub(Box::new(error))
    }
}

/// What a file of a tokenizer should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// A `tokenizer.json`.
    Tokenizer,
    /// JSON.
    Json,
    /// UTF-8 text.
    Utf8,
}

impl fmt::Display for FileForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Tokenizer => "a tokenizer.json",
            Self::Json => "JSON",
            Self::Utf8 => "UTF-8 text",
        })
    }
}

fn directory_hint(holds: Option<&Conversion>) -> String {
    holds.map_or_else(
        || "give the directory that AutoTokenizer.save_pretrained wrote, or the model's id on the hub".to_owned(),
        Conversion::to_string,
    )
}
