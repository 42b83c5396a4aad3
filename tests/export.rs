//! `maskview export`: pictures and labels.

use std::process::{Command, Output};

fn export(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    command.env("HOME", "/nonexistent").env_remove("MASKVIEW_TOKENIZER").arg("export").args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_record_is_a_picture() {
    let svg = text(&export(&["samples/summer.jsonl", "--records", "3", "--view", "lanes", "-p", "legacy,minimind"]));
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let title = tree.descendants().find(|node| node.has_tag_name("title")).unwrap();
    assert!(title.text().unwrap().contains("summer.jsonl"), "{svg}");
    assert!(svg.contains("minimind") && svg.contains("assistant"));
    let html = text(&export(&["samples/summer.jsonl", "--format", "html", "--lang", "zh"]));
    assert!(html.contains("<html lang=\"zh\">") && html.contains("夏") && !html.contains("<script"));
    let refused = export(&["samples/broken.jsonl", "--records", "2"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && said.contains("broken.jsonl"), "{said}");
    let refused = export(&["samples/summer.jsonl", "--records", "99"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("there is no record 99; the data set has 9"));
}

/// `export` with the fonts of the folder, and no others.
#[cfg(all(target_os = "linux", feature = "png"))]
fn with_fonts(folder: &std::path::Path, arguments: &[&str]) -> Output {
    let settings = tempfile::NamedTempFile::new().unwrap();
    let folder = folder.canonicalize().unwrap();
    std::fs::write(&settings, format!("<fontconfig><dir>{}</dir></fontconfig>", folder.display())).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    command.env("FONTCONFIG_FILE", settings.path()).env("LC_ALL", "C").env_remove("MASKVIEW_TOKENIZER");
    command.arg("export").args(arguments).output().unwrap()
}

#[cfg(all(target_os = "linux", feature = "png"))]
#[test]
fn a_record_is_a_png_picture() {
    let fonts = std::path::Path::new("tests/data/fonts");
    let arguments = ["samples/summer.jsonl", "--format", "png", "--view", "table", "--width", "80"];
    let drawn = with_fonts(fonts, &arguments);
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let reader = png::Decoder::new(std::io::Cursor::new(&drawn.stdout)).read_info().unwrap();
    assert_eq!(reader.info().width, 2 * (80 * 9 + 24));
    assert!(reader.info().height > 2 * 40 * 20);
    // The fonts of the tests have two Chinese characters, and the record has more.
    let said = String::from_utf8_lossy(&drawn.stderr).into_owned();
    assert!(said.contains("no installed font has") && !said.contains('夏'), "{said}");
    let empty = tempfile::tempdir().unwrap();
    for (language, expected) in [("en", "no monospace font is installed"), ("zh", "没有安装等宽字体")] {
        let refused = with_fonts(empty.path(), &["samples/summer.jsonl", "--format", "png", "--lang", language]);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(refused.status.code() == Some(2) && refused.stdout.is_empty(), "{said}");
        assert!(said.contains(expected) && said.contains("SVG") && said.contains("HTML"), "{said}");
    }
}

#[cfg(not(feature = "png"))]
#[test]
fn png_that_is_not_built_in_is_said_to_be() {
    let refused = export(&["samples/summer.jsonl", "--format", "png"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && refused.stdout.is_empty(), "{said}");
    assert!(said.contains("not built into this maskview; write SVG or HTML"), "{said}");
}

#[test]
fn labels_are_the_ids_in_the_loss() {
    let lines = text(&export(&["samples/summer.jsonl", "--format", "labels", "-p", "minimind"]));
    assert_eq!(lines.lines().count(), 9);
    let print = Command::new(env!("CARGO_BIN_EXE_maskview"))
        .args([
            "print",
            "samples/summer.jsonl",
            "--records",
            "all",
            "-p",
            "minimind",
            "--format",
            "jsonl",
            "--padding",
            "0",
        ])
        .output()
        .unwrap();
    for (line, printed) in lines.lines().zip(text(&print).lines()) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let printed: serde_json::Value = serde_json::from_str(printed).unwrap();
        assert_eq!(line["input_ids"], printed["input_ids"]);
        let ids = printed["input_ids"].as_array().unwrap();
        let expected: Vec<i64> = printed["masks"]["minimind"]
            .as_array()
            .unwrap()
            .iter()
            .zip(ids)
            .map(|(bit, id)| if bit == 1 { id.as_i64().unwrap() } else { -100 })
            .collect();
        assert_eq!(line["labels"], serde_json::json!(expected));
        assert_eq!(line["attention_mask"], serde_json::json!(vec![1; ids.len()]));
    }
    // Padding that is asked for is masked out of the attention.
    let padded = text(&export(&[
        "samples/summer.jsonl",
        "--format",
        "labels",
        "-p",
        "minimind",
        "--padding",
        "2",
        "--records",
        "1",
    ]));
    let padded: serde_json::Value = serde_json::from_str(&padded).unwrap();
    assert!(padded["attention_mask"].as_array().unwrap().ends_with(&[1.into(), 0.into(), 0.into()]));
    // What gives no labels is left out, and told of.
    let broken = export(&["samples/broken.jsonl", "--format", "labels", "-p", "minimind", "--records", "all"]);
    let said = String::from_utf8_lossy(&broken.stderr).into_owned();
    assert!(
        broken.status.code() == Some(1) && said.contains("left out 1 record, first samples/broken.jsonl:"),
        "{said}"
    );
}

#[test]
fn labels_without_a_policy_are_those_that_an_audit_judges() {
    let labels = |arguments: &[&str]| export(&[arguments, &["--format", "labels"]].concat());
    let complaint = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    for (file, policy) in [("samples/messages.jsonl", "generation"), ("samples/tokenized.jsonl", "labels")] {
        let chosen = labels(&[file]);
        assert_eq!(text(&chosen), text(&labels(&[file, "-p", policy])), "{file}");
        let words = complaint(&chosen);
        assert!(words.contains(&format!("the labels are those of `{policy}`, chosen by")), "{words}");
        assert!(complaint(&labels(&[file, "-p", policy])).is_empty());
    }
    assert!(complaint(&export(&["samples/messages.jsonl"])).is_empty(), "a picture shows the policies of the viewer");
}

#[test]
fn the_ending_of_the_file_says_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let begins = |name: &str, more: &[&str]| {
        let path = folder.path().join(name);
        let output = export(&[&["samples/summer.jsonl", "--output", path.to_str().unwrap()], more].concat());
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&std::fs::read(path).unwrap()[..9]).into_owned()
    };
    assert!(begins("a.html", &[]).starts_with("<!doctype"));
    assert!(begins("a.jsonl", &[]).starts_with("{\"input_i"));
    assert!(begins("a.svg", &[]).starts_with("<svg"));
    assert!(begins("without-ending", &[]).starts_with("<svg"));
    assert!(begins("a.out", &["--format", "svg"]).starts_with("<svg"));
    assert!(begins("b.html", &["--format", "svg"]).starts_with("<svg"), "what is asked for goes first");
    let path = folder.path().join("a.pdf");
    let refused = export(&["samples/summer.jsonl", "--output", path.to_str().unwrap()]);
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{words}");
    assert!(words.contains("`.pdf`") && words.contains(".svg, .png, .html, .htm, .jsonl"), "{words}");
    assert!(!path.exists());
}

#[test]
fn no_file_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.svg");
    let name = path.to_str().unwrap();
    assert!(export(&["samples/summer.jsonl", "--output", name]).status.success());
    let first = std::fs::read(&path).unwrap();
    let refused = export(&["samples/summer.jsonl", "--records", "2", "--output", name]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is there already; give another name, or --force"));
    assert_eq!((refused.status.code(), std::fs::read(&path).unwrap()), (Some(2), first.clone()));
    assert!(export(&["samples/summer.jsonl", "--records", "2", "--output", name, "--force"]).status.success());
    assert_ne!(std::fs::read(&path).unwrap(), first);
    let data = folder.path().join("data.jsonl");
    std::fs::copy("samples/summer.jsonl", &data).unwrap();
    let over = export(&[data.to_str().unwrap(), "--output", data.to_str().unwrap(), "--force"]);
    assert!(String::from_utf8_lossy(&over.stderr).contains("no input is changed"));
}
