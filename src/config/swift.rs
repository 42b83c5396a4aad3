//! ms-swift's configuration: the YAML or JSON file of `swift sft`, or the `args.json` that a run writes beside its
//! checkpoints.
//!
//! Follows ms-swift 4.6.0: `swift/arguments/base_args/{base,data,model,template}_args.py` for keys and defaults,
//! `swift/model/models` for the template of a model, and `swift/dataset/loader.py` for where data is.
//!
//! Paths are looked for in the working directory, as ms-swift does, then beside the configuration.

use super::document::{Document, Keys};
use super::trainer::{
    AddedTokens, DataSet, Setting, TrainerConfig, Unheeded, Warning, files_of, files_together, tokenizer, unheeded,
};
use crate::error::{Error, FileFault, KeyFault};
use crate::formats::{MsSwift, Reader, Rename, SchemaChoice};
use crate::json;
use crate::policies::swift::{is_hybrid, template_names};
use crate::words::Said;
use crate::words::config::{ConfigWarning, DataName};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Keys of the file that are not followed.
const UNHEEDED: &[Unheeded] = &[
    Unheeded::new(
        "agent_template",
        Setting::Policy,
        Said {
            en: "is not followed: tools are written as the template's own agent template writes them",
            zh: "未生效：工具按模板自带的 agent template 写出",
        },
    ),
    Unheeded::new(
        "cached_dataset",
        Setting::Data,
        Said {
            en: "is not followed: give the files that it was made of as FILE",
            zh: "未生效：请把制作它所用的文件作为 FILE 给出",
        },
    ),
    Unheeded::new(
        "custom_dataset_info",
        Setting::Data,
        Said {
            en: "is not followed: give the files of the data sets as FILE",
            zh: "未生效：请把数据集的文件作为 FILE 给出",
        },
    ),
    Unheeded::new(
        "external_plugins",
        Setting::Nothing,
        Said {
            en: "are not followed: what they change of templates and losses is not shown",
            zh: "未生效：插件对模板和损失的改动不会显示",
        },
    ),
    Unheeded::new(
        "disable_auto_column_mapping",
        Setting::Schema,
        Said {
            en: "is not followed: columns are found by their usual names", zh: "未生效：按常用名称查找列"
        },
    ),
];

const ARGUMENTS_OF_MODELS: Said = Said {
    en: "is not followed: it trains no next tokens; what is shown is the mask of supervised fine-tuning",
    zh: "未生效：它训练的不是下一个 token；这里显示的是监督微调的掩码",
};
const NO_CHAT_TEMPLATE: Said = Said {
    en: "is not followed: the chat template is shown, which ms-swift then leaves out",
    zh: "未生效：这里仍显示对话模板，而 ms-swift 此时不使用它",
};
const NO_SPLIT: Said = Said {
    en: "is not followed: long records are shown as cut at the right",
    zh: "未生效：过长的记录显示为从右侧截断",
};

/// Reads the configuration.
///
/// # Errors
/// [`Error::OptionFile`] for a key that holds what it should not.
pub fn read(document: &Document, _files: &[PathBuf]) -> Result<TrainerConfig, Error> {
    let keys = document.keys();
    let mut warnings = unheeded(&keys, UNHEEDED);
    let none = || document.wrong(FileFault::NoDataSet { key: "dataset" });
    let data = files_together(data_sets(&keys)?, &mut warnings, none);
    let policy = match keys.text("rlhf_type")? {
        Some(stage) => Err(keys.wrong("rlhf_type", KeyFault::StageNotShown { stage: stage.to_owned() })),
        None => policy(&keys, &mut warnings),
    };
    let reader = MsSwift { columns: columns(&keys)?, system: system(&keys)? };
    let model = keys.text("model")?;
    let special = keys.texts("new_special_tokens")?.unwrap_or_default();
    let revision = keys.text("model_revision")?.filter(|revision| !["main", "master"].contains(revision));
    Ok(TrainerConfig {
        tokenizer: model.map(|name| tokenizer(document, name, revision)),
        tokens: AddedTokens { texts: special.into_iter().map(str::to_owned).collect(), special: Map::new() },
        policy,
        max_length: keys.count("max_length")?,
        data,
        schema: SchemaChoice { reader: Some(Reader::MsSwift(reader)), ..SchemaChoice::default() },
        warnings,
        ..TrainerConfig::default()
    })
}

