//! The READMEs' tables are those of the registries, in either language. `UPDATE_README=1 cargo test readme` writes them anew.

use crate::program::maskview;
use maskview::config::preferences::PREFERENCES;
use maskview::config::project::KEYS;
use maskview::filter::TERMS;
use maskview::formats::SCHEMAS;
use maskview::lints::LINTS;
use maskview::policies::{KINDS, Kind};
use maskview::tui::keymap::{Binding, Group, KeyMap};
use maskview::words::{Language, Said};
use maskview::writers::WRITERS;

/// The text with its cells' bars escaped.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The READMEs, each with its language.
const READMES: [(&str, Language); 2] = [("README.md", Language::English), ("README.zh-CN.md", Language::Chinese)];

/// A table whose heading and rows are in that language.
fn table(language: Language, heading: Said, rows: impl Iterator<Item = String>) -> String {
    let heading = language.say(&heading);
    let rule = "|---".repeat(heading.matches('|').count() + 1) + "|\n";
    format!("| {heading} |\n{rule}{}", rows.collect::<String>())
}

const fn said(en: &'static str, zh: &'static str) -> Said {
    Said { en, zh }
}

fn keys(language: Language) -> String {
    let map = KeyMap::default();
    let of_group = |group: Group| {
        let heading = format!("| **{}** | |\n", language.say(&group.heading()));
        let row = |binding: &Binding| {
            let keys: Vec<String> = binding.keys.iter().map(|keys| format!("`{}`", keys.said(language))).collect();
            format!("| {} | {} |\n", cell(&keys.join(" ")), language.say(&binding.help()))
        };
        heading + &map.group(group).map(row).collect::<String>()
    };
    table(language, said("key | what it does", "按键 | 作用"), Group::ALL.into_iter().map(of_group))
}

fn policies(language: Language) -> String {
    let row = |kind: &Kind| {
        format!("| `{}` | {} | {} |\n", kind.name, cell(&language.say(&kind.who)), cell(&language.say(&kind.bits)))
    };
    let heading = said("policy | who masks so | bits set", "策略 | 谁这样计算掩码 | 置 1 的位");
    table(language, heading, KINDS.iter().map(|kind| row(kind)))
}

fn schemas(language: Language) -> String {
    let rows =
        SCHEMAS.iter().map(|schema| format!("| `{}` | {} | `{}` |\n", schema.name, schema.needs, schema.example));
    table(language, said("schema | what a record has | example", "格式 | 记录包含的键 | 示例"), rows)
}

fn terms(language: Language) -> String {
    let rows = TERMS.iter().map(|kind| format!("| `{}` | {} |\n", kind.example, language.say(&kind.holds)));
    table(language, said("term | holds for records", "条件 | 成立的记录"), rows)
}

/// A key of a file of settings.
fn setting(language: Language, name: &str, about: &Said, example: &str) -> String {
    let example = example.replace('\n', "`<br>`");
    format!("| `{name}` | {} | `{example}` |\n", language.say(about))
}

const SETTINGS: Said = said("key | what it says | example", "键 | 含义 | 示例");

fn project(language: Language) -> String {
    table(language, SETTINGS, KEYS.iter().map(|key| setting(language, key.name, &key.about, key.example)))
}

fn preferences(language: Language) -> String {
    table(language, SETTINGS, PREFERENCES.iter().map(|key| setting(language, key.name, &key.about, key.example)))
}

fn lints(language: Language) -> String {
    let rows = LINTS.iter().map(|lint| format!("| `{}` | {} |\n", lint.code, language.say(&lint.summary)));
    table(language, said("finding | what it means", "检查项 | 含义"), rows)
}

fn formats(language: Language) -> String {
    let rows = WRITERS.iter().map(|writer| format!("| `{}` | {} |\n", writer.name, language.say(&writer.summary)));
    table(language, said("`--format` | what is written", "`--format` | 输出"), rows)
}

/// A heading of a README: how deep it is, and its text.
struct Section<'a> {
    depth: usize,
    title: &'a str,
    text: &'a str,
}

