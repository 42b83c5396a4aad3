//! Where a tokenizer comes from: embedded, a directory, or a file.

use super::{Tokenizer, TokenizerConfig, embedded};
use crate::error::TokenizerError;
use serde_json::Value;
use std::path::Path;

/// Loads the tokenizer that `--tokenizer` names.
///
/// # Errors
/// [`TokenizerError`] when there is no such tokenizer, or when a file of it is missing, unreadable or malformed.
pub fn load(name: &str) -> Result<Tokenizer, TokenizerError> {
    if let Some(dialect) = embedded::by_name(name) {
        let config = parse(dialect.config_json(), Path::new("the embedded tokenizer_config.json"))?;
        let mut config = TokenizerConfig::from_json(&config);
        config.add_chat_template("default", dialect.chat_template().to_owned());
        return Tokenizer::new(name.to_owned(), dialect.load(), config);
    }
    let path = Path::new(name);
    if path.is_dir() {
        directory(path)
    } else if path.is_file() {
        file(path, path.parent().unwrap_or(Path::new(".")))
    } else {
        let embedded = embedded::names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        Err(TokenizerError::Unknown { name: name.to_owned(), embedded })
    }
}

fn directory(directory: &Path) -> Result<Tokenizer, TokenizerError> {
    let vocabulary = directory.join("tokenizer.json");
    if vocabulary.is_file() {
        return file(&vocabulary, directory);
    }
    Err(TokenizerError::NoTokenizerJson { directory: directory.to_owned(), hint: conversion_hint(directory) })
}

/// What to do about a directory without `tokenizer.json`, by what it holds instead.
fn conversion_hint(directory: &Path) -> String {
    let holds = |name: &str| directory.join(name).is_file();
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let tiktoken = entries.map(|entry| entry.file_name()).find(|name| name.to_string_lossy().ends_with(".tiktoken"));
    let convert = "convert it once with Python: AutoTokenizer.from_pretrained(DIR, use_fast=True).save_pretrained(DIR)";
    if holds("tokenizer.model") || holds("spiece.model") {
        format!("it holds a SentencePiece model; {convert}")
    } else if let Some(name) = tiktoken {
        format!("it holds the tiktoken file {}; {convert}", name.to_string_lossy())
    } else if holds("vocab.json") || holds("vocab.txt") {
        format!("it holds a vocabulary of the older form; {convert}")
    } else {
        "give the directory that AutoTokenizer.save_pretrained wrote, or the model's snapshot in the hub cache"
            .to_owned()
    }
}

fn file(vocabulary: &Path, directory: &Path) -> Result<Tokenizer, TokenizerError> {
    let bytes = read(vocabulary)?;
    let inner = tokenizers::Tokenizer::from_bytes(bytes).map_err(|reason| TokenizerError::Malformed {
        path: vocabulary.to_owned(),
        reason: format!("not a tokenizer.json: {reason}"),
    })?;
    let whole = std::fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned());
    let name = whole.file_name().map_or_else(|| "tokenizer".to_owned(), |name| name.to_string_lossy().into_owned());
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
