//! The viewer, `print` and `jsonl` show the same bits.

use crate::support::Viewer;
use maskview::paint::Side;
use maskview::tui::keymap::{Command, Compare, Go};
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

#[test]
fn every_way_shows_the_same_bits() {
    let count = std::fs::read_to_string("samples/summer.jsonl").unwrap().lines().count();
    for record in 1..=count {
        let number = record.to_string();
        let json = print(&["samples/summer.jsonl", "--records", &number, "--format", "jsonl"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mask = |policy: &str| -> String {
            json["masks"][policy].as_array().unwrap().iter().map(ToString::to_string).collect()
        };
        let flow = print(&["samples/summer.jsonl", "--records", &number, "--width", "100"]);
        let mut viewer = Viewer::open(&["samples/summer.jsonl"], (100, 60));
        viewer.press(&vec![Command::Go(Go::NextRecord); record - 1]);
        assert_eq!(bits(&viewer.text(), Side::A), mask("legacy"), "the viewer, record {record}");
        assert_eq!(bits(&flow, Side::A), mask("legacy"), "print, record {record}");
        viewer.press(&[Command::Compare(Compare::Swap)]);
        assert_eq!(bits(&viewer.text(), Side::B), mask("fixed"), "the viewer's B, record {record}");
    }
}
