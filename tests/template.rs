//! `maskview template`: what it writes, what it refuses, and its exit codes.

use maskview::words::template::{Fault, Held, Refusal, TargetFault, TemplateWords};
use maskview::words::{Language, visible};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// One statement for all roles, as most templates have it.
const CHATML: &str = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + \
                      '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

/// A macro that writes the whole conversation, with a character that acts on the terminal.
const WHOLE: &str = "{# \u{1b}[31m #}{% macro all() %}\n{% for m in messages %}<{{ m.role }}>{{ m.content }}</s>{% endfor %}\
                     {% endmacro %}{{ all() }}{% if add_generation_prompt %}<assistant>{% endif %}";

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(name: &str, text: &str) -> (Self, String) {
        let folder = Self(tempfile::tempdir().unwrap());
        let path = folder.file(name, text.as_bytes());
        (folder, path.to_str().unwrap().to_owned())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

fn template(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    for name in ["MASKVIEW_TOKENIZER", "MASKVIEW_NOW", "LC_ALL", "LANG", "LC_MESSAGES"] {
        command.env_remove(name);
    }
    command.arg("template").args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The texts that a policy trains of a record.
fn trained(template: &Path, data: &str) -> Vec<String> {
    let arguments = ["print", data, "--format", "jsonl", "-p", "generation", "--chat-template"];
    let output = Command::new(env!("CARGO_BIN_EXE_maskview")).args(arguments).arg(template).output().unwrap();
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let tokens = record["tokens"].as_array().unwrap().iter().zip(record["masks"]["generation"].as_array().unwrap());
    let mut runs = vec![String::new()];
    for (token, bit) in tokens {
        match (bit.as_u64(), runs.last_mut()) {
            (Some(1), Some(run)) => run.push_str(token.as_str().unwrap()),
            (_, Some(run)) if !run.is_empty() => runs.push(String::new()),
            _ => {}
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

const TALK: &str = r#"{"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}, {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No."}]}"#;

#[test]
fn a_marked_template_trains_answers_with_their_ends() {
    let (folder, path) = Folder::with("chatml.jinja", CHATML);
    let data = folder.file("talk.jsonl", TALK.as_bytes());
    let data = data.to_str().unwrap();
    let output = template(&["mark", data, "--chat-template", &path]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("begin in line 1;") && said.contains("proven on 1 record of the data"), "{said}");
    let marked = folder.file("marked.jinja", &output.stdout);
    assert_eq!(trained(&marked, data), ["Yes.<|im_end|>", "No.<|im_end|>"]);
    let again = template(&["mark", "--chat-template", marked.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("it has generation blocks"));
}

#[test]
fn what_cannot_be_marked_is_refused_with_its_place_and_nothing_is_written() {
    let (_folder, path) = Folder::with("whole.jinja", WHOLE);
    let output = template(&["mark", "--chat-template", &path]);
    let said = text(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{said}");
    assert!(said.contains("line 2: the answer") && said.contains("macro"), "{said}");
    let (_folder, path) = Folder::with("broken.jinja", "{% for %}");
    assert_eq!(template(&["mark", "--chat-template", &path]).status.code(), Some(2));
}

#[test]
fn a_record_that_the_blocks_are_wrong_for_is_named() {
    // With a third argument the answer is written twice, which no built-in conversation has.
    let twice =
        CHATML.replace("{% endfor %}", "{% if message['again'] %}{{ message['content'] }}{% endif %}{% endfor %}");
    let (folder, path) = Folder::with("twice.jinja", &twice);
    let again = TALK.replace("\"No.\"", "\"No.\", \"again\": true");
    let data = folder.file("data.jsonl", format!("{TALK}\n{again}\n").as_bytes());
    let output = template(&["mark", data.to_str().unwrap(), "--chat-template", &path]);
    let said = text(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{said}");
    assert!(said.contains("data.jsonl record 2 line 2"), "{said}");
}

#[test]
fn check_says_what_is_wrong() {
    let good = template(&["check", "--tokenizer", "chatml"]);
    let said = text(&good.stdout);
    assert!(said.contains("fine     one-turn") && said.contains("no date gets in"), "{said}");
    assert!(said.contains("the tokenizer's EOS"), "{said}");
    assert!(said.contains("note     parts") && said.contains("note     null-content"), "{said}");
    assert!(said.ends_with("no fault\n") && good.status.code() == Some(0), "{said}");
    let strict = CHATML.replace("message['content']", "(message['content'] + message['name'])");
    assert_ne!(strict, CHATML);
    let (_folder, path) = Folder::with("strict.jinja", &strict);
    let output = template(&["check", "--chat-template", &path]);
    assert!(text(&output.stdout).contains("FAULT    one-turn") && output.status.code() == Some(1));
    let dated = format!("{{{{ strftime_now('%Y-%m-%d') }}}}{CHATML}");
    let (_folder, path) = Folder::with("dated.jinja", &dated);
    let output = template(&["check", "--chat-template", &path]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("FAULT    the date gets in") && said.contains("`maskview template mark` puts them in"),
        "{said}"
    );
    assert!(said.contains("note     parts"), "a list is joined to a text: {said}");
    let wrong = CHATML
        .replace("{{ '<|im_start|>'", "{% generation %}{{ '<|im_start|>'")
        .replace("{% endfor %}", "{% endgeneration %}{% endfor %}");
    let (_folder, path) = Folder::with("wrong.jinja", &wrong);
    let said = text(&template(&["check", "--chat-template", &path]).stdout);
    assert!(said.contains("the generation blocks are off") && said.contains("a block holds"), "{said}");
}

#[test]
fn show_says_what_each_line_writes_and_nothing_acts_on_the_terminal() {
    let (folder, path) = Folder::with("whole.jinja", WHOLE);
    let said = text(&template(&["show", "--chat-template", &path]).stdout);
    assert!(said.contains("1 │ ") && said.contains("`content` of assistant"), "{said}");
    assert!(!said.contains('\u{1b}') && said.contains('␛'), "{said}");
    let data = folder.file("talk.jsonl", TALK.as_bytes());
    let said = text(&template(&["show", data.to_str().unwrap(), "--chat-template", &path, "--lang", "zh"]).stdout);
    assert!(said.contains("assistant 的 `content`") && !said.contains("system"), "{said}");
    let plain = text(&template(&["--tokenizer", "minimind"]).stdout);
    assert!(plain.contains("what each line writes"), "{plain}");
}

#[test]
fn every_refusal_is_said_in_every_language() {
    const NAME: &str = "\u{1b}]52;c;QUFB\u{7}\u{202E}";
    let error = || maskview::error::TemplateError(maskview::template::Error::EmptyConversation);
    let faults = [
        Fault::Target(TargetFault::NoStart { message: 1 }),
        Fault::Target(TargetFault::NoEnd { message: 1 }),
        Fault::Target(TargetFault::Overlap { message: 1 }),
        Fault::Fails(error()),
        Fault::TextChanged { at: 7 },
        Fault::Blocks { text: NAME.to_owned(), held: Held::ByBlock },
        Fault::Blocks { text: NAME.to_owned(), held: Held::ByModel },
        Fault::Recorded,
    ];
    let mut refusals: Vec<Refusal> =
        faults.iter().map(|fault| Refusal::Unproven { shape: "call", line: 7, fault: fault.clone() }).collect();
    refusals.extend([
        Refusal::HasBlocks,
        Refusal::NoFrames,
        Refusal::NoEnd,
        Refusal::Target { shape: "call", fault: TargetFault::NoEnd { message: 1 } },
        Refusal::NoPlace { shape: "call", line: 7, apart: true },
        Refusal::NoPlace { shape: "call", line: 7, apart: false },
        Refusal::NoRole { line: 7 },
        Refusal::Compile(error()),
    ]);
    for refusal in &refusals {
        let said: Vec<String> =
            Language::all().map(|(language, _)| language.say(&TemplateWords::NotMarked(refusal))).collect();
        assert!(said.iter().all(|one| !one.chars().any(visible::is_hidden)), "{said:?}");
        assert_ne!(said[0], said[1]);
    }
}

#[test]
fn a_marked_template_goes_to_a_file_once_it_is_proven() {
    let (folder, path) = Folder::with("plain.jinja", CHATML);
    let output = folder.0.path().join("marked.jinja");
    let to = output.to_str().unwrap();
    let done = template(&["mark", "--chat-template", &path, "--output", to]);
    assert_eq!((done.status.code(), done.stdout.len()), (Some(0), 0), "{}", text(&done.stderr));
    assert!(std::fs::read_to_string(&output).unwrap().contains("{% generation %}"));
    let (_other, whole) = Folder::with("whole.jinja", WHOLE);
    let refused = template(&["mark", "--chat-template", &whole, "--output", to]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(std::fs::read_to_string(&output).unwrap().contains("{% generation %}"), "it is as it was");
    let data = folder.file("data.jsonl", b"{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}]}");
    let data = data.to_str().unwrap();
    let over = template(&["mark", data, "--chat-template", &path, "--output", data]);
    assert_eq!(over.status.code(), Some(2), "{}", text(&over.stderr));
}

#[test]
fn trl_trains_by_blocks_that_are_put_in() {
    let (folder, path) = Folder::with("plain.jinja", CHATML);
    let turns = r#"{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "Yes."}]}"#;
    let data = folder.file("data.jsonl", turns.as_bytes());
    let print = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
        let options = ["--tokenizer", "chatml", "-p", "trl", "--format", format, "--chat-template", &path];
        let output = command.arg("print").arg(&data).args(options).env("LANG", "C").output().unwrap();
        text(&output.stdout)
    };
    let record: serde_json::Value = serde_json::from_str(&print("jsonl")).unwrap();
    let tokens = record["tokens"].as_array().unwrap().iter().zip(record["masks"]["trl"].as_array().unwrap());
    let trained: String = tokens.filter(|(_, bit)| **bit == 1).map(|(token, _)| token.as_str().unwrap()).collect();
    assert_eq!(trained, "Yes.<|im_end|>");
    assert!(print("flow").contains("no generation blocks"), "{}", print("flow"));
}
