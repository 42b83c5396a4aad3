//! See the loss mask of supervised fine-tuning: every token beside its bit.
//!
//! One record flows one way:
//!
//! ```text
//! bytes -> Record -> Conversation -> Rendered -> Sequence -> LossMask(s) -> screen | text | JSON
//! ```
//!
//! ```
//! use clap::Parser;
//! use maskview::cli::Arguments;
//! use maskview::config::{Config, Environment};
//! use maskview::sequence::MarkerForm;
//!
//! let arguments = Arguments::parse_from(["maskview", "samples/summer.jsonl", "--policy", "minimind"]);
//! let config = Config::resolve(arguments.viewer, &Environment::default())?;
//! let (engine, dataset) = (config.engine()?, config.dataset()?);
//!
//! let record = dataset.record(0).expect("the sample has records");
//! let encoded = engine.encode(&record)?;
//! let mask = engine.annotate(&encoded, &config.policies[0], MarkerForm::Given).expect("the markers are there");
//! assert_eq!(mask.len(), encoded.sequence.len());
//! assert!(mask.count() > 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! and a data set through one place, the [`survey`]: nothing else loops over records.
//!
//! The floors from top to bottom; each uses those below it:
//!
//! ```text
//! main -> lib -> commands, tui -> config -> cli -> writers -> paint -> report -> filter -> survey -> pipeline -> lints -> policies -> marking
//!      -> sequence -> template, tokenizer -> dataset -> formats -> conversation -> words -> error, json
//! ```

pub mod cli;
pub mod commands;
pub mod config;
pub mod conversation;
pub mod dataset;
pub mod error;
pub mod filter;
pub mod formats;
pub use chat_template::json;
pub mod lints;
pub mod marking;
pub mod paint;
pub mod pipeline;
pub mod policies;
pub mod report;
pub mod sequence;
pub mod survey;
pub use chat_template as template;
pub mod tokenizer;
pub mod tui;
pub mod words;
pub mod writers;

use cli::{Arguments, Command, Input};
use commands::PolicyChoice;
use commands::output::into;
use commands::{Exit, Selection, audit, diff, explain, export, merge, print, template as chat};
use config::preferences::Preferences;
use config::project::Project;
use config::{Config, Environment, Gate};
use error::{DatasetError, Error};
use paint::{Theme, ansi};
use std::ffi::OsString;
use std::io::{BufWriter, Write};
use std::path::Path;
use words::Language;
use words::config::ConfigWarning;

/// Columns of text output where there is no terminal to ask.
const PLAIN_WIDTH: u16 = 100;

/// Runs what the arguments ask for.
///
/// # Errors
/// [`Error`] is what ends the run with exit code 2, but for a broken pipe; see [`ended_by`].
pub fn run(arguments: Arguments) -> Result<Exit, Error> {
    let environment = Environment::of_process()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let exit = match arguments.command {
        None => {
            let first = arguments.viewer.files.first().cloned();
            let shown = if environment.is_terminal {
                view(arguments.viewer, arguments.opening, &environment)
            } else {
                print_opening(arguments.viewer, arguments.opening, &environment, &mut out)
            };
            shown.map_err(|error| command_meant(error, first.as_deref()))
        }
        Some(Command::Print(print)) => {
            let cli::Print { input, format, records, width } = *print;
            let records = records.as_deref().map(Selection::parse).transpose()?;
            print_records(input, format.into(), records, width, &environment, &mut out)
        }
        Some(Command::Diff(asked)) => {
            let cli::Diff { input, format } = *asked;
            let config = resolve(input, &environment)?;
            let done = diff::run(&diff::Job { config: &config, format }, &mut out)?;
            warn_of_columns(&config);
            Ok(done)
        }
        Some(Command::Audit(asked)) => {
            let cli::Audit { input, format, checks, shard, output, write_clean, write_faulty } = *asked;
            let config = resolve(input, &environment)?;
            if let Some(name) = config.unnamed_tokenizer {
                complain(&config.language.say(&ConfigWarning::UnnamedTokenizer(name)));
            }
            let choice = PolicyChoice::of(&config);
            let promised = || output.as_deref().and_then(writers::by_ending);
            let format = format.or_else(promised).unwrap_or(writers::WRITERS[0]);
            let Gate { levels, fail_on, baseline, against } = Gate::resolve(checks, &config.checks)?;
            let parted = audit::Parted { clean: write_clean, faulty: write_faulty };
            // A part of the records is compared with nothing: its report is merged first.
            let baseline = baseline.filter(|_| shard.is_none());
            let job = audit::Job { config: &config, choice, format, levels, fail_on, shard, baseline, against, parted };
            audit::check_outputs(&job, output.as_deref())?;
            let done = into(output.as_deref(), &mut out, |mut out| audit::run(&job, &mut out))?;
            warn_of_columns(&config);
            Ok(done)
        }
        Some(Command::Merge(asked)) => add_up(asked, &environment, &mut out),
        Some(Command::Template(asked)) => {
            let (action, output) = (asked.action, asked.output.clone());
            let is_terminal = environment.is_terminal && output.is_none();
            let config = Config::resolve_without_data(asked.into_input(), &environment)?;
            warn(&config);
            let job = chat::Job { config: &config, action, output: output.as_deref(), is_terminal };
            chat::run(&job, &mut out)
        }
        Some(Command::Explain { name, lang }) => {
            let language = lang.map_or(environment.language, cli::Lang::language);
            explain::run(name.as_deref(), language, &mut out)
        }
        Some(Command::Export(asked)) => export_records(*asked, &environment, &mut out),
        Some(Command::Config { files }) => {
            let project = Project::of_data(&files)?;
            tui::settings::print(&environment, &project, &mut out).map(|()| Exit::Fine)
        }
        Some(Command::Completions { shell, lang }) => {
            completions(shell, lang.map_or(environment.language, cli::Lang::language), &mut out)
        }
        Some(Command::Man { lang }) => {
            out.write_all(&cli::manual(lang.map_or(environment.language, cli::Lang::language))?)?;
            Ok(Exit::Fine)
        }
    }?;
    out.flush()?;
    Ok(exit)
}

