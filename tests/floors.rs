//! Imports point downward only: each file may use its own floor and those below it.

use std::path::{Path, PathBuf};

/// The floors from top to bottom; those of one line stand side by side and do not use each other.
const FLOORS: &[&[&str]] = &[
    &["main"],
    &["lib"],
    &["tui", "commands"],
    &["config"],
    &["cli"],
    &["writers"],
    &["paint"],
    &["report"],
    &["filter"],
    &["survey"],
    &["pipeline"],
    &["lints"],
    &["policies"],
    &["marking"],
    &["sequence"],
    &["template", "tokenizer"],
    &["dataset"],
    &["formats"],
    &["conversation"],
    &["words"],
    &["error", "json"],
];

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&name))
}

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The name of the floor that a file belongs to.
fn home(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The floors that a text names by `crate::…`, with `crate::{a, b}` taken apart.
fn imports(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let word = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = &list[..list.find("};").unwrap_or(list.len())];
                names.extend(list.split(',').map(|piece| word(piece.trim())));
            }
            None => names.push(word(rest)),
        }
    }
    names
}

#[test]
fn imports_point_downward() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 40);
    for path in files {
        let home = home(&path);
        let own =
            floor(&home).unwrap_or_else(|| panic!("{}: `{home}` is on no floor; add it to this test", path.display()));
        let text = std::fs::read_to_string(&path).unwrap();
        for name in imports(&text) {
            let Some(used) = floor(&name) else { continue };
            assert!(name == home || used > own, "{}: `{home}` may not use `{name}`", path.display());
        }
    }
}

#[test]
fn the_test_sees_every_form_of_import() {
    assert_eq!(imports("use crate::{a::B, c};\nlet x = crate::d::E;"), ["a", "c", "d"]);
}
