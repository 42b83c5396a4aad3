//! What the program says of slips that people make: the cause as they know it, and what to do.

use crate::program::maskview;
use std::path::Path;

/// Everything that a run says, in that language.
fn said(arguments: &[&str], language: &str) -> String {
    let output = maskview(&[arguments, &["--lang", language]].concat());
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// That a run says these in English and in Chinese.
fn says(arguments: &[&str], english: &str, chinese: &str) {
    for (language, words) in [("en", english), ("zh", chinese)] {
        let said = said(arguments, language);
        assert!(said.contains(words), "{arguments:?} {language}: {said}");
    }
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[test]
fn a_file_that_cannot_be_written_names_its_folder_and_nothing_hidden() {
    let folder = tempfile::Builder::new().prefix("folder").tempdir().unwrap();
    let file = put(folder.path(), "file", b"");
    let audit = |path: &str, english: &str, chinese: &str| {
        let arguments = ["audit", "samples/summer.jsonl", "--output", path];
        says(&arguments, english, chinese);
        assert!(!said(&arguments, "en").contains(".tmp"), "{}", said(&arguments, "en"));
    };
    let nowhere = folder.path().join("nowhere").display().to_string();
    audit(&format!("{nowhere}/x.json"), &format!("there is no folder {nowhere}; create it"), "不存在");
    audit(&format!("{file}/x.json"), &format!("{file} is not a folder"), "不是文件夹");
    audit(&folder.path().display().to_string(), "a folder has this name", "已有同名的文件夹");
}

#[test]
fn a_slip_in_a_command_is_seen() {
    says(&["adit", "x.jsonl"], "adit: no such file and no such command (did you mean `audit`?)", "是否想用 `audit`");
    says(&["expln"], "(did you mean `explain`?)", "是否想用 `explain`");
    says(&["data.jsonl"], "data.jsonl: no such file; check the path", "文件不存在");
}

#[test]
fn files_of_other_kinds_are_named_as_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let of = |bytes: &[u8], english: &str, chinese: &str| {
        let path = put(folder.path(), "data.jsonl", bytes);
        says(&["print", &path], english, chinese);
        let is_utf16 = english.contains("UTF-16");
        assert_eq!(said(&["print", &path], "en").contains("iconv -f UTF-16"), is_utf16, "{english}");
    };
    of(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0", "this is a program", "程序");
    of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is a picture", "图片");
    of(b"PK\x05\x06\0\0\0\0", "this is a ZIP archive", "ZIP");
    of(b"GGUF\x03\0\0\0", "this is the weights of a model", "模型权重");
    of(b"\x40\0\0\0\0\0\0\0{\"__metadata__\":{}}", "this is the weights of a model", "模型权重");
    of(b"\x01\0\x02\xff\0\0\x07\0\0\n", "this looks like a binary file", "二进制文件");
    let utf16: Vec<u8> = "{\"text\": \"\u{590f}\u{5929}\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    of(&utf16, "this looks like UTF-16", "UTF-16");
}

#[test]
fn a_quote_that_is_not_closed_is_damage_and_no_row_is_lost_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "data.csv", b"instruction,output\na,b\nc,\"d\ne,f\ng,h\n");
    let arguments = ["print", "--records", "all", &path];
    says(&arguments, "record 2   line 3", "3");
    says(&arguments, "neither its row nor the 2 lines after it can be read", "其后的 2 行都无法读取");
    let inches = put(folder.path(), "inches.csv", b"instruction,output\n5\" disk,b\nc,d\n");
    let rows = said(&["print", "--records", "all", &inches], "en");
    assert!(rows.contains("record 1   line 2") && rows.contains("record 2   line 3"), "a quote in a field: {rows}");
}

#[test]
fn a_slip_in_the_tokenizer_of_a_project_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "maskview.toml", b"tokenizer = \"minimnd\"\n");
    let data = std::fs::read("samples/summer.jsonl").unwrap();
    let path = put(folder.path(), "data.jsonl", &data);
    says(&["print", &path], "`minimnd` (did you mean `minimind`?)", "是否想用 `minimind`");
}

#[test]
fn a_table_in_markdown_has_each_label_once() {
    let report = said(&["audit", "samples/summer.jsonl", "--format", "markdown"], "en");
    let table = report.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let labels: Vec<&str> = table.take_while(|label| *label != "severity").collect();
    for (at, label) in labels.iter().enumerate() {
        assert!(!labels[..at].contains(label), "{label}: {report}");
    }
    assert!(report.contains("| trained share of a record | min") && report.contains("<br>nothing trained in"));
}

#[test]
fn clean_records_with_warnings_are_counted_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let clean = folder.path().join("clean.jsonl").display().to_string();
    let audit = ["audit", "samples/summer.jsonl", "--write-clean", &clean];
    says(&audit, "8 clean records written to ", "8 条没有问题的记录已写入 ");
    says(&audit, "clean.jsonl, 3 of them with warnings (--fail-on warning", "其中 3 条有警告（--fail-on warning");
    let strict = said(&[&audit[..], &["--fail-on", "warning"]].concat(), "en");
    assert!(strict.contains("5 clean records") && !strict.contains("with warnings ("), "{strict}");
}
