//! What a trainer's own configuration says of the mask, in one shape for all trainers.

use super::document::{Document, Keys};
use crate::error::{DatasetError, Error};
use crate::formats::{self, Renames, SchemaChoice};
use crate::policies::Texts;
use crate::words::Said;
use crate::words::config::{ConfigWarning, DataName, NotShown};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// What a trainer's configuration says. What the command line says wins over each of it.
#[derive(Debug)]
pub struct TrainerConfig {
    /// The tokenizer, as `--tokenizer` takes it.
    pub tokenizer: Option<String>,
    /// What the trainer adds to the tokenizer.
    pub tokens: AddedTokens,
    /// The chat template; `None` for the tokenizer's own.
    pub chat_template: Option<TemplateChoice>,
    /// Variables for the template.
    pub template_kwargs: Map<String, Value>,
    /// The policies, as `--policy` takes them, or why the trainer's masking cannot be shown.
    pub policy: Result<String, Error>,
    /// Tokens after this many are cut away.
    pub max_length: Option<usize>,
    /// The files of the data set, or why there are none.
    pub data: Result<Vec<PathBuf>, Error>,
    /// How records are read.
    pub schema: SchemaChoice,
    /// What stands around texts that no chat template writes.
    pub texts: Texts,
    /// What of the configuration is not followed.
    pub warnings: Vec<Warning>,
}

impl Default for TrainerConfig {
    /// What holds without a configuration.
    fn default() -> Self {
        Self {
            tokenizer: None,
            tokens: AddedTokens::default(),
            chat_template: None,
            template_kwargs: Map::new(),
            policy: Ok(super::Config::USUAL_POLICIES.to_owned()),
            max_length: None,
            data: Err(DatasetError::NoPath.into()),
            schema: SchemaChoice::default(),
            texts: Texts::default(),
            warnings: Vec::new(),
        }
    }
}

/// Tokens that a trainer names anew in the tokenizer, or adds to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddedTokens {
    /// Named special tokens, such as `eos_token`.
    pub special: Map<String, Value>,
    /// Texts that become tokens.
    pub texts: Vec<String>,
}

/// Which chat template is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateChoice {
    /// A file, or the name of one of the tokenizer's own.
    Named(String),
    /// The text itself, with the key that holds it.
    Written {
        /// The key.
        key: String,
        /// The template.
        source: String,
    },
}

/// What the command line can say instead of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// `--tokenizer`
    Tokenizer,
    /// `--chat-template`
    ChatTemplate,
    /// `--policy`
    Policy,
    /// The files.
    Data,
    /// `--schema`
    Schema,
    /// What no option sets.
    Nothing,
}

/// Something of a configuration that is not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What makes it pointless when the command line sets it.
    pub about: Setting,
    /// The key, and what that means for what is shown.
    pub words: ConfigWarning,
}

impl Warning {
    /// What is not followed.
    #[must_use]
    pub fn new(about: Setting, words: ConfigWarning) -> Self {
        Self { about, words }
    }
}

/// A key that changes what is trained and that is not followed.
pub(super) struct Unheeded {
    key: &'static str,
    about: Setting,
    effect: Said,
    usual: &'static str,
}

impl Unheeded {
    /// The key, what makes it pointless, and what it means for what is shown.
    pub(super) const fn new(key: &'static str, about: Setting, effect: Said) -> Self {
        Self { key, about, effect, usual: "" }
    }

    /// With the value that changes nothing.
    pub(super) const fn unless(self, usual: &'static str) -> Self {
        Self { usual, ..self }
    }
}

/// Warnings of the keys that ask for something and are not followed.
pub(super) fn unheeded(keys: &Keys<'_>, table: &[Unheeded]) -> Vec<Warning> {
    let changes = |entry: &&Unheeded| keys.value(entry.key).is_some_and(|value| *value != entry.usual);
    let asked = table.iter().filter(|entry| keys.asks(entry.key)).filter(changes);
    asked.map(|entry| Warning::new(entry.about, ConfigWarning::key(keys.named(entry.key), entry.effect))).collect()
}

/// A data set of a configuration.
pub(super) struct DataSet<T> {
    /// Its name in the configuration, for messages.
    pub(super) name: DataName,
    /// Its files, or why they are not here.
    pub(super) files: Result<Vec<PathBuf>, Error>,
    /// How its records are read.
    pub(super) schema: SchemaChoice,
    /// How it is masked.
    pub(super) reading: T,
    /// What of its keys is not followed.
    pub(super) warnings: Vec<Warning>,
}

/// What is shown of the data sets of a configuration.
pub(super) struct Shown<T> {
    /// How the records of the first are read, and those of the others' files.
    pub(super) schema: SchemaChoice,
    /// How they are masked.
    pub(super) reading: T,
    /// Their files, or why none are here.
    pub(super) files: Result<Vec<PathBuf>, Error>,
    /// What is not followed or not shown.
    pub(super) warnings: Vec<Warning>,
}

