//! The viewer, `print` and `jsonl` show the same bits.

use crate::properties::records;
use crate::support::Viewer;
use maskview::paint::Side;
use maskview::tui::keymap::{Command, Compare, Go};
use std::io::Write;
use std::process::Command as Process;

fn print(arguments: &[&str]) -> String {
    let output = Process::new(env!("CARGO_BIN_EXE_maskview")).arg("print").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The digits of rows that hold nothing but bits behind the rule; of `0→1`, those of A or of B.
fn bits(text: &str, side: Side) -> String {
    let rows = text.lines().filter_map(|line| line.split_once('│')).map(|(_, cells)| cells);
    let only_bits = rows
        .filter(|cells| !cells.trim().is_empty() && cells.chars().all(|sign| matches!(sign, '0' | '1' | '→' | ' ')));
    let bit = |cell: &str| match side {
        Side::A => cell.chars().next(),
        Side::B => cell.chars().last(),
    };
    only_bits.flat_map(|cells| cells.split_whitespace().filter_map(bit)).collect()
}

/// Compares what every way shows of a file's records; the text of its records has no digits of its own.
#[track_caller]
fn assert_equal_bits(path: &str, count: usize) {
    let mut trained = 0;
    for record in 1..=count {
        let number = record.to_string();
        let json = print(&[path, "--records", &number, "--format", "jsonl"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mask = |policy: &str| -> String {
            json["masks"][policy].as_array().unwrap().iter().map(ToString::to_string).collect()
        };
        let width = (60 + record % 60) as u16;
        let flow = print(&[path, "--records", &number, "--width", &width.to_string()]);
        let mut viewer = Viewer::open(&[path], (width, 200));
        viewer.press(&vec![Command::Go(Go::NextRecord); record - 1]);
        assert_eq!(bits(&viewer.text(), Side::A), mask("legacy"), "the viewer, record {record}");
        assert_eq!(bits(&flow, Side::A), mask("legacy"), "print, record {record}");
        viewer.press(&[Command::Compare(Compare::Swap)]);
        assert_eq!(bits(&viewer.text(), Side::B), mask("fixed"), "the viewer's B, record {record}");
        trained += mask("fixed").matches('1').count();
    }
    assert!(trained > 0, "{path} trains something");
}

#[test]
fn every_way_shows_the_same_bits_of_the_sample() {
    let path = "samples/summer.jsonl";
    assert_equal_bits(path, std::fs::read_to_string(path).unwrap().lines().count());
}

#[test]
fn every_way_shows_the_same_bits_of_records_by_chance() {
    let records = std::fs::read_to_string(records(40).path()).unwrap().replace("0123456789", "");
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    file.write_all(records.as_bytes()).unwrap();
    assert_equal_bits(file.path().to_str().unwrap(), 40);
}
