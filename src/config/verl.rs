//! verl's configuration: the Hydra YAML of its SFT, or the `.hydra/config.yaml` that a run leaves behind.
//!
//! Follows verl 0.9.1: `verl/trainer/config/sft_trainer_engine.yaml` and `config/model/hf_model.yaml` for keys and
//! defaults, and `verl/utils/dataset/multiturn_sft_dataset.py` for what is made of them. A value that is
//! `${another.key}` is that of the other key.
//!
//! Paths are looked for in the working directory, as verl does, then beside the configuration.

use super::document::{Document, Keys};
use super::trainer::{Setting, TemplateChoice, TrainerConfig, Warning, files_of, tokenizer};
use crate::error::{Error, FileFault, KeyFault};
use crate::formats::{Reader, SchemaChoice, Verl};
use crate::words::Said;
use crate::words::config::ConfigWarning;
use serde_json::{Map, Value};
use std::path::PathBuf;

/// `max_length` where the configuration does not say it.
const MAXIMUM_LENGTH: usize = 1024;

const OWN_CLASS: Said = Said {
    en: "is not followed: what that class makes of the records is not known here",
    zh: "未生效：这里不知道该类如何处理记录",
};

/// Reads the configuration.
///
/// # Errors
/// [`Error::OptionFile`] for a key that holds what it should not.
pub fn read(document: &Document, _files: &[PathBuf]) -> Result<TrainerConfig, Error> {
    let root = document.keys();
    let resolved = resolved(root.map());
    let root = root.over_all(&resolved);
    let nothing = Map::new();
    let inside = |key: &str| Ok::<_, Error>(root.mapping(key)?.unwrap_or_else(|| root.over(key, &nothing)));
    let (model, data) = (inside("model")?, inside("data")?);
    let mut warnings = Vec::new();
    if let Some(class) = data.mapping("custom_cls")?.filter(|class| class.asks("path")) {
        warnings.push(Warning::new(Setting::Nothing, ConfigWarning::key(class.named("path"), OWN_CLASS)));
    }
    let named = |key: &str, usual: &str| Ok::<_, Error>(data.text(key)?.unwrap_or(usual).to_owned());
    let reader = Verl {
        messages: named("messages_key", "messages")?,
        tools: named("tools_key", "tools")?,
        enable_thinking: named("enable_thinking_key", "enable_thinking")?,
        media: [named("image_key", "images")?, named("video_key", "videos")?],
    };
    let path = model.text("tokenizer_path")?.or(model.text("path")?);
    let template = model.text("custom_chat_template")?;
    Ok(TrainerConfig {
        tokenizer: path.map(|path| tokenizer(document, path, None)),
        chat_template: template.map(|source| TemplateChoice::Written {
            key: model.named("custom_chat_template"),
            source: source.to_owned(),
        }),
        template_kwargs: data.mapping("apply_chat_template_kwargs")?.map_or_else(Map::new, |keys| keys.map().clone()),
        policy: policy(&data),
        max_length: Some(data.count("max_length")?.unwrap_or(MAXIMUM_LENGTH)),
        data: files(&data),
        schema: SchemaChoice { reader: Some(Reader::Verl(reader)), ..SchemaChoice::default() },
        warnings,
        ..TrainerConfig::default()
    })
}

/// The policy with an option for each key that the configuration holds.
fn policy(data: &Keys<'_>) -> Result<String, Error> {
    let mut policy = vec!["verl".to_owned()];
    if data.truth("ignore_input_ids_mismatch", false)? {
        policy.push("ignore_input_ids_mismatch=true".to_owned());
    }
    // verl's own file says `none` here, which YAML takes for a text, and Python a text for true.
    let thinks = match data.value("enable_thinking_default") {
        None => (!data.names("enable_thinking_default")).then_some(true),
        Some(Value::Bool(thinks)) => Some(*thinks),
        Some(Value::String(text)) => Some(!text.is_empty()),
        Some(other) => Some(other.as_f64() != Some(0.0)),
    };
    policy.extend(thinks.map(|thinks| format!("enable_thinking={thinks}")));
    policy.push("record_thinking=read".to_owned());
    for (key, known) in [("truncation", &["error", "left", "right"][..]), ("pad_mode", &["no_padding", "right"])] {
        let Some(value) = data.text(key)? else { continue };
        if !known.contains(&value) {
            let fault = KeyFault::NotTaken { value: value.to_owned(), trainer: "verl", known: known.to_vec() };
            return Err(data.wrong(key, fault));
        }
        policy.push(format!("{key}={value}"));
    }
    Ok(policy.join(":"))
}

/// The files of `train_files`.
fn files(data: &Keys<'_>) -> Result<Vec<PathBuf>, Error> {
    let key = "train_files";
    let named =
        data.texts(key)?.ok_or_else(|| data.document().wrong(FileFault::NoDataSet { key: "data.train_files" }))?;
    let mut files = Vec::new();
    for name in named {
        let missing = || data.wrong(key, KeyFault::NotHere { path: name.to_owned() });
        files.extend(files_of(&data.document().find(name).ok_or_else(missing)?, "train"));
    }
    Ok(files)
}

