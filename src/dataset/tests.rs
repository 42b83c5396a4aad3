//! Whole data sets: several files, pipes, files that change.

mod containers;
#[cfg(feature = "arrow")]
mod tables;
mod watch;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::error::RecordError;

fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn open(path: &Path) -> Dataset {
    Dataset::open(&[path.to_owned()]).unwrap()
}

/// Line and value of every record, read in order and one by one, which must agree.
fn all(dataset: &Dataset) -> Vec<(usize, Result<serde_json::Value, RecordError>)> {
    let count = dataset.count();
    let walked: Vec<Record> = dataset.records().collect();
    assert_eq!(walked.len(), count);
    // An unoptimised build is too slow to read thousands of records one by one.
    let step = 1 + count / 500;
    for (index, record) in walked.iter().enumerate() {
        assert_eq!(record.number, index + 1);
        if index % step == 0 || index + 1 == count {
            assert_eq!(dataset.record(index).as_ref(), Some(record));
        }
    }
    assert_eq!(dataset.record(count), None);
    assert_eq!(dataset.try_record(count), Lookup::PastEnd);
    walked.into_iter().map(|record| (record.line, record.value)).collect()
}

/// A stream that hands out what it is sent and ends when the sender is dropped.
struct Pipe(mpsc::Receiver<Vec<u8>>, Vec<u8>);

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.1.is_empty() {
            let Ok(bytes) = self.0.recv() else {
                return Ok(0);
            };
            self.1 = bytes;
        }
        let count = self.1.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.1[..count]);
        self.1.drain(..count);
        Ok(count)
    }
}

fn pipe() -> (mpsc::Sender<Vec<u8>>, Pipe) {
    let (sender, receiver) = mpsc::channel();
    (sender, Pipe(receiver, Vec::new()))
}

#[test]
fn lines_are_read_with_their_numbers() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "a.jsonl", "\u{feff}\r\n{\"a\":1}\r\n\r\n  \n{\"a\":2}\nbroken\n{\"a\":3}");
    let records = all(&open(&path));
    assert_eq!(records[0], (2, Ok(json!({"a": 1}))));
    assert_eq!(records[1], (5, Ok(json!({"a": 2}))));
    assert_eq!(records[2].0, 6);
    assert!(matches!(records[2].1, Err(RecordError::Json { .. })));
    assert_eq!(records[3], (7, Ok(json!({"a": 3}))));
    assert_eq!(records.len(), 4);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_record() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "a.jsonl", "\u{feff}{\"a\":1}\n{\"a\":2}\n");
    let records = all(&open(&path));
    assert_eq!(records, [(1, Ok(json!({"a": 1}))), (2, Ok(json!({"a": 2})))]);
}

#[test]
fn records_longer_than_any_block_lie_between_short_ones() {
    let folder = TempDir::new().unwrap();
    let mut text = String::new();
    let lengths = [3, 70_000, 1, 2, 3_000_000, 64 * 1024, 5, 1024 * 1024, 1, 1, 200_000];
    for round in 0..40 {
        for length in lengths {
            let filler = "x".repeat(if round == 0 { length } else { length % 977 });
            text.extend(["{\"a\":\"", &filler, "\"}\n"]);
        }
    }
    let path = write(&folder, "a.jsonl", &text);
    let dataset = open(&path);
    let lines: Vec<&str> = text.lines().collect();
    let records = all(&dataset);
    assert_eq!(records.len(), lines.len());
    for (index, (line, value)) in records.iter().enumerate() {
        assert_eq!(*line, index + 1);
        assert_eq!(value.as_ref().unwrap().to_string(), lines[index]);
    }
    for from in [0, 1, 5, 100, lines.len() - 1] {
        let raw: Vec<String> =
            dataset.raw_records(from).map(|raw| String::from_utf8(raw.bytes().unwrap().to_vec()).unwrap()).collect();
        assert_eq!(raw, lines[from..]);
    }
}

