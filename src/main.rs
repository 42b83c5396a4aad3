//! The `maskview` program.

use clap::Parser;
use maskview::cli::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    match maskview::run(Arguments::parse()) {
        Ok(code) => code,
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // Names of files and words of records come from strangers.
            let message = error.to_string();
            let lines: Vec<String> = message.lines().map(maskview::paint::prose).collect();
            eprintln!("maskview: {}", lines.join("\n"));
            ExitCode::from(2)
        }
    }
}
