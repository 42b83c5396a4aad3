//! The formats of `maskview audit` and `maskview merge`, over a small data set with faults and with text that means to be
//! more than text.

use crate::program::maskview;
use maskview::paint::{Theme, ansi};
use maskview::report::audit::AuditReport;
use maskview::words::Language;
use maskview::writers::{How, WRITERS, Written};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Output;

/// Records with faults. One of them holds tags, signs of Markdown and XML, and what acts on terminals.
const RECORDS: [&str; 5] = [
    r#"{"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}"#,
    r#"{"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "    No, it is not."}]}"#,
    r#"{"messages": [{"role": "</code><script>alert(1)</script>", "content": "]]> & <img src=x onerror=alert(1)> | `a` https://example.org \u001b[31m\u202e"}, {"role": "assistant", "content": "</s><b onclick='x'>\"夏\""}]}"#,
    r#"{"messages": [{"role": "user", "content": "Is 11 prime?"}, {"role": "assistant", "content": ""}]}"#,
    r#"{"messages": ["#,
];

/// A data set in a folder of its own, whose name is text of a stranger too.
fn data() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a <b> & 'c' #1.jsonl");
    std::fs::write(&path, RECORDS.join("\n") + "\n").unwrap();
    let path = path.display().to_string();
    (folder, path)
}

fn audited(format: &str, more: &[&str]) -> String {
    let (_folder, path) = data();
    let arguments = ["audit", &path, "-p", "minimind,legacy", "--format", format];
    let output = maskview(&[&arguments, more].concat());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn parsed(page: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    roxmltree::Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{error}: {page}"))
}

#[test]
fn a_page_is_well_formed_and_holds_nothing_that_runs_or_loads() {
    for language in ["en", "zh"] {
        let page = audited("html", &["--lang", language, "--max-length", "60"]);
        let document = parsed(&page);
        let names: BTreeSet<&str> =
            document.descendants().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name()).collect();
        let known = [
            "br", "body", "code", "div", "g", "h1", "h2", "h3", "head", "html", "li", "line", "main", "mark", "meta",
            "p", "path", "rect", "span", "strong", "style", "svg", "table", "td", "text", "th", "title", "tr", "ul",
        ];
        assert!(names.is_subset(&known.into()), "{names:?}");
        let attributes: BTreeSet<&str> =
            document.descendants().flat_map(|node| node.attributes()).map(|attribute| attribute.name()).collect();
        assert!(
            !attributes.iter().any(|name| name.starts_with("on") || ["src", "href", "style"].contains(name)),
            "{attributes:?}"
        );
        let meta = |name: &str| document.descendants().find(|node| node.attribute("http-equiv") == Some(name));
        let policy = meta("Content-Security-Policy").and_then(|node| node.attribute("content")).unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        let text: String = document.descendants().filter_map(|node| node.text()).collect();
        assert!(text.contains("`</code><script>alert(1)</script>`"), "it is shown as text: {text}");
        let pictures =
            document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "svg"))).count();
        assert!(pictures >= 6, "three records, each for both grounds: {pictures}");
        let words = if language == "zh" {
            ["zh-Hans", "问题最严重的记录", "最大长度 60"]
        } else {
            ["en", "the worst records", "maximum length 60"]
        };
        assert_eq!(document.root_element().attribute("lang"), Some(words[0]));
        assert!(text.contains(words[1]) && text.contains(words[2]), "{text}");
    }
}

/// Markdown without what stands in code and without what has a backslash before it.
fn without_code(page: &str) -> String {
    let mut outside = String::new();
    let mut rest = page;
    while let Some(sign) = rest.chars().next() {
        let fence = rest.len() - rest.trim_start_matches('`').len();
        rest = match sign {
            '\\' => rest[1..].strip_prefix(|_| true).unwrap_or_default(),
            '`' => {
                let inside = &rest[fence..];
                let ends = |at: &usize| inside[*at..].len() - inside[*at..].trim_start_matches('`').len() == fence;
                let starts = inside.match_indices(&rest[..fence]).map(|(at, _)| at);
                let end = starts.filter(|at| !inside[..*at].ends_with('`')).find(ends).expect("code is closed");
                &inside[end + fence..]
            }
            _ => {
                outside.push(sign);
                &rest[sign.len_utf8()..]
            }
        };
    }
    outside
}

#[test]
fn markdown_has_its_tables_and_takes_no_text_for_more() {
    let page = audited("markdown", &["--max-length", "60"]);
    assert!(page.starts_with("## Audit by maskview\n"), "{page}");
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert!([3, 7].contains(&bars), "{bars} bars: {line}");
    }
    let outside = without_code(&page);
    assert!(!outside.replace("<br>", "").contains('<') && !outside.contains("://"), "{outside}");
    assert!(page.contains("`marker-merged`") && page.contains("| error |") && page.contains("maximum length 60"));
    let chinese = audited("markdown", &["--lang", "zh"]);
    assert!(chinese.contains("### 发现的问题") && chinese.contains("### 未检查"), "{chinese}");
}