/// A first file that is not there may be a command with a slip in it.
fn command_meant(error: Error, first: Option<&Path>) -> Error {
    let missing = match &error {
        Error::Dataset(DatasetError::Missing { path }) if first == Some(path) => path.display().to_string(),
        _ => return error,
    };
    cli::command_like(&missing).map_or(error, |nearest| Error::NoCommand { name: missing, nearest })
}

/// Writes pictures and labels.
fn export_records(asked: cli::Export, environment: &Environment, out: &mut dyn Write) -> Result<Exit, Error> {
    let cli::Export { mut input, format, records, view, width, output, force } = asked;
    let format = export::format(format, output.as_deref())?;
    // A picture has colours whether or not a terminal shows it.
    if input.color == cli::ColorWhen::Auto {
        input.color = cli::ColorWhen::Always;
    }
    let config = resolve(input, environment)?;
    let view = tui::view_of(view)?;
    let over = if force { export::Over::Forced } else { export::Over::Refused };
    if let Some(path) = &output {
        export::check_output(&config, path, over)?;
    } else if environment.is_terminal {
        export::check_terminal(format)?;
    }
    let usual = if format.picture().is_some() { "1" } else { "all" };
    let records = Selection::parse(records.as_deref().unwrap_or(usual))?;
    let choice = PolicyChoice::of(&config);
    let job = export::Job { config: &config, choice, format, records, view, width };
    let done = into(output.as_deref(), out, |mut out| export::run(&job, &mut out))?;
    warn_of_columns(&config);
    Ok(done)
}

/// Adds reports up.
fn add_up(asked: cli::Merge, environment: &Environment, out: &mut dyn Write) -> Result<Exit, Error> {
    let cli::Merge { reports, format, fail_on, baseline, output, lang, color } = asked;
    let is_screen = environment.is_terminal && output.is_none();
    let usual = if is_screen { "human" } else { "json" };
    let of_report = |writer: &&writers::Writer| matches!(writer.how, writers::How::Report(_));
    let promised = output.as_deref().and_then(writers::by_ending).filter(of_report);
    let format = format.or(promised).or_else(|| writers::by_name(usual)).unwrap_or(writers::WRITERS[0]);
    let color = config::coloured(color, environment);
    let theme = match color {
        ansi::Color::Styled => Theme::for_terminal(environment.colorfgbg.as_deref()),
        ansi::Color::Plain => Theme::plain(),
    };
    let language = lang.map_or(environment.language, cli::Lang::language);
    let look = audit::Look { language, theme: &theme, color };
    let job = merge::Job { reports: &reports, format, fail_on, baseline: baseline.as_deref(), look };
    into(output.as_deref(), out, |mut out| merge::run(&job, &mut out))
}

fn completions(shell: clap_complete::Shell, language: Language, out: &mut impl Write) -> Result<Exit, Error> {
    // Its generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::for_completions(language, shell), "maskview", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Fine)
}

/// Writes what there is to say in place of arguments: help and version, or what is wrong with them.
///
/// # Errors
/// [`Error::Output`] where help or version cannot be written.
pub fn usage(said: &clap::Error, language: Language) -> Result<Exit, Error> {
    if said.use_stderr() {
        // It repeats arguments, which may be names of files of strangers.
        let words = words::visible::lines(&cli::refused(said, language));
        // Where standard error is closed or full there is no way to say so.
        let _ = write!(std::io::stderr(), "{words}");
        return Ok(Exit::Refused);
    }
    // Help and version repeat nothing. clap writes spaces where a paragraph of help has an empty line.
    let text = said.render().ansi().to_string();
    let lines = text.lines().map(|line| format!("{}\n", line.trim_end_matches(' ')));
    let mut out = anstream::stdout();
    out.write_all(lines.collect::<String>().as_bytes())?;
    out.flush()?;
    Ok(Exit::Fine)
}

