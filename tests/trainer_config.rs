//! Trainers' own configurations on the command line: what is taken from them, what wins over them, and what is said when
//! they cannot be followed.

mod forms;
mod reading;

use crate::program::maskview;
use crossterm::event::KeyCode;
use maskview::tui::update::Action;
use serde_json::Value;
use std::process::{Command, Output};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The records that `print` writes, and what it says beside them.
fn records(arguments: &[&str]) -> (Vec<Value>, String) {
    let output = maskview(&[&["print", "--format", "jsonl", "--records", "all"], arguments].concat());
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    (lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), said(&output))
}

/// The message of a run that must end with exit code 2.
fn problem(arguments: &[&str]) -> String {
    let output = maskview(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
    said(&output)
}

/// A folder with a configuration and a data set of one record.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(configuration: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("config.yml", configuration);
        folder.write("data.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}]}\n");
        folder
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn config(&self) -> String {
        self.path("config.yml")
    }
}

#[test]
fn the_configuration_of_another_trainer_is_said_to_be_one() {
    let like = |option: &str, file: &str, data: &[&str]| maskview(&[&["print", option, file], data].concat());
    let warned = like("--trl", "samples/axolotl.yml", &["samples/messages.jsonl"]);
    assert!(
        warned.status.success() && said(&warned).contains("looks like a configuration for --axolotl"),
        "{warned:?}"
    );
    for (option, file, other) in [
        ("--axolotl", "samples/trl.yaml", "--trl"),
        ("--swift", "samples/llamafactory.yaml", "--llamafactory"),
        ("--llamafactory", "samples/axolotl.yml", "--axolotl"),
    ] {
        let words = problem(&["print", option, file]);
        assert!(words.contains(&format!("looks like a configuration for {other}")), "{words}");
        assert!(said(&like(other, file, &[])).lines().all(|line| !line.contains("looks like")), "{other} {file}");
    }
}

#[test]
fn a_configuration_needs_nothing_else() {
    let (records, said) = records(&["--trl", "samples/trl.yaml"]);
    assert_eq!((records.len(), said.as_str()), (3, ""));
    let names: Vec<&String> = records[0]["masks"].as_object().unwrap().keys().collect();
    let unavailable: Vec<&String> = records[0]["unavailable"].as_object().unwrap().keys().collect();
    assert_eq!([names, unavailable].concat(), ["generation"]);
    assert!(records[0]["file"].as_str().unwrap().ends_with("messages.jsonl"));
    let viewer = maskview(&["--trl", "samples/trl.yaml"]);
    assert!(viewer.status.success() && String::from_utf8_lossy(&viewer.stdout).contains("generation"));
}

#[test]
fn other_names_of_columns_are_followed() {
    let (axolotl, said) = records(&["--axolotl", "samples/axolotl.yml", "-p", "fixed"]);
    assert_eq!((axolotl[0]["schema"].as_str(), said.as_str()), (Some("messages"), ""));
    assert!(axolotl[0]["rendered"].as_str().unwrap().starts_with("<|im_start|>user\nWhat is HTTP 404?"));
    let (factory, said) = records(&["--llamafactory", "samples/llamafactory.yaml", "-p", "fixed"]);
    assert_eq!((factory[0]["schema"].as_str(), said.as_str()), (Some("sharegpt"), ""));
    assert!(factory[0]["rendered"].as_str().unwrap().contains("<|im_start|>user\nWhy is the sky blue?<|im_end|>"));
}

#[test]
fn the_policies_of_the_configurations_exist() {
    for (option, config, policy) in [
        ("--axolotl", "samples/axolotl.yml", "axolotl:turns=text:long=drop:eos=turn:roles=assistant"),
        ("--llamafactory", "samples/llamafactory.yaml", "llamafactory:template=qwen:history=masked"),
    ] {
        let (records, said) = records(&[option, config]);
        assert_eq!(said, "", "{option}");
        let mask = records[0]["masks"].get(policy).or(records[0]["unavailable"].get(policy));
        assert!(mask.is_some(), "{option}: {}", records[0]["masks"]);
    }
}

