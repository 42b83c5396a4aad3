//! The `maskview` program.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Tokenizing makes and drops small texts on every core.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let language = maskview::language(std::env::args_os());
    let run = maskview::arguments().map_or_else(|said| maskview::usage(&said, language), maskview::run);
    run.unwrap_or_else(|error| maskview::ended_by(&error, language)).into()
}
