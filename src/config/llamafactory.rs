//! LLaMA-Factory's configuration: the YAML or JSON file of `llamafactory-cli train`, with the `dataset_info.json` of its
//! data sets.
//!
//! Follows LLaMA-Factory 0.9.5: `hparams/{data_args,model_args,finetuning_args}.py` for keys and defaults,
//! `data/parser.py` for `dataset_info.json`, `data/loader.py` for where data is, and `data/converter.py` for what columns
//! and tags mean.
//!
//! Paths are looked for in the working directory, as LLaMA-Factory does, then beside the configuration.

mod formatting;

use super::document::{Document, Keys};
use super::trainer::{
    AddedTokens, DataSet, Setting, Shown, TrainerConfig, Unheeded, Warning, files_of, schema, split_of, together,
    tokenizer, unheeded,
};
use crate::error::{Error, FileFault, KeyFault};
use crate::formats::SchemaChoice;
use crate::policies::Texts;
use crate::words::Said;
use crate::words::config::{ConfigWarning, DataName};
use formatting::reading;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// `cutoff_len` where the configuration does not say it.
const CUTOFF_LENGTH: usize = 2048;

/// The file that describes data sets.
const INFO: &str = "dataset_info.json";

/// Keys of the file that are not followed.
const UNHEEDED: &[Unheeded] = &[
    Unheeded::new(
        "default_system",
        Setting::Policy,
        Said {
            en: "is not followed: records without a system message get the template's own; write it into the records",
            zh: "未生效：没有 system 消息的记录使用模板自带的 system；请把它写进记录",
        },
    ),
    Unheeded::new(
        "new_special_tokens_config",
        Setting::Tokenizer,
        Said {
            en: "is not followed: the tokens that it names are split", zh: "未生效：其中列出的 token 会被切开"
        },
    ),
    Unheeded::new(
        "split_special_tokens",
        Setting::Tokenizer,
        Said { en: "is not followed: special tokens stay whole", zh: "未生效：特殊 token 保持完整" },
    ),
    Unheeded::new(
        "tokenized_path",
        Setting::Data,
        Said {
            en: "is not followed: if that folder exists, LLaMA-Factory trains on its content; give it as FILE with -p labels to see it",
            zh: "未生效：该目录存在时，LLaMA-Factory 训练其中的内容；可把它作为 FILE 并加 -p labels 查看",
        },
    ),
];

/// Keys of `dataset_info.json` that are not followed.
const UNHEEDED_OF_DATA: &[Unheeded] = &[Unheeded::new(
    "ranking",
    Setting::Nothing,
    Said {
        en: "is for stages that compare two answers; the stage sft reads one",
        zh: "用于比较两个回答的阶段；sft 阶段只读取一个回答",
    },
)];

/// A value that the template has no word for.
const TAKEN_FOR_TRUE: Said = Said { en: "is not followed: it is read as true", zh: "未生效：按 true 处理" };

/// Reads the configuration.
///
/// # Errors
/// [`Error::OptionFile`] for a key that holds what it should not, and for a `dataset_info.json` that is missing or wrong.
pub fn read(document: &Document, _files: &[PathBuf]) -> Result<TrainerConfig, Error> {
    let keys = document.keys();
    let shown = shown(&keys).unwrap_or_else(|error| {
        // Files that are given make up for it.
        Shown { schema: SchemaChoice::default(), reading: (), files: Err(error), warnings: Vec::new() }
    });
    let mut warnings = shown.warnings;
    let mut policy = policy(&keys, &mut warnings)?;
    let stage = keys.text("stage")?.unwrap_or("sft");
    let of_stage = |policy: String| if stage == "sft" { Ok(policy) } else { Err(stage_not_shown(&keys, stage)) };
    let reads_tools = |choice: &SchemaChoice| choice.renames.keys.iter().any(|rename| rename.to == "tools");
    if reads_tools(&shown.schema) || shown.schema.files.iter().any(|(_, choice)| reads_tools(choice)) {
        policy.push_str(":tools=read");
    }
    warnings.extend(unheeded(&keys, UNHEEDED));
    let revision = keys.text("model_revision")?.filter(|revision| *revision != "main");
    Ok(TrainerConfig {
        tokenizer: keys.text("model_name_or_path")?.map(|name| tokenizer(document, name, revision)),
        tokens: tokens(&keys)?,
        chat_template: None,
        template_kwargs: Map::new(),
        policy: of_stage(policy),
        max_length: Some(max_length(&keys)?),
        data: shown.files,
        schema: shown.schema,
        texts: Texts::AsWritten,
        warnings,
    })
}

