//! Errors of finding a model on the hub or in its cache.

use std::fmt;
use std::path::PathBuf;

/// A model of the hub that cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HubError {
    /// The name looks like a hub id and breaks its rules.
    #[error(
        "no tokenizer `{name}`: there is no such directory or file, and it is not a hub id: {fault}; \
         give org/name or org/name@revision"
    )]
    BadId {
        /// The name as given.
        name: String,
        /// The rule that it breaks.
        fault: IdFault,
    },
    /// The network is forbidden and the cache lacks the file.
    #[error(
        "{id}: there is no such directory or file here, no {file} of revision {revision} in the hub cache, and \
         HF_HUB_OFFLINE forbids the network; \
         run once without HF_HUB_OFFLINE, or bring {} from a machine that has it", folder.display()
    )]
    Offline {
        /// The hub id.
        id: String,
        /// The revision.
        revision: String,
        /// The file that is missing.
        file: Wanted,
        /// Where the cache keeps the model.
        folder: PathBuf,
    },
    /// The program was built without downloading.
    #[error(
        "{id}: there is no such directory or file here, no {file} of revision {revision} in the hub cache ({}), and this \
         build of maskview downloads nothing; build it with the feature `hub`, or give a directory that holds \
         tokenizer.json", folder.display()
    )]
    NoClient {
        /// The hub id.
        id: String,
        /// The revision.
        revision: String,
        /// The file that is missing.
        file: String,
        /// Where the cache keeps the model.
        folder: PathBuf,
    },
    /// The hub knows no such model, or does not say that it does.
    #[error(
        "{id}: {endpoint} has no model of this name, and there is no such directory or file here; {}", model_hint(*token)
    )]
    NoSuchModel {
        /// The hub id.
        id: String,
        /// The hub's address.
        endpoint: String,
        /// Whether a token was sent.
        token: Token,
    },
    /// The model has no such branch, tag or commit.
    #[error("{id}: the model has no revision `{revision}`; give one of its branches, tags or commits after the @")]
    NoSuchRevision {
        /// The hub id.
        id: String,
        /// The revision.
        revision: String,
    },
    /// The hub refuses: a gated model, or a token that is not good.
    #[error("{id}: {endpoint} refuses {file} of revision {revision} ({status}); {hint}")]
    Refused {
        /// The hub id.
        id: String,
        /// The revision.
        revision: String,
        /// The file asked for.
        file: Wanted,
        /// The hub's address.
        endpoint: String,
        /// The HTTP status.
        status: u16,
        /// What to do.
        hint: Box<RefusedHint>,
    },
    /// The hub does not answer.
    #[error(
        "{id}: there is no such directory or file here, and {endpoint} cannot be reached for {file} of revision \
         {revision}: {reason}; check the spelling and the network, set HF_ENDPOINT to a mirror, or give a directory that \
         holds tokenizer.json"
    )]
    Unreachable {
        /// The hub id.
        id: String,
        /// The revision.
        revision: String,
        /// The file asked for.
        file: Wanted,
        /// The hub's address.
        endpoint: String,
        /// What the system said.
        reason: String,
    },
    /// The hub answers with something else than the file, or the cache cannot be written.
    #[error("{id}: {file} of revision {revision} cannot be downloaded: {fault}; try again, or download it by hand")]
    Failed {
        /// The hub id.
        id: String,
        /// The revision.
        revision: String,
        /// The file asked for.
        file: Wanted,
        /// What went wrong.
        fault: DownloadFault,
    },
    /// The model has no `tokenizer.json`.
    #[error("{id}: no tokenizer.json in revision {revision} of this model; {}", conversion_hint(holds.as_ref()))]
    NoTokenizerJson {
        /// The hub id.
        id: String,
        /// The revision.
        revision: String,
        /// What the model holds instead.
        holds: Option<Conversion>,
    },
}

/// What is asked of the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A file.
    File(String),
    /// The list of the model's files.
    Listing,
}

impl fmt::Display for Wanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(name) => formatter.write_str(name),
            Self::Listing => formatter.write_str("the list of files"),
        }
    }
}

/// Whether the hub was asked with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// With the one in `HF_TOKEN`.
    Sent,
    /// Without.
    None,
}

fn model_hint(token: Token) -> &'static str {
    match token {
        Token::Sent => {
            "check the spelling and, for a private model, that HF_TOKEN belongs to an account that may read it"
        }
        Token::None => "check the spelling; for a private model, set HF_TOKEN",
    }
}