#[test]
fn the_command_line_wins() {
    let folder = Folder::new("model_name_or_path: chatml\ndataset_name: data.jsonl\nmax_length: 3\n");
    let config = folder.config();
    let taken = &records(&["--trl", &config, "-p", "fixed"]).0[0];
    assert_eq!(taken["tokens"][0], "<|im_start|>");
    assert_eq!(taken["input_ids"].as_array().unwrap().len(), 3, "cut");
    let given =
        ["--trl", &config, "-p", "fixed", "--tokenizer", "minimind", "--max-length", "5", "samples/messages.jsonl"];
    let given = &records(&given).0[0];
    assert_eq!((given["file"].as_str(), given["tokens"][0].as_str()), (Some("samples/messages.jsonl"), Some("<s>")));
    assert_eq!(given["input_ids"].as_array().unwrap().len(), 5);
    let warned = Folder::new("chat_template: chatml\ndatasets: [{path: data.jsonl, type: chat_template}]");
    assert!(records(&["--axolotl", &warned.config(), "-p", "fixed"]).1.contains("`chat_template` is `chatml`"));
    warned.write("own.jinja", "{{ messages[0].content }}");
    let own = ["--axolotl", &warned.config(), "-p", "fixed", "--chat-template", &warned.path("own.jinja")];
    let (records, said) = records(&own);
    assert_eq!((records[0]["rendered"].as_str(), said.as_str()), (Some("q"), ""));
}

#[test]
fn what_the_trainer_adds_to_the_tokenizer_is_there() {
    let folder = Folder::new(
        "base_model: chatml\nspecial_tokens: {eos_token: <|done|>}\ntokens: [qq]\nchat_template_jinja: |-\n  \
         {{ messages[0].content }}qq{{ eos_token }}\ndatasets: [{path: data.jsonl, type: chat_template}]",
    );
    let record = &records(&["--axolotl", &folder.config(), "-p", "fixed", "--padding", "0"]).0[0];
    assert_eq!(record["rendered"], "qqq<|done|>");
    assert_eq!(record["tokens"], serde_json::json!(["qq", "q", "<|done|>"]));
}

#[test]
fn what_cannot_be_followed_is_said_beside_the_records() {
    let folder = Folder::new(
        "rl: dpo\nbase_model: minimind\ndatasets:\n  - {path: data.jsonl, type: chat_template, split_thinking: true}\n  - \
         {path: org/data, type: chat_template}\n",
    );
    let (records, said) = records(&["--axolotl", &folder.config(), "-p", "fixed"]);
    assert_eq!(records.len(), 1);
    assert!(said.contains("warning: `datasets[0].split_thinking` is not followed"), "{said}");
    assert!(said.contains("org/data`) is not shown: its files are not on this machine"), "{said}");
    assert!(!said.contains("`rl`"), "the policy is given, so that it does not matter: {said}");
}

#[test]
fn a_slip_in_a_key_is_not_passed_over() {
    let folder = Folder::new("model_name_or_path: minimind\ndataset_name: data.jsonl\nassistant_only_los: true\n");
    let (_, said) = records(&["--trl", &folder.config()]);
    assert!(
        said.contains("`assistant_only_los` is not a known key: if you mean `assistant_only_loss`, correct it"),
        "{said}"
    );
}

#[test]
fn the_viewer_says_it_until_a_key_is_pressed() {
    let folder = Folder::new("chat_template: chatml\ndatasets: [{path: data.jsonl, type: chat_template}]");
    let arguments = ["--axolotl", &folder.config(), "-p", "fixed"];
    let mut viewer = crate::support::Viewer::open(&arguments, (120, 20));
    assert!(viewer.text().contains("`chat_template` is `chatml`"), "{}", viewer.text());
    viewer.act(Action::Key(KeyCode::Right.into()));
    assert!(!viewer.text().contains("`chat_template` is `chatml`"), "{}", viewer.text());
}

#[test]
fn one_trainer_at_a_time_and_nothing_without_data() {
    assert!(
        problem(&["--axolotl", "samples/axolotl.yml", "--trl", "samples/trl.yaml"]).contains("cannot be used with")
    );
    let nothing = problem(&["print"]);
    assert!(nothing.contains("FILE"), "{nothing}");
    let none = Folder::new("model_name_or_path: minimind");
    let message = problem(&["print", "--trl", &none.config()]);
    assert!(message.contains("config.yml: `dataset_name` names no data set; add one, or give FILE"), "{message}");
}

