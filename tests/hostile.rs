//! Files that want to bring the program down: each fails by itself, with a message, within limits of memory and time that
//! are set on the process.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const GOOD: &str = r#"{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "a!"}]}"#;

/// Runs the program with so many kilobytes of address space at most.
fn limited(kilobytes: u64, arguments: &[&str]) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -v \"$0\"; exec \"$@\"", &kilobytes.to_string(), env!("CARGO_BIN_EXE_maskview")]);
    shell.args(arguments).args(["--lang", "en"]).stdin(Stdio::null());
    for name in ["MASKVIEW_TOKENIZER", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        shell.env_remove(name);
    }
    shell.output().unwrap()
}

/// The address space of a run that has nothing to fear.
const GIGABYTE: u64 = 1 << 20;

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path
}

fn name(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A tokenizer with a part of its own, and a plain chat template.
fn tokenizer(folder: &TempDir, part: &str) -> PathBuf {
    let model = r#""model": {"type": "BPE", "vocab": {"a": 0, "!": 1}, "merges": [], "unk_token": null}"#;
    let text = format!(r#"{{"version": "1.0", "added_tokens": [], {model}, {part}}}"#);
    write(folder, "tokenizer/tokenizer.json", &text);
    let template = "{% for message in messages %}{{ message.content }}{% endfor %}";
    write(folder, "tokenizer/chat_template.jinja", template).parent().unwrap().to_owned()
}

#[test]
fn a_tokenizer_that_fails_on_a_text_fails_its_record_alone() {
    let splitting = |pattern: &str| {
        let split =
            format!(r#""type": "Split", "pattern": {{"Regex": "{pattern}"}}, "behavior": "Isolated", "invert": false"#);
        format!(r#""pre_tokenizer": {{{split}}}"#)
    };
    let replacing = |pattern: &str, content: &str| {
        format!(r#""normalizer": {{"type": "Replace", "pattern": {{"String": "{pattern}"}}, "content": "{content}"}}"#)
    };
    let chained = [r#"{"type": "Replace", "pattern": {"String": "a"}, "content": "aa"}"#; 12].join(",");
    for (part, why) in [
        (splitting("(a+)+$"), "breaks down on this text"),
        (replacing("a", &"b".repeat(5_000)), "would make up to"),
        (replacing("", &"b".repeat(5_000)), "would make up to"),
        (format!(r#""normalizer": {{"type": "Sequence", "normalizers": [{chained}]}}"#), "would make up to"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let tokenizer = tokenizer(&folder, &part);
        let short = r#"{"messages": [{"role": "user", "content": "!"}, {"role": "assistant", "content": "!!"}]}"#;
        let bad = short.replace("!!", &("a".repeat(400) + "!"));
        let data = write(&folder, "data.jsonl", &format!("{short}\n{bad}\n{short}\n"));
        let with = ["--tokenizer", name(&tokenizer), "-p", "full,last-turn"];
        let run = |command: &[&str]| limited(2 * GIGABYTE, &[command, &[name(&data)], &with].concat());

        let printed = run(&["print", "--records", "all"]);
        let text = said(&printed);
        assert_eq!(printed.status.code(), Some(0), "{text}");
        assert!(text.contains(why), "{why}: {text}");
        assert!(text.contains("record 1 ") && text.contains("record 3 "), "{text}");
        assert!(!text.contains("panicked"), "{text}");

        let compared = run(&["diff", "--format", "json"]);
        let counts: serde_json::Value = serde_json::from_slice(&compared.stdout).unwrap();
        assert_eq!((&counts["records"], &counts["compared"]), (&3.into(), &2.into()), "{}", said(&compared));

        let audited = run(&["audit", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_slice(&audited.stdout).unwrap();
        assert_eq!(report["figures"]["failed"]["records"], 1, "{}", said(&audited));
        assert_eq!(audited.status.code(), Some(1));
    }
}

#[test]
fn merges_that_cut_characters_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let model = r#"{"version": "1.0", "added_tokens": [], "model": {"type": "BPE", "vocab": {"a": 0, "é": 1},
        "merges": [["a", "é"]], "continuing_subword_prefix": "x"}}"#;
    let path = write(&folder, "tokenizer.json", model);
    let refused = limited(GIGABYTE, &["print", "samples/summer.jsonl", "--tokenizer", name(&path)]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).expect("whole characters are written");
    assert!(said.contains("continuing_subword_prefix"), "{said}");
}

#[test]
fn a_record_of_gigabytes_is_an_error_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.jsonl");
    let mut file = File::create(&path).unwrap();
    writeln!(file, "{GOOD}").unwrap();
    // A line of zeros that takes no room on the disk.
    file.set_len(2 << 30).unwrap();
    std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0)).unwrap();
    write!(file, "\n{GOOD}\n").unwrap();
    drop(file);
    let printed = limited(GIGABYTE, &["print", name(&path), "--records", "all"]);
    let text = said(&printed);
    assert_eq!(printed.status.code(), Some(0), "{text}");
    assert!(text.contains("record 2   line 2") && text.contains("the record has 2048.0 MB"), "{text}");
    assert!(text.contains("--max-record-size 2048M") && text.contains("record 3   line 3"), "{text}");
}

#[test]
fn a_compressed_file_that_unfolds_to_one_record_is_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.jsonl.zst");
    let mut packed = zstd::Encoder::new(File::create(&path).unwrap(), 1).unwrap();
    let zeros = vec![b' '; 1 << 20];
    packed.write_all(b"{").unwrap();
    (0..300).for_each(|_| packed.write_all(&zeros).unwrap());
    write!(packed, "}}\n{GOOD}\n").unwrap();
    packed.finish().unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() < 1 << 20);
    let text = said(&limited(GIGABYTE, &["print", name(&path), "--records", "all"]));
    assert!(text.contains("the record has 300.0 MB") && text.contains("record 2 "), "{text}");
    let allowed = limited(2 * GIGABYTE, &["audit", name(&path), "--max-record-size", "400M", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&allowed.stdout).unwrap();
    let failed = &report["figures"]["failed"]["kept"];
    assert!(failed.to_string().contains("no conversation in it"), "it was read then: {failed}");
}

#[test]
fn a_compressed_file_that_unfolds_to_many_records_does_not_fill_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.jsonl.zst");
    let mut packed = zstd::Encoder::new(File::create(&path).unwrap(), 1).unwrap();
    let lines = format!("{GOOD}\n").repeat(10_000);
    (0..100).for_each(|_| packed.write_all(lines.as_bytes()).unwrap());
    packed.finish().unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() < 1 << 20);
    // No file may grow beyond 4 MiB: a larger one ends the program by a signal.
    let run = |arguments: &[&str]| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -f 8192; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_maskview")]);
        shell.args(arguments).args([name(&path), "--max-unpacked-size", "2M"]).stdin(Stdio::null()).output().unwrap()
    };
    let printed = run(&["print", "--records", "1-2", "--lang", "en"]);
    assert_eq!(printed.status.code(), Some(0), "{}", said(&printed));
    assert!(said(&printed).contains("record 2   line 2"), "{}", said(&printed));
    for (language, words) in [("en", "unpackstomorethan2MiB"), ("zh", "解压后超过2MiB")] {
        let audited = run(&["audit", "--lang", language]);
        let text = said(&audited);
        assert_eq!(audited.status.code(), Some(1), "{text}");
        // Wherever its lines are broken.
        let solid: String = text.split_whitespace().collect();
        assert!(solid.contains(words) && solid.contains("--max-unpacked-size"), "{text}");
    }
    let without = limited(GIGABYTE, &["print", name(&path), "--records", "1000000"]);
    assert!(said(&without).contains("record 1000000   line 1000000"), "{}", said(&without));
}

