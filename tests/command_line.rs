//! The command line over `samples/`: output, messages and exit codes.

use crate::program::maskview;
use maskview::lints::Section;
use maskview::words::Language;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The message of a run that must end with exit code 2.
fn problem(arguments: &[&str]) -> String {
    let output = maskview(arguments);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    message
}

fn json_lines(arguments: &[&str]) -> Vec<serde_json::Value> {
    let output = maskview(&[&["print", "--format", "jsonl"], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn without_a_terminal_the_record_is_printed() {
    let plain = maskview(&["samples/summer.jsonl"]);
    assert!(plain.status.success());
    let text = out(&plain);
    assert!(text.contains("夏  天  ，  热  浪") && text.contains("trained only by B: 1 · only by A: 3"), "{text}");
    assert!(!text.contains('\x1b'), "no colour where there is no terminal");
    assert_eq!(out(&maskview(&["print", "samples/summer.jsonl"])), text);
    assert!(out(&maskview(&["print", "samples/summer.jsonl", "--color", "always"])).contains('\x1b'));
}

#[test]
fn without_a_terminal_the_record_asked_for_is_printed_in_the_view_asked_for() {
    let asked = ["samples/summer.jsonl", "--record", "4", "--view", "lanes"];
    let printed = out(&maskview(&asked));
    assert_eq!(printed, out(&maskview(&["print", "samples/summer.jsonl", "--records", "4", "--format", "lanes"])));
    assert!(printed.contains("record 4"), "{printed}");
    assert!(problem(&["samples/summer.jsonl", "--record", "99"]).contains("there is no record 99; the data set has 9"));
    assert!(problem(&["samples/summer.jsonl", "--view", "lane"]).contains("did you mean `lanes`?"));
}

#[test]
fn that_the_first_record_is_not_the_only_one_is_said() {
    let said = |arguments: &[&str]| {
        let output = maskview(arguments);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let (_directory, one) = data("one.jsonl", "{\"text\": \"one\"}\n");
    for command in [&[][..], &["print"]] {
        let with = |arguments: &[&str]| said(&[command, arguments].concat());
        assert_eq!(
            with(&["samples/summer.jsonl"]),
            "maskview: record 1 of 9; `maskview print --records all` prints every record\n"
        );
        assert!(with(&["samples/summer.jsonl", "--lang", "zh"]).contains("第 1 条记录，共 9 条"));
        assert_eq!(with(&["samples/summer.jsonl", "--where", "tokens>1"]), "");
        assert_eq!(with(&[&one]), "");
    }
    assert_eq!(said(&["samples/summer.jsonl", "--record", "1"]), "");
    assert_eq!(said(&["print", "samples/summer.jsonl", "--records", "1"]), "");
}

#[test]
fn no_line_of_help_ends_in_a_space() {
    let commands =
        ["", "print", "diff", "audit", "merge", "template", "explain", "export", "config", "completions", "man"];
    for command in commands {
        for flag in ["-h", "--help"] {
            for language in ["en", "zh"] {
                let arguments: Vec<&str> =
                    [command, flag, "--lang", language].into_iter().filter(|word| !word.is_empty()).collect();
                let help = out(&maskview(&arguments));
                let wrong: Vec<&str> = help.lines().filter(|line| line.ends_with(char::is_whitespace)).collect();
                assert!(help.lines().count() > 5 && wrong.is_empty(), "{arguments:?}: {wrong:?}");
            }
        }
    }
}

#[test]
fn a_slip_suggests_what_is_meant() {
    let sample = "samples/summer.jsonl";
    assert!(problem(&["print", sample, "-p", "tlr"]).contains("did you mean `trl`?"));
    assert!(problem(&["print", sample, "--theme", "drak"]).contains("did you mean `dark`?"));
    assert!(problem(&["audit", sample, "--select", "emty"]).contains("`empty-answer`"));
    assert!(problem(&["print", sample, "--theme", "drak", "--lang", "zh"]).contains("`dark`"));
}

#[test]
fn a_named_column_that_no_record_has_is_told() {
    let sample = "samples/messages.jsonl";
    let columns = ["--columns", "messages=messages,content=txt,output=ans"];
    for command in [&["print"][..], &["audit"], &["diff"], &[]] {
        let output = maskview(&[command, &[sample], &columns].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("has `txt`") && said.contains("has `ans`") && !said.contains("has `messages`"), "{said}");
        let output = maskview(&[command, &[sample, "--lang", "zh"], &columns].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("`content=txt`") && said.contains("`output=ans`"), "{said}");
    }
    let output = maskview(&["audit", sample, "--columns", "messages=messages,content=content"]);
    assert!(!String::from_utf8(output.stderr).unwrap().contains("--columns"));
}

#[test]
fn every_format_prints_every_sample() {
    let files = std::fs::read_dir("samples").unwrap().map(|entry| entry.unwrap().path());
    let mut samples: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "jsonl")).collect();
    samples.sort();
    assert!(samples.len() >= 6);
    for sample in samples {
        let sample = sample.to_str().unwrap();
        for format in ["flow", "lanes", "table", "pairs", "json", "jsonl"] {
            let output = maskview(&["print", sample, "--records", "all", "--format", format, "-p", "all"]);
            assert!(output.status.success(), "{sample} {format}: {}", String::from_utf8_lossy(&output.stderr));
            let printed = out(&output);
            assert!(!printed.is_empty(), "{sample} {format}");
            let control = printed.chars().find(|character| character.is_control() && *character != '\n');
            assert_eq!(control, None, "{sample} {format}");
        }
    }
}

#[test]
fn each_sample_is_of_its_schema() {
    let schema = |sample: &str| json_lines(&[sample])[0]["schema"].as_str().unwrap().to_owned();
    assert_eq!(schema("samples/summer.jsonl"), "conversations");
    assert_eq!(schema("samples/alternating.jsonl"), "conversations");
    assert_eq!(schema("samples/messages.jsonl"), "messages");
    assert_eq!(schema("samples/sharegpt.jsonl"), "sharegpt");
    assert_eq!(schema("samples/alpaca.jsonl"), "alpaca");
    assert_eq!(schema("samples/prompt-completion.jsonl"), "prompt-completion");
}

#[test]
fn json_has_one_element_per_token() {
    for record in json_lines(&["samples/summer.jsonl", "--records", "all", "-p", "all"]) {
        let length = record["input_ids"].as_array().unwrap().len();
        for key in ["tokens", "offsets", "roles", "messages", "parts"] {
            assert_eq!(record[key].as_array().unwrap().len(), length, "{key} of record {}", record["record"]);
        }
        for (policy, mask) in record["masks"].as_object().unwrap() {
            assert_eq!(mask.as_array().unwrap().len(), length, "{policy}");
        }
    }
    let array = maskview(&["print", "samples/summer.jsonl", "--records", "2-3", "--format", "json"]);
    let array: Vec<serde_json::Value> = serde_json::from_str(&out(&array)).unwrap();
    assert_eq!(array.iter().map(|record| record["record"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn one_bad_record_never_hides_the_others() {
    let records = json_lines(&["samples/broken.jsonl", "--records", "all"]);
    let failing: Vec<u64> = records
        .iter()
        .filter(|record| !record["error"].is_null())
        .map(|record| record["line"].as_u64().unwrap())
        .collect();
    assert_eq!(failing, [2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13]);
    assert_eq!(records.len(), 14);
    let last = records.last().unwrap();
    assert_eq!((last["record"].as_u64(), last["line"].as_u64()), (Some(14), Some(15)), "an empty line is no record");
    for record in records.iter().filter(|record| !record["error"].is_null()) {
        assert_eq!(record["input_ids"].as_array().unwrap().len(), 0);
        assert!(record["error"].as_str().unwrap().len() > 20, "{record}");
    }
    let critic = &records[8]["findings"][0];
    assert_eq!(critic["code"], "unknown-role");
}

#[test]
fn the_classic_case_by_its_markers() {
    let bits = |arguments: &[&str]| -> Vec<usize> {
        let record = &json_lines(&[&["samples/summer.jsonl", "-p", "legacy"], arguments].concat())[0];
        let mask = record["masks"]["legacy"].as_array().unwrap();
        mask.iter().enumerate().filter(|(_, bit)| **bit == 1).map(|(at, _)| at).collect()
    };
    let newline = bits(&[]);
    let bare = bits(&["--begin", "<s>assistant", "--end", "</s>"]);
    assert_eq!(bare[0] + 1, newline[0], "the bare marker keeps the answer's first token");
    assert_eq!(bare.last().unwrap() + 1, *newline.last().unwrap());
    assert_eq!(bits(&["--begin", r"<s>assistant\n", "--end", r"</s>\n"]), newline);
}

#[test]
fn standard_input_is_a_data_set() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_maskview"))
        .args(["print", "-", "--records", "all", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read("samples/summer.jsonl").unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    let lines = out(&output);
    assert_eq!(lines.lines().count(), json_lines(&["samples/summer.jsonl", "--records", "all"]).len());
    assert!(lines.contains(r#""file":"-""#));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_maskview"))
        .args(["print", "samples/summer.jsonl", "--records", "all", "-p", "all", "--format", "table"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}

#[test]
fn what_cannot_be_opened_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("empty.jsonl"), "").unwrap();
    assert!(problem(&["print", "no-such-file.jsonl"]).contains("no-such-file.jsonl: no such file"));
    assert!(problem(&["print", directory.path().to_str().unwrap()]).contains("a folder"));
    assert!(problem(&["print", &path("empty.jsonl")]).contains("empty"));
    assert!(problem(&["print", "samples/summer.jsonl", "--records", "99"]).contains("no record 99"));
    assert!(problem(&["print", "samples/summer.jsonl", "--records", "x"]).contains("--records"));
    assert!(problem(&["print", "samples/summer.jsonl", "-p", "lagacy"]).contains("legacy"));
}

#[test]
fn a_length_that_is_none_is_refused() {
    let said = |options: &[&str]| problem(&[&["print", "samples/summer.jsonl"], options].concat());
    for options in [["--max-length", "0"], ["--max-length", "-1"], ["--max-length", "x"]] {
        let message = said(&options);
        assert!(message.contains("--max-length") && message.contains("above zero"), "{message}");
    }
    for options in [["--padding", "-1"], ["--padding", "x"]] {
        let message = said(&options);
        assert!(message.contains("--padding") && message.contains("number of pad tokens"), "{message}");
        assert!(!message.contains("-- -1"), "{message}");
    }
    let directory = tempfile::tempdir().unwrap();
    let config = directory.path().join("sft.yaml");
    for (option, key) in [
        ("--trl", "max_length"),
        ("--axolotl", "sequence_len"),
        ("--llamafactory", "cutoff_len"),
        ("--swift", "max_length"),
        ("--mlx", "max_seq_length"),
    ] {
        std::fs::write(&config, format!("{key}: 0\n")).unwrap();
        let message = said(&[option, config.to_str().unwrap()]);
        assert!(message.contains(&format!("`{key}` is 0, which leaves no tokens")), "{message}");
    }
}

#[cfg(feature = "arrow")]
#[test]
fn a_damaged_table_is_refused_or_shows_what_is_left() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let parquet = std::fs::read("tests/data/rows.parquet").unwrap();
    std::fs::write(path("cut.parquet"), &parquet[..parquet.len() - 9]).unwrap();
    let cut = path("cut.parquet");
    for arguments in [&["print", &cut][..], &["diff", &cut], &[&cut]] {
        let message = problem(arguments);
        assert!(message.contains(&cut) && message.contains("is damaged") && message.contains("download"), "{message}");
    }
    let mut stream = std::fs::read("tests/data/rows-stream.arrow").unwrap();
    stream[3000..3040].fill(0xff);
    std::fs::write(path("middle.arrow"), stream).unwrap();
    let output = maskview(&["print", &path("middle.arrow"), "--records", "14-17"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && message.is_empty(), "a decoder's panic is nobody's business: {message}");
    assert!(out(&output).contains("record 17   row 17\nerror: this row cannot be read"), "{}", out(&output));
}

#[test]
fn what_is_wrong_with_a_tokenizer_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let name = directory.path().to_str().unwrap();
    let write = |file: &str, text: &str| std::fs::write(directory.path().join(file), text).unwrap();
    let problem = || problem(&["print", "samples/summer.jsonl", "--tokenizer", name]);
    assert!(problem().contains("no tokenizer.json"));
    write("tokenizer.model", "x");
    assert!(problem().contains("SentencePiece"));
    write("tokenizer.json", "{");
    assert!(problem().contains("tokenizer.json"));
    export(directory.path());
    std::fs::remove_file(directory.path().join("chat_template.jinja")).unwrap();
    assert!(problem().contains("--chat-template"));
    write("chat_template.jinja", "{% for m in messages %}\n{{ m.content }");
    let message = problem();
    assert!(message.contains("chat_template.jinja, line 2: "), "{message}");
    assert!(message.contains(name) && message.contains("--chat-template FILE"), "{message}");
    std::fs::remove_file(directory.path().join("chat_template.jinja")).unwrap();
    write("tokenizer_config.json", r#"{"chat_template": [{"name": "default", "template": "a\n\n{% if"}]}"#);
    let message = problem();
    assert!(message.contains("/tokenizer_config.json, chat_template `default`, line 3: "), "{message}");
    assert!(message.contains(name) && message.contains("--chat-template FILE"), "{message}");
    write("tokenizer_config.json", r#"{"chat_template": "a"}"#);
    std::fs::create_dir(directory.path().join("additional_chat_templates")).unwrap();
    write("chat_template.jinja", "a");
    write("additional_chat_templates/tool_use.jinja", "a\n{{ b");
    let message = problem();
    assert!(message.contains("/additional_chat_templates/tool_use.jinja, line 2: "), "{message}");
    write("tokenizer_config.json", "{");
    assert!(problem().contains("tokenizer_config.json"));
}

/// The embedded tokenizer as a directory.
fn export(directory: &Path) {
    use maskview::tokenizer::embedded::Dialect;
    std::fs::write(directory.join("tokenizer.json"), Dialect::Minimind.tokenizer_json()).unwrap();
    std::fs::write(directory.join("tokenizer_config.json"), Dialect::Minimind.config_json()).unwrap();
    std::fs::write(directory.join("chat_template.jinja"), Dialect::Minimind.chat_template()).unwrap();
}

#[test]
fn a_directory_gives_what_the_embedded_tokenizer_gives() {
    let directory = tempfile::tempdir().unwrap();
    export(directory.path());
    let records = |tokenizer: &str| json_lines(&["samples/summer.jsonl", "--records", "all", "--tokenizer", tokenizer]);
    assert_eq!(records(directory.path().to_str().unwrap()), records("minimind"));
}

/// Two templates of the kind whose markers and headers are hard to tell: one writes spaces around its markers and folds the
/// system message into the first question, the other writes what depends on the conversation into the system turn.
#[test]
fn markers_and_parts_of_templates_that_write_more_than_frames() {
    let directory = tempfile::tempdir().unwrap();
    let folded = "{% if messages[0]['role'] == 'system' %}{% set first = '<<S>>' + messages[0]['content'] + '<</S>> ' %}\
                  {% set rest = messages[1:] %}{% else %}{% set first = '' %}{% set rest = messages %}{% endif %}\
                  {% for m in rest %}{% if m['role'] == 'user' %}{{ '<s>[ASK] ' + (first if loop.first else '') + \
                  m['content'].strip() + ' [/ASK]' }}{% else %}{{ ' ' + m['content'].strip() + ' </s>' }}{% endif %}{% endfor %}";
    let moody = "{% set mode = 'slow' if '/slow' in messages[0]['content'] else 'fast' %}\
                 {% for m in messages %}{{ '<s>' + m['role'] + '\n' }}\
                 {% if m['role'] == 'system' %}{{ 'Mode: ' ~ mode ~ '\n' }}{{ m['content'].replace('/slow', '') }}\
                 {% else %}{{ m['content'] }}{% endif %}{{ '</s>\n' }}{% endfor %}";
    let record = directory.path().join("record.jsonl");
    let messages = r#"{"messages": [{"role": "system", "content": "/slow Be brief."}, {"role": "user", "content": "Again?"},
                      {"role": "assistant", "content": "Hello there"}]}"#;
    std::fs::write(&record, messages.replace('\n', "")).unwrap();
    let tokens_of = |template: &str, policy: &str| {
        let path = directory.path().join("template.jinja");
        std::fs::write(&path, template).unwrap();
        let template = path.to_str().unwrap();
        json_lines(&[record.to_str().unwrap(), "--tokenizer", "minimind", "--chat-template", template, "-p", policy])
            .remove(0)
    };
    let texts = |line: &serde_json::Value, wanted: &dyn Fn(usize) -> bool| {
        let tokens = line["tokens"].as_array().unwrap().iter().enumerate();
        tokens.filter(|(at, _)| wanted(*at)).map(|(_, token)| token.as_str().unwrap()).collect::<String>()
    };
    for policy in ["fixed", "unsloth"] {
        let line = tokens_of(folded, policy);
        let trained = texts(&line, &|at| line["masks"][policy][at] == 1);
        assert!(trained.starts_with(" Hello there "), "{policy}: {trained:?}");
    }
    let line = tokens_of(folded, "fixed");
    let content = texts(&line, &|at| line["parts"][at] == "content" && line["messages"][at] == 2);
    assert_eq!(content, " Hello there");
    let line = tokens_of(moody, "fixed");
    let header = texts(&line, &|at| line["parts"][at] == "header" && line["messages"][at] == 0);
    assert_eq!((header.as_str(), &line["roles"][0]), ("<s>system\n", &serde_json::json!("system")));
}

#[test]
fn explanations_come_from_the_registries() {
    let list = out(&maskview(&["explain"]));
    for kind in maskview::policies::KINDS {
        assert!(list.contains(kind.name), "{}", kind.name);
        let explanation = out(&maskview(&["explain", kind.name]));
        assert!(explanation.contains(kind.bits.en), "{explanation}");
    }
    for lint in maskview::lints::LINTS {
        assert!(
            list.contains(lint.code)
                && out(&maskview(&["explain", lint.code])).contains(&lint.section(Section::Example, Language::English))
        );
    }
    let unknown = problem(&["explain", "nothing"]);
    assert!(
        unknown.contains("no policy, lint, family of lints or built-in tokenizer is called `nothing`"),
        "{unknown}"
    );
}

#[test]
fn families_tokenizers_and_options_are_explained() {
    let list = out(&maskview(&["explain"]));
    for family in maskview::lints::Family::ALL {
        assert!(list.contains(&format!("\n  {} ", family.name())), "{list}");
        let lints = out(&maskview(&["explain", family.name()]));
        for lint in maskview::lints::LINTS {
            assert_eq!(lints.contains(&format!("\n  {} ", lint.code)), lint.family == family, "{lints}");
        }
    }
    for tokenizer in maskview::tokenizer::embedded::names() {
        let words = out(&maskview(&["explain", tokenizer]));
        assert!(words.contains(&format!("--tokenizer {tokenizer}")), "{words}");
    }
    let one = out(&maskview(&["explain", "axolotl:eos"]));
    assert!(one.contains("eos=turn|all|last|none") && !one.contains("eot-tokens="), "{one}");
    assert!(problem(&["explain", "axolotl:foo"]).contains("has no option `foo`"));
    assert!(out(&maskview(&["explain", "hf"])).contains("`generation`"));
    let chinese = out(&maskview(&["explain", "empty-answer", "--lang", "zh"]));
    assert!(chinese.starts_with("empty-answer（警告，类别 conversation）"), "{chinese}");
}

#[test]
fn a_trainers_own_key_suggests_the_option() {
    let said = |policy: &str| problem(&["print", "samples/messages.jsonl", "-p", policy]);
    let words = said("axolotl:train_on_eos=all");
    assert!(words.contains("(did you mean `eos=turn|all|last|none`?)"), "{words}");
    assert!(words.contains("`maskview explain axolotl`"), "{words}");
    assert!(said("llamafactory:mask_history").contains("`history=masked`"));
    assert!(said("swift:loss_scal=last").contains("`loss_scale="));
}

#[test]
fn a_record_is_named_by_either_option() {
    let printed = |option: &str| out(&maskview(&["print", "samples/messages.jsonl", option, "2"]));
    assert_eq!(printed("--record"), printed("--records"));
    let drawn = |option: &str| out(&maskview(&["export", "samples/messages.jsonl", option, "2"]));
    assert_eq!(drawn("--record"), drawn("--records"));
}

#[test]
fn shells_and_manuals_are_served() {
    assert!(out(&maskview(&["completions", "bash"])).contains("maskview"));
    assert!(out(&maskview(&["man"])).contains(".TH maskview"));
    assert!(out(&maskview(&["--help"])).contains("--tokenizer"));
    assert_eq!(maskview(&["--no-such-option"]).status.code(), Some(2));
    assert_eq!(maskview(&[]).status.code(), Some(2));
}

#[test]
fn nested_json_does_not_overflow() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let fine = r#"{"messages": [{"role": "user", "content": "fine"}]}"#;
    let nested = format!("{{\"messages\": {}{}}}", "[".repeat(200_000), "]".repeat(200_000));
    writeln!(file, "{fine}\n{nested}\n{fine}").unwrap();
    let records = json_lines(&[file.path().to_str().unwrap(), "--records", "all"]);
    let fails: Vec<bool> = records.iter().map(|record| !record["error"].is_null()).collect();
    assert_eq!(fails, [false, true, false]);
}

#[test]
fn records_with_tools_have_a_template_of_their_own() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    let vocabulary = maskview::tokenizer::embedded::Dialect::Minimind.tokenizer_json();
    std::fs::write(path("tokenizer.json"), vocabulary).unwrap();
    let config =
        r#"{"chat_template": [{"name": "default", "template": "plain"}, {"name": "tool_use", "template": "t"}]}"#;
    std::fs::write(path("tokenizer_config.json"), config).unwrap();
    let records = r#"{"messages": [{"role": "user", "content": "a"}]}
{"messages": [{"role": "user", "content": "a"}], "tools": []}
"#;
    std::fs::write(path("records.jsonl"), records).unwrap();
    let (file, tokenizer) = (path("records.jsonl"), directory.path().to_str().unwrap());
    let arguments = [file.to_str().unwrap(), "--records", "all", "--tokenizer", tokenizer];
    let rendered = |arguments: &[&str]| -> Vec<String> {
        json_lines(arguments).iter().map(|record| record["rendered"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(rendered(&arguments), ["plain", "t"]);
    assert_eq!(rendered(&[&arguments[..], &["--chat-template", "default"]].concat()), ["plain", "plain"]);
}

/// Trainers mask a row before they pad it, all but minimind's family, whose scan runs into the padding.
#[test]
fn padding_is_trained_by_scans_and_by_one_trainer() {
    let scans = ["legacy", "legacy-bare", "fixed", "minimind", "bare", "mlx"];
    for sample in ["samples/summer.jsonl", "samples/messages.jsonl"] {
        for record in json_lines(&[sample, "--records", "all", "--padding", "4", "-p", "all"]) {
            for (policy, mask) in record["masks"].as_object().unwrap() {
                let trained = mask.as_array().unwrap().iter().rev().take(4).any(|bit| bit == 1);
                assert!(!trained || scans.contains(&policy.as_str()), "{policy} trains padding");
            }
        }
    }
}

/// A pipe that nobody writes to is never read, and of a device without end nothing is.
#[cfg(unix)]
#[test]
fn a_template_that_is_no_file_is_refused_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let pipe = directory.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [pipe.to_str().unwrap(), "/dev/zero", directory.path().to_str().unwrap()] {
        let started = std::time::Instant::now();
        let message = problem(&["print", "samples/summer.jsonl", "--chat-template", path]);
        assert!(started.elapsed().as_secs() < 5, "{path}");
        assert!(message.contains("--chat-template") && message.contains(path), "{message}");
        assert!(message.contains("no regular file; write the template to a file"), "{message}");
    }
}

/// As much of a huge file is read as is needed to refuse it.
#[test]
fn a_template_that_is_too_long_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("huge.jinja");
    std::fs::File::create(&path).unwrap().set_len(2 << 30).unwrap();
    let path = path.to_str().unwrap();
    let message = problem(&["print", "samples/summer.jsonl", "--chat-template", path]);
    assert!(message.contains("huge.jinja, line 1: the template is longer than 1 MB"), "{message}");
}

/// A file of one line in a folder of its own.
fn data(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn findings_of_several_policies_name_them() {
    let record = "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, \
                  {\"role\": \"assistant\", \"content\": \"    No, it is not.\"}]}\n";
    let (_folder, path) = data("spaces.jsonl", record);
    let lines = |policies: &str| -> Vec<String> {
        let printed = out(&maskview(&["print", &path, "-p", policies]));
        printed.lines().filter(|line| line.starts_with("marker-merged: ")).map(str::to_owned).collect()
    };
    let both = lines("legacy,minimind");
    assert!(both.len() == 1 && both[0].starts_with("marker-merged: legacy, minimind: "), "{both:?}");
    let alone = lines("minimind");
    assert!(alone.len() == 1 && !alone[0].contains("minimind:"), "{alone:?}");
}

#[test]
fn a_field_without_a_value_is_named() {
    let (_folder, csv) = data("t.csv", "instruction,output\nQ2,\n");
    for schema in [&[][..], &["--schema", "alpaca"]] {
        let printed = out(&maskview(&[&["print", &csv], schema].concat()));
        assert!(printed.contains("`output` is null or empty, and the schema `alpaca`"), "{printed}");
    }
    let (_folder, other) = data("t.jsonl", "{\"question\": \"a\", \"reply\": \"b\"}\n");
    let printed = out(&maskview(&["print", &other]));
    assert!(printed.contains("--columns instruction=question,output=reply"), "{printed}");
}

#[test]
fn a_slip_of_a_built_in_tokenizer_suggests_it() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    let command = command.args(["print", "samples/summer.jsonl", "--tokenizer", "chatlm"]);
    let said = command.env("LC_ALL", "C").env("HF_ENDPOINT", "http://127.0.0.1:9").output().unwrap();
    let said = String::from_utf8(said.stderr).unwrap();
    assert!(
        said.contains("no tokenizer `chatlm` (did you mean `chatml`?): the built-in ones are `minimind`"),
        "{said}"
    );
}

#[test]
fn the_terms_of_filters_are_explained() {
    for name in ["where", "terms"] {
        let said = out(&maskview(&["explain", name]));
        for kind in maskview::filter::TERMS {
            assert!(said.contains(&format!("{}  ", kind.example)), "{}: {said}", kind.example);
        }
    }
    assert!(out(&maskview(&["explain"])).contains("  where  "));
    let said = problem(&["explain", "empty"]);
    assert!(said.contains("did you mean") && said.contains("`empty-answer`"), "{said}");
}
