//! What reaches the shell: exit codes, closed and full pipes, and the same output from any number of threads.

use std::fs::OpenOptions;
use std::process::{Command, Output, Stdio};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    for name in ["MASKVIEW_TOKENIZER", "NO_COLOR", "CLICOLOR_FORCE", "MASKVIEW_NOW"] {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs that write to standard output.
const WRITERS: [&[&str]; 8] = [
    &["completions", "bash"],
    &["man"],
    &["--help"],
    &["print", "--help"],
    &["--version"],
    &["explain"],
    &["print", "samples/summer.jsonl", "--records", "all"],
    &["diff", "samples/summer.jsonl"],
];

#[test]
fn a_closed_pipe_is_quiet() {
    for arguments in WRITERS {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(arguments).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    for arguments in WRITERS {
        let output = command(arguments).stdout(full()).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with("maskview: cannot write: "), "{arguments:?}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_message_that_cannot_be_written_is_no_panic() {
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    for arguments in [&["print", "no-such-file"][..], &["--no-such-option"], &["explain", "nothing"]] {
        let output = command(arguments).stderr(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_file_without_records_is_refused_by_name() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "\n  \n\r\n").unwrap();
    let path = file.path().to_str().unwrap();
    for arguments in [&["print", path][..], &["print", path, "--records", "all"], &["diff", path], &[path]] {
        let output = command(arguments).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {said}");
        assert!(said.contains(path) && said.contains("there are no records"), "{arguments:?}: {said}");
    }
}

#[test]
fn records_before_one_that_is_missing_are_printed() {
    let output =
        command(&["print", "samples/summer.jsonl", "--records", "2,99,1", "--format", "jsonl"]).output().unwrap();
    assert_eq!((output.status.code(), text(&output.stdout).lines().count()), (Some(2), 1));
    assert!(text(&output.stderr).contains("no record 99"));
}

#[test]
fn output_is_the_same_on_any_number_of_threads() {
    let files = std::fs::read_dir("samples").unwrap().map(|entry| entry.unwrap().path());
    let mut samples: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "jsonl")).collect();
    samples.sort();
    assert!(samples.len() >= 6);
    for sample in samples {
        let sample = sample.to_str().unwrap();
        for arguments in [
            &["print", sample, "--records", "all", "--format", "jsonl", "-p", "all"][..],
            &["print", sample, "--records", "all"],
            &["diff", sample, "--format", "jsonl"],
            &["diff", sample, "--format", "json"],
            &["diff", sample],
        ] {
            let on =
                |threads: &str| -> Output { command(arguments).env("RAYON_NUM_THREADS", threads).output().unwrap() };
            let alone = on("1");
            assert!(alone.status.success() && !alone.stdout.is_empty(), "{arguments:?}: {}", text(&alone.stderr));
            for threads in ["2", "7"] {
                assert!(on(threads) == alone, "{arguments:?} on {threads} threads");
            }
        }
    }
}
