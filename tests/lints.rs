//! The documentation of every lint is whole, and its examples are true.
//!
//! An example begins with a line that starts with `Found` or `Not found`; options of the command line may stand there in
//! backquotes. Fenced blocks follow: a `jinja` block is the chat template, a `json` block one record (over several lines if
//! need be), a `jsonl` block a data set of one record a line, and a `jsonl against` block one that it must not overlap with.
//! Without records, the chat template alone is looked at.

use crate::support::is_chinese;
use clap::Parser;
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::lints::{Finding, Gathered, LINTS, Levels, Lint, PolicyMask, Section, Severity};
use maskview::paint::display_width;
use maskview::pipeline::Engine;
use maskview::sequence::MarkerForm;
use maskview::words::Language;
use std::path::Path;

/// What is said to be found or not, and where.
#[derive(Debug, Default, PartialEq)]
struct Example {
    found: bool,
    options: Vec<String>,
    template: Option<String>,
    records: String,
    against: Option<String>,
}

/// The examples of a lint's documentation.
fn examples(section: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("Found") || line.starts_with("Not found") {
            let options = line.split('`').skip(1).step_by(2).filter(|quoted| quoted.starts_with('-'));
            let options = options.flat_map(|options| shlex::split(options).expect("quotes that are closed")).collect();
            examples.push(Example { found: line.starts_with('F'), options, ..Example::default() });
        } else if let Some(kind) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let example = examples.last_mut().expect("`Found` or `Not found` before the first block");
            match kind {
                "jinja" => example.template = Some(block.join("\n")),
                "json" => example.records = block.join(" ") + "\n",
                "jsonl against" => example.against = Some(block.join("\n") + "\n"),
                "jsonl" => example.records = block.join("\n") + "\n",
                _ => panic!("a block of the kind `{kind}`"),
            }
        }
    }
    examples
}

/// What every lint finds in an example.
fn findings(example: &Example, levels: Levels) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).display().to_string()
    };
    let mut arguments = vec!["maskview".to_owned(), put("data.jsonl", &example.records)];
    arguments.extend(example.options.iter().cloned());
    if let Some(template) = &example.template {
        arguments.extend(["--chat-template".to_owned(), put("template.jinja", template)]);
    }
    let parsed = Arguments::try_parse_from(&arguments).unwrap_or_else(|error| panic!("{error}"));
    let config = Config::resolve(parsed.viewer, &Environment::default()).unwrap();
    let engine = config.engine().unwrap().with_levels(levels);
    let against = example.against.as_ref().map(|records| {
        let files = [std::path::PathBuf::from(put("against.jsonl", records))];
        maskview::commands::audit::against::read(&files, &config, &engine).unwrap()
    });
    let engine = engine.with_against(against);
    let mut findings = engine.template_findings(&config.policies);
    if !example.records.is_empty() {
        findings.extend(of_data_set(&config, &engine));
    }
    findings
}

fn of_data_set(config: &Config, engine: &Engine) -> Vec<Finding> {
    let form = MarkerForm::Given;
    let (mut findings, mut gathered) = (Vec::new(), Gathered::default());
    for record in config.dataset().unwrap().records() {
        let (first, other) = engine.encode_sides(&record, &config.policies[0]);
        for (_, side) in std::iter::once(first).chain(other) {
            let encoded = side.unwrap_or_else(|error| panic!("{error}"));
            let masks: Vec<_> = config.policies.iter().map(|policy| engine.annotate(&encoded, policy, form)).collect();
            let masks = PolicyMask::of(&config.policies, &masks);
            findings.extend(engine.findings(&record, &encoded, &masks, form));
            // Written and read back, as an audit of several parts does.
            let written = serde_json::to_value(engine.gather(&record, &encoded, &masks, form)).unwrap();
            gathered.merge(Gathered::read(written.as_object().unwrap().clone()).unwrap());
        }
    }
    engine.dataset_findings(gathered, |finding| findings.push(finding)).unwrap();
    findings
}

#[test]
fn every_example_is_true() {
    for lint in LINTS {
        let examples = examples(&lint.section(Section::Example, Language::English));
        for found in [true, false] {
            assert!(examples.iter().any(|example| example.found == found), "{}: no example with {found}", lint.code);
        }
        for example in &examples {
            let findings = findings(example, Levels::default());
            let own: Vec<&Finding> = findings.iter().filter(|finding| finding.code == lint.code).collect();
            assert_eq!(!own.is_empty(), example.found, "{}: {example:#?} gives {findings:#?}", lint.code);
            for finding in own {
                assert_eq!(finding.severity, lint.severity, "{}", lint.code);
                let said = |language: Language| language.say(&finding.fault);
                let (english, chinese) = (said(Language::English), said(Language::Chinese));
                assert!(english.len() > 20 && chinese.len() > 20 && english != chinese, "{english} {chinese}");
            }
        }
    }
}

