//! mlx-lm's configuration: the YAML file of `mlx_lm.lora --config`.
//!
//! Follows mlx-lm 0.32.2: `mlx_lm/lora.py` for keys and defaults, and `mlx_lm/tuner/datasets.py` (`load_dataset`) for where
//! data is and which of its keys are read.
//!
//! Paths are looked for in the working directory, as mlx-lm does, then beside the configuration.

use super::document::{Document, Keys};
use super::trainer::{DataSet, TrainerConfig, files_of, split_of, together, tokenizer};
use crate::error::{Error, FileFault, KeyFault};
use crate::formats::{Mlx, Reader, SchemaChoice};
use crate::words::config::DataName;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The model where the configuration does not say it.
const MODEL: &str = "Qwen/Qwen3-0.6b";

/// `max_seq_length` where the configuration does not say it.
const MAXIMUM_LENGTH: usize = 2048;

/// Reads the configuration.
///
/// # Errors
/// [`Error::OptionFile`] for a key that holds what it should not.
pub fn read(document: &Document, _files: &[PathBuf]) -> Result<TrainerConfig, Error> {
    let keys = document.keys();
    let shown = together(data_sets(&keys)?);
    let (schema, data, warnings) = match shown {
        Some(shown) => (shown.schema, shown.files, shown.warnings),
        None => (features(&keys)?, Err(document.wrong(FileFault::NoDataSet { key: "data" })), Vec::new()),
    };
    let masked = keys.truth("mask_prompt", false)?;
    Ok(TrainerConfig {
        tokenizer: Some(tokenizer(document, keys.text("model")?.unwrap_or(MODEL), None)),
        policy: Ok(if masked { "mlx:mask_prompt=true" } else { "mlx" }.to_owned()),
        max_length: Some(keys.count("max_seq_length")?.unwrap_or(MAXIMUM_LENGTH)),
        data,
        schema,
        warnings,
        ..TrainerConfig::default()
    })
}

/// The data sets of `hf_dataset`, which count alone where there are any, else that of `data`.
fn data_sets(keys: &Keys<'_>) -> Result<Vec<DataSet<()>>, Error> {
    let collection = match keys.value("hf_dataset") {
        Some(Value::Object(_)) => keys.mapping("hf_dataset")?.into_iter().collect(),
        _ => keys.mappings("hf_dataset")?,
    };
    if collection.is_empty() {
        return Ok(local(keys)?.into_iter().collect());
    }
    let mut sets = Vec::new();
    for data in &collection {
        let path = data.text("path")?.ok_or_else(|| data.wrong("path", KeyFault::NoData))?;
        let name = DataName::Path { key: data.named("path").into(), path: path.into() };
        let config = data.mapping("config")?;
        let files = match &config {
            Some(config) => data_files(data, config, path)?,
            None => None,
        };
        let files = if let Some(files) = files {
            files
        } else {
            let split = split_of(data.text("train_split")?);
            let missing = || data.wrong("path", KeyFault::NotHere { path: path.to_owned() });
            keys.document().find(path).map(|path| files_of(&path, split)).ok_or_else(missing)
        };
        sets.push(DataSet { name, files, schema: features(data)?, reading: (), warnings: Vec::new() });
    }
    Ok(sets)
}

/// The files that the options of `load_dataset` name; `None` where they name none.
fn data_files(data: &Keys<'_>, config: &Keys<'_>, path: &str) -> Result<Option<Result<Vec<PathBuf>, Error>>, Error> {
    let named = match config.value("data_files") {
        Some(Value::Object(_)) => {
            config.mapping("data_files")?.map(|splits| splits.texts("train")).transpose()?.flatten()
        }
        _ => config.texts("data_files")?,
    };
    let Some(named) = named else { return Ok(None) };
    let mut files = Vec::new();
    for name in named {
        let document = data.document();
        let Some(found) = document.find(name).or_else(|| document.find(&format!("{path}/{name}"))) else {
            let fault = KeyFault::DataNotHere { data: path.to_owned(), file: name.to_owned() };
            return Ok(Some(Err(data.wrong("path", fault))));
        };
        files.push(found);
    }
    Ok(Some(Ok(files)))
}

