//! Folders that `datasets` writes with `save_to_disk`, and hints for all others.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::error::{DatasetError, FolderHint};
use crate::words::config::ConfigWarning;

/// How many files of a folder an error message names.
const NAMED_FILES: usize = 3;
const ENDINGS: [&str; 9] =
    [".jsonl", ".json", ".ndjson", ".parquet", ".arrow", ".csv", ".jsonl.gz", ".jsonl.zst", ".json.gz"];

/// The files of a folder that hold records, in order.
pub(super) struct Folder {
    pub(super) files: Vec<PathBuf>,
    /// What was chosen, where there was a choice.
    pub(super) note: Option<ConfigWarning>,
}

/// Finds the files of a saved data set.
pub(super) fn expand(folder: &Path) -> Result<Folder, DatasetError> {
    if let Some(splits) = read(folder, "dataset_dict.json") {
        let splits = strings(&splits["splits"]);
        let chosen = splits.iter().find(|split| **split == "train").or(splits.first());
        let Some(chosen) = chosen else {
            return Err(refuse(folder, FolderHint::NoSplits));
        };
        let others: Vec<&str> = splits.iter().copied().filter(|split| split != chosen).collect();
        let note = (!others.is_empty()).then(|| ConfigWarning::OtherSplits {
            folder: folder.display().to_string().into(),
            shown: (*chosen).into(),
            others: others.iter().map(|split| (*split).into()).collect(),
        });
        return Ok(Folder { note, ..saved(&folder.join(chosen))? });
    }
    saved(folder)
}

fn saved(folder: &Path) -> Result<Folder, DatasetError> {
    let Some(state) = read(folder, "state.json") else {
        return Err(refuse(folder, hint(folder)));
    };
    if !strings_in(&state["_indices_data_files"]).is_empty() {
        return Err(refuse(folder, FolderHint::ChosenRows));
    }
    let files: Vec<PathBuf> = strings_in(&state["_data_files"]).into_iter().map(|name| folder.join(name)).collect();
    if files.is_empty() {
        return Err(refuse(folder, FolderHint::NoFiles));
    }
    Ok(Folder { files, note: None })
}

fn read(folder: &Path, name: &str) -> Option<Value> {
    serde_json::from_slice(&fs::read(folder.join(name)).ok()?).ok()
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn strings_in(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(|entry| entry["filename"].as_str()).collect()
}

fn refuse(folder: &Path, hint: FolderHint) -> DatasetError {
    DatasetError::Folder { path: folder.to_owned(), hint }
}

fn hint(folder: &Path) -> FolderHint {
    // The files of a hub repository lie one folder deeper, in `data`.
    let named = data_files(folder);
    let named = if named.is_empty() { data_files(&folder.join("data")) } else { named };
    if named.is_empty() {
        return FolderHint::Nothing;
    }
    let more = named.len().saturating_sub(NAMED_FILES);
    FolderHint::Holds { files: named.into_iter().take(NAMED_FILES).collect(), more }
}

fn data_files(folder: &Path) -> Vec<String> {
    let mut files: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| ENDINGS.iter().any(|ending| name.ends_with(ending)))
        .map(|name| folder.join(name).display().to_string())
        .collect();
    files.sort();
    files
}
