//! The commands that need no screen.

pub mod audit;
mod bar;
mod chosen;
pub mod diff;
mod exit;
pub mod explain;
pub mod export;
mod interrupt;
pub mod merge;
pub mod output;
pub mod print;
mod record_json;
mod selection;
pub mod template;
mod walk;

use crate::config::Config;
use crate::dataset::Dataset;
use crate::error::Error;
use crate::paint::{Glyphs, Lane, Scene, Side};
use crate::pipeline::Engine;
use crate::sequence::Sequence;
use crate::survey::Ending;
use bar::Bar;
pub use chosen::PolicyChoice;
pub use exit::Exit;
pub use record_json::RecordJson;
pub use selection::Selection;
use std::io::Write;

/// A scene that nobody moves in: no cursor, and nothing searched for.
fn still<'a>(
    config: &'a Config,
    engine: &'a Engine,
    sequence: &'a Sequence,
    glyphs: &'a Glyphs,
    lanes: &'a [Lane],
) -> Scene<'a> {
    Scene {
        sequence,
        tokenizer: engine.tokenizer(),
        glyphs,
        lanes,
        compared: (0, usize::from(lanes.len() > 1)),
        shown: Side::A,
        cursor: None,
        beside: None,
        matches: &[],
        theme: &config.theme,
        language: config.language,
    }
}

/// The data set, with what there is to say of it on standard error.
fn open(config: &Config) -> Result<Dataset, Error> {
    let dataset = config.dataset()?;
    for note in dataset.notes() {
        // Where standard error is closed or full there is no way to say so.
        let _ = writeln!(std::io::stderr(), "maskview: {}", config.language.say(note));
    }
    Ok(dataset)
}

/// What ended a walk before its time, as an error of the command.
fn finished(ending: Ending<Error>) -> Result<(), Error> {
    match ending {
        Ending::Complete | Ending::Cancelled => Ok(()),
        Ending::Stopped(error) => Err(error),
        Ending::Missing { asked, count } => Err(Error::NoSuchRecord { asked: asked + 1, count }),
    }
}

/// That there is nothing to work on: no record at all, or none that is meant.
fn no_record(dataset: &Dataset, config: &Config) -> Error {
    let files = dataset.file_names().join(", ");
    if dataset.progress().records > 0 && !config.filter.is_empty() {
        return Error::NothingHolds { files, terms: config.filter.to_string() };
    }
    Error::NoRecord { files }
}
