//! Ctrl-C during an audit: the first one ends the counting, the second one the program.

use crate::pty::{self, Terminal};
use serde_json::Value;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// Nothing takes so long, however busy the machine is.
const LIMIT: Duration = Duration::from_mins(1);

/// A record in which several lints find something.
const FAULTY: &str = r#"{"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "    No, it is not."}]}"#;

#[test]
fn what_is_known_is_said_and_of_what_share() {
    let folder = tempfile::tempdir().unwrap();
    let (data, path) = (folder.path().join("data.jsonl"), folder.path().join("report.json"));
    std::fs::write(&data, format!("{FAULTY}\n").repeat(200_000)).unwrap();
    let arguments =
        ["audit", data.to_str().unwrap(), "-p", "minimind", "--format", "json", "--output", path.to_str().unwrap()];
    let mut terminal = Terminal::start(&arguments, (100, 20));
    terminal.wait_for("of 200000 records");
    terminal.press("\u{3}");
    assert_eq!(terminal.finish(), 130);
    assert!(terminal.text().contains("interrupted: "), "{}", terminal.text());
    let report: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let read = report["records_read"].as_u64().unwrap();
    assert!(read > 0 && read < 200_000, "{read}");
    assert_eq!((&report["complete"], &report["records_in_all"]), (&Value::Bool(false), &200_000.into()));
    assert_eq!(report["records"], read);
    let merge = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
        command.arg("merge").arg(&path).args(more).env("LC_ALL", "C").output().unwrap()
    };
    let sum = merge(&["--format", "human", "--fail-on", "error"]);
    let said = String::from_utf8(sum.stdout).unwrap();
    assert!(sum.status.code() == Some(1) && said.contains("of 200000 records read ("), "{said}");
    assert_eq!(merge(&["--fail-on", "never"]).status.code(), Some(0));
    let mut terminal = Terminal::start(&["merge", path.to_str().unwrap()], (120, 90));
    assert_eq!(terminal.finish(), 1);
    assert!(terminal.text().contains("findings"), "words where somebody looks: {}", terminal.text());
}

/// Faulty records for an audit, without an end.
fn endless() -> (Child, ChildStdin) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    command.args(["audit", "-", "-p", "minimind", "--format", "jsonl"]).env("LC_ALL", "C");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut records = child.stdin.take().unwrap();
    records.write_all(format!("{FAULTY}\n").repeat(2000).as_bytes()).unwrap();
    (child, records)
}

#[test]
fn findings_until_then_are_whole_lines() {
    let (mut child, _records) = endless();
    // That a finding is written shows that the audit goes through records.
    let mut first = [0; 1];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    pty::signal(child.id(), "INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    let lines = String::from_utf8([&first[..], &output.stdout].concat()).unwrap();
    assert!(lines.lines().count() > 0 && lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("interrupted: ") && said.contains("of how many is not known"), "{said}");
}

#[test]
fn the_second_one_ends_at_once() {
    let (mut child, _records) = endless();
    let mut first = [0; 1];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    // Nobody reads the rest, so that the audit cannot end by itself once the pipe is full.
    let until = Instant::now() + LIMIT;
    let status = loop {
        pty::signal(child.id(), "INT");
        std::thread::sleep(Duration::from_millis(100));
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => assert!(Instant::now() < until, "it does not end"),
        }
    };
    assert_eq!(status.code(), Some(130));
}
