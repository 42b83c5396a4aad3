//! The hub cache: `models--org--name/refs/REVISION` names a commit, `snapshots/COMMIT/` has its files, which are links
//! into `blobs/`, and `.no_exist/COMMIT/` the names of files that the commit is known not to have.

use super::{HubId, TOKENIZER_JSON};
use std::path::{Path, PathBuf};

/// A model's folder in the cache, which need not exist.
#[derive(Debug)]
pub(super) struct CachedModel {
    folder: PathBuf,
    revision: String,
}

impl CachedModel {
    /// The folder of that model.
    pub fn new(cache: &Path, id: &HubId) -> Self {
        let folder = cache.join(format!("models--{}", id.repository().replace('/', "--")));
        Self { folder, revision: id.revision().to_owned() }
    }

    /// Where the model is kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The directory of a commit's files.
    pub fn commit_directory(&self, commit: &str) -> PathBuf {
        self.folder.join("snapshots").join(commit)
    }

    /// The snapshot of the revision, if the cache has one: a branch or tag by its reference, a commit by itself.
    pub fn snapshot(&self) -> Option<PathBuf> {
        let reference = std::fs::read_to_string(self.reference(&self.revision)).ok();
        let commit = reference.as_deref().map_or(self.revision.as_str(), str::trim);
        let is_name = !commit.is_empty() && commit.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Some(self.commit_directory(commit)).filter(|directory| is_name && directory.is_dir())
    }

    /// Whether a snapshot has all that a tokenizer is made of. A client that wanted single files leaves others out, the
    /// chat template among them.
    pub fn is_complete(&self, snapshot: &Path) -> bool {
        let settled = |name: &str| {
            snapshot.join(name).is_file()
                || snapshot.file_name().is_some_and(|commit| self.absent(&commit.to_string_lossy(), name).is_file())
        };
        let configured = || {
            let text = std::fs::read_to_string(snapshot.join("tokenizer_config.json"));
            text.is_ok_and(|text| text.contains("\"chat_template\""))
        };
        snapshot.join(TOKENIZER_JSON).is_file()
            && settled("tokenizer_config.json")
            && (configured() || settled("chat_template.jinja"))
    }

    fn reference(&self, revision: &str) -> PathBuf {
        self.folder.join("refs").join(revision)
    }

    fn absent(&self, commit: &str, name: &str) -> PathBuf {
        self.folder.join(".no_exist").join(commit).join(name)
    }
}

/// What a download notes.
#[cfg(feature = "hub")]
impl CachedModel {
    /// Notes that a commit does not have a file, as the Python client does. A cache that cannot be written to only costs
    /// asking again.
    pub fn note_absent(&self, commit: &str, name: &str) {
        let path = self.absent(commit, name);
        let _ = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, ""));
    }

    /// Removes the reference that stands for a commit itself: the Python client has none such.
    pub fn forget_reference(&self, commit: &str) {
        let _ = std::fs::remove_file(self.reference(commit));
    }
}