#[test]
fn every_lint_explains_itself_in_every_language() {
    for lint in LINTS {
        for (language, _) in Language::all() {
            let explanation = lint.explanation(language);
            let headings: Vec<&str> = explanation.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(headings, Section::ALL.map(|section| language.say(&section.heading())), "{}", lint.code);
            for section in Section::ALL {
                assert!(lint.section(section, language).len() > 20, "{}: {section:?} in {language:?}", lint.code);
            }
            // Beside the longest code in the list of `explain`.
            assert!(display_width(&language.say(&lint.summary)) <= 90, "{}: the summary in {language:?}", lint.code);
            for section in [Section::Does, Section::Hurts, Section::Cure] {
                let text = lint.section(section, language);
                let long = text.lines().find(|line| display_width(line) > 126);
                assert_eq!(long, None, "{}", lint.code);
            }
        }
        let file = format!("src/lints/{}.rs", lint.code.replace('-', "_"));
        assert!(Path::new(&file).exists(), "{} stands in {file}", lint.code);
    }
}

#[test]
fn explanations_in_chinese_are_in_chinese() {
    for lint in LINTS {
        assert!(is_chinese(lint.summary.zh), "{}", lint.code);
        for section in [Section::Does, Section::Hurts, Section::Cure] {
            let text = lint.section(section, Language::Chinese);
            assert!(is_chinese(&text), "{}: {text}", lint.code);
            assert!(!lint.cure(Language::Chinese).contains("， "), "{}", lint.code);
        }
        // The examples are the same but for the lines that lead to them.
        let data = |language| {
            let example = lint.section(Section::Example, language);
            let is_data =
                |line: &&str| !["Found", "Not found", "会报告", "不会报告"].iter().any(|lead| line.starts_with(lead));
            example.lines().filter(is_data).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(data(Language::Chinese), data(Language::English), "{}", lint.code);
        let example = lint.section(Section::Example, Language::Chinese);
        assert!(!example.lines().any(|line| line.starts_with("Found") || line.starts_with("Not")), "{}", lint.code);
    }
}

/// Data that is right with one template or policy and wrong with another, without a word of what differs, looks like a mistake.
#[test]
fn the_leads_of_examples_with_the_same_data_say_what_differs() {
    for (lint, language) in LINTS.iter().flat_map(|lint| [(lint, Language::English), (lint, Language::Chinese)]) {
        let read = examples(&lint.section(Section::Example, Language::English));
        let section = lint.section(Section::Example, language);
        let leads: Vec<&str> = section.lines().filter(|line| line.ends_with([':', '：'])).collect();
        let leads: Vec<&&str> = leads.iter().filter(|line| !line.starts_with(['{', '"', ' '])).collect();
        assert_eq!(leads.len(), read.len(), "{}: {leads:?}", lint.code);
        for (at, example) in read.iter().enumerate().filter(|(_, example)| !example.found) {
            let data = |example: &Example| (example.records.clone(), example.against.clone());
            let same = |other: &&Example| other.found && data(other) == data(example);
            let Some(other) = read.iter().find(same) else { continue };
            let says = leads[at].contains('`') || leads[at].contains("chat template") || leads[at].contains("对话模板");
            assert!(says, "{}: {}", lint.code, leads[at]);
            if other.template.is_some() && example.options == other.options {
                let names = leads[at].contains("chat template") || leads[at].contains("对话模板");
                assert!(names, "{}: {}", lint.code, leads[at]);
            }
        }
    }
}

#[test]
fn levels_are_what_findings_say() {
    let lint: &Lint = LINTS.iter().find(|lint| lint.code == "unknown-role").unwrap();
    let example = &examples(&lint.section(Section::Example, Language::English))[0];
    let levels = |setting: &str| Levels::default().set(setting).unwrap();
    let own = |levels: Levels| {
        let found = findings(example, levels).into_iter().find(|finding| finding.code == lint.code);
        found.map(|finding| finding.severity)
    };
    assert_eq!(own(levels("unknown-role=info")), Some(Severity::Info));
    assert_eq!(own(levels("conversation=error")), Some(Severity::Error));
    assert_eq!(own(Levels::default().ignore(&["unknown-role"]).unwrap()), None);
}

#[test]
fn examples_are_read_as_they_are_written() {
    let section = "Found, with `-p legacy --begin '<s> '` and this chat template:\n\n```jinja\na\nb\n```\n\n```json\n\
                   {\"a\":\n 1}\n```\n\nNot found:\n\n```jsonl\n1\n2\n```";
    let options = ["-p", "legacy", "--begin", "<s> "].map(str::to_owned).to_vec();
    let first = Example {
        found: true,
        options,
        template: Some("a\nb".to_owned()),
        records: "{\"a\":  1}\n".to_owned(),
        against: None,
    };
    assert_eq!(examples(section), [first, Example { records: "1\n2\n".to_owned(), ..Example::default() }]);
}
