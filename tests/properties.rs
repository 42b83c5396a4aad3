//! What holds for every record, tried on records that are made up by chance, from a seed that never changes.

use crate::support::Viewer;
use maskview::tui::keymap::{Command, Try};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::Command as Process;
use tempfile::NamedTempFile;

/// Texts that tokenizers, templates and markers may stumble over.
const PIECES: [&str; 26] = [
    "a",
    " ",
    "\n",
    "\t",
    "  ",
    "夏天",
    "热浪",
    "é",
    "e\u{301}",
    "👩‍👧",
    "👍🏽",
    "\u{200B}",
    "</s>",
    "<s>",
    "<s>assistant\n",
    "<|im_end|>",
    "<think>",
    "</think>",
    "user",
    "assistant",
    "{",
    "\"",
    "&",
    "The Yangtze.",
    "0123456789",
    "\u{FFFD}",
];

/// Numbers by chance, from a seed.
pub struct Chance(u64);

impl Chance {
    /// Those that most tests take.
    pub fn new() -> Self {
        Self(0x2545_f491_4f6c_dd1d)
    }

    /// A number below this one.
    pub fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % count as u64) as usize
    }

    fn text(&mut self) -> String {
        (0..self.below(7)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }

    fn record(&mut self) -> Value {
        let mut messages = Vec::new();
        if self.below(3) == 0 {
            messages.push(json!({"role": "system", "content": self.text()}));
        }
        for _ in 0..=self.below(3) {
            messages.push(json!({"role": "user", "content": self.text()}));
            messages.push(json!({"role": "assistant", "content": self.text()}));
        }
        if self.below(8) == 0 {
            messages.pop();
        }
        json!({"messages": messages})
    }
}

/// A file of records by chance, the same at every run.
pub fn records(count: usize) -> NamedTempFile {
    let mut chance = Chance::new();
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    (0..count).for_each(|_| writeln!(file, "{}", chance.record()).unwrap());
    file
}

fn run(arguments: &[&str]) -> String {
    let mut process = Process::new(env!("CARGO_BIN_EXE_maskview"));
    let output = process.args(arguments).args(["--lang", "en"]).env_remove("MASKVIEW_TOKENIZER").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn array<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("`{key}` is a list: {value}"))
}

#[test]
fn masks_and_whatever_is_told_of_tokens_have_the_length_of_the_sequence() {
    let file = records(60);
    let path = file.path().to_str().unwrap();
    let mut masks = 0;
    for more in [&[][..], &["--max-length", "24"], &["--padding", "0"], &["--padding", "max", "--max-length", "60"]] {
        for tokenizer in ["minimind", "chatml"] {
            let arguments = ["print", path, "--records=all", "--format=jsonl", "-p=all", "--tokenizer", tokenizer];
            for line in run(&[&arguments, more].concat()).lines() {
                let record: Value = serde_json::from_str(line).unwrap();
                assert_eq!(record["error"], Value::Null, "{record}");
                let length = array(&record, "input_ids").len();
                for key in ["tokens", "offsets", "roles", "messages", "parts"] {
                    assert_eq!(array(&record, key).len(), length, "{key}: {record}");
                }
                for kind in ["masks", "aligned"] {
                    for (policy, mask) in record[kind].as_object().into_iter().flatten() {
                        assert_eq!(mask.as_array().unwrap().len(), length, "{kind} of {policy}: {record}");
                        masks += 1;
                    }
                }
                for (policy, own) in record["sequences"].as_object().into_iter().flatten() {
                    let own_length = array(own, "input_ids").len();
                    assert_eq!(array(own, "mask").len(), own_length, "{policy}: {own}");
                    assert_eq!(array(own, "tokens").len(), own_length, "{policy}: {own}");
                }
                assert_covered(&record);
            }
        }
    }
    assert!(masks > 5000, "{masks} masks were compared");
}

/// The ranges of the tokens of the text lie behind each other without a hole; only tokens of one character share.
#[track_caller]
fn assert_covered(record: &Value) {
    let padding = record["padding"].as_u64().unwrap() as usize;
    let offsets = array(record, "offsets");
    let text = record["rendered"].as_str().unwrap().chars().count() as u64;
    let mut before = (0, 0);
    for offset in &offsets[..offsets.len() - padding] {
        let (start, end) = (offset[0].as_u64().unwrap(), offset[1].as_u64().unwrap());
        let is_next = start == before.1;
        let shares = start >= before.0 && start < before.1 && end >= before.1;
        assert!((is_next || shares) && start < end, "{offset} behind {before:?}: {record}");
        before = (start, end);
    }
    if record["truncated"] == 0 {
        assert_eq!(before.1, text, "the last token ends where the text does: {record}");
    }
}

#[test]
fn the_difference_of_b_and_a_is_that_of_a_and_b_the_other_way_round() {
    let file = records(40);
    let path = file.path().to_str().unwrap();
    let policies = ["legacy", "fixed", "minimind", "unsloth", "generation", "last-turn", "full", "mlx", "oumi"];
    for pair in policies.windows(2) {
        let (there, back) = opposite(path, pair[0], pair[1]);
        let counts = |value: &Value| [0, 1].map(|at| value["policies"][at].clone());
        let [a, b] = counts(&there);
        assert_eq!(counts(&back), [b, a], "{pair:?}");
    }
    // And where the tokens are others.
    for (a, b) in [("swift", "minimind"), ("llamafactory", "full"), ("swift", "llamafactory"), ("openrlhf", "fixed")] {
        opposite(path, a, b);
    }
}

