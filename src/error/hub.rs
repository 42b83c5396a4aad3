//! Errors of finding a model on the hub or in its cache.

use std::path::PathBuf;

/// A model of the hub that cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HubError {
    /// The name looks like a hub id and breaks its rules.
    #[error(
        "no tokenizer `{name}`: there is no such directory or file, and as a hub id {reason}; \
         give org/name or org/name@revision"
    )]
    BadId {
        /// The name as given.
        name: String,
        /// The rule that it breaks.
        reason: String,
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
        file: String,
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
    #[error("{id}: {endpoint} has no such model, nor is there such a directory or file here; {hint}")]
    NoSuchModel {
        /// The hub id.
        id: String,
        /// The hub's address.
        endpoint: String,
        /// What to check.
        hint: String,
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
        file: String,
        /// The hub's address.
        endpoint: String,
        /// The HTTP status.
        status: u16,
        /// What to do.
        hint: String,
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
        file: String,
        /// The hub's address.
        endpoint: String,
        /// What the system said.
        reason: String,
    },
    /// The hub answers with something else than the file, or the cache cannot be written.
    #[error("{id}: {file} of revision {revision} cannot be downloaded: {reason}; try again, or download it by hand")]
    Failed {
        /// The hub id.
        id: String,
        /// The revision.
        revision: String,
        /// The file asked for.
        file: String,
        /// What went wrong.
        reason: String,
    },
    /// The model has no `tokenizer.json`.
    #[error("{id}: no tokenizer.json in revision {revision} of this model; {hint}")]
    NoTokenizerJson {
        /// The hub id.
        id: String,
        /// The revision.
        revision: String,
        /// What to do, by what the model holds instead.
        hint: String,
    },
}
