//! The other trainers' configurations, types of data sets that use no chat template, and data sets of several forms.

use super::{Folder, maskview, problem, records, said as told};
use serde_json::Value;

#[test]
fn the_other_configurations_need_nothing_else() {
    for (option, text, policy) in [
        ("--swift", "model: minimind\ntemplate: minimind\ndataset: data.jsonl", "swift:template=minimind"),
        (
            "--swift",
            r#"{"model": "chatml", "template": "chatml", "dataset": ["data.jsonl#5"]}"#,
            "swift:template=chatml",
        ),
        ("--mlx", "model: chatml\ndata: .\nmask_prompt: true", "mlx:mask_prompt=true"),
        (
            "--verl",
            "model: {path: chatml}\ndata: {train_files: data.jsonl}",
            "verl:enable_thinking=true:record_thinking=read",
        ),
    ] {
        let folder = Folder::new(text);
        let turns = r#"{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}"#;
        folder.write("data.jsonl", turns);
        folder.write("train.jsonl", turns);
        let text = text.replace("data: .", &format!("data: {}", folder.0.path().display()));
        folder.write("config.yml", &text);
        let (records, said) = records(&[option, &folder.config()]);
        assert_eq!((records.len(), said.as_str()), (1, ""), "{option} {text}");
        let mask = records[0]["masks"].get(policy).unwrap_or_else(|| panic!("{option}: {}", records[0]));
        assert!(mask.as_array().unwrap().iter().any(|bit| *bit != 0), "{option}: {mask}");
        let file = std::path::Path::new(records[0]["file"].as_str().unwrap());
        assert_eq!(file.extension().unwrap(), "jsonl");
        let named = maskview(&["print", option, &folder.config(), "-p", policy.split(':').next().unwrap()]);
        assert!(named.status.success(), "{}", told(&named));
    }
}