#[track_caller]
fn opposite(path: &str, a: &str, b: &str) -> (Value, Value) {
    let of = |first: &str, second: &str| -> Value {
        let policies = format!("{first},{second}");
        serde_json::from_str(&run(&["diff", path, "--format=json", "-p", &policies])).unwrap()
    };
    let (there, back) = (of(a, b), of(b, a));
    assert!(there["compared"].as_u64() > Some(0), "{there}");
    for key in ["records", "compared", "differing"] {
        assert_eq!(there[key], back[key], "{key} of {a} and {b}");
    }
    assert_eq!((&there["enters"], &there["leaves"]), (&back["leaves"], &back["enters"]), "{a} and {b}");
    (there, back)
}

#[test]
fn what_is_found_under_two_policies_is_what_is_found_under_each() {
    let file = records(40);
    let path = file.path().to_str().unwrap();
    let found = |policies: &str| -> Vec<BTreeSet<String>> {
        let arguments = ["print", path, "--records=all", "--format=jsonl", "--tokenizer=chatml", "-p", policies];
        let printed = run(&arguments);
        let codes = |line: &str| {
            let record: Value = serde_json::from_str(line).unwrap();
            array(&record, "findings").iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
        };
        printed.lines().map(codes).collect()
    };
    let mut codes = 0;
    for (a, b) in [("swift", "axolotl"), ("axolotl", "trl"), ("minimind", "llamafactory"), ("openrlhf", "swift")] {
        let both = found(&format!("{a},{b}"));
        for ((both, a_alone), b_alone) in both.iter().zip(found(a)).zip(found(b)) {
            assert_eq!(*both, a_alone.union(&b_alone).cloned().collect(), "{a} and {b}");
            codes += both.len();
        }
    }
    assert!(codes > 200, "{codes} findings were compared");
}

#[test]
fn reports_are_added_up_the_same_in_whichever_order_they_are_put_together() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let files: Vec<NamedTempFile> = [11, 1, 23].into_iter().map(records).collect();
    let audited = files.iter().enumerate().map(|(number, file)| {
        let (data, report) = (file.path().to_str().unwrap(), path(&format!("{number}.json")));
        let quiet = ["--format=json", "--fail-on=never", "-p=minimind", "--output", &report];
        run(&[&["audit", data][..], &quiet].concat());
        report
    });
    let reports: Vec<String> = audited.collect();
    let merged = |name: &str, reports: &[&String]| {
        let (reports, sum) = (reports.iter().map(|report| report.as_str()), path(name));
        let quiet = ["--format=json", "--fail-on=never", "--output", &sum];
        run(&["merge"].into_iter().chain(reports).chain(quiet).collect::<Vec<_>>());
        sum
    };
    let [a, b, c] = [&reports[0], &reports[1], &reports[2]];
    let whole = merged("abc.json", &[a, b, c]);
    let first = merged("ab-c.json", &[&merged("ab.json", &[a, b]), c]);
    let last = merged("a-bc.json", &[a, &merged("bc.json", &[b, c])]);
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    assert!(read(&whole).contains("\"records\":35"), "{}", read(&whole));
    assert!(read(&first) == read(&whole), "(a + b) + c");
    assert!(read(&last) == read(&whole), "a + (b + c)");
}

#[test]
fn nudging_there_and_back_changes_nothing() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let opposite = |command| match command {
        Try::StartBack => Try::StartOn,
        Try::StartOn => Try::StartBack,
        Try::EndBack => Try::EndOn,
        Try::EndOn => Try::EndBack,
        other => other,
    };
    let steps = [Try::StartBack, Try::StartOn, Try::EndBack, Try::EndOn, Try::Newline];
    for policies in ["legacy,fixed", "minimind,bare", "boundary:start=2:end=-1:keep-end,full"] {
        let mut viewer = Viewer::open(&["samples/summer.jsonl", "-p", policies], (100, 40));
        viewer.press(&[Command::Try(Try::Open)]);
        // The first nudge may put a policy of its own in place of the named one, which then is the same mask.
        viewer.press(&[Command::Try(Try::StartOn), Command::Try(Try::StartBack)]);
        let bits = |viewer: &Viewer| -> Vec<String> {
            let bits = |line: &str| line.chars().filter(|c| matches!(c, '0' | '1' | '→')).collect::<String>();
            viewer.text().lines().filter(|line| line.contains('│')).map(bits).collect()
        };
        let before = bits(&viewer);
        for _ in 0..20 {
            let there: Vec<Try> = (0..=chance.below(12)).map(|_| steps[chance.below(steps.len())]).collect();
            let back = there.iter().rev().map(|step| opposite(*step));
            let presses: Vec<Command> = there.iter().copied().chain(back).map(Command::Try).collect();
            viewer.press(&presses);
            assert_eq!(bits(&viewer), before, "{policies}: {presses:?}");
        }
        viewer.press(&[Command::Try(Try::StartOn)]);
        assert_ne!(bits(&viewer), before, "a nudge alone is seen");
    }
}