/// The rule of hub ids that a name breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdFault {
    /// A character that no name has.
    Character(char),
    /// A part of the name starts or ends with `-` or `.`.
    Edge(String),
    /// A part of the name has `--` or `..`.
    Doubled(String),
    /// The name is too long.
    TooLong {
        /// The most characters that a name has.
        longest: usize,
    },
    /// Nothing after the `@`.
    NoRevision,
    /// A character that no revision has.
    RevisionCharacter(char),
    /// A revision of another form.
    Revision(String),
}

impl fmt::Display for IdFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(character) => {
                write!(formatter, "it has `{character}`, and only letters, digits, `-`, `_` and `.` are allowed")
            }
            Self::Edge(part) => write!(formatter, "`{part}` starts or ends with `-` or `.`"),
            Self::Doubled(part) => write!(formatter, "`{part}` has `--` or `..`"),
            Self::TooLong { longest } => write!(formatter, "it is longer than {longest} characters"),
            Self::NoRevision => formatter.write_str("there is nothing after the @"),
            Self::RevisionCharacter(character) => write!(formatter, "its revision has `{character}`"),
            Self::Revision(revision) => write!(formatter, "`{revision}` is not a revision"),
        }
    }
}

/// What to do where the hub refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusedHint {
    /// No token was sent.
    SetToken {
        /// The model's page.
        page: String,
    },
    /// The token is not known, or the licence is not accepted.
    CheckToken {
        /// The model's page.
        page: String,
    },
    /// The account of the token has not accepted the licence.
    AcceptLicence {
        /// The model's page.
        page: String,
    },
}

impl fmt::Display for RefusedHint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetToken { page } => {
                write!(formatter, "accept the licence at {page}, then set HF_TOKEN to a token that may read the model")
            }
            Self::CheckToken { page } => {
                write!(formatter, "check the token in HF_TOKEN, and accept the licence at {page} if there is one")
            }
            Self::AcceptLicence { page } => {
                write!(formatter, "accept the licence at {page} with the account of HF_TOKEN, or give another token")
            }
        }
    }
}

/// What goes wrong in a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadFault {
    /// What the client said.
    Said(String),
    /// The hub's address or the token cannot be sent.
    Address {
        /// What the client said.
        said: String,
        /// The hub's address.
        endpoint: String,
    },
    /// An unexpected status.
    Status {
        /// The hub's address.
        endpoint: String,
        /// The HTTP status.
        status: u16,
    },
    /// An answer that is no list of files.
    OtherAnswer {
        /// The hub's address.
        endpoint: String,
    },
    /// The cache cannot be written.
    Cache(String),
}

impl fmt::Display for DownloadFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said(said) => formatter.write_str(said),
            Self::Address { said, endpoint } => {
                write!(formatter, "{said}; check HF_ENDPOINT ({endpoint}) and HF_TOKEN")
            }
            Self::Status { endpoint, status } => write!(formatter, "{endpoint} answers with status {status}"),
            Self::OtherAnswer { endpoint } => write!(formatter, "the answer of {endpoint} is not a list of files"),
            Self::Cache(said) => write!(formatter, "the cache cannot be written: {said}"),
        }
    }
}

/// What stands in place of `tokenizer.json`, and can be converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The form of the vocabulary.
    pub form: VocabularyForm,
    /// The model in Python.
    pub source: String,
}

/// The form of a vocabulary that is no `tokenizer.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VocabularyForm {
    /// A SentencePiece model.
    SentencePiece,
    /// A tiktoken file of this name.
    Tiktoken(String),
    /// `vocab.json` or `vocab.txt`.
    Older,
}

impl Conversion {
    /// The Python that converts the model.
    #[must_use]
    pub fn python(&self) -> String {
        format!("AutoTokenizer.from_pretrained({}, use_fast=True).save_pretrained(DIR)", self.source)
    }
}

impl fmt::Display for Conversion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let python = self.python();
        match &self.form {
            VocabularyForm::SentencePiece => formatter.write_str("it holds a SentencePiece model")?,
            VocabularyForm::Tiktoken(name) => write!(formatter, "it holds the tiktoken file {name}")?,
            VocabularyForm::Older => formatter.write_str("it holds a vocabulary of the older form")?,
        }
        write!(formatter, "; convert it once with Python: {python}")
    }
}

fn conversion_hint(holds: Option<&Conversion>) -> String {
    holds.map_or_else(
        || "give the model that this one is made from, or a directory that holds tokenizer.json".to_owned(),
        |conversion| format!("{conversion}, then give DIR"),
    )
}