#[test]
fn data_sets_of_several_forms_are_each_read_in_their_own_way() {
    let folder = Folder::new("");
    let info = r#"{"pairs": {"file_name": "pairs.jsonl"},
        "turns": {"file_name": "turns.jsonl", "formatting": "sharegpt", "tags": {"role_tag": "from", "content_tag": "value",
                  "user_tag": "me", "assistant_tag": "you"}}}"#;
    folder.write("dataset_info.json", info);
    folder.write("pairs.jsonl", r#"{"instruction": "q", "output": "a"}"#);
    folder.write("turns.jsonl", r#"{"conversations": [{"from": "me", "value": "q"}, {"from": "you", "value": "a"}]}"#);
    folder.write(
        "config.yml",
        &format!("dataset: pairs, turns\ntemplate: qwen\ndataset_dir: {}", folder.0.path().display()),
    );
    let (records, said) = records(&["--llamafactory", &folder.config(), "--tokenizer", "chatml"]);
    let read = |at: usize| (records[at]["schema"].as_str(), records[at]["error"].is_null());
    assert_eq!((records.len(), read(0), read(1)), (2, (Some("alpaca"), true), (Some("sharegpt"), true)), "{said}");
    assert!(!said.contains("not shown"), "{said}");
    assert_eq!(records[0]["input_ids"], records[1]["input_ids"]);
}

/// What a policy trains of the first record, and whether it is shown on its own tokens.
fn trained_text(record: &Value, policy: &str) -> String {
    let own = &record["sequences"][policy];
    let (tokens, mask) =
        if own.is_null() { (&record["tokens"], &record["masks"][policy]) } else { (&own["tokens"], &own["mask"]) };
    let pairs = tokens.as_array().unwrap().iter().zip(mask.as_array().unwrap_or_else(|| panic!("{record}")));
    pairs.filter(|(_, bit)| **bit == 1).map(|(token, _)| token.as_str().unwrap()).collect()
}

#[test]
fn axolotls_types_without_a_chat_template_are_shown() {
    let folder = Folder::new("");
    let base = "base_model: minimind\nsequence_len: 256\ndatasets:\n  - {path: data.jsonl, type: ";
    for (kind, record, policy, trained) in [
        ("alpaca", r#"{"instruction": "Say yes.", "output": "Yes."}"#, "axolotl:type=alpaca:long=drop", "Yes.</s>"),
        ("completion", r#"{"text": "All of it"}"#, "axolotl:type=completion", "All of it</s>"),
        (
            "input_output",
            r#"{"segments": [{"label": false, "text": "<s>q"}, {"label": true, "text": "a</s>"}]}"#,
            "axolotl:type=input_output:long=drop",
            "a</s>",
        ),
    ] {
        folder.write("config.yml", &format!("{base}{kind}}}"));
        folder.write("data.jsonl", record);
        let (records, said) = records(&["--axolotl", &folder.config()]);
        assert_eq!(
            (trained_text(&records[0], policy).as_str(), said.as_str()),
            (trained, ""),
            "{kind}: {}",
            records[0]
        );
    }
    let long = "夏天 ".repeat(400);
    folder.write("config.yml", &format!("{base}completion}}"));
    let chat = "<s>user\\nq</s>\\n<s>assistant\\na</s>\\n";
    folder.write("data.jsonl", &format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"{chat}\"}}"));
    let all = records(&["--axolotl", &folder.config()]).0;
    assert_eq!(trained_text(&all[0], "axolotl:type=completion"), long.clone() + "</s>", "more rows than one");
    let chat = trained_text(&all[1], "axolotl:type=completion");
    assert!(chat.starts_with("<s>user\nq"), "messages in a text are text: {chat}");
    let why = &records(&["samples/alpaca.jsonl", "-p", "axolotl:type=alpaca"]).0[0]["unavailable"];
    assert!(why.to_string().contains("give the configuration with --axolotl"), "{why}");
}

#[test]
fn templates_of_an_installed_axolotl_are_taken_by_name() {
    let folder = Folder::new("chat_template: mine\ndatasets: [{path: data.jsonl, type: chat_template}]");
    let templates = folder.0.path().join("lib/python3.12/site-packages/axolotl/utils/chat_templates/templates");
    std::fs::create_dir_all(&templates).unwrap();
    std::fs::write(templates.join("mine.jinja"), "{{ messages[0].content }}!").unwrap();
    let home = folder.0.path().to_str().unwrap();
    let (records, said) = records(&["--axolotl", &folder.config(), "--axolotl-home", home, "-p", "full"]);
    assert_eq!((records[0]["rendered"].as_str(), said.as_str()), (Some("q!"), ""));
    assert!(problem(&["print", "samples/text.jsonl", "--axolotl-home", home]).contains("--axolotl"));
}

#[test]
fn each_case_of_minimind_can_be_shown() {
    let folder = Folder::new("");
    folder.write(
        "data.jsonl",
        r#"{"conversations": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}"#,
    );
    folder.write(
        "think.jinja",
        "{% for m in messages %}{{ '<s>' + m.role + '\n' + ('<think>\n\n</think>\n\n' if m.role == 'assistant' \
                                 else '') + m.content + '</s>\n' }}{% endfor %}",
    );
    let template = folder.path("think.jinja");
    let text = |policy: &str| {
        let data = folder.path("data.jsonl");
        let (records, _) = records(&[&data, "-p", policy, "--chat-template", &template, "--padding", "0"]);
        records[0]["rendered"].as_str().unwrap().to_owned()
    };
    assert_eq!(text("minimind"), "<s>user\nq</s>\n<s>assistant\n<think>\n\n</think>\n\na</s>\n");
    assert_eq!(text("minimind:think=removed"), "<s>user\nq</s>\n<s>assistant\na</s>\n");
    let both = text("minimind:system=6:think=removed");
    assert_eq!(both, "<s>system\nYou are a helpful AI assistant.</s>\n<s>user\nq</s>\n<s>assistant\na</s>\n");
    let output =
        maskview(&["print", &folder.path("data.jsonl"), "-p", "minimind:system=6", "--chat-template", &template]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("minimind draws lots") && said.contains("system prompt 6 of 10"), "{said}");
}
