//! What CONTRIBUTING.md says of adding a policy, a lint, a schema and a view is true: its blocks are put into a copy of the
//! repository, which is then built and run. It builds the program again, and is run where that is asked for.

use crate::pty::Terminal;
use portable_pty::CommandBuilder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A block of the document: the file that it belongs to, the line below which it is put, and its text.
struct Block {
    file: String,
    below: Option<String>,
    text: String,
}

/// The blocks that begin with the name of a file.
fn blocks(document: &str) -> Vec<Block> {
    let rust = document.split("\n```rust\n// src/").skip(1);
    let block = |rest: &str| {
        let (first, body) = rest.split_once('\n').unwrap();
        let (file, below) = match first.split_once(", below: ") {
            Some((file, line)) => (file, Some(line.to_owned())),
            None => (first, None),
        };
        let end = body.find("\n```\n").expect("each block has an end");
        Block { file: format!("src/{file}"), below, text: body[..=end].to_owned() }
    };
    rust.map(block).collect()
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// Puts a block where it belongs; a new file gets its `mod` too.
fn put(root: &Path, block: &Block) {
    let path = root.join(&block.file);
    match &block.below {
        None => {
            assert!(!path.exists(), "{} is new", block.file);
            fs::write(&path, &block.text).unwrap();
            let parent = path.parent().unwrap().with_extension("rs");
            let text = fs::read_to_string(&parent).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let first = text.find("\nmod ").expect("a list of modules");
            let declared = format!("{}\nmod {name};{}", &text[..first], &text[first..]);
            fs::write(&parent, declared).unwrap();
        }
        Some(line) => {
            let text = fs::read_to_string(&path).unwrap();
            let at =
                text.find(line.as_str()).unwrap_or_else(|| panic!("{}: no line {line:?}", block.file)) + line.len();
            fs::write(&path, format!("{}\n{}{}", &text[..at], block.text, &text[at..])).unwrap();
        }
    }
}

/// A copy of the repository with everything added, built; gives the program.
fn build(root: &Path) -> PathBuf {
    for name in
        ["Cargo.toml", "Cargo.lock", "README.md", "src", "crates", "assets", "samples", "benches", "tests/main.rs"]
    {
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        copy(Path::new(name), &root.join(name));
    }
    let blocks = blocks(&fs::read_to_string("CONTRIBUTING.md").unwrap());
    assert_eq!(blocks.iter().filter(|block| block.below.is_none()).count(), 4, "a policy, a lint, a schema and a view");
    for block in &blocks {
        put(root, block);
    }
    let mut cargo = Command::new(env!("CARGO"));
    // What the dependencies were built to is used again.
    cargo.args(["build", "--locked", "--offline", "--target-dir"]).arg(Path::new("target").canonicalize().unwrap());
    cargo.args(["--bin", "maskview"]).current_dir(root);
    let built = cargo.output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    // The next build of the repository itself puts its own program there.
    let program = root.join("maskview");
    fs::copy("target/debug/maskview", &program).unwrap();
    program
}

#[test]
#[ignore = "builds the program again"]
fn what_is_added_is_there() {
    let root = tempfile::tempdir().unwrap();
    let program = build(root.path());
    let run = |arguments: &[&str]| -> Output { Command::new(&program).args(arguments).output().unwrap() };
    let text = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();

    let quiz = root.path().join("quiz.jsonl");
    fs::write(&quiz, "{\"riddle\": \"What has keys and no locks?\", \"solution\": \"A PIANO\"}\n").unwrap();
    let quiz = quiz.to_str().unwrap();

    assert!(text(&run(&["explain", "second-half"])).contains("second half of each sequence"));
    let printed = run(&["print", quiz, "-p", "second-half", "--format", "jsonl"]);
    let record: serde_json::Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(record["schema"], "quiz");
    let padding = record["padding"].as_u64().unwrap() as usize;
    let length = record["input_ids"].as_array().unwrap().len() - padding;
    let trained = record["masks"]["second-half"].as_array().unwrap().iter().filter(|bit| **bit == 1).count();
    assert_eq!(trained, length - length / 2);

    assert!(text(&run(&["explain", "shouting", "--lang", "en"])).contains("learns to shout"));
    assert!(text(&run(&["explain", "shouting", "--lang", "zh"])).contains("用大写喊叫"));
    for (language, words) in [("en", "written in capital letters"), ("zh", "全是大写字母")] {
        let audited = run(&["audit", quiz, "--select", "shouting", "--lang", language]);
        // The report breaks its lines where they are full.
        let spaceless = |text: &str| -> String { text.split_whitespace().collect() };
        assert!(spaceless(&text(&audited)).contains(&spaceless(words)), "{}", text(&audited));
    }

    let mut viewer = CommandBuilder::new(&program);
    viewer.args([quiz, "--view", "ids"]);
    let mut terminal = Terminal::run(viewer, (100, 30));
    let first = format!("id {}", record["input_ids"][0]);
    terminal.wait_for(&first);
    terminal.press("q");
    assert_eq!(terminal.finish(), 0);
}
