//! `maskview audit` as a gate: against a baseline, and with the records written into two files.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PLAIN: &str =
    r#"{"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}"#;
const OTHER: &str = r#"{ "messages":[{"content":"Is 9 prime\u003f","role":"user"}, {"role": "assistant", "content": "夏: No."}],"n":1.0e2 }"#;
/// The tokenizer merges the header's newline with the spaces, so that no answer is found.
const SPACES: &str = r#"{"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "    No, it is not."}]}"#;
const EMPTY: &str =
    r#"{"messages": [{"role": "user", "content": "Is 11 prime?"}, {"role": "assistant", "content": ""}]}"#;
const BROKEN: &str = r#"{"messages": ["#;

/// A folder for data, reports and what is written.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn lines(&self, name: &str, lines: &[&str]) {
        self.put(name, lines.join("\n") + "\n");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
        command.current_dir(self.0.path()).args(arguments).env("LC_ALL", "C").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn audit(&self, data: &str, arguments: &[&str]) -> Output {
        self.run(&[&["audit", data, "-p", "minimind"], arguments].concat())
    }

    /// Writes the report of an audit.
    fn report(&self, data: &str, name: &str, arguments: &[&str]) {
        self.audit(data, &[&["--format", "json", "--fail-on", "never", "--output", name], arguments].concat());
        assert!(self.path(name).is_file());
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn only_what_is_worse_than_the_baseline_fails() {
    let folder = Folder::new();
    folder.lines("old.jsonl", &[PLAIN, SPACES, OTHER, PLAIN]);
    folder.report("old.jsonl", "old.json", &[]);
    assert_eq!(folder.audit("old.jsonl", &[]).status.code(), Some(1), "the fault that is there already");
    let same = folder.audit("old.jsonl", &["--baseline", "old.json"]);
    assert_eq!(same.status.code(), Some(0), "{}", said(&same));
    assert!(said(&same).contains("nothing is better or worse"), "{}", said(&same));
    let verdict = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(verdict(&same).contains("maskview: passes: nothing that --fail-on counts"), "{same:?}");

    folder.lines("new.jsonl", &[PLAIN, SPACES, SPACES, OTHER]);
    let worse = folder.audit("new.jsonl", &["--baseline", "old.json"]);
    assert_eq!(worse.status.code(), Some(1));
    assert!(verdict(&worse).contains("maskview: fails: "), "{worse:?}");
    let words = said(&worse);
    assert!(words.contains("worse    marker-merged: 50.0 per 100 records, was 25.0 (+25.0)"), "{words}");
    assert!(words.contains("worse    records with nothing trained: 50.0 %, was 25.0 % (+25.0)"), "{words}");
    assert!(words.contains("4 records of old.jsonl"), "{words}");
    assert_eq!(folder.audit("new.jsonl", &["--baseline", "old.json", "--fail-on", "never"]).status.code(), Some(0));

    folder.lines("good.jsonl", &[PLAIN, OTHER]);
    let better = folder.audit("good.jsonl", &["--baseline", "old.json"]);
    assert_eq!(better.status.code(), Some(0), "{}", said(&better));
    assert!(
        said(&better).contains("better   marker-merged: 0.0 per 100 records, was 25.0 (-25.0)"),
        "{}",
        said(&better)
    );
}

#[test]
fn taking_clean_records_out_is_no_worse_and_what_is_worse_comes_first() {
    let folder = Folder::new();
    folder.lines("old.jsonl", &[PLAIN, PLAIN, OTHER, OTHER, SPACES, SPACES]);
    folder.report("old.jsonl", "old.json", &[]);
    folder.lines("fewer.jsonl", &[PLAIN, OTHER, SPACES]);
    let fewer = folder.audit("fewer.jsonl", &["--baseline", "old.json"]);
    assert_eq!(fewer.status.code(), Some(0), "{}", said(&fewer));
    folder.lines("faulty.jsonl", &[SPACES, SPACES]);
    let faulty = folder.audit("faulty.jsonl", &["--baseline", "old.json"]);
    assert_eq!(faulty.status.code(), Some(0), "{}", said(&faulty));
    // More clean records are no better.
    folder.lines("more.jsonl", &[PLAIN, PLAIN, PLAIN, OTHER, OTHER, SPACES, SPACES]);
    let more = folder.audit("more.jsonl", &["--baseline", "old.json", "--select", "marker-merged"]);
    assert!(said(&more).contains("nothing is better or worse"), "{}", said(&more));

    folder.lines("other.jsonl", &[PLAIN, OTHER, PLAIN, OTHER, EMPTY]);
    let words = said(&folder.audit("other.jsonl", &["--baseline", "old.json"]));
    let place = |what: &str| words.find(&format!("\n{what}")).unwrap_or_else(|| panic!("{what}: {words}"));
    assert!(place("worse    empty-answer") < place("better   records with nothing trained"), "{words}");
    // The parts of a data set are compared when they are added up.
    for part in ["1/2", "2/2"] {
        folder.report("fewer.jsonl", &format!("{}.json", &part[..1]), &["--shard", part]);
    }
    let merged = folder.run(&["merge", "1.json", "2.json", "--baseline", "old.json"]);
    assert_eq!(merged.status.code(), Some(0), "{}", complaint(&merged));
}

#[test]
fn what_stands_in_no_record_is_counted_and_has_no_rate() {
    let folder = Folder::new();
    let template = "{% for message in messages %}<s>{{ message.role }}\n{{ message.content }}</s>\n{% endfor %}";
    folder.put("plain.jinja", template);
    folder.put("strict.jinja", template.replace("message.content }}", "message.content + '' }}"));
    folder.lines("old.jsonl", &[PLAIN; 40]);
    folder.lines("new.jsonl", &[PLAIN; 10]);
    let select = ["--select", "template-breaks-form", "--severity", "template-breaks-form=error"];
    let report = |data: &str, jinja: &str, name: &str| {
        folder.report(data, name, &[&select[..], &["--chat-template", jinja]].concat());
        serde_json::from_str::<Value>(&folder.read(name)).unwrap()
    };
    let mut old = report("old.jsonl", "plain.jinja", "old.json");
    let now = report("new.jsonl", "strict.jinja", "now.json");
    let found = now["rules"][0]["count"].as_u64().unwrap();
    assert!(found > 0 && old["rules"].as_array().unwrap().is_empty(), "{now}");
    let audit =
        |rest: &[&str]| folder.audit("new.jsonl", &[&select[..], &["--chat-template", "strict.jinja"], rest].concat());
    assert!(
        said(&audit(&[])).contains(&format!("error    template-breaks-form       {found}\n")),
        "{}",
        said(&audit(&[]))
    );
    // The same findings over fewer records are no worse.
    report("old.jsonl", "strict.jinja", "same.json");
    let same = audit(&["--baseline", "same.json"]);
    assert_eq!(same.status.code(), Some(0), "{}", said(&same));
    old["template"] = now["template"].clone();
    folder.put("old.json", old.to_string());
    let worse = audit(&["--baseline", "old.json"]);
    assert_eq!(worse.status.code(), Some(1));
    let expected = format!("worse    template-breaks-form: {found}, was 0\n");
    assert!(said(&worse).contains(&expected), "{}", said(&worse));
}

#[test]
fn a_lint_counts_from_the_severity_on_that_fails() {
    let folder = Folder::new();
    folder.lines("old.jsonl", &[PLAIN; 50]);
    folder.lines("new.jsonl", &[&[PLAIN; 50][..], &[EMPTY]].concat());
    let select = ["--select", "empty-answer"];
    folder.report("old.jsonl", "old.json", &select);
    let code = |arguments: &[&str]| {
        folder.audit("new.jsonl", &[&select, &["--baseline", "old.json"], arguments].concat()).status.code()
    };
    assert_eq!((code(&[]), code(&["--fail-on", "warning"])), (Some(0), Some(1)));
    assert_eq!(code(&["--severity", "empty-answer=error"]), Some(1));
}

#[test]
fn json_carries_the_comparison_and_standard_error_says_it() {
    let folder = Folder::new();
    folder.lines("old.jsonl", &[PLAIN, OTHER]);
    folder.lines("new.jsonl", &[PLAIN, SPACES]);
    folder.report("old.jsonl", "old.json", &["--select", "marker-merged"]);
    let arguments = ["--baseline", "old.json", "--format", "json", "--select", "marker-merged,nothing-trained"];
    let output = folder.audit("new.jsonl", &arguments);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rule = &report["baseline"]["rules"][0];
    assert_eq!((rule["code"].as_str(), rule["trend"].as_str()), (Some("marker-merged"), Some("worse")));
    assert_eq!((rule["before"].as_f64(), rule["now"].as_f64()), (Some(0.0), Some(0.5)));
    assert_eq!(report["baseline"]["not_in_baseline"][0], "nothing-trained");
    assert_eq!(report["baseline"]["figures"][0]["figure"], "trained-share");
    assert!(complaint(&output).contains("against the baseline: worse    marker-merged"), "{}", complaint(&output));
    let plain = folder.audit("new.jsonl", &["--format", "json"]);
    assert!(serde_json::from_slice::<Value>(&plain.stdout).unwrap().get("baseline").is_none());
    let chinese = folder.audit("new.jsonl", &["--baseline", "old.json", "--lang", "zh"]);
    assert!(said(&chinese).contains("与基线相比") && said(&chinese).contains("变差"), "{}", said(&chinese));
}

#[test]
fn a_baseline_of_another_kind_is_refused_by_name() {
    let folder = Folder::new();
    folder.lines("data.jsonl", &[PLAIN, OTHER]);
    let refused = |name: &str, made: &[&str], words: &str| {
        folder.report("data.jsonl", name, made);
        let output = folder.audit("data.jsonl", &["--baseline", name]);
        let words_said = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{words_said}");
        assert!(words_said.contains(name) && words_said.contains(words), "{words_said}");
        assert_eq!(said(&output), "", "before the records are read");
    };
    refused("tokenizer.json", &["--tokenizer", "chatml"], "its tokenizer is chatml");
    refused("length.json", &["--max-length", "9"], "its max_length is 9, and that of this audit is none");
    refused("part.json", &["--shard", "1/2"], "the report of the shard 1/2");
    folder.run(&["audit", "data.jsonl", "-p", "legacy", "--format", "json", "--output", "legacy.json"]);
    assert!(complaint(&folder.audit("data.jsonl", &["--baseline", "legacy.json"])).contains("its policy is legacy"));
    folder.put("no.json", "[]");
    assert!(complaint(&folder.audit("data.jsonl", &["--baseline", "no.json"])).contains("no report"));
    let shard = folder.audit("data.jsonl", &["--baseline", "length.json", "--shard", "1/2"]);
    assert_eq!(shard.status.code(), Some(2), "a part is merged first");
}

#[test]
fn a_merged_report_is_compared_too_and_a_project_names_its_baseline() {
    let folder = Folder::new();
    folder.lines("old.jsonl", &[PLAIN, OTHER]);
    folder.lines("new.jsonl", &[PLAIN, SPACES, OTHER]);
    folder.report("old.jsonl", "old.json", &[]);
    folder.report("new.jsonl", "1.json", &["--shard", "1/2"]);
    folder.report("new.jsonl", "2.json", &["--shard", "2/2"]);
    let merged = folder.run(&["merge", "1.json", "2.json", "--baseline", "old.json"]);
    let report: Value = serde_json::from_slice(&merged.stdout).unwrap();
    assert_eq!(report["baseline"]["rules"][0]["code"], "marker-merged", "{}", complaint(&merged));
    assert_eq!(merged.status.code(), Some(1));
    folder.put("maskview.toml", "baseline = 'old.json'\npolicy = 'minimind'\n");
    assert_eq!(folder.run(&["audit", "old.jsonl"]).status.code(), Some(0));
    let output = folder.run(&["audit", "new.jsonl"]);
    assert!(said(&output).contains("against the baseline"), "{}", said(&output));
    let part = folder.run(&["audit", "new.jsonl", "--shard", "1/2"]);
    assert!(!said(&part).contains("against the baseline"), "{}", said(&part));
}

#[test]
fn records_are_written_byte_for_byte() {
    let folder = Folder::new();
    let lines = [PLAIN, OTHER, SPACES, BROKEN, EMPTY, PLAIN];
    folder.put("data.jsonl", lines.join("\r\n"));
    let output = folder.audit("data.jsonl", &["--write-clean", "clean.jsonl", "--write-faulty", "faulty.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(folder.read("clean.jsonl"), format!("{PLAIN}\r\n{OTHER}\r\n{EMPTY}\r\n{PLAIN}\n"));
    assert_eq!(folder.read("faulty.jsonl"), format!("{SPACES}\r\n{BROKEN}\r\n"));
    let words = complaint(&output);
    assert!(words.contains("4 clean records written to clean.jsonl"), "{words}");
    assert!(words.contains("2 faulty records written to faulty.jsonl"), "{words}");
    assert_eq!(folder.names(), ["clean.jsonl", "data.jsonl", "faulty.jsonl"]);
}

#[test]
fn the_level_and_lints_of_the_whole_data_set_count() {
    let folder = Folder::new();
    folder.lines("data.jsonl", &[PLAIN, OTHER, EMPTY, PLAIN]);
    let faulty = |arguments: &[&str]| {
        folder.audit("data.jsonl", &[&["--write-faulty", "faulty.jsonl"], arguments].concat());
        folder.read("faulty.jsonl")
    };
    assert_eq!(faulty(&[]), "");
    assert_eq!(faulty(&["--severity", "duplicate-record=error"]), format!("{PLAIN}\n"));
    assert_eq!(faulty(&["--fail-on", "warning", "--select", "empty-answer"]), format!("{EMPTY}\n"));
    assert_eq!(faulty(&["--fail-on", "never", "--severity", "empty-answer=error"]), format!("{EMPTY}\n"));
    folder.audit("data.jsonl", &["--write-clean", "clean.jsonl", "--where", "record:2-3"]);
    assert_eq!(folder.read("clean.jsonl"), format!("{OTHER}\n{EMPTY}\n"), "only what was audited");
    folder.audit("data.jsonl", &["--write-clean", "clean.jsonl", "--shard", "2/2"]);
    assert_eq!(folder.read("clean.jsonl"), format!("{EMPTY}\n{PLAIN}\n"));
}

#[test]
fn other_containers_become_lines_of_json() {
    let folder = Folder::new();
    let clean = |data: &str, name: &str| {
        let output = folder.audit(data, &["--write-clean", name]);
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", complaint(&output));
    };
    let pretty: Vec<String> = [PLAIN, OTHER].iter().map(|record| record.replace("], ", "],\n  ")).collect();
    folder.put("data.json", format!("[\n{}\n]", pretty.join(",\n").replace("}, {", "},\n  {")));
    clean("data.json", "clean.jsonl");
    let lines = folder.read("clean.jsonl");
    assert_eq!(lines.lines().count(), 2);
    assert!(lines.contains(r"\u003f") && lines.contains("1.0e2"), "the bytes of values stay: {lines}");
    folder.put("data.csv", "instruction,output\n\"Is 7\nprime?\",Yes.\n");
    clean("data.csv", "csv.jsonl");
    assert_eq!(folder.read("csv.jsonl"), "{\"instruction\":\"Is 7\\nprime?\",\"output\":\"Yes.\"}\n");
    folder.lines("data.jsonl", &[PLAIN, OTHER]);
    clean("data.jsonl", "packed.jsonl.gz");
    let again = folder.audit("packed.jsonl.gz", &["--write-clean", "plain.jsonl"]);
    assert_eq!(folder.read("plain.jsonl"), format!("{PLAIN}\n{OTHER}\n"), "{}", complaint(&again));
}

#[cfg(feature = "arrow")]
#[test]
fn rows_of_tables_become_lines_of_json() {
    let folder = Folder::new();
    let table = std::path::absolute("tests/data/rows.parquet").unwrap();
    let output = folder.audit(table.to_str().unwrap(), &["--write-clean", "a.jsonl", "--write-faulty", "b.jsonl"]);
    let lines = folder.read("a.jsonl") + &folder.read("b.jsonl");
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!rows.is_empty(), "{}", complaint(&output));
    let whole = folder.audit(table.to_str().unwrap(), &["--format", "json"]);
    assert_eq!(serde_json::from_slice::<Value>(&whole.stdout).unwrap()["records"], rows.len());
}

#[test]
fn what_comes_through_a_pipe_is_written_too() {
    let folder = Folder::new();
    folder.lines("data.jsonl", &[PLAIN, SPACES]);
    let mut command = folder.command(&["audit", "-", "-p", "minimind", "--write-clean", "clean.jsonl"]);
    let mut pipe = Command::new("cat").arg(folder.path("data.jsonl")).stdout(Stdio::piped()).spawn().unwrap();
    let output = command.stdin(pipe.stdout.take().unwrap()).output().unwrap();
    pipe.wait().unwrap();
    assert_eq!(folder.read("clean.jsonl"), format!("{PLAIN}\n"), "{}", complaint(&output));
}

#[cfg(unix)]
#[test]
fn no_input_is_ever_written_over() {
    let folder = Folder::new();
    folder.lines("data.jsonl", &[PLAIN, SPACES]);
    std::fs::hard_link(folder.path("data.jsonl"), folder.path("hard.jsonl")).unwrap();
    std::os::unix::fs::symlink("data.jsonl", folder.path("soft.jsonl")).unwrap();
    let before = folder.names();
    for option in ["--write-clean", "--write-faulty", "--output"] {
        for name in ["data.jsonl", "./data.jsonl", "hard.jsonl", "soft.jsonl"] {
            let output = folder.audit("data.jsonl", &[option, name]);
            assert_eq!(output.status.code(), Some(2), "{option} {name}");
            assert!(complaint(&output).contains(option) && complaint(&output).contains("no input is changed"));
        }
    }
    let mut command = folder.command(&["audit", "-", "-p", "minimind", "--write-clean", "data.jsonl"]);
    let output = command.stdin(std::fs::File::open(folder.path("data.jsonl")).unwrap()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "what standard input comes from");
    let same = folder.audit("data.jsonl", &["--write-clean", "new.jsonl", "--write-faulty", "./new.jsonl"]);
    assert!(complaint(&same).contains("written by another option too"), "{}", complaint(&same));
    let ending = folder.audit("data.jsonl", &["--write-clean", "new.parquet"]);
    assert!(complaint(&ending).contains(".jsonl.gz"), "{}", complaint(&ending));
    let nowhere = folder.audit("data.jsonl", &["--write-clean", "none/new.jsonl"]);
    assert!(complaint(&nowhere).contains("cannot write"), "{}", complaint(&nowhere));
    assert_eq!((folder.names(), folder.read("data.jsonl")), (before, format!("{PLAIN}\n{SPACES}\n")));
}

/// The names in a folder, which a run that is refused leaves as they are.
#[test]
fn a_run_that_is_refused_leaves_nothing_behind() {
    let folder = Folder::new();
    folder.lines("data.jsonl", &[PLAIN]);
    let output = folder.run(&["audit", "data.jsonl", "--write-clean", "clean.jsonl", "--tokenizer", "./none"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(folder.names(), ["data.jsonl"]);
    assert!(!Path::new("clean.jsonl").exists());
}

#[test]
fn overlap_with_the_evaluation_set_is_found_with_both_places() {
    let folder = Folder::new();
    folder.lines("train.jsonl", &[OTHER, PLAIN, EMPTY]);
    let shouted = PLAIN.replace("Is 7 prime?", "IS 7 PRIME");
    folder.lines("a.jsonl", &[EMPTY.replace("\"content\": \"\"", "\"content\": \"It is.\"").as_str(), BROKEN]);
    folder.lines("b.jsonl", &[shouted.as_str()]);
    let output = folder.audit("train.jsonl", &["--against", "a.jsonl,b.jsonl", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let place = |code: &str| {
        let rules = report["rules"].as_array().unwrap();
        let place = &rules.iter().find(|rule| rule["code"] == code).unwrap()["places"][0];
        (place["line"].as_u64(), place["other"].clone(), place["message"].as_str().unwrap().to_owned())
    };
    let (line, other, message) = place("in-evaluation");
    assert_eq!((line, other), (Some(2), serde_json::json!({"file": "b.jsonl", "record": 3, "line": 1})));
    assert!(message.contains("b.jsonl:1, but for spaces"), "{message}");
    let (line, other, _) = place("prompt-in-evaluation");
    assert_eq!((line, other), (Some(3), serde_json::json!({"file": "a.jsonl", "record": 1, "line": 1})));
    assert!(complaint(&output).contains("1 record of a.jsonl, b.jsonl cannot be read"), "{}", complaint(&output));
    assert_eq!(output.status.code(), Some(1));

    let sarif = folder.audit("train.jsonl", &["--against", "b.jsonl", "--format", "sarif"]);
    let sarif: Value = serde_json::from_slice(&sarif.stdout).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let both = results.iter().find(|result| result["ruleId"] == "in-evaluation").unwrap();
    assert_eq!(both["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"], "b.jsonl");
    let faulty = folder.audit("train.jsonl", &["--against", "b.jsonl", "--write-faulty", "faulty.jsonl"]);
    assert_eq!(folder.read("faulty.jsonl"), format!("{PLAIN}\n"), "{}", complaint(&faulty));
    let itself = folder.audit("train.jsonl", &["--against", "./train.jsonl"]);
    assert!(complaint(&itself).contains("is the data set that is audited"), "{}", complaint(&itself));
    folder.put("maskview.toml", "against = 'b.jsonl'\n");
    assert!(said(&folder.audit("train.jsonl", &["--format", "jsonl"])).contains("in-evaluation"));
}

#[test]
fn overlap_in_parts_adds_up_to_that_of_the_whole() {
    let folder = Folder::new();
    folder.lines("train.jsonl", &[OTHER, PLAIN, PLAIN, EMPTY, PLAIN]);
    folder.lines("eval.jsonl", &[PLAIN]);
    folder.lines("other.jsonl", &[OTHER]);
    let against = ["--against", "eval.jsonl"];
    folder.report("train.jsonl", "whole.json", &against);
    folder.report("train.jsonl", "1.json", &[&against[..], &["--shard", "1/2"]].concat());
    folder.report("train.jsonl", "2.json", &[&against[..], &["--shard", "2/2"]].concat());
    let merged = folder.run(&["merge", "1.json", "2.json", "--fail-on", "never"]);
    let whole: Value = serde_json::from_str(&folder.read("whole.json")).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&merged.stdout).unwrap(), whole, "{}", complaint(&merged));
    assert!(whole["against"]["name"] == "eval.jsonl");
    folder.report("train.jsonl", "3.json", &["--against", "other.jsonl", "--shard", "2/2"]);
    let refused = folder.run(&["merge", "1.json", "3.json"]);
    assert!(complaint(&refused).contains("its against is"), "{}", complaint(&refused));
}