/// The policy with an option for each key that the configuration holds.
fn policy(keys: &Keys<'_>, warnings: &mut Vec<Warning>) -> Result<String, Error> {
    let mut warn = |key: &str, effect| {
        warnings.push(Warning::new(Setting::Policy, ConfigWarning::key(keys.named(key), effect)));
    };
    let template = template(keys)?;
    let mut policy = vec!["swift".to_owned(), format!("template={template}")];
    if keys.text("task_type")?.is_some_and(|task| task != "causal_lm") {
        warn("task_type", ARGUMENTS_OF_MODELS);
    }
    if keys.flag("use_chat_template")? == Some(false) {
        warn("use_chat_template", NO_CHAT_TEMPLATE);
    }
    let mut scale = keys.text("loss_scale")?.unwrap_or("default").to_owned();
    let adds = !keys.truth("disable_ignore_empty_think", false)?;
    if adds && is_hybrid(template) && !scale.contains("ignore_empty_think") {
        scale.push_str("+ignore_empty_think");
    }
    if scale != "default" {
        policy.push(format!("loss_scale={scale}"));
    }
    for key in ["add_non_thinking_prefix", "preserve_thinking", "enable_thinking", "is_binary_loss_scale"] {
        let usual = key == "add_non_thinking_prefix";
        if let Some(value) = keys.flag(key)?.filter(|value| !usual || !value) {
            policy.push(format!("{key}={value}"));
        }
    }
    if let Some(backend) = keys.text("template_backend")?.filter(|backend| *backend != "swift") {
        policy.push(format!("template_backend={backend}"));
    }
    match keys.text("truncation_strategy")? {
        Some("split") => {
            warn("truncation_strategy: split", NO_SPLIT);
            policy.push("truncation_strategy=right".to_owned());
        }
        Some(strategy) if strategy != "delete" => policy.push(format!("truncation_strategy={strategy}")),
        _ => {}
    }
    Ok(policy.join(":"))
}

/// The template that is named, else the one that ms-swift takes for the model.
fn template<'a>(keys: &Keys<'a>) -> Result<&'a str, Error> {
    let known = template_names();
    match keys.text("template")? {
        Some(name) if known.contains(&name) => Ok(name),
        Some(name) => {
            let fault = KeyFault::NotTaken { value: name.to_owned(), trainer: "maskview's `swift`", known };
            Err(keys.wrong("template", fault))
        }
        None => {
            let of_model = keys.text("model")?.and_then(template_of);
            of_model.ok_or_else(|| keys.wrong("template", KeyFault::NoTrainersTemplate { trainer: "ms-swift", known }))
        }
    }
}

/// Beginnings of the names of models, before their size, with their template.
const SIZED: &[(&str, &str)] = &[
    ("qwen3-", "qwen3"),
    ("qwen2.5-math-", "qwen2_5_math"),
    ("qwen2.5-coder-", "qwen2_5"),
    ("qwen2.5-", "qwen2_5"),
    ("qwen2-", "qwen"),
    ("qwen1.5-", "qwen"),
    ("qwen-", "qwen"),
    ("meta-llama-3-", "llama3"),
];

/// The template that ms-swift takes for a model of that name, where the name tells it.
fn template_of(model: &str) -> Option<&'static str> {
    let name = model.trim_end_matches('/').rsplit('/').next()?.to_lowercase();
    if name.starts_with("qwq-32b") {
        return Some(if name.contains("preview") { "qwq_preview" } else { "qwq" });
    }
    if name.starts_with("minimind") {
        return Some("minimind");
    }
    let sized = |start: &str| {
        name.strip_prefix(start).is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
    };
    let (_, template) = SIZED.iter().find(|(start, _)| sized(start))?;
    Some(match *template {
        "qwen3" if name.contains("thinking-2507") => "qwen3_thinking",
        "qwen3" if name.contains("instruct-2507") => "qwen3_nothinking",
        template => template,
    })
}

/// `columns`: a mapping, or the JSON text of one.
fn columns(keys: &Keys<'_>) -> Result<Vec<Rename>, Error> {
    let parsed;
    let given = match keys.value("columns") {
        Some(Value::String(text)) if text.is_empty() => return Ok(Vec::new()),
        Some(Value::String(text)) => match json::parse(text) {
            Ok(Value::Object(map)) => {
                parsed = map;
                keys.over("columns", &parsed)
            }
            _ => return keys.mapping("columns").map(|_| Vec::new()),
        },
        _ => match keys.mapping("columns")? {
            Some(given) => given,
            None => return Ok(Vec::new()),
        },
    };
    Ok(given.pairs()?.into_iter().map(|(from, to)| Rename::new(from, to)).collect())
}

/// `system`: a system prompt, or the name of a text file that holds it.
fn system(keys: &Keys<'_>) -> Result<Option<String>, Error> {
    let Some(system) = keys.text("system")? else { return Ok(None) };
    if Path::new(system).extension().is_none_or(|ending| ending != "txt") {
        return Ok(Some(system.replace("\\n", "\n")));
    }
    let missing = || keys.wrong("system", KeyFault::NotHere { path: system.to_owned() });
    let path = keys.document().find(system).filter(|path| path.is_file()).ok_or_else(missing)?;
    std::fs::read_to_string(path).map(Some).map_err(|error| keys.document().wrong(FileFault::System(error.to_string())))
}

