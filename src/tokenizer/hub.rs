//! Models of the hub: found in the local cache as the Python client lays it out, or downloaded into it.

mod cache;
#[cfg(feature = "hub")]
mod download;
#[cfg(not(feature = "hub"))]
#[path = "hub/no_download.rs"]
mod download;
mod id;

pub use id::HubId;

use crate::error::{Conversion, HubError, VocabularyForm, Wanted};
use cache::CachedModel;
use std::path::{Path, PathBuf};

/// What a tokenizer cannot do without.
const TOKENIZER_JSON: &str = "tokenizer.json";

/// The branch of an id without a revision.
const DEFAULT_REVISION: &str = "main";

/// Where models of the hub are kept and how they are fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct Hub {
    cache: PathBuf,
    endpoint: String,
    token: Option<String>,
    offline: bool,
}

impl Default for Hub {
    /// The public hub without a token, and the cache in the home directory.
    fn default() -> Self {
        Self::from_variables(|_| None)
    }
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A token must not reach a log.
        let Self { cache, endpoint, offline, .. } = self;
        let mut hub = formatter.debug_struct("Hub");
        hub.field("cache", cache).field("endpoint", endpoint).field("offline", offline).finish_non_exhaustive()
    }
}

impl Hub {
    /// The hub as the Python client's environment variables describe it; `variable` gives those that are set and not
    /// empty.
    #[must_use]
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let either = |names: &[&str]| names.iter().find_map(|name| variable(name));
        let user = std::env::home_dir().unwrap_or_default();
        let path = |text: String| match text.strip_prefix('~') {
            Some("") => user.clone(),
            Some(rest) if rest.starts_with('/') => user.join(&rest[1..]),
            _ => PathBuf::from(text),
        };
        let caches = || variable("XDG_CACHE_HOME").map_or_else(|| user.join(".cache"), path);
        let home = variable("HF_HOME").map_or_else(|| caches().join("huggingface"), path);
        let cache = either(&["HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"]).map_or_else(|| home.join("hub"), path);
        let token_file = || {
            let file = variable("HF_TOKEN_PATH").map_or_else(|| home.join("token"), path);
            std::fs::read_to_string(file).ok()
        };
        let token = either(&["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"]).or_else(token_file);
        let endpoint = variable("HF_ENDPOINT").unwrap_or_else(|| "https://huggingface.co".to_owned());
        let offline = either(&["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"]);
        Self {
            cache,
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            token: token.map(|token| token.trim().to_owned()).filter(|token| !token.is_empty()),
            offline: offline.is_some_and(|value| ["1", "on", "yes", "true"].contains(&value.to_lowercase().as_str())),
        }
    }

    /// The same without the network: what the cache has, and nothing else.
    #[must_use]
    pub fn offline(self) -> Self {
        Self { offline: true, ..self }
    }

    /// The directory with the files of that model: its snapshot in the cache, downloaded where the cache has none. A
    /// progress bar is drawn on standard error where that is a terminal.
    ///
    /// # Errors
    /// [`HubError`] when the model is neither in the cache nor to be had from the hub.
    pub fn snapshot(&self, id: &HubId) -> Result<PathBuf, HubError> {
        let cached = CachedModel::new(&self.cache, id);
        let directory = cached.snapshot();
        if let Some(directory) = directory.as_deref().filter(|directory| cached.is_complete(directory)) {
            return Ok(directory.to_owned());
        }
        let usable = directory.filter(|directory| directory.join(TOKENIZER_JSON).is_file());
        match (self.offline, usable) {
            (true, Some(directory)) => Ok(directory),
            (true, None) => Err(HubError::Offline {
                id: id.repository().to_owned(),
                revision: id.revision().to_owned(),
                file: Wanted::File(TOKENIZER_JSON.to_owned()),
                folder: cached.folder().to_owned(),
            }),
            // What the cache has is better than nothing where the hub does not answer.
            (false, Some(directory)) => download::download(self, id, &cached).or(Ok(directory)),
            (false, None) => download::download(self, id, &cached),
        }
    }
}

/// What a model without `tokenizer.json` holds instead, by its files. `source` stands for the model in Python.
pub(super) fn conversion(files: &[String], source: &str) -> Option<Conversion> {
    let holds = |name: &str| files.iter().any(|file| file == name);
    let tiktoken = files.iter().find(|name| Path::new(name).extension().is_some_and(|end| end == "tiktoken"));
    let form = if holds("tokenizer.model") || holds("spiece.model") {
        VocabularyForm::SentencePiece
    } else if let Some(name) = tiktoken {
        VocabularyForm::Tiktoken(name.clone())
    } else if holds("vocab.json") || holds("vocab.txt") {
        VocabularyForm::Older
    } else {
        return None;
    };
    Some(Conversion { form, source: source.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hub(variables: &[(&str, &str)]) -> Hub {
        Hub::from_variables(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_cache_is_where_the_python_client_has_it() {
        let user = std::env::home_dir().unwrap();
        assert_eq!(hub(&[]).cache, user.join(".cache/huggingface/hub"));
        assert_eq!(hub(&[("XDG_CACHE_HOME", "/x")]).cache, Path::new("/x/huggingface/hub"));
        assert_eq!(hub(&[("XDG_CACHE_HOME", "/x"), ("HF_HOME", "/h")]).cache, Path::new("/h/hub"));
        assert_eq!(hub(&[("HF_HOME", "~/models")]).cache, user.join("models/hub"));
        assert_eq!(hub(&[("HF_HOME", "/h"), ("HUGGINGFACE_HUB_CACHE", "/older")]).cache, Path::new("/older"));
        assert_eq!(hub(&[("HF_HUB_CACHE", "/c"), ("HUGGINGFACE_HUB_CACHE", "/older")]).cache, Path::new("/c"));
    }

    #[test]
    fn offline_is_what_the_python_client_takes_for_true() {
        for (value, offline) in [("1", true), ("TRUE", true), ("yes", true), ("on", true), ("0", false), ("no", false)]
        {
            assert_eq!(hub(&[("HF_HUB_OFFLINE", value)]).offline, offline, "{value}");
        }
        assert!(!hub(&[]).offline);
    }

    #[test]
    fn the_token_is_never_shown() {
        let hub = hub(&[("HF_TOKEN", " hf_secret\n")]);
        assert_eq!(hub.token.as_deref(), Some("hf_secret"));
        assert!(!format!("{hub:?}").contains("secret"));
    }
}