#[test]
fn the_limit_of_a_record_is_an_option() {
    let run = |size: &str| limited(GIGABYTE, &["print", "samples/summer.jsonl", "--max-record-size", size]);
    assert!(said(&run("100")).contains("more than --max-record-size allows"));
    assert!(!said(&run("1M")).contains("more than"));
    let refused = run("much");
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("64M"), "{}", said(&refused));
}

#[test]
fn a_record_of_a_million_messages_is_refused_and_the_next_one_shown() {
    let folder = tempfile::tempdir().unwrap();
    let message = r#"{"role":"user","content":"a"},"#.repeat(1_000_000);
    let data = format!("{{\"messages\":[{}]}}\n{GOOD}\n", message.trim_end_matches(','));
    let path = write(&folder, "data.jsonl", &data);
    let started = Instant::now();
    let text = said(&limited(4 * GIGABYTE, &["print", name(&path), "--records", "all"]));
    assert!(text.contains("1000000 messages, and maskview takes at most 100000"), "{text}");
    assert!(text.contains("record 2 "), "{text}");
    assert!(started.elapsed() < Duration::from_mins(1), "{:?}", started.elapsed());
}

#[test]
fn a_role_as_long_as_a_book_is_refused_and_the_next_record_shown() {
    let folder = tempfile::tempdir().unwrap();
    let record = |role: &str| format!("{{\"messages\": [{{\"role\": \"{role}\", \"content\": \"a\"}}]}}\n");
    let path = write(&folder, "data.jsonl", &(record(&"r".repeat(300_000)) + &record("user")));
    let arguments = ["print", name(&path), "--records=all", "--format=jsonl"];
    let output = limited(4_000_000, &arguments);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(printed.lines().count(), 2, "{}", said(&output));
    assert!(printed.contains("the role of message 0 has 300000 bytes"), "{}", &printed[..200.min(printed.len())]);
    assert!(printed.lines().last().unwrap().contains("\"error\":null"), "{printed}");
}

