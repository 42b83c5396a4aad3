//! Where a tokenizer comes from: embedded, a directory, a file, or a model of the hub.

use super::embedded::{self, Dialect};
use super::hub::{Hub, HubId, conversion_hint};
use super::{Tokenizer, TokenizerConfig};
use crate::error::{HubError, TokenizerError};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Where a tokenizer's files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// Inside the program.
    Embedded(Dialect),
    /// A directory.
    Directory(PathBuf),
    /// A `tokenizer.json`, its other files beside it.
    File(PathBuf),
    /// A model of the hub in the cache.
    Snapshot {
        /// The hub id.
        id: HubId,
        /// Its files.
        directory: PathBuf,
    },
}

/// Finds the tokenizer that `--tokenizer` names: an embedded one, else a path that exists, else a model of the hub,
/// which is downloaded where the cache has none.
///
/// # Errors
/// [`TokenizerError`] when there is no such tokenizer.
pub fn locate(name: &str, hub: &Hub) -> Result<Location, TokenizerError> {
    if let Some(dialect) = embedded::by_name(name) {
        return Ok(Location::Embedded(dialect));
    }
    let path = PathBuf::from(name);
    if path.is_dir() {
        return Ok(Location::Directory(path));
    }
    if path.is_file() {
        return Ok(Location::File(path));
    }
    match HubId::parse(name) {
        Ok(Some(id)) => Ok(Location::Snapshot { directory: hub.snapshot(&id)?, id }),
        Ok(None) => {
            let embedded = embedded::names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            Err(TokenizerError::Unknown { name: name.to_owned(), embedded })
        }
        Err(reason) => Err(HubError::BadId { name: name.to_owned(), reason }.into()),
    }
}

/// Loads a tokenizer.
///
/// # Errors
/// [`TokenizerError`] when a file of it is missing, unreadable or malformed.
pub fn load(location: &Location) -> Result<Tokenizer, TokenizerError> {
    match location {
        Location::Embedded(dialect) => {
            let config = parse(dialect.config_json(), Path::new("the embedded tokenizer_config.json"))?;
            let mut config = TokenizerConfig::from_json(&config);
            config.add_chat_template("default", dialect.chat_template().to_owned());
            Tokenizer::new(dialect.name().to_owned(), dialect.load(), config)
        }
        Location::Directory(path) => directory(path),
        Location::File(path) => {
            let directory = path.parent().unwrap_or(Path::new("."));
            file(path, directory, directory_name(directory))
        }
        Location::Snapshot { id, directory } => file(&directory.join("tokenizer.json"), directory, id.to_string()),
    }
}

fn directory(directory: &Path) -> Result<Tokenizer, TokenizerError> {
    let vocabulary = directory.join("tokenizer.json");
    if vocabulary.is_file() {
        return file(&vocabulary, directory, directory_name(directory));
    }
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let files: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let hint = conversion_hint(&files, "DIR").unwrap_or_else(|| {
        "give the directory that AutoTokenizer.save_pretrained wrote, or the model's id on the hub".to_owned()
    });
    Err(TokenizerError::NoTokenizerJson { directory: directory.to_owned(), hint })
}

/// The directory's own name, for the title.
fn directory_name(directory: &Path) -> String {
    let whole = std::fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned());
    whole.file_name().map_or_else(|| "tokenizer".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn file(vocabulary: &Path, directory: &Path, name: String) -> Result<Tokenizer, TokenizerError> {
    let bytes = read(vocabulary)?;
    let inner = tokenizers::Tokenizer::from_bytes(bytes).map_err(|reason| TokenizerError::Malformed {
        path: vocabulary.to_owned(),
        reason: format!("not a tokenizer.json: {reason}"),
    })?;
    Tokenizer::new(name, inner, configuration(directory)?)
}

/// The configuration from the files beside `tokenizer.json`, each of which may be absent. A template file wins over
/// the same template inside the configuration, as in Transformers.
fn configuration(directory: &Path) -> Result<TokenizerConfig, TokenizerError> {
    let json = |name: &str| -> Result<Option<Value>, TokenizerError> {
        let path = directory.join(name);
        if path.is_file() { Ok(Some(parse(&text(&path)?, &path)?)) } else { Ok(None) }
    };
    let mut config = TokenizerConfig::from_json(&json("tokenizer_config.json")?.unwrap_or_default());
    config.add_special_tokens(&json("special_tokens_map.json")?.unwrap_or_default());
    if let Some(older) = json("chat_template.json")? {
        config.add_chat_templates(older.get("chat_template").unwrap_or(&Value::Null));
    }
    let template = directory.join("chat_template.jinja");
    if template.is_file() {
        config.add_chat_template("default", text(&template)?);
    }
    for entry in std::fs::read_dir(directory.join("additional_chat_templates")).into_iter().flatten().flatten() {
        let path = entry.path();
        if let (Some("jinja"), Some(name)) = (path.extension().and_then(|e| e.to_str()), path.file_stem()) {
            config.add_chat_template(&name.to_string_lossy(), text(&path)?);
        }
    }
    Ok(config)
}

fn read(path: &Path) -> Result<Vec<u8>, TokenizerError> {
    std::fs::read(path)
        .map_err(|reason| TokenizerError::Unreadable { path: path.to_owned(), reason: reason.to_string() })
}

fn text(path: &Path) -> Result<String, TokenizerError> {
    String::from_utf8(read(path)?).map_err(|reason| TokenizerError::Malformed {
        path: path.to_owned(),
        reason: format!("not UTF-8 text: {reason}"),
    })
}

fn parse(text: &str, path: &Path) -> Result<Value, TokenizerError> {
    serde_json::from_str(text)
        .map_err(|reason| TokenizerError::Malformed { path: path.to_owned(), reason: format!("not JSON: {reason}") })
}