#[test]
fn sarif_has_what_its_schema_asks_for() {
    let log: Value = serde_json::from_str(&audited("sarif", &[])).unwrap();
    assert_eq!((log["version"].as_str(), log["runs"].as_array().unwrap().len()), (Some("2.1.0"), 1));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(rules.len() > 50 && !results.is_empty());
    for rule in rules {
        assert!(rule["id"].is_string() && !rule["shortDescription"]["text"].as_str().unwrap().is_empty(), "{rule}");
        assert!(
            !rule["help"]["text"].as_str().unwrap().is_empty()
                && !rule["help"]["markdown"].as_str().unwrap().is_empty()
        );
    }
    let mut fingerprints = BTreeSet::new();
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()), "{result}");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("file:///") && uri.ends_with("/a%20%3Cb%3E%20%26%20%27c%27%20%231.jsonl"), "{uri}");
        assert!(place["region"]["startLine"].as_u64().is_none_or(|line| line >= 1));
        fingerprints.insert(result["partialFingerprints"]["maskview/v1"].as_str().unwrap());
    }
    assert_eq!(fingerprints.len(), results.len());
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    let unchecked = invocation["toolConfigurationNotifications"].as_array().unwrap();
    assert!(unchecked.iter().any(|note| note["associatedRule"]["id"] == "answer-cut"));
    assert!(invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap().contains("#1.jsonl:5"));
}

#[test]
fn what_is_found_in_no_record_has_no_rate() {
    let directory = tempfile::tempdir().unwrap();
    let template = directory.path().join("t.jinja");
    let source = "{% for m in messages %}{{ m.role ~ ': ' ~ m.content.strip() ~ '\n' }}{% endfor %}";
    std::fs::write(&template, source).unwrap();
    let template = template.to_str().unwrap();
    let arguments = ["audit", "samples/summer.jsonl", "--chat-template", template, "--format", "sarif"];
    let output = crate::program::maskview(&arguments);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let of_template = |result: &&Value| result["ruleId"] == "template-breaks-form";
    assert!(results.iter().any(|result| of_template(&result)) && !results.iter().all(|result| of_template(&result)));
    for result in results {
        let properties = &result["properties"];
        assert_eq!(properties["rate"].is_number(), properties["record"].is_number(), "{result}");
    }
}

#[test]
fn junit_has_a_test_for_each_lint() {
    let page = audited("junit", &[]);
    let document = parsed(&page);
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
    let cases: Vec<_> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
    let count = |name: &str| cases.iter().filter(|case| case.children().any(|node| node.has_tag_name(name))).count();
    let said = |name: &str| suite.attribute(name).unwrap().parse::<usize>().unwrap();
    assert_eq!((said("tests"), said("failures"), said("skipped")), (cases.len(), count("failure"), count("skipped")));
    let case = |name: &str| *cases.iter().find(|case| case.attribute("name") == Some(name)).unwrap();
    let ends = |name: &str| {
        case(name).children().find(roxmltree::Node::is_element).map(|node| node.tag_name().name().to_owned())
    };
    assert_eq!(ends("marker-merged").as_deref(), Some("failure"));
    assert_eq!(ends("every-record-can-be-read").as_deref(), Some("failure"));
    assert_eq!(ends("empty-answer").as_deref(), Some("system-out"), "a warning does not fail this run");
    assert_eq!(ends("answer-cut").as_deref(), Some("skipped"));
    assert_eq!(ends("mojibake"), None, "it passed");
    let strict = audited("junit", &["--fail-on", "warning"]);
    assert!(strict.matches("<failure").count() > count("failure"));
}

