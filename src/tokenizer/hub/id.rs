//! Hub ids: `org/name`, `org/name@revision`, and the single words of the hub's first models.

use super::DEFAULT_REVISION;
use crate::error::IdFault;
use std::fmt;
use std::path::Path;

/// The longest name that the hub gives.
const MAXIMUM_LENGTH: usize = 96;

/// A model of the hub at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubId {
    repository: String,
    revision: Option<String>,
}

impl HubId {
    /// The id that a name stands for; `None` for a name that is meant as a path.
    ///
    /// # Errors
    /// The rule that a name breaks which is not meant as a path.
    pub fn parse(name: &str) -> Result<Option<Self>, IdFault> {
        let (repository, revision) = match name.split_once('@') {
            Some((repository, revision)) => (repository, Some(revision)),
            None => (name, None),
        };
        let parts: Vec<&str> = repository.split('/').collect();
        let path = repository.starts_with(['/', '.', '~']) || repository.contains('\\') || parts.contains(&"");
        let is_json = Path::new(repository).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        if path || parts.len() > 2 || is_json {
            return Ok(None);
        }
        for part in parts {
            check_part(part)?;
        }
        if repository.len() > MAXIMUM_LENGTH {
            return Err(IdFault::TooLong { longest: MAXIMUM_LENGTH });
        }
        if let Some(revision) = revision {
            check_revision(revision)?;
        }
        Ok(Some(Self { repository: repository.to_owned(), revision: revision.map(str::to_owned) }))
    }

    /// The repository, such as `org/name`.
    #[must_use]
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// The branch, tag or commit: `main` where none is given.
    #[must_use]
    pub fn revision(&self) -> &str {
        self.revision.as_deref().unwrap_or(DEFAULT_REVISION)
    }
}

impl fmt::Display for HubId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.repository)?;
        self.revision.as_ref().map_or(Ok(()), |revision| write!(formatter, "@{revision}"))
    }
}

fn check_part(part: &str) -> Result<(), IdFault> {
    let foreign = |character: &char| !(character.is_ascii_alphanumeric() || "-_.".contains(*character));
    if let Some(character) = part.chars().find(foreign) {
        return Err(IdFault::Character(character));
    }
    if part.starts_with(['-', '.']) || part.ends_with(['-', '.']) {
        return Err(IdFault::Edge(part.to_owned()));
    }
    if part.contains("--") || part.contains("..") {
        return Err(IdFault::Doubled(part.to_owned()));
    }
    Ok(())
}

/// A revision becomes a part of an address and of a path in the cache.
fn check_revision(revision: &str) -> Result<(), IdFault> {
    let foreign = |character: &char| !(character.is_ascii_alphanumeric() || "-_.+/".contains(*character));
    if revision.is_empty() {
        return Err(IdFault::NoRevision);
    }
    if let Some(character) = revision.chars().find(foreign) {
        return Err(IdFault::RevisionCharacter(character));
    }
    if revision.split('/').any(|part| part.is_empty() || part.starts_with('.')) || revision.contains("..") {
        return Err(IdFault::Revision(revision.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_paths() {
        for id in ["Qwen/Qwen3-0.6B", "gpt2", "org/name@refs/pr/1", "a/b@v1.0", "_a/b_"] {
            assert_eq!(HubId::parse(id).unwrap().unwrap().to_string(), id);
        }
        for path in ["/a/b", "./a", "../a", "~/a", "a/b/c", "a/", "a\\b", "", "a/tokenizer.json", "a//b"] {
            assert_eq!(HubId::parse(path), Ok(None), "{path}");
        }
        for bad in ["a b/c", "a/b@", "a/-b", "a/b--c", "a/b@../../x", "a/b@.git", "a/b@x//y", "a/模型", "a/b@x?y"] {
            assert!(HubId::parse(bad).is_err(), "{bad}");
        }
        assert!(HubId::parse(&"x".repeat(97)).is_err());
    }
}