/// The language of a run with these arguments, for whatever happens before they are resolved.
#[must_use]
pub fn language(arguments: impl IntoIterator<Item = OsString>) -> Language {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    // What is wrong with the file is said when the settings are needed.
    let preferred = || Preferences::of_environment(variable).ok()?.language;
    let of_environment = || preferred().map_or_else(|| Language::of_environment(variable), |language| language.value);
    cli::language_of(arguments).unwrap_or_else(of_environment)
}

/// The arguments of this process; help is in the language of [`language`].
///
/// # Errors
/// What clap has to say in place of arguments; see [`usage`].
pub fn arguments() -> Result<Arguments, clap::Error> {
    // Asked without a terminal, the size comes from another program, `tput`.
    let size = || std::io::IsTerminal::is_terminal(&std::io::stdout()).then(crossterm::terminal::size)?.ok();
    let columns = size().map_or(PLAIN_WIDTH, |(columns, _)| columns);
    let command = cli::on_screen(language(std::env::args_os()), columns.into());
    let arguments = cli::spelled_out(std::env::args_os().collect(), &command);
    let matches = command.try_get_matches_from(arguments).map_err(cli::without_far_suggestions)?;
    <Arguments as clap::FromArgMatches>::from_arg_matches(&matches)
}

/// Says what ended the run. A reader that has gone away, as `head` does, is no error.
#[must_use]
pub fn ended_by(error: &Error, language: Language) -> Exit {
    if error.is_broken_pipe() {
        return Exit::Fine;
    }
    complain(&language.say(error));
    Exit::Refused
}

/// Writes to standard error; where that is closed or full there is no way to say so.
fn complain(words: &str) {
    let _ = writeln!(std::io::stderr(), "maskview: {words}");
}

/// Prints what the viewer would open with.
fn print_opening(
    input: Input,
    opening: cli::Opening,
    environment: &Environment,
    out: &mut impl Write,
) -> Result<Exit, Error> {
    let view = paint::views::VIEWS[tui::view_of(opening.view)?];
    let number = |number| usize::try_from(number).unwrap_or(usize::MAX);
    let records = opening.record.map(|record| Selection::of(number(record)));
    print_records(input, print::Form::View(view), records, None, environment, out)
}

/// Prints records: by default the first, and with a filter all that it leaves.
fn print_records(
    input: Input,
    form: print::Form,
    records: Option<Selection>,
    width: Option<u16>,
    environment: &Environment,
    out: &mut impl Write,
) -> Result<Exit, Error> {
    let config = resolve(input, environment)?;
    let size = || environment.is_terminal.then(crossterm::terminal::size)?.ok();
    let terminal = || size().map(|(columns, _)| columns);
    let width = usize::from(width.or_else(terminal).unwrap_or(PLAIN_WIDTH));
    let first_only = records.is_none() && config.filter.is_empty();
    let usual = || if first_only { Selection::of(1) } else { Selection::All };
    let job = print::Job { config: &config, form, records: records.unwrap_or_else(usual), width };
    let printed = print::run(&job, out)?;
    warn_of_columns(&config);
    if first_only && !environment.is_terminal {
        // After the record, and before whatever reads it closes the pipe.
        out.flush()?;
        if let Some(words) = printed.others() {
            complain(&config.language.say(&words));
        }
    }
    Ok(Exit::Fine)
}

/// Resolves the arguments; what of a trainer's configuration is not followed goes to standard error.
fn resolve(input: Input, environment: &Environment) -> Result<Config, Error> {
    let config = Config::resolve(input, environment)?;
    warn(&config);
    Ok(config)
}

/// Says on standard error which settings of a project were read, and what of a trainer's configuration is not followed.
fn warn(config: &Config) {
    if let Some(path) = &config.project {
        let file = path.display().to_string();
        complain(&config.language.say(&ConfigWarning::Project(file.into())));
    }
    for warning in &config.warnings {
        complain(&format!("warning: {}", config.language.say(warning)));
    }
}

/// Says on standard error which named columns no record had, once the records were read.
fn warn_of_columns(config: &Config) {
    for warning in config.unmet_columns() {
        complain(&format!("warning: {}", config.language.say(&warning)));
    }
}

fn view(input: Input, opening: cli::Opening, environment: &Environment) -> Result<Exit, Error> {
    let config = resolve(input, environment)?;
    let wish = tui::Wish::resolve(opening)?;
    Ok(match tui::run(&config, wish)? {
        tui::Ending::Left => Exit::Fine,
        tui::Ending::Signal(signal) => Exit::Signal(signal),
    })
}
