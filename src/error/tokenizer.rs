//! Errors of loading and running a tokenizer.

use super::HubError;
use std::path::PathBuf;

/// A tokenizer that cannot be loaded, or that fails on a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenizerError {
    /// Neither an embedded name, nor a path that exists, nor of the form of a hub id.
    #[error(
        "no tokenizer `{name}`: it is none of the embedded ones ({embedded}), and there is no such directory or file; \
         give a directory that holds tokenizer.json, or a hub id such as org/name"
    )]
    Unknown {
        /// The name as given.
        name: String,
        /// The embedded names, as a list for the reader.
        embedded: String,
    },
    /// A model of the hub.
    #[error(transparent)]
    Hub(Box<HubError>),
    /// The directory has no `tokenizer.json`.
    #[error("{}: no tokenizer.json in this directory; {hint}", directory.display())]
    NoTokenizerJson {
        /// The directory as given.
        directory: PathBuf,
        /// What to do, by what the directory holds instead.
        hint: String,
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
    #[error("{}: {reason}; download the tokenizer's files again", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
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
        "the tokenizer {name} has no default chat template, only {known}: choose one of them, such as --chat-template {first}"
    )]
    NoDefaultTemplate {
        /// The tokenizer's name.
        name: String,
        /// The first template that it has.
        first: String,
        /// The templates it has, as a list for the reader.
        known: String,
    },
    /// The tokenizer brings several templates, and not the one asked for.
    #[error("the tokenizer {name} has no chat template called `{asked}`; it has {known}")]
    NoSuchTemplate {
        /// The tokenizer's name.
        name: String,
        /// The template asked for.
        asked: String,
        /// The templates it has, as a list for the reader.
        known: String,
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