/// The data sets of `dataset`: paths, with a subset and a number of records behind them.
fn data_sets(keys: &Keys<'_>) -> Result<Vec<DataSet<()>>, Error> {
    let named = keys.texts("dataset")?.unwrap_or_default();
    let set = |name: &str| {
        let path = name.split_once("::").map_or(name, |(_, path)| path);
        let path =
            path.rsplit_once('#').filter(|(_, count)| count.parse::<u64>().is_ok()).map_or(path, |(path, _)| path);
        let found = keys.document().find(path).or_else(|| keys.document().find(path.rsplit_once(':')?.0));
        let missing = || keys.wrong("dataset", KeyFault::NotHere { path: path.to_owned() });
        let files = found.map(|path| files_of(&path, "train")).ok_or_else(missing);
        let name = DataName::Path { key: keys.named("dataset").into(), path: name.into() };
        DataSet { name, files, schema: SchemaChoice::default(), reading: (), warnings: Vec::new() }
    };
    Ok(named.into_iter().map(set).collect())
}

#[cfg(test)]
mod tests {
    use super::super::trainers::tests::{config, names, warnings};
    use super::*;

    const FILES: &[(&str, &str)] = &[("a.jsonl", "{}"), ("b.jsonl", "{}"), ("system.txt", "from a file")];

    fn read(text: &str) -> TrainerConfig {
        config("--swift", text, FILES).unwrap()
    }

    fn policy(text: &str) -> String {
        read(text).policy.unwrap()
    }

    #[test]
    fn the_template_is_that_of_the_model() {
        for (model, template) in [
            ("Qwen/Qwen3-8B", "qwen3:loss_scale=default+ignore_empty_think"),
            ("Qwen/Qwen3-4B-Thinking-2507", "qwen3_thinking"),
            ("Qwen/Qwen3-4B-Instruct-2507", "qwen3_nothinking"),
            ("/models/Qwen2.5-0.5B-Instruct/", "qwen2_5"),
            ("Qwen/Qwen2.5-Math-7B", "qwen2_5_math"),
            ("LLM-Research/Meta-Llama-3-8B-Instruct", "llama3"),
        ] {
            assert_eq!(policy(&format!("model: {model}")), format!("swift:template={template}"), "{model}");
        }
        for model in ["Qwen/Qwen3-VL-8B", "Qwen/Qwen2.5-VL-7B", "LLM-Research/Meta-Llama-3.1-8B"] {
            let problem = read(&format!("model: {model}")).policy.unwrap_err().to_string();
            assert!(problem.contains("`template` is missing") && problem.contains("qwen3"), "{problem}");
        }
        assert_eq!(policy("model: org/mine\ntemplate: chatml"), "swift:template=chatml");
        let problem = read("template: llama3_2").policy.unwrap_err().to_string();
        assert!(problem.contains("`template` is `llama3_2`"), "{problem}");
    }

    #[test]
    fn the_policy_has_an_option_for_each_key() {
        assert_eq!(policy("template: qwen3\ndisable_ignore_empty_think: true"), "swift:template=qwen3");
        assert_eq!(
            policy(
                r#"{"template": "qwen3", "loss_scale": "last_round+ignore_empty_think", "add_non_thinking_prefix": false,
                    "preserve_thinking": null, "enable_thinking": true, "truncation_strategy": "left"}"#
            ),
            "swift:template=qwen3:loss_scale=last_round+ignore_empty_think:add_non_thinking_prefix=false:\
             enable_thinking=true:truncation_strategy=left"
        );
        let stage = read("template: qwen\nrlhf_type: dpo").policy.unwrap_err().to_string();
        assert!(stage.contains("`rlhf_type` is `dpo`"), "{stage}");
        let split = read("template: qwen\ntruncation_strategy: split\nuse_chat_template: false");
        assert!(warnings(&split).contains("split") && warnings(&split).contains("`use_chat_template`"));
    }

    #[test]
    fn records_are_read_as_the_keys_say() {
        let said = |text: &str| {
            let record = serde_json::json!({"Frage": "q", "answer": "a"});
            let (_, read) = read(text).schema.normalise(record.as_object().unwrap()).unwrap();
            read.messages.iter().map(crate::conversation::Message::text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(said("columns: {Frage: query}\nsystem: 'be\\nbrief'"), "be\nbrief q a");
        assert_eq!(said("columns: '{\"Frage\": \"query\"}'\nsystem: system.txt"), "from a file q a");
        assert!(config("--swift", "system: none.txt", FILES).unwrap_err().contains("`system` is `none.txt`"));
    }

    #[test]
    fn data_is_named_with_a_number_of_records() {
        let read = read("model: org/m\ndataset: ['a.jsonl#500', 'HF::b.jsonl:default', AI/alpaca#9]\nmax_length: 99");
        assert_eq!((names(&read), read.max_length), (vec!["a.jsonl".to_owned(), "b.jsonl".to_owned()], Some(99)));
        assert!(warnings(&read).contains("`dataset` (`AI/alpaca#9`) is not shown"), "{}", warnings(&read));
    }
}
