//! See the loss mask of supervised fine-tuning: every token beside its bit.
//!
//! One record flows one way:
//!
//! ```text
//! bytes -> Record -> Conversation -> Rendered -> Sequence -> LossMask(s) -> screen | text | JSON
//! ```

pub mod cli;
pub mod commands;
pub mod config;
pub mod conversation;
pub mod dataset;
pub mod error;
pub mod formats;
pub use chat_template::json;
pub mod lints;
pub mod paint;
pub mod pipeline;
pub mod policies;
pub mod sequence;
pub use chat_template as template;
pub mod tokenizer;
pub mod tui;
pub mod words;

use cli::{Arguments, Command, Format, Input};
use commands::{Selection, diff, explain, print};
use config::{Config, Environment};
use error::Error;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Columns of text output where there is no terminal to ask.
const PLAIN_WIDTH: u16 = 100;

/// Runs what the arguments ask for.
///
/// # Errors
/// [`Error`] is what ends the run with exit code 2, but for a broken pipe.
pub fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    let environment = Environment::of_process();
    let mut out = BufWriter::new(std::io::stdout().lock());
    match arguments.command {
        None if environment.is_terminal => return view(arguments.viewer, &environment),
        None => print_records(arguments.viewer, Format::Flow, "1", None, &environment, &mut out),
        Some(Command::Print(print)) => {
            let cli::Print { input, format, records, width } = *print;
            print_records(input, format, &records, width, &environment, &mut out)
        }
        Some(Command::Diff(asked)) => {
            let cli::Diff { input, format } = *asked;
            let config = resolve(input, &environment)?;
            diff::run(&diff::Job { config: &config, format }, &mut out)
        }
        Some(Command::Explain { name }) => explain::run(name.as_deref(), &mut out),
        Some(Command::Completions { shell }) => {
            clap_complete::generate(shell, &mut <Arguments as clap::CommandFactory>::command(), "maskview", &mut out);
            Ok(())
        }
        Some(Command::Man) => {
            Ok(clap_mangen::Man::new(<Arguments as clap::CommandFactory>::command()).render(&mut out)?)
        }
    }?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print_records(
    input: Input,
    format: Format,
    records: &str,
    width: Option<u16>,
    environment: &Environment,
    out: &mut impl Write,
) -> Result<(), Error> {
    let config = resolve(input, environment)?;
    // Asked without a terminal, the size comes from another program, `tput`.
    let size = || environment.is_terminal.then(crossterm::terminal::size)?.ok();
    let terminal = || size().map(|(columns, _)| columns);
    let width = usize::from(width.or_else(terminal).unwrap_or(PLAIN_WIDTH));
    print::run(&print::Job { config: &config, format, records: Selection::parse(records)?, width }, out)
}

/// Resolves the arguments; what of a trainer's configuration is not followed goes to standard error.
fn resolve(input: Input, environment: &Environment) -> Result<Config, Error> {
    let config = Config::resolve(input, environment)?;
    for warning in &config.warnings {
        eprintln!("maskview: warning: {}", paint::prose(warning));
    }
    Ok(config)
}

fn view(input: Input, environment: &Environment) -> Result<ExitCode, Error> {
    let config = resolve(input, environment)?;
    Ok(match tui::run(&config)? {
        tui::Ending::Left => ExitCode::SUCCESS,
        // As a shell reports a process that a signal ended.
        tui::Ending::Signal(signal) => ExitCode::from(128_u8.saturating_add(u8::try_from(signal).unwrap_or(0))),
    })
}
