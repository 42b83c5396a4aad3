//! The README's tables are those of the registries. `UPDATE_README=1 cargo test readme` writes them anew.

use maskview::config::project::KEYS;
use maskview::filter::TERMS;
use maskview::formats::SCHEMAS;
use maskview::lints::LINTS;
use maskview::policies::KINDS;
use maskview::tui::keymap::{Group, KeyMap};
use maskview::writers::WRITERS;

/// The text with its cells' bars escaped.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn keys() -> String {
    let mut table = "| key | what it does |\n|---|---|\n".to_owned();
    let keys = KeyMap::default();
    for group in Group::ALL {
        table.push_str(&["| **", group.heading().en, "** | |\n"].concat());
        for binding in keys.group(group) {
            let keys: Vec<String> = binding.keys.iter().map(|keys| format!("`{keys}`")).collect();
            table.push_str(&["| ", &keys.join(" "), " | ", binding.help().en, " |\n"].concat());
        }
    }
    table
}

fn policies() -> String {
    let rows =
        KINDS.iter().map(|kind| format!("| `{}` | {} | {} |\n", kind.name, cell(kind.who.en), cell(kind.bits.en)));
    "| policy | who masks so | bits set |\n|---|---|---|\n".to_owned() + &rows.collect::<String>()
}

fn schemas() -> String {
    let rows =
        SCHEMAS.iter().map(|schema| format!("| `{}` | {} | `{}` |\n", schema.name, schema.needs, schema.example));
    "| schema | what a record has | example |\n|---|---|---|\n".to_owned() + &rows.collect::<String>()
}

fn terms() -> String {
    let rows = TERMS.iter().map(|kind| format!("| `{}` | {} |\n", kind.example, kind.holds.en));
    "| term | holds for records |\n|---|---|\n".to_owned() + &rows.collect::<String>()
}

fn project() -> String {
    let rows = KEYS.iter().map(|key| {
        let example = key.example.replace('\n', "`<br>`");
        format!("| `{}` | {} | `{example}` |\n", key.name, key.about.en)
    });
    "| key | what it says | example |\n|---|---|---|\n".to_owned() + &rows.collect::<String>()
}

fn lints() -> String {
    let rows = LINTS.iter().map(|lint| format!("| `{}` | {} |\n", lint.code, lint.summary));
    "| finding | what it means |\n|---|---|\n".to_owned() + &rows.collect::<String>()
}

fn formats() -> String {
    let rows = WRITERS.iter().map(|writer| format!("| `{}` | {} |\n", writer.name, writer.summary.en));
    "| `--format` | what is written |\n|---|---|\n".to_owned() + &rows.collect::<String>()
}

#[test]
fn the_tables_are_those_of_the_registries() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let mut fresh = readme.clone();
    let tables = [
        ("keys", keys()),
        ("policies", policies()),
        ("schemas", schemas()),
        ("terms", terms()),
        ("project", project()),
        ("lints", lints()),
        ("formats", formats()),
    ];
    for (name, table) in tables {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let start = fresh.find(&open).expect("the README has a place for each table") + open.len();
        let end = fresh.find(&close).expect("each place has an end");
        fresh.replace_range(start..end, &table);
    }
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write("README.md", &fresh).unwrap();
    }
    assert!(fresh == readme, "the tables of the README are stale: UPDATE_README=1 cargo test readme");
}

#[test]
fn every_sample_is_named() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    for entry in std::fs::read_dir("samples").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(readme.contains(&format!("samples/{name}")), "the README does not name samples/{name}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    for (at, _) in readme.match_indices("](") {
        let target = readme[at + 2..].split(')').next().unwrap();
        assert!(
            target.starts_with("http") || target.starts_with('#') || std::path::Path::new(target).exists(),
            "{target} does not exist"
        );
    }
}

/// The crates that the manifests name, each once.
fn dependencies() -> Vec<String> {
    let mut crates = Vec::new();
    for manifest in ["Cargo.toml", "crates/chat-template/Cargo.toml", "crates/screenshots/Cargo.toml"] {
        let text = std::fs::read_to_string(manifest).unwrap();
        let sections = text.split("\n[").filter(|section| section.split(']').next().unwrap().ends_with("dependencies"));
        let lines = sections.flat_map(str::lines).skip(1);
        crates.extend(lines.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())));
    }
    crates.retain(|name| !name.starts_with('#') && name != "maskview");
    crates.sort();
    crates.dedup();
    crates
}

#[test]
fn the_table_of_dependencies_is_that_of_the_manifests() {
    let text = std::fs::read_to_string("CONTRIBUTING.md").unwrap();
    let rows = text.split("| crate | why it is there |\n|---|---|\n").nth(1).expect("a table of the dependencies");
    let first_cells = rows.lines().filter_map(|row| row.split('|').nth(1));
    let mut named: Vec<&str> = first_cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    named.sort_unstable();
    assert_eq!(named, dependencies());
}
