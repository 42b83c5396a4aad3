//! Texts, ids, offsets and masks are those of Transformers and of minimind's scan: `tests/data/make_oracle.py` says how
//! the expected ones were made.

use serde_json::{Value, json};
use std::io::Write;
use std::process::Command;

/// The records of one tokenizer through `print --format jsonl`.
fn printed(tokenizer: &str, cases: &[Value], options: &[&str]) -> Vec<Value> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for case in cases {
        writeln!(file, "{}", case["record"]).unwrap();
    }
    let policies = "legacy,legacy-bare,fixed,minimind,bare,generation";
    let output = Command::new(env!("CARGO_BIN_EXE_maskview"))
        .args(["print", "--format", "jsonl", "--records", "all", "--tokenizer", tokenizer, "-p", policies])
        .args(options)
        .arg(file.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn cases(tokenizer: &str) -> Vec<Value> {
    let text = std::fs::read_to_string("tests/data/oracle.jsonl").unwrap();
    let cases = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let cases: Vec<Value> = cases.filter(|case| case["tokenizer"] == tokenizer).collect();
    assert!(cases.len() > 20);
    cases
}

fn assert_masks(got: &Value, wanted: &Value, what: &str) {
    for (policy, mask) in wanted.as_object().unwrap() {
        assert_eq!(&got["masks"][policy], mask, "{policy}, {what}, {}", got["rendered"]);
    }
}

#[test]
fn masks_are_those_of_the_trainers() {
    for tokenizer in ["minimind", "chatml"] {
        let cases = cases(tokenizer);
        let records = printed(tokenizer, &cases, &["--padding", "0"]);
        assert_eq!(records.len(), cases.len());
        for (got, case) in records.iter().zip(&cases) {
            assert_eq!(got["error"], json!(null));
            for key in ["rendered", "input_ids", "offsets"] {
                assert_eq!(got[key], case[key], "{key} of {}", case["record"]);
            }
            assert_masks(got, &case["masks"], "whole");
        }
        let records = printed(tokenizer, &cases, &["--padding", "6"]);
        for (got, case) in records.iter().zip(&cases) {
            assert_masks(got, &case["padded"]["masks"], "padded");
        }
        for case in &cases {
            let limit = case["cut"]["max_length"].to_string();
            let got = printed(tokenizer, std::slice::from_ref(case), &["--padding", "0", "--max-length", &limit]);
            assert_masks(&got[0], &case["cut"]["masks"], "cut");
        }
    }
}
