//! TRL's configuration: the YAML file of `trl sft --config`.
//!
//! Follows TRL 1.16.0: `trainer/{sft_config,model_config}.py` and `scripts/utils.py` for keys and defaults,
//! `scripts/sft.py` for where data is, and `trainer/sft_trainer.py` for which masks become labels.
//!
//! Paths are looked for in the working directory, as TRL does, then beside the configuration.

use super::document::{Document, Keys};
use super::trainer::{
    AddedTokens, DataSet, Setting, TemplateChoice, TrainerConfig, Unheeded, Warning, files_of, files_together,
    split_of, tokenizer, unheeded,
};
use crate::dataset::Dataset;
use crate::error::{Error, FileFault, KeyFault};
use crate::formats::{Reader, SchemaChoice, Trl};
use crate::policies::Texts;
use crate::words::Said;
use crate::words::config::{ConfigWarning, DataName};
use serde_json::{Map, Value};
use std::path::PathBuf;

/// `max_length` where the configuration does not say it.
const MAXIMUM_LENGTH: usize = 1024;

/// Keys of the file that are not followed.
const UNHEEDED: &[Unheeded] = &[Unheeded::new(
    "dataset_kwargs",
    Setting::Nothing,
    Said {
        en: "is not followed: with skip_prepare_dataset the data holds its own labels, which -p labels shows",
        zh: "未生效：使用 skip_prepare_dataset 时数据自带标签，可用 -p labels 查看",
    },
)];

const CUT_AT_THE_END: Said =
    Said { en: "is not followed: sequences are cut at the end", zh: "未生效：序列从末尾截断" };
const COMPLETION_UNSEEN: Said = Said {
    en: "is followed as for prompt-completion data: the data cannot be read beforehand",
    zh: "按 prompt-completion 数据处理：无法事先读取数据",
};
const NO_COMPLETION: Said = Said {
    en: "has no effect in TRL: the first record has no prompt and completion",
    zh: "在 TRL 中不起作用：第一条记录没有 prompt 和 completion",
};
const UNSEEN: Said = Said {
    en: "the data cannot be read beforehand: for prompt-completion data, TRL masks as -p completion shows",
    zh: "无法事先读取数据：对 prompt-completion 数据，TRL 的掩码如 -p completion 所示",
};
const BOTH: Said = Said {
    en: "TRL trains the tokens that both `assistant_only_loss` and `completion_only_loss` allow",
    zh: "TRL 只训练 `assistant_only_loss` 与 `completion_only_loss` 同时允许的 token",
};

/// Reads the configuration. Which tokens TRL trains depends on the form of the data, so that the first record is looked
/// at.
///
/// # Errors
/// [`Error::OptionFile`] for a key that holds what it should not.
pub fn read(document: &Document, files: &[PathBuf]) -> Result<TrainerConfig, Error> {
    let keys = document.keys();
    let mut warnings = unheeded(&keys, UNHEEDED);
    let text_field = keys.text("dataset_text_field")?.unwrap_or("text");
    let none = || document.wrong(FileFault::NoDataSet { key: "dataset_name" });
    let data = files_together(data_sets(&keys)?, &mut warnings, none);
    let shown = if files.is_empty() { data.as_deref().unwrap_or_default() } else { files };
    let policy = policy(&keys, Form::of(shown, text_field), &mut warnings)?;
    let chat_template = template(&keys, &mut warnings)?;
    if keys.text("truncation_mode")? == Some("keep_end") {
        let words = ConfigWarning::key("truncation_mode: keep_end", CUT_AT_THE_END);
        warnings.push(Warning::new(Setting::Nothing, words));
    }
    let reader = Some(Reader::Trl(Trl { text_field: text_field.to_owned() }));
    let revision = keys.text("model_revision")?.filter(|revision| *revision != "main");
    Ok(TrainerConfig {
        tokenizer: keys.text("model_name_or_path")?.map(|name| tokenizer(document, name, revision)),
        tokens: tokens(&keys)?,
        chat_template,
        template_kwargs: Map::new(),
        policy: Ok(policy),
        max_length: max_length(&keys)?,
        data,
        schema: SchemaChoice { reader, ..SchemaChoice::default() },
        texts: Texts::WithEnds,
        warnings,
    })
}

/// `max_length`, where null asks for no cut.
fn max_length(keys: &Keys<'_>) -> Result<Option<usize>, Error> {
    let given = keys.count("max_length")?;
    Ok(if keys.names("max_length") { given } else { Some(MAXIMUM_LENGTH) })
}

/// What the first record is, as far as it decides what is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A prompt and its completion.
    PromptCompletion,
    /// A text or a list of messages.
    LanguageModelling,
    /// A text, behind which TRL puts the end-of-text token.
    Text,
    /// A prompt and its completion as texts, behind which TRL puts the end-of-text token.
    Texts,
    /// It cannot be looked at beforehand.
    Unknown,
}

