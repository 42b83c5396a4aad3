//! The terminal is never theirs: whatever a stranger has written, in data, templates, tokenizers, reports or names of files,
//! no byte of it reaches the terminal as itself. Tested on the bytes that are written.

use clap::ValueEnum;
use maskview::cli::{Format, ReportFormat};
use maskview::words::visible;
use maskview::writers::{How, WRITERS};
use serde_json::json;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

use crate::pty::Terminal;

/// Everything that acts on a terminal or on its reader: control sequences of seven and eight bits, a bell, the other
/// direction of writing, characters without width, line and paragraph separators, a tag character.
const EVIL: &str = "\u{1b}]52;c;QUFB\u{7}\u{1b}[31m\u{9b}2J\u{9d}0;x\u{9c}\u{202E}\u{200D}\u{FE0F}\u{2028}\u{2029}\u{85}\r\u{8}\u{E0041}\u{7f}";

fn command(arguments: &[&OsStr]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    for name in ["MASKVIEW_TOKENIZER", "NO_COLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    command(&arguments).output().unwrap()
}

/// Asserts that nothing in what was written acts on a terminal, but for colours.
#[track_caller]
fn assert_harmless(bytes: &[u8], what: &dyn std::fmt::Debug) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{what:?}: not UTF-8: {error}"));
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        assert_plain(&rest[..at], what);
        let sequence = rest[at..].strip_prefix("\u{1b}[").unwrap_or_else(|| panic!("{what:?}: {:?}", &rest[at..]));
        let length = sequence.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(0);
        assert!(sequence[length..].starts_with('m'), "{what:?}: {:?}", &rest[at..]);
        rest = &sequence[length + 1..];
    }
    assert_plain(rest, what);
}

#[track_caller]
fn assert_plain(text: &str, what: &dyn std::fmt::Debug) {
    let acts = |c: &char| visible::is_hidden(*c) || matches!(*c, '\r' | '\u{2028}' | '\u{2029}');
    let found = text.char_indices().find(|(_, c)| acts(c));
    assert!(found.is_none(), "{what:?}: {found:?} in {:?}", text.lines().find(|line| line.chars().any(|c| acts(&c))));
}

#[track_caller]
fn harmless(arguments: &[&str]) -> Output {
    let output = run(arguments);
    assert_harmless(&output.stdout, &arguments);
    assert_harmless(&output.stderr, &arguments);
    output
}

/// Files of a stranger: data whose every text is evil, in a file whose name is.
struct Theirs {
    folder: TempDir,
}