/// The sections of a README, without the part before the first of them.
fn sections(readme: &str) -> Vec<Section<'_>> {
    let mut starts = Vec::new();
    let (mut at, mut in_code) = (0, false);
    for line in readme.split_inclusive('\n') {
        in_code ^= line.starts_with("```");
        if !in_code && line.starts_with("##") {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([readme.len()]);
    let section = |(start, end): (&usize, usize)| {
        let (heading, text) = readme[*start..end].split_once('\n').unwrap();
        let title = heading.trim_start_matches('#');
        Section { depth: heading.len() - title.len(), title: title.trim(), text }
    };
    starts.iter().zip(ends).map(section).collect()
}

/// The anchor that GitHub gives a heading.
fn anchor(title: &str) -> String {
    let kept = title.to_lowercase().replace(' ', "-");
    kept.chars().filter(|sign| sign.is_alphanumeric() || ['-', '_'].contains(sign)).collect()
}

/// The sections as a list of links, those within one behind it.
fn contents(readme: &str, language: Language) -> String {
    let colon = if language == Language::Chinese { "：" } else { ": " };
    let mut list = String::new();
    let mut above = 0;
    for section in sections(readme) {
        let before = match (section.depth, above) {
            (2, 0) => "- ",
            (2, _) => "\n- ",
            (_, 2) => colon,
            _ => " · ",
        };
        above = section.depth;
        list.extend([before, &format!("[{}](#{})", section.title, anchor(section.title))]);
    }
    list + "\n"
}

/// A trainer's fault as the program finds it in a sample: the command, and what its report says below `findings`.
fn evidence(language: Language) -> String {
    let lang: &[&str] = if language == Language::Chinese { &["--lang", "zh"] } else { &[] };
    let mut arguments = vec!["audit", "samples/messages.jsonl", "--tokenizer", "chatml"];
    arguments.extend(["--policy", "mlx:mask_prompt=true", "--select", "padding-trained"]);
    arguments.extend(lang);
    let output = maskview(&arguments);
    let report = String::from_utf8(output.stdout).unwrap();
    let findings = report.split("\n\n").find(|part| part.contains("padding-trained ")).expect("the fault is found");
    format!("```console\n$ maskview {}\n{}\n```\n", arguments.join(" "), findings.trim_end())
}

#[test]
fn the_tables_are_those_of_the_registries() {
    for (path, language) in READMES {
        let readme = std::fs::read_to_string(path).unwrap();
        let mut fresh = readme.clone();
        let tables = [
            ("evidence", evidence(language)),
            ("contents", contents(&readme, language)),
            ("keys", keys(language)),
            ("policies", policies(language)),
            ("schemas", schemas(language)),
            ("terms", terms(language)),
            ("project", project(language)),
            ("preferences", preferences(language)),
            ("lints", lints(language)),
            ("formats", formats(language)),
        ];
        for (name, table) in tables {
            let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
            let start = fresh.find(&open).unwrap_or_else(|| panic!("{path} has no place for {name}")) + open.len();
            let end = fresh.find(&close).expect("each place has an end");
            fresh.replace_range(start..end, &table);
        }
        if std::env::var_os("UPDATE_README").is_some() {
            std::fs::write(path, &fresh).unwrap();
            continue;
        }
        assert!(fresh == readme, "the tables of {path} are stale: UPDATE_README=1 cargo test readme");
    }
}

/// Both have the same pictures, each in its language, and each leads to the other.
#[test]
fn the_readmes_lead_to_each_other() {
    let [english, chinese] = READMES.map(|(path, _)| std::fs::read_to_string(path).unwrap());
    assert!(english.contains("](README.zh-CN.md)") && chinese.contains("](README.md)"));
    let pictures = |text: &str| -> Vec<String> {
        text.match_indices("](screenshots/").map(|(at, _)| text[at..].split(')').next().unwrap().to_owned()).collect()
    };
    assert_eq!(pictures(&english), pictures(&chinese.replace("-zh.png)", "-en.png)")));
}

/// What a section has besides its sentences.
#[derive(Debug, PartialEq)]
struct Skeleton {
    depth: usize,
    tables: usize,
    /// The tables that are generated, by name.
    generated: Vec<String>,
    /// The lines that open and close blocks of code.
    fences: usize,
    pictures: usize,
}

fn skeleton(section: &Section<'_>) -> Skeleton {
    let beginning = |sign: &str| section.text.lines().filter(|line| line.starts_with(sign)).count();
    let generated = section.text.lines().filter_map(|line| line.strip_prefix("<!-- ")?.strip_suffix(" -->"));
    Skeleton {
        depth: section.depth,
        tables: beginning("|---"),
        generated: generated.map(str::to_owned).collect(),
        fences: beginning("```"),
        pictures: section.text.matches("](screenshots/").count(),
    }
}

/// Whoever reads Chinese alone misses nothing.
#[test]
fn the_readmes_have_the_same_sections() {
    let [english, chinese] = READMES.map(|(path, _)| std::fs::read_to_string(path).unwrap());
    let (english, chinese) = (sections(&english), sections(&chinese));
    assert!(english.len() > 20);
    for (one, other) in english.iter().zip(&chinese) {
        assert_eq!(skeleton(one), skeleton(other), "{} and {}", one.title, other.title);
    }
    assert_eq!(english.len(), chinese.len());
}

/// What was measured is the same in every language.
#[test]
fn the_readmes_have_the_same_figures() {
    let figures = READMES.map(|(path, _)| {
        let readme = std::fs::read_to_string(path).unwrap();
        let (_, after) =
            readme.split_once("cargo bench --bench scale").unwrap_or_else(|| panic!("{path} has no sizes"));
        let section = after.split("\n## ").next().unwrap();
        let numbers = section.split(|sign: char| !sign.is_ascii_digit() && !".,".contains(sign));
        let numbers = numbers.map(|number| number.trim_matches(['.', ',']).to_owned());
        numbers.filter(|number| number.starts_with(|sign: char| sign.is_ascii_digit())).collect::<Vec<_>>()
    });
    assert!(figures[0].len() > 20, "{figures:?}");
    assert_eq!(figures[0], figures[1]);
}

#[test]
fn every_sample_is_named() {
    for (path, _) in READMES {
        let readme = std::fs::read_to_string(path).unwrap();
        for entry in std::fs::read_dir("samples").unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(readme.contains(&format!("samples/{name}")), "{path} does not name samples/{name}");
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for (path, _) in READMES {
        let readme = std::fs::read_to_string(path).unwrap();
        for (at, _) in readme.match_indices("](") {
            let target = readme[at + 2..].split(')').next().unwrap();
            if target.starts_with("http") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { path } else { file };
            assert!(std::path::Path::new(file).exists(), "{path}: {target} does not exist");
            let there =
                || sections(&std::fs::read_to_string(file).unwrap()).iter().any(|at| anchor(at.title) == heading);
            assert!(heading.is_empty() || there(), "{path}: {target} is no heading");
        }
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
