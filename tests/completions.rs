//! The completion scripts, asked by the shell that is there.
#![cfg(unix)]

use crate::program::maskview;
use std::process::Command;

/// What Bash offers for the last of these words.
fn offered(words: &[&str]) -> Vec<String> {
    let script = String::from_utf8(maskview(&["completions", "bash"]).stdout).unwrap();
    let asked = r#"
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _maskview maskview "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    // `compopt` works only while a person completes.
    let script = format!("compopt() {{ :; }}\n{script}\n{asked}");
    let output = Command::new("bash").args(["-c", &script, "bash"]).args(words).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn values_with_names_are_completed_from_the_registries() {
    for (words, expected) in [
        (&["maskview", "audit", "a.jsonl", "--policy", "llama"][..], &["llamafactory"][..]),
        (&["maskview", "audit", "a.jsonl", "-p", "legacy-"], &["legacy-bare"]),
        (&["maskview", "a.jsonl", "--theme", "co"], &["contrast"]),
        (&["maskview", "print", "a.jsonl", "--tokenizer", ""], &["minimind", "chatml"]),
        (&["maskview", "audit", "a.jsonl", "--select", "straddling"], &["straddling-token"]),
        (&["maskview", "audit", "a.jsonl", "--ignore", "templ"], &["template-breaks-form", "template"]),
        (&["maskview", "print", "a.jsonl", "--schema", "alp"], &["alpaca"]),
        (&["maskview", "export", "a.jsonl", "--view", "l"], &["lanes"]),
        (&["maskview", "audit", "a.jsonl", "--lang", "z"], &["zh"]),
        (&["maskview", "explain", "unsl"], &["unsloth"]),
        (&["maskview", "explain", "--lang", "zh", "mojib"], &["mojibake"]),
        (&["maskview", "explain", "wher"], &["where"]),
    ] {
        assert_eq!(offered(words), expected, "{words:?}");
    }
}

/// Where nothing is offered, Bash goes on to the names of files.
#[test]
fn paths_are_left_to_the_shell() {
    assert!(offered(&["maskview", "print", "a.jsonl", "--tokenizer", "./models"]).is_empty());
}

#[test]
fn the_help_says_where_the_script_of_each_shell_belongs() {
    for language in ["en", "zh"] {
        let help = String::from_utf8(maskview(&["completions", "--help", "--lang", language]).stdout).unwrap();
        for place in
            ["bash-completion/completions/maskview", ".zfunc", "completions/maskview.fish", "$PROFILE", "rc.elv"]
        {
            assert!(help.contains(place), "{place}: {help}");
        }
    }
}