impl Form {
    fn of(files: &[PathBuf], text_field: &str) -> Self {
        // Standard input and pipes can be read once only.
        if files.is_empty() || files.iter().any(|file| !file.exists() || !(file.is_file() || file.is_dir())) {
            return Self::Unknown;
        }
        let record = Dataset::open(files).ok().and_then(|data| data.record(0)).and_then(|record| record.value.ok());
        let Some(Value::Object(record)) = record else { return Self::Unknown };
        match (record.get("prompt"), record.get("completion")) {
            (Some(Value::String(_)), Some(_)) => Self::Texts,
            (Some(_), Some(_)) => Self::PromptCompletion,
            _ if record.contains_key("messages") || record.contains_key("conversations") => Self::LanguageModelling,
            _ if record.contains_key(text_field) => Self::Text,
            _ => Self::LanguageModelling,
        }
    }

    fn has_completion(self) -> bool {
        matches!(self, Self::PromptCompletion | Self::Texts)
    }
}

fn policy(keys: &Keys<'_>, form: Form, warnings: &mut Vec<Warning>) -> Result<String, Error> {
    let mut warn = |words: ConfigWarning| warnings.push(Warning::new(Setting::Policy, words));
    let assistant = keys.truth("assistant_only_loss", false)?;
    let asked = keys.value("completion_only_loss").is_some();
    let completion = keys.truth("completion_only_loss", form.has_completion())?;
    if completion && form == Form::Unknown {
        warn(ConfigWarning::key("completion_only_loss", COMPLETION_UNSEEN));
    } else if completion && !form.has_completion() {
        warn(ConfigWarning::key("completion_only_loss", NO_COMPLETION));
    } else if !asked && form == Form::Unknown && !assistant {
        warn(ConfigWarning::Line(UNSEEN));
    }
    let completion = completion && (form.has_completion() || form == Form::Unknown);
    Ok(match (assistant, completion) {
        (true, true) => {
            warn(ConfigWarning::Line(BOTH));
            "generation,completion"
        }
        (true, false) => "generation",
        (false, true) => "completion",
        (false, false) => "full",
    }
    .to_owned())
}

/// `chat_template_path`: a Jinja file, or another tokenizer whose template is taken over.
fn template(keys: &Keys<'_>, warnings: &mut Vec<Warning>) -> Result<Option<TemplateChoice>, Error> {
    let Some(named) = keys.text("chat_template_path")? else { return Ok(None) };
    let found = keys.document().find(named).and_then(|path| {
        let inside = path.join("chat_template.jinja");
        [path, inside].into_iter().find(|path| path.is_file())
    });
    if found.is_none() {
        warnings.push(Warning::new(Setting::ChatTemplate, ConfigWarning::NoTemplateFile(named.into())));
    }
    Ok(found.map(|path| TemplateChoice::Named(path.to_string_lossy().into_owned())))
}

/// `eos_token`, and the older `pad_token`.
fn tokens(keys: &Keys<'_>) -> Result<AddedTokens, Error> {
    let mut tokens = AddedTokens::default();
    for key in ["eos_token", "pad_token"] {
        if let Some(token) = keys.text(key)? {
            tokens.special.insert(key.to_owned(), token.into());
        }
    }
    Ok(tokens)
}

/// The data sets of `datasets`, which count alone where there are any, else that of `dataset_name`.
fn data_sets(keys: &Keys<'_>) -> Result<Vec<DataSet<()>>, Error> {
    let mixture = keys.mappings("datasets")?;
    let set = |place: &Keys<'_>, key: &str, split: Option<&str>| -> Result<Option<DataSet<()>>, Error> {
        let Some(path) = place.text(key)? else { return Ok(None) };
        let files = files(place, key, path, split_of(split))?;
        let name = DataName::Path { key: place.named(key).into(), path: path.into() };
        Ok(Some(DataSet { name, files, schema: SchemaChoice::default(), reading: (), warnings: Vec::new() }))
    };
    if mixture.is_empty() {
        return Ok(set(keys, "dataset_name", keys.text("dataset_train_split")?)?.into_iter().collect());
    }
    let mut sets = Vec::new();
    for data in &mixture {
        let none = || data.wrong("path", KeyFault::NoData);
        sets.push(set(data, "path", data.text("split")?)?.ok_or_else(none)?);
    }
    Ok(sets)
}

