//! The program run as a person would, away from this machine's settings.

use std::process::{Command, Output, Stdio};

/// What the program prints and how it ends, in English, with nothing on standard input.
pub fn maskview(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    for name in ["MASKVIEW_TOKENIZER", "NO_COLOR", "CLICOLOR_FORCE", "MASKVIEW_NOW"] {
        command.env_remove(name);
    }
    command.args(arguments).env("LC_ALL", "C").stdin(Stdio::null()).output().unwrap()
}