#[test]
fn what_is_wrong_with_a_configuration_is_named() {
    assert!(problem(&["--trl", "no-such.yml"]).contains("--trl no-such.yml: no such file"));
    assert!(problem(&["--trl", "samples"]).contains("not a file"));
    for (text, expected) in [
        ("a: [1", "not YAML: "),
        ("", "empty"),
        ("- a", "a list where keys with values are expected"),
        ("max_length: many\ndataset_name: data.jsonl", "`max_length` is text where a whole number"),
        ("dataset_name: [a]", "`dataset_name` is a list where text is expected"),
        ("dataset_name: org/data", "`dataset_name` is `org/data`"),
    ] {
        let message = problem(&["print", "--trl", &Folder::new(text).config()]);
        assert!(message.contains("config.yml: ") && message.contains(expected), "{text}: {message}");
    }
    let unsupported = Folder::new("datasets: [{path: data.jsonl, type: oasst}]");
    let message = problem(&["print", "--axolotl", &unsupported.config()]);
    assert!(message.contains("`datasets[0].type` is oasst") && message.contains("-p"), "{message}");
    let info = Folder::new("dataset: turns\ndataset_dir: none");
    assert!(problem(&["print", "--llamafactory", &info.config(), "-p", "fixed"]).contains("dataset_info.json"));
}

#[test]
fn the_environment_names_the_tokenizer_of_last_resort() {
    let tokens = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
        command.args([&["print", "--format", "jsonl"], arguments].concat()).env("MASKVIEW_TOKENIZER", "chatml");
        let record: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
        record["tokens"][0].as_str().unwrap().to_owned()
    };
    assert_eq!(tokens(&["samples/messages.jsonl"]), "<|im_start|>");
    assert_eq!(tokens(&["--trl", "samples/trl.yaml"]), "<s>");
}

const INFO: &str = r#"{
    "usual": {"file_name": "gpt.jsonl", "formatting": "sharegpt"},
    "other": {"file_name": "user.jsonl", "formatting": "sharegpt"},
    "tagged": {"file_name": "gpt.jsonl", "formatting": "sharegpt",
               "tags": {"role_tag": "from", "content_tag": "value", "user_tag": "user", "assistant_tag": "gpt"}},
    "openai": {"file_name": "messages.jsonl", "formatting": "sharegpt", "columns": {"messages": "messages"}}}"#;

/// A folder with data of several forms, and the list that LLaMA-Factory finds them by.
fn forms(configuration: &str) -> Folder {
    let folder = Folder::new(configuration);
    std::fs::create_dir(folder.0.path().join("data")).unwrap();
    folder.write("data/dataset_info.json", INFO);
    let turns = |user: &str, assistant: &str| {
        format!(
            "{{\"conversations\": [{{\"from\": \"{user}\", \"value\": \"q\"}}, {{\"from\": \"{assistant}\", \"value\": \"a\"}}]}}\n"
        )
    };
    let messages =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"a\"}]}\n";
    for (name, text) in [
        ("gpt.jsonl", turns("human", "gpt").as_str()),
        ("user.jsonl", &turns("user", "assistant")),
        ("messages.jsonl", messages),
        ("alpaca.jsonl", "{\"instruction\": \"q\", \"output\": \"a\"}\n"),
        ("text.jsonl", "{\"text\": \"hello\"}\n"),
        ("texts.jsonl", "{\"prompt\": \"q\", \"completion\": \"a\"}\n"),
    ] {
        folder.write(name, text);
        folder.write(&format!("data/{name}"), text);
    }
    folder
}