impl Theirs {
    fn new() -> Self {
        let theirs = Self { folder: tempfile::tempdir().unwrap() };
        let message = |role: &str| json!({"role": role, "content": format!("x{EVIL}y"), EVIL: EVIL});
        let records = [
            json!({"messages": [message("user"), message("assistant")]}),
            json!({"messages": [message("user"), message(EVIL), {"role": "assistant", "content": "",
                "tool_calls": [{"function": {"name": EVIL, "arguments": {EVIL: EVIL}}}]}]}),
            json!({"conversations": [{"from": EVIL, "value": EVIL}]}),
            json!({"messages": [{"role": "user", "content": {EVIL: EVIL}}]}),
            json!({"messages": [{EVIL: EVIL}]}),
            json!({EVIL: EVIL}),
            json!({"prompt": EVIL, "chosen": EVIL, "rejected": EVIL}),
            json!({"input_ids": [1, 2], "labels": EVIL}),
            json!({"text": EVIL}),
            json!(EVIL),
        ];
        let mut data: String = records.iter().map(|record| record.to_string() + "\n").collect();
        // Lines that are no JSON, with the bytes as they are.
        for line in [EVIL, "{'a'", &format!("{{\"{EVIL}\": }}")] {
            data += &(line.replace(['\r', '\u{8}'], "") + "\n");
        }
        std::fs::write(theirs.path("data.jsonl"), data).unwrap();
        std::fs::write(theirs.evil("jsonl"), std::fs::read(theirs.path("data.jsonl")).unwrap()).unwrap();
        let template = format!(
            "{{% for message in messages %}}{{{{ message.role + '{EVIL}' + message.content }}}}\n{{% endfor %}}"
        );
        std::fs::write(theirs.evil("jinja"), template).unwrap();
        std::fs::write(theirs.path("raises.jinja"), format!("{{{{ raise_exception('{EVIL}') }}}}")).unwrap();
        std::fs::write(theirs.path("broken.jinja"), format!("{{% {EVIL} %}}{{{{ a.")).unwrap();
        theirs
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file whose name is evil too.
    fn evil(&self, extension: &str) -> PathBuf {
        self.folder.path().join(OsStr::from_bytes(format!("{EVIL}.{extension}").as_bytes()))
    }

    fn name(path: &Path) -> &str {
        path.to_str().unwrap()
    }
}

fn names<T: ValueEnum>() -> Vec<String> {
    T::value_variants().iter().map(|value| value.to_possible_value().unwrap().get_name().to_owned()).collect()
}

/// The formats of audits.
fn reports() -> Vec<String> {
    WRITERS.iter().map(|writer| writer.name.to_owned()).collect()
}

#[test]
fn records_on_every_output() {
    let theirs = Theirs::new();
    let (data, template) = (theirs.evil("jsonl"), theirs.evil("jinja"));
    let (data, template) = (Theirs::name(&data), Theirs::name(&template));
    let mut outputs: Vec<Vec<String>> = Vec::new();
    let mut add = |command: &str, formats: Vec<String>, more: &[&str]| {
        for format in formats {
            let mut arguments = vec![command.to_owned(), data.to_owned(), format!("--format={format}")];
            arguments.extend(more.iter().map(|argument| (*argument).to_owned()));
            outputs.push(arguments);
        }
    };
    add("print", names::<Format>(), &["--records=all", "-p=all", "--color=always"]);
    add("diff", names::<ReportFormat>(), &["-p=minimind,llamafactory"]);
    add("audit", reports(), &[]);
    add("audit", reports(), &["-p=minimind", "--max-length=8"]);
    for arguments in outputs {
        for language in ["en", "zh"] {
            for more in [vec![], vec!["--chat-template", template]] {
                let mut all: Vec<&str> = arguments.iter().map(String::as_str).collect();
                all.extend(&more);
                all.extend(["--lang", language]);
                let output = harmless(&all);
                assert!(!output.stdout.is_empty(), "{all:?}: {}", String::from_utf8_lossy(&output.stderr));
            }
        }
    }
}

#[test]
fn templates_that_fail() {
    let theirs = Theirs::new();
    for template in ["raises.jinja", "broken.jinja"] {
        let template = theirs.path(template);
        for command in [
            &["print", "samples/summer.jsonl"][..],
            &["audit", "samples/summer.jsonl"],
            &["template", "check"],
            &["template", "show"],
            &["template", "mark"],
        ] {
            let output = harmless(&[command, &["--chat-template", Theirs::name(&template)]].concat());
            assert!(!output.stdout.is_empty() || !output.stderr.is_empty(), "{command:?}");
        }
    }
    let evil = theirs.evil("jinja");
    for action in ["show", "check"] {
        harmless(&["template", action, "--chat-template", Theirs::name(&evil)]);
    }
}

#[test]
fn every_argument_is_repeated_harmlessly() {
    let evil = EVIL;
    let sample = "samples/summer.jsonl";
    let options = [
        "--format",
        "--width",
        "--color",
        "--padding",
        "--max-length",
        "--theme",
        "--policy",
        "--schema",
        "--columns",
        "--where",
        "--tokenizer",
        "--chat-template",
        "--template-kwargs",
        "--begin",
        "--records",
        "--lang",
        "--axolotl",
        "--max-record-size",
        evil,
    ];
    for option in options {
        harmless(&["print", sample, option, evil]);
        harmless(&["print", sample, &format!("{option}={evil}")]);
    }
    for option in ["--fail-on", "--select", "--ignore", "--severity", "--shard", "--baseline", "--format"] {
        let output = harmless(&["audit", sample, option, evil]);
        assert_eq!(output.status.code(), Some(2), "{option}");
    }
    for arguments in [
        &[evil][..],
        &["print", evil],
        &["print", "--", evil],
        &["diff", evil],
        &["audit", evil],
        &["merge", evil],
        &["template", evil],
        &["template", "show", evil],
        &["explain", evil],
        &["completions", evil],
        &["help", evil],
        &["--record", evil, sample],
        &["print", "a/b", evil],
    ] {
        let output = harmless(arguments);
        assert!(!output.stderr.is_empty(), "{arguments:?} is an error");
    }
}

#[test]
fn a_view_that_does_not_exist() {
    // Without a terminal there is no view to choose.
    harmless(&["--view", EVIL, "samples/summer.jsonl"]);
    let mut terminal = Terminal::start(&["samples/summer.jsonl", "--view", EVIL], (80, 24));
    assert_eq!(terminal.finish(), 2);
    let written = String::from_utf8_lossy(&terminal.written).replace('\r', "");
    assert_harmless(written.as_bytes(), &"view");
}

#[test]
fn names_that_are_not_unicode() {
    let bytes = [EVIL.as_bytes(), b"\xff\xfe.jsonl"].concat();
    let output = command(&[OsStr::new("print"), OsStr::from_bytes(&bytes)]).output().unwrap();
    assert_harmless(&output.stdout, &"name");
    assert_harmless(&output.stderr, &"name");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn reports_settings_and_configurations() {
    let theirs = Theirs::new();
    let report = theirs.path("report.json");
    std::fs::write(&report, json!({"version": EVIL}).to_string()).unwrap();
    harmless(&["merge", Theirs::name(&report)]);
    std::fs::write(&report, format!("{{\"{EVIL}")).unwrap();
    harmless(&["merge", Theirs::name(&report)]);
    // A true report whose every text is theirs.
    let data = theirs.path("data.jsonl");
    let audited = run(&["audit", Theirs::name(&data), "--format=json"]);
    let text = String::from_utf8(audited.stdout).unwrap();
    let name = serde_json::to_string(EVIL).unwrap();
    let theirs_too = text.replace("\"name\":\"minimind\"", &format!("\"name\":{name}"));
    assert_ne!(text, theirs_too);
    std::fs::write(&report, theirs_too).unwrap();
    for writer in WRITERS.iter().filter(|writer| matches!(writer.how, How::Report(_))) {
        let output = harmless(&["merge", Theirs::name(&report), "--format", writer.name]);
        assert!(!output.stdout.is_empty(), "{}: {}", writer.name, String::from_utf8_lossy(&output.stderr));
    }

    let config = theirs.path("config.yml");
    std::fs::write(
        &config,
        format!("base_model: {name}\nchat_template: {name}\ndatasets:\n  - path: {name}\n    type: {name}\n"),
    )
    .unwrap();
    for option in ["--axolotl", "--llamafactory", "--trl"] {
        harmless(&["print", option, Theirs::name(&config)]);
        harmless(&["print", option, Theirs::name(&config), Theirs::name(&data), "--tokenizer", "minimind"]);
    }
    let settings = theirs.path("maskview.toml");
    let quoted = name.replace("\\u007f", "\\u007F");
    for text in [
        format!("{quoted} = 1"),
        format!("policy = {quoted}"),
        format!("tokenizer = {quoted}"),
        format!("[{quoted}"),
        EVIL.to_owned(),
    ] {
        std::fs::write(&settings, text).unwrap();
        harmless(&["print", Theirs::name(&data)]);
    }
}

#[test]
fn tokenizers() {
    let theirs = Theirs::new();
    let evil = serde_json::to_string(EVIL).unwrap();
    let vocabulary = format!(
        r#"{{"version": "1.0", "added_tokens": [{{"id": 1, "content": {evil}, "single_word": false, "lstrip": false, "rstrip":
        false, "normalized": false, "special": true}}], "model": {{"type": "BPE", "vocab": {{"x": 0, {evil}: 1}}, "merges": []}}}}"#
    );
    let directory = theirs.evil("tokenizer");
    std::fs::create_dir(&directory).unwrap();
    std::fs::write(directory.join("tokenizer.json"), vocabulary).unwrap();
    let template = "{% for message in messages %}{{ message.role + message.content + eos_token }}{% endfor %}";
    std::fs::write(directory.join("chat_template.jinja"), template).unwrap();
    std::fs::write(directory.join("tokenizer_config.json"), json!({"eos_token": EVIL, "pad_token": EVIL}).to_string())
        .unwrap();
    let data = theirs.path("data.jsonl");
    let (data, directory) = (Theirs::name(&data), Theirs::name(&directory));
    for format in names::<Format>() {
        harmless(&["print", data, "--records=all", "--tokenizer", directory, "--format", &format, "-p=all"]);
    }
    for format in reports() {
        harmless(&["audit", data, "--tokenizer", directory, "--format", &format]);
    }
    harmless(&["diff", data, "--tokenizer", directory, "-p=full,unsloth"]);
    harmless(&["template", "check", "--tokenizer", directory]);
    std::fs::write(Path::new(directory).join("tokenizer.json"), format!("{{{evil}: {EVIL}")).unwrap();
    harmless(&["print", data, "--tokenizer", directory]);
}

