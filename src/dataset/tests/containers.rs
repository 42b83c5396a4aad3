//! Containers of text, plain and compressed.

use super::*;

fn check(name: &str, bytes: impl AsRef<[u8]>, kind: &str, expected: &[(usize, serde_json::Value)]) {
    let folder = TempDir::new().unwrap();
    let dataset = open(&write(&folder, name, bytes));
    let records = all(&dataset);
    assert_eq!(dataset.containers()[0].as_deref(), Some(kind), "{records:?}");
    let expected: Vec<_> = expected.iter().map(|(line, value)| (*line, Ok(value.clone()))).collect();
    assert_eq!(records, expected);
}

fn failing(name: &str, bytes: impl AsRef<[u8]>, good: usize, message: &str) {
    let folder = TempDir::new().unwrap();
    let records = all(&open(&write(&folder, name, bytes)));
    assert_eq!(records.iter().filter(|(_, value)| value.is_ok()).count(), good, "{records:?}");
    let error = records.last().unwrap().1.as_ref().unwrap_err().to_string();
    assert!(error.contains(message), "{error}");
}

fn two() -> [(usize, serde_json::Value); 2] {
    [(1, json!({"a": 1})), (1, json!({"a": "]"}))]
}

#[test]
fn arrays() {
    check("a.json", r#"[{"a":1},{"a":"]"}]"#, "JSON array", &two());
    check(
        "a.json",
        "\u{feff}[\n  {\n    \"a\": 1\n  },\n  {}\n]\n",
        "JSON array",
        &[(2, json!({"a": 1})), (5, json!({}))],
    );
    check("a.json", "[]", "JSON array", &[]);
    failing("a.json", "[{}, {}, 3]", 2, "a number");
    failing("a.json", "[{}, {}, {\"a\":", 2, "cut off");
    failing("a.json", "[{}, {},", 2, "not closed");
    failing("a.json", "[{},\n {}]\n{}", 2, "line 3");
    failing("a.jsonl", "{}\n[{}]", 1, "a list where an object");
    failing("a.jsonl", "[{}]\n[{}]", 0, "a list where an object");
}

#[test]
fn long_arrays_are_read_from_remembered_places() {
    let elements: Vec<_> = (0..5_000).map(|index| json!({"a": index, "b": "[,{\"".repeat(index % 50)})).collect();
    let expected: Vec<_> = elements.iter().enumerate().map(|(index, value)| (index + 2, value.clone())).collect();
    let lines: Vec<String> = elements.iter().map(ToString::to_string).collect();
    check("a.json", format!("[\n{}\n]", lines.join(",\n")), "JSON array", &expected);
    let under = format!("{{\"data\":[\n{}\n], \"size\": 5}}", lines.join(",\n"));
    check("a.json", under, "JSON array", &expected);
}

#[test]
fn arrays_under_a_key() {
    check("a.json", r#"{"version":"1.0","x":{"data":3},"data":[{"a":1},{"a":"]"}],"y":1}"#, "JSON array", &two());
    check("a.json", "{\n \"train\": [\n  {}\n ]\n}\n", "JSON array", &[(3, json!({}))]);
    // Records that happen to have such a key.
    let line = json!({"data": [{"role": "user"}]});
    check("a.jsonl", format!("{line}\n{line}\n"), "JSON lines", &[(1, line.clone()), (2, line)]);
}

#[test]
fn objects_over_several_lines() {
    let value = json!({"a": [1, {"b": "}"}], "c": {}});
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    let second = pretty.lines().count() + 1;
    let kind = "JSON objects over several lines";
    check("a.jsonl", format!("{pretty}\n{pretty}\n"), kind, &[(1, value.clone()), (second, value.clone())]);
    check("a.json", &pretty, kind, &[(1, value)]);
}

#[test]
fn a_broken_first_line_does_not_swallow_the_others() {
    for broken in ["{\"a\": \"x", "{\"a\": [1, 2", "{'a': 1}", "{\"a\": {", "}", "x"] {
        let folder = TempDir::new().unwrap();
        let path = write(&folder, "a.jsonl", format!("{broken}\n{{\"a\":1}}\n{{\"a\":2}}\n"));
        let records = all(&open(&path));
        assert_eq!(records.len(), 3, "{broken}");
        assert!(records[0].1.is_err() && records[1].1.is_ok() && records[2].1.is_ok(), "{broken}");
    }
}

#[test]
fn csv_and_text() {
    let csv = "\u{feff}text,n\r\n\"a \"\"b\"\",\nc\",1\r\n\r\nd,\r\n";
    check("a.csv", csv, "CSV", &[(2, json!({"text": "a \"b\",\nc", "n": "1"})), (5, json!({"text": "d", "n": null}))]);
    check("a.tsv", "a\tb\n1\t2", "CSV", &[(2, json!({"a": "1", "b": "2"}))]);
    failing("a.csv", "a,b\n1,2\n1,2,3\n", 1, "3 fields, but the header has 2");
    check("a.txt", "one\r\n\ntwo", "text", &[(1, json!({"text": "one"})), (3, json!({"text": "two"}))]);
    check("a.txt", "{\"a\":1}", "JSON lines", &[(1, json!({"a": 1}))]);
}

#[test]
fn files_that_are_no_data_sets() {
    failing("a.jsonl", b"PK\x03\x04....", 0, "ZIP archive");
    failing("a.jsonl", b"\xff\xfe{\0}\0", 0, "iconv");
    failing("a.db", b"SQLite format 3\0\n{}\n{}", 0, "SQLite");
    failing("a.parquet", b"version https://git-lfs.github.com/spec/v1\n", 0, "git lfs pull");
    failing("a.parquet", b"<!DOCTYPE html>", 0, "this is not a Parquet or Arrow file");
    failing("a.arrow", b"XXXXXX\0\0", 0, "download the file again");
}

type Packer = fn(&[u8]) -> Vec<u8>;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const PACKERS: [(&str, Packer); 3] = [("gzip", gzip), ("zstd", zstd), ("bzip2", bzip2)];

#[test]
fn compressed_files_of_several_parts() {
    for (name, pack) in PACKERS {
        let bytes = [pack(b"{\"a\":1}\n{\"a"), pack(b"\":\"]\"}\n")].concat();
        let expected = [(1, json!({"a": 1})), (2, json!({"a": "]"}))];
        check("a.jsonl", &bytes, &format!("JSON lines, {name}"), &expected);
        check("a.json", pack(br#"[{"a":1},{"a":"]"}]"#), &format!("JSON array, {name}"), &two());
    }
    let xz = include_bytes!("../../../tests/data/lines.jsonl.xz");
    check("a.jsonl", xz, "JSON lines, xz", &[(1, json!({"a": 1})), (2, json!({"a": "]"}))]);
    let csv = gzip(b"a\n1\n");
    check("a.csv.gz", csv, "CSV, gzip", &[(2, json!({"a": "1"}))]);
}

#[test]
fn compressed_files_that_are_cut_off_show_what_they_have() {
    let mut state = 1_u32;
    let mut text = Vec::new();
    for _ in 0..200_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        writeln!(text, "{{\"a\":{state}}}").unwrap();
    }
    for (name, pack) in PACKERS {
        let packed = pack(&text);
        let folder = TempDir::new().unwrap();
        let records = all(&open(&write(&folder, "a", &packed[..packed.len() / 2])));
        let (last, good) = records.split_last().unwrap();
        assert!(good.len() > 50_000 && good.iter().all(|(_, value)| value.is_ok()), "{name}: {}", good.len());
        assert_eq!(last.0, good.len() + 1);
        let error = last.1.as_ref().unwrap_err().to_string();
        assert!(error.contains(name) && error.contains("completely"), "{error}");
    }
    failing("a.gz", &gzip(b"{}\n")[..5], 0, "gzip");
}

#[test]
fn compressed_data_from_a_pipe() {
    let (sender, stream) = pipe();
    let dataset = Dataset::from_reader("-", stream).unwrap();
    for byte in gzip(b"{\"a\":1}\n") {
        sender.send(vec![byte]).unwrap();
    }
    drop(sender);
    assert_eq!(all(&dataset), [(1, Ok(json!({"a": 1})))]);
    assert_eq!(dataset.containers()[0].as_deref(), Some("JSON lines, gzip"));
}

#[test]
fn elements_of_an_array_appear_before_the_pipe_closes() {
    let (sender, stream) = pipe();
    let dataset = Dataset::from_reader("-", stream).unwrap();
    for byte in b"[ {\"a\": 1},\n{\"a\"" {
        sender.send(vec![*byte]).unwrap();
    }
    assert_eq!(dataset.record(0).unwrap().value, Ok(json!({"a": 1})));
    assert_eq!(dataset.try_record(1), Lookup::NotYet);
    drop(sender);
    assert_eq!(dataset.count(), 2);
}

/// Hands out its bytes in pieces of odd lengths.
struct Pieces(Vec<u8>, usize);

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.len().min(self.1).min(buffer.len());
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0.drain(..count);
        Ok(count)
    }
}

#[test]
fn whatever_a_file_holds_both_ways_of_reading_agree() {
    const WORDS: [&str; 20] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\r\n",
        " ",
        "1",
        "\"data\"",
        "\"a\":1",
        "{\"a\":1}",
        "{}",
        "夏",
        "\u{feff}",
        "null",
        "\"a\n",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below) as usize
    };
    for round in 0..3_000 {
        let start = ["", "[", "{\"data\":[", "{\n", "{\"a\":1}\n"][round % 5];
        let text: String = std::iter::once(start).chain((0..random(30)).map(|_| WORDS[random(20)])).collect();
        let whole = all(&Dataset::from_reader("a", Pieces(text.clone().into_bytes(), usize::MAX)).unwrap());
        let pieces = all(&Dataset::from_reader("a", Pieces(text.clone().into_bytes(), 1 + random(5))).unwrap());
        assert_eq!(whole, pieces, "{text:?}");
        let unforeseen = whole
            .iter()
            .any(|(_, value)| value.as_ref().is_err_and(|error| error.to_string().contains("unexpectedly")));
        assert!(!unforeseen, "{text:?}: {whole:?}");
    }
}