/// The stages other than supervised fine-tuning have losses of their own.
fn stage_not_shown(keys: &Keys<'_>, stage: &str) -> Error {
    keys.wrong("stage", KeyFault::StageNotShown { stage: stage.to_owned() })
}

/// What is shown of the data sets.
fn shown(keys: &Keys<'_>) -> Result<Shown<()>, Error> {
    let none = || keys.document().wrong(FileFault::NoDataSet { key: "dataset" });
    together(data_sets(keys)?).ok_or_else(none)
}

/// The policy with an option for each key that the configuration holds.
fn policy(keys: &Keys<'_>, warnings: &mut Vec<Warning>) -> Result<String, Error> {
    let mut policy = vec!["llamafactory".to_owned()];
    if let Some(template) = keys.text("template")? {
        policy.push(format!("template={template}"));
    }
    if keys.truth("train_on_prompt", false)? {
        policy.push("prompt=trained".to_owned());
    }
    if keys.truth("mask_history", false)? {
        policy.push("history=masked".to_owned());
    }
    if !keys.truth("enable_thinking", true)? {
        policy.push("thinking=off".to_owned());
    }
    if keys.truth("preserve_thinking", false)? {
        policy.push("past-thoughts=kept".to_owned());
    }
    if let Some(format) = keys.text("tool_format")? {
        policy.push(format!("tool-format={format}"));
    }
    if keys.names("enable_thinking") && keys.value("enable_thinking").is_none() {
        warnings.push(Warning::new(Setting::Policy, ConfigWarning::key("enable_thinking: null", TAKEN_FOR_TRUE)));
    }
    Ok(policy.join(":"))
}

fn max_length(keys: &Keys<'_>) -> Result<usize, Error> {
    let length = keys.count("cutoff_len")?.unwrap_or(CUTOFF_LENGTH);
    let packs = keys.truth("packing", false)? || keys.truth("neat_packing", false)?;
    // With packing, LLaMA-Factory leaves room for one token.
    Ok(if packs { length.saturating_sub(1).max(1) } else { length })
}

/// `add_tokens` and `add_special_tokens`: texts separated by commas.
fn tokens(keys: &Keys<'_>) -> Result<AddedTokens, Error> {
    let mut texts = Vec::new();
    for key in ["add_tokens", "add_special_tokens"] {
        let named = keys.texts(key)?.unwrap_or_default();
        texts.extend(named.iter().flat_map(|names| names.split(',')).map(|name| name.trim().to_owned()));
    }
    Ok(AddedTokens { texts, special: Map::new() })
}

fn data_sets(keys: &Keys<'_>) -> Result<Vec<DataSet<()>>, Error> {
    let named = keys.texts("dataset")?.unwrap_or_default();
    let names: Vec<&str> =
        named.iter().flat_map(|names| names.split(',')).map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(Value::Object(info)) = keys.value("dataset_dir") {
        // The description itself can stand in the configuration; its files are then named from where it is.
        let info = keys.over("dataset_dir", info);
        return names.into_iter().map(|name| data_set(&info, Path::new(""), name)).collect();
    }
    let folder = keys.text("dataset_dir")?.unwrap_or("data");
    let path = format!("{folder}/{INFO}");
    let found = keys
        .document()
        .find(&path)
        .ok_or_else(|| keys.wrong("dataset_dir", KeyFault::NoInfo { folder: folder.to_owned(), file: INFO }))?;
    let info = Document::read("--llamafactory", &found)?;
    let folder = found.parent().unwrap_or(Path::new("")).to_owned();
    names.into_iter().map(|name| data_set(&info.keys(), &folder, name)).collect()
}