/// The error of the only record of a run with that configuration.
fn error_of(option: &str, configuration: &str) -> String {
    let folder = forms(configuration);
    let (records, _) = records(&[option, &folder.config(), "--tokenizer", "chatml"]);
    records[0]["error"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn tags_that_llama_factory_does_not_know_are_no_roles() {
    let error = |data: &str| error_of("--llamafactory", &format!("dataset: {data}\ntemplate: qwen"));
    assert_eq!(error("usual"), "");
    assert!(error("other").contains("`conversations[0].from` is `user`"), "{}", error("other"));
    assert!(error("tagged").contains("`conversations[0].from` is `human`"), "{}", error("tagged"));
    let keys = error("openai");
    assert!(keys.contains("its keys") || keys.contains("`role`, `content`; set `tags.role_tag`"), "{keys}");
}

#[test]
fn a_stage_that_is_not_shown_is_said_once() {
    for stage in ["pt", "rm", "kto", "ppo", "dpo"] {
        let folder = forms(&format!("dataset: usual\nstage: {stage}"));
        for command in ["print", "audit"] {
            let message = problem(&[command, "--llamafactory", &folder.config(), "--tokenizer", "chatml"]);
            assert_eq!(message.matches(&format!("`stage` is `{stage}`")).count(), 1, "{message}");
        }
    }
    let folder = forms("dataset: usual\nstage: dpo");
    let (records, _) = records(&["--llamafactory", &folder.config(), "--tokenizer", "chatml", "-p", "minimind"]);
    assert!(records[0]["masks"]["minimind"].is_array());
}

#[test]
fn trl_reads_what_it_reads() {
    let read = |data: &str| {
        let folder = forms(&format!("dataset_name: {data}.jsonl"));
        records(&["--trl", &folder.config(), "--tokenizer", "chatml", "--padding", "0"]).0.remove(0)
    };
    assert_eq!(read("gpt")["roles"][0], "human", "roles keep their names");
    assert!(read("alpaca")["error"].as_str().unwrap().starts_with("TRL reads `messages`"));
    let end = |record: &Value| record["tokens"].as_array().unwrap().last().unwrap().clone();
    for data in ["text", "texts"] {
        let record = read(data);
        assert_eq!(end(&record), "<|im_end|>", "{record}");
        assert!(!record["rendered"].as_str().unwrap().contains("<|im_start|>"), "no chat template is rendered");
    }
    assert_eq!(read("texts")["masks"]["completion"], serde_json::json!([0, 1, 1]));
}

#[test]
fn a_bare_name_takes_the_options_of_the_configuration() {
    let folder = Folder::new("datasets: [{path: data.jsonl, type: chat_template, train_on_eos: last}]");
    let names = |policies: &str| {
        let (records, _) = records(&["--axolotl", &folder.config(), "--tokenizer", "chatml", "-p", policies]);
        let all = ["masks", "unavailable"].map(|key| records[0][key].as_object().unwrap().clone());
        all.into_iter().flatten().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert!(names("axolotl,minimind").iter().any(|name| name.contains("eos=last")), "{:?}", names("axolotl,minimind"));
    assert!(names("axolotl:eos=all").iter().all(|name| name == "axolotl:eos=all"));
    let compared = maskview(&["diff", "--axolotl", &folder.config(), "--tokenizer", "chatml", "-p", "minimind"]);
    let words = String::from_utf8_lossy(&compared.stdout).into_owned();
    assert!(compared.status.success() && words.contains("eos=last"), "{words}{}", said(&compared));
}

#[test]
fn a_tokenizer_without_a_template_shows_what_needs_none() {
    let folder = forms("");
    let chatml = maskview::tokenizer::embedded::by_name("chatml").unwrap();
    std::fs::write(folder.path("tokenizer.json"), chatml.tokenizer_json()).unwrap();
    let tokenizer = folder.path("tokenizer.json");
    let of =
        |data: &str, policy: &str| records(&[&folder.path(data), "--tokenizer", &tokenizer, "-p", policy]).0.remove(0);
    assert_eq!(of("text.jsonl", "full")["error"], Value::Null);
    let own = of("messages.jsonl", "llamafactory:template=qwen");
    assert!(own["masks"]["llamafactory:template=qwen"].is_array(), "{own}");
    let message = problem(&["print", &folder.path("messages.jsonl"), "--tokenizer", &tokenizer, "-p", "minimind"]);
    assert!(message.contains("chat template"), "{message}");
}
