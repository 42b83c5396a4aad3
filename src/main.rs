//! The `maskview` program.

use clap::Parser;
use maskview::cli::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    match maskview::run(Arguments::parse()) {
        Ok(code) => code,
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("maskview: {error}");
            ExitCode::from(2)
        }
    }
}