fn data_set(info: &Keys<'_>, folder: &Path, name: &str) -> Result<DataSet<()>, Error> {
    let data = info.mapping(name)?.ok_or_else(|| info.wrong(name, KeyFault::NotListed))?;
    let mut warnings = unheeded(&data, UNHEEDED_OF_DATA);
    let reading = reading(&data, &mut warnings)?;
    let schema = schema(reading.schema, reading.renames);
    Ok(DataSet { name: DataName::Name(name.into()), files: files(&data, folder)?, schema, reading: (), warnings })
}

/// The files, or why they are not here.
fn files(data: &Keys<'_>, folder: &Path) -> Result<Result<Vec<PathBuf>, Error>, Error> {
    for key in ["hf_hub_url", "ms_hub_url", "om_hub_url", "script_url", "cloud_file_name"] {
        if let Some(place) = data.text(key)? {
            return Ok(Err(data.wrong(key, KeyFault::Remote { place: place.to_owned() })));
        }
    }
    let Some(name) = data.text("file_name")? else {
        return Err(data.wrong("file_name", KeyFault::NoData));
    };
    let path = folder.join(name);
    let split = split_of(data.text("split")?);
    if path.exists() {
        Ok(Ok(files_of(&path, split)))
    } else {
        Ok(Err(data.wrong("file_name", KeyFault::NotHere { path: path.display().to_string() })))
    }
}

#[cfg(test)]
mod tests {
    use super::super::trainers::tests::{config, names, warnings};
    use super::*;
    use serde_json::json;

