//! `maskview.toml` beside the data: what is taken from it, what wins over it, and what it cannot do.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const RECORD: &str =
    "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"  \"}]}\n";

/// A folder with settings and a data set of one record with an answer of white space.
fn folder(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("maskview.toml"), settings).unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/train.jsonl"), RECORD).unwrap();
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    for name in ["MASKVIEW_TOKENIZER", "NO_COLOR", "CLICOLOR_FORCE", "MASKVIEW_NOW", "LC_ALL", "LANG"] {
        command.env_remove(name);
    }
    // Nothing may reach the hub: its address is one where nobody listens.
    command.env("HF_ENDPOINT", "http://127.0.0.1:9").env("HF_HOME", folder.join("hub"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn report(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, &[&["audit", "data/train.jsonl", "--format", "json"], arguments].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn every_command_takes_its_settings() {
    let folder = folder("tokenizer = 'chatml'\npolicy = ['minimind', 'fixed']\nmax-length = 9\n");
    let folder = folder.path();
    let audit = report(folder, &[]);
    assert_eq!((audit["policy"].as_str(), audit["policy_chosen_by"].as_str()), (Some("minimind"), Some("user")));
    assert_eq!((audit["tokenizer"]["name"].as_str(), audit["max_length"].as_u64()), (Some("chatml"), Some(9)));
    let printed = run(folder, &["print", "data/train.jsonl", "--format", "jsonl"]);
    let printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert!(printed["masks"]["minimind"].is_array() && printed["masks"]["fixed"].is_array(), "{printed}");
    assert!(printed["rendered"].as_str().unwrap().starts_with("<|im_start|>"));
    let diff = run(folder, &["diff", "data/train.jsonl"]);
    assert!(String::from_utf8_lossy(&diff.stdout).contains("A minimind   B fixed"), "{diff:?}");
    let viewer = run(folder, &["data/train.jsonl"]);
    assert!(String::from_utf8_lossy(&viewer.stdout).contains("chatml"), "{viewer:?}");
}

#[test]
fn the_file_is_named_on_standard_error_and_can_be_left_out() {
    let folder = folder("tokenizer = 'chatml'\n");
    let output = run(folder.path(), &["audit", "data/train.jsonl", "--format", "json"]);
    assert_eq!(complaint(&output), "maskview: settings from maskview.toml (--isolated leaves them out)\n");
    assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok());
    let inner = folder.path().join("data");
    let output = run(&inner, &["audit", "train.jsonl", "--format", "json"]);
    assert!(complaint(&output).contains(&format!("{}", folder.path().join("maskview.toml").display())), "{output:?}");
    let output = run(folder.path(), &["audit", "data/train.jsonl", "--format", "json", "--isolated"]);
    assert!(complaint(&output).contains("no tokenizer is named, so the built-in `minimind`"), "{output:?}");
    assert!(!complaint(&output).contains("maskview.toml"), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["tokenizer"]["name"], "minimind");
    let chinese = run(folder.path(), &["audit", "data/train.jsonl", "--lang", "zh"]);
    assert!(complaint(&chinese).contains("中的设置"), "{chinese:?}");
}

#[test]
fn the_command_line_goes_first_and_then_the_environment() {
    let folder = folder("tokenizer = 'chatml'\nmax-length = 9\npolicy = 'fixed'\nfail-on = 'never'\n");
    let folder = folder.path();
    let given = report(folder, &["--max-length", "7", "-p", "legacy", "--tokenizer", "minimind"]);
    assert_eq!((given["max_length"].as_u64(), given["policy"].as_str()), (Some(7), Some("legacy")));
    assert_eq!(given["tokenizer"]["name"], "minimind");
    let output = command(folder, &["audit", "data/train.jsonl", "--format", "json"])
        .env("MASKVIEW_TOKENIZER", "minimind")
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report["tokenizer"]["name"].as_str(), report["max_length"].as_u64()), (Some("minimind"), Some(9)));
}

