//! axolotl's configuration: the YAML file of `axolotl train`.
//!
//! Follows axolotl 0.19.0: `utils/schemas/{config,model,datasets,training}.py` for keys and defaults,
//! `prompt_strategies/chat_template.py` (`StrategyLoader`, `transform_message`) for what `type: chat_template` does with
//! them, `utils/chat_templates/base.py` for the template, `loaders/tokenizer.py` for its tokens, and
//! `utils/data/shared.py` for where data is.
//!
//! Paths are looked for in the working directory, as axolotl does, then beside the configuration.

mod chat_template;
mod installed;
mod plain;

use super::document::{Document, Keys};
use super::trainer::{
    AddedTokens, DataSet, Setting, Shown, TemplateChoice, TrainerConfig, Unheeded, Warning, files_of, schema, split_of,
    together, tokenizer, unheeded,
};
use crate::error::{Error, FileFault, KeyFault};
use crate::formats::{Axolotl, Reader, Rename, Renames, Rest, SchemaChoice};
use crate::policies::Texts;
use crate::words::Said;
use crate::words::config::{ConfigWarning, DataName};
use serde_json::Map;
use std::path::PathBuf;

/// `sequence_len` where the configuration does not say it.
const SEQUENCE_LENGTH: usize = 512;

/// Keys of the file that are not followed.
const UNHEEDED: &[Unheeded] = &[
    Unheeded::new(
        "rl",
        Setting::Policy,
        Said {
            en: "trains preferences: what is shown is the mask of supervised training",
            zh: "训练的是偏好；这里显示的是监督微调的掩码",
        },
    ),
    Unheeded::new(
        "pretraining_dataset",
        Setting::Data,
        Said {
            en: "is not shown: name its files on the command line", zh: "未显示：请在命令行中指定它的文件"
        },
    ),
    Unheeded::new(
        "added_tokens_overrides",
        Setting::Tokenizer,
        Said {
            en: "is not followed: give the tokenizer that axolotl writes for it with --tokenizer",
            zh: "未生效：请用 --tokenizer 指定 axolotl 为它写出的分词器",
        },
    ),
    Unheeded::new(
        "tokenizer_use_mistral_common",
        Setting::Tokenizer,
        Said {
            en: "is not followed: the tokenizer.json of the model is used",
            zh: "未生效：使用模型的 tokenizer.json",
        },
    ),
    Unheeded::new(
        "default_system_message",
        Setting::ChatTemplate,
        Said {
            en: "is not followed: the template's own system message is shown",
            zh: "未生效：显示模板自带的 system 消息",
        },
    ),
    Unheeded::new(
        "min_sample_len",
        Setting::Nothing,
        Said {
            en: "is not followed: axolotl drops shorter records, which are shown here",
            zh: "未生效：axolotl 会丢弃更短的记录，这里照常显示",
        },
    ),
    Unheeded::new(
        "processor_type",
        Setting::Nothing,
        Said {
            en: "is not followed: images and sound have no tokens here", zh: "未生效：图片和音频在这里没有 token"
        },
    ),
];

/// Keys of a data set that are not followed.
const UNHEEDED_OF_DATA: &[Unheeded] = &[
    Unheeded::new(
        "split_thinking",
        Setting::Nothing,
        Said {
            en: "is not followed: thoughts stay where the record has them",
            zh: "未生效：思考内容保持在记录中的位置",
        },
    ),
    Unheeded::new(
        "field_tools",
        Setting::Schema,
        Said {
            en: "has no effect in axolotl: tools are read from `tools`",
            zh: "在 axolotl 中不起作用：工具从 `tools` 读取",
        },
    )
    .unless("tools"),
    Unheeded::new(
        "field_thinking",
        Setting::Schema,
        Said {
            en: "is not followed: map it in message_property_mappings",
            zh: "未生效：请写进 message_property_mappings",
        },
    )
    .unless("reasoning_content"),
    Unheeded::new("template_thinking_key", Setting::Schema, Said { en: "is not followed", zh: "未生效" })
        .unless("reasoning_content"),
    Unheeded::new("input_transform", Setting::Schema, Said { en: "is not followed", zh: "未生效" }),
];

/// A Jinja text without the value that asks for it.
const NEEDS_JINJA: Said = Said {
    en: "has no effect in axolotl without `chat_template: jinja`",
    zh: "在 axolotl 中不起作用：缺少 `chat_template: jinja`",
};