    const INFO: &str = r#"{
        "plain": {"file_name": "a.json"},
        "more": {"file_name": "b.json"},
        "named": {"file_name": "a.json", "columns": {"prompt": "question", "response": "answer"}},
        "turns": {"file_name": "c.json", "formatting": "sharegpt", "columns": {"messages": "turns"},
                  "tags": {"role_tag": "who", "content_tag": "what", "user_tag": "me", "assistant_tag": "you"}},
        "openai": {"file_name": "a.json", "formatting": "openai", "columns": {"messages": "messages"},
                   "tags": {"role_tag": "role", "content_tag": "content", "user_tag": "user",
                            "assistant_tag": "assistant", "system_tag": "system"}},
        "hub": {"hf_hub_url": "org/data"}}"#;
    const FILES: &[(&str, &str)] =
        &[("data/dataset_info.json", INFO), ("data/a.json", "[]"), ("data/b.json", "[]"), ("data/c.json", "[]")];

    fn read(text: &str) -> TrainerConfig {
        config("--llamafactory", text, FILES).unwrap()
    }

    fn said(config: &TrainerConfig, record: &Value) -> String {
        let (schema, read) = config.schema.normalise(record.as_object().unwrap()).unwrap();
        let messages = read.messages.iter().map(|message| [message.role(), "=", &message.text()].concat());
        [vec![schema.name.to_owned()], messages.collect()].concat().join(" ")
    }

    #[test]
    fn the_policy_has_an_option_for_each_key() {
        let policy = |text: &str| read(text).policy.unwrap();
        assert_eq!(policy("dataset: plain"), "llamafactory");
        assert_eq!(policy("template: qwen3\nmask_history: true"), "llamafactory:template=qwen3:history=masked");
        assert_eq!(
            policy("template: llama3\ntrain_on_prompt: true\nenable_thinking: false"),
            "llamafactory:template=llama3:prompt=trained:thinking=off"
        );
        let thoughts = read("template: qwen3\nmask_history: true\npreserve_thinking: true\ntool_format: llama3");
        assert_eq!(
            thoughts.policy.as_deref().ok(),
            Some("llamafactory:template=qwen3:history=masked:past-thoughts=kept:tool-format=llama3")
        );
        assert!(!warnings(&thoughts).contains("not followed"), "{}", warnings(&thoughts));
        crate::policies::Policy::parse_list(&thoughts.policy.unwrap()).unwrap();
    }

    #[test]
    fn the_tokenizer_and_the_length() {
        let length = |text: &str| read(text).max_length;
        assert_eq!(length("dataset: plain"), Some(2048));
        assert_eq!(length("cutoff_len: 100"), Some(100));
        assert_eq!(length("cutoff_len: 100\nneat_packing: true"), Some(99));
        let read = read("model_name_or_path: org/name\nmodel_revision: v1\nadd_special_tokens: <a>,<b>");
        assert_eq!(read.tokenizer.as_deref(), Some("org/name@v1"));
        assert_eq!(read.tokens.texts, ["<a>", "<b>"]);
    }

    #[test]
    fn columns_and_tags_are_other_names() {
        let alpaca = json!({"instruction": "i", "input": "x", "output": "o", "system": "not read"});
        assert_eq!(said(&read("dataset: plain"), &alpaca), "alpaca user=i\nx assistant=o");
        let named = json!({"question": "q", "answer": "a", "input": "not read"});
        assert_eq!(said(&read("dataset: named"), &named), "alpaca user=q assistant=a");
        let turns = json!({"turns": [{"who": "me", "what": "q"}, {"who": "you", "what": "a"}]});
        assert_eq!(said(&read("dataset: turns"), &turns), "sharegpt user=q assistant=a");
        let openai = json!({"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]});
        assert_eq!(said(&read("dataset: openai"), &openai), "messages user=q assistant=a");
    }

    #[test]
    fn data_sets_that_are_alike_are_shown_together() {
        let both = read("dataset: plain, more");
        assert_eq!((names(&both), warnings(&both).as_str()), (vec!["a.json".to_owned(), "b.json".to_owned()], ""));
        let first = read("dataset: [hub, plain, turns]");
        assert_eq!(names(&first), ["a.json", "c.json"]);
        assert!(warnings(&first).contains("`hub` is not shown") && !warnings(&first).contains("`turns` is not shown"));
        let turns = json!({"turns": [{"who": "me", "what": "q"}, {"who": "you", "what": "a"}]});
        let of_turns = first.data.as_ref().unwrap()[1].display().to_string();
        let (schema, _) = first.schema.of_file(&of_turns).normalise(turns.as_object().unwrap()).unwrap();
        assert_eq!(schema.name, "sharegpt", "each is read in its own way");
        assert!(first.schema.normalise(turns.as_object().unwrap()).is_err());
        let problem = read("dataset: hub").data.unwrap_err().to_string();
        assert!(
            problem.contains("`hub.hf_hub_url` is `org/data`") && problem.contains("download the data"),
            "{problem}"
        );
    }

    #[test]
    fn the_description_may_stand_in_the_configuration() {
        let read = read("dataset: x\ndataset_dir: {x: {file_name: Cargo.toml}}");
        assert_eq!(names(&read), ["Cargo.toml"]);
    }

    #[test]
    fn what_is_missing_is_named_with_what_to_do() {
        let problem = |text: &str| read(text).data.unwrap_err().to_string();
        assert!(problem("dataset: x").contains("dataset_info.json: `x` is not in it"), "{}", problem("dataset: x"));
        assert!(problem("dataset: x\ndataset_dir: none").contains("`dataset_dir` names the folder `none`"));
        assert!(problem("template: qwen3").contains("`dataset` names no data set"));
        let stage = read("stage: dpo\ndataset: plain").policy.unwrap_err().to_string();
        assert!(stage.contains("`stage` is `dpo`") && stage.contains("name a policy with -p"), "{stage}");
        assert!(config("--llamafactory", "cutoff_len: none", FILES).unwrap_err().contains("`cutoff_len` is text"));
    }
}