#[test]
fn several_files_are_numbered_through() {
    let folder = TempDir::new().unwrap();
    let paths = [
        write(&folder, "a.jsonl", "{\"a\":1}\n\n{\"a\":2}"),
        write(&folder, "empty.jsonl", ""),
        write(&folder, "blank.jsonl", "\n \n\n"),
        write(&folder, "b.jsonl", "\n{\"a\":3}\n"),
    ];
    let dataset = Dataset::open(&paths).unwrap();
    let records: Vec<Record> = dataset.records().collect();
    let places: Vec<(usize, usize, bool)> =
        records.iter().map(|record| (record.number, record.line, record.file.ends_with("b.jsonl"))).collect();
    assert_eq!(places, [(1, 1, false), (2, 3, false), (3, 2, true)]);
    assert_eq!(dataset.record(2).unwrap(), records[2]);
    let progress = dataset.progress();
    assert!(progress.complete);
    assert_eq!(progress.bytes_total, Some(progress.bytes_indexed));
    assert_eq!(dataset.file_names().len(), 4);
}

#[test]
fn a_file_of_blank_lines_has_no_records() {
    let folder = TempDir::new().unwrap();
    assert_eq!(all(&open(&write(&folder, "a.jsonl", "\n\r\n   \n"))), []);
}

#[test]
fn what_cannot_be_opened_is_said_at_once() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("missing.jsonl");
    let error = |paths: &[PathBuf]| Dataset::open(paths).err().unwrap();
    assert_eq!(error(std::slice::from_ref(&missing)), DatasetError::Missing { path: missing });
    assert_eq!(error(&[]), DatasetError::NoPath);
    assert_eq!(error(&["-".into(), "-".into()]), DatasetError::StandardInputTwice);
    let empty = write(&folder, "empty.jsonl", "");
    assert_eq!(error(std::slice::from_ref(&empty)), DatasetError::Empty { path: empty });
    write(&folder, "data.jsonl", "{}");
    let message = error(&[folder.path().to_owned()]).to_string();
    assert!(message.contains("data.jsonl"), "{message}");
}

#[test]
fn records_of_a_pipe_appear_before_it_closes() {
    let (sender, stream) = pipe();
    let dataset = Dataset::from_reader("-", stream).unwrap();
    assert_eq!(dataset.try_record(0), Lookup::NotYet);
    sender.send(b"{\"a\":".to_vec()).unwrap();
    sender.send(b"1}\n{\"a\":2".to_vec()).unwrap();
    let first = dataset.record(0).unwrap();
    assert_eq!((&*first.file, first.number, first.line), ("-", 1, 1));
    assert_eq!(first.value, Ok(json!({"a": 1})));
    assert_eq!(dataset.try_record(1), Lookup::NotYet);
    let progress = dataset.progress();
    assert_eq!((progress.records, progress.complete, progress.bytes_total), (1, false, None));

    let mut walk = dataset.records();
    assert_eq!(walk.next().unwrap().value, Ok(json!({"a": 1})));
    sender.send(b"}\n".to_vec()).unwrap();
    assert_eq!(walk.next().unwrap().value, Ok(json!({"a": 2})));
    sender.send(b"{\"a\":3}".to_vec()).unwrap();
    drop(sender);
    assert_eq!(walk.next().unwrap().value, Ok(json!({"a": 3})));
    assert!(walk.next().is_none());
    assert_eq!(all(&dataset).len(), 3);
}

#[test]
fn waiting_readers_wake_up_at_the_end() {
    let (sender, stream) = pipe();
    let dataset = Dataset::from_reader("-", stream).unwrap();
    let waiting = {
        let dataset = dataset.clone();
        std::thread::spawn(move || dataset.record(5))
    };
    sender.send(b"{}\n".to_vec()).unwrap();
    drop(sender);
    assert_eq!(waiting.join().unwrap(), None);
}

