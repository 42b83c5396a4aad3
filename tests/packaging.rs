//! What is shipped beside the program is that of the program. `UPDATE_PACKAGING=1 cargo test packaging` writes the completions
//! and the manual page anew.

use serde_json::Value;
use std::process::Command;

/// What is generated: the file, and the arguments that print it.
const GENERATED: [(&str, &[&str]); 6] = [
    ("maskview.1", &["man"]),
    ("maskview.bash", &["completions", "bash"]),
    ("_maskview", &["completions", "zsh"]),
    ("maskview.fish", &["completions", "fish"]),
    ("_maskview.ps1", &["completions", "powershell"]),
    ("maskview.elv", &["completions", "elvish"]),
];

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn completions_and_manual_are_those_of_the_program() {
    for (name, arguments) in GENERATED {
        let path = format!("packaging/generated/{name}");
        let output = Command::new(env!("CARGO_BIN_EXE_maskview")).args(arguments).env("LC_ALL", "C").output().unwrap();
        let fresh = String::from_utf8(output.stdout).unwrap();
        assert!(fresh.contains("maskview"), "{name}");
        if std::env::var_os("UPDATE_PACKAGING").is_some() {
            std::fs::create_dir_all("packaging/generated").unwrap();
            std::fs::write(&path, &fresh).unwrap();
        }
        assert!(read(&path) == fresh, "{path} is stale: UPDATE_PACKAGING=1 cargo test packaging");
    }
    let kept = std::fs::read_dir("packaging/generated").unwrap().count();
    assert_eq!(kept, GENERATED.len(), "nothing else is kept there");
}

#[test]
fn the_changes_begin_with_this_version() {
    let changes = read("CHANGELOG.md");
    let first = changes.lines().find(|line| line.starts_with("## ")).unwrap();
    assert!(first.starts_with(&format!("## {} (", env!("CARGO_PKG_VERSION"))), "{first}");
}

/// The packages that the workspace is built of, on every platform. Those of other platforms may have to be downloaded
/// first, since no build here needs them.
fn packages() -> Vec<Value> {
    let mut metadata = Command::new(env!("CARGO"));
    metadata.args(["metadata", "--format-version=1", "--locked"]);
    let output = metadata.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn version(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap()).collect()
}

#[test]
fn no_dependency_needs_a_later_rust() {
    let own = version(env!("CARGO_PKG_RUST_VERSION"));
    let later: Vec<String> = packages()
        .iter()
        .filter(|package| package["rust_version"].as_str().is_some_and(|needed| version(needed) > own))
        .map(|package| format!("{} {} needs {}", package["name"], package["version"], package["rust_version"]))
        .collect();
    assert!(later.is_empty(), "{later:?}");
}

#[test]
fn licences_and_sources_are_allowed() {
    let deny = read("deny.toml");
    let list = deny.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let mut used = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let source = package["source"].as_str();
        assert!(source.is_none_or(|source| source.starts_with("registry+")), "{name} comes from {source:?}");
        let licence = package["license"].as_str().unwrap_or_else(|| panic!("{name} names no licence"));
        // One of each alternative will do.
        for part in licence.replace(['(', ')'], "").replace('/', " OR ").split(" AND ") {
            let choices: Vec<&str> = part.split(" OR ").map(str::trim).collect();
            let chosen = choices.iter().find(|choice| allowed.contains(choice));
            assert!(chosen.is_some(), "{name}: none of {choices:?} is allowed by deny.toml");
            used.extend(choices.iter().filter(|choice| allowed.contains(choice)).map(|choice| (*choice).to_owned()));
        }
    }
    for licence in allowed {
        assert!(used.iter().any(|used| used == licence), "deny.toml allows {licence}, which nothing has");
    }
}

#[test]
fn what_unwinds_can_be_caught() {
    // A panic of a tokenizer fails its record, which takes unwinding.
    assert!(!read("Cargo.toml").contains("panic = \"abort\""));
}
