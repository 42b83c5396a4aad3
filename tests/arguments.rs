//! Arguments that are wrong: what is said of them acts on no terminal, and is said in the language that they ask for.

use std::process::{Command, Output};

/// Writes to the clipboard, rings, moves the cursor, turns the direction round.
const HOSTILE: &str = "\u{1b}]52;c;QUFB\u{7}\u{9b}2J\u{202E}";

fn maskview(arguments: &[&str], locale: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    command.args(arguments).env("LC_ALL", locale).env_remove("CLICOLOR_FORCE").output().unwrap()
}

fn assert_harmless(output: &Output, arguments: &[&str]) {
    for bytes in [&output.stdout, &output.stderr] {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.chars().any(maskview::words::visible::is_hidden), "{arguments:?}: {text:?}");
    }
}

#[test]
fn no_argument_reaches_the_terminal_as_it_is() {
    let dashes = format!("--{HOSTILE}");
    let short = format!("-{HOSTILE}");
    let equals = |option: &str| format!("{option}={HOSTILE}");
    let mut hostile: Vec<Vec<String>> = vec![
        vec![dashes.clone()],
        vec!["print".into(), dashes],
        vec!["print".into(), short],
        vec!["completions".into(), HOSTILE.into()],
        vec!["help".into(), HOSTILE.into()],
        vec!["explain".into(), HOSTILE.into()],
        vec!["explain".into(), "legacy".into(), HOSTILE.into()],
        vec!["print".into(), HOSTILE.into()],
        vec!["diff".into(), "samples/summer.jsonl".into(), "-p".into(), HOSTILE.into()],
    ];
    for option in [
        "--format",
        "--width",
        "--color",
        "--padding",
        "--max-length",
        "--lang",
        "--theme",
        "--schema",
        "--records",
        "--policy",
        "--tokenizer",
        "--chat-template",
        "--template-kwargs",
        "--axolotl",
        "--trl",
        "--llamafactory",
        "--swift",
        "--mlx",
        "--verl",
    ] {
        for value in [vec![option.to_owned(), HOSTILE.to_owned()], vec![equals(option)]] {
            let mut arguments = vec!["print".to_owned(), "samples/summer.jsonl".to_owned()];
            arguments.extend(value);
            hostile.push(arguments);
        }
    }
    for arguments in &hostile {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        for locale in ["C", "zh_CN.UTF-8"] {
            let output = maskview(&arguments, locale);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
            assert!(!output.stderr.is_empty(), "{arguments:?}");
            assert_harmless(&output, &arguments);
        }
    }
}

#[cfg(unix)]
#[test]
fn the_name_of_the_program_is_its_own() {
    use std::os::unix::process::CommandExt;
    for arguments in [["--help"], ["--version"], ["--wrong"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
        let output = command.arg0(HOSTILE).args(arguments).output().unwrap();
        let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
        assert!(String::from_utf8(said).unwrap().contains("maskview"));
        assert_harmless(&output, &arguments);
    }
}

#[test]
fn errors_are_in_the_language_that_the_arguments_ask_for() {
    let said = |arguments: &[&str], locale: &str| {
        let output = maskview(&[&["print", "no-such-file"], arguments].concat(), locale);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let (english, chinese) = ("maskview: no-such-file: no such file", "maskview: no-such-file：文件不存在");
    assert!(said(&[], "C").starts_with(english));
    assert!(said(&[], "zh_CN.UTF-8").starts_with(chinese));
    assert!(said(&["--lang", "zh"], "C").starts_with(chinese));
    assert!(said(&["--lang=en"], "zh_CN.UTF-8").starts_with(english));
    // Errors before the configuration is resolved.
    assert!(said(&["--theme", "x", "--lang=zh"], "C").contains("没有主题 `x`"));
    assert!(said(&["--records", "x", "--lang=zh"], "C").contains("不是记录列表"));
}