#[test]
fn a_stream_that_fails_keeps_what_came_before() {
    struct Failing(bool);
    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if std::mem::replace(&mut self.0, true) {
                return Err(io::Error::other("the cable is out"));
            }
            let bytes = b"{\"a\":1}\n{\"a\":";
            buffer[..bytes.len()].copy_from_slice(bytes);
            Ok(bytes.len())
        }
    }
    let dataset = Dataset::from_reader("-", Failing(false)).unwrap();
    let records = all(&dataset);
    assert_eq!(records[0], (1, Ok(json!({"a": 1}))));
    assert_eq!(records[1].0, 2);
    assert!(records[1].1.as_ref().unwrap_err().to_string().contains("the cable is out"));
    assert_eq!(records.len(), 2);
}

#[test]
fn a_stream_that_panics_leaves_nobody_waiting() {
    struct Panicking;
    impl Read for Panicking {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            panic!("a decoder met what it did not expect");
        }
    }
    let dataset = Dataset::from_reader("-", Panicking).unwrap();
    assert!(matches!(dataset.record(0).unwrap().value, Err(RecordError::Damaged { .. })));
}

#[test]
fn a_file_that_shrinks_loses_records_but_nothing_else() {
    let folder = TempDir::new().unwrap();
    let line = format!("{{\"a\":\"{}\"}}\n", "x".repeat(1_000));
    let path = write(&folder, "a.jsonl", line.repeat(1_000));
    let dataset = open(&path);
    assert_eq!(dataset.count(), 1_000);
    let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(line.len() as u64 * 500 + 10).unwrap();
    assert!(dataset.record(499).unwrap().value.is_ok());
    for index in [500, 501, 700, 999] {
        let record = dataset.record(index).unwrap();
        assert_eq!((record.line, record.value), (index + 1, Err(RecordError::Gone)));
    }
    let walked: Vec<(usize, bool)> = dataset.records().map(|record| (record.line, record.value.is_ok())).collect();
    let expected: Vec<(usize, bool)> = (1..=1_000).map(|line| (line, line <= 500)).collect();
    assert_eq!(walked, expected);
}

#[test]
fn a_file_that_grows_stays_as_it_was_when_the_index_was_complete() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "a.jsonl", "{\"a\":1}\n{\"a\":2}");
    let dataset = open(&path);
    assert_eq!(dataset.count(), 2);
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b" \n{\"a\":3}\n").unwrap();
    assert_eq!(all(&dataset), [(1, Ok(json!({"a": 1}))), (2, Ok(json!({"a": 2})))]);
}

#[test]
#[cfg(unix)]
fn a_deleted_file_can_still_be_read() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "a.jsonl", "{\"a\":1}\n{\"a\":2}\n");
    let dataset = open(&path);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(all(&dataset).len(), 2);
}

#[test]
fn dropping_the_last_handle_stops_the_thread() {
    struct Endless {
        _dropped: mpsc::Sender<()>,
    }
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            buffer[..3].copy_from_slice(b"{}\n");
            Ok(3)
        }
    }
    let (sender, receiver) = mpsc::channel();
    let dataset = Dataset::from_reader("-", Endless { _dropped: sender }).unwrap();
    assert!(dataset.record(10).is_some());
    let walk = dataset.raw_records(0);
    drop(dataset);
    assert_eq!(walk.take(1_000).count(), 1_000);
    // The reader is dropped with the thread, and its sender with it.
    assert_eq!(receiver.recv_timeout(Duration::from_secs(10)), Err(mpsc::RecvTimeoutError::Disconnected));
}

#[test]
fn a_line_of_20_megabytes_is_one_record() {
    let folder = TempDir::new().unwrap();
    let long = format!("{{\"a\":\"{}\"}}", "夏".repeat(7_000_000));
    let path = write(&folder, "a.jsonl", format!("{{\"b\":1}}\n{long}\n{{\"b\":2}}\n"));
    let dataset = open(&path);
    assert_eq!(dataset.record(1).unwrap().value.unwrap()["a"].as_str().unwrap().len(), 21_000_000);
    assert_eq!(dataset.record(2).unwrap().line, 3);
}