/// The folder of `data`, of which `train.jsonl` is trained on.
fn local(keys: &Keys<'_>) -> Result<Option<DataSet<()>>, Error> {
    let Some(path) = keys.text("data")? else { return Ok(None) };
    let name = DataName::Path { key: keys.named("data").into(), path: path.into() };
    let missing = |path: &Path| keys.wrong("data", KeyFault::NotHere { path: path.display().to_string() });
    let files = match keys.document().find(path).map(|folder| folder.join("train.jsonl")) {
        None => Err(missing(Path::new(path))),
        Some(file) if file.is_file() => Ok(vec![file]),
        Some(file) => Err(missing(&file)),
    };
    Ok(Some(DataSet { name, files, schema: features(keys)?, reading: (), warnings: Vec::new() }))
}

/// How records are read: by the names of what is looked for.
fn features(keys: &Keys<'_>) -> Result<SchemaChoice, Error> {
    let usual = Mlx::default();
    let named = |key: &str, usual: String| Ok::<_, Error>(keys.text(key)?.map_or(usual, str::to_owned));
    let mlx = Mlx {
        prompt: named("prompt_feature", usual.prompt)?,
        completion: named("completion_feature", usual.completion)?,
        chat: named("chat_feature", usual.chat)?,
        text: named("text_feature", usual.text)?,
    };
    Ok(SchemaChoice { reader: Some(Reader::Mlx(mlx)), ..SchemaChoice::default() })
}

#[cfg(test)]
mod tests {
    use super::super::trainers::tests::{config, names, warnings};
    use super::*;

    const FILES: &[(&str, &str)] = &[("data/train.jsonl", "{}"), ("data/valid.jsonl", "{}"), ("other/a.jsonl", "{}")];

    fn read(text: &str) -> TrainerConfig {
        config("--mlx", text, FILES).unwrap()
    }

    #[test]
    fn the_keys_of_the_training_are_taken() {
        let config = read("model: org/name\ndata: data\nmask_prompt: true\nmax_seq_length: 64");
        assert_eq!((config.tokenizer.as_deref(), config.max_length), (Some("org/name"), Some(64)));
        assert_eq!(config.policy.as_deref().ok(), Some("mlx:mask_prompt=true"));
        assert_eq!(names(&config), ["train.jsonl"]);
        let usual = read("data: data");
        assert_eq!((usual.policy.unwrap().as_str(), usual.max_length), ("mlx", Some(2048)));
        assert_eq!(usual.tokenizer.as_deref(), Some("Qwen/Qwen3-0.6b"));
    }

    #[test]
    fn data_of_a_hub_has_features() {
        let text = "hf_dataset:\n  - {path: data, prompt_feature: q, completion_feature: a}\n  - {path: org/x}";
        let read = read(text);
        assert_eq!(names(&read), ["train.jsonl"]);
        assert!(warnings(&read).contains("`hf_dataset[1].path` (`org/x`) is not shown"), "{}", warnings(&read));
        let record = serde_json::json!({"q": "1", "a": "2"});
        assert_eq!(read.schema.normalise(record.as_object().unwrap()).unwrap().1.messages.len(), 2);
        let both =
            self::read("hf_dataset:\n  - {path: other}\n  - {path: data, prompt_feature: q, completion_feature: a}");
        assert_eq!(names(&both), ["a.jsonl", "train.jsonl"]);
        let file = both.data.as_ref().unwrap()[1].display().to_string();
        assert!(both.schema.of_file(&file).normalise(record.as_object().unwrap()).is_ok());
        assert!(both.schema.normalise(record.as_object().unwrap()).is_err());
        let one = self::read("hf_dataset: {path: other, config: {data_files: {train: a.jsonl}}}");
        assert_eq!(names(&one), ["a.jsonl"]);
    }

    #[test]
    fn data_that_is_not_here_says_what_to_do() {
        let problem = |text: &str| read(text).data.unwrap_err().to_string();
        assert!(problem("data: other").contains("train.jsonl"), "{}", problem("data: other"));
        assert!(problem("data: org/x").contains("download the data"));
        assert!(problem("model: m").contains("`data` names no data set"));
    }
}