#[test]
fn nesting_without_end_is_an_error_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let nested = format!("{{\"messages\": {}", "[".repeat(4 << 20));
    let closed = format!("{{\"messages\": {}{}}}", "[".repeat(1000), "]".repeat(1000));
    let path = write(&folder, "data.jsonl", &format!("{nested}\n{closed}\n{GOOD}\n"));
    let text = said(&limited(GIGABYTE, &["print", name(&path), "--records", "all"]));
    assert!(text.contains("nested deeper than 128 levels") && text.contains("record 3 "), "{text}");
}

#[test]
fn yaml_that_unfolds_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let parts = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = std::fmt::Write::write_fmt(&mut config, format_args!("a{level}: &a{level} [{parts}]\n"));
    }
    let path = write(&folder, "config.yml", &(config + "base_model: x\n"));
    let started = Instant::now();
    for option in ["--axolotl", "--llamafactory", "--trl", "--swift", "--mlx", "--verl"] {
        let refused = limited(GIGABYTE, &["print", option, name(&path)]);
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(said(&refused).contains("config.yml"), "{}", said(&refused));
    }
    assert!(started.elapsed() < Duration::from_secs(30));
}

/// Numbers of any kind that say far too much, wherever a table keeps its sizes.
#[cfg(feature = "arrow")]
#[test]
fn tables_that_lie_about_sizes_stay_within_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut runs = 0;
    for table in ["rows.parquet", "rows-zstd.parquet", "rows-stream.arrow", "rows-file.arrow", "rows-lz4.feather"] {
        let whole = std::fs::read(format!("tests/data/{table}")).unwrap();
        for number in [&[0xFE, 0xFF, 0xFF, 0xFF, 0x0F][..], &i64::from(i32::MAX).to_le_bytes(), &[0xFF; 7]] {
            for place in (0..whole.len() - number.len()).step_by(401) {
                let mut lying = whole.clone();
                lying[place..place + number.len()].copy_from_slice(number);
                let path = folder.path().join(table);
                std::fs::write(&path, lying).unwrap();
                let printed = limited(GIGABYTE, &["print", name(&path), "--records", "all", "--format", "jsonl"]);
                // A failed allocation ends a process by a signal.
                assert!(printed.status.code().is_some(), "{table}, {number:?} at {place}: {}", said(&printed));
                runs += 1;
            }
        }
    }
    assert!(runs > 150, "{runs}");
}

#[test]
fn what_may_not_be_read_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    write(&folder, "closed/tokenizer.json", "{}");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = std::fs::read_dir(&closed).is_ok();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(if is_root { "setpriv" } else { "env" });
        if is_root {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        }
        command.arg(env!("CARGO_BIN_EXE_maskview")).args(arguments).current_dir("/").output()
    };
    // Where nobody else may run the program, this cannot be tried as root.
    if is_root && !run(&["--version"]).is_ok_and(|ran| ran.status.success()) {
        eprintln!("not tried: the program cannot be run as another user");
        return;
    }
    let sample = folder.path().join("sample.jsonl");
    std::fs::copy("samples/summer.jsonl", &sample).unwrap();
    for arguments in [
        ["print", name(&closed), "--lang=en"].as_slice(),
        &["print", name(&sample), "--tokenizer", name(&closed), "--lang=en"],
    ] {
        let refused = run(arguments).unwrap();
        let text = said(&refused).to_lowercase();
        assert_eq!(refused.status.code(), Some(2), "{text}");
        assert!(text.contains("permission denied"), "{arguments:?}: {text}");
    }
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
}
