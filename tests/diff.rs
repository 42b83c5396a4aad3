//! `maskview diff` over `samples/`: what it counts, how it says it, and exit codes.

use serde_json::Value;
use std::process::{Command, Output, Stdio};

const SUMMER: &str = "samples/summer.jsonl";

fn diff(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    for name in ["MASKVIEW_TOKENIZER", "NO_COLOR", "CLICOLOR_FORCE", "MASKVIEW_NOW"] {
        command.env_remove(name);
    }
    command.arg("diff").args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = diff(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&text(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn places(arguments: &[&str]) -> Vec<Value> {
    let lines = text(&[arguments, &["--format", "jsonl"]].concat());
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_classic_case_is_said_in_words() {
    let report = text(&[SUMMER]);
    for sentence in [
        "`legacy` leaves out the first token of 9 answers",
        "`fixed` does not train `</s>` after any of the 11 answers: the model does not learn to stop there",
        "`legacy` skips 1 answer: the tokenizer merged the end of the header with the first character of the answer (`⏎⇥`)",
    ] {
        assert!(report.contains(sentence), "{sentence}\n{report}");
    }
    assert!(!report.contains('\x1b') && !report.contains('\t'), "{report}");
}

#[test]
fn causes_add_up_to_the_totals() {
    let report = json(&[SUMMER]);
    for change in ["enters", "leaves"] {
        let causes = report["causes"].as_array().unwrap();
        let sum: u64 = causes.iter().map(|cause| cause[change].as_u64().unwrap()).sum();
        assert_eq!(report[change].as_u64(), Some(sum), "{change}");
    }
    let difference = |policy: usize| report["policies"][policy]["in_loss"].as_i64().unwrap();
    let changes = report["enters"].as_i64().unwrap() - report["leaves"].as_i64().unwrap();
    assert_eq!(difference(1) - difference(0), changes);
}

#[test]
fn a_short_answer_loses_more_than_a_long_one() {
    let report = json(&[SUMMER, "-p", "legacy,minimind"]);
    let lengths = report["lengths"].as_array().unwrap();
    assert_eq!((lengths[0]["from"].as_u64(), lengths[0]["share"].as_f64()), (Some(2), Some(0.5)));
    assert!(lengths.last().unwrap()["share"].as_f64().unwrap() < 0.1);
}

#[test]
fn jsonl_lists_every_place() {
    let listed = places(&[SUMMER]);
    let first = &listed[0];
    assert_eq!((first["cause"].as_str(), first["change"].as_str()), (Some("first-of-answer"), Some("enters")));
    assert_eq!((first["text"].as_str(), first["role"].as_str()), (Some("夏"), Some("assistant")));
    let tokens: u64 =
        listed.iter().map(|place| place["tokens"][1].as_u64().unwrap() - place["tokens"][0].as_u64().unwrap()).sum();
    let report = json(&[SUMMER]);
    assert_eq!(tokens, report["enters"].as_u64().unwrap() + report["leaves"].as_u64().unwrap());
}

#[test]
fn records_that_fail_and_those_without_a_mask_are_counted() {
    let report = json(&["samples/broken.jsonl", "samples/text.jsonl", "-p", "fixed,generation"]);
    let errors: u64 = report["errors"].as_array().unwrap().iter().map(|error| error["records"].as_u64().unwrap()).sum();
    assert_eq!(errors, 11);
    assert_eq!(report["errors"][0]["first"]["line"].as_u64(), Some(2));
    assert!(report["unavailable"][0]["reason"].as_str().unwrap().contains("generation"));
}

#[test]
fn two_policies_and_no_other_number() {
    for policies in ["legacy", "legacy,fixed,minimind"] {
        let output = diff(&[SUMMER, "-p", policies]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("name A and B"), "{policies}");
    }
    assert_eq!(diff(&["samples/none.jsonl"]).status.code(), Some(2));
}

#[test]
fn equal_policies_are_said_to_be_equal() {
    let report = text(&["samples/messages.jsonl", "-p", "minimind,boundary:keep-end"]);
    assert!(report.contains("train the same tokens, bit for bit"), "{report}");
}
