//! The viewer's reports over the data set, the texts behind a record, and what is folded.

use crate::support::Viewer;
use crossterm::event::KeyCode;
use maskview::paint::Side;
use maskview::tui::app::Mode;
use maskview::tui::source::Source;

const SUMMER: &str = "samples/summer.jsonl";

fn press(viewer: &mut Viewer, keys: &str) {
    for letter in keys.chars() {
        viewer.key(if letter == '\n' { KeyCode::Enter } else { KeyCode::Char(letter) });
    }
}

/// Moves to the line of a report that holds a text.
fn choose(viewer: &mut Viewer, text: &str) {
    let before = viewer.text();
    for _ in 0..500 {
        let chosen = |viewer: &Viewer| {
            let screen = viewer.screen();
            let reversed = |cell: &ratatui::buffer::Cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED);
            let rows: Vec<_> = screen.content.chunks(usize::from(screen.area.width)).collect();
            let row = rows.into_iter().find(|row| row.iter().any(reversed));
            row.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>()).unwrap_or_default()
        };
        if chosen(viewer).contains(text) {
            return;
        }
        viewer.key(KeyCode::Down);
    }
    panic!("no line leads to {text:?}:\n{before}");
}

#[test]
fn the_audit_leads_to_records_and_to_filters() {
    let mut viewer = Viewer::open(&[SUMMER, "-p", "legacy"], (120, 40));
    press(&mut viewer, "a");
    let text = viewer.text();
    assert!(text.contains("Audit of legacy: 9 records") && text.contains("first-token-lost"), "{text}");
    assert!(text.contains("9 findings (100.0 per 100 records)") || text.contains("findings ("), "{text}");
    choose(&mut viewer, "summer.jsonl:3 (#3)");
    viewer.key(KeyCode::Enter);
    assert_eq!((viewer.app.dialog().mode(), viewer.app.shown().record()), (&Mode::Normal, 2));
    // It is not audited again, and the list names what is found.
    press(&mut viewer, "a");
    choose(&mut viewer, "first-token-lost");
    viewer.key(KeyCode::Enter);
    let terms = viewer.app.arrangement().filter().to_string();
    assert_eq!(terms, "finding:first-token-lost");
    let audited: Vec<usize> = (0..9)
        .filter(|record| {
            let found = viewer.app.surveyed_record(*record);
            found.is_some()
        })
        .collect();
    assert!(audited.is_empty(), "the filter asks another question: {audited:?}");
}

#[test]
fn findings_are_gone_through_once_the_audit_has_run() {
    let mut viewer = Viewer::open(&[SUMMER, "-p", "legacy"], (120, 40));
    press(&mut viewer, "a");
    viewer.key(KeyCode::Esc);
    let found: Vec<usize> = (0..9).filter(|record| viewer.app.surveyed_record(*record).is_some()).collect();
    assert!(found.len() > 3, "{found:?}");
    press(&mut viewer, "gg");
    let mut seen = vec![viewer.app.shown().record()];
    for _ in 0..200 {
        press(&mut viewer, "]f");
        if seen.last() != Some(&viewer.app.shown().record()) {
            seen.push(viewer.app.shown().record());
        }
    }
    assert_eq!(seen, found);
}

#[test]
fn frequencies_filter_by_what_they_count() {
    let mut viewer = Viewer::open(&[SUMMER], (100, 40));
    press(&mut viewer, "f");
    let text = viewer.text();
    assert!(text.contains("Tokens under legacy: 9 records") && text.contains("First trained tokens"), "{text}");
    viewer.key(KeyCode::End);
    assert!(viewer.text().contains("assistant") && viewer.text().contains("% trained"), "{}", viewer.text());
    viewer.key(KeyCode::Home);
    choose(&mut viewer, "天");
    viewer.key(KeyCode::Enter);
    let terms = viewer.app.arrangement().filter().to_string();
    assert!(terms.starts_with("trains:"), "{terms}");
    assert!(viewer.app.list().len() < 9 && !viewer.app.list().is_empty());
    // Under B other tokens come first, and the filter stays.
    press(&mut viewer, "\tf");
    viewer.key(KeyCode::Esc);
    viewer.key(KeyCode::Tab);
    press(&mut viewer, "f");
    assert_eq!(viewer.app.compared().side(), Side::B);
    assert!(
        viewer.text().contains(&format!("Tokens under fixed: {} record", viewer.app.list().len())),
        "{}",
        viewer.text()
    );
    assert!(viewer.text().contains(&terms), "{}", viewer.text());
}

