//! `maskview audit` over small data sets with planted faults.

use serde_json::Value;
use std::process::{Command, Output};

/// A data set of these lines in a folder of its own.
fn data(lines: &[&str]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.jsonl");
    std::fs::write(&path, lines.join("\n") + "\n").unwrap();
    let path = path.display().to_string();
    (folder, path)
}

/// Every format.
const FORMATS: [&str; 7] = ["human", "json", "jsonl", "markdown", "html", "sarif", "junit"];

fn audit(arguments: &[&str], threads: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    command.arg("audit").args(arguments).env("RAYON_NUM_THREADS", threads).env("LC_ALL", "C");
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = audit(&[arguments, &["--format", "json"]].concat(), "2");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

const PLAIN: &str =
    r#"{"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}"#;
const SPACES: &str = r#"{"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "    No, it is not."}]}"#;
const EMPTY: &str =
    r#"{"messages": [{"role": "user", "content": "Is 11 prime?"}, {"role": "assistant", "content": ""}]}"#;
const MARKER: &str = r#"{"messages": [{"role": "user", "content": "How does it end?"}, {"role": "assistant", "content": "With </s> at the end."}]}"#;
const BROKEN: &str = r#"{"messages": ["#;

#[test]
fn planted_faults_are_found_with_their_lines() {
    let (_folder, path) = data(&[PLAIN, SPACES, EMPTY, MARKER]);
    let report = json(&[&path, "-p", "minimind"]);
    let line = |code: &str| rule(&report, code)["places"][0]["line"].as_u64();
    assert_eq!(line("marker-merged"), Some(2));
    assert_eq!(line("empty-answer"), Some(3));
    assert_eq!(line("end-marker-in-answer"), Some(4));
    assert_eq!(report["records"], 4);
    assert!(rule(&report, "marker-merged")["places"][0]["message"].as_str().unwrap().contains("alone is"));
}

#[test]
fn a_sign_is_shown_where_it_stands() {
    let before = "It is prime, and so is every number that only one and itself divide. ";
    for (code, sign) in
        [("control-character", "\\u001b"), ("bidi-character", "\\u202e"), ("invisible-character", "\\u200b")]
    {
        let record = PLAIN.replace("Yes.", &format!("{before}{sign}[1m Yes."));
        let (_folder, path) = data(&[&record]);
        let report = json(&[&path, "-p", "minimind"]);
        let place = &rule(&report, code)["places"][0];
        let tokens = |at: usize| place["tokens"][at].as_u64().unwrap();
        assert!(tokens(1) - tokens(0) <= 3 && tokens(0) > 20, "{place}");
        let snippet = place["snippet"].as_str().unwrap();
        let (inside, after) = snippet.split_once('⟦').unwrap().1.split_once('⟧').unwrap();
        let shown: String = serde_json::from_str(&format!("\"{sign}\"")).unwrap();
        assert!(inside.contains(&shown) && after.contains("1m"), "{snippet:?}");
    }
}

#[test]
fn figures_are_those_of_print() {
    let report = json(&["samples/summer.jsonl", "-p", "minimind"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    command.args(["print", "samples/summer.jsonl", "--records", "all", "--format", "jsonl", "-p", "minimind,legacy"]);
    let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let (mut tokens, mut trained, mut legacy) = (0, 0, 0);
    for record in printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let length = record["input_ids"].as_array().unwrap().len() - record["padding"].as_u64().unwrap() as usize;
        let count = |policy: &str| {
            record["masks"][policy].as_array().unwrap()[..length].iter().filter(|bit| **bit == 1).count()
        };
        tokens += length;
        trained += count("minimind");
        legacy += count("legacy");
    }
    assert_eq!((report["tokens"].as_u64(), report["trained"].as_u64()), (Some(tokens as u64), Some(trained as u64)));
    assert_eq!(report["what_if"]["legacy"]["share"]["trained"].as_u64(), Some(legacy as u64));
    let parts = report["figures"]["parts"].as_object().unwrap().values();
    assert_eq!(parts.map(|share| share["tokens"].as_u64().unwrap()).sum::<u64>(), tokens as u64);
}

/// The newline after an end marker is no end marker: a policy that leaves it out trains all of them.
#[test]
fn end_markers_of_answers_are_counted_and_not_what_stands_beside_them() {
    let (_folder, path) = data(&[PLAIN, PLAIN]);
    for (policy, trained, english, chinese) in
        [("axolotl", 2, "end marker 100.0 %", "结束标记 100.0 %"), ("fixed", 0, "end marker 0.0 %", "结束标记 0.0 %")]
    {
        let report = json(&[&path, "-p", policy]);
        let ends = &report["figures"]["answers"]["end"];
        assert_eq!((ends["tokens"].as_u64(), ends["trained"].as_u64()), (Some(2), Some(trained)), "{policy}");
        for (language, words) in [("en", english), ("zh", chinese)] {
            let human = said(&audit(&[&path, "-p", policy, "--lang", language], "2"));
            assert!(human.contains(words), "{human}");
        }
    }
}

#[test]
fn the_exit_code_says_what_was_found() {
    let code = |lines: &[&str], arguments: &[&str]| {
        let (_folder, path) = data(lines);
        audit(&[&[path.as_str(), "-p", "minimind"], arguments].concat(), "2").status.code()
    };
    assert_eq!(code(&[PLAIN], &[]), Some(0));
    assert_eq!(code(&[PLAIN, SPACES], &[]), Some(1));
    assert_eq!(code(&[PLAIN, SPACES], &["--fail-on", "never"]), Some(0));
    assert_eq!(code(&[PLAIN, BROKEN], &[]), Some(1));
    assert_eq!(code(&[PLAIN, EMPTY], &["--select", "empty-answer"]), Some(0));
    assert_eq!(code(&[PLAIN, EMPTY], &["--select", "empty-answer", "--fail-on", "warning"]), Some(1));
    assert_eq!(code(&[PLAIN, EMPTY], &["--select", "empty-answer", "--severity", "empty-answer=error"]), Some(1));
    assert_eq!(code(&[PLAIN, EMPTY], &["--ignore", "conversation,mask,tokens", "--fail-on", "warning"]), Some(0));
    assert_eq!(code(&[PLAIN], &["--select", "no-such-lint"]), Some(2));
    assert_eq!(code(&[PLAIN], &["--severity", "empty-answer"]), Some(2));
}

#[test]
fn the_policy_is_that_of_the_template_unless_one_is_named() {
    let (_folder, path) = data(&[PLAIN]);
    assert_eq!(json(&[&path, "-p", "legacy"])["policy"], "legacy");
    let chosen = json(&[&path]);
    assert_eq!(chosen["policy_chosen_by"], "template");
    let human = said(&audit(&[&path], "2"));
    assert!(human.contains("chosen by the chat template"), "{human}");
}

#[test]
fn rows_with_labels_are_judged_by_them() {
    let chosen = json(&["samples/tokenized.jsonl"]);
    assert_eq!((chosen["policy"].as_str(), chosen["policy_chosen_by"].as_str()), (Some("labels"), Some("labels")));
    assert_eq!(chosen["rules"], json(&["samples/tokenized.jsonl", "-p", "labels"])["rules"]);
    let human = said(&audit(&["samples/tokenized.jsonl"], "2"));
    assert!(human.contains("policy labels (chosen by the labels in the records; -p names another)"), "{human}");
    // Rows without labels, and a part that begins behind the first record.
    let (_folder, bare) = data(&[r#"{"input_ids": [1, 320, 275]}"#]);
    assert_eq!(json(&[&bare])["policy_chosen_by"], "template");
    assert_eq!(json(&["samples/tokenized.jsonl", "--shard", "2/3"])["policy"], "labels");
}

#[test]
fn an_audit_that_judged_nothing_fails_and_says_why() {
    let unjudged = |arguments: &[&str]| audit(&[&["samples/text.jsonl", "-p", "generation"], arguments].concat(), "2");
    let human = unjudged(&[]);
    let first = said(&human).lines().take(2).collect::<Vec<_>>().join(" ");
    assert!(
        first.starts_with("no record could be judged: the policy `generation` gives no mask for 3 records:"),
        "{first}"
    );
    assert!(!said(&human).contains("no errors and no warnings"), "{first}");
    assert_eq!(human.status.code(), Some(1));
    assert_eq!(unjudged(&["--fail-on", "never"]).status.code(), Some(0));
    for format in FORMATS {
        let output = unjudged(&["--format", format]);
        assert_eq!(output.status.code(), Some(1), "{format}");
        let everything = said(&output) + &String::from_utf8_lossy(&output.stderr);
        assert!(everything.contains("no record could be judged"), "{format}: {everything}");
    }
    assert!(said(&unjudged(&["--lang", "zh"])).starts_with("没有判定任何记录"));
    // One mask is enough.
    let (_folder, path) = data(&[PLAIN, r#"{"text": "Hi"}"#]);
    assert_eq!(audit(&[&path, "-p", "generation"], "2").status.code(), Some(0));
}

#[test]
fn a_file_without_any_record_is_said_in_one_sentence() {
    let (_folder, path) = data(&["# Heading", "", "Some words.", "[1, 2]"]);
    let output = audit(&[&path], "2");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(2), ""), "{words}");
    assert!(
        words.contains("none of 3 lines or rows can be read as a record") && words.contains(":1: not JSON"),
        "{words}"
    );
    assert_eq!(audit(&[&path, "--where", "record:1"], "2").status.code(), Some(1), "the others are not looked at");
    // One line that is a record, of whatever schema, is enough.
    let (_folder, path) = data(&["# Heading", r#"{"other": 1}"#]);
    assert_eq!(audit(&[&path], "2").status.code(), Some(1));
}

#[test]
fn reasons_that_differ_in_numbers_only_are_one_line() {
    let (_folder, path) = data(&[PLAIN, EMPTY, PLAIN]);
    let policy = ["-p", "axolotl:long=drop", "--max-length", "5"];
    let human = said(&audit(&[&[path.as_str()], &policy[..]].concat(), "2"));
    let of_records = human.split("records without a mask").nth(1).unwrap_or_else(|| panic!("{human}"));
    assert!(of_records.trim_start().starts_with("3  ") && of_records.matches("axolotl drops").count() == 1, "{human}");
}

#[test]
fn a_report_says_which_of_several_policies_is_judged() {
    let (_folder, path) = data(&[PLAIN]);
    let human = said(&audit(&[&path, "-p", "trl,axolotl"], "2"));
    assert!(human.contains("policy trl: it alone is judged; the figures of axolotl are at the end"), "{human}");
    assert_eq!(json(&[&path, "-p", "trl,axolotl"])["policies_beside"], serde_json::json!(["axolotl"]));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (_folder, path) = data(&[PLAIN, SPACES, EMPTY, MARKER, BROKEN, PLAIN, SPACES]);
    for format in FORMATS {
        let of = |threads| said(&audit(&[&path, "--format", format], threads));
        let one = of("1");
        assert!(!one.is_empty());
        assert_eq!(one, of("2"), "{format}");
        assert_eq!(one, of("7"), "{format}");
    }
}

#[test]
fn lines_have_the_fields_that_are_fixed() {
    let (_folder, path) = data(&[PLAIN, SPACES, PLAIN]);
    let lines = said(&audit(&[&path, "--format", "jsonl", "-p", "minimind"], "2"));
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let merged = lines.iter().find(|line| line["code"] == "marker-merged").unwrap();
    assert_eq!(
        (merged["record"].as_u64(), merged["line"].as_u64(), merged["policy"].as_str()),
        (Some(2), Some(2), Some("minimind"))
    );
    assert!(merged["tokens"].is_array() && merged["help"].as_str().unwrap().len() > 20);
    let copy = lines.iter().find(|line| line["code"] == "duplicate-record").unwrap();
    assert_eq!(copy["record"], 3);
    let ids: std::collections::BTreeSet<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), lines.len());
}

#[test]
fn a_report_in_chinese_is_in_chinese() {
    let (_folder, path) = data(&[PLAIN, SPACES]);
    let report = said(&audit(&[&path, "--lang", "zh"], "2"));
    assert!(report.contains("个错误") && report.contains("发现的问题") && !report.contains("findings"), "{report}");
}

#[test]
fn nothing_of_a_record_acts_on_the_terminal() {
    let hostile = r#"{"messages": [{"role": "critic\u001b]52;c;QUFB\u0007", "content": "\u001b[2J\u202e"}, {"role": "assistant", "content": "\u001b[31mYes."}]}"#;
    let (_folder, path) = data(&[hostile]);
    for format in FORMATS {
        let report = said(&audit(&[&path, "--format", format], "2"));
        let acts = |sign: char| sign.is_control() && sign != '\n' || sign == '\u{202E}';
        assert!(!report.chars().any(acts), "{report:?}");
    }
}

#[test]
fn a_finding_has_one_id_in_every_format_language_and_data_set() {
    let (_folder, path) = data(&[PLAIN, SPACES]);
    let (_other, before) = data(&[PLAIN, PLAIN]);
    let place = |arguments: &[&str]| {
        let report = json(&[arguments, &["-p", "minimind", "--select", "marker-merged"]].concat());
        let rule = rule(&report, "marker-merged").clone();
        assert_eq!((rule["severity"].as_str(), rule["count"].as_u64()), (Some("error"), Some(1)));
        (rule["places"][0]["id"].as_str().unwrap().to_owned(), rule["places"][0]["record"].as_u64())
    };
    let (id, record) = place(&[&path]);
    assert_eq!((id.len(), record), (16, Some(2)));
    assert_eq!(place(&[&path, "--lang", "zh"]), (id.clone(), Some(2)));
    assert_eq!(place(&[&before, &path]), (id.clone(), Some(4)));
    let lines = said(&audit(&[&path, "-p", "minimind", "--select", "marker-merged", "--format", "jsonl"], "2"));
    assert_eq!(serde_json::from_str::<Value>(&lines).unwrap()["id"], id.as_str());
    let (_twice, path) = data(&[SPACES, SPACES]);
    assert_ne!(place_ids(&path)[0], place_ids(&path)[1]);
}

/// The ids of the first places of `marker-merged`.
fn place_ids(path: &str) -> Vec<String> {
    let report = json(&[path, "-p", "minimind", "--select", "marker-merged"]);
    let places = rule(&report, "marker-merged")["places"].as_array().unwrap().clone();
    places.iter().map(|place| place["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn lengths_and_what_they_cost_are_those_of_print() {
    let data = faulty();
    let path = data.path().to_str().unwrap();
    let options = ["--where", "!fails", "-p", "minimind", "--max-length", "25"];
    let report = json(&[&[path], &options[..]].concat());
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    command.args(["print", path, "--format", "jsonl"]).args(options);
    let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let records: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let count = |record: &Value, key: &str| record[key].as_array().unwrap().len() as u64;
    let length = |record: &Value| count(record, "input_ids") - record["padding"].as_u64().unwrap();
    let lengths: Vec<u64> = records.iter().map(length).collect();
    let padded: u64 = lengths.chunks(8).map(|batch| batch.len() as u64 * batch.iter().max().unwrap()).sum();
    let cut = records.iter().filter(|record| record["truncated"] != 0);
    let nothing =
        cut.clone().filter(|record| record["masks"]["minimind"].as_array().unwrap().iter().all(|bit| *bit == 0));
    let (cut, nothing) = (cut.count(), nothing.count());
    assert!(cut > 0 && nothing > 0 && nothing <= cut && cut < records.len(), "{cut} {nothing}");
    let figures = &report["figures"];
    assert_eq!((&figures["cut"], &figures["nothing_left"]), (&cut.into(), &nothing.into()));
    assert_eq!(figures["cut_in_answer"], rule(&report, "answer-cut")["count"]);
    let epoch = &report["epoch"];
    assert_eq!((&epoch["tokens"], &epoch["padded_tokens"]), (&lengths.iter().sum::<u64>().into(), &padded.into()));
    assert_eq!(epoch["packing"]["rows"], lengths.len(), "no two records have room in 25 tokens");
    let bins = report["histogram"].as_array().unwrap();
    assert!(bins.iter().any(|bin| bin["to"] == 25), "a bin ends at the maximum length: {bins:?}");
    assert_eq!(bins.iter().map(|bin| bin["records"].as_u64().unwrap()).sum::<u64>(), lengths.len() as u64);
    let human = said(&audit(&[&[path], &options[..]].concat(), "2"));
    for shown in
        ["maximum length 25 ────", "inside an answer in", "in padded batches of 8", "filled (best fit decreasing)"]
    {
        assert!(human.contains(shown), "{shown}: {human}");
    }
}

/// Why a lint could not look, by its code.
fn unchecked(report: &Value, code: &str) -> String {
    let lints = report["not_checked"].as_array().unwrap();
    let found = lints.iter().find(|lint| lint["code"] == code);
    found.map(|lint| lint["reason"].as_str().unwrap().to_owned()).unwrap_or_default()
}

#[test]
fn lints_that_cannot_look_say_why() {
    let (_folder, path) = data(&[PLAIN, SPACES]);
    let report = json(&[&path, "-p", "minimind"]);
    let reasons =
        ["answer-cut", "length-bias", "no-eos-in-text", "marker-merged", "prompt-trained", "no-generation-block"];
    let why = |report: &Value| reasons.map(|code| unchecked(report, code));
    assert_eq!(why(&report), ["no-maximum-length", "few-pairs", "no-text", "", "", "other-policy"]);
    let report = json(&[&path, "-p", "full", "--max-length", "99", "--padding", "0"]);
    assert_eq!(why(&report), ["", "few-pairs", "no-text", "no-markers", "no-claim", "other-policy"]);
    assert_eq!(unchecked(&report, "padding-trained"), "no-padding");
    let (_folder, path) = data(&[r#"{"text": "Seven is prime.</s>"}"#]);
    let report = json(&[&path, "-p", "full", "--chat-template", "none"]);
    let of_text = ["no-eos-in-text", "empty-answer", "content-trimmed", "date-in-template", "end-not-trained"];
    let why = of_text.map(|code| unchecked(&report, code));
    assert_eq!(why, ["", "no-messages", "no-template", "no-template", ""]);
    let (_folder, path) = data(&[r#"{"other": 1}"#]);
    let report = json(&[&path, "-p", "minimind"]);
    assert_eq!(unchecked(&report, "end-not-trained"), "no-record");
    assert_eq!(unchecked(&json(&[&path, "--ignore", "mask"]), "end-not-trained"), "", "nobody asked for it");
    let human = said(&audit(&[&path, "-p", "minimind"], "2"));
    assert!(human.contains("not checked") && human.contains("no record could be read and tokenized: "), "{human}");
}

/// What a lint has found, by its code.
fn rule<'a>(report: &'a Value, code: &str) -> &'a Value {
    let rules = report["rules"].as_array().unwrap();
    rules.iter().find(|rule| rule["code"] == code).unwrap_or(&Value::Null)
}

fn merge(reports: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_maskview")).arg("merge").args(reports).output().unwrap()
}

/// Records that several lints find faults in, some of them equal.
fn faulty() -> tempfile::NamedTempFile {
    use std::io::Write;
    let mut file = tempfile::NamedTempFile::with_suffix(".jsonl").unwrap();
    for at in 0..23 {
        let answer = [r"\ttab", "plain", "", "the same"][at % 4];
        let question = if at % 3 == 0 { "one" } else { "two" };
        let line = format!(
            r#"{{"messages": [{{"role": "user", "content": "{question}"}}, {{"role": "assistant", "content": "{answer}"}}]}}"#
        );
        writeln!(file, "{line}").unwrap();
        if at == 11 {
            writeln!(file, "{BROKEN}").unwrap();
        }
    }
    file
}

#[test]
fn reports_of_shards_add_up_to_that_of_one_run() {
    let data = faulty();
    let path = data.path().to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let whole = json(&[path, "-p", "minimind", "--fail-on", "never"]);
    for of in [1, 2, 5, 40] {
        let mut parts = Vec::new();
        for part in 1..=of {
            let report = folder.path().join(format!("{part}-{of}.json"));
            let shard = format!("{part}/{of}");
            let arguments = ["--format", "json", "--fail-on", "never", "--shard", &shard, "--output"];
            let output = audit(&[&[path, "-p", "minimind"], &arguments[..], &[report.to_str().unwrap()]].concat(), "2");
            assert!(output.status.success() && output.stdout.is_empty(), "written to the file alone: {output:?}");
            parts.push(report.to_str().unwrap().to_owned());
        }
        parts.reverse();
        let merged = merge(&parts.iter().map(String::as_str).chain(["--fail-on", "never"]).collect::<Vec<_>>());
        assert!(merged.status.success(), "{of}: {}", String::from_utf8_lossy(&merged.stderr));
        assert_eq!(serde_json::from_slice::<Value>(&merged.stdout).unwrap(), whole, "{of} shards");
    }
}

#[test]
fn reports_that_do_not_go_together_are_refused() {
    let data = faulty();
    let path = data.path().to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str, more: &[&str]| {
        let file = folder.path().join(name).to_str().unwrap().to_owned();
        let output = ["--format", "json", "--fail-on", "never", "--output", &file];
        audit(&[&[path], &output[..], more].concat(), "2");
        file
    };
    let refused = |reports: &[&str], words: &str| {
        let output = merge(reports);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains(words), "{said}");
    };
    let first = report("first.json", &["-p", "minimind", "--shard", "1/2"]);
    let second = report("second.json", &["-p", "minimind", "--shard", "2/2"]);
    refused(&[&first], "the shard 2/2 is missing");
    refused(&[&first, &second, &first], "the shard 1/2 is there twice");
    refused(&[&first, &report("legacy.json", &["-p", "legacy", "--shard", "2/2"])], "its policy is legacy");
    refused(&[&first, &report("cut.json", &["-p", "minimind", "--max-length", "9"])], "its max_length is 9");
    refused(&[&second, &first, &report("none.json", &["-p", "minimind"])], "its shard is none");
    let broken = folder.path().join("broken.json").to_str().unwrap().to_owned();
    let mut odd: Value = serde_json::from_str(&std::fs::read_to_string(&first).unwrap()).unwrap();
    odd["state"]["no-such-lint"] = Value::Null;
    std::fs::write(&broken, odd.to_string()).unwrap();
    refused(&[&second, &broken], "broken.json: its state is not understood");
    refused(&[path], "no report");
    refused(&["no-such.json"], "no-such.json: ");
    let old = folder.path().join("old.json");
    std::fs::write(&old, r#"{"version": 99}"#).unwrap();
    refused(&[old.to_str().unwrap()], "version 99");
}

#[test]
fn a_report_that_cannot_be_written_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.json");
    std::fs::write(&file, "old").unwrap();
    let output = audit(&["no-such.jsonl", "--format", "json", "--output", file.to_str().unwrap()], "2");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "old");
    let nowhere = folder.path().join("none/report.json");
    let output = audit(&["samples/summer.jsonl", "--output", nowhere.to_str().unwrap()], "2");
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write"), "{output:?}");
}