/// With the bar of progress, which is drawn on a terminal only.
#[test]
fn commands_in_a_terminal() {
    let theirs = Theirs::new();
    let (data, config) = (theirs.evil("jsonl"), theirs.evil("yml"));
    std::fs::write(&config, format!("base_model: \"{}\"\n", "x".repeat(3))).unwrap();
    let data = Theirs::name(&data);
    for arguments in [
        &["audit", data][..],
        &["audit", data, "-p", "all"],
        &["diff", data],
        &["print", data, "--records", "all"],
        &["template", "mark", data],
        &["audit", data, "--axolotl", Theirs::name(&config)],
        &["completions", data],
        &[data, "--tokenizer", data],
    ] {
        let mut terminal = Terminal::start(arguments, (120, 40));
        terminal.finish();
        assert!(!terminal.written.is_empty(), "{arguments:?}");
        assert_nothing_acts(&terminal);
    }
}

#[test]
fn the_viewer() {
    let theirs = Theirs::new();
    let data = theirs.evil("jsonl");
    let mut terminal = Terminal::start(&[Theirs::name(&data), "-p", "all", "--no-mouse"], (120, 40));
    terminal.wait_for("record 1 of");
    terminal.wait_for("assistant");
    for _ in 0..8 {
        // The inspector, the words, every view, the list, the policies, the finding, a search for what is there.
        for keys in ["\r", "\u{1b}", "e", "\u{1b}", "v", "v", "v", "v", "r", "P", "\u{1b}", "]f", "/x\r", "J"] {
            terminal.press(keys);
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
    terminal.press("\u{1b}q");
    terminal.press("q");
    terminal.finish();
    assert_nothing_acts(&terminal);
}

/// Asserts that a program on a terminal has written nothing of what strangers would have it do.
#[track_caller]
fn assert_nothing_acts(terminal: &Terminal) {
    let written = String::from_utf8(terminal.written.clone()).expect("whole characters are written");
    for forbidden in [
        "\u{1b}]52",
        "\u{7}",
        "\u{9b}",
        "\u{9d}",
        "\u{202E}",
        "\u{200D}",
        "\u{FE0F}",
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "\u{E0041}",
        "\u{7f}",
    ] {
        assert!(!written.contains(forbidden), "{forbidden:?} was written");
    }
}