#[test]
fn the_texts_behind_a_record_are_gone_through() {
    let mut viewer = Viewer::open(&[SUMMER], (80, 24));
    press(&mut viewer, "o");
    let source = |viewer: &Viewer| viewer.app.source().map(|text| text.source);
    assert_eq!(source(&viewer), Some(Source::Record));
    assert!(viewer.text().contains("Record 1 as it stands in the file, line 1"), "{}", viewer.text());
    press(&mut viewer, "o");
    assert_eq!(source(&viewer), Some(Source::Rendered));
    assert!(viewer.text().contains("夏天"), "{}", viewer.text());
    press(&mut viewer, "o");
    assert!(viewer.text().contains("│ ") && viewer.text().contains("message['content'] + '</s>'"), "{}", viewer.text());
    let lit = viewer.app.theme().found().bg;
    assert!(viewer.screen().content.iter().any(|cell| Some(cell.bg) == lit), "what wrote the token is lit");
    press(&mut viewer, "o");
    assert_eq!((viewer.app.dialog().mode(), source(&viewer)), (&Mode::Normal, None));
    press(&mut viewer, "O");
    assert_eq!(source(&viewer), Some(Source::Message));
    assert!(viewer.text().contains("Message 1 in full") && viewer.text().contains(" 夏天"), "{}", viewer.text());
    viewer.key(KeyCode::Esc);
    // Where nothing is rendered, the record's own text is all there is, with the broken character marked.
    let mut viewer = Viewer::open(&["samples/broken.jsonl"], (80, 24));
    let marked = |viewer: &Viewer| {
        let screen = viewer.screen();
        let cells = screen.content.iter().filter(|cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED));
        cells.map(ratatui::buffer::Cell::symbol).collect::<String>()
    };
    let mut broken = 0;
    for _ in 0..6 {
        press(&mut viewer, "o");
        broken += usize::from(source(&viewer) == Some(Source::Record) && !marked(&viewer).is_empty());
        viewer.key(KeyCode::Esc);
        press(&mut viewer, "J");
    }
    assert!(broken > 0, "some record of the sample is no JSON");
}

#[test]
fn folds_hide_what_is_masked_and_open_for_whoever_goes_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.jsonl");
    let prompt = "one two three four five six seven eight nine ten ".repeat(30);
    let record = serde_json::json!({"messages": [
        {"role": "user", "content": prompt}, {"role": "assistant", "content": "yes"}]});
    std::fs::write(&path, record.to_string()).unwrap();
    let path = path.to_str().unwrap();
    for view in ["", "v"] {
        let mut viewer = Viewer::open(&[path, "--padding", "40"], (100, 30));
        press(&mut viewer, view);
        let rows = viewer.app.shown().layout().rows();
        press(&mut viewer, "z");
        assert!(viewer.app.shown().layout().rows() < rows / 3, "{}", viewer.text());
        assert!(viewer.text().contains("⋯ ×") && viewer.text().contains("<unk> ×39"), "{}", viewer.text());
        // Every token can be stepped to or is folded, and back again.
        viewer.key(KeyCode::Home);
        let mut seen = vec![viewer.app.shown().cursor()];
        loop {
            press(&mut viewer, "l");
            if seen.last() == Some(&viewer.app.shown().cursor()) {
                break;
            }
            seen.push(viewer.app.shown().cursor());
        }
        let mut back = vec![viewer.app.shown().cursor()];
        for _ in 1..seen.len() {
            press(&mut viewer, "h");
            back.push(viewer.app.shown().cursor());
        }
        back.reverse();
        assert_eq!(seen, back);
        assert!(seen.len() < 60, "{}", seen.len());
        // A search opens what it leads into.
        press(&mut viewer, "/nine ten one two\n");
        let cursor = viewer.app.shown().cursor();
        assert!(viewer.app.shown().layout().folds().around(cursor).is_none(), "{}", viewer.text());
        press(&mut viewer, "z");
        assert!(viewer.app.shown().layout().rows() <= 6, "{}", viewer.text());
        let messages = viewer.app.shown().layout().rows();
        press(&mut viewer, "gg");
        viewer.key(KeyCode::Enter);
        assert!(viewer.app.shown().layout().rows() > messages || viewer.text().contains("sys"), "{}", viewer.text());
        press(&mut viewer, "z");
        assert_eq!(viewer.app.shown().layout().rows(), rows);
    }
}