#[test]
fn merge_writes_every_format_of_a_whole_report() {
    let (folder, path) = data();
    let reports: Vec<String> = ["1/2", "2/2"]
        .into_iter()
        .map(|shard| {
            let report = folder.path().join(format!("{}.json", &shard[..1])).display().to_string();
            maskview(&[
                "audit",
                &path,
                "-p",
                "minimind,legacy",
                "--shard",
                shard,
                "--format",
                "json",
                "--output",
                &report,
            ]);
            report
        })
        .collect();
    for format in ["human", "json", "markdown", "html", "sarif", "junit"] {
        let whole = maskview(&["audit", &path, "-p", "minimind,legacy", "--format", format]);
        let merged = maskview(&["merge", &reports[0], &reports[1], "--format", format]);
        assert_eq!(merged.status.code(), Some(1), "{merged:?}");
        if format == "json" {
            let parsed = |output: &Output| serde_json::from_slice::<Value>(&output.stdout).unwrap();
            assert_eq!(parsed(&merged), parsed(&whole));
        } else {
            assert_eq!(String::from_utf8(merged.stdout).unwrap(), String::from_utf8(whole.stdout).unwrap(), "{format}");
        }
    }
    let before = folder.path().join("before.json").display().to_string();
    let good = folder.path().join("good.jsonl").display().to_string();
    std::fs::write(&good, RECORDS[0]).unwrap();
    maskview(&["audit", &good, "-p", "minimind", "--format", "json", "--output", &before]);
    for (format, heading) in [("markdown", "### against the baseline"), ("html", "<h2>against the baseline</h2>")] {
        let compared = maskview(&["merge", &reports[0], &reports[1], "--format", format, "--baseline", &before]);
        let said = String::from_utf8(compared.stdout).unwrap();
        let worse = said.split(heading).nth(1).and_then(|said| said.lines().find(|line| line.contains("worse")));
        assert!(compared.status.code() == Some(1) && worse.is_some(), "{said}");
    }
    let usual = maskview(&["merge", &reports[0], &reports[1]]);
    assert!(serde_json::from_slice::<Value>(&usual.stdout).is_ok(), "JSON where nobody looks: {usual:?}");
    let refused = maskview(&["merge", &reports[0], "--format", "jsonl"]);
    assert_eq!(refused.status.code(), Some(2), "a report has no more than the first places: {refused:?}");
}

/// The places of all numbers and lists in a report, but for what many of are alike.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(at.to_owned()),
        Value::Array(values) => {
            found.push(at.to_owned());
            values.iter().take(2).enumerate().for_each(|(place, value)| places(value, &format!("{at}/{place}"), found));
        }
        Value::Object(fields) => {
            let alike = ["state", "drawing", "token_texts", "lints"];
            for (key, value) in fields.iter().filter(|(key, _)| !alike.contains(&key.as_str())) {
                places(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        _ => {}
    }
}

#[test]
fn reports_that_were_tampered_with_are_refused_or_written() {
    let whole: Value = serde_json::from_str(&audited("json", &["--max-length", "60"])).unwrap();
    let mut all = Vec::new();
    places(&whole, "", &mut all);
    assert!(all.len() > 200, "{}", all.len());
    let theme = Theme::plain();
    let mut written = 0;
    for (place, changed) in all.iter().flat_map(|place| [0_u64, 1 << 53].map(|number| (place, number))) {
        let mut report = whole.clone();
        let value = report.pointer_mut(place).unwrap();
        *value = if value.is_array() { Value::Array(Vec::new()) } else { changed.into() };
        let read = |report: &Value| serde_json::from_value::<AuditReport>(report.clone());
        let (Ok(first), Ok(second)) = (read(&report), read(&whole)) else { continue };
        let mut parts = [vec![first.clone(), second.clone()], vec![second, first]].into_iter();
        while let Some(Ok(Some(report))) = parts.next().map(|parts| AuditReport::merged(parts, Language::English)) {
            // One format for each report: all of them together take a minute.
            let How::Report(write) = WRITERS[written % WRITERS.len()].how else {
                written += 1;
                continue;
            };
            let (language, color, fails_from) = (Language::English, ansi::Color::Plain, None);
            let look = Written { report: &report, language, theme: &theme, color, fails_from };
            let mut out = Vec::new();
            write(&look, &mut out).unwrap();
            written += usize::from(!out.is_empty());
        }
    }
    assert!(written > 500, "{written}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    let mut report = whole;
    report["figures"]["records"] = u64::MAX.into();
    std::fs::write(&path, report.to_string()).unwrap();
    let refused = maskview(&["merge", path.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && said.contains("is no count of anything"), "{said}");
}

#[test]
fn the_ending_of_the_output_chooses_the_format() {
    let (folder, path) = data();
    let written = |name: &str, arguments: &[&str]| {
        let output = folder.path().join(name).display().to_string();
        maskview(&[arguments, &["--output", &output]].concat());
        std::fs::read_to_string(output).unwrap()
    };
    let audit = ["audit", &path, "-p", "minimind"];
    assert!(written("r.html", &audit).starts_with("<!DOCTYPE html>"));
    assert!(written("r.MD", &audit).contains("| "));
    assert!(written("r.sarif", &audit).contains("sarif-2.1.0"));
    assert!(written("r.xml", &audit).starts_with("<?xml"));
    assert!(written("r.jsonl", &audit).starts_with("{\"id\""));
    assert!(written("r.json", &audit).starts_with("{\"version\""));
    assert!(!written("r.txt", &audit).starts_with(['<', '{']));
    assert!(written("s.html", &[&audit[..], &["--format", "json"]].concat()).starts_with('{'), "--format wins");
    let report = folder.path().join("r.json").display().to_string();
    assert!(written("m.html", &["merge", &report]).starts_with("<!DOCTYPE html>"));
    assert!(written("m.jsonl", &["merge", &report]).starts_with('{'), "what merge cannot write is no format");
}