/// Reads the configuration.
///
/// # Errors
/// [`Error::OptionFile`] for a key that holds what it should not.
pub fn read(document: &Document, _files: &[PathBuf]) -> Result<TrainerConfig, Error> {
    let keys = document.keys();
    let mut sets = Vec::new();
    for (at, data) in keys.mappings("datasets")?.iter().enumerate() {
        let path = data.text("path")?.ok_or_else(|| data.wrong("path", KeyFault::NoData))?;
        let name = DataName::Path { key: format!("datasets[{at}].path").into(), path: path.into() };
        let mut warnings = Vec::new();
        let (schema, reading) = reading(&keys, data, &mut warnings)?;
        sets.push(DataSet { name, files: files(data, path), schema, reading, warnings });
    }
    let shown = match together(sets) {
        Some(shown) => shown,
        None => unnamed(&keys)?,
    };
    let mut warnings = shown.warnings;
    let reading = shown.reading;
    let base = match keys.text("tokenizer_config")? {
        Some(name) => Some(name),
        None => keys.text("base_model_config")?.or(keys.text("base_model")?),
    };
    let revision = keys.text("revision_of_model")?;
    warnings.extend(unheeded(&keys, UNHEEDED));
    Ok(TrainerConfig {
        tokenizer: base.map(|name| tokenizer(document, name, revision)),
        tokens: tokens(&keys)?,
        chat_template: reading.template,
        template_kwargs: keys.mapping("chat_template_kwargs")?.map_or_else(Map::new, |kwargs| kwargs.map().clone()),
        policy: reading.policy.map_err(|reason| document.wrong(reason)),
        max_length: Some(keys.count("sequence_len")?.unwrap_or(SEQUENCE_LENGTH)),
        data: shown.files,
        schema: shown.schema,
        texts: Texts::AsWritten,
        warnings,
    })
}

/// How the records of a data set are masked.
#[derive(Debug, PartialEq)]
struct Reading {
    template: Option<TemplateChoice>,
    policy: Result<String, FileFault>,
}

/// What is shown of a configuration without data sets, for which files are given instead.
fn unnamed(keys: &Keys<'_>) -> Result<Shown<Reading>, Error> {
    let usual = Map::from_iter([("type".to_owned(), "chat_template".into())]);
    let mut warnings = Vec::new();
    let (schema, reading) = reading(keys, &keys.over("datasets[0]", &usual), &mut warnings)?;
    let files = Err(keys.document().wrong(FileFault::NoDataSet { key: "datasets" }));
    Ok(Shown { schema, reading, files, warnings })
}