/// The keys with `${another.key}` and `${oc.env:NAME}` replaced, as far as they lead to something.
fn resolved(keys: &Map<String, Value>) -> Map<String, Value> {
    let replaced = |(key, value): (&String, &Value)| (key.clone(), replaced(value, keys, DEEPEST));
    keys.iter().map(replaced).collect()
}

/// So many keys may stand for one another.
const DEEPEST: usize = 8;

fn replaced(value: &Value, root: &Map<String, Value>, deepest: usize) -> Value {
    match value {
        Value::Object(keys) => {
            Value::Object(keys.iter().map(|(key, value)| (key.clone(), replaced(value, root, deepest))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| replaced(item, root, deepest)).collect()),
        Value::String(text) if deepest > 0 && text.contains("${") => {
            text_replaced(text, root, deepest).unwrap_or_else(|| value.clone())
        }
        other => other.clone(),
    }
}

/// What a text with a reference in it stands for: the value itself where it is nothing but the reference.
fn text_replaced(text: &str, root: &Map<String, Value>, deepest: usize) -> Option<Value> {
    let (before, rest) = text.split_once("${")?;
    let (name, after) = rest.split_once('}')?;
    let found = if let Some(variable) = name.strip_prefix("oc.env:") {
        Value::String(std::env::var(variable).ok()?)
    } else {
        let mut parts = name.split('.');
        let first = root.get(parts.next()?)?;
        replaced(parts.try_fold(first, |value, key| value.get(key))?, root, deepest - 1)
    };
    if before.is_empty() && after.is_empty() {
        return Some(found);
    }
    let found = found.as_str()?;
    Some(replaced(&Value::String([before, found, after].concat()), root, deepest - 1))
}

#[cfg(test)]
mod tests {
    use super::super::trainers::tests::{config, names, warnings};
    use super::*;

    const FILES: &[(&str, &str)] = &[("a.parquet", ""), ("b.parquet", "")];

    fn read(text: &str) -> TrainerConfig {
        config("--verl", text, FILES).unwrap()
    }

    #[test]
    fn the_keys_of_the_data_are_taken() {
        let config = read(
            "model: {path: org/name, custom_chat_template: '{{ messages }}'}\ndata:\n  train_files: [a.parquet, b.parquet]\n  \
             messages_key: turns\n  max_length: 64\n  truncation: right\n  pad_mode: right\n  \
             ignore_input_ids_mismatch: true\n  enable_thinking_default: null\n  apply_chat_template_kwargs: {x: 1}",
        );
        assert_eq!((config.tokenizer.as_deref(), config.max_length), (Some("org/name"), Some(64)));
        let policy = "verl:ignore_input_ids_mismatch=true:record_thinking=read:truncation=right:pad_mode=right";
        assert_eq!(config.policy.as_deref().ok(), Some(policy));
        assert_eq!(names(&config), ["a.parquet", "b.parquet"]);
        assert!(
            matches!(&config.chat_template, Some(TemplateChoice::Written { key, .. }) if key == "model.custom_chat_template")
        );
        assert_eq!(config.template_kwargs["x"], 1);
        let record = serde_json::json!({"turns": [{"role": "user", "content": "q"}]});
        assert!(config.schema.normalise(record.as_object().unwrap()).is_ok());
    }

    #[test]
    fn thinking_is_on_unless_null_is_written() {
        let policy = |line: &str| read(&format!("data: {{train_files: a.parquet{line}}}")).policy.unwrap();
        assert_eq!(policy(""), "verl:enable_thinking=true:record_thinking=read");
        assert_eq!(policy(", enable_thinking_default: none"), "verl:enable_thinking=true:record_thinking=read");
        assert_eq!(policy(", enable_thinking_default: false"), "verl:enable_thinking=false:record_thinking=read");
        assert_eq!(policy(", enable_thinking_default: null"), "verl:record_thinking=read");
    }

    #[test]
    fn references_lead_to_other_keys() {
        let config = read(
            "base: org\nname: m\nmodel: {path: '${base}/${name}'}\nlength: 32\ndata: {max_length: '${length}', train_files: '${other}', \
             tools_key: '${data.messages_key}', messages_key: '${data.tools_key}'}\nother: [a.parquet]",
        );
        assert_eq!((config.tokenizer.as_deref(), config.max_length), (Some("org/m"), Some(32)));
        assert_eq!(names(&config), ["a.parquet"]);
    }

    #[test]
    fn what_cannot_be_followed_is_named() {
        let config = read("data: {train_files: org/x, custom_cls: {path: mine.py}}");
        assert!(warnings(&config).contains("`data.custom_cls.path` is not followed"), "{}", warnings(&config));
        assert!(config.data.unwrap_err().to_string().contains("`data.train_files` is `org/x`"));
        assert!(read("model: {}").data.unwrap_err().to_string().contains("`data.train_files` names no data set"));
        let problem = read("data: {train_files: a.parquet, truncation: middle}").policy.unwrap_err().to_string();
        assert!(problem.contains("`data.truncation` is `middle`; verl takes error, left, right"), "{problem}");
    }
}