/// The files, or why they are not here: `data_files`, else those in `data_dir`, else the path.
fn files(place: &Keys<'_>, key: &str, path: &str, split: &str) -> Result<Result<Vec<PathBuf>, Error>, Error> {
    let named = match place.value("data_files") {
        Some(Value::Object(_)) => place.mapping("data_files")?.map(|splits| splits.texts(split)).transpose()?.flatten(),
        _ => place.texts("data_files")?,
    };
    let named = match named {
        Some(named) => named,
        None => vec![place.text("data_dir")?.unwrap_or(path)],
    };
    let mut files = Vec::new();
    for name in named {
        let document = place.document();
        let Some(found) = document.find(name).or_else(|| document.find(&format!("{path}/{name}"))) else {
            let fault = KeyFault::DataNotHere { data: path.to_owned(), file: name.to_owned() };
            return Ok(Err(place.wrong(key, fault)));
        };
        files.extend(files_of(&found, split));
    }
    Ok(Ok(files))
}

#[cfg(test)]
mod tests {
    use super::super::trainers::tests::{config, names, warnings};
    use super::*;

    const FILES: &[(&str, &str)] = &[
        ("messages.jsonl", r#"{"messages": [{"role": "user", "content": "q"}]}"#),
        ("pairs.jsonl", r#"{"prompt": [], "completion": []}"#),
        ("texts.jsonl", r#"{"prompt": "p", "completion": "c"}"#),
        ("body.jsonl", r#"{"body": "a"}"#),
        ("folder/train.jsonl", "{}"),
        ("folder/test.jsonl", "{}"),
        ("own.jinja", "{{ messages }}"),
    ];

    fn read(text: &str) -> TrainerConfig {
        config("--trl", text, FILES).unwrap()
    }

    #[test]
    fn the_policy_follows_the_data() {
        let policy = |text: &str| read(text).policy.unwrap();
        assert_eq!(policy("dataset_name: messages.jsonl"), "full");
        assert_eq!(policy("dataset_name: pairs.jsonl"), "completion");
        assert_eq!(policy("dataset_name: texts.jsonl"), "completion");
        assert_eq!(policy("dataset_name: pairs.jsonl\ncompletion_only_loss: false"), "full");
        assert_eq!(policy("dataset_name: messages.jsonl\nassistant_only_loss: true"), "generation");
        assert_eq!(policy("dataset_name: pairs.jsonl\nassistant_only_loss: true"), "generation,completion");
        assert_eq!(policy("dataset_name: messages.jsonl\ncompletion_only_loss: true"), "full");
        assert_eq!(policy("completion_only_loss: true"), "completion");
    }

    #[test]
    fn what_cannot_be_followed_is_named() {
        let words = |text: &str| warnings(&read(text));
        assert_eq!(words("dataset_name: messages.jsonl\npacking: true\npadding_free: true"), "");
        assert!(words("dataset_name: messages.jsonl\ncompletion_only_loss: true").contains("has no effect"));
        assert_eq!(words("dataset_name: texts.jsonl"), "");
        assert!(words("dataset_name: org/data").contains("cannot be read beforehand"));
        assert!(words("dataset_name: messages.jsonl\ntruncation_mode: keep_end").contains("keep_end"));
        assert!(words("dataset_name: messages.jsonl\nchat_template_path: org/model").contains("chat_template_path"));
        let problem = read("dataset_name: org/data").data.unwrap_err().to_string();
        assert!(problem.contains("`dataset_name` is `org/data`") && problem.contains("download the data"), "{problem}");
        assert!(read("max_length: 5").data.unwrap_err().to_string().contains("`dataset_name` names no data set"));
    }

    #[test]
    fn lengths_templates_and_tokens() {
        assert_eq!(read("packing: true").max_length, Some(1024));
        assert_eq!(read("max_length: null").max_length, None);
        assert_eq!(read("max_length: 64").max_length, Some(64));
        let read = read("chat_template_path: own.jinja\nmodel_name_or_path: org/name\neos_token: <|im_end|>");
        assert!(matches!(&read.chat_template, Some(TemplateChoice::Named(path)) if path.ends_with("own.jinja")));
        assert_eq!(read.tokenizer.as_deref(), Some("org/name"));
        assert_eq!(read.tokens.special["eos_token"], "<|im_end|>");
    }

    #[test]
    fn data_is_a_file_a_folder_or_a_mixture() {
        assert_eq!(names(&read("dataset_name: folder")), ["train.jsonl"]);
        assert_eq!(names(&read("dataset_name: folder\ndataset_train_split: test")), ["test.jsonl"]);
        let mixture = "dataset_name: folder\ndatasets:\n  - {path: json, data_files: messages.jsonl}\n  - \
                       {path: json, data_files: {train: pairs.jsonl}}\n  - {path: org/x}";
        let read = read(mixture);
        assert_eq!(names(&read), ["messages.jsonl", "pairs.jsonl"]);
        assert!(warnings(&read).contains("`datasets[2].path` (`org/x`) is not shown"), "{}", warnings(&read));
    }

    #[test]
    fn a_text_may_have_another_name() {
        let read = read("dataset_name: body.jsonl\ndataset_text_field: body");
        let record = serde_json::json!({"body": "a"});
        assert_eq!(read.schema.normalise(record.as_object().unwrap()).unwrap().0.name, "text");
    }
}