/// A type of data set that can be shown.
struct Type {
    name: &'static str,
    schema: &'static str,
    policy: fn(&Keys<'_>, &Keys<'_>, &mut Vec<Warning>) -> Result<String, Error>,
    renames: fn(&Keys<'_>) -> Result<Renames, Error>,
}

/// The types that are understood; the others write prompts of their own.
const TYPES: &[Type] = &[
    Type { name: "chat_template", schema: "messages", policy: chat_template::policy, renames: chat_template::renames },
    Type {
        name: "",
        schema: "tokenized",
        policy: |_, _, _| Ok("labels".to_owned()),
        renames: |_| Ok(Renames::default()),
    },
    Type {
        name: "completion",
        schema: "text",
        policy: |keys, _, warnings| plain::policy("completion", keys, warnings),
        renames: completion_renames,
    },
    Type {
        name: "input_output",
        schema: "messages",
        policy: |keys, _, warnings| plain::policy("input_output", keys, warnings),
        renames: |_| Ok(Renames::default()),
    },
    Type {
        name: "alpaca",
        schema: "alpaca",
        policy: |keys, _, warnings| plain::policy("alpaca", keys, warnings),
        renames: |_| Ok(Renames::default()),
    },
];

fn reading(keys: &Keys<'_>, data: &Keys<'_>, warnings: &mut Vec<Warning>) -> Result<(SchemaChoice, Reading), Error> {
    let name = match data.value("type") {
        Some(serde_json::Value::Object(_)) => None,
        _ => Some(data.text("type")?.unwrap_or_default()),
    };
    warnings.extend(unheeded(data, UNHEEDED_OF_DATA));
    let reader = name.and_then(plain::reader);
    let base = match reader {
        Some(Axolotl::Alpaca { .. }) => Some("alpaca"),
        _ => name,
    };
    let Some(known) = TYPES.iter().find(|known| Some(known.name) == base) else {
        let reason = data.fault("type", KeyFault::TypeNotShown { name: name.map(str::to_owned) });
        return Ok((SchemaChoice::default(), Reading { template: None, policy: Err(reason) }));
    };
    let reader = reader.map(Reader::Axolotl);
    let schema = SchemaChoice { reader, ..schema(Some(known.schema), (known.renames)(data)?) };
    let template = if known.name == "chat_template" { template(keys, data, warnings)? } else { None };
    Ok((schema, Reading { template, policy: Ok((known.policy)(keys, data, warnings)?) }))
}

fn completion_renames(data: &Keys<'_>) -> Result<Renames, Error> {
    let field = data.text("field")?.unwrap_or("text");
    Ok(Renames { keys: vec![Rename::new(field, "text")], rest: Rest::Dropped, messages: None })
}

fn owned(texts: Option<Vec<&str>>) -> Option<Vec<String>> {
    texts.map(|texts| texts.into_iter().map(str::to_owned).collect())
}

/// The template: that of the data set, else that of the whole configuration, else the tokenizer's own.
fn template(keys: &Keys<'_>, data: &Keys<'_>, warnings: &mut Vec<Warning>) -> Result<Option<TemplateChoice>, Error> {
    // A data set that asks for the tokenizer's template gets that of the whole configuration, which axolotl has put there.
    let own = data.text("chat_template")?.is_some_and(|name| !is_tokenizers(name));
    if !own && data.asks("chat_template_jinja") {
        let words = ConfigWarning::key(data.named("chat_template_jinja"), NEEDS_JINJA);
        warnings.push(Warning::new(Setting::ChatTemplate, words));
    }
    let place = if own { data } else { keys };
    let written = place.text("chat_template_jinja")?;
    match (place.text("chat_template")?, written) {
        (None | Some("jinja"), Some(written)) => Ok(Some(jinja(place, written))),
        (Some("jinja"), None) => Err(place.wrong("chat_template_jinja", KeyFault::NoTemplate)),
        (Some(name), _) if !is_tokenizers(name) => {
            if let Some(path) = installed::template(name, keys.document().home()) {
                return Ok(Some(TemplateChoice::Named(path.to_string_lossy().into_owned())));
            }
            let words = ConfigWarning::AxolotlTemplate { key: place.named("chat_template").into(), name: name.into() };
            warnings.push(Warning::new(Setting::ChatTemplate, words));
            Ok(None)
        }
        _ => Ok(None),
    }
}

/// Whether the name stands for the tokenizer's own template, where it has one.
fn is_tokenizers(name: &str) -> bool {
    name == "tokenizer_default" || name.starts_with("tokenizer_default_fallback_")
}

/// A template that stands in the configuration, or the file that it names.
fn jinja(place: &Keys<'_>, written: &str) -> TemplateChoice {
    // The text of a template can be longer than any path, which the system would refuse.
    let path = if written.contains(['\n', '{']) { None } else { place.document().find(written) };
    match path {
        Some(path) => TemplateChoice::Named(path.to_string_lossy().into_owned()),
        None => TemplateChoice::Written { key: "chat_template_jinja".to_owned(), source: written.to_owned() },
    }
}

/// `special_tokens` and `tokens`.
fn tokens(keys: &Keys<'_>) -> Result<AddedTokens, Error> {
    let mut tokens = AddedTokens { texts: owned(keys.texts("tokens")?).unwrap_or_default(), ..AddedTokens::default() };
    let Some(special) = keys.mapping("special_tokens")? else { return Ok(tokens) };
    tokens.texts.extend(owned(special.texts("additional_special_tokens")?).unwrap_or_default());
    for key in special.map().keys().filter(|key| *key != "additional_special_tokens") {
        if let Some(token) = special.text(key)? {
            tokens.special.insert(key.clone(), token.into());
        }
    }
    Ok(tokens)
}

/// Where the data is: `data_files`, else the path.
fn files(data: &Keys<'_>, path: &str) -> Result<Vec<PathBuf>, Error> {
    let document = data.document();
    let split = split_of(data.text("split")?);
    let named = data.texts("data_files")?.unwrap_or_else(|| vec![path]);
    let mut files = Vec::new();
    for name in named {
        let inside = || document.find(&format!("{path}/{name}"));
        let found = document.find(name).or_else(inside).ok_or_else(|| {
            data.wrong("path", KeyFault::DataNotHere { data: path.to_owned(), file: name.to_owned() })
        })?;
        files.extend(files_of(&found, split));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::super::trainers::tests::{config, names, warnings};
    use super::*;

    const DATA: &[(&str, &str)] = &[("a.jsonl", "{}"), ("b.jsonl", "{}")];

    fn read(text: &str) -> TrainerConfig {
        config("--axolotl", text, DATA).unwrap()
    }

    #[test]
    fn the_tokenizer_and_the_length() {
        let read = read("base_model: org/name\nrevision_of_model: v1\nsequence_len: 2048\ndatasets: [{path: a.jsonl}]");
        assert_eq!((read.tokenizer.as_deref(), read.max_length), (Some("org/name@v1"), Some(2048)));
        let read = self::read(
            "base_model: org/name\ntokenizer_config: org/other\ndatasets: [{path: a.jsonl}]\n\
             special_tokens: {pad_token: <pad>, additional_special_tokens: [<a>]}\ntokens: [<b>]",
        );
        assert_eq!((read.tokenizer.as_deref(), read.max_length), (Some("org/other"), Some(SEQUENCE_LENGTH)));
        assert_eq!(
            (read.tokens.texts, read.tokens.special["pad_token"].as_str()),
            (vec!["<b>".to_owned(), "<a>".to_owned()], Some("<pad>"))
        );
    }

    #[test]
    fn the_template_of_the_data_set_wins() {
        let read = |lines: &str| read(&format!("datasets:\n  - path: a.jsonl\n    type: chat_template\n{lines}"));
        assert_eq!(read("chat_template: tokenizer_default").chat_template, None);
        let own = TemplateChoice::Written { key: "chat_template_jinja".to_owned(), source: "{{ a }}".to_owned() };
        assert_eq!(read("chat_template_jinja: '{{ a }}'").chat_template.as_ref(), Some(&own));
        let both = read("    chat_template: jinja\n    chat_template_jinja: '{{ a }}'\nchat_template: chatml");
        assert_eq!((both.chat_template.as_ref(), warnings(&both).as_str()), (Some(&own), ""));
        let global = read("    chat_template: tokenizer_default\nchat_template_jinja: '{{ a }}'");
        assert_eq!(global.chat_template.as_ref(), Some(&own));
        let ignored = read("    chat_template_jinja: '{{ a }}'");
        assert!(ignored.chat_template.is_none() && warnings(&ignored).contains("has no effect in axolotl"));
        let file = read("chat_template: jinja\nchat_template_jinja: b.jsonl");
        assert!(matches!(&file.chat_template, Some(TemplateChoice::Named(path)) if path.ends_with("b.jsonl")));
        let named = read("chat_template: chatml");
        let said = warnings(&named);
        assert!(named.chat_template.is_none() && said.contains("`chat_template` is `chatml`"), "{said}");
        assert!(said.contains("--axolotl-home"), "{said}");
        assert_eq!(warnings(&read("chat_template: tokenizer_default_fallback_chatml")), "");
    }

    #[test]
    fn other_types_are_told_apart() {
        let of = |kind: &str| read(&format!("datasets: [{{path: a.jsonl, type: {kind}}}]"));
        assert_eq!(of("''").policy.unwrap(), "labels");
        assert_eq!(of("completion").policy.unwrap(), "axolotl:type=completion");
        assert_eq!(of("input_output").policy.unwrap(), "axolotl:type=input_output:long=drop");
        assert_eq!(of("alpaca").policy.unwrap(), "axolotl:type=alpaca:long=drop");
        let record = serde_json::json!({"instruction": "i", "output": "o"});
        for (kind, begins) in
            [("alpaca", "Below"), ("'alpaca:chat'", "SYSTEM: "), ("alpaca_chat.load_no_prompt", "USER: i")]
        {
            let (_, read) = of(kind).schema.normalise(record.as_object().unwrap()).unwrap();
            let Some(crate::conversation::Prompt::Text { prompt, .. }) = read.prompt else { panic!("{kind}") };
            assert!(prompt.starts_with(begins), "{kind}: {prompt}");
        }
        let other = of("oasst").policy.unwrap_err().to_string();
        assert!(other.contains("`datasets[0].type` is oasst") && other.contains("-p"), "{other}");
    }

    #[test]
    fn data_sets_that_are_alike_are_shown_together() {
        let set = |name: &str, more: &str| format!("  - {{path: {name}, type: chat_template{more}}}\n");
        let both = read(&["datasets:\n", &set("a.jsonl", ""), &set("b.jsonl", "")].concat());
        assert_eq!((names(&both), warnings(&both).as_str()), (vec!["a.jsonl".to_owned(), "b.jsonl".to_owned()], ""));
        let text = ["datasets:\n", &set("a.jsonl", ""), &set("b.jsonl", ", train_on_eos: none"), &set("org/x", "")];
        let first = read(&text.concat());
        assert_eq!(names(&first), ["a.jsonl"]);
        assert!(warnings(&first).contains("b.jsonl") && warnings(&first).contains("org/x"), "{}", warnings(&first));
    }

    #[test]
    fn data_that_is_not_here_says_what_to_do() {
        let read = read("datasets: [{path: org/data, type: chat_template}]");
        let problem = read.data.unwrap_err().to_string();
        assert!(problem.contains("`datasets[0].path`") && problem.contains("download the data"), "{problem}");
        let none = self::read("base_model: minimind").data.unwrap_err().to_string();
        assert!(none.contains("`datasets` names no data set"), "{none}");
    }
}