/// The data sets that can be shown together: the first that is here, and all others that are masked in the same way, each
/// read in its own; warnings name the rest. Where none is here, the error of the first. `None` without any data set.
pub(super) fn together<T: PartialEq>(mut sets: Vec<DataSet<T>>) -> Option<Shown<T>> {
    if sets.is_empty() {
        return None;
    }
    let first = sets.remove(sets.iter().position(|set| set.files.is_ok()).unwrap_or(0));
    let DataSet { schema, reading, files, warnings, .. } = first;
    let mut shown = Shown { schema, reading, files, warnings };
    for set in sets {
        let why = match (&mut shown.files, set.files) {
            (Ok(files), Ok(more)) if set.reading == shown.reading => {
                let own = |file: &PathBuf| (file.clone(), set.schema.clone());
                shown.schema.files.extend(more.iter().map(own));
                shown.warnings.extend(set.warnings);
                files.extend(more);
                continue;
            }
            (Ok(_), Ok(_)) => NotShown::Differs { from: first.name.clone() },
            (Ok(_), Err(_)) => NotShown::NotHere,
            (Err(_), _) => continue,
        };
        shown.warnings.push(Warning::new(Setting::Data, ConfigWarning::NotShown { data: set.name, why }));
    }
    Some(shown)
}

/// The files of the data sets that can be shown together, with their warnings; the error where there is no data set.
pub(super) fn files_together<T: PartialEq>(
    sets: Vec<DataSet<T>>,
    warnings: &mut Vec<Warning>,
    none: impl FnOnce() -> Error,
) -> Result<Vec<PathBuf>, Error> {
    let shown = together(sets).ok_or_else(none)?;
    warnings.extend(shown.warnings);
    shown.files
}

/// The schema of that name, if one is named, with the names that the data set has for what it reads.
pub(super) fn schema(name: Option<&str>, renames: Renames) -> SchemaChoice {
    SchemaChoice { schema: name.and_then(formats::by_name), renames, ..SchemaChoice::default() }
}

/// A tokenizer as `--tokenizer` takes it: what is in a folder here, else the name with its revision.
pub(super) fn tokenizer(document: &Document, name: &str, revision: Option<&str>) -> String {
    match (document.find(name), revision) {
        (Some(path), _) => path.to_string_lossy().into_owned(),
        (None, Some(revision)) if !name.contains('@') => format!("{name}@{revision}"),
        (None, _) => name.to_owned(),
    }
}

/// Endings of files that hold records.
const ENDINGS: &[&str] = &["arrow", "csv", "gz", "json", "jsonl", "ndjson", "parquet", "txt", "zst"];

/// The files behind a path: itself, or what a folder holds that was not written by `save_to_disk`, those of the split
/// alone where some are named after it.
pub(super) fn files_of(path: &Path, split: &str) -> Vec<PathBuf> {
    let saved = |folder: &Path| ["state.json", "dataset_dict.json"].iter().any(|name| folder.join(name).is_file());
    if !path.is_dir() || saved(path) {
        return vec![path.to_owned()];
    }
    let found = [path.to_owned(), path.join("data")].iter().map(|folder| listed(folder)).find(|list| !list.is_empty());
    let all = found.unwrap_or_else(|| vec![path.to_owned()]);
    let of_split = |file: &&PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(split));
    let chosen: Vec<PathBuf> = all.iter().filter(of_split).cloned().collect();
    if chosen.is_empty() { all } else { chosen }
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let holds_records = |path: &PathBuf| {
        path.is_file() && path.extension().is_some_and(|end| ENDINGS.iter().any(|ending| end == *ending))
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(holds_records).collect();
    files.sort();
    files
}

/// The name of a split without what chooses rows of it, such as `train[:500]`.
pub(super) fn split_of(split: Option<&str>) -> &str {
    split.and_then(|split| split.split('[').next()).unwrap_or("train")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str, here: Option<&str>, reading: u8) -> DataSet<u8> {
        let files = here.map(|file| vec![PathBuf::from(file)]).ok_or(Error::NoPipe);
        DataSet {
            name: DataName::Name(name.into()),
            files,
            schema: SchemaChoice::default(),
            reading,
            warnings: Vec::new(),
        }
    }

    #[test]
    fn data_sets_that_are_alike_are_shown_together() {
        let sets = vec![set("a", None, 1), set("b", Some("b"), 1), set("c", Some("c"), 2), set("d", Some("d"), 1)];
        let shown = together(sets).unwrap();
        assert_eq!((shown.reading, shown.files.unwrap()), (1, vec![PathBuf::from("b"), PathBuf::from("d")]));
        let words: Vec<_> = shown.warnings.into_iter().map(|warning| warning.words).collect();
        let named = |name: &str| DataName::Name(name.into());
        let not_here = ConfigWarning::NotShown { data: named("a"), why: NotShown::NotHere };
        let differs = ConfigWarning::NotShown { data: named("c"), why: NotShown::Differs { from: named("b") } };
        assert_eq!(words, [not_here, differs]);
        assert!(together(vec![set("a", None, 1)]).unwrap().files.is_err());
        assert!(together(Vec::<DataSet<u8>>::new()).is_none());
    }

    #[test]
    fn a_folder_is_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let names = || -> Vec<String> {
            let files = files_of(folder.path(), "train");
            files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
        };
        let write = |name: &str| std::fs::write(folder.path().join(name), "{}").unwrap();
        write("README.md");
        assert_eq!(names().len(), 1, "the folder itself, which says what is wrong with it");
        write("b.jsonl");
        write("a.jsonl");
        assert_eq!(names(), ["a.jsonl", "b.jsonl"]);
        write("train-0.jsonl");
        assert_eq!(names(), ["train-0.jsonl"]);
        write("state.json");
        assert_eq!(files_of(folder.path(), "train"), [folder.path()]);
    }
}