/// The findings of an audit, by code: how many there are.
type Codes = std::collections::BTreeMap<String, u64>;

#[test]
fn the_viewer_finds_what_the_command_finds_whichever_tokens_a_trainer_makes() {
    let says = |role: &str, content: &str| serde_json::json!({"role": role, "content": content});
    let chat = |messages: &[serde_json::Value]| serde_json::json!({"messages": messages}).to_string();
    let records = [
        chat(&[says("user", "Is 7 prime?"), says("assistant", "Yes.")]),
        chat(&[says("user", "Is 9 prime?"), says("assistant", "")]),
        chat(&[says("user", "Is 9 prime?"), says("assistant", "")]),
        chat(&[says("user", "And 11?"), says("assistant", "It is.<|im_end|>"), says("user", "13?")]),
        chat(&[
            says("assistant", "I begin."),
            says("user", "Do you?"),
            says("assistant", "<think>\n\n</think>\n\nYes."),
        ]),
        serde_json::json!({"text": "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello"}).to_string(),
        serde_json::json!({
            "prompt": [says("user", "Tea?")], "chosen": [says("assistant", "Please.")],
            "rejected": [says("assistant", "")],
        })
        .to_string(),
    ];
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    std::io::Write::write_all(&mut file, (records.join("\n") + "\n").as_bytes()).unwrap();
    let path = file.path().to_str().unwrap();
    for policy in
        ["minimind", "trl", "axolotl", "swift", "openrlhf", "llamafactory", "verl", "oumi", "mlx:mask_prompt=true"]
    {
        let of_command = command_finds(path, policy);
        assert!(!of_command.is_empty(), "{policy}");
        assert_eq!(viewer_finds(path, policy), of_command, "{policy}");
    }
}

fn command_finds(path: &str, policy: &str) -> Codes {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_maskview"));
    command.args(["audit", path, "--tokenizer=chatml", "-p", policy, "--format=json", "--isolated"]);
    let output = command.args(["--fail-on=never", "--lang=en"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = report["rules"].as_array().unwrap().iter();
    rules.map(|rule| (rule["code"].as_str().unwrap().to_owned(), rule["count"].as_u64().unwrap())).collect()
}

fn viewer_finds(path: &str, policy: &str) -> Codes {
    let mut viewer = Viewer::open(&[path, "--tokenizer=chatml", "-p", policy, "--isolated"], (160, 250));
    press(&mut viewer, "a");
    let text = viewer.text();
    let of_line = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words.iter().position(|word| ["error", "warning", "info"].contains(word))?;
        let is_count = words.get(at + 3)?.starts_with("finding");
        is_count.then(|| Some((words[at + 1].to_owned(), words[at + 2].parse().ok()?)))?
    };
    text.lines().filter_map(of_line).collect()
}

#[test]
fn what_only_the_whole_data_set_shows_is_gone_through_too() {
    let chat = |question: &str| {
        let messages = serde_json::json!([
            {"role": "user", "content": question}, {"role": "assistant", "content": format!("Yes: {question}.")},
        ]);
        serde_json::json!({"messages": messages}).to_string()
    };
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    let lines = ["Is 7 prime", "Is 11 prime", "Is 7 prime", "Is 13 prime"].map(chat).join("\n");
    std::io::Write::write_all(&mut file, lines.as_bytes()).unwrap();
    let mut viewer = Viewer::open(&[file.path().to_str().unwrap(), "--tokenizer=chatml", "-p", "trl"], (120, 30));
    press(&mut viewer, "]f");
    assert!(viewer.text().contains("no later error or warning"), "{}", viewer.text());
    press(&mut viewer, "a");
    assert!(viewer.text().contains("duplicate-record"), "{}", viewer.text());
    viewer.key(KeyCode::Esc);
    press(&mut viewer, "]f");
    assert_eq!(viewer.app.shown().record(), 2, "{}", viewer.text());
    assert!(viewer.text().contains("duplicate-record: seen only beside other records"), "{}", viewer.text());
}

#[test]
fn on_the_way_from_finding_to_finding_each_is_said() {
    let mut viewer = Viewer::open(&[SUMMER, "-p", "legacy"], (120, 40));
    press(&mut viewer, "gg]f");
    let text = viewer.text();
    assert!(text.contains("first-token-lost: "), "{text}");
}
