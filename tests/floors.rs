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

/// The floors that each floor uses, without those that it reaches by another one.
fn arrows() -> Vec<(&'static str, &'static str)> {
    let names: Vec<&str> = FLOORS.iter().flat_map(|floor| floor.iter().copied()).collect();
    let mut uses: Vec<Vec<bool>> = vec![vec![false; names.len()]; names.len()];
    let place = |name: &str| names.iter().position(|known| *known == name);
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for path in files {
        let Some(from) = place(&home(&path)) else { continue };
        let text = std::fs::read_to_string(&path).unwrap();
        // What tests use is no part of the picture.
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for to in imports(text).iter().filter_map(|name| place(name)).filter(|to| *to != from) {
            uses[from][to] = true;
        }
    }
    // The library's root names its modules, and the program calls the library.
    let (main, lib) = (place("main").unwrap(), place("lib").unwrap());
    uses[main][lib] = true;
    for top in ["tui", "commands"] {
        uses[lib][place(top).unwrap()] = true;
    }
    // Imports point to later places only, so that what is reached can be counted from the end.
    let mut reached = uses.clone();
    for from in (0..names.len()).rev() {
        for by in from + 1..names.len() {
            if uses[from][by] {
                let further = reached[by].clone();
                reached[from].iter_mut().zip(further).for_each(|(own, other)| *own |= other);
            }
        }
    }
    let is_direct = |from: usize, to: usize| !(0..names.len()).any(|by| uses[from][by] && reached[by][to]);
    let pairs = (0..names.len()).flat_map(|from| (0..names.len()).map(move |to| (from, to)));
    pairs
        .filter(|(from, to)| uses[*from][*to] && is_direct(*from, *to))
        .map(|(from, to)| (names[from], names[to]))
        .collect()
}

#[test]
fn the_picture_is_that_of_the_imports() {
    let mut picture = "```mermaid\nflowchart TD\n".to_owned();
    for (from, to) in arrows() {
        picture.extend(["    ", from, " --> ", to, "\n"]);
    }
    picture.push_str("```\n");
    let text = std::fs::read_to_string("CONTRIBUTING.md").unwrap();
    let (open, close) = ("<!-- floors -->\n", "<!-- /floors -->");
    let start = text.find(open).expect("a place for the picture") + open.len();
    let end = text.find(close).expect("the place has an end");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write("CONTRIBUTING.md", [&text[..start], &picture, &text[end..]].concat()).unwrap();
        return;
    }
    assert!(text[start..end] == picture, "the picture is stale: UPDATE_README=1 cargo test floors");
}