#[test]
fn what_fails_an_audit_is_set_for_the_project() {
    let code = |settings: &str, arguments: &[&str]| {
        let folder = folder(settings);
        run(folder.path(), &[&["audit", "data/train.jsonl", "-p", "minimind"], arguments].concat()).status.code()
    };
    let select = "select = ['empty-answer']\n";
    assert_eq!(code(select, &[]), Some(0));
    assert_eq!(code(&format!("{select}fail-on = 'warning'"), &[]), Some(1));
    assert_eq!(code(&format!("{select}fail-on = 'warning'"), &["--fail-on", "error"]), Some(0));
    assert_eq!(code(&format!("{select}[severity]\nempty-answer = 'error'"), &[]), Some(1));
    assert_eq!(
        code(&format!("{select}[severity]\nempty-answer = 'error'"), &["--severity", "empty-answer=info"]),
        Some(0)
    );
    assert_eq!(code("ignore = ['conversation', 'mask', 'tokens']\nfail-on = 'warning'", &[]), Some(0));
    // What the command line selects runs, whatever the file leaves out, but for what it leaves out itself.
    let ignoring = "ignore = ['conversation', 'empty-answer']\nfail-on = 'warning'";
    assert_eq!(code(ignoring, &["--select", "conversation"]), Some(1));
    assert_eq!(code(ignoring, &["--select", "empty-answer"]), Some(1));
    assert_eq!(code(ignoring, &["--select", "conversation", "--ignore", "empty-answer"]), Some(0));
    assert_eq!(
        code("ignore = ['conversation', 'mask', 'tokens']\nfail-on = 'warning'", &["--ignore", "length"]),
        Some(1)
    );
}

#[test]
fn standard_input_is_under_the_working_folder() {
    let folder = folder("tokenizer = 'chatml'\n");
    let mut command = command(folder.path(), &["print", "-", "--format", "jsonl"]);
    command.stdin(std::fs::File::open(folder.path().join("data/train.jsonl")).unwrap());
    let output = command.output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("im_start"), "{output:?}");
}

#[test]
fn settings_of_strangers_download_nothing_and_read_nothing_outside() {
    let problem = |settings: &str| {
        let folder = folder(settings);
        let output = run(folder.path(), &["print", "data/train.jsonl"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        complaint(&output)
    };
    let said = problem("\ntokenizer = 'org/name'");
    assert!(said.contains("maskview.toml:2: ") && said.contains("may not download anything"), "{said}");
    for settings in ["tokenizer = '/etc'", "chat-template = '../../etc/passwd'", "output = 'x'", "template-kwargs = 1"]
    {
        let said = problem(settings);
        assert!(said.contains("maskview.toml:1: "), "{said}");
    }
    let hostile = problem("\"\\u001b]52;c;QUFB\\u0007\" = 1");
    assert!(!hostile.contains('\u{1b}') && !hostile.contains('\u{7}'), "{hostile:?}");
}

#[test]
fn paths_are_those_of_the_file() {
    let folder = folder("chat-template = 'template.jinja'\n");
    std::fs::write(folder.path().join("template.jinja"), "from the project{{ messages[0].content }}").unwrap();
    let output = run(&folder.path().join("data"), &["print", "train.jsonl", "--format", "jsonl"]);
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["rendered"], "from the projectq");
}

#[test]
fn config_prints_what_the_project_sets_with_its_lines() {
    let folder = folder("policy = ['trl']\nmax-length = 9\n[severity]\nempty-answer = 'error'\n");
    let said = |at: &Path, arguments: &[&str]| {
        let output = run(at, &[&["config"], arguments].concat());
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let elsewhere = tempfile::tempdir().unwrap();
    let data = folder.path().join("data/train.jsonl");
    let file = folder.path().join("maskview.toml");
    let here = said(folder.path(), &[]);
    let there = said(elsewhere.path(), &[data.to_str().unwrap()]);
    for (said, file) in [(here, "maskview.toml"), (there, file.to_str().unwrap())] {
        for line in [
            format!("policy = [\"trl\"]  # {file}:1"),
            "# tokenizer = \"minimind\"  # built in".to_owned(),
            format!("# max-length = 9  # {file}:2"),
            format!("# severity = {{ empty-answer = \"error\" }}  # {file}:3"),
        ] {
            assert!(said.lines().any(|known| known == line), "{line}: {said}");
        }
    }
    let plain = said(elsewhere.path(), &[]);
    assert!(plain.contains("policy = [\"legacy\", \"fixed\"]  # built in"), "{plain}");
}

#[test]
fn padding_that_no_memory_holds_is_refused_with_its_line() {
    let folder = folder("max-length = 64\npadding = 9000000000000000\n");
    for command in ["print", "audit"] {
        let output = run(folder.path(), &[command, "data/train.jsonl"]);
        let complaint = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{complaint}");
        assert!(complaint.contains("maskview.toml:2") && complaint.contains("9000000000000000"), "{complaint}");
    }
}
